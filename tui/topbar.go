package tui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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
	d := c.Decision
	if a := d.About; a != nil && a.Amount != "" && (d.MoneyKind == plugin.KindRefund || d.MoneyKind == plugin.KindRelease || c.Display.Amount == "") {
		return Amount(a.Amount, c.Prompt.Locale)
	}
	if d.MoneyKind == plugin.KindRefund || d.MoneyKind == plugin.KindRelease {
		return ""
	}
	return Amount(c.Display.Amount, c.Prompt.Locale)
}

// moneyAmount is the amount that the money line is about, where it says that there
// was or may have been any.
func moneyAmount(c host.Card) string {
	if a := c.Decision.About; a != nil && c.Decision.Money != plugin.MoneyNone && c.Decision.Money != plugin.MoneyNotMoved {
		return Amount(a.Amount, c.Prompt.Locale)
	}
	return ""
}

// moneyLine is a card's money line with its sign, and the amount that it is about
// where it does not say one.
func moneyLine(c host.Card, p plugin.Prompt, k Look) (s, sum string) {
	if sum = k.Clean(moneyAmount(c)); strings.Contains(p.Money, sum) {
		sum = ""
	}
	return moneySign(c.Decision.Money) + " " + p.Money, sum
}

// shortName is how the cashier knows the sale, in so many cells: the end of a long
// number is what tells it from others.
func (m *model) shortName(c host.Card, w int) string {
	s := m.look.Clean(saleName(c))
	if cells(s) <= w {
		return s
	}
	for cells(s) >= w {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	if m.look.Letters != LettersAll {
		return "~" + s
	}
	return "…" + s
}

// saleLine names a card's sale and its amount.
func (m *model) saleLine(c host.Card) string {
	s := wordsOf(c.Prompt.Locale).doing(c.Decision) + nbsp + m.look.Clean(saleName(c))
	if a := cmp.Or(moneyAmount(c), shownAmount(c)); a != "" {
		s += "   " + m.look.Clean(a)
	}
	return s
}

// age is how long ago a sale's money came into doubt; empty where that is not known.
func (m *model) age(c host.Card, now time.Time) string {
	since := c.At
	if a := c.Decision.About; a != nil && a.Since != 0 {
		since = a.Since
	}
	d := now.Sub(time.UnixMilli(since))
	if since == 0 || d < 0 {
		return ""
	}
	minutes := int(d / time.Minute)
	switch {
	case minutes < 1:
		return "< 1" + nbsp + "min"
	case minutes < 60:
		return strconv.Itoa(minutes) + nbsp + "min"
	case minutes < 48*60:
		return strconv.Itoa(minutes/60) + nbsp + "h" + nbsp + strconv.Itoa(100 + minutes%60)[1:]
	}
	return strconv.Itoa(minutes/60/24) + nbsp + wordsOf(m.lang).days
}

// openLine is a sale that is open, in one line.
func (m *model) openLine(e *entry, now time.Time) string {
	c := e.in(m.lang)
	money := moneySign(c.Decision.Money) + " " + m.look.Clean(c.Prompt.Money)
	parts := []string{m.saleLine(c), money, m.age(c, now), m.look.Clean(c.Prompt.Ref)}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "   ")
}

// barPart is a text of a bar. Where room is short the part of the lowest rank goes
// first; rank 0 stays.
type barPart struct {
	text string
	rank int
}

// barOf sets parts at the two ends of a row, as many as fit.
func barOf(left, right []barPart, w int, k Look) line {
	for rank := 1; rank <= 9 && joined(left, k).width()+joined(right, k).width()+4 > w; rank++ {
		goes := func(p barPart) bool { return p.rank == rank }
		left, right = slices.DeleteFunc(left, goes), slices.DeleteFunc(right, goes)
	}
	return ends(joined(left, k), joined(right, k), w)
}

// joined sets parts side by side.
func joined(parts []barPart, k Look) (row line) {
	for i, p := range parts {
		gap := "   "
		if i == 0 {
			gap = ""
		}
		row = append(row, span{gap + k.Clean(p.text), plain})
	}
	return row
}

// topBar is the row above a card. What the cashier sees elsewhere goes first (the
// language stands on its key, the lane is always the same); the sale and its amount stay.
func (m *model) topBar(w int) line {
	c := m.open.in(m.lang)
	ws := wordsOf(c.Prompt.Locale)
	lane := c.Display.Lane
	if lane == "" {
		lane = m.lane
	}
	left, right := []barPart{{flexiti, 4}}, []barPart{{m.line.word(ws), 5}, {ws.code, 1}}
	if m.demo != nil {
		left, lane = []barPart{{m.demo.where(ws, w), 0}}, ""
	}
	if lane != "" {
		left = append(left, barPart{ws.lane + nbsp + lane, 2})
	}
	if s := saleName(c); s != "" {
		left = append(left, barPart{ws.doing(c.Decision) + nbsp + m.shortName(c, max(8, w/3)), 0})
	}
	if s := shownAmount(c); s != "" {
		left = append(left, barPart{s, 0})
	}
	if t := clock(c.At, c.UTCOffsetMin, c.Prompt.Locale); t != "" {
		right = append(right, barPart{t, 3})
	}
	bar := barOf(left, right, w, m.look)
	for i := range bar {
		bar[i].style = strong
	}
	return bar
}

// doubtBar is the row of a sale in doubt that is not the one on the screen: it stays
// until it is known what became of its money. With several it is the one that key 5 goes to.
func (m *model) doubtBar(w int, now time.Time) line {
	e := m.nextDoubt()
	if e == nil {
		return nil
	}
	ws, c := wordsOf(m.lang), e.in(m.lang)
	left := []barPart{{ws.doing(c.Decision) + nbsp + m.shortName(c, max(8, w/3)), 0}}
	if a := cmp.Or(moneyAmount(c), shownAmount(c)); a != "" {
		left = append(left, barPart{a, 2})
	}
	if age := m.age(c, now); age != "" {
		left = append(left, barPart{age, 1})
	}
	// A mark at each end, so that it is not taken for a part of the banner below it.
	mark := style{bold: true, reverse: true, colour: familyColour(plugin.FamilyCheck)}.on(keyDoubt)
	sign, name := moneySign(c.Decision.Money), "["+string(keyDoubt)+"]"
	head, tail := " "+sign+" "+m.look.Clean(ws.toCheck(len(m.doubts())))+" ", " "+name+" "+m.look.Clean(ws.toIt)+" "
	if cells(head)+joined(left, m.look).width()+cells(tail)+4 > w {
		head, tail = " "+sign+" ", " "+name+" "
	}
	bar := barOf(left, nil, max(0, w-cells(head)-cells(tail)), m.look)
	for i := range bar {
		bar[i].style = strong.on(keyDoubt)
	}
	bar = append(line{{head, mark}}, bar...)
	return append(bar, span{pad("", w-cells(tail)-bar.width()), strong.on(keyDoubt)}, span{tail, mark})
}
