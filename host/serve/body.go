package serve

import (
	"errors"
	"io"
	"net/http"

	"github.com/tillwise/tillwise/plugin"
)

const (
	maxEvent  = 1 << 20  // bytes of one event
	maxEvents = 64 << 20 // of all that are being read, beyond the first of each
	first     = 16 << 10 // that every event may have: however many large ones come slowly, a small one is read
	chunk     = 64 << 10
)

// tooLong is said of an event that is over maxEvent.
var tooLong = &plugin.Error{Kind: plugin.TooLarge, Detail: "an event may have 1 MiB: cut the exchange's body and set body_cut"}

// body reads an event, as far as it comes. Release gives its memory back. The
// error says why it is not whole; what there is of it is still worth a glimpse.
func (s *Server) body(r *http.Request) (event []byte, release func(), why *plugin.Error) {
	var taken int64
	release = func() { s.memory.Release(taken) }
	event = make([]byte, 0, first)
	for {
		if len(event) == maxEvent {
			return event, release, tooLong
		}
		if len(event) == cap(event) {
			more := max(chunk, int64(cap(event)))
			if !s.memory.TryAcquire(more) {
				return event, release, &plugin.Error{Kind: plugin.TooLarge, Detail: "too many large events at once: send it again"}
			}
			taken += more
			event = append(make([]byte, 0, int64(cap(event))+more), event...)
		}
		n, err := r.Body.Read(event[len(event):min(cap(event), maxEvent)])
		event = event[:len(event)+n]
		if errors.Is(err, io.EOF) {
			return event, release, nil
		}
		if err != nil {
			return event, release, &plugin.Error{Kind: plugin.BadJSON, Detail: "the event broke off: see that Content-Length is right, and send it again"}
		}
	}
}
