package plugin

import "slices"

// outcome is what one exchange says about the call that it is of.
type outcome uint8

const (
	outUnknown outcome = iota
	outLeaving         // it is on its way
	outUnsent          // it never left the till
	outRefused         // Flexiti said no, or turned it away at the door
	outHeld            // an authorization that is not to be taken yet
	outTaken           // a payment or a capture
	outGiven           // a release, a return, a refund
)

func (o outcome) good() bool { return o >= outHeld }

// fact is what somebody may state about a payment in doubt.
type fact uint8

const (
	factTaken fact = iota + 1
	factHeld
	factNotTaken // neither taken nor held
	factRefunded
	factNotRefunded
)

// The words of an authorization's reply (no page shows them all; judgement),
// beside those of Policy. The others that are good say nothing of the money.
var (
	wordsHeld  = []string{"authorized", "authorised", "held"}
	wordsTaken = []string{"captured"}
	wordsGood  = []string{"approved", "open", "active", "completed", "processed", "released", "returned", "refunded", "success", "succeeded", "ok"}
)

// judged holds a good status to what counts as an answer where the policy has a
// word in it: an empty object, and the status word of an authorization.
func judged(f Facts, p Policy) Facts {
	switch {
	case !f.succeeded() || f.Code != "":
	case f.Status == 202,
		f.State == StateEmpty && f.Operation != OpRefund && !slices.Contains(p.EmptyOK, f.Operation),
		f.State != StateEmpty && f.State != "" && !f.saysHeld(&p) && !f.saysTaken(&p) && !slices.Contains(wordsGood, f.State):
		f.Code = codeUnreadable
	}
	if f.Code != "" || f.Status != 200 || about(f.Operation).kind != kindReadBack {
		f.Found = nil
	}
	return f
}

func (f *Facts) saysHeld(p *Policy) bool {
	return slices.Contains(wordsHeld, f.State) || slices.Contains(p.StatusHeld, f.State)
}

func (f *Facts) saysTaken(p *Policy) bool {
	return slices.Contains(wordsTaken, f.State) || slices.Contains(p.StatusTaken, f.State)
}

// outcomeOf says what the facts mean for the call's money. It claims nothing
// that is not known: only a documented refusal, a status that turns a request
// away at the door, or a request that never left the till says that nothing moved.
func outcomeOf(f *Facts, p *Policy, op *operation) outcome {
	switch {
	case f.Status == 0 && f.Failure == FailurePending:
		return outLeaving
	case f.Status == 0 && f.Sent == SentNo:
		return outUnsent
	case f.Status == 0, f.Code == codeGeneral, f.Code == codeGatewayTimeout:
		return outUnknown
	case f.succeeded() && f.Code == "":
		return goodOutcome(f, p, op)
	case f.Status < 400 || f.Status > 499:
		return outUnknown
	}
	switch f.Status {
	case 401, 429, 465, 466, 467:
		return outRefused
	}
	if refusalCode(f.Code) {
		return outRefused
	}
	return outUnknown
}

// goodOutcome is for a call that Flexiti says it carried out. An authorization
// is taken at once only with auto_capture (page 9601087).
func goodOutcome(f *Facts, p *Policy, op *operation) outcome {
	switch op.kind {
	case kindRelease, kindRefund:
		return outGiven
	}
	switch f.Operation {
	case OpUnknown:
		return outUnknown // what succeeded is not known
	case OpAuthorization:
	default:
		return outTaken
	}
	auto := p.autoCapture(f.AutoCapture)
	held, taken := f.saysHeld(p), f.saysTaken(p)
	switch {
	case held && taken, auto == nil && !held && !taken:
		return outUnknown
	case auto != nil && (*auto && held || !*auto && taken):
		return outUnknown // the reply contradicts what was asked for
	case taken || auto != nil && *auto:
		return outTaken
	}
	return outHeld
}

// readBack reads the answer to a check against what is open in the sale.
func (t *turn) readBack() {
	found := t.f.Found
	switch {
	case t.out == outLeaving, t.out == outUnsent, t.f.Status == 429, t.f.Status == 401 && t.s.SignIns == 0:
		return // the check was not made, and can be
	case t.f.Status >= 400 && t.f.Status <= 499 && t.f.Code == codeNotFound:
		found = []FoundFact{}
	}
	open := t.s.open()
	if len(open) > 0 {
		t.concerns = open[len(open)-1]
	}
	switch {
	case found == nil:
		t.checked(false) // the check was lost, or the POS did not say what it found
	case len(found) == 0 && len(open) > 0:
		t.found(foundNone, FoundNothing)
		t.checked(false)
	case len(found) == 0:
	case len(open) > 1:
		t.found(foundUnclear, string(found[0].State))
		t.checked(true)
		t.shake(found)
	case len(open) == 1:
		t.compare(&t.s.Payments[open[0]], found)
	default:
		t.recall(found)
	}
}

// FoundNothing stands in a rule's name for a read-back that found no payment.
const FoundNothing = "none"

func (t *turn) found(what situation, state string) {
	t.use(situations[what])
	t.d.Matched = Matched{ruleName(t.f.Operation, t.f.Status, "found_"+state), byReadBack, SourceJudgement}
}

