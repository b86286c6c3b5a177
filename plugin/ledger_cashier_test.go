package plugin

import "slices"

// The cashier, who presses any key that is offered, and the supervisor, who looks
// at Flexiti's books before saying what is true.

// pressAny presses a key of the card: the first more often, and of those that
func (p *play) pressAny() {
	if !p.shown || len(p.d.Actions) == 0 {
		return
	}
	a := p.d.Actions[0]
	if p.chance(60) {
		a = p.d.Actions[p.n(len(p.d.Actions))]
	}
	if isSettlement(a.ID) {
		if a = p.settlement(); a.ID == "" {
			return
		}
	}
	p.press(a)
}

func isSettlement(id ActionID) bool {
	switch id {
	case ActSettleTaken, ActSettleHeld, ActSettleNotTaken, ActSettleRefunded, ActSettleNotRefunded:
		return true
	}
	return false
}

// settlement gives the key that is true, if it is offered.
func (p *play) settlement() Action {
	id, _ := p.trueOf(p.d.About)
	for _, a := range p.d.Actions {
		if a.ID == id {
			return a
		}
	}
	p.book.breaks(p, "the true settlement is not offered: "+string(id))
	return Action{}
}

// meant gives the request that a card's about names, or nil.
func (p *play) meant(about *About) *fxRequest {
	if about == nil {
		return nil
	}
	for i := len(p.q) - 1; i >= 0; i-- {
		if q := &p.q[i]; q.op == about.Operation && q.since(about.Since) {
			return q
		}
	}
	for i := range p.q { // a hold of which the sale first heard by a call about it
		if q := &p.q[i]; about.Operation != OpSeveral && movesMoney(q.op) && q.since(about.Since) {
			return q
		}
	}
	return nil
}

// trueOf looks a payment up in Flexiti's books.
func (p *play) trueOf(about *About) (ActionID, *fxRequest) {
	q := p.meant(about)
	if q == nil && about != nil && (about.Operation == OpReturn || about.Operation == OpRefund) {
		return ActSettleNotRefunded, nil // it was announced, and never sent
	}
	if q == nil { // several, or what only a read-back has shown
		if t := p.x.truth(); t.taken > 0 || t.held > 0 {
			return ActSettleTaken, nil
		}
		return ActSettleNotTaken, nil
	}
	var a fxPayment
	if q.payment >= 0 {
		a = p.x.payments[q.payment]
	}
	switch q.op {
	case OpReturn, OpRefund:
		if q.did {
			return ActSettleRefunded, q
		}
		return ActSettleNotRefunded, q
	case OpCapture:
		switch {
		case q.did:
			return ActSettleTaken, q
		case a.held > 0:
			return ActSettleHeld, q
		}
		return ActSettleNotTaken, q
	case OpRelease:
		switch {
		case q.did || a.ended:
		case a.held > 0:
			return ActSettleHeld, q
		case a.captured > 0:
			return ActSettleTaken, q
		}
		return ActSettleNotTaken, q
	}
	for i := range p.q { // a resend may have done it
		if r := &p.q[i]; q.key != "" && r.key == q.key && r.did {
			return ActSettleTaken, q
		}
	}
	switch {
	case q.did && a.held > 0:
		return ActSettleHeld, q
	case q.did && a.captured > 0 && !a.ended && !a.released:
		return ActSettleTaken, q
	}
	return ActSettleNotTaken, q // of a hold that ended, what was captured before is not in question
}

// press chooses an action, and does what it leads to.
func (p *play) press(a Action) {
	was := p.d
	if isSettlement(a.ID) {
		id, q := p.trueOf(was.About)
		if q != nil && id == a.ID {
			p.settle(q, a.ID)
		}
		if q != nil && q.payment >= 0 && q.op == OpAuthorization { // of a part the word says nothing of the rest
			p.x.payments[q.payment].endedUnheard = false
		}
		if q == nil { // several: whatever is still to come was not counted
			for i := range p.q {
				if r := &p.q[i]; r.lost && !r.answered {
					r.settled = a.ID
				}
			}
		}
	}
	p.decide(-1, Facts{At: p.at, Action: a.ID}, "presses "+string(a.ID))
	if p.book.broken != "" {
		return
	}
	switch a.ID {
	case ActFinishSale, ActCancelSale, ActOtherPayment, ActPayRest:
		p.end(a.ID, was)
		return
	}
	if a.Next != nil {
		p.follow(a, was)
	}
}

