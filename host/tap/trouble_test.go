package tap

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// echoing is an upstream that answers whatever comes with one reply a request.
func echoing(t testing.TB, reply string) string {
	return upstream(t, func(c *net.TCPConn) {
		for buf := make([]byte, 16<<10); ; {
			if _, err := c.Read(buf); err != nil {
				return
			}
			if _, err := io.WriteString(c, reply); err != nil {
				return
			}
		}
	})
}

// Whatever fails behind the relay, the bytes pass, at once.
func TestWhateverFailsTheBytesPass(t *testing.T) {
	released := make(chan struct{})
	tests := []struct {
		name   string
		post   func(context.Context, []byte) error
		change func(*Tap)
		check  func(*testing.T, *rig)
	}{
		{"a till that fails", func(context.Context, []byte) error { return errors.New("no") }, nil,
			func(t *testing.T, r *rig) { require.EqualValues(t, 600, r.Counts().Untold) }},
		{"a till that panics", func(context.Context, []byte) error { panic("no") }, nil,
			func(t *testing.T, r *rig) { require.EqualValues(t, 600, r.Counts().Untold) }},
		{"a till that never comes back", func(ctx context.Context, _ []byte) error { <-ctx.Done(); return ctx.Err() },
			func(t *Tap) { t.tell = time.Millisecond },
			func(t *testing.T, r *rig) { require.Positive(t, r.Counts().Untold) }},
		{"a till that begins late", func(context.Context, []byte) error { <-released; return nil }, nil,
			func(t *testing.T, r *rig) { require.Zero(t, r.Counts().Untold) }},
		{"a reader that panics", func(context.Context, []byte) error { return nil },
			func(t *Tap) { t.config.Hide = func(string) string { panic("no") } },
			func(t *testing.T, r *rig) {
				require.EqualValues(t, 1, r.Counts().Unread)
				require.Contains(t, r.log.String(), "a fault of the tap's")
				require.Equal(t, []string{"run-unseen-1 1: POST / lost , sent unknown"}, r.lines(), "what passes is in doubt")
			}},
		{"no room for a copy", func(context.Context, []byte) error { return nil },
			func(t *Tap) { t.wire.ofLine = 100 },
			func(t *testing.T, r *rig) {
				require.EqualValues(t, 1, r.Counts().Dropped)
				require.Equal(t, []string{"run-unseen-1 1: POST / lost , sent unknown"}, r.lines(), "what passes is in doubt")
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			no := answer(409, "", refused)
			r := newRig(t, setting{upstream: echoing(t, no), post: tt.post, change: tt.change})
			c := dial(t, r.addr)
			for range 300 {
				require.Equal(t, no, say(t, c, ask("POST", "authorization", "x-reference-id: somebody\r\n", sofa), len(no)))
			}
			if tt.name == "a till that begins late" {
				close(released)
			}
			r.end()
			tt.check(t, r)
		})
	}
}

// Money in events for which there was no room is in doubt once, and not silent.
func TestATillThatIsMuchTooSlow(t *testing.T) {
	released := make(chan struct{})
	up := newDoors(t)
	r := newRig(t, setting{upstream: up.url, post: func(context.Context, []byte) error { <-released; return nil }})
	c := call{asked: asked{method: "POST", ours: true, operation: plugin.OpAuthorization, path: "/authorization"}, name: "x-1"}
	for i := range maxEvents + 100 {
		c.sale = fmt.Sprint("S-", i%10)
		e := c.event(time.UnixMilli(1))
		e.Exchange.Status, e.Exchange.Body = 200, strings.Repeat("x", 64<<10)
		r.poster.add(e, true)
	}
	require.EqualValues(t, 100, r.Counts().Untold)
	require.LessOrEqual(t, r.poster.bodies, maxBodies)
	close(released)
	r.poster.running.Wait()
	require.Zero(t, r.poster.bodies)
	require.Zero(t, r.poster.events)
	unseen, bare := 0, 0
	for _, e := range r.events() {
		if strings.Contains(e.SaleID, "unseen") {
			unseen++
		} else if e.Exchange.Body == "" {
			require.True(t, e.Exchange.BodyCut, "money whose reply was let go of cannot be read as taken or not")
			bare++
		}
	}
	require.Equal(t, 1, unseen)
	require.Positive(t, bare)
}

