package nolies

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func TestNatively(t *testing.T) {
	playMany(t, 1, many(20_000), native)
}

// TestSoakNatively is the same with a million sales.
func TestSoakNatively(t *testing.T) {
	if os.Getenv("TILLWISE_SOAK") != "full" {
		t.Skip("TILLWISE_SOAK=full plays a million sales")
	}
	playMany(t, 1_000_000, 1_000_000, native)
}

// many is fewer where the tests are to be quick.
func many(n int) int {
	if testing.Short() {
		n /= 10
	}
	return n
}

// playMany plays n sales on all processors and tells the shortest story of each
// kind of breach.
func playMany(t *testing.T, from uint64, n int, open func() *lane) {
	t.Helper()
	var (
		group sync.WaitGroup
		mutex sync.Mutex
		sum   tally
		worst = map[breach]script{}
		count = map[breach]int{}
	)
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		group.Go(func() {
			l := open()
			mine := tally{}
			for seed := from + uint64(k); seed < from+uint64(n); seed += uint64(workers) {
				w := play(script{seed: seed}, l, false)
				mine.add(&w.tally)
				if w.breach.rule == "" {
					continue
				}
				mutex.Lock()
				if s, ok := worst[w.breach]; !ok || seed < s.seed {
					worst[w.breach] = w.script
				}
				count[w.breach]++
				mutex.Unlock()
			}
			mutex.Lock()
			defer mutex.Unlock()
			sum.add(&mine)
		})
	}
	group.Wait()
	t.Log(sum.String())
	l := open()
	for b, s := range worst {
		t.Errorf("%d × %s, card %s:\n%s", count[b], b.rule, b.card, strings.Join(shrink(s, b, l), "\n"))
	}
}

// shrink takes out of a sale what its breach does not need, and tells the rest.
func shrink(s script, b breach, l *lane) []string {
	for range 2 {
		for i := range 64 {
			less := s
			less.tame |= 1 << i
			if play(less, l, false).breach == b {
				s = less
			}
		}
	}
	w := play(s, l, true)
	return append([]string{fmt.Sprintf("  play it again: script{seed: %d, tame: %#x}", s.seed, s.tame)}, w.story...)
}
