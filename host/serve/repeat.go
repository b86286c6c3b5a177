package serve

import (
	"strconv"
)

// maxAnswered is how many of a sale's answers are kept, in case their event comes again.
const maxAnswered = 8

// answered is an answer to an event that has an event_id. Its body is kept
// under a name of its own.
type answered struct {
	EventID string `json:"event_id"` // a hash
	Content string `json:"content"`  // a hash
	Slot    int    `json:"slot"`
}

func bodyName(saleID string, slot int) string { return saleID + "\x00" + strconv.Itoa(slot) }

// repeated gives the first answer to an event that was answered before, and
// whether its id was given to another one.
func (s *Server) repeated(k *kept, p *posted) (body []byte, reused bool) {
	if p.eventID == "" || p.members == nil {
		return nil, false
	}
	id, content := hashOf([]byte(p.eventID)), p.content()
	for _, a := range k.answered {
		if a.EventID != id {
			continue
		}
		if reused = true; a.Content == content {
			return s.store.Get(bodyName(k.id, a.Slot)), true
		}
	}
	return nil, reused
}

// remember notes an answer, and gives the name to keep it under.
func (k *kept) remember(p *posted) string {
	a := answered{hashOf([]byte(p.eventID)), p.content(), 0}
	if n := len(k.answered); n > 0 {
		a.Slot = (k.answered[n-1].Slot + 1) % maxAnswered
	}
	if k.answered = append(k.answered, a); len(k.answered) > maxAnswered {
		k.answered = append([]answered{}, k.answered[1:]...)
	}
	return bodyName(k.id, a.Slot)
}
