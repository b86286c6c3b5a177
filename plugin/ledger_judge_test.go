package plugin

import "slices"

// What must hold of every card, written a second time: from the contract, not from the code.

// judge is what must hold of a sale's cards.
type judge struct {
	broken  string // the first rule that was broken
	card    CardID // … and the card that did
	suspect bool   // perhaps paid twice, or after the end
	// phantom: an answer without a name came for a call that had been given up.
	// By contract 8.2 that is another call: the sale may count one payment twice.
	// Or what an action sends at once was not sent.
	phantom    bool
	touched    bool // a call that moves money was spoken of
	overflowed bool // there were more payments than a sale remembers one by one
	willful    bool // somebody asked for a payment that no card had offered
	telling    bool
	story      []string
	tally
}

func (b *judge) breaks(p *play, rule string) {
	if b.broken == "" {
		b.broken, b.card = rule, p.d.Card
	}
}

// see holds one card to the books. i is the request whose exchange it follows, or -1.
func (b *judge) see(p *play, i int, f *Facts, before *Sale, was *Decision) {
	b.cards++
	for k, m := range monies {
		if m == p.d.Money {
			b.said[k]++
		}
	}
	var q *fxRequest
	if i >= 0 {
		q = &p.q[i]
		b.touched = b.touched || movesMoney(q.op)
	}
	b.overflowed = b.overflowed || p.overflows()
	b.shape(p)
	b.late(p, q)
	b.doubt(p, q, f, was)
	if !p.excused() {
		b.truth(p)
		b.about(p)
	}
	b.offers(p, f)
	b.rest(p, q)
	if p.d.Card == CardPaidTwice || p.d.Card == CardLateSuccess {
		b.suspect = true
	}
}

// movesMoney as contract 4 lists them.
func movesMoney(op Operation) bool {
	switch op {
	case OpTransactions, OpAuthorization, OpCapture, OpRelease, OpReturn, OpRefund, OpUnknown:
		return true
	}
	return false
}

func paysByItself(op Operation) bool { return op == OpTransactions || op == OpAuthorization }

// excused: a call was carried out after the supervisor had looked, and rightly
// said that it had not been. Until its answer comes nobody at the till can know.
func (p *play) excused() bool {
	for i := range p.q {
		if q := &p.q[i]; q.did && q.settled != "" && !q.settledDone && !q.answered {
			return true
		}
	}
	return false
}

// overflows: there were more payments than a sale remembers one by one.
func (p *play) overflows() bool {
	return slices.ContainsFunc(p.s.Payments, func(e Payment) bool { return e.Operation == OpSeveral })
}

func (b *judge) shape(p *play) {
	wayOut := false
	for i, a := range p.d.Actions {
		switch a.ID {
		case ActOtherPayment, ActPayRest, ActCallSupervisor, ActHoldSale, ActFinishSale, ActCancelSale, ActCarryOn:
			wayOut = true
		}
		for _, other := range p.d.Actions[:i] {
			if other.ID == a.ID {
				b.breaks(p, "an action twice")
			}
		}
	}
	switch n := len(p.d.Actions); {
	case n == 0 || n > 4:
		b.breaks(p, "one to four actions")
	case !wayOut:
		b.breaks(p, "no way out of the card")
	}
}

