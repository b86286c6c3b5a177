package tap

import (
	"errors"
	"io"
	"sync"
	"time"
)

const (
	maxHeld   = 64 << 10              // bytes that the POS sends before the upstream is reached; more are left to it
	halfWait  = time.Second           // for an upstream, of a POS that has ended what it sends: most have given up
	lastWait  = time.Second           // for the request of a POS whom nobody can be reached for
	lastPause = 50 * time.Millisecond // after which such a request is taken to be whole
)

// early is what the POS sends before the upstream is reached. It is read on all the
// while, so that a POS that has given up is seen: its payment must not leave then, for
// beside the tap it would have had no connection to leave by.
type early struct {
	mu   sync.Mutex
	held []byte
}

// hold keeps bytes while the upstream is not reached, and says whether it did.
func (l *line) hold(data []byte) bool {
	l.early.mu.Lock()
	select {
	case <-l.reached:
		l.early.mu.Unlock()
		return false
	default:
	}
	l.early.held = append(l.early.held, data...)
	full := len(l.early.held) >= maxHeld
	l.early.mu.Unlock()
	if full {
		<-l.reached
	}
	return true
}

// giveHeld gives the upstream what was held, and lets all else follow.
func (l *line) giveHeld() bool {
	l.early.mu.Lock()
	defer l.early.mu.Unlock()
	defer close(l.reached)
	held := l.early.held
	l.early.held = nil
	return len(held) == 0 || l.give(held)
}

// gone ends the dialling for a POS that sends nothing more: at once if its connection
// broke. If it was ended in order the POS may still listen, and gets a moment. What it
// gives takes that back.
func (l *line) gone(err error) (stop func()) {
	select {
	case <-l.reached:
		return func() {}
	default:
	}
	if !errors.Is(err, io.EOF) {
		l.hangUp()
		return func() {}
	}
	timer := time.AfterFunc(halfWait, l.hangUp)
	return func() { timer.Stop() }
}

// unreached gives the POS a moment to send its request, so that it is known what was
// lost: nothing of it has left.
func (l *line) unreached() {
	l.tap.unreached.Add(1)
	l.early.mu.Lock()
	defer l.early.mu.Unlock()
	wait := lastWait
	if len(l.early.held) > 0 {
		wait = lastPause
	}
	l.early.held = nil
	l.pos.SetReadDeadline(time.Now().Add(wait))
	close(l.reached)
}
