package shift

import (
	"slices"

	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// dollars writes an amount as each language does.
func dollars(amount string) say { return say{en: tui.Amount(amount, en), fr: tui.Amount(amount, fr)} }

// books says what became of the money of a story, whatever the replies said.
func books(l simulator.Ledger) say {
	var taken, paid int64
	times := 0
	for _, p := range l.Payments {
		if p.Captured > 0 {
			times++
		}
		if p.Operation == plugin.OpTransactions {
			paid += p.Captured
		} else {
			taken += p.Captured
		}
	}
	var parts []say
	add := func(text say, cents int64) {
		if cents > 0 {
			parts = append(parts, text.with(dollars(simulator.Dollars(cents))))
		}
	}
	if times > 1 {
		add(takenTimes(times), taken+paid)
	} else {
		add(takenOnce, taken)
		add(paidOnce, paid)
	}
	add(setAside, l.Held())
	add(givenBack, l.Returned())
	if len(parts) == 0 {
		return nothing
	}
	return joined("; ", parts...)
}

// answered is what Flexiti tells a supervisor who asks what a card asks: of a refund,
// nothing but whether it was made.
func answered(l simulator.Ledger, d plugin.Decision) say {
	if d.MoneyKind != plugin.KindRefund {
		return books(l)
	}
	if back := l.Returned(); back > 0 {
		return givenBack.with(dollars(simulator.Dollars(back)))
	}
	return notBack
}

// truth is what a supervisor who looked into the books would state of the payment
// that a card is about.
func truth(l simulator.Ledger, d plugin.Decision) plugin.ActionID {
	op, amount, since := plugin.OpSeveral, "", int64(0)
	if d.About != nil {
		op, amount, since = d.About.Operation, d.About.Amount, d.About.Since
	}
	var held, taken int64
	for _, p := range l.Payments {
		if op == p.Operation && (amount != "" && amount != simulator.Dollars(p.Amount) || p.At.UnixMilli() < since) {
			continue // another payment
		}
		held, taken = held+p.Held, taken+p.Captured-p.Returned
	}
	offered := func(id plugin.ActionID) bool {
		return slices.ContainsFunc(d.Actions, func(a plugin.Action) bool { return a.ID == id })
	}
	switch {
	case op == plugin.OpReturn || op == plugin.OpRefund:
		if l.Returned() > 0 {
			return plugin.ActSettleRefunded
		}
		return plugin.ActSettleNotRefunded
	case taken > 0:
		return plugin.ActSettleTaken
	case held > 0 && offered(plugin.ActSettleHeld):
		return plugin.ActSettleHeld
	case held > 0:
		return plugin.ActSettleTaken
	}
	return plugin.ActSettleNotTaken
}
