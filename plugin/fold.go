package plugin

import "slices"

// Captures, releases, returns and refunds: what they do to the payment that
// they are about.

// target finds the payment that a call is about: by the number in its path,
// else by its amount. several: more than one could be meant.
func (t *turn) target(op Operation, amount string, authorization, capture Hash) (at *Payment, several bool) {
	left := func(p *Payment) Cents {
		switch {
		case p.State != StateKnown && !p.gone():
			return 0
		case about(op).kind == kindRefund:
			return p.Taken
		}
		return p.Held
	}
	if authorization != 0 {
		if p := t.s.newest(func(p *Payment) bool {
			return p.Authorization == authorization && p.State != StateRefused && about(p.Operation).kind == kindPayment && !p.openCall()
		}); p != nil {
			if left(p) == 0 {
				return nil, false // nothing is left of it
			}
			return p, false
		}
	}
	var fits, exact, only *Payment
	n := 0
	for i := range t.s.Payments {
		p := &t.s.Payments[i]
		c := left(p)
		switch {
		case c == 0:
			continue
		case capture != 0 && p.Capture == capture:
			return p, false
		case authorization != 0 && p.Authorization != 0, authorization == 0 && capture != 0 && p.Capture != 0:
			continue // another one
		}
		only = p
		n++
		asked, told := centsOf(amount)
		if told && c == asked {
			exact = p
		}
		if !told || c == SomeCents || c >= asked {
			fits = p
		}
	}
	switch {
	case exact != nil:
		return exact, false
	case n == 1 && only == fits:
		return only, false
	}
	return nil, n > 1 && fits != nil
}

// openCall says whether it is a capture whose own outcome is not known.
func (p *Payment) openCall() bool { return p.open() && p.Operation == OpCapture }

// apply does to a payment what a call of that operation and amount did.
func (p *Payment) apply(op Operation, amount string) {
	switch about(op).kind {
	case kindRefund:
		part := partOf(p.Taken, amount)
		p.Taken, p.Back = p.Taken.minus(part), p.Back.plus(part)
	case kindRelease:
		if p.Held == SomeCents && amount != "" {
			p.State = StateInDoubt // a part of what is not known: perhaps nothing is left
		}
		p.Held, p.Released = p.Held.minus(partOf(p.Held, amount)), true
	default:
		part := partOf(p.Held, amount)
		if c, ok := centsOf(amount); ok {
			part = c // what was taken, even where it is more than what was held
		} else if p.Held == 0 {
			part = SomeCents
		}
		p.Taken, p.Held = p.Taken.plus(part), p.Held.minus(part)
	}
}

// fold settles a capture, release, return or refund that went through: into
// the payment that it is about, or as one of its own.
func (t *turn) fold(e *Payment) {
	op := e.Operation // e is another payment once it has been taken out
	p, several := t.target(op, e.Amount, e.Authorization, e.Capture)
	kind := about(op).kind
	if op == OpCapture && p == nil && e.Authorization != 0 { // more than the sale thought was left
		p = t.s.newest(func(q *Payment) bool {
			return q != e && q.State == StateKnown && q.Authorization == e.Authorization && about(q.Operation).kind == kindPayment
		})
	}
	switch {
	case kind == kindRefund && t.tangled(e, p, several):
		t.tangle()
		return
	case several && kind != kindRefund:
		e.State = StateInDoubt // which of them is meant is not known
		t.keep(e)
		return
	case p == nil:
		e.known(doneBy(e.Operation))
		t.keep(e)
		if op == OpCapture && (t.s.Denied || t.s.Closed != "" && t.s.Closed != ActFinishSale) {
			t.suspect(lateSuccess)
		}
	default:
		p.apply(e.Operation, e.Amount)
		if e.Operation == OpCapture && e.Amount == "" && t.unsettled(e) {
			p.Taken = SomeCents // all that was left, and nobody knows how much that is
		}
		if e.Operation == OpCapture && e.Capture != 0 {
			p.Capture = e.Capture
		}
		p.noteFolded(e.Call)
		p.settleEmpty()
		t.remove(e, p)
	}
	if (kind == kindRefund || op == OpCapture) && t.s.backEverything() {
		t.tangle()
		return
	}
	if t.s.Rest != nil && t.s.Rest.Operation == OpCapture && (op == OpCapture || op == OpRelease) {
		t.s.Rest = nil
	}
}

// conclude settles a capture or release by evidence, or by somebody's word, that
// it went through: where it is not known of which hold, as one of its own.
func (t *turn) conclude(e *Payment) {
	if _, several := t.target(e.Operation, e.Amount, e.Authorization, e.Capture); several {
		e.known(doneBy(e.Operation))
		return
	}
	t.fold(e)
}

// unsettled says whether a payment, capture or release other than e is open.
func (t *turn) unsettled(e *Payment) bool {
	return t.s.newest(func(q *Payment) bool { return q != e && q.open() && about(q.Operation).kind != kindRefund }) != nil
}

// covers says whether so much of it is taken that the amount can come from it.
func (p *Payment) covers(amount string) bool {
	c, told := centsOf(amount)
	return !told || p.Taken == SomeCents || c <= p.Taken
}

// keep adds an entry that is not in the ledger yet.
func (t *turn) keep(e *Payment) {
	if t.s.indexOf(e) < 0 {
		t.add(*e)
	}
}

// maxFolded is how many calls of a payment are known again when they are told twice.
const maxFolded = 4

func (p *Payment) noteFolded(call Hash) {
	if call == 0 && len(p.Folded) > 0 {
		return // that there was one is known
	}
	all := append(slices.Clone(p.Folded), call)
	p.Folded = all[max(0, len(all)-maxFolded):]
}

