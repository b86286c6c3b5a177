package host

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// soak is how many events each engine gets: a short run in every test, and the
// whole one with `make soak`.
func soak(short, full int) int {
	if os.Getenv("TILLWISE_SOAK") == "full" {
		return full
	}
	if raceDetector {
		return short / 10 // one goroutine at a time: what there is to find shows without it
	}
	return short
}

// TestSoakNative plays traffic against the plugin itself. Nothing panics, every
// answer has its shape, and memory stays what it was.
func TestSoakNative(t *testing.T) {
	n := soak(20_000, 10_000_000)
	workers := runtime.GOMAXPROCS(0)
	var before uint64
	for _, part := range []int{n / 100, n - n/100} {
		var group sync.WaitGroup
		for w := range workers {
			group.Go(func() { playNative(t, uint64(part*workers+w), part/workers) })
		}
		group.Wait()
		require.False(t, t.Failed())
		after := heap()
		if before != 0 {
			require.Less(t, after, before+2<<20, "the heap has grown")
		}
		before = after
	}
}

func playNative(t *testing.T, seed uint64, n int) {
	g, m := newTraffic(seed), new(plugin.Module)
	var in []byte
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("seed %d: the plugin panicked on %q: %v", seed, in, p)
		}
	}()
	errors := 0
	for i := range n {
		in = g.event()
		out := m.Answer(in)
		if err := shape(out); err != nil {
			t.Errorf("seed %d, event %d: %v: %q to %q", seed, i, err, out, in)
			return
		}
		if bytes.HasPrefix(out, []byte(`{"error":`)) {
			errors++
		}
		g.took(out)
	}
	if n > 1000 && (errors == 0 || errors > n/3) {
		t.Errorf("seed %d: %d of %d events are errors: the traffic is not what it should be", seed, errors, n)
	}
}

// TestSoakModule plays traffic against the module and natively: no trap, the
// same bytes, and a guest whose memory stays level once it is warm. What its
// allocator splits and does not join again took no page in 2,000 events and 15
// in a million; two bytes lost in each event would take 30.
func TestSoakModule(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine asks: the race detector has nothing to find here")
	}
	const warm = 500 // events after which the guest's heap stands level
	slack := uint32(4)
	if os.Getenv("TILLWISE_SOAK") == "full" {
		slack = 20
	}
	tests := []struct {
		name     string
		compiled bool
		n        int
	}{
		{"compiler", true, soak(2000, 1_000_000)},
		{"interpreter", false, soak(200, 20_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := New(t.Context(), Config{Compiled: tt.compiled, Instances: 1, Calls: warm + tt.n + 1000, Deadline: time.Minute})
			require.NoError(t, err)
			defer e.Close(t.Context())
			g, m := newTraffic(uint64(tt.n)), new(plugin.Module)
			for _, in := range worst(tt.compiled) { // the memory that the largest input needs is kept, and is not growth
				out, err := e.AnswerJSON(t.Context(), in)
				require.NoError(t, err)
				require.Equal(t, string(m.Answer(in)), string(out))
			}
			play := func(n int) uint32 {
				for i := range n {
					in := g.event()
					want := m.Answer(in)
					out, err := e.AnswerJSON(t.Context(), in)
					if err != nil || !bytes.Equal(out, want) {
						t.Fatalf("event %d: %v (is the module older than the plugin? run make generate)\nevent:  %q\nmodule: %q\nplugin: %q", i, err, in, out, want)
					}
					g.took(out)
				}
				return guestPages(e)
			}
			pages := play(warm)
			require.LessOrEqual(t, play(tt.n), pages+slack, "the guest's memory has grown")
			t.Logf("%d events, %d pages", warm+tt.n, pages)
		})
	}
}

// worst gives the inputs that take the most memory.
func worst(compiled bool) [][]byte {
	fill := func(before, item, after string) []byte {
		n := (plugin.MaxInput - len(before) - len(after)) / len(item)
		return []byte(before + strings.Repeat(item, n) + after)
	}
	rounds := 10
	if raceDetector && !compiled {
		rounds = 1 // each takes the interpreter seconds then
	}
	var all [][]byte
	for range rounds {
		all = append(all,
			fill(`{"v":1,"exchange":{"status":500,"body":"`, `x`, `"}}`),
			fill(`{"v":1,"exchange":{"status":500,"body":"`, `\"`, `"}}`),
			fill(`{"v":1,"exchange":{"status":500,"body":"[`, `0,`, `0]"}}`),
			fill(`{"v":1,"exchange":{"status":500},"x":[`, `0,`, `0]}`),
			fill(`{"v":1,"exchange":{"status":500},"x":[`, `{"":0},`, `0]}`),
			fill(``, `[`, ``))
	}
	return all
}

// guestPages is the size of the engine's one instance.
func guestPages(e *Engine) uint32 {
	in := <-e.pool.places
	e.pool.places <- in
	return in.module.Memory().Size() >> 16
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// shape says what is wrong with an answer that is neither an answer nor an error.
func shape(out []byte) error {
	switch {
	case !json.Valid(out):
		return fmt.Errorf("no JSON")
	case len(out) > 16<<10:
		return fmt.Errorf("%d bytes", len(out))
	case bytes.HasPrefix(out, []byte(`{"error":{"kind":"`)):
		return nil
	case !bytes.HasPrefix(out, []byte(`{"v":1,"prompt":{`)):
		return fmt.Errorf("neither answer nor error")
	}
	sale := out[bytes.Index(out, []byte(`,"sale":`))+len(`,"sale":`):]
	if end := bytes.Index(sale, []byte(`,"record":`)); end > plugin.MaxSale {
		return fmt.Errorf("a sale of %d bytes", end)
	}
	return nil
}
