package simulator

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// Notice is what the simulator says of itself on each reply, in its ledger and
// when it starts.
const Notice = "A simulator built on Flexiti's public documentation, not Flexiti. All people, numbers and money are synthetic."

// Config says how a Simulator behaves. The zero value is the real clock, no
// faults, and read-backs that do not lag.
type Config struct {
	Clock    func() time.Time                                 // nil: time.Now
	Wait     func(ctx context.Context, d time.Duration) error // nil: by a timer; returns ctx's error where that ends first
	Seed     uint64                                           // tokens and verification codes follow from it
	Lag      time.Duration                                    // read-backs show the books as they stood so long ago; 0: as Scenario has it
	Scenario Scenario
}

// Simulator is a Flexiti with books of its own. It is an http.Handler, and safe
// for concurrent use. New costs next to nothing, and a Simulator remembers all
// that it was asked: for many sales take a fresh one for each, or for a few.
type Simulator struct {
	clock func() time.Time
	wait  func(context.Context, time.Duration) error
	lag   time.Duration
	steps []Step

	mu      sync.Mutex // over all below
	dice    dice
	calls   map[plugin.Operation]int
	tokens  map[string]*token // by access token and by refresh token
	people  map[string]*customer
	applied []Account // who were approved since the start
	keys    map[string]keyed
	books
}

// New makes a Simulator whose books are empty.
func New(c Config) *Simulator {
	s := &Simulator{clock: c.Clock, wait: c.Wait, lag: c.Lag, steps: slices.Clone(c.Scenario.Steps), dice: dice(c.Seed)}
	for i := range s.steps {
		_ = s.steps[i].check() // completes it; what is wrong with one is said to the call that it is for
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.wait == nil {
		s.wait = wait
	}
	if s.lag == 0 {
		s.lag = c.Scenario.Lag
	}
	return s
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// dice gives the same numbers for the same seed (splitmix64).
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
