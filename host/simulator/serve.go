package simulator

import (
	"net/http"
)

// ServeHTTP answers a request as Flexiti would, or as the scenario and the
// request's headers have it.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	http.NotFound(w, r)
}

// Transport answers requests without a network. Faults arrive as the errors
// that a client gets over a connection.
func (s *Simulator) Transport() http.RoundTripper { return transport{s} }

type transport struct{ s *Simulator }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusNotFound, Body: http.NoBody, Request: r}, nil
}
