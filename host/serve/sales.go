package serve

import (
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

const (
	maxSales = 1000 // that may be let go of
	maxBound = 5000 // that may not: more than a till can have, unless somebody floods it
)

// kept is one sale. Guarded by turn, but for what sales.mu guards.
type kept struct {
	id   string
	turn sync.Mutex

	state    json.RawMessage // nil: nothing happened yet
	card     *host.Card      // what the screen shows of it
	answered []answered      // the latest, oldest first
	choices  []heldChoice    // the latest, oldest first
	lost     bool            // it stands for all that a damaged store may have held
	gone     bool            // it was let go while somebody waited for its turn

	// Guarded by sales.mu; who has the turn may read the standing without it.
	standing standing
	users    int       // who hold its turn or wait for it
	used     time.Time // when something happened to it
	handles  []string  // what it looks like when the POS brings it along
	events   []string  // and the events of it that were answered
	stray    bool      // there was no room for it
}

// sales are all that are kept. What must be told apart by what it looks like is
// hashed, so that nothing large is held.
type sales struct {
	mu     sync.Mutex
	now    func() time.Time
	byID   map[string]*kept
	lost   *kept           // stands for what a damaged store may have held, until it is settled
	last   int             // the number of the last choice
	chosen chan struct{}   // closed, and replaced, at every choice
	forget func(id string) // takes a sale off the disk; it does not wait
}

func newSales(now func() time.Time) *sales {
	return &sales{now: now, byID: map[string]*kept{}, chosen: make(chan struct{})}
}

// newName names a sale that the POS did not name.
func newName(prefix string) string { return prefix + strings.ToLower(rand.Text()[:12]) }

// enter waits for a sale's turn and takes it. leave must follow.
func (s *sales) enter(id string) *kept {
	for {
		s.mu.Lock()
		k := s.find(id)
		s.mu.Unlock()
		if k.turn.Lock(); !k.gone {
			return k
		}
		s.leave(k)
	}
}

// enterKnown is enter for a sale that is kept; nil: there is none of that name.
func (s *sales) enterKnown(id string) *kept {
	s.mu.Lock()
	k := s.byID[id]
	if k != nil {
		k.users++
	}
	s.mu.Unlock()
	if k == nil {
		return nil
	}
	if k.turn.Lock(); k.gone {
		s.leave(k)
		return nil
	}
	return k
}

// enterOwn takes the turn of a sale that the POS keeps. It is known by the name
// that the POS gives, by an event that was answered before, or by what it looks
// like: the POS brings what it was last given, or what became of that by a
// choice. Sales that look the same cannot be told apart, so none is taken for another.
func (s *sales) enterOwn(name string, state json.RawMessage, event string) (k *kept, found bool) {
	handle := handleOf(state)
	for {
		s.mu.Lock()
		k, found = s.byID[name], true
		if k == nil || len(k.handles) == 0 {
			k = s.only(func(k *kept) bool {
				return event != "" && slices.Contains(k.events, event) || handle != "" && slices.Contains(k.handles, handle)
			})
		}
		if k == nil {
			k, found = s.find(newName("own-")), false
			if event != "" { // the same one may come a second time, now
				k.events = append(k.events, event)
			}
		} else {
			k.users++
		}
		s.mu.Unlock()
		if k.turn.Lock(); !k.gone {
			return k, found
		}
		s.leave(k)
	}
}

// only gives the one sale for which something holds. It is called under mu.
func (s *sales) only(holds func(*kept) bool) (one *kept) {
	for _, k := range s.byID {
		if holds(k) {
			if one != nil {
				return nil
			}
			one = k
		}
	}
	return one
}

// leave gives the turn to whoever waits for it.
func (s *sales) leave(k *kept) {
	k.turn.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	k.users--
}

// drop forgets a sale, whose turn is held, as if it had never come.
func (s *sales) drop(k *kept) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k.gone = true
	if s.byID[k.id] == k {
		delete(s.byID, k.id)
	}
}

// become gives a sale, whose turn is held, its next state. One that is too large
// to be ours is none that can be read.
func (s *sales) become(k *kept, state json.RawMessage) {
	if len(state) > plugin.MaxSale {
		state = unreadable
	}
	k.state = state
	at := standingOf(state)
	s.mu.Lock()
	defer s.mu.Unlock()
	k.standing, k.used = at, s.now()
	if k.lost && !at.binds(k.used, k.used) && s.lost == k {
		s.lost = nil // settled: what comes new is new
	}
}

// unreadable stands for a sale of which it is not known what happened: the
// module takes it for one in doubt.
var unreadable = json.RawMessage(`"unreadable"`)

// looksLike notes what a sale that the POS keeps looks like now. Fresh says
// that the POS has been told, and brings nothing older along.
func (s *sales) looksLike(k *kept, state json.RawMessage, event string, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if fresh {
		k.handles = nil
	}
	add := func(to []string, what string) []string {
		if what == "" || slices.Contains(to, what) {
			return to
		}
		return append(to, what)[max(0, len(to)+1-maxAnswered):]
	}
	if handle := handleOf(state); handle == "" && len(k.handles) == 0 {
		k.handles = []string{"new"} // it is the POS's own all the same
	} else {
		k.handles = add(k.handles, handle)
	}
	k.events = add(k.events, event)
}

// isOwn says whether the POS keeps the sale itself.
func (s *sales) isOwn(k *kept) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(k.handles) > 0
}

// find gives a sale, a new one if need be. It is called under mu.
func (s *sales) find(id string) *kept {
	k := s.byID[id]
	if k == nil {
		k = &kept{id: id, used: s.now()}
		if s.lost != nil { // it may be one of those that were lost
			k.state, k.standing = unreadable, standingOf(unreadable)
		}
		if k.stray = !s.makeRoom(); !k.stray {
			s.byID[id] = k
		}
	}
	k.users++
	return k
}

// makeRoom lets go of what has had its time, and of a sale where there are too
// many. It says whether there is room for one more. It is called under mu.
func (s *sales) makeRoom() bool {
	now := s.now()
	var spare *kept
	calm, bound := 0, 0
	for id, k := range s.byID {
		switch {
		case k.standing.past(k.used, now) && k.users == 0:
			s.letGo(id, k)
			continue
		case k.standing.binds(k.used, now) || k.lost:
			bound++
			continue
		}
		if calm++; k.users > 0 {
			continue
		}
		if spare == nil || k.standing.closed && !spare.standing.closed || k.standing.closed == spare.standing.closed && k.used.Before(spare.used) {
			spare = k
		}
	}
	if calm >= maxSales && spare != nil {
		s.letGo(spare.id, spare)
	}
	return bound < maxBound
}

func (s *sales) letGo(id string, k *kept) {
	k.gone = true
	delete(s.byID, id)
	s.forget(id)
}

// count gives how many sales there are of which something holds.
func (s *sales) count(holds func(*kept) bool) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.byID {
		if holds(k) {
			n++
		}
	}
	return n
}

// ids gives the names of all sales.
func (s *sales) ids() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]string, 0, len(s.byID))
	for id := range s.byID {
		out = append(out, id)
	}
	return out
}

// handleOf gives what a sale looks like, however its JSON is written; empty for
// one in which nothing has happened yet.
func handleOf(state json.RawMessage) string {
	members, ok := canonical(state).(map[string]any)
	if !ok || len(members) == 0 {
		return ""
	}
	return hashOf(encode(members))
}
