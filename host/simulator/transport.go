package simulator

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"syscall"
	"time"
)

// Transport answers requests without a network, for an http.Client. Faults arrive
// as the errors that a client gets over a connection: a reset as ECONNRESET, no
// answer as a time-out (after Config.Wait has waited for it), a body that is cut
// as io.ErrUnexpectedEOF while it is read, a wrong length as half a body.
func (s *Simulator) Transport() http.RoundTripper { return transport{s} }

type transport struct{ s *Simulator }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		body, err = io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil {
			return nil, err
		}
	}
	ctx := r.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := t.s.exchange(ctx, &request{r.Method, r.URL, r.Header, body})
	switch {
	case out.gone != nil:
		return nil, out.gone
	case out.fault == Reset:
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	case out.fault == Silent:
		if err := t.s.wait(ctx, silence); err != nil {
			return nil, err
		}
		return nil, context.DeadlineExceeded // which is a time-out, as net.Error has it
	}
	return out.response(r, t.s.clock()), nil
}

func (r *result) response(to *http.Request, now time.Time) *http.Response {
	h := make(http.Header, 4)
	r.set(h, now)
	length, body := len(r.body), io.Reader(bytes.NewReader(r.body))
	switch r.fault {
	case Cut:
		body = io.MultiReader(bytes.NewReader(r.body[:length/2]), broken{})
	case Length:
		length /= 2
		body = bytes.NewReader(r.body[:length])
	}
	h["Content-Length"] = []string{strconv.Itoa(length)}
	return &http.Response{Status: strconv.Itoa(r.status) + " " + http.StatusText(r.status), StatusCode: r.status, Proto: "HTTP/1.1",
		ProtoMajor: 1, ProtoMinor: 1, Header: h, Body: io.NopCloser(body), ContentLength: int64(length), Request: to}
}

// broken is where a body is cut.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