// truth: the money line against the books.
func (b *judge) truth(p *play) {
	d, t := &p.d, p.x.truth()
	several := d.About != nil && d.About.Operation == OpSeveral
	oldHold := false
	for i := range p.x.payments {
		a := &p.x.payments[i]
		oldHold = oldHold || a.old && (a.held > 0 || a.before == 0)
	}
	switch d.Money {
	case MoneyNone, MoneyNotMoved:
		switch {
		case d.Money == MoneyNone && b.touched:
			b.breaks(p, "none, after a call that moves money")
		case t.taken > 0:
			b.breaks(p, "not moved, and money is taken")
		case t.held > 0:
			b.breaks(p, "not moved, and money is held")
		case t.back > 0 && !b.overflowed: // "several" is settled as taken or not: nobody can say "given back" of it
			b.breaks(p, "not moved, and money was given back")
		}
	case MoneyHeld:
		switch {
		case t.taken > 0 && !several:
			b.breaks(p, "held, and money is taken")
		case t.held == 0 && t.unheard == 0 && !oldHold && !b.phantom:
			b.breaks(p, "held, and nothing is held")
		}
	case MoneyMoved:
		switch d.MoneyKind {
		case KindPurchase, KindPayment:
			// A capture of an earlier sale's hold that told no amount: how much that was, and what is left of it, the sale cannot know.
			amountNotKnown := slices.ContainsFunc(p.q, func(q fxRequest) bool { return q.did && q.untold && q.op == OpCapture && p.x.payments[q.payment].old })
			if t.taken <= 0 && !(several && t.held > 0) && !amountNotKnown && !b.phantom && !b.overflowed {
				b.breaks(p, "taken, and nothing is taken")
			}
		case KindRefund:
			if t.back == 0 && !b.phantom {
				b.breaks(p, "given back, and nothing was")
			}
		default:
			b.breaks(p, "moved by a release")
		}
	case MoneyUnknown:
		idle := p.flight < 0
		for i := range p.q {
			q := &p.q[i]
			if movesMoney(q.op) && !q.answered && q.settled == "" && !q.resolved {
				idle = false
			}
		}
		if idle {
			b.idle++
		}
	default:
		b.breaks(p, "no money line")
	}
}

// about: the payment that the card names, and its amount.
func (b *judge) about(p *play) {
	d := &p.d
	if d.About == nil {
		if d.Money != MoneyNone && (d.Money != MoneyNotMoved || b.touched && len(p.s.Payments) > 0) {
			b.breaks(p, "about nothing")
		}
		return
	}
	if d.About.Operation == OpSeveral || d.About.Amount == "" {
		return
	}
	amount, fits := centsIn(d.About.Amount), false
	for i := range p.x.payments {
		a := &p.x.payments[i]
		switch {
		case d.Money == MoneyMoved && d.MoneyKind == KindRefund:
			fits = fits || a.back == amount || p.gaveBack(amount) || p.blindly(i)
		case d.Money == MoneyMoved: // the captures of an earlier sale's hold count one by one: the sale does not know the hold
			fits = fits || a.captured-a.back == amount || a.old && a.captured > 0 || p.allOfWhat(i) || p.blindly(i)
		case d.Money == MoneyHeld:
			fits = fits || a.held == amount || a.endedUnheard || a.old && a.held > 0
		default:
			fits = true
		}
	}
	switch {
	case d.Money == MoneyUnknown:
		fits = p.meant(d.About) != nil || d.About.Since == p.at // sent by this very press
	case d.Money == MoneyNotMoved:
		fits = true
	}
	if !fits && !b.phantom && !b.overflowed {
		b.breaks(p, "about an amount that is not so: "+string(d.Money)+" "+string(d.MoneyKind))
	}
}

// blindly says whether something was given back while the sale could not know
// of what: another call was open, or the refund named no capture. An amount
// without what was given back since is then as good as can be.
func (p *play) blindly(i int) bool {
	return slices.ContainsFunc(p.q, func(q fxRequest) bool {
		return q.did && q.payment == i && (q.blind || q.op == OpRefund && len(p.x.payments) > 1) && !paysByItself(q.op)
	})
}

// allOfWhat says whether a call for all that was left was made while another
// one was open: how much that was nobody at the till knows.
func (p *play) allOfWhat(i int) bool {
	return slices.ContainsFunc(p.q, func(q fxRequest) bool { return q.did && q.payment == i && q.blind && q.untold })
}

// gaveBack says whether one return or refund was of that amount.
func (p *play) gaveBack(amount int) bool {
	return slices.ContainsFunc(p.q, func(q fxRequest) bool { return q.did && q.amount == amount && (q.op == OpReturn || q.op == OpRefund) })
}

