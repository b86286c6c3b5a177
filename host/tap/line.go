package tap

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

const (
	chunk     = 16 << 10        // bytes that are carried at once; a TLS record holds no more
	brokenFor = 5 * time.Second // that an upstream which takes nothing more may still speak
)

// line is one connection of the POS, with the upstream's that belongs to it.
type line struct {
	tap  *Tap
	n    int64
	pos  net.Conn
	talk *talk // the reader's alone

	reached chan struct{} // closed when up is there and has what was held, or cannot be
	early   early
	hangUp  context.CancelFunc // ends the dialling

	mu      sync.Mutex
	up      net.Conn // nil: not reached
	stopped bool

	attempted, written atomic.Int64 // bytes of the POS that were given to the upstream, and that it took
	spoke              atomic.Int64 // when the upstream spoke last, Unix nanoseconds; 0: the POS has the last word

	skipUp, skipDown atomic.Int64 // up to there nobody wants a copy of a direction, but for the last bytes before it
	deaf             atomic.Bool  // nobody reads the copy any more
	pending          int          // bytes of the copy that wait to be read; the wire's
}

// run carries both directions until both have ended. It dials while the POS's first
// bytes come.
func (l *line) run(ctx context.Context) {
	ctx, l.hangUp = context.WithCancel(ctx)
	defer l.hangUp()
	var both sync.WaitGroup
	broken := atomic.Bool{}
	both.Go(func() {
		if !l.upward() {
			broken.Store(true)
		}
	})
	up, err := l.tap.config.Upstream.dial(ctx, l.tap.port)
	if err != nil {
		l.unreached()
		both.Wait()
		l.tell(piece{kind: ended, err: err})
		reset(l.pos) // what it would get from an upstream that goes away
		return
	}
	l.mu.Lock()
	l.up = up
	if l.stopped {
		up.Close()
	}
	l.mu.Unlock()
	both.Go(func() {
		if !l.downward() {
			broken.Store(true)
		}
	})
	if !l.giveHeld() {
		broken.Store(true)
	}
	both.Wait()
	l.tell(piece{kind: ended})
	if broken.Load() {
		reset(l.pos)
		reset(l.up)
		return
	}
	l.pos.Close()
	l.up.Close()
}

// upward carries what the POS sends. It says whether it ended as a stream does.
func (l *line) upward() bool {
	buf := make([]byte, chunk)
	var until time.Time
	var from int64
	for {
		n, err := l.pos.Read(buf)
		if n > 0 {
			l.spoke.Store(0)
			if from += int64(n); from >= l.skipUp.Load() {
				l.tell(piece{kind: upward, data: buf[:n], from: from - int64(n)})
			}
			switch {
			case l.hold(buf[:n]): // run gives it, once there is somebody to give it to
			case l.up == nil:
				if until.IsZero() {
					until = time.Now().Add(lastWait)
				}
				if pause := time.Now().Add(lastPause); pause.Before(until) {
					l.pos.SetReadDeadline(pause)
				} else {
					l.pos.SetReadDeadline(until)
				}
			case !l.give(buf[:n]):
				return false
			}
		}
		if err == nil {
			continue
		}
		l.secured(err)
		defer l.gone(err)()
		if <-l.reached; l.up == nil {
			return false
		}
		l.tell(piece{kind: upEnded, err: err})
		if errors.Is(err, io.EOF) {
			closeWrite(l.up)
			return true
		}
		reset(l.up)
		return false
	}
}

// secured says why a POS that was to speak TLS did not come to it: it gets no further,
// and may have nobody whom to tell.
func (l *line) secured(why error) {
	if c, ok := l.pos.(*tls.Conn); ok && !c.ConnectionState().HandshakeComplete {
		l.tap.unsecured.Add(1)
		l.tap.config.Log.Warn("TLS with the POS did not come about", "connection", l.n, "why", why)
	}
}

// give writes to the upstream. The count of what was attempted goes up first: only
// what was never tried has surely not left.
func (l *line) give(data []byte) bool {
	l.attempted.Add(int64(len(data)))
	n, err := l.up.Write(data)
	l.written.Add(int64(n))
	if err != nil { // it may still say why
		l.up.SetReadDeadline(time.Now().Add(brokenFor))
	}
	return err == nil
}

// downward carries what the upstream sends. It says whether it ended as a stream does.
func (l *line) downward() bool {
	buf := make([]byte, chunk)
	var from int64
	for {
		n, err := l.up.Read(buf)
		if n > 0 {
			if from += int64(n); from >= l.skipDown.Load() {
				l.tell(piece{kind: downward, data: buf[:n], from: from - int64(n)})
			}
			_, werr := l.pos.Write(buf[:n])
			l.spoke.Store(time.Now().UnixNano())
			if werr != nil {
				reset(l.up) // as it would have been by the POS
				reset(l.pos)
				return false
			}
		}
		if err == nil {
			continue
		}
		l.tell(piece{kind: downEnded, err: err})
		if errors.Is(err, io.EOF) {
			closeWrite(l.pos)
			return true
		}
		reset(l.pos)
		return false
	}
}

// tell hands the reader a copy, and how far the upstream had taken the POS's bytes then.
func (l *line) tell(p piece) {
	if l.deaf.Load() && (p.kind == upward || p.kind == downward) {
		return
	}
	p.line, p.at = l, l.tap.config.Clock()
	p.written, p.attempted = l.written.Load(), l.attempted.Load()
	l.tap.wire.add(p)
}

// quiet says whether nothing is under way, as far as that shows without reading.
func (l *line) quiet() bool {
	spoke := l.spoke.Load()
	return spoke > 0 && time.Since(time.Unix(0, spoke)) > quietAfter
}

// stop ends a line from outside.
func (l *line) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = true
	l.pos.Close()
	if l.up != nil {
		l.up.Close()
	}
}
