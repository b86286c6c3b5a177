package tui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

const (
	readable  = 100 // the widest that a page gets: a longer row is not found again
	railWidth = 36  // with its frame
	railFrom  = 80 + railWidth
)

// place works out the card on the screen for its size.
func (m *model) place(w, h int, now time.Time) {
	v := m.view(now)
	rail := 0
	if w >= railFrom && h >= airy {
		rail = railWidth
	}
	m.card = layoutCard(v, w-rail, h, m.look)
	m.top = m.card.top
	if rail > 0 {
		m.card.rows = beside(m.card.rows, w-rail+1, m.railRows(v.card, rail-1, len(m.card.rows)))
	}
}

// cardWidth is how wide a card is drawn on a terminal, with what stands beside it.
func cardWidth(w, h int) int {
	if w >= railFrom && h >= airy {
		return min(w, readable+railWidth)
	}
	return min(w, readable)
}

// view is the card on the screen and what is known around it.
func (m *model) view(now time.Time) cardView {
	c := m.open.in(m.lang)
	ws := wordsOf(c.Prompt.Locale)
	v := cardView{card: c, chosen: m.open.chosen, touch: m.touch, top: m.top, doubts: len(m.doubts()) > 0 || m.demo != nil && m.demo.above, blur: m.blur}
	switch {
	case m.open.chosen > 0:
		v.note = ws.sent + " [" + strconv.Itoa(m.open.chosen) + "]"
	case m.note == noteByHand:
		v.note = ws.byHand
	case m.note == noteBelow:
		v.note = ws.below
	case m.note == noteDigit && m.pause(now) > 0:
		v.note = "[1] " + ws.pause + nbsp + seconds(m.pause(now), c.Prompt.Locale)
	case m.note == noteDigit:
		v.note = ws.digitOnly + " [1]"
	}
	switch {
	case m.open.chosen > 0 && pauses(c.Decision): // it has been left
	case m.pause(now) > 0:
		v.timing, v.waits = ws.pause+nbsp+seconds(m.pause(now), c.Prompt.Locale), true
	case pauses(c.Decision):
		v.timing = ws.pauseOver
	case m.waits():
		v.timing = ws.waiting + nbsp + elapsed(now.Sub(m.open.since), c.Prompt.Locale)
	}
	return v
}

// seconds is what is left of a pause, in seconds that are not yet over; a long one in minutes.
func seconds(d time.Duration, l plugin.Lang) string {
	d = (d + time.Second - 1).Truncate(time.Second)
	if d >= 100*time.Second {
		return elapsed(d, l)
	}
	return strconv.Itoa(int(d/time.Second)) + nbsp + "s"
}

// elapsed is a time span as minutes and seconds: 1:05, or 1 min 05.
func elapsed(d time.Duration, l plugin.Lang) string {
	s := int(d / time.Second)
	sep := ":"
	if l == plugin.French {
		sep = nbsp + "min" + nbsp
	}
	return strconv.Itoa(s/60) + sep + strconv.Itoa(100 + s%60)[1:]
}

// beside sets rows to the right of others, from a column on.
func beside(rows []line, col int, right []line) []line {
	out := make([]line, max(len(rows), len(right)))
	copy(out, rows)
	for i, r := range right {
		out[i] = append(append(slices.Clip(out[i]), span{pad("", col-out[i].width()), plain}), r...)
	}
	return out
}

// railRows is the frame beside a card on a wide terminal: what the sale has been
// through, why the card was shown, and the sales before. Nothing in it is needed to act,
// and it tells nothing that a discreet card keeps behind the details.
func (m *model) railRows(c host.Card, w, h int) []line {
	ws := wordsOf(c.Prompt.Locale)
	var rows []line
	inside := w - 4
	head := func(s string) { rows = append(rows, nil, styled(s, strong)) }
	row := func(e *entry, sale bool) {
		c := e.in(m.lang)
		s := pad(clock(c.At, c.UTCOffsetMin, m.lang), 8)
		if sale {
			s += pad(m.shortName(c, 9), 10)
		}
		s += pad(Sign(c.Decision), 5)
		if banner := m.look.Clean(c.Prompt.Banner); cells(s+banner) <= inside {
			s += banner
		}
		rows = append(rows, text(s))
	}
	head(ws.thisSale)
	var sale, others []*entry
	for _, e := range slices.Backward(m.entries) {
		if e.card.SaleID == c.SaleID {
			sale = append(sale, e)
		} else if len(others) < 5 {
			others = append(others, e)
		}
	}
	for _, e := range slices.Backward(sale[:min(len(sale), 8)]) {
		row(e, false)
	}
	if why := m.look.Clean(c.Prompt.Why); why != "" && !m.discreet() {
		head(ws.why)
		for _, s := range wrap(why, inside) {
			rows = append(rows, text(s))
		}
	}
	if len(others) > 0 {
		head(ws.before)
	}
	for _, e := range others {
		row(e, true)
	}
	return framed(crop(rows[1:], inside, m.look), w, h, m.look)
}

// framed draws a frame of w by h cells around rows.
func framed(rows []line, w, h int, k Look) []line {
	edge := func(left, right string) line {
		return text(k.Clean(left + strings.Repeat("─", max(w-2, 0)) + right))
	}
	out := []line{edge("┌", "┐")}
	for i := range max(0, h-2) {
		in := line{}
		if i < len(rows) {
			in = rows[i]
		}
		side := span{k.Clean("│"), plain}
		out = append(out, append(append(line{side, {" ", plain}}, in...), span{pad("", w-3-in.width()), plain}, side))
	}
	return append(out, edge("└", "┘"))
}
