package tap

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// read gives what is told of a connection whose bytes come in such portions: all that
// the POS says first, and then all that Flexiti does. Only a sale's own events have an order.
func read(t *testing.T, asked, answered []byte, portion int) (told map[string][]string, c Counts) {
	told = map[string][]string{}
	tap := New(Config{Hide: func(s string) string { return "h" }, Clock: func() time.Time { return time.UnixMilli(1795530727000) },
		Upstream: Upstream{origin: "http://127.0.0.1:1"},
		Post: func(_ context.Context, ev []byte) error {
			var e event
			require.NoError(t, json.Unmarshal(ev, &e))
			told[e.SaleID] = append(told[e.SaleID], string(ev))
			return nil
		}})
	tap.name = "tap-fuzz"
	tap.poster.turns = make(chan struct{}, 1)
	ln := tap.open(nil)
	at := time.UnixMilli(1795530727000)
	var from int64
	for rest := asked; len(rest) > 0; {
		n := min(portion, len(rest))
		ln.talk.take(piece{line: ln, kind: upward, data: rest[:n], from: from, at: at})
		tap.poster.running.Wait()
		rest, from = rest[n:], from+int64(n)
	}
	all := int64(len(asked))
	from = 0
	for rest := answered; len(rest) > 0; {
		n := min(portion, len(rest))
		ln.talk.take(piece{line: ln, kind: downward, data: rest[:n], from: from, at: at, attempted: all, written: all})
		tap.poster.running.Wait()
		rest, from = rest[n:], from+int64(n)
	}
	for _, k := range []kind{downEnded, upEnded, ended} {
		p := piece{line: ln, kind: k, at: at, attempted: all, written: all}
		if k == downEnded {
			p.err = io.EOF
		}
		ln.talk.take(p)
		tap.poster.running.Wait()
	}
	return told, tap.Counts()
}

// Whatever passes, the reader lives, and tells the same however the bytes were cut.
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
		whole, counts := read(t, asked, answered, 1<<20)
		pieces, same := read(t, asked, answered, 7)
		require.Equal(t, whole, pieces)
		require.Equal(t, counts, same)
	})
}