// checked counts a check that settled nothing; after one that no further check
// can better, the supervisor is next.
func (t *turn) checked(hopeless bool) {
	if doubt := t.s.doubtful(); doubt != nil {
		doubt.Checks = min(doubt.Checks+1, t.p.checks())
		if hopeless {
			doubt.Checks = t.p.checks()
		}
	}
}

// shows says whether the read is documented to show such a call (pages 9601087
// and 699432980).
func shows(read, of Operation) bool {
	switch of {
	case OpAuthorization, OpRelease:
		return read == OpAuthorizations || read == OpAuthorizationGet
	case OpCapture:
		return read == OpCaptures || read == OpAuthorizationGet
	}
	return false
}

// compare holds what was found against the one call that is open, e.
func (t *turn) compare(e *Payment, found []FoundFact) {
	seen, ok := t.meant(e, found)
	state := seen.State
	twice := t.tooMany(found)
	settled := foundUnclear
	switch {
	case !shows(t.f.Operation, e.Operation):
		ok = false
	case !ok && t.elsewhere(e, found):
		settled = foundOtherAmount
	case e.Operation == OpCapture:
		ok = ok && state == FoundCaptured
	case e.Operation == OpRelease:
		ok = ok && state == FoundEnded
	case e.gone():
		ok = ok && (state == FoundCaptured && len(e.Folded) == 0 || state == FoundEnded && e.Held != 0)
	case state == FoundEnded:
		settled, ok = foundEnded, false
	case state == FoundHeld:
		auto := t.p.autoCapture(e.AutoCapture)
		ok = ok && auto != nil && !*auto
	}
	if !ok {
		t.found(settled, string(found[0].State))
		t.checked(true)
		t.shake(found)
		if twice {
			t.suspect(paidTwice)
		}
		return
	}
	if e.Operation == OpAuthorization && e.Authorization == 0 {
		e.Authorization = seen.ID
	}
	t.learn(e, seen)
	if twice {
		t.suspect(paidTwice)
	}
}

// shake puts a hold in doubt that could be the one which a read-back, unclear
// as it was, found captured or ended.
func (t *turn) shake(found []FoundFact) {
	for i := range t.s.Payments {
		q := &t.s.Payments[i]
		if q.State != StateKnown || q.Held == 0 || !shows(t.f.Operation, q.Operation) {
			continue
		}
		if slices.ContainsFunc(found, func(x FoundFact) bool {
			other := x.ID != 0 && q.Authorization != 0
			return (x.State == FoundCaptured || x.State == FoundEnded) && (q.bears(x.ID) || !other && maybeSame(x.Amount, q.Amount))
		}) {
			q.State = StateInDoubt
		}
	}
}

// learn settles the open call e by what a read-back found of it.
func (t *turn) learn(e *Payment, seen FoundFact) {
	state := seen.State
	gone := e.gone()
	pays := about(e.Operation).pays
	switch {
	case e.Operation == OpCapture:
		t.found(foundTaken, string(state))
		t.conclude(e)
	case e.Operation == OpRelease:
		t.found(foundReleased, string(state))
		p, _ := t.target(OpRelease, e.Amount, e.Authorization, 0)
		switch {
		case p != nil && p.Authorization == 0 && !maybeSame(seen.Amount, p.Amount):
			e.known(outGiven) // of a hold that is not the sale's
			return
		case p != nil:
			p.Held, p.Released = 0, true // the whole hold is over, whatever part was to be released
			p.settleEmpty()
			t.remove(e, p)
			return
		}
		t.conclude(e)
	case state == FoundCaptured:
		t.found(foundTaken, string(state))
		e.known(outTaken)
	case state == FoundHeld:
		t.found(foundHeld, string(state))
		e.known(outHeld)
	case state == FoundEnded:
		t.found(foundHoldEnded, string(state))
		e.State, e.Held = StateKnown, 0
	default:
		t.found(foundDeclined, string(state))
		e.refused("")
	}
	if pays && e.State == StateKnown && !gone {
		t.came(e, false)
	}
}

// meant picks from what was found the state of the open call e. It says no
// where nothing counts, or where another payment of the sale could be what was found.
func (t *turn) meant(e *Payment, found []FoundFact) (seen FoundFact, ok bool) {
	others := len(t.s.Payments) > 1 || t.s.Dropped
	for _, x := range found {
		// Of one authorization there can be several captures: its number alone does not say which.
		byID := x.ID != 0 && (x.ID == e.Capture || x.ID == e.Authorization && e.Operation != OpCapture)
		switch {
		case byID:
		case x.ID != 0 && x.ID != e.Authorization && t.s.newest(func(q *Payment) bool { return q != e && q.bears(x.ID) }) != nil:
			continue // that is another payment's
		case x.ID != 0 && e.Authorization != 0 && e.Operation == OpAuthorization:
			continue // e has another number
		case x.Amount == "" || e.Amount == "":
			if others {
				continue
			}
		case !sameAmount(x.Amount, e.Amount):
			continue
		}
		if !byID && t.couldBeAnother(e, x.State) {
			return FoundFact{}, false
		}
		if rank(x.State) > rank(seen.State) {
			seen = x
		}
	}
	return seen, seen.State != ""
}

