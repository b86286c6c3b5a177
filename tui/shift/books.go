package shift

import (
	"slices"
	"strconv"

	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// decimal writes cents as a POS does, "1249.00".
func decimal(cents int64) string {
	return strconv.FormatInt(cents/100, 10) + "." + strconv.FormatInt(100+cents%100, 10)[1:]
}

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
			parts = append(parts, text.with(dollars(decimal(cents))))
		}
	}
	if times > 1 {
		add(takenTimes(times), taken+paid)
	} else {
		add(takenOnce, taken)
		add(paidOnce, paid)
	}
	add(setAside, l.Held())
	add(givenBack, returned(l))
	if len(parts) == 0 {
		return nothing
	}
	return joined("; ", parts...)
}

// returned is what was given back.
func returned(l simulator.Ledger) (back int64) {
	for _, p := range l.Payments {
		back += p.Returned
	}
	for _, r := range l.Refunds {
		if r.Capture == "" {
			back += r.Amount
		}
	}
	return back
}

// answered is what Flexiti tells a supervisor who asks what a card asks: of a refund,
// nothing but whether it was made.
func answered(l simulator.Ledger, d plugin.Decision) say {
	if d.MoneyKind != plugin.KindRefund {
		return books(l)
	}
	if back := returned(l); back > 0 {
		return givenBack.with(dollars(decimal(back)))
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
	var held, taken, back int64
	for _, p := range l.Payments {
		back += p.Returned
		if op == p.Operation && (amount != "" && amount != decimal(p.Amount) || p.At.UnixMilli() < since) {
			continue // another payment
		}
		held, taken = held+p.Held, taken+p.Captured-p.Returned
	}
	for _, r := range l.Refunds {
		back += r.Amount
	}
	offered := func(id plugin.ActionID) bool {
		return slices.ContainsFunc(d.Actions, func(a plugin.Action) bool { return a.ID == id })
	}
	switch {
	case op == plugin.OpReturn || op == plugin.OpRefund:
		if back > 0 {
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
