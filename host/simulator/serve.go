package simulator

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"time"
)

const maxBody = 1 << 20 // bytes of a request

// ServeHTTP answers a request as Flexiti would, or as the scenario and the
// request's headers have it. A fault is real on the connection: a reset is a
// TCP reset, a body that is cut ends with the connection.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	out := result{reply: mistaken(err)}
	if err == nil { // else the client went away, or sent too much: nothing was done
		out = s.exchange(r.Context(), &request{r.Method, r.URL, r.Header, body})
	}
	switch {
	case out.gone != nil:
		panic(http.ErrAbortHandler)
	case out.fault == Silent:
		_ = s.wait(r.Context(), silence) // to its end or the client's: both end in nothing
		panic(http.ErrAbortHandler)
	case out.fault != "":
		s.breakOff(w, out)
		return
	}
	out.set(w.Header(), s.clock())
	w.Header()["Content-Length"] = []string{strconv.Itoa(len(out.body))}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body) // who went away has been answered, as far as the books go
}

// breakOff takes the connection from the server and leaves it in the state of the
// fault. Where there is no connection to take, the handler is aborted.
func (s *Simulator) breakOff(w http.ResponseWriter, out result) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	if out.fault == Reset {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // so that closing resets
		}
		return
	}
	head, body := out.wire(s.clock())
	_, _ = conn.Write(append(head, body...))
}

// wire gives a reply whose body does not come whole: cut, it ends early; with the
// wrong length, the header says half of what comes.
func (r *result) wire(now time.Time) (head, body []byte) {
	h := http.Header{}
	r.set(h, now)
	half, said := len(r.body)/2, len(r.body)
	if r.fault == Length {
		half, said = said, half
	}
	h.Set("Content-Length", strconv.Itoa(said))
	h.Set("Connection", "close") // what is left over must not look like the next reply
	head = append(head, "HTTP/1.1 "+strconv.Itoa(r.status)+" "+http.StatusText(r.status)+"\r\n"...)
	for name, values := range h {
		head = append(head, name+": "+values[0]+"\r\n"...)
	}
	return append(head, "\r\n"...), r.body[:half]
}

// Serve answers requests until ctx is done, and then lets those under way end,
// for a second at most.
func (s *Simulator) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if server.Shutdown(grace) != nil {
		_ = server.Close()
	}
	<-ended
	return nil
}
