package tap

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// read gives what is told of a connection whose bytes come in such portions: all that
// the POS says first, and then all that Flexiti does, or both in turn. Only a sale's
// own events have an order.
func read(t *testing.T, asked, answered []byte, portion int, inTurn bool) (told map[string][]string, c Counts) {
	told = map[string][]string{}
	pending := map[string]bool{}
	tap := New(Config{Hide: func(s string) string { return "h" }, Clock: func() time.Time { return time.UnixMilli(1795530727000) },
		Upstream: Upstream{origin: "http://127.0.0.1:1"},
		Post: func(_ context.Context, ev []byte) error {
			var e event
			require.NoError(t, json.Unmarshal(ev, &e))
			told[e.SaleID] = append(told[e.SaleID], string(ev))
			pending[e.Exchange.Call] = e.Exchange.Failure == plugin.FailurePending
			return nil
		}})
	tap.name = "tap-fuzz"
	tap.poster.turns = make(chan struct{}, 1)
	ln := tap.open(nil)
	take := func(p piece) {
		p.line, p.at, p.attempted, p.written = ln, time.UnixMilli(1795530727000), int64(len(asked)), int64(len(asked))
		ln.talk.take(p)
		tap.poster.running.Wait()
	}
	for up, down := 0, 0; up < len(asked) || down < len(answered); {
		n := min(portion, len(asked)-up)
		if n > 0 {
			take(piece{kind: upward, data: asked[up : up+n], from: int64(up)})
			up += n
		}
		if n == 0 || inTurn {
			n = min(portion, len(answered)-down)
			take(piece{kind: downward, data: answered[down : down+n], from: int64(down)})
			down += n
		}
	}
	take(piece{kind: downEnded, err: io.EOF})
	take(piece{kind: upEnded, err: io.EOF})
	take(piece{kind: ended})
	for call, still := range pending {
		require.False(t, still, "nobody hears what became of %s", call)
	}
	return told, tap.Counts()
}

// Whatever passes, the reader lives, tells the same however the bytes were cut, and
// leaves no payment under way.
func FuzzRead(f *testing.F) {
	w := newWriter()
	for range 40 {
		s := w.story(4)
		var asked, answered strings.Builder
		for _, m := range s.moves {
			if m.pos {
				asked.WriteString(m.data)
			} else {
				answered.WriteString(m.data)
			}
		}
		if asked.Len()+answered.Len() < 20<<10 {
			f.Add([]byte(asked.String()), []byte(answered.String()))
		}
	}
	asked, answered := everywhere()
	f.Add([]byte(asked), []byte(answered))
	f.Fuzz(func(t *testing.T, asked, answered []byte) {
		whole, counts := read(t, asked, answered, 1<<20, false)
		pieces, same := read(t, asked, answered, 7, false)
		require.Equal(t, whole, pieces)
		require.Equal(t, counts, same)
		read(t, asked, answered, 50, true)
	})
}
