package serve

import (
	"crypto/sha256"
	"sync"
)

// maxAnswered is how many answers are remembered, in case their event comes again.
const maxAnswered = 256

// answered remembers the first answer to each event that has an event_id.
type answered struct {
	mu    sync.Mutex
	byKey map[eventKey]*firstAnswer
	order []eventKey
}

type eventKey [sha256.Size]byte

type firstAnswer struct {
	done  chan struct{} // closed when reply is there
	reply Reply
}

func newAnswered() *answered { return &answered{byKey: map[eventKey]*firstAnswer{}} }

// once answers an event unless the same one was answered before, or is being
// answered now: then it gives that answer. Refusals are not remembered, so that
// a POS can put its event right.
func (a *answered) once(saleID, eventID string, answer func() Reply) Reply {
	if eventID == "" {
		return answer()
	}
	key := sha256.Sum256([]byte(saleID + "\x00" + eventID))
	a.mu.Lock()
	if first := a.byKey[key]; first != nil {
		a.mu.Unlock()
		<-first.done
		return first.reply
	}
	first := &firstAnswer{done: make(chan struct{})}
	a.byKey[key] = first
	a.mu.Unlock()

	defer func() { // also when answering panics: nobody must wait for ever
		a.mu.Lock()
		defer a.mu.Unlock()
		close(first.done)
		if first.reply.Status != statusAnswered {
			delete(a.byKey, key)
			return
		}
		a.order = append(a.order, key)
		if len(a.order) > maxAnswered {
			delete(a.byKey, a.order[0])
			a.order = a.order[1:]
		}
	}()
	first.reply = answer()
	return first.reply
}
