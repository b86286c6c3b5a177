package serve

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
)

// Transport answers requests without a network, for an http.Client in this process:
// what Handler answers. A request must name a loopback host, as it must over a
// connection, and bear the token where there is one. A reply comes whole, so that
// nobody can follow the cards by it. Where a request is given up the error is its
// context's, and what it did stays done.
func (s *Server) Transport() http.RoundTripper { return transport{s.Handler()} }

type transport struct{ http.Handler }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context()) // which the handler writes into
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer in.Body.Close()
	w := newReply()
	t.ServeHTTP(w, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return &http.Response{Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status), StatusCode: w.status, Header: w.header,
		Body: io.NopCloser(&w.body), Request: r}, nil
}

// inMemory is a reply that goes nowhere.
type inMemory struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newReply() *inMemory { return &inMemory{header: http.Header{}, status: http.StatusOK} }

func (m *inMemory) Header() http.Header         { return m.header }
func (m *inMemory) WriteHeader(status int)      { m.status = status }
func (m *inMemory) Write(b []byte) (int, error) { return m.body.Write(b) }
