package plugin

import "slices"

// What a card offers: its own actions, less what the sale, the store and the
// money leave no room for.

// checkPauseS is how long to wait before a sale is checked once more, in seconds.
const checkPauseS = 5

// offer gives the actions of the decision and fits to them what else it says.
func (t *turn) offer() []ActionID {
	s, d := &t.s, &t.d
	doubt, waiting := s.doubtful(), s.underWay()
	switch {
	case t.asked && doubt != nil:
		return facts(doubt)
	case doubt != nil && t.f.Action == "":
		return t.inDoubt(doubt)
	case doubt != nil:
		return t.actionInDoubt(doubt)
	case waiting != nil:
		return t.whileWaiting(waiting)
	}
	ids := t.allowed(t.card.actions)
	t.retryFits(ids)
	if ids[0] != t.card.actions[0] && !t.asked {
		d.Banner = "" // the card's own was for what it cannot offer now
	}
	return ids
}

// allowed keeps of a card's actions those that this sale and store can offer,
// at most four, with a way out among them.
func (t *turn) allowed(ids []ActionID) []ActionID {
	out := make([]ActionID, 0, len(ids)+2)
	add := func(id ActionID) {
		here := t.asked && id == ActCallSupervisor // and need not be called
		if id != "" && !here && !slices.Contains(t.not, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, id := range ids {
		if id == ActAskSecurityQuestion && slices.Contains(out, ActAskAgain) {
			continue
		}
		add(t.instead(id))
	}
	// Where no key ends the sale, or not for all that was to be paid, the supervisor does.
	if t.s.Rest != nil || t.s.Suspect || !slices.ContainsFunc(out, ActionID.Ends) && len(t.ends()) == 0 {
		add(ActCallSupervisor)
	}
	for _, id := range t.ends() {
		if !slices.Contains(out, id) && len(ids) > 0 {
			at := len(out)
			if at > 1 && rowOf(out[at-1]).wayOut {
				at--
			}
			out = slices.Insert(out, at, id)
		}
	}
	if !t.asked {
		out = withAdvice(out, ids)
	}
	return withWayOut(out)
}

// withAdvice sees to it that a list whose own way forward is gone does not begin
// with putting the sale aside: what can be finished is, and else the supervisor knows.
func withAdvice(out, own []ActionID) []ActionID {
	if len(out) == 0 || out[0] != ActHoldSale || own[0] == ActHoldSale {
		return out
	}
	lead := ActCallSupervisor
	if slices.Contains(out, ActFinishSale) {
		lead = ActFinishSale
	}
	rest := slices.DeleteFunc(out, func(id ActionID) bool { return id == lead })
	return append([]ActionID{lead}, rest...)
}

// withWayOut cuts a list to four, and keeps a way out on it: what only puts the
// sale aside goes first.
func withWayOut(out []ActionID) []ActionID {
	for _, id := range []ActionID{ActHoldSale, ActCancelSale} {
		if i := slices.Index(out, id); len(out) > maxActions && i > 0 {
			out = slices.Delete(out, i, i+1)
		}
	}
	wayOut := slices.IndexFunc(out, func(id ActionID) bool { return rowOf(id).wayOut })
	switch {
	case wayOut < 0:
		return append(out[:min(len(out), maxActions-1)], ActCallSupervisor)
	case len(out) > maxActions:
		last := out[max(wayOut, maxActions-1)]
		out = append(out[:maxActions-1:maxActions-1], last)
	}
	return out
}

// ends gives the ways in which this sale can be ended beside another payment:
// finished, where money was taken, held or given back, and the rest paid.
func (t *turn) ends() (ids []ActionID) {
	if t.canPayRest() {
		ids = append(ids, ActPayRest)
	}
	if t.canFinish() {
		ids = append(ids, ActFinishSale)
	}
	return ids
}

func (t *turn) canPayRest() bool {
	s := &t.s
	return s.Rest != nil && s.Rest.Operation != OpCapture && !s.Suspect && len(s.open()) == 0 && s.Closed == ""
}

func (t *turn) canFinish() bool {
	s := &t.s
	something := s.newest(func(p *Payment) bool {
		return p.State == StateKnown && (p.Held != 0 || p.Taken != 0 || p.Back != 0 || p.Released)
	})
	if t.asked && s.Suspect {
		return something != nil && len(s.open()) == 0 // after the sale had ended, too
	}
	return something != nil && len(s.open()) == 0 && s.Closed == "" && (t.asked || s.Rest == nil && !s.Suspect)
}

// barred says whether money is taken, held, under way or in doubt: no time for a payment.
func (t *turn) barred() bool {
	return t.s.newest(func(p *Payment) bool { return p.open() || p.live() }) != nil
}

// instead gives the action itself where it can be offered, what takes its
// place, or nothing.
func (t *turn) instead(id ActionID) ActionID {
	r := rowOf(id)
	barred := t.barred()
	switch {
	case id == ActFinishSale && !t.canFinish(), id == ActPayRest && !t.canPayRest(),
		r.method != "" && !t.canVerify(r.method), id == ActSplitPayment && !t.p.SplitPayment,
		id == ActStartApplication && t.op.name != OpLookup && t.op.name != OpSearch,
		id == ActEnterAgain && t.typesCode() && t.s.Codes >= t.p.codes(),
		t.card.does == sendsPending && id == ActTryAgain && t.s.Pending == nil:
		return ""
	case id == ActOtherPayment && (t.op.kind == kindRefund || t.op.kind == kindRelease):
		return ActCallSupervisor // nobody pays for a refund
	case id == ActOtherPayment && (t.op.name == OpI18n || t.op.name == OpTerms):
		return "" // no reason to pay otherwise
	case id == ActOtherPayment && barred && t.canPayRest():
		return ActPayRest
	case id == ActOtherPayment && (barred || t.s.Suspect || t.s.Closed != "") && t.canFinish():
		return ActFinishSale
	case id == ActOtherPayment && t.s.Suspect:
		return ""
	case (r.payment && id != ActPayRest || id == ActCancelSale) && (barred || (t.s.Suspect || t.s.Closed != "") && !t.lastWayOut()):
		return ""
	}
	if n, calls := t.next(r); calls && (barred || t.s.Suspect || t.s.Closed != "") && r.paysAgain(n) && !t.forRest(n.Operation) {
		return ""
	}
	return id
}

// paysAgain says whether the action leads to another try at a payment.
func (r *actionRow) paysAgain(n Next) bool {
	return about(n.Operation).pays || r.corrects && n.Operation == OpCalculateInterest
}

// lastWayOut says whether the supervisor is asked about a sale that is suspect
// and has nothing left to finish: it can only be cancelled.
func (t *turn) lastWayOut() bool { return t.asked && t.s.Suspect && !t.canFinish() }

// forRest says whether a call is what the rest of the sale needs.
func (t *turn) forRest(op Operation) bool {
	rest := t.s.Rest
	return rest != nil && !t.s.Suspect && len(t.s.open()) == 0 && (rest.Operation == op || op == OpCalculateInterest && rest.Operation == OpAuthorization)
}

// typesCode says whether to enter again means the verification code.
func (t *turn) typesCode() bool { return t.card.does == asksCode || t.card.does == spendsCode }

func (t *turn) canVerify(m Method) bool {
	asked := m == MethodPIW && t.card.does == spendsWord // the store has it, whatever its settings say
	if !t.p.offers(m) && !asked || slices.Contains(t.s.RuledOut, m) {
		return false
	}
	switch m {
	case MethodSecurityQuestion:
		return !t.s.questionLocked(t.f.At) && t.s.answersUsed(t.f.At) < t.p.answers()
	case MethodSMS, MethodEmail:
		return t.s.Codes < t.p.codes()
	case MethodPIW:
		return t.s.Words < wordTries
	case MethodBypass: // a bypass is for regular purchases only, page 1851588883
		return t.f.TransactionType != "promotional_purchase"
	}
	return true
}

// next gives the call that the POS should make when the action is chosen.
func (t *turn) next(r *actionRow) (n Next, calls bool) {
	same := t.f.Operation
	n = Next{Operation: same, Format: t.f.Format, Auto: r.auto, Input: r.input}
	switch r.call {
	case callNone:
		return Next{}, false
	case callSame:
		n.Format = ""
	case callFixed:
		n.Operation, n.Format = r.operation, r.method
	case callPaying:
		if t.card.does == asksCode && same == OpVerify {
			n.Operation, n.Format = t.paying(), ""
		}
	case callPending:
		n.Auto = kinds[about(same).kind].repeats
		if t.card.does == sendsPending && t.s.Pending != nil {
			n = *t.s.Pending
		}
	case callCheck:
		n.Format = ""
		if p := t.toCheck(); p != nil {
			n.Operation = about(p.Operation).readBack
		}
	case callResend:
		n.Operation, n.Format = OpTransactions, ""
	case callSearch:
		n.Format = ""
		if same != OpSearch {
			n.Operation = r.operation
		}
	}
	return n, true
}

// toCheck is the payment that a check is about.
func (t *turn) toCheck() *Payment { return t.s.newest((*Payment).open) }

// paying is the payment that this sale is about: the last one sent, else a purchase.
func (t *turn) paying() Operation {
	p := t.s.newest(func(p *Payment) bool { return about(p.Operation).pays && p.Operation != OpUnknown })
	if p != nil {
		return p.Operation
	}
	return OpAuthorization
}

// whileWaiting is what every card offers while a payment is under way.
func (t *turn) whileWaiting(p *Payment) []ActionID {
	d := &t.d
	ids := make([]ActionID, 0, maxActions)
	if t.signingIn() {
		ids = append(ids, ActSignInAgain)
	}
	waited := t.f.At > 0 && p.Since > 0 && t.f.At-p.Since >= int64(t.p.waitS())*1000
	checking := t.f.Action != "" && t.op.kind == kindReadBack
	if waited && !checking && about(p.Operation).readBack != "" && len(t.s.open()) == 1 {
		ids = append(ids, ActCheckStatus)
	} else {
		ids = append(ids, ActKeepWaiting)
	}
	ids = append(ids, ActCallSupervisor, ActHoldSale)
	if t.f.Action == ActHoldSale {
		ids = ids[:len(ids)-1]
	}
	d.Family, d.Banner, d.Owner, d.Retry = FamilyWait, "", OwnerNobody, Retry{Policy: RetryNever}
	if ids[0] == ActCheckStatus {
		d.Retry = Retry{Policy: RetryCheckFirst, Left: t.p.checks() - p.Checks}
	}
	return ids
}

// inDoubt replaces what a card offers while money is in doubt: no second
// payment, no resend but under the key, nothing that leads to a new payment.
func (t *turn) inDoubt(doubt *Payment) []ActionID {
	d := &t.d
	wait := max(d.Retry.AfterS, t.f.RetryAfterS)
	ids := make([]ActionID, 0, maxActions+2)
	if t.signingIn() {
		ids = append(ids, ActSignInAgain)
	}
	if t.s.underWay() != nil {
		ids = append(ids, ActKeepWaiting)
	}
	ids = append(ids, t.waysToSettle(doubt)...)
	d.Family, d.Banner, d.Owner, d.Retry = FamilyCheck, "", OwnerSupervisor, Retry{Policy: RetryNever}
	ids = withWayOut(ids)
	t.settleFirst(ids, doubt, wait)
	return ids
}

// signingIn says whether the till is to sign in again before anything else.
func (t *turn) signingIn() bool {
	return t.card.does == signsIn && t.s.SignIns == 1 && t.f.Action == ""
}

// settleFirst says who takes the first step out of a doubt, and after which pause.
func (t *turn) settleFirst(ids []ActionID, doubt *Payment, wait int) {
	d := &t.d
	switch first := ids[0]; {
	case first == ActSignInAgain:
		d.Owner = OwnerNobody
	case first == ActCheckStatus, first == ActResendSame:
		d.Owner = OwnerCashier
	}
	switch {
	case slices.Contains(ids, ActCheckStatus):
		d.Retry = Retry{Policy: RetryCheckFirst, Left: t.p.checks() - doubt.Checks, AfterS: wait}
		if doubt.Checks > 0 {
			d.Retry.AfterS = max(checkPauseS, wait)
		}
	case slices.Contains(ids, ActResendSame):
		d.Retry.Policy = RetrySameKey
	}
}

// waysToSettle lists what may be done about the doubt, the best first. Where
// more than one call is open, no read-back says which one it shows.
func (t *turn) waysToSettle(doubt *Payment) []ActionID {
	ids := make([]ActionID, 0, maxActions)
	only := len(t.s.open()) == 1
	if only && about(doubt.Operation).readBack != "" && doubt.Checks < t.p.checks() {
		ids = append(ids, ActCheckStatus)
	}
	if only && doubt.canResend() && doubt.Resends < resendTries {
		ids = append(ids, ActResendSame)
	}
	mayState := len(ids) == 0 && t.p.SettledBy == OwnerCashier && t.s.underWay() == nil && !t.signingIn()
	ids = append(ids, ActCallSupervisor)
	if mayState {
		ids = append(ids, couldBe(doubt)...)
	}
	return append(ids, ActHoldSale)
}

// couldBe lists the facts that can be true of a payment in doubt.
func couldBe(p *Payment) []ActionID {
	switch {
	case about(p.Operation).kind == kindRefund:
		return []ActionID{ActSettleRefunded, ActSettleNotRefunded}
	case p.Operation == OpAuthorization || p.Operation == OpCapture || p.Operation == OpRelease:
		return []ActionID{ActSettleTaken, ActSettleHeld, ActSettleNotTaken}
	}
	return []ActionID{ActSettleTaken, ActSettleNotTaken}
}

// facts is the supervisor's card. What is true never stands on the first key.
func facts(doubt *Payment) []ActionID { return append([]ActionID{ActHoldSale}, couldBe(doubt)...) }

// actionInDoubt is what a card offers that follows a choice while money is in doubt.
func (t *turn) actionInDoubt(doubt *Payment) []ActionID {
	t.d.Retry = Retry{Policy: RetryNever}
	switch t.f.Action {
	case ActHoldSale:
		ids := t.waysToSettle(doubt)
		t.d.Family, t.d.Banner = FamilyCheck, ""
		t.settleFirst(ids, doubt, 0)
		return slices.DeleteFunc(ids, func(id ActionID) bool { return id == ActHoldSale })
	case ActKeepWaiting:
		t.d.Banner = BannerWaitMoment
	}
	if t.card.family == FamilyWait {
		return []ActionID{ActKeepWaiting, ActCallSupervisor, ActHoldSale}
	}
	t.d.Banner = BannerSupervisor
	return []ActionID{ActCallSupervisor, ActHoldSale}
}

// keeps says whether the action keeps the promise of one more try.
func (r *actionRow) keeps(does deed) bool {
	switch r.id {
	case ActTryAgain, ActAskAgain, ActEnterAgain, ActChangeAmount, ActSplitPayment:
		return true
	case ActEnterPIW:
		return does == spendsWord || does == spendsVerification
	}
	return does == spendsVerification && r.method != ""
}

// retryFits takes back a promise of another try that no action keeps: the sale
// or the store has left nothing to try again with.
func (t *turn) retryFits(ids []ActionID) {
	d := &t.d
	first, own := rowOf(ids[0]), rowOf(t.card.actions[0])
	kept := slices.ContainsFunc(ids, func(id ActionID) bool { return rowOf(id).keeps(t.card.does) })
	if first.payment && !own.payment {
		d.Family = FamilyStop
	}
	switch { // who sorts it out is who takes the first step, where the card's own is gone
	case first.id == own.id || t.asked:
	case first.payment, first.id == ActFinishSale, first.method != "" && !first.input:
		d.Owner = OwnerCashier
	case first.id == ActCallSupervisor:
		d.Owner = OwnerSupervisor
	}
	switch {
	case t.card.does == locksQuestion: // what it says of later is the lock's own end
	case d.Retry.Policy == RetryAfterFix && !slices.ContainsFunc(ids, func(id ActionID) bool { return rowOf(id).call != callNone }),
		d.Retry.Policy == RetryLimited && !kept, d.Retry.Policy == RetryCheckFirst && first.call == callNone,
		t.card.does == sendsPending && !kept, first.call == callNone && !own.wayOut && own.call != callNone:
		d.Retry = Retry{Policy: RetryNever}
	}
}
