package serve

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// probeEvery is how long an answer of the engine counts for who asks whether all is well.
const probeEvery = time.Second

// probeEvent is an event without a sale: what comes of it is kept nowhere.
var probeEvent = []byte(`{"v":1,"exchange":{"operation":"lookup","status":404}}`)

// probe is whether the engine answers. One asks at a time, and not too often.
type probe struct {
	mu     sync.Mutex
	asked  time.Time
	silent atomic.Bool
}

// mute says whether the engine gave no answer when it was asked last.
func (p *probe) mute() bool { return p.silent.Load() }

// ask has the engine answer something, at most as long as that takes for an event.
func (p *probe) ask(ctx context.Context, e Engine, now func() time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := now(); at.Sub(p.asked) < probeEvery && !p.asked.IsZero() {
		return
	}
	_, _, err := e.Take(ctx, append([]byte(nil), probeEvent...))
	p.silent.Store(err != nil)
	p.asked = now()
}
