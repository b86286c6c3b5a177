package tui

import (
	"strings"
	"time"

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
	m := newModel(Options{Lang: c.Prompt.Locale, Look: k})
	var now time.Time // no clock: what waits has waited for nothing yet
	m.show(c, now)
	rows := m.picture(w, h, now)
	var b strings.Builder
	for i := range max(h, 0) {
		if i < len(rows) {
			b.WriteString(strings.TrimRight(strings.ReplaceAll(rows[i].String(), nbsp, " "), " "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
