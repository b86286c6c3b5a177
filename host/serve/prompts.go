package serve

import (
	"fmt"
	"net/http"
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
	followers map[chan host.Card]string // the lane that they follow; empty: all
}

func newPrompts() *prompts { return &prompts{followers: map[chan host.Card]string{}} }

func (p *prompts) follow(lane string) (chan host.Card, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.followers) >= maxFollowers {
		return nil, false
	}
	c := make(chan host.Card, promptQueue)
	p.followers[c] = lane
	return c, true
}

func (p *prompts) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.followers)
}

func (p *prompts) leave(c chan host.Card) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.followers, c)
}

// tell never waits: who is too slow is let go.
func (p *prompts) tell(card host.Card) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c, lane := range p.followers {
		if lane != "" && lane != card.Lane {
			continue
		}
		select {
		case c <- card:
		default:
			delete(p.followers, c)
			close(c)
		}
	}
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
	send := func(text string) bool {
		_ = control.SetWriteDeadline(time.Now().Add(pulse))
		_, err := w.Write([]byte(text))
		return err == nil && control.Flush() == nil
	}
	card := func(c host.Card) bool { return send("event: card\ndata: " + string(encode(wholeOf(c))) + "\n\n") }
	for _, c := range s.sales.open() {
		if (lane == "" || c.Lane == lane) && !card(c) {
			return
		}
	}
	beat := time.NewTicker(pulse)
	defer beat.Stop()
	for alive := send(": cards\n\n"); alive; {
		select {
		case c, more := <-cards:
			alive = more && card(c)
		case <-beat.C:
			alive = send(": \n\n")
		case <-r.Context().Done():
			return
		case <-s.stop:
			return
		}
	}
}
