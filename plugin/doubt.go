package plugin

// Money in doubt: from the first call whose outcome nobody knows, until a
// read-back has found the payment or the supervisor has settled it.

// checkPauseS is how long to wait before a sale is checked once more, in seconds.
const checkPauseS = 5

// doubt takes a call that moves money into the sale's memory.
func (t *turn) doubt() {
	if t.op.kind != kindPayment {
		return
	}
	old := t.s.Doubt
	resent := old != nil && old.isResend(t.f)
	if old != nil && old.UnderWay && old.Operation == t.f.Operation {
		old, t.s.Doubt = nil, nil // this is the answer that was still to come
	}
	switch {
	case t.d.Money == MoneyUnknown && old == nil:
		t.s.Doubt = &Doubt{
			Operation: t.f.Operation, Kind: t.d.MoneyKind, Amount: t.f.Amount,
			AutoCapture: t.f.AutoCapture, HasKey: t.f.HasKey, Since: t.f.At,
		}
	case t.d.Money == MoneyUnknown && resent:
		t.s.Doubt = old.with(func(d *Doubt) { d.Resends = min(d.Resends+1, resendTries) })
	case t.d.Money == MoneyUnknown:
		t.s.Doubt = old.joined()
	case resent && t.d.Money == MoneyMoved:
		t.s.Doubt = nil // under the key, this is the first call's own answer
	case resent && t.f.Status >= 400 && t.f.Status != 401 && t.f.Status != 429:
		// A refusal does not say what became of the first call.
		t.s.Doubt = old.with(func(d *Doubt) { d.Resends = resendTries })
	}
}

// with gives a changed copy: a sale that was handed in is never written to.
func (d *Doubt) with(change func(*Doubt)) *Doubt {
	c := *d
	change(&c)
	return &c
}

// joined is the doubt about two calls: no single read-back can settle both.
func (d *Doubt) joined() *Doubt {
	return d.with(func(d *Doubt) { d.Operation, d.HasKey, d.Amount = OpUnknown, false, "" })
}

// isResend says whether the facts are of the payment in doubt, sent again under its key.
func (d *Doubt) isResend(f Facts) bool {
	return d.canResend() && f.Operation == d.Operation && f.HasKey &&
		(f.Amount == "" || d.Amount == "" || sameAmount(f.Amount, d.Amount))
}

// canResend: only POST /transactions documents an idempotency key (page 9601087).
func (d *Doubt) canResend() bool { return d.HasKey && d.Operation == OpTransactions }

// readBackOf gives the read that can settle the doubt, if there is one.
func (d *Doubt) readBack() Operation { return about(d.Operation).readBack }

// inDoubt replaces what a card offers while money is in doubt: no second
// payment, no resend but under the key, nothing that leads to a new payment.
func (t *turn) inDoubt(ids []ActionID) []ActionID {
	s, d := &t.s, &t.d
	d.Doubt, d.Money, d.MoneyKind = true, MoneyUnknown, s.Doubt.Kind
	if t.f.Action != "" {
		return t.actionInDoubt(ids)
	}
	var out []ActionID
	wait := max(d.Retry.AfterS, t.f.RetryAfterS)
	d.Family, d.Banner, d.Owner, d.Retry = FamilyCheck, "", OwnerSupervisor, Retry{Policy: RetryNever}
	if len(ids) > 0 && ids[0] == ActSignInAgain {
		out = append(out, ActSignInAgain)
	}
	out = append(out, t.waysToSettle()...)
	t.settleFirst(out[0], wait)
	return out[:min(len(out), maxActions)]
}

// settleFirst says who takes the first step out of a doubt, and after which pause.
func (t *turn) settleFirst(first ActionID, wait int) {
	d := &t.d
	switch first {
	case ActSignInAgain:
		d.Owner, d.Retry.Policy = OwnerNobody, RetryCheckFirst
	case ActCheckStatus:
		d.Owner, d.Retry.Policy, d.Retry.AfterS = OwnerCashier, RetryCheckFirst, wait
		if t.s.Doubt.Checks > 0 {
			d.Retry.AfterS = max(checkPauseS, wait)
		}
	case ActResendSame:
		d.Owner, d.Retry.Policy = OwnerCashier, RetrySameKey
	case ActSettleTaken:
		d.Owner = OwnerCashier
	}
}

