package tui

import (
	"encoding/json"
)

// Progress keeps a round of training that was left unfinished, until the next run
// of the program: the names of its scenarios, and what was answered. The zero
// value keeps nothing. Save is called from the goroutine that runs the screen,
// with nil when there is nothing to keep any more. What Load gives may be
// anything: what is no round of the same scenarios is ignored.
type Progress struct {
	Load func() []byte
	Save func([]byte)
}

const progressVersion = 1

type kept struct {
	V         int      `json:"v"`
	Scenarios string   `json:"scenarios"` // hash of the file that the round is of
	Names     []string `json:"names"`
	Chosen    []int    `json:"chosen"`
}

// keep hands the round on, to be kept.
func (l *lesson) keep() {
	if l.progress.Save == nil {
		return
	}
	if !l.unfinished() {
		l.progress.Save(nil)
		return
	}
	k := kept{V: progressVersion, Scenarios: l.hash, Chosen: l.round.chosen}
	for _, i := range l.round.steps {
		k.Names = append(k.Names, l.steps[i].card.SaleID)
	}
	data, err := json.Marshal(k)
	if err == nil { // strings and numbers: it never fails
		l.progress.Save(data)
	}
}

// takeUp takes up the round that was kept, if it is one.
func (l *lesson) takeUp() {
	if l.progress.Load == nil {
		return
	}
	var k kept
	if json.Unmarshal(l.progress.Load(), &k) != nil || k.V != progressVersion || k.Scenarios != l.hash ||
		len(k.Names) == 0 || len(k.Names) > len(l.steps) || len(k.Names) != len(k.Chosen) {
		return
	}
	r := &round{chosen: k.Chosen}
	for i, name := range k.Names {
		n := l.named(name)
		if n < 0 || k.Chosen[i] < 0 || k.Chosen[i] > len(l.steps[n].choices[languages[0]]) {
			return
		}
		r.steps = append(r.steps, n)
	}
	l.round = r
}

// named finds a scenario; -1: there is none of that name.
func (l *lesson) named(name string) int {
	for i, s := range l.steps {
		if s.card.SaleID == name {
			return i
		}
	}
	return -1
}
