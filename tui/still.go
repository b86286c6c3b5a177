package tui

import (
	"strings"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Cards gives the card of each scenario, in the order of the file and worded in
// l. Its SaleID is the scenario's name: who draws it for a cashier gives it
// another, or a Display. All other languages than French are English.
func (t *Training) Cards(l plugin.Lang) []host.Card {
	l = plugin.LangOf(string(l))
	cards := make([]host.Card, len(t.steps))
	for i, s := range t.steps {
		cards[i] = s.card
		cards[i].Prompt = s.words[l]
	}
	return cards
}

// Still draws the whole screen of a till at the moment when a card has come, and
// nothing has been pressed: h rows of at most w characters, for print and for
// tests of what is understood. Colours and weights are not in it; no-break
// spaces are spaces. It is drawn in the language of the card's prompt.
func Still(c host.Card, w, h int, k Look) string {
	var now time.Time // no clock: what waits has waited for nothing yet
	p := NewPrimitive(nil, Options{Lang: c.Prompt.Locale, Look: k, Clock: func() time.Time { return now }})
	p.Show(c)
	return drawing(p, w, h)
}

// drawing is a picture of a primitive, as text.
func drawing(p tview.Primitive, w, h int) string {
	sim := tcell.NewSimulationScreen("UTF-8")
	if w < 1 || h < 1 || sim.Init() != nil { // which cannot fail
		return ""
	}
	defer sim.Fini()
	sim.SetSize(w, h)
	p.SetRect(0, 0, w, h)
	p.Draw(sim)
	sim.Show()
	cells, _, _ := sim.GetContents()
	var b strings.Builder
	for y := range h {
		row := ""
		for _, c := range cells[y*w : (y+1)*w] {
			row += string(c.Runes)
		}
		b.WriteString(strings.TrimRight(row, " ") + "\n")
	}
	return b.String()
}
