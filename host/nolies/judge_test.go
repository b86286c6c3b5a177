package nolies

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// tally counts what was seen.
type tally struct {
	sales, cards, presses int
	excused               int // sales whose money moved after the supervisor had looked
	said                  map[plugin.Money]int
	ends                  map[plugin.ActionID]int
	cardsSeen             map[plugin.CardID]int
}

func (w *world) breaks(rule string) {
	if w.breach.rule == "" {
		w.breach = breach{rule, w.card.Decision.Card}
	}
}

// books is what Flexiti has of this sale.
func (w *world) books() simulator.Ledger { return w.sim.Ledger().Of(w.order.SaleID) }

// see holds an answer against the books.
func (w *world) see(answer []byte) error {
	w.card = card{}
	if err := json.Unmarshal(answer, &w.card); err != nil {
		return fmt.Errorf("reading an answer: %w", err)
	}
	if w.card.Error != nil {
		return w.card.Error
	}
	d := &w.card.Decision
	w.tally.count(d)
	if w.telling {
		w.tell("→ %s: %s, %s %s %s %s", d.Card, w.card.Prompt.Money, d.Money, d.MoneyKind, aboutOf(d.About), offeredBy(d))
	}
	w.judge()
	if w.breach.rule != "" {
		return errBroken
	}
	return nil
}

func (w *world) judge() {
	d, l := &w.card.Decision, w.books()
	taken, held, back := l.Taken(), l.Held(), l.Returned()
	if d.Doubt && d.Money != plugin.MoneyUnknown {
		w.breaks("in doubt, and money is said to be known")
	}
	if said := lineSays(w.card.Prompt.Money); said != d.Money && (said != plugin.MoneyNotMoved || d.Money != plugin.MoneyNone) {
		w.breaks(fmt.Sprintf("the money line says %q of money that is %s", w.card.Prompt.Money, d.Money))
	}
	if w.excused() {
		return
	}
	w.charged(l)
	switch d.Money {
	case plugin.MoneyNone, plugin.MoneyNotMoved:
		switch {
		case taken > 0:
			w.breaks("not taken, and it is taken")
		case held > 0:
			w.breaks("not taken, and it is held")
		case back > 0:
			w.breaks("not taken, and it was taken and given back")
		case d.Money == plugin.MoneyNone && len(w.calls) > 0:
			w.breaks("no money involved, after a call that moves money")
		}
	case plugin.MoneyHeld:
		switch {
		case taken > 0:
			w.breaks("held, and it is taken")
		case held == 0:
			w.breaks("held, and nothing is held")
		}
	case plugin.MoneyMoved:
		switch {
		case d.MoneyKind == plugin.KindRefund && back == 0:
			w.breaks("given back, and nothing was")
		case d.MoneyKind != plugin.KindRefund && taken <= 0:
			w.breaks("taken, and nothing is taken")
		}
	}
	if (d.Money == plugin.MoneyHeld || d.Money == plugin.MoneyMoved) && d.About != nil && d.About.Amount != "" && d.About.Operation != plugin.OpSeveral {
		w.amount(l, cents(d.About.Amount))
	}
	w.offers(taken, held)
}

// lineSays is what a person understands of the money line.
func lineSays(line string) plugin.Money {
	has := func(words string) bool { return strings.Contains(line, words) }
	switch {
	case has("MAYBE"):
		return plugin.MoneyUnknown
	case has("SET ASIDE") && !has("NOT SET ASIDE"):
		return plugin.MoneyHeld
	case has("TAKEN") && !has("NOT TAKEN") && !has("OR TAKEN"), has("REFUNDED") && !has("NOT REFUNDED"):
		return plugin.MoneyMoved
	case has("NOT "):
		return plugin.MoneyNotMoved
	}
	return ""
}

// charged: not more than the price, and not twice for it.
func (w *world) charged(l simulator.Ledger) {
	price := max(cents(w.order.Amount), w.agreed[plugin.OpAuthorization]) + max(cents(w.order.Deposit), w.agreed[plugin.OpTransactions])
	if paid := l.Taken() + l.Held() + w.other; paid > price {
		w.breaks(fmt.Sprintf("charged twice: %d cents for %d", paid, price))
	}
}

