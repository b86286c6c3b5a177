package plugin

import (
	"encoding/json"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Sales against a Flexiti with a ledger: whatever comes through of its replies,
// whatever is pressed, no card says anything untrue about money, no customer is

const ledgerSales = 200_000

func TestLedger(t *testing.T) {
	n := ledgerSales
	if testing.Short() {
		n /= 20
	}
	if set, err := strconv.Atoi(os.Getenv("TILLWISE_LEDGER_SALES")); err == nil {
		n = set
	}
	playLedger(t, 0, n, false)
}

// TestLedgerOfAHeadstrongTill is the same with a till that captures, releases,
// gives back and pays by itself while money is in doubt.
func TestLedgerOfAHeadstrongTill(t *testing.T) {
	playLedger(t, 0, ledgerSales/10, true)
}

// TestSoakLedger is the same with other sales, and with `make soak` ten million of them.
func TestSoakLedger(t *testing.T) {
	if os.Getenv("TILLWISE_SOAK") != "full" {
		t.Skip("TILLWISE_SOAK=full plays ten million sales")
	}
	playLedger(t, ledgerSales, 10_000_000, false)
}

// tally counts what was seen.
type tally struct {
	sales, cards int
	said         [5]int // by money
	idle         int    // unknown said while every call has its answer
	ends         [5]int // by kind
}

var (
	monies   = [5]Money{MoneyNone, MoneyNotMoved, MoneyHeld, MoneyMoved, MoneyUnknown}
	endsSale = [5]ActionID{ActFinishSale, ActOtherPayment, ActPayRest, ActCancelSale, "(no card)"}
)

// finish ends the sale as a supervisor would, in at most twelve presses (more
// where nearly all calls were lost).
func (p *play) finish() {
	if !p.shown {
		p.book.ends[4]++
		return
	}
	p.flight = -1
	presses := 12
	if p.busy {
		presses = 20 // two for each of the payments that a sale remembers
	}
	for range presses {
		if p.closed || p.book.broken != "" {
			break
		}
		p.press(p.towardsTheEnd())
	}
	if !p.closed {
		p.book.breaks(p, "no way to the end of the sale")
	}
	if raw, err := json.Marshal(p.s); len(p.s.Payments) > 4 && (err != nil || len(raw) >= MaxSale) {
		p.book.breaks(p, "a sale that is too long")
	}
}

// towardsTheEnd picks the key that leads to the end of the sale. What sends
// something is left alone.
func (p *play) towardsTheEnd() Action {
	for _, id := range endsSale {
		for k, a := range p.d.Actions {
			if a.ID == id {
				return p.d.Actions[k]
			}
		}
	}
	for _, a := range p.d.Actions {
		if isSettlement(a.ID) {
			return p.settlement()
		}
	}
	for _, id := range []ActionID{ActCallSupervisor, ActHoldSale, ActCarryOn} {
		for _, a := range p.d.Actions {
			if a.ID == id {
				return a
			}
		}
	}
	return p.d.Actions[0]
}

// script is a sale that can be played again, with parts left out.
type script struct {
	seed  uint64
	cut   uint64 // steps that are left out, by bit
	plain uint16 // habits that are left out, by bit

	headstrong bool // the till sends what it wants, whatever the card says
}

const (
	maxSteps   = 24 // of a sale
	maxStories = 10 // kinds of breach that are told at length
)

// run plays a script.
func (p *play) run(sc script, telling bool) {
	*p = play{x: p.x, q: p.q[:0], dues: p.dues[:0], flight: -1, book: judge{telling: telling, tally: p.book.tally}}
	p.x.reset()
	p.dice = dice(sc.seed * 0x2545f4914f6cdd1d)
	p.habits = habitsOf(&p.dice, sc.plain)
	p.headstrong = sc.headstrong
	p.start()
	p.book.sales++
	last := 4 + p.n(7)
	if p.chance(10) {
		last = 10 + p.n(maxSteps-10)
	}
	if p.busy {
		last = maxSteps
	}
	for p.step = 1; p.step <= last && p.book.broken == ""; p.step++ {
		if sc.cut>>p.step&1 == 0 {
			p.dice = dice(sc.seed*0x2545f4914f6cdd1d + uint64(p.step)*0x9fb21c651e98df25)
			p.one()
		}
	}
	p.dice = dice(sc.seed * 0x9fb21c651e98df25)
	if !p.closed && p.book.broken == "" && len(p.q) > 0 {
		p.finish()
	}
	if p.closed && len(p.s.Closed) > 0 {
		for k, id := range endsSale {
			if p.s.Closed == id {
				p.book.ends[k]++
			}
		}
	}
}

type breachAt struct {
	rule string
	card CardID
}

type example struct {
	count int
	seed  uint64
}

// playLedger plays n sales on all processors, and fails with the smallest story
// of each kind of breach.
func playLedger(t *testing.T, from uint64, n int, headstrong bool) {
	t.Parallel()
	workers := runtime.GOMAXPROCS(0)
	var (
		group sync.WaitGroup
		mutex sync.Mutex
		sum   tally
		all   = map[breachAt]example{}
	)
	for w := range workers {
		group.Go(func() {
			p, mine := new(play), map[breachAt]example{}
			for seed := from + uint64(w); seed < from+uint64(n); seed += uint64(workers) {
				p.run(script{seed: seed, headstrong: headstrong}, false)
				if p.book.broken != "" {
					at := breachAt{p.book.broken, p.book.card}
					e := mine[at]
					if e.count++; e.count == 1 {
						e.seed = seed
					}
					mine[at] = e
				}
			}
			mutex.Lock()
			defer mutex.Unlock()
			sum.add(&p.book.tally)
			for at, e := range mine {
				if was, ok := all[at]; ok {
					e.count, e.seed = e.count+was.count, min(e.seed, was.seed)
				}
				all[at] = e
			}
		})
	}
	group.Wait()
	t.Log(sum.String())
	keys := make([]breachAt, 0, len(all))
	for at := range all {
		keys = append(keys, at)
	}
	slices.SortFunc(keys, func(a, b breachAt) int { return all[b].count - all[a].count })
	for i, at := range keys {
		e := all[at]
		if i >= maxStories {
			if i == 4*maxStories {
				t.Errorf("… and %d more kinds", len(keys)-i)
				break
			}
			t.Errorf("%d × %s, card %s (seed %d)", e.count, at.rule, at.card, e.seed)
			continue
		}
		t.Errorf("%d × %s, card %s:\n%s", e.count, at.rule, at.card, strings.Join(shrink(script{seed: e.seed, headstrong: headstrong}, at), "\n"))
	}
}
