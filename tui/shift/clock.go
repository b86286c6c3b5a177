package shift

import (
	"context"
	"sync"
	"time"
)

// clock is the one that all of a demo reads: the screen, the till, the POS and the
// simulator. It goes as the world's does, but for waits that nobody wants to sit
// through: those it skips, as if they had been.
type clock struct {
	fixed time.Time // that it began at, and stands at but for skips; zero: the world's

	mu    sync.Mutex
	ahead time.Duration
	moved chan struct{} // closed at the next skip
}

func newClock(fixed time.Time) *clock { return &clock{fixed: fixed, moved: make(chan struct{})} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fixed.IsZero() {
		return time.Now().Add(c.ahead)
	}
	return c.fixed.Add(c.ahead)
}

// skip lets time pass at once.
func (c *clock) skip(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += max(0, d)
	close(c.moved)
	c.moved = make(chan struct{})
}

const longest = 4 * time.Second // of a wait that somebody sits through

// wait waits for a while, and skips what is left of it after the longest that
// somebody sits through. It ends with ctx, whose error it gives.
func (c *clock) wait(ctx context.Context, d time.Duration) error {
	end := c.now().Add(d)
	if c.fixed.IsZero() {
		sit := time.NewTimer(min(d, longest))
		defer sit.Stop()
		select {
		case <-ctx.Done():
		case <-sit.C:
		}
	}
	if ctx.Err() == nil {
		c.skip(end.Sub(c.now()))
	}
	return ctx.Err()
}

// until waits until it is so late, because time goes by or because it is skipped.
func (c *clock) until(ctx context.Context, end time.Time) error {
	for {
		c.mu.Lock()
		moved := c.moved
		c.mu.Unlock()
		left := end.Sub(c.now())
		if left <= 0 {
			return ctx.Err()
		}
		timer := time.NewTimer(left)
		select {
		case <-ctx.Done():
		case <-moved:
		case <-timer.C:
		}
		timer.Stop()
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