// amount: that of the payment that the card names.
func (w *world) amount(l simulator.Ledger, said int64) {
	d := &w.card.Decision
	for _, p := range l.Payments {
		so := p.Captured - p.Returned
		switch {
		case d.Money == plugin.MoneyHeld:
			so = p.Held
		case d.MoneyKind == plugin.KindRefund:
			so = p.Returned
		}
		if so == said {
			return
		}
	}
	for _, r := range l.Refunds {
		if d.MoneyKind == plugin.KindRefund && r.Amount == said {
			return
		}
	}
	w.breaks(fmt.Sprintf("%s, and not of that amount", d.Money))
}

// offers: nothing that pays again, and no cancelled sale, beside money.
func (w *world) offers(taken, held int64) {
	d := &w.card.Decision
	live := taken > 0 || held > 0
	for _, a := range d.Actions {
		pays := a.Next != nil && (a.Next.Operation == plugin.OpAuthorization || a.Next.Operation == plugin.OpTransactions)
		switch {
		case a.ID == plugin.ActResendSame: // under its key
		case a.ID == plugin.ActOtherPayment, a.ID == plugin.ActCancelSale, pays && d.Rest == nil:
			if live || d.Money == plugin.MoneyUnknown {
				w.breaks(string(a.ID) + " beside money that is taken, held or not known")
			}
		case a.ID == plugin.ActFinishSale && d.Money == plugin.MoneyUnknown:
			w.breaks("finish_sale beside money that is not known")
		}
	}
}

// late: it was carried out after the supervisor had rightly said that it had not been.
func (c *call) late() bool { return c.settled && !c.was && c.done }

// excused: what came late is known to nobody.
func (w *world) excused() bool { return slices.ContainsFunc(w.calls, (*call).late) }

// ends: the last card, when the sale is over and all that was on its way is there.
func (w *world) ends(id plugin.ActionID) {
	if w.tally.ends == nil {
		w.tally.ends = map[plugin.ActionID]int{}
	}
	w.tally.ends[id]++
	if w.card.Decision.Money == plugin.MoneyUnknown {
		w.breaks("the sale ends with its money unknown")
	}
	for len(w.wire.delayed) > 0 {
		w.wire.arriveNow()
	}
	w.judge()
	if w.excused() {
		w.tally.excused++
	}
}

func (t *tally) count(d *plugin.Decision) {
	if t.said == nil {
		t.said, t.cardsSeen = map[plugin.Money]int{}, map[plugin.CardID]int{}
	}
	t.cards++
	t.said[d.Money]++
	t.cardsSeen[d.Card]++
}

func aboutOf(a *plugin.About) string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf("(%s %s)", a.Operation, a.Amount)
}

func offeredBy(d *plugin.Decision) (s string) {
	for _, a := range d.Actions {
		s += " [" + string(a.ID)
		if a.Next != nil {
			s += ">" + string(a.Next.Operation)
		}
		s += "]"
	}
	return s
}

func (t *tally) add(o *tally) {
	t.sales, t.cards, t.presses = t.sales+o.sales, t.cards+o.cards, t.presses+o.presses
	t.excused += o.excused
	if t.said == nil {
		t.said, t.cardsSeen, t.ends = map[plugin.Money]int{}, map[plugin.CardID]int{}, map[plugin.ActionID]int{}
	}
	for k, n := range o.said {
		t.said[k] += n
	}
	for k, n := range o.ends {
		t.ends[k] += n
	}
	for k, n := range o.cardsSeen {
		t.cardsSeen[k] += n
	}
}

func (t *tally) String() string {
	return fmt.Sprintf("%d sales, %d cards (%d of them different), %d presses, %d times money that moved after the supervisor had looked; money %v; ends %v", t.sales, t.cards, len(t.cardsSeen), t.presses, t.excused, t.said, t.ends)
}