// settle notes what the supervisor said of a request, and of its resends.
func (p *play) settle(q *fxRequest, id ActionID) {
	done := q.did || p.doneByKey(q)
	for i := range p.q {
		if r := &p.q[i]; r == q || q.key != "" && r.key == q.key {
			r.settled, r.settledDone = id, done
		}
	}
}

// follow makes the call that an action leads to.
func (p *play) follow(a Action, was Decision) {
	op := a.Next.Operation
	if a.Next.Input && p.chance(20) {
		return // the customer walks away
	}
	q := fxRequest{op: op, method: a.Next.Format, payment: -1}
	if a.ID == ActResendSame {
		for i := len(p.q) - 1; i >= 0; i-- {
			if r := &p.q[i]; r.op == OpTransactions && r.key != "" && was.About != nil && r.since(was.About.Since) {
				q = fxRequest{op: op, kind: r.kind, amount: r.amount, key: r.key, payment: -1, resend: true}
				q.due = r.due
				p.sendAfter(q, a)
				return
			}
		}
		p.book.breaks(p, "resend_same with nothing to send again")
		return
	}
	last := p.last(op)
	switch op {
	case OpAuthorization, OpTransactions:
		u := p.dueFor(op)
		if u < 0 {
			return
		}
		amount := p.dues[u].amount
		if last != nil && p.d.Rest == nil && !last.did {
			amount = min(amount, last.amount)
		}
		split := a.ID == ActSplitPayment
		if (split || a.ID == ActChangeAmount) && amount > 3 {
			amount = amount*3/5 + 1
		}
		q.kind, q.amount, q.auto, q.split, q.due = p.dues[u].kind, amount, p.auto, split, u+1
		if op == OpTransactions && p.keys {
			p.x.numbers++
			q.key = "key" + dollarsOf(p.x.numbers)
		}
		p.dues[u].asked = true
	case OpCapture, OpRelease, OpReturn, OpRefund:
		if last == nil && op == OpRefund {
			last = p.last(OpReturn)
		}
		if last == nil {
			return
		}
		q.payment, q.amount, q.untold = last.payment, last.amount, last.untold
		if a.ID == ActChangeAmount && q.amount > 3 {
			q.amount, q.untold = q.amount*2/5+1, false
		}
	case OpAuthorizationGet:
		for i := len(p.q) - 1; i >= 0 && q.payment < 0; i-- {
			if r := &p.q[i]; (r.op == OpCapture || r.op == OpRelease) && was.About != nil && r.since(was.About.Since) {
				q.payment = r.payment
			}
		}
	}
	p.sendAfter(q, a)
}

// sendAfter: what an action sends at once is under way since the press.
func (p *play) sendAfter(q fxRequest, a Action) {
	if !a.Next.Input {
		q.hear(p.at - 1)
	}
	p.send(p.ask(q), !a.Next.Input)
}

// last gives the last request of an operation, or nil.
func (p *play) last(op Operation) *fxRequest {
	for i := len(p.q) - 1; i >= 0; i-- {
		if q := &p.q[i]; q.op == op {
			return q
		}
	}
	return nil
}

// dueFor gives what a payment that a card offers is for.
func (p *play) dueFor(op Operation) int {
	for i := range p.dues {
		if p.dues[i].op == op && !p.dues[i].paid {
			return i
		}
	}
	// All of that is paid, as far as the till knows: what a card offers now is too much.
	return slices.IndexFunc(p.dues, func(u due) bool { return u.op == op })
}

// end is what the customer does when the sale ends.
func (p *play) end(id ActionID, was Decision) {
	p.closed = true
	switch id {
	case ActOtherPayment:
		p.other += p.price
	case ActPayRest:
		if was.Rest == nil || was.Rest.Amount == "" {
			p.book.breaks(p, "pay_rest without a rest")
			return
		}
		p.other += centsIn(was.Rest.Amount)
	}
	p.book.charged(p)
}

func centsIn(amount string) (n int) {
	for _, c := range amount {
		if c != '.' {
			n = n*10 + int(c-'0')
		}
	}
	return n
}
