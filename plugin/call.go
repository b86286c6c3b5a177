package plugin

import "slices"

// call takes an exchange of a call that moves money into the ledger.
func (t *turn) call() {
	own := t.own()
	if t.out == outLeaving {
		t.leave(own)
		return
	}
	but := -1
	if own != nil {
		but = t.s.indexOf(own)
	}
	answered := own != nil && own.State == StateKnown || t.folded() != nil
	if !answered || t.out == outRefused || t.out == outUnsent {
		t.giveUpWaiting(but) // what is told once more is no other call
	}
	t.concerns = but
	resent := t.resent(own)
	switch {
	case resent != nil:
		t.again(resent)
	case t.out == outUnknown:
		t.lost(own)
	case !t.out.good():
		t.refuse(own)
	default:
		t.succeed(own)
	}
}

// own gives the payment that the exchange brings further news of, or nil: by
// its name, or, without one, the call that is under way.
func (t *turn) own() *Payment {
	f := &t.f
	if f.Call != 0 {
		named := t.s.newest(func(p *Payment) bool {
			// After a refusal the same name is a new request.
			again := p.State == StateRefused && p.Stated == ""
			return p.Call == f.Call && p.Operation == f.Operation && !again
		})
		if named != nil {
			return named
		}
	}
	return t.s.newest(func(p *Payment) bool {
		return p.State == StateUnderWay && p.Operation == f.Operation && (f.Call == 0 || p.Call == 0)
	})
}

// resent gives the payment in doubt of which the exchange is the resend under
// its key (documented for POST /transactions only, page 9601087), or nil.
func (t *turn) resent(own *Payment) *Payment {
	f := &t.f
	if f.Operation != OpTransactions || !f.HasKey || own != nil && own.State != StateInDoubt {
		return nil
	}
	if own != nil && own.Call == f.Call && f.Call != 0 && !own.Resending {
		return nil // its own late answer
	}
	return t.s.newest(func(p *Payment) bool {
		sameKey := p.Key != 0 && p.Key == f.Key || f.Key == 0 && p.Resending
		return p.canResend() && sameKey && p.Type == f.TransactionType && maybeSame(p.Amount, plain(f.Amount)) && (p.Amount == "") == (f.Amount == "")
	})
}

// canResend says whether the payment may be sent again under its key.
func (p *Payment) canResend() bool {
	return p.State == StateInDoubt && p.HasKey && p.Operation == OpTransactions
}

// again reads the answer to a resend: only a success says what became of the first call.
func (t *turn) again(e *Payment) {
	t.concerns = t.s.indexOf(e)
	e.Resending = false
	switch {
	case t.out.good():
		e.known(t.out)
		t.came(e, false)
	case t.out == outUnknown:
		e.Resends = min(e.Resends+1, resendTries)
	case t.out == outRefused && t.f.Status != 401 && t.f.Status != 429:
		e.Resends = resendTries
	}
}

// leave is for a call that is on its way. A second one without a name is
// another call, unless the first is the till's own word for what a key sends.
func (t *turn) leave(own *Payment) {
	f := &t.f
	if f.Operation == OpTransactions && f.HasKey && t.s.newest(func(p *Payment) bool { return p.canResend() && p.Resending }) != nil {
		return
	}
	switch {
	case own == nil || own.State == StateKnown || own.State == StateRefused:
	case f.Call != 0 && own.Call == f.Call:
		t.concerns = t.s.indexOf(own)
		return
	case !own.Announced:
		e := t.entry(StateUnderWay)
		e.Split = own.Split
		t.giveUpWaiting(t.s.indexOf(own))
		*own = e
		t.concerns = t.s.indexOf(own)
		return
	}
	t.giveUpWaiting(-1)
	t.add(t.entry(StateUnderWay))
}

// tell completes a payment with what the facts of its answer add.
func (t *turn) tell(own *Payment) {
	f := &t.f
	if own.Call == 0 {
		own.Call = f.Call
	}
	if a := plain(f.Amount); a != "" {
		own.Amount = a
	}
	if f.Authorization != 0 {
		own.Authorization = f.Authorization
	}
	if f.Capture != 0 {
		own.Capture = f.Capture
	}
	if own.Operation == OpTransactions && f.HasKey {
		own.HasKey, own.Key, own.Type = true, f.Key, f.TransactionType
	}
	if auto := t.p.autoCapture(f.AutoCapture); auto != nil && own.Operation == OpAuthorization {
		own.AutoCapture = auto
	}
}

// lost is for a call whose outcome nobody knows.
func (t *turn) lost(own *Payment) {
	switch {
	case own == nil && t.folded() != nil, own != nil && !own.open():
		// The call was answered before: a later word of its loss takes nothing back.
	case own == nil:
		t.add(t.entry(StateInDoubt))
	default:
		t.tell(own)
		own.State = StateInDoubt
	}
}