// waysToSettle lists what may be done about the doubt, the best first.
func (t *turn) waysToSettle() []ActionID {
	doubt := t.s.Doubt
	var out []ActionID
	if doubt.readBack() != "" && doubt.Checks < t.p.checks() {
		out = append(out, ActCheckStatus)
	}
	if doubt.canResend() && doubt.Resends < resendTries {
		out = append(out, ActResendSame)
	}
	if len(out) == 0 && t.p.SettledBy == OwnerCashier {
		out = append(out, ActSettleTaken, ActSettleNotTaken)
	}
	return append(out, ActCallSupervisor, ActHoldSale)
}

// readBack reads the answer to a check.
func (t *turn) readBack() {
	doubt := t.s.Doubt
	if t.op.kind != kindReadBack || doubt == nil && len(t.f.Found) == 0 {
		return
	}
	if doubt == nil { // the POS looked for a payment that this sale does not remember
		doubt = &Doubt{Operation: OpAuthorization, Kind: KindPurchase}
	}
	found := t.f.Found
	if t.f.Status == 404 {
		found = []Found{}
	}
	switch {
	case t.f.Status == 401 && t.s.SignIns == 0, t.f.Status == 429, t.f.Sent == SentNo:
		return // the check was not made, and can be
	case found == nil:
		// The check was lost, or the POS did not say what it found.
		t.s.Doubt = doubt.with(func(d *Doubt) { d.Checks = min(d.Checks+1, t.p.checks()) })
		return
	case len(found) == 0:
		t.found("found_none", FoundNothing)
		t.s.Doubt = doubt.with(func(d *Doubt) { d.Checks = min(d.Checks+1, t.p.checks()) })
		return
	}
	cardID, money, settled := settles(doubt, found)
	t.found(cardID, string(found[0].State))
	if settled {
		t.s.Doubt = nil
		t.d.Money, t.d.MoneyKind = money, doubt.Kind
		if cardID == "found_held" && (doubt.Operation != OpAuthorization || doubt.AutoCapture != nil && *doubt.AutoCapture) {
			t.not = append(t.not, ActFinishSale) // it should have been taken: not the cashier's to finish
		}
		return
	}
	t.s.Doubt = doubt.with(func(d *Doubt) { d.Checks = t.p.checks() })
}

// FoundNothing stands in a rule's name for a read-back that found no payment.
const FoundNothing = "none"

func (t *turn) found(cardID, what string) {
	t.use(cardID)
	t.d.Matched = Matched{ruleName(t.f.Operation, t.f.Status, "found_"+what), byReadBack, SourceJudgement}
}

// settles says what the payments that a read-back found mean for the doubt.
func settles(d *Doubt, found []Found) (cardID string, money Money, settled bool) {
	only := found[0]
	released := d.Operation == OpRelease
	switch {
	case d.readBack() == "":
		// No documented read shows this call, or there is more than one in doubt:
		// what was found may be another payment.
		return "found_unclear", MoneyUnknown, false
	case len(found) > 1:
		return "found_several", MoneyUnknown, false
	case !released && only.Amount != "" && d.Amount != "" && !sameAmount(only.Amount, d.Amount):
		return "found_other_amount", MoneyUnknown, false
	}
	switch {
	case released && only.State == FoundEnded:
		return "released", MoneyNotMoved, true
	case released && only.State != FoundHeld:
		return "found_unclear", MoneyUnknown, false
	}
	switch only.State {
	case FoundCaptured:
		return "found_captured", MoneyMoved, true
	case FoundHeld:
		return "found_held", MoneyHeld, true
	case FoundDeclined:
		return "found_declined", MoneyNotMoved, true
	}
	return "found_ended", MoneyUnknown, false
}
