package glance

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/tillwise/tillwise/tui"
)

// verdict is what an answer is worth.
type verdict uint8

const (
	rightAnswer verdict = iota
	unsureAnswer
	wrongAnswer
)

func (e expected) verdict(answer string) verdict {
	switch {
	case slices.Contains(e.right, answer):
		return rightAnswer
	case answer == "", answer == unsure.name.en, slices.Contains(e.spare, answer):
		return unsureAnswer
	}
	return wrongAnswer
}

// tally counts answers by what they are worth.
type tally [3]int

func (t tally) sum() int { return t[rightAnswer] + t[unsureAnswer] + t[wrongAnswer] }

func (t *tally) add(o tally) {
	for v, n := range o {
		t[v] += n
	}
}

// rate is a count out of so many.
type rate struct{ count, of int }

// interval is Wilson's, at 95 %: between 0 and 1 even for no or few cases. It
// takes answers as independent; those of one reader are not quite.
func (r rate) interval() (low, high float64) {
	if r.of == 0 {
		return 0, 1
	}
	const z = 1.959964
	n, p := float64(r.of), float64(r.count)/float64(r.of)
	middle, half := (p+z*z/(2*n))/(1+z*z/n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))/(1+z*z/n)
	return max(0, middle-half), min(1, middle+half)
}

// scored is what a sheet's answers were worth.
type scored struct {
	kit     *kit
	cards   []cardScore
	readers []readerScore // by number
	harms   []rate        // as in harms
}

type cardScore struct {
	n        int // of the screen
	of       [numQuestions]tally
	critical int
	given    [numQuestions]map[string]int // the wrong answers
}

func (c cardScore) all() (t tally) {
	for _, o := range c.of {
		t.add(o)
	}
	return t
}

type readerScore struct {
	reader   int
	screens  int
	all      tally
	critical int
}

// Score reads a filled sheet and writes a report about it: how often each card
// was understood, how often a mistake would have cost money or privacy, and which
// cards to mend first. It fails with Mistakes where cells are no answers, and
// where the sheet's kit is none that this engine gives.
func Score(ctx context.Context, e tui.Engine, sheet io.Reader, report io.Writer) error {
	p, stem, fillings, err := readSheet(sheet)
	if err != nil {
		return err
	}
	k, err := load(ctx, e, p)
	if err != nil {
		return err
	}
	if k.stem != stem {
		return fmt.Errorf("the kit %s was made by another version, whose cards or answers differ: score it with the one that made it", stem)
	}
	_, err = io.WriteString(report, k.score(fillings).text())
	return err
}

// score counts.
func (k *kit) score(fillings []filling) *scored {
	s := &scored{kit: k, cards: make([]cardScore, len(k.cards)), harms: make([]rate, len(harms))}
	for i := range s.cards {
		s.cards[i].n = i + 1
	}
	for _, f := range fillings {
		c, r, key := &s.cards[f.screen-1], s.reader(f.reader), k.keys[f.screen-1]
		r.screens++
		for q, answer := range f.answers {
			v := key.of[q].verdict(answer)
			c.of[q][v]++
			r.all[v]++
			if v == wrongAnswer {
				if c.given[q] == nil {
					c.given[q] = map[string]int{}
				}
				c.given[q][answer]++
			}
		}
		for _, h := range key.harms {
			hit := &s.harms[slices.Index(harms, h)]
			hit.of++
			if f.answers[h.question] == h.answer {
				hit.count++
				c.critical++
				r.critical++
			}
		}
	}
	slices.SortFunc(s.readers, func(a, b readerScore) int { return a.reader - b.reader })
	return s
}

func (s *scored) reader(n int) *readerScore {
	i := slices.IndexFunc(s.readers, func(r readerScore) bool { return r.reader == n })
	if i < 0 {
		i = len(s.readers)
		s.readers = append(s.readers, readerScore{reader: n})
	}
	return &s.readers[i]
}

// toMend are the cards that somebody did not understand, the worst first.
func (s *scored) toMend() []cardScore {
	out := slices.DeleteFunc(slices.Clone(s.cards), func(c cardScore) bool {
		t := c.all()
		return t[wrongAnswer]+t[unsureAnswer] == 0
	})
	slices.SortStableFunc(out, func(a, b cardScore) int {
		x, y := a.all(), b.all()
		return cmp.Or(b.critical-a.critical, y[wrongAnswer]-x[wrongAnswer], y[unsureAnswer]-x[unsureAnswer])
	})
	return out
}