// folded gives the payment into which an answered call of that name, or with
// that capture's number, has gone already, or nil.
func (t *turn) folded() *Payment {
	f := &t.f
	return t.s.newest(func(p *Payment) bool {
		if t.op.pays && p.Operation != OpSeveral {
			return false
		}
		return f.Call != 0 && slices.Contains(p.Folded, f.Call) || f.Operation == OpCapture && f.Capture != 0 && p.Capture == f.Capture && p.Taken != 0
	})
}

// refuse is for a call that Flexiti refused, or that never left the till.
func (t *turn) refuse(own *Payment) {
	f := &t.f
	if own != nil && own.Operation == OpCapture && plain(f.Amount) == "" {
		f.Amount = own.Amount
	}
	switch gone := t.missing(); {
	case gone != nil:
		gone.State = StateInDoubt // captured, released or run out: nobody knows
		if own != nil && own.open() {
			t.remove(own, gone)
		}
		t.concerns = t.s.indexOf(gone)
		return
	case own != nil && own.State == StateKnown && own.Released && f.Code == codeEnded:
		return // that it is over is what was known
	case own != nil && (own.State == StateKnown || own.gone()):
		own.State, own.Stated = StateInDoubt, "" // an answer that contradicts what was known
		return
	case own != nil && own.canResend() && (own.Resending || own.Resends > 0):
		return // one attempt was refused; another, under the same key, may have gone through
	case own == nil && t.folded() != nil:
		done := t.folded()
		done.State, t.concerns = StateInDoubt, t.s.indexOf(done)
		return
	case own != nil:
		t.tell(own)
		own.refused("")
		t.left(own)
	default:
		e := t.entry(StateRefused)
		t.left(t.add(e))
	}
	if t.op.pays && t.s.Closed != "" {
		t.use(situations[saleEnded])
	}
}

// missing gives the payment that the sale remembers and Flexiti says is not there
// any more: the authorization has ended, holds less than what the sale
// remembers, or is not found (pages 122028066 and 20643845).
func (t *turn) missing() *Payment {
	f := &t.f
	if t.op.pays || t.out != outRefused || f.Operation == OpRefund {
		return nil
	}
	p, several := t.target(f.Operation, plain(f.Amount), f.Authorization, f.Capture)
	if p == nil && !several && plain(f.Amount) != "" {
		p, _ = t.target(f.Operation, "", f.Authorization, f.Capture) // asked for more than is left
	}
	if p == nil {
		return nil
	}
	switch f.Code {
	case codeEnded, codeNotFound:
		return p
	case codeAmountExceeded:
		if asked, ok := centsOf(f.Amount); !ok || p.Held == SomeCents || asked <= p.Held {
			return p
		}
	}
	return nil
}

// left notes what is not paid after a refusal: a payment beside another one, or
// what a hold was meant to pay.
func (t *turn) left(e *Payment) {
	if t.s.Closed != "" {
		return
	}
	live := t.s.live()
	rest := false
	switch {
	case e.Operation == OpCapture:
		rest = slices.ContainsFunc(live, func(i int) bool { return t.s.Payments[i].Held != 0 })
	case t.op.pays && len(live) > 0:
		rest = !slices.ContainsFunc(live, func(i int) bool {
			q := &t.s.Payments[i]
			return about(q.Operation).kind == kindPayment && q.kind() == e.kind() && maybeSame(q.Amount, e.Amount)
		})
	}
	if rest {
		t.s.Rest = &About{e.Operation, e.Amount, e.Since}
	}
}

// succeed is for a call that Flexiti says it carried out.
func (t *turn) succeed(own *Payment) {
	if !t.op.pays {
		t.done(own)
		return
	}
	same := t.s.newest(func(p *Payment) bool {
		return p != own && (p.State == StateKnown || p.gone()) && t.f.Authorization != 0 && p.Authorization == t.f.Authorization
	})
	switch {
	case own == nil && t.folded() != nil: // said twice
		t.concerns = t.s.indexOf(t.folded())
	case same != nil: // the same authorization is the same payment
		t.concerns = t.s.indexOf(same)
		if own != nil && own.open() {
			t.remove(own, same)
		}
	case own != nil && own.gone(): // what it says was known before
	case own != nil && own.State == StateKnown: // said twice
		t.tell(own)
		own.Stated = ""
	case own != nil:
		answered, denied := own.State == StateUnderWay, own.Stated != ""
		t.tell(own)
		own.known(t.out)
		t.came(own, answered)
		if denied && !t.twice {
			t.suspect(lateSuccess)
		}
	default:
		e := t.entry(StateKnown)
		e.known(t.out)
		t.came(t.add(e), false)
	}
}

// done is for a capture, release, return or refund that went through.
func (t *turn) done(own *Payment) {
	before := t.folded()
	switch {
	case before != nil: // said twice
		t.concerns = t.s.indexOf(before)
		if own != nil && own.open() {
			t.remove(own, before)
		}
	case own != nil && own.State == StateKnown:
	case own != nil:
		denied := own.Stated != ""
		t.tell(own)
		t.fold(own)
		if denied {
			t.suspect(lateSuccess)
		}
	default:
		e := t.entry(StateKnown)
		t.fold(&e)
	}
}
