package serve

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/tillwise/tillwise/plugin"
)

const (
	maxSales   = 1000 // kept in memory, those that bind not counted
	maxChoices = 64   // of one sale that wait for the POS to ask
)

// kept is one sale.
type kept struct {
	id   string
	turn sync.Mutex

	// Guarded by turn.
	state json.RawMessage // nil: nothing happened yet
	last  *Card           // what the screen shows of it

	// Guarded by sales.mu.
	binds   bool // it must not be let go
	closed  bool
	users   int      // who hold its turn or wait for it
	used    uint64   // when it was last entered
	handles []string // what it looks like when the POS brings it along
	choices []Choice
	n       int // of the last choice
}

// Choice is what the cashier chose on a card, numbered within its sale.
type Choice struct {
	N      int             `json:"n"`
	Action plugin.ActionID `json:"action"`
	Next   *plugin.Next    `json:"next,omitempty"` // the call that the POS should make
}

// sales are all that are kept.
type sales struct {
	mu     sync.Mutex
	byID   map[string]*kept
	clock  uint64
	chosen chan struct{} // closed, and replaced, at every choice
}

func newSales() *sales {
	return &sales{byID: map[string]*kept{}, chosen: make(chan struct{})}
}

// newName names a sale that the POS did not name.
func newName() string { return "own-" + strings.ToLower(rand.Text()[:12]) }

// enter waits for a sale's turn and takes it. leave must follow.
func (s *sales) enter(id string) *kept {
	s.mu.Lock()
	k := s.find(id)
	s.mu.Unlock()
	k.turn.Lock()
	return k
}

// enterOwn takes the turn of a sale that the POS brought along. It is known by
// what it looks like: the POS brings what it was last given, or what became of
// that by a choice. Sales that look the same can stand for each other.
func (s *sales) enterOwn(state json.RawMessage) *kept {
	s.mu.Lock()
	id := ""
	if handle := handleOf(state); handle != "" {
		for _, k := range s.byID {
			if slices.Contains(k.handles, handle) {
				id = k.id
				break
			}
		}
	}
	if id == "" {
		id = newName()
	}
	k := s.find(id)
	s.mu.Unlock()
	k.turn.Lock()
	s.become(k, state)
	return k
}

// leave gives the turn to whoever waits for it.
func (s *sales) leave(k *kept) {
	k.turn.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	k.users--
}

// become gives a sale, whose turn is held, its next state.
func (s *sales) become(k *kept, state json.RawMessage) {
	binds, closed := standing(state)
	k.state = state
	s.mu.Lock()
	defer s.mu.Unlock()
	k.binds, k.closed = binds, closed
}

// standing says whether a sale must not be let go, because it is not known what
// became of money of it or because some is held, and whether it has ended. One
// that cannot be read may be in doubt.
func standing(state json.RawMessage) (binds, closed bool) {
	if len(state) == 0 {
		return false, false
	}
	var sale plugin.Sale
	if json.Unmarshal(state, &sale) != nil {
		return true, false
	}
	binds = slices.ContainsFunc(sale.Payments, func(p plugin.Payment) bool {
		return p.State == plugin.StateUnderWay || p.State == plugin.StateInDoubt || p.Held != 0
	})
	return binds, sale.Closed != ""
}

// looksLike notes what a sale that the POS keeps looks like now. Fresh says
// that the POS has been told, and brings nothing older along.
func (s *sales) looksLike(k *kept, state json.RawMessage, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if fresh {
		k.handles = nil
	}
	k.handles = append(k.handles, handleOf(state))
}

// find gives a sale, a new one if need be. It is called under mu.
func (s *sales) find(id string) *kept {
	k := s.byID[id]
	if k == nil {
		s.makeRoom()
		k = &kept{id: id}
		s.byID[id] = k
	}
	s.clock++
	k.used = s.clock
	k.users++
	return k
}

// makeRoom lets go of a sale when there are too many. It is called under mu.
func (s *sales) makeRoom() {
	if len(s.byID) < maxSales {
		return
	}
	var spare *kept
	calm := 0
	for _, k := range s.byID {
		if k.binds {
			continue
		}
		if calm++; k.users > 0 {
			continue
		}
		if spare == nil || k.closed && !spare.closed || k.closed == spare.closed && k.used < spare.used {
			spare = k
		}
	}
	if spare != nil && calm >= maxSales {
		delete(s.byID, spare.id)
	}
}

// isOwn says whether the POS keeps the sale itself.
func (s *sales) isOwn(k *kept) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(k.handles) > 0
}

// choose notes a choice and wakes whoever waits for one.
func (s *sales) choose(k *kept, action plugin.ActionID, next *plugin.Next) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k.n++
	k.choices = append(k.choices, Choice{N: k.n, Action: action, Next: next})
	if len(k.choices) > maxChoices {
		k.choices = slices.Delete(k.choices, 0, len(k.choices)-maxChoices)
	}
	close(s.chosen)
	s.chosen = make(chan struct{})
}

// since gives a sale's choices after number n, and what is closed at the next
// choice of any sale. A number that is yet to come is one from before a
// restart: then all of them are new.
func (s *sales) since(id string, n int) ([]Choice, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []Choice{}
	if k := s.byID[id]; k != nil {
		if n > k.n {
			n = 0
		}
		for _, c := range k.choices {
			if c.N > n {
				out = append(out, c)
			}
		}
	}
	return out, s.chosen
}

// handleOf gives what a sale looks like, however its JSON is written; empty for
// one in which nothing has happened yet.
func handleOf(state json.RawMessage) string {
	var members map[string]any
	if json.Unmarshal(state, &members) != nil || len(members) == 0 {
		return ""
	}
	out, err := json.Marshal(members)
	if err != nil {
		return ""
	}
	return string(out)
}
