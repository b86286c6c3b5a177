package tap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// seen is all that two sides saw of a connection.
type seen struct {
	pos, up       string // what each read
	posEnd, upEnd string // and how that ended
}

// play lets two sides live a story.
func play(t testing.TB, pos, up *net.TCPConn, s story, w writer) (got seen) {
	var toPOS, toUp strings.Builder
	say := func(m move) {
		from, to, into := up, pos, &toPOS
		if m.pos {
			from, to, into = pos, up, &toUp
		}
		wrote := make(chan error, 1)
		cuts := []int{w.IntN(len(m.data) + 1), len(m.data)}
		go func() {
			_, err := io.WriteString(from, m.data[:cuts[0]])
			if err == nil {
				_, err = io.WriteString(from, m.data[cuts[0]:])
			}
			wrote <- err
		}()
		_, err := io.CopyN(into, to, int64(len(m.data)))
		require.NoError(t, err)
		require.NoError(t, <-wrote)
	}
	deadline := time.Now().Add(time.Minute)
	pos.SetDeadline(deadline)
	up.SetDeadline(deadline)
	for _, m := range s.moves {
		say(m)
	}
	ended := func(c *net.TCPConn, into *strings.Builder) string {
		_, err := io.Copy(into, c)
		switch {
		case err == nil:
			return "closed"
		case errors.Is(err, syscall.ECONNRESET):
			return "reset"
		}
		return err.Error()
	}
	switch s.end {
	case posCloses:
		pos.Close()
		got.upEnd = ended(up, &toUp)
	case upCloses:
		up.Close()
		got.posEnd = ended(pos, &toPOS)
	case posHalfCloses:
		pos.CloseWrite()
		got.upEnd = ended(up, &toUp)
		say(move{false, s.last})
		up.Close()
		got.posEnd = ended(pos, &toPOS)
	case upHalfCloses:
		up.CloseWrite()
		got.posEnd = ended(pos, &toPOS)
		say(move{true, s.last})
		pos.Close()
		got.upEnd = ended(up, &toUp)
	case posResets:
		pos.SetLinger(0)
		pos.Close()
		got.upEnd = ended(up, &toUp)
	case upResets:
		up.SetLinger(0)
		up.Close()
		got.posEnd = ended(pos, &toPOS)
	}
	pos.Close()
	up.Close()
	got.pos, got.up = toPOS.String(), toUp.String()
	return got
}

// doors is an upstream that hands out its connections.
type doors struct {
	net.Listener
	url string
}

func newDoors(t testing.TB) doors {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	return doors{l, "http://" + l.Addr().String()}
}

// meet opens a connection to an address, and gives both its ends.
func (d doors) meet(t testing.TB, addr string) (pos, up *net.TCPConn) {
	c, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	other, err := d.Accept()
	require.NoError(t, err)
	return c.(*net.TCPConn), other.(*net.TCPConn)
}

// each exchange of so many is lived through the tap and beside it.
func compare(t *testing.T, exchanges int, post func(context.Context, []byte) error, check func(*testing.T, *rig, []story)) {
	const workers = 4
	var all sync.WaitGroup
	for n := range workers {
		all.Go(func() {
			w := writer{rand.New(rand.NewPCG(12, uint64(n)))}
			up := newDoors(t)
			r := newRig(t, setting{upstream: up.url, post: post, change: func(t *Tap) {
				t.wire.ofLine = t.wire.ofAll // a machine under load must not make this test another one
			}})
			var stories []story
			for done := 0; done < exchanges/workers; {
				k := 1 + w.IntN(6)
				done += k
				s := w.story(k)
				stories = append(stories, s)
				cuts := w.Uint64()
				live := func(addr string) seen {
					pos, other := up.meet(t, addr)
					return play(t, pos, other, s, writer{rand.New(rand.NewPCG(cuts, 0))})
				}
				beside, through := live(up.Addr().String()), live(r.addr)
				if beside != through {
					require.Equal(t, fmt.Sprintf("%.3000q", beside), fmt.Sprintf("%.3000q", through), "story %d of %d: %+v", len(stories), n, s.end)
				}
			}
			r.end()
			check(t, r, stories)
		})
	}
	all.Wait()
}

// told gives what a tap told of calls of money, in the order of its connections.
func told(r *rig) map[string][]string {
	out := map[string][]string{}
	events := r.events() // in order for each sale
	place := func(e event) int {
		n, _ := strconv.Atoi(e.Exchange.Call[strings.LastIndexByte(e.Exchange.Call, '-')+1:])
		return n
	}
	slices.SortStableFunc(events, func(a, b event) int { return place(a) - place(b) })
	for _, e := range events {
		x := e.Exchange
		op := plugin.OperationOf(x.Method, x.URL)
		if x.Operation != "" {
			op = x.Operation
		}
		if x.Failure == plugin.FailurePending || !plugin.MovesMoney(op) {
			continue
		}
		what := "lost"
		if x.Status != 0 {
			what = fmt.Sprint(x.Status)
			if x.BodyCut {
				what += " cut"
			}
		}
		line := strings.Split(strings.TrimPrefix(x.Call, r.name+"-"), "-")[0]
		out[line] = append(out[line], what)
	}
	return out
}

func TestBytesAndEndsPassAsTheyCame(t *testing.T) {
	exchanges := 10000
	if raceDetector {
		exchanges = 600
	}
	var events atomic.Int64
	compare(t, exchanges, func(context.Context, []byte) error { events.Add(1); return nil }, func(t *testing.T, r *rig, stories []story) {
		got := told(r)
		for i, s := range stories {
			require.Equal(t, s.told, cutAlike(got[fmt.Sprint(i+1)], s.told), "connection %d of %s", i+1, r.name)
		}
	})
	require.Greater(t, events.Load(), int64(exchanges/2))
}

// cutAlike leaves out that a body was longer than what is looked at of one.
func cutAlike(got, want []string) []string {
	for i := range min(len(got), len(want)) {
		if !strings.HasSuffix(want[i], " cut") {
			got[i] = strings.TrimSuffix(got[i], " cut")
		}
	}
	return got
}

// broken is an engine that fails on every call.
type broken struct{ serve.Engine }

func (broken) Take(context.Context, []byte) ([]byte, host.Answer, error) {
	panic("nothing works here")
}

func TestBytesPassWhileTheEngineFailsOnEveryCall(t *testing.T) {
	exchanges := 10000
	if raceDetector {
		exchanges = 400
	}
	e, err := engine()
	require.NoError(t, err)
	till, err := serve.New(serve.Config{Engine: broken{e}})
	require.NoError(t, err)
	defer func() { require.NoError(t, till.Close(context.Background())) }()
	var doubts atomic.Int64
	compare(t, exchanges, func(ctx context.Context, ev []byte) error {
		var reply struct{ Decision plugin.Decision }
		if err := json.Unmarshal(till.Take(ctx, ev).Body, &reply); err != nil {
			return err
		}
		if reply.Decision.Doubt {
			doubts.Add(1)
		}
		return nil
	}, func(*testing.T, *rig, []story) {})
	require.Positive(t, doubts.Load(), "and what it would have said of money is in doubt")
}
