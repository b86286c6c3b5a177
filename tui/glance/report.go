package glance

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// Widths of columns: no row of the report is wider than 100.
const (
	nameWidth = 24 // of a scenario
	cellWidth = 9  // of what all 99 readers answered to one question
)

// text is the report, in columns, in English: it is for who leads the test.
func (s *scored) text() string {
	var b strings.Builder
	filled := 0
	for _, r := range s.readers {
		filled += r.screens
	}
	fmt.Fprintf(&b, "Glance test %s: %d readers, %d screens looked at\n", s.kit.stem, len(s.readers), filled)

	fmt.Fprintf(&b, "\n%-36s %11s %8s   %s\n", "CRITICAL CONFUSIONS", "count of", "share", "95 % interval")
	for i, h := range harms {
		r := s.harms[i]
		if r.of == 0 {
			fmt.Fprintf(&b, "%-36s %4d of %4d %8s   %s\n", h.does, 0, 0, "-", "no such card was looked at")
			continue
		}
		low, high := r.interval()
		fmt.Fprintf(&b, "%-36s %4d of %4d %8s   %s to %s\n", h.does, r.count, r.of, percent(float64(r.count)/float64(r.of)), percent(low), percent(high))
	}

	fmt.Fprintf(&b, "\n%-*s", nameWidth+3, "RIGHT/UNSURE/WRONG")
	for _, q := range questions {
		fmt.Fprintf(&b, "%*s", cellWidth, q.name.en)
	}
	b.WriteByte('\n')
	var total [numQuestions]tally
	for _, c := range s.cards {
		if c.of[0].sum() == 0 {
			continue
		}
		fmt.Fprintf(&b, "%02d %s", c.n, padded(s.kit.cards[c.n-1].SaleID))
		for q, t := range c.of {
			fmt.Fprintf(&b, "%*s", cellWidth, fmt.Sprintf("%d/%d/%d", t[rightAnswer], t[unsureAnswer], t[wrongAnswer]))
			total[q].add(t)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "   %s", padded("all: right"))
	for _, t := range total {
		fmt.Fprintf(&b, "%*s", cellWidth, percent(float64(t[rightAnswer])/float64(max(t.sum(), 1))))
	}
	b.WriteByte('\n')

	fmt.Fprintf(&b, "\n%-9s %8s %8s %8s %8s %9s\n", "READER", "screens", "right", "unsure", "wrong", "critical")
	for _, r := range s.readers {
		fmt.Fprintf(&b, "%-9d %8d %8d %8d %8d %9d\n", r.reader, r.screens, r.all[rightAnswer], r.all[unsureAnswer], r.all[wrongAnswer], r.critical)
	}

	fmt.Fprintf(&b, "\n%-*s %8s %6s %7s   %s\n", nameWidth+3, "MEND FIRST", "critical", "wrong", "unsure", "most frequent mistake")
	for _, c := range s.toMend() {
		t := c.all()
		fmt.Fprintf(&b, "%02d %s %8d %6d %7d   %s\n", c.n, padded(s.kit.cards[c.n-1].SaleID), c.critical, t[wrongAnswer], t[unsureAnswer],
			s.mistake(c))
	}
	return b.String()
}

// mistake is the wrong answer that a card got most often, a critical one before
// any other, beside what is right.
func (s *scored) mistake(c cardScore) string {
	key, most, text := s.kit.keys[c.n-1], 0, "-"
	for q := range questions {
		right := expected{right: key.of[q].right}.text(question(q), plugin.English)
		for _, answer := range slices.Sorted(maps.Keys(c.given[q])) {
			n := c.given[q][answer]
			weight := n
			if slices.ContainsFunc(key.harms, func(h harm) bool { return h.question == question(q) && h.answer == answer }) {
				weight += maxReader
			}
			if weight > most {
				most, text = weight, fmt.Sprintf("%s %s x%d, not %s", questions[q].name.en, answer, n, right)
			}
		}
	}
	return cut(text, 49)
}

func percent(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }

// padded is a name in its column.
func padded(s string) string { return fmt.Sprintf("%-*s", nameWidth, cut(s, nameWidth)) }

// cut shortens what is too long for its column.
func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