// rank: of the entries of one payment, a captured one says most.
func rank(s FoundState) int {
	return 1 + slices.Index([]FoundState{FoundDeclined, FoundEnded, FoundHeld, FoundCaptured}, s)
}

// couldBeAnother says whether another payment of the sale, of e's operation and
// amount, could be what was found in that state.
func (t *turn) couldBeAnother(e *Payment, state FoundState) bool {
	if state == FoundDeclined && t.s.Dropped {
		return true
	}
	return t.s.newest(func(q *Payment) bool {
		switch {
		case q == e:
			return false
		case e.Operation == OpCapture:
			captured := q.Operation == OpCapture || len(q.Folded) > 0
			return captured && q.State == StateKnown && (q.Taken.maybe(e.Amount) || q.Back.maybe(e.Amount))
		case q.Operation != e.Operation || !maybeSame(q.Amount, e.Amount):
			return false
		case state == FoundDeclined:
			return q.State == StateRefused
		}
		return q.State == StateKnown
	}) != nil
}

// elsewhere says whether all that was found is of amounts that are not e's.
func (t *turn) elsewhere(e *Payment, found []FoundFact) bool {
	return !slices.ContainsFunc(found, func(x FoundFact) bool {
		return x.Amount == "" || x.Amount != AmountUnreadable && maybeSame(x.Amount, e.Amount)
	})
}

// tooMany says whether more was found captured or held than the sale's payments
// can account for. Captures are compared by their sum: one payment can have several.
func (t *turn) tooMany(found []FoundFact) bool {
	if t.f.Operation == OpCaptures {
		return t.sumTooHigh(found)
	}
	seen, accounted := 0, 0
	for i, x := range found {
		again := x.ID != 0 && slices.ContainsFunc(found[:i], func(y FoundFact) bool { return y.ID == x.ID })
		if !again && (x.State == FoundCaptured || x.State == FoundHeld) {
			seen++
		}
	}
	for i := range t.s.Payments {
		if q := &t.s.Payments[i]; q.State != StateRefused && q.Operation != OpRelease && about(q.Operation).kind != kindRefund {
			accounted++
		}
	}
	return seen > max(accounted, 1)
}

func (t *turn) sumTooHigh(found []FoundFact) bool {
	var seen, accounted Cents
	for _, x := range found {
		c, ok := centsOf(x.Amount)
		if !ok {
			return false
		}
		seen += c
	}
	for i := range t.s.Payments {
		q := &t.s.Payments[i]
		c, ok := centsOf(q.Amount)
		switch {
		case q.State == StateRefused || about(q.Operation).kind != kindPayment:
		case !ok:
			return false
		default:
			accounted += c
		}
	}
	return accounted > 0 && seen > accounted
}

// recall is for a read-back while nothing is open: what it shows is a payment
// that the sale knows, or one that it has never heard of.
func (t *turn) recall(found []FoundFact) {
	if t.recognised(found) {
		return
	}
	if t.tooMany(found) {
		t.found(foundUnclear, string(found[0].State))
		t.suspect(paidTwice)
		return
	}
	known := t.s.newest(func(q *Payment) bool { return q.State == StateKnown && about(q.Operation).kind == kindPayment })
	if known != nil || t.f.Operation == OpCaptures && len(found) > 1 {
		return
	}
	for _, x := range found { // of the several entries of one payment at most one is captured or held
		if x.State != FoundCaptured && x.State != FoundHeld {
			continue
		}
		e := Payment{Operation: OpAuthorization, Amount: plain(x.Amount), Since: t.f.At, Authorization: x.ID}
		t.found(foundTaken, string(x.State))
		e.known(outTaken)
		if x.State == FoundHeld {
			t.found(foundHeld, string(x.State))
			e.known(outHeld)
		}
		t.came(t.add(e), false)
	}
}

// recognised says whether each of what was found is one live payment of the
// sale, and no two are the same, and brings those payments up to date.
func (t *turn) recognised(found []FoundFact) bool {
	of := make([]int, 0, maxFound)
	for _, x := range found {
		at := -1
		for _, i := range t.s.live() {
			q := &t.s.Payments[i]
			unnumbered := x.ID == 0 || q.Authorization == 0 && q.Capture == 0
			switch {
			case !q.bears(x.ID) && !(unnumbered && maybeSame(x.Amount, q.Amount) && !t.couldBeAnother(q, x.State)):
				continue
			case at >= 0:
				return false
			}
			at = i
		}
		if at < 0 || slices.Contains(of, at) {
			return false
		}
		of = append(of, at)
	}
	for n, x := range found {
		q := &t.s.Payments[of[n]]
		switch {
		case q.Taken == 0 && x.State == FoundCaptured:
			q.Taken, q.Held = q.Held, 0
		case q.Taken == 0 && x.State == FoundEnded:
			q.Held = 0
		}
		t.concerns = of[n]
	}
	return true
}
