package tap

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	drainWait  = 2 * time.Second        // for exchanges under way when the tap ends: all of it has five
	quietAfter = 100 * time.Millisecond // a connection on which the upstream spoke last, so long ago, waits for nothing
	tellWait   = time.Second / 2        // for events on their way to the till then; and for the till to give up
	acceptWait = 10 * time.Millisecond  // before the next try when the system has no connection to give
)

// Config says what a Tap stands between, and whom it tells.
type Config struct {
	Upstream Upstream
	// Post hands the till one event, as JSON: serve.Server.Take. It may be slow, fail
	// and panic. An error, which must name nothing of the event, says that the till
	// could not use it. One sale's events come in turn.
	Post func(ctx context.Context, event []byte) error
	// Hide gives a sale id that tells sales apart as the reference does, the same over
	// restarts, and tells nothing else: serve.Server.Hide.
	Hide func(reference string) string
	// Log hears what could not be followed; nil: nobody does.
	Log   *slog.Logger
	Clock func() time.Time // nil: time.Now
}

// Counts are what a tap has seen since it began.
type Counts struct {
	Connections int64
	Unsecured   int64 // connections on which TLS with the POS did not come about: it may not trust the certificate
	Unreached   int64 // connections for which the upstream could not be reached
	Calls       int64 // of the POS API, with a reply or lost
	Dropped     int64 // connections whose copy came too fast to be read
	Unread      int64 // connections that could not be read on: no HTTP/1, or a fault of ours
	Untold      int64 // events that did not come to the till, or that it could not use
}

// Tap relays connections and tells of them. Make one with New; Serve may be called once.
type Tap struct {
	config Config
	name   string // of this run, in names of calls
	port   int
	wire   *wire
	poster *poster
	tell   time.Duration // tellWait

	mu     sync.Mutex
	lines  map[*line]struct{}
	last   int64 // number of the last line
	blanks int   // of events of what could not be seen

	connections, unsecured, unreached, calls, dropped, unread, untold atomic.Int64
}

// New gives a tap. Serve puts it to work.
func New(c Config) *Tap {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	t := &Tap{config: c, name: "tap-" + strings.ToLower(rand.Text()[:10]), lines: map[*line]struct{}{}, wire: newWire(), tell: tellWait}
	t.poster = newPoster(t)
	return t
}

// Counts gives what was seen so far.
func (t *Tap) Counts() Counts {
	return Counts{t.connections.Load(), t.unsecured.Load(), t.unreached.Load(), t.calls.Load(), t.dropped.Load(), t.unread.Load(), t.untold.Load()}
}

// Serve relays what comes on l until ctx is done. Exchanges under way then have two
// seconds to end. It returns when every connection is closed and what was seen has
// been told, or a second after that.
func (t *Tap) Serve(ctx context.Context, l net.Listener) error {
	if a, ok := l.Addr().(*net.TCPAddr); ok {
		t.port = a.Port
	}
	var reading, carrying sync.WaitGroup
	reading.Go(func() { t.wire.read(t.look) })
	off := context.AfterFunc(ctx, func() { l.Close() })
	dialling, stop := context.WithCancel(context.WithoutCancel(ctx))
	err := t.accept(ctx, l, func(pos net.Conn) {
		ln := t.open(pos)
		carrying.Go(func() {
			defer t.close(ln)
			ln.run(dialling)
		})
	})
	off()
	l.Close()
	t.drain(stop)
	carrying.Wait()
	t.wire.close()
	reading.Wait()
	t.poster.close(t.tell)
	return err
}

func (t *Tap) accept(ctx context.Context, l net.Listener, carry func(net.Conn)) error {
	for {
		pos, err := l.Accept()
		switch {
		case err == nil:
			carry(pos)
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, net.ErrClosed):
			return err
		default: // out of files: connections that end give some back
			t.config.Log.Warn("a connection could not be taken", "why", err)
			select {
			case <-ctx.Done():
			case <-time.After(acceptWait):
			}
		}
	}
}

func (t *Tap) open(pos net.Conn) *line {
	t.connections.Add(1)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last++
	ln := &line{tap: t, n: t.last, pos: pos, reached: make(chan struct{})}
	ln.spoke.Store(time.Now().UnixNano()) // it has nothing to wait for yet
	ln.talk = newTalk(ln)
	t.lines[ln] = struct{}{}
	return ln
}

func (t *Tap) close(ln *line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.lines, ln)
}

// drain lets exchanges under way end, and closes what waits for nothing.
func (t *Tap) drain(stopDialling func()) {
	defer stopDialling()
	for began := time.Now(); ; time.Sleep(quietAfter / 4) {
		over := time.Since(began) > drainWait
		if over {
			stopDialling()
		}
		t.mu.Lock()
		for ln := range t.lines {
			if over || ln.quiet() {
				ln.stop()
			}
		}
		left := len(t.lines)
		t.mu.Unlock()
		if left == 0 {
			return
		}
	}
}

// look reads one piece of what passed. Whatever fails in it fails for its line alone.
func (t *Tap) look(p piece) {
	defer func() {
		if recover() == nil {
			return
		}
		defer func() { _ = recover() }() // what failed may fail here again; the line is given up by then
		p.line.talk.lose("a fault of the tap's", p.at)
	}()
	p.line.talk.take(p)
}

// hidden names a sale by its reference. A GUID is what Flexiti asks for there (page
// 9404505), and is shown, for that is what support asks for; anything else might be
// somebody's number.
func (t *Tap) hidden(reference string) string {
	if guid(reference) {
		return reference
	}
	return cmp.Or(t.config.Hide(reference), t.name)
}

// guid says whether text is 32 hexadecimal digits, with or without the four dashes.
func guid(text string) bool {
	digits := 0
	for i, c := range []byte(text) {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
			digits++
		case c == '-' && (i == 8 || i == 13 || i == 18 || i == 23):
		default:
			return false
		}
	}
	return digits == 32 && (len(text) == 32 || len(text) == 36)
}
