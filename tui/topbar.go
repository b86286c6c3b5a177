package tui

import (
	"slices"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// lineState is what the last answer tells about the line to Flexiti.
type lineState uint8

const (
	lineReady    lineState = iota // nothing asked yet
	lineAnswers                   // the last exchange had a reply
	lineNoAnswer                  // it had none
	lineNotSent                   // it never left the till
)

func lineOf(d plugin.Decision) lineState {
	switch {
	case d.Card == plugin.CardNotSent:
		return lineNotSent
	case d.Matched.By == "no_reply":
		return lineNoAnswer
	}
	return lineAnswers
}

// underWay tells whether a card is about a call that still runs: it says nothing
// new about the line.
func underWay(d plugin.Decision) bool {
	return d.Card == plugin.CardWorking || d.Card == plugin.CardWorkingPayment
}

func (l lineState) word(ws *words) string {
	switch l {
	case lineAnswers:
		return ws.online
	case lineNoAnswer:
		return ws.noAnswer
	case lineNotSent:
		return ws.notSent
	}
	return ws.ready
}

// doing is what a card is about, in a word before the sale's number.
func (w *words) doing(d plugin.Decision) string {
	switch d.MoneyKind {
	case plugin.KindRefund:
		return w.refund
	case plugin.KindRelease:
		return w.release
	case plugin.KindPayment:
		return w.payment
	}
	return w.sale
}

// shownAmount is the amount of what is being done, or nothing where that is not
// known: beside the word Refund, the sale's own amount would be taken for it.
func shownAmount(c host.Card) string {
	switch c.Decision.MoneyKind {
	case plugin.KindRefund, plugin.KindRelease:
		if c.Decision.About == nil {
			return ""
		}
		return c.Decision.About.Amount
	}
	return c.Display.Amount
}

// barPart is a text of the top bar. Where room is short the part of the lowest
// rank goes first; rank 0 stays.
type barPart struct {
	text string
	rank int
}

// topBar is the one row above a card. What the cashier sees elsewhere goes first
// (the language stands on its key, the lane is always the same), then the time
// and the amount.
func topBar(v cardView, ws *words, w int, k Look) []line {
	c := v.card
	left, right := []barPart{{"FLEXITI", 0}}, []barPart{{v.line.word(ws), 0}}
	if c.Display.Lane != "" {
		left = append(left, barPart{ws.lane + nbsp + c.Display.Lane, 2})
	}
	if s := saleName(c); s != "" {
		left = append(left, barPart{ws.doing(c.Decision) + nbsp + s, 5})
	}
	if s := shownAmount(c); s != "" {
		left = append(left, barPart{amount(s, c.Prompt.Locale), 4})
	}
	if v.toCheck > 0 {
		right = append(right, barPart{ws.toCheck(v.toCheck), 6})
	}
	right = append(right, barPart{ws.code, 1})
	if t := clock(c.At, c.UTCOffsetMin, c.Prompt.Locale); t != "" {
		right = append(right, barPart{t, 3})
	}
	for rank := 1; rank <= 6 && joined(left, k).width()+joined(right, k).width()+4 > w; rank++ {
		goes := func(p barPart) bool { return p.rank == rank }
		left, right = slices.DeleteFunc(left, goes), slices.DeleteFunc(right, goes)
	}
	bar := joined(left, k)
	bar[0].style = strong
	return []line{ends(bar, joined(right, k), w)}
}

// joined sets parts side by side.
func joined(parts []barPart, k Look) (row line) {
	for i, p := range parts {
		gap := "   "
		if i == 0 {
			gap = ""
		}
		row = append(row, span{gap + k.spell(p.text), plain})
	}
	return row
}

// barRow joins parts with gaps, dropping the last ones that leave no room for right.
func barRow(parts []string, right string, w int, k Look) line {
	left := line{{k.spell(parts[0]), strong}}
	for _, p := range parts[1:] {
		p = k.spell(p)
		if left.width()+3+cells(p)+2+cells(right)+2 > w {
			break
		}
		left = append(left, span{"   " + p, plain})
	}
	return ends(left, text(right), w)
}
