package nolies

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
)

func TestNatively(t *testing.T) {
	playMany(t, 1, many(4_000, 400), inPlugin)
}

// TestSoakNatively is the same with a million sales.
func TestSoakNatively(t *testing.T) {
	if os.Getenv("TILLWISE_SOAK") != "full" {
		t.Skip("TILLWISE_SOAK=full plays a million sales")
	}
	const each = 100_000
	for i := range uint64(10) {
		from := 1_000_000 + i*each
		t.Run(fmt.Sprint("from ", from), func(t *testing.T) { playMany(t, from, each, inPlugin) })
	}
}

// many is n sales, and fewer where the tests are to be quick; under the race
// detector, where the module runs in the interpreter, it is a few: what there is to
// find shows with those.
func many(n, underRace int) int {
	switch {
	case raceDetector:
		return underRace
	case testing.Short():
		return n / 20
	}
	return n
}

// playMany plays n sales on all processors and tells the shortest story of each
// kind of breach.
func playMany(t *testing.T, from uint64, n int, open func() *lane) {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // the sales are small, and many
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
		w := shrink(s, b, l)
		t.Errorf("%d × %s, card %s:\n  play it again: script{seed: %d, tame: %#x}\n%s", count[b], b.rule, b.card, w.seed, w.tame, strings.Join(w.story, "\n"))
	}
}

// shrink takes out of a sale what its breach does not need, and tells the rest.
func shrink(s script, b breach, l *lane) *world {
	for range 2 {
		for i := range 64 {
			less := s
			less.tame |= 1 << i
			if play(less, l, false).breach == b {
				s = less
			}
		}
	}
	return play(s, l, true)
}
