package tap

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/tetratelabs/wazero.(*runtime).CloseWithExitCode"))
}

// engine is one for all tests: it takes longer to start than most of them.
var engine = sync.OnceValues(func() (*host.Engine, error) { return host.New(context.Background(), host.Config{}) })

// log is what a tap says, safe for many.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// rig is a tap in front of an upstream, with a till behind it.
type rig struct {
	*Tap
	addr   string
	log    *log
	till   *serve.Server
	end    func() // lets the tap end, and waits for it
	cards  chan host.Card
	events func() []event
}

// setting is how a rig differs from the usual one.
type setting struct {
	upstream string                              // its URL
	post     func(context.Context, []byte) error // in place of a till
	engine   serve.Engine
	listener func(net.Listener) net.Listener
	change   func(*Tap)
}

func newRig(t testing.TB, s setting) *rig {
	t.Helper()
	up, err := ParseUpstream(s.upstream, "")
	require.NoError(t, err)
	r := &rig{log: &log{}, cards: make(chan host.Card, 1<<16)}
	var mu sync.Mutex
	var seen []event
	r.events = func() []event {
		mu.Lock()
		defer mu.Unlock()
		return append([]event(nil), seen...)
	}
	if s.post == nil {
		if s.engine == nil {
			s.engine, err = engine()
			require.NoError(t, err)
		}
		r.till, err = serve.New(serve.Config{Engine: s.engine, Show: func(c host.Card) { r.cards <- c }})
		require.NoError(t, err)
		s.post = func(ctx context.Context, ev []byte) error {
			reply := r.till.Take(ctx, ev)
			require.Equal(t, 200, reply.Status, "%s\n%s", ev, reply.Body)
			return nil
		}
	}
	post := s.post
	c := Config{Upstream: up, Log: slog.New(slog.NewTextHandler(r.log, nil)), Hide: func(s string) string { return "h-" + s },
		Clock: func() time.Time { return time.UnixMilli(1795530727000).In(time.FixedZone("", -5*3600)) },
		Post: func(ctx context.Context, ev []byte) error {
			var e event
			if err := json.Unmarshal(ev, &e); err != nil {
				return err
			}
			mu.Lock()
			seen = append(seen, e)
			mu.Unlock()
			return post(ctx, ev)
		}}
	r.Tap = New(c)
	r.tell = 30 * time.Second // a machine under load must not make a test another one
	if s.change != nil {
		s.change(r.Tap)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r.addr = l.Addr().String()
	if s.listener != nil {
		l = s.listener(l)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Serve(ctx, l) }()
	r.end = sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-ended)
		if r.till != nil {
			require.NoError(t, r.till.Close(context.Background()))
		}
	})
	t.Cleanup(r.end)
	return r
}

// card waits for the next card that the till shows.
func (r *rig) card(t testing.TB) host.Card {
	t.Helper()
	select {
	case c := <-r.cards:
		return c
	case <-time.After(20 * time.Second):
		require.Fail(t, "no card came")
		return host.Card{}
	}
}

// upstream answers each connection with f; it gives its URL.
func upstream(t testing.TB, f func(*net.TCPConn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer c.Close()
				f(c.(*net.TCPConn))
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		all.Wait()
	})
	return "http://" + l.Addr().String()
}

func dial(t testing.TB, addr string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	return c.(*net.TCPConn)
}

// say writes and reads as many bytes as are wanted.
func say(t testing.TB, c net.Conn, what string, want int) string {
	t.Helper()
	_, err := io.WriteString(c, what)
	require.NoError(t, err)
	got := make([]byte, want)
	_, err = io.ReadFull(c, got)
	require.NoError(t, err)
	return string(got)
}