// doubt: a lost call leaves one, and only evidence ends it.
func (b *judge) doubt(p *play, q *fxRequest, f *Facts, was *Decision) {
	d := &p.d
	if d.Doubt && d.Money != MoneyUnknown {
		b.breaks(p, "in doubt, and money is not unknown")
	}
	if q != nil && movesMoney(q.op) && f.Failure == FailurePending && !was.Doubt && was.Money != MoneyUnknown && !b.overflowed {
		if d.Money != MoneyUnknown || d.Doubt || len(d.Actions) == 0 || d.Actions[0].ID != ActKeepWaiting || d.Banner != BannerWaitMoment {
			b.breaks(p, "a call under way has another card")
		}
	}
	if q != nil && q.key != "" && q.answered && q.did {
		for i := range p.q {
			if r := &p.q[i]; r.key == q.key {
				r.resolved = true
			}
		}
	}
	if q != nil && q.again {
		q.again = false
		if !b.overflowed && (d.Money != was.Money || d.Doubt != was.Doubt) {
			b.breaks(p, "an answer that is told once more changes something")
		}
	}
	if p.flight >= 0 && len(f.Found) > 0 && f.Status == 200 && d.Money != MoneyUnknown {
		p.q[p.flight].resolved = true // the read-back has settled it
	}
	if i := p.flight; i >= 0 && movesMoney(p.q[i].op) && p.q[i].settled == "" && !p.q[i].resolved && d.Money != MoneyUnknown && !b.overflowed {
		b.breaks(p, "a call under way, and money is known")
	}
	if d.Doubt {
		return
	}
	open := 0
	for i := range p.q {
		if r := &p.q[i]; r.lost && !r.answered && r.settled == "" && !r.resolved {
			open++
		}
	}
	switch {
	case open == 0:
	case open == 1 && len(f.Found) > 0 && f.Status == 200:
		for i := range p.q {
			if r := &p.q[i]; r.lost && !r.answered {
				r.resolved = true
			}
		}
	case len(f.Found) > 0:
		b.breaks(p, "a read-back settles more than one call")
	default:
		b.breaks(p, "a doubt is lost")
	}
}

// late: a payment that comes through after it was given up, or a second time.
func (b *judge) late(p *play, q *fxRequest) {
	if q == nil || !paysByItself(q.op) || !q.answered || q.told {
		return
	}
	q.told = true
	loud := p.d.Card == CardLateSuccess || p.d.Card == CardPaidTwice
	switch {
	case !q.did && p.closed && p.d.Card != CardSaleEnded && !p.doneByKey(q) && !(q.resolved && q.settled == ""): // else: a refusal after taken
		b.breaks(p, "a refusal after the sale had ended is not sale_ended")
	case !q.did, q.settledDone, q.resolved, q.shown: // known already
	case p.closed && !loud && !b.overflowed:
		b.breaks(p, "a payment after the sale had ended is not late_success")
	case q.settled == ActSettleNotTaken && !q.settledDone && !loud:
		b.breaks(p, "a payment after it was settled as not taken is not late_success")
	case !q.split && p.d.Card != CardPaidTwice && !p.d.Doubt && !b.overflowed:
		for i := range p.q {
			r := &p.q[i]
			if r != q && r.told && r.did && r.op == q.op && r.kind == q.kind && r.payment != q.payment {
				a := &p.x.payments[r.payment]
				if a.amount == q.amount && (a.held == a.amount || a.captured-a.back == a.amount) && !a.old {
					b.breaks(p, "a second payment of the same is not paid_twice")
				}
			}
		}
	}
}

// doneByKey says whether a resend under the request's key was carried out.
func (p *play) doneByKey(q *fxRequest) bool {
	return q.key != "" && slices.ContainsFunc(p.q, func(r fxRequest) bool { return r.key == q.key && r.did })
}