func TestOneSlowReaderStallsNobody(t *testing.T) {
	no := answer(409, "", refused)
	large := answer(200, "", strings.Repeat("x", 16<<20))
	r := newRig(t, setting{post: func(context.Context, []byte) error { return nil }, upstream: upstream(t, func(c *net.TCPConn) {
		buf := make([]byte, 4096)
		for {
			n, err := c.Read(buf)
			if err != nil {
				return
			}
			reply := no
			if strings.Contains(string(buf[:n]), "search") {
				reply = large
			}
			if _, err := io.WriteString(c, reply); err != nil {
				return
			}
		}
	})})
	slow := dial(t, r.addr)
	_, err := io.WriteString(slow, ask("GET", "customers/search", ours, ""))
	require.NoError(t, err)
	for range 50 {
		c := dial(t, r.addr)
		require.Equal(t, no, say(t, c, ask("POST", "authorization", ours, sofa), len(no)))
		c.Close()
	}
	got := make([]byte, len(large))
	_, err = io.ReadFull(slow, got)
	require.NoError(t, err)
	require.True(t, large == string(got), "and it gets all that it was sent")
}

// Thousands of connections cost so much each, and nothing afterwards.
func TestManyConnectionsAtOnce(t *testing.T) {
	connections := 2000
	if raceDetector {
		connections = 200
	}
	no := answer(409, "", refused)
	r := newRig(t, setting{upstream: echoing(t, no), post: func(context.Context, []byte) error { return nil }})
	before := heap()
	conns := make([]*net.TCPConn, connections)
	var all sync.WaitGroup
	for w := range 8 {
		all.Go(func() {
			for i := w; i < connections; i += 8 {
				conns[i] = dial(t, r.addr)
				say(t, conns[i], ask("POST", "authorization", fmt.Sprintf("x-reference-id: %032x\r\n", i), sofa), len(no))
			}
		})
	}
	all.Wait()
	require.EqualValues(t, connections, r.Counts().Connections)
	// Of these about 16 KiB are the test's own upstream.
	require.Less(t, (heap()-min(heap(), before))/uint64(connections), uint64(96<<10))
	for _, c := range conns {
		c.Close()
	}
	r.end()
	require.Zero(t, r.Counts().Untold)
	require.Zero(t, r.Counts().Dropped)
	require.Empty(t, r.lines()[2*connections:])
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// What was under way when the tap ended is in doubt when it is there again.
func TestATapThatEndedInTheMiddle(t *testing.T) {
	e, err := engine()
	require.NoError(t, err)
	dir := t.TempDir()
	open := func() *serve.Server {
		till, err := serve.New(serve.Config{Engine: e, State: dir})
		require.NoError(t, err)
		return till
	}
	till := open()
	reply := till.Take(t.Context(), []byte(`{"v":1,"sale_id":"S","exchange":{"operation":"authorization","call":"c","request":{"amount":"1.00"},"status":0,"failure":"pending"}}`))
	require.Equal(t, 200, reply.Status)
	reply = till.Take(t.Context(), []byte(`{"v":1,"sale_id":"D","exchange":{"operation":"authorization","status":504}}`))
	require.Equal(t, 200, reply.Status)
	require.NoError(t, till.Close(context.Background()))

	till = open()
	up := newDoors(t)
	r := newRig(t, setting{upstream: up.url, post: func(ctx context.Context, ev []byte) error {
		require.Equal(t, 200, till.Take(ctx, ev).Status)
		return nil
	}})
	r.Resume(till.Open())
	r.end()
	require.Len(t, r.events(), 1, "what is in doubt already stays as it is")
	for _, c := range till.Open() {
		require.Equal(t, plugin.MoneyUnknown, c.Decision.Money)
		require.True(t, c.Decision.Doubt, c.SaleID)
	}
	require.NoError(t, till.Close(context.Background()))
}

// A tap that is asked to end lets a payment under way come to its end.
func TestTheEndWaitsForWhatIsUnderWay(t *testing.T) {
	asked, ending := make(chan struct{}), make(chan struct{})
	no := answer(409, "", refused)
	r := newRig(t, setting{post: func(context.Context, []byte) error { return nil }, upstream: upstream(t, func(c *net.TCPConn) {
		if _, err := c.Read(make([]byte, 4096)); err != nil {
			return // the idle one
		}
		close(asked)
		<-ending
		_, _ = io.WriteString(c, no)
	})})
	idle, c := dial(t, r.addr), dial(t, r.addr)
	_, err := io.WriteString(c, ask("POST", "authorization", ours, sofa))
	require.NoError(t, err)
	<-asked
	ended := make(chan struct{})
	go func() {
		r.end()
		close(ended)
	}()
	_, err = idle.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF, "what waits for nothing is closed")
	close(ending)
	got, err := io.ReadAll(c)
	require.NoError(t, err)
	require.Equal(t, no, string(got))
	<-ended
	require.Len(t, r.lines(), 2)
}

// A POS that sends single bytes cannot make the copy of them large.
func TestSingleBytesThatWaitAreBounded(t *testing.T) {
	w, ln := newWire(), &line{}
	for range maxPending {
		w.add(piece{line: ln, data: []byte{'x'}})
	}
	require.True(t, ln.deaf.Load())
	require.LessOrEqual(t, len(w.queue), maxPending/pieceCost+1)
}