// tangled says whether nobody can tell what a return or refund, e, gave back: it
// went through while a payment that it may be of is open, or is more than what
// is taken of any one. p is the payment that it would be of.
func (t *turn) tangled(e, p *Payment, several bool) bool {
	taken := t.s.newest(func(q *Payment) bool { return q != e && q.State == StateKnown && q.Taken != 0 }) != nil
	switch {
	case p != nil && p.gone() && p.Held == 0:
		return true // it is in doubt if it was taken at all, and giving back is no evidence of it
	case p != nil:
		return !p.covers(e.Amount) || e.Amount == "" && t.unsettled(e)
	case t.unsettled(e):
		return true
	}
	return taken && !several
}

// backEverything says whether returns and refunds that could not be laid to one
// payment add up to all that was taken before them: perhaps nothing is left of it.
func (s *Sale) backEverything() bool {
	var taken, back Cents
	some := false
	for i := range s.Payments {
		p := &s.Payments[i]
		switch {
		case p.State != StateKnown:
		case about(p.Operation).kind != kindRefund:
			taken = taken.plus(p.Taken)
		case taken != 0:
			back, some = back.plus(p.Back), true
		}
	}
	return some && (back == SomeCents || taken == SomeCents || back >= taken)
}

// tangle makes one of all that the sale has done and that cannot be told apart
// any more: only the supervisor can say what is left of it.
func (t *turn) tangle() {
	all := Payment{Operation: OpSeveral, State: StateInDoubt, Since: t.f.At}
	t.s.Payments = slices.DeleteFunc(t.s.Payments, func(p Payment) bool {
		gone := p.State != StateRefused && p.State != StateUnderWay
		if gone {
			all.Since = min(all.Since, p.Since)
			if p.State == StateKnown { // its answer, told once more, is no other payment
				all.noteFolded(p.Call)
			}
		}
		return gone
	})
	t.add(all)
}

func doneBy(op Operation) outcome {
	if about(op).kind == kindPayment {
		return outTaken
	}
	return outGiven
}

// stated settles a capture or release by what somebody stated of the amount
// that it is about: it was taken, is held still, or neither. The answer of the
// call itself, should it still come, beats that.
func (t *turn) stated(e *Payment, was fact) {
	p, _ := t.target(OpCapture, e.Amount, e.Authorization, 0)
	if p == nil {
		t.statedAlone(e, was)
		return
	}
	switch was {
	case factTaken:
		p.apply(OpCapture, e.Amount)
	case factNotTaken:
		if e.Operation == OpRelease && e.Call == 0 && p.Released {
			p.State, p.Held = StateInDoubt, SomeCents // perhaps it is the release of which the sale has heard
			t.remove(e, p)
			return
		}
		p.apply(OpRelease, e.Amount)
		if e.Operation == OpRelease {
			p.noteFolded(e.Call)
		} else if p.Held != 0 {
			p.State = StateInDoubt // a part of the hold is gone: what of the rest is not known
		}
	}
	p.settleEmpty()
	t.remove(e, p)
}

// settleEmpty ends the doubt about a hold of which nothing is left.
func (p *Payment) settleEmpty() {
	if p.State == StateInDoubt && p.Held == 0 {
		p.State = StateKnown
	}
}

// statedAlone is for a capture or release of a hold that the sale does not know.
func (t *turn) statedAlone(e *Payment, was fact) {
	known := t.s.newest(func(q *Payment) bool {
		return q != e && q.State != StateRefused && about(q.Operation).kind == kindPayment
	})
	release := e.Operation == OpRelease
	switch {
	case known != nil && (was == factTaken && release || was == factHeld):
		e.refused("") // what was to be released was captured, or is held, and the sale knows of it
	case was == factTaken:
		e.Operation = OpCapture
		e.known(outTaken)
	case was == factHeld:
		e.Operation, e.Amount = OpAuthorization, "" // of the hold, which may be of more
		e.known(outHeld)
	default:
		e.known(outUnknown)
		e.Released = release
	}
}

// remove takes the entry e out; the event concerns p from then on.
func (t *turn) remove(e, p *Payment) {
	i, to := t.s.indexOf(e), t.s.indexOf(p)
	if i < 0 {
		t.concerns = to
		return
	}
	t.s.Payments = append(t.s.Payments[:i], t.s.Payments[i+1:]...)
	if to > i {
		to--
	}
	t.concerns = to
}

// partOf is how much of what is left an amount means: without one, all of it.
func partOf(left Cents, amount string) Cents {
	if c, ok := centsOf(amount); ok {
		if left != SomeCents {
			return min(c, left)
		}
		return c
	}
	return left
}

func (c Cents) plus(d Cents) Cents {
	if c == SomeCents || d == SomeCents {
		return SomeCents
	}
	return c + d
}

// minus leaves what is not known not known, unless all of it goes.
func (c Cents) minus(d Cents) Cents {
	switch {
	case c == d || c == 0:
		return 0
	case c == SomeCents || d == SomeCents:
		return SomeCents
	}
	return max(0, c-d)
}

// maybe says whether it is, or could be, something of that amount.
func (c Cents) maybe(amount string) bool {
	asked, told := centsOf(amount)
	return c != 0 && (!told || c == SomeCents || c == asked)
}

func centsOrSome(amount string) Cents {
	if c, ok := centsOf(amount); ok {
		return c
	}
	return SomeCents
}

// plain leaves out an amount that cannot be read.
func plain(amount string) string {
	if amount == AmountUnreadable {
		return ""
	}
	return amount
}

// maybeSame says whether two amounts are equal, or could be: one is not known.
func maybeSame(a, b string) bool { return a == "" || b == "" || sameAmount(a, b) }