// offers: what 8.1 and 8.3 let a card offer.
func (b *judge) offers(p *play, f *Facts) {
	d, t := &p.d, p.x.truth()
	open := d.Doubt || d.Money == MoneyUnknown
	live := (t.taken > 0 || t.held > 0) && !p.excused() && !b.phantom
	supervisor := f.Action == ActCallSupervisor
	for _, a := range d.Actions {
		switch a.ID {
		case ActOtherPayment, ActCancelSale:
			switch {
			case open:
				b.breaks(p, string(a.ID)+" beside money that is not known")
			case live:
				b.breaks(p, string(a.ID)+" beside money taken or held")
			case b.suspect && !(supervisor && a.ID == ActCancelSale && t.taken == 0 && t.held == 0): // the last way out
				b.breaks(p, string(a.ID)+" though perhaps paid twice, or late")
			case p.closed:
				b.breaks(p, string(a.ID)+" in a closed sale")
			}
		case ActPayRest:
			if open || b.suspect || p.closed || d.Rest == nil || d.Rest.Operation == OpCapture {
				b.breaks(p, "pay_rest")
			}
		case ActFinishSale:
			something := t.taken > 0 || t.held > 0 || t.back > 0 || t.unheard > 0
			for i := range p.x.payments {
				something = something || p.x.payments[i].released || p.x.payments[i].ended || p.x.payments[i].old && p.x.payments[i].held > 0
			}
			switch {
			case open:
				b.breaks(p, "finish_sale beside money that is not known")
			case p.closed:
				b.breaks(p, "finish_sale in a closed sale")
			case !something && !p.excused() && !b.phantom:
				b.breaks(p, "finish_sale, and nothing was taken, held or given back")
			case (d.Rest != nil || b.suspect) && !supervisor:
				b.breaks(p, "finish_sale that is the supervisor's alone")
			}
		case ActResendSame:
			if !d.Doubt {
				b.breaks(p, "resend_same without a doubt")
			}
		case ActSettleTaken, ActSettleHeld, ActSettleNotTaken, ActSettleRefunded, ActSettleNotRefunded:
			if !d.Doubt || !supervisor && p.policy.SettledBy != OwnerCashier {
				b.breaks(p, "a settlement on another card than the supervisor's")
			} else if d.About == nil || !slices.Contains(settlementsOf(d.About.Operation), a.ID) {
				b.breaks(p, "a settlement that cannot be true")
			}
		default:
			if a.Next == nil || !paysByItself(a.Next.Operation) {
				continue
			}
			if open || (live || b.suspect || p.closed) && (d.Rest == nil || b.suspect || p.closed) {
				b.breaks(p, string(a.ID)+" leads to a payment beside money")
			}
		}
	}
}

// rest: a payment that was refused beside money of another kind or amount, or a
// capture of a hold that the sale knows: the goods are not paid, and the card says so.
func (b *judge) rest(p *play, q *fxRequest) {
	if q == nil || !q.answered || q.did || q.lost || p.closed || b.suspect || q.settled != "" || p.d.Money == MoneyUnknown {
		return
	}
	named := p.d.Rest != nil && p.d.Rest.Operation == q.op && (q.untold || p.d.Rest.Amount == dollarsOf(q.amount))
	live, same := false, false
	for i := range p.x.payments {
		a := &p.x.payments[i]
		if a.old || a.held == 0 && a.captured-a.back == 0 {
			continue
		}
		live = true
		same = same || a.op == q.op && a.kind == q.kind && a.amount == q.amount
	}
	switch {
	case named || p.excused() || b.phantom:
	case paysByItself(q.op) && live && !same:
		b.breaks(p, "a payment was refused beside money, and the card does not name it")
	case q.op == OpCapture && !p.x.payments[q.payment].old && p.x.payments[q.payment].held > 0:
		b.breaks(p, "a capture was refused, and the card does not name it")
	}
}

// settlementsOf as contract 8.3 lists them.
func settlementsOf(op Operation) []ActionID {
	switch op {
	case OpAuthorization, OpCapture, OpRelease:
		return []ActionID{ActSettleTaken, ActSettleHeld, ActSettleNotTaken}
	case OpReturn, OpRefund:
		return []ActionID{ActSettleRefunded, ActSettleNotRefunded}
	}
	return []ActionID{ActSettleTaken, ActSettleNotTaken}
}

// charged: when the sale ends, the customer has not paid more than the price.
func (b *judge) charged(p *play) {
	paid := p.other
	for i := range p.x.payments {
		if a := &p.x.payments[i]; !a.old {
			paid += a.held + a.captured - a.back
		}
	}
	if paid > p.price && !p.excused() && !b.suspect && !b.willful {
		b.breaks(p, "charged twice: "+dollarsOf(paid)+" for "+dollarsOf(p.price))
	}
}
