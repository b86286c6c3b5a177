package serve

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host"
)

const (
	maxFollowers = 256
	promptQueue  = 64 // cards that wait for a slow follower, which then has to begin again
	pulse        = 15 * time.Second
)

// prompts are those who follow the cards.
type prompts struct {
	mu        sync.Mutex
	followers map[chan []byte]string // the lane that they follow; empty: all
}

func newPrompts() *prompts { return &prompts{followers: map[chan []byte]string{}} }

func (p *prompts) follow(lane string) (chan []byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.followers) >= maxFollowers {
		return nil, false
	}
	c := make(chan []byte, promptQueue)
	p.followers[c] = lane
	return c, true
}

func (p *prompts) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.followers)
}

func (p *prompts) leave(c chan []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.followers, c)
}

// tell never waits: who is too slow is let go. A card is written once for all.
func (p *prompts) tell(card host.Card) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var text []byte
	for c, lane := range p.followers {
		if lane != "" && lane != card.Lane {
			continue
		}
		if text == nil {
			text = promptOf(card)
		}
		select {
		case c <- text:
		default:
			delete(p.followers, c)
			close(c)
		}
	}
}

// promptOf writes a card as a server-sent event.
func promptOf(c host.Card) []byte {
	return slices.Concat([]byte("event: card\ndata: "), encode(wholeOf(c)), []byte("\n\n"))
}

// getPrompts streams each card as a server-sent event, first those of the open
// sales: of one lane where it is asked for.
func (s *Server) getPrompts(w http.ResponseWriter, r *http.Request) {
	lane, ok := laneOf(w, r)
	if !ok {
		return
	}
	cards, ok := s.prompts.follow(lane)
	if !ok {
		refuse(w, http.StatusServiceUnavailable, badRequest, fmt.Sprintf("%d follow the cards already", maxFollowers))
		return
	}
	defer s.prompts.leave(cards)
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	send := func(text []byte) bool {
		_ = control.SetWriteDeadline(time.Now().Add(pulse))
		_, err := w.Write(text)
		return err == nil && control.Flush() == nil
	}
	for _, c := range s.sales.open() {
		if (lane == "" || c.Lane == lane) && !send(promptOf(c)) {
			return
		}
	}
	beat := time.NewTicker(pulse)
	defer beat.Stop()
	for alive := send([]byte(": cards\n\n")); alive; {
		select {
		case c, more := <-cards:
			alive = more && send(c)
		case <-beat.C:
			alive = send([]byte(": \n\n"))
		case <-r.Context().Done():
			return
		case <-s.stop:
			return
		}
	}
}
