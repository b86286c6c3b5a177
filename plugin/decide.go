package plugin

import "slices"

// Decide says what is to be done about the facts of one event, and what the
// sale remembers of it. It is total and pure: the same facts, sale and policy
// give the same decision, whatever the time or the till. A sale that this
// package has read or given, or the zero Sale, is expected; the sale passed in
// is not changed.
func Decide(f Facts, s Sale, p Policy) (Decision, Sale) {
	if f.Action != "" {
		return decideAction(f, s, p)
	}
	t := newTurn(f, s, p)
	id, m := t.match()
	t.use(id)
	t.d.Matched = m
	t.d.Fields = append(t.d.Fields, t.f.Fields...)
	switch {
	case t.op.kind == kindReadBack:
		t.readBack()
	case t.op.moves():
		t.call()
	}
	t.count()
	return t.finish()
}

// turn is one decision in the making.
type turn struct {
	f        Facts
	s        Sale
	p        Policy
	op       *operation
	out      outcome
	card     *card
	d        Decision
	twice    bool       // a payment came that is perhaps the second one
	concerns int        // index of the payment that this event is about, or -1
	not      []ActionID // actions of the card that this event rules out
	asked    bool       // the supervisor is asked: what only the supervisor may do can be offered
}

func newTurn(f Facts, s Sale, p Policy) turn {
	op, ok := named(f.Operation)
	if !ok {
		f.Operation = OpUnknown
		op = about(OpUnknown)
	}
	if f.Operation == OpVerify && f.Format == "" {
		f.Format = s.Asked
	}
	f = judged(f, p)
	s.Payments = slices.Clone(s.Payments) // a sale that was handed in is never written to
	t := turn{f: f, s: s, p: p, op: op, out: outcomeOf(&f, &p, op), concerns: -1}
	t.d.Fields = noFields
	return t
}

var noFields = []Field{}

// use makes the decision that of a card, before the sale has its say.
func (t *turn) use(id CardID) {
	c := &cards[id]
	t.card = c
	t.d.Card, t.d.Family, t.d.Banner, t.d.Owner, t.d.Privacy = id, c.family, c.banner, c.owner, c.privacy
	t.d.Retry = Retry{Policy: c.retry}
	if c.retry == RetryLimited {
		t.d.Retry.Left = 1
	}
}

// finish gives the decision its money, its actions and its banner, and the sale its memory.
func (t *turn) finish() (Decision, Sale) {
	d, s := &t.d, &t.s
	if doubt := s.doubtful(); doubt != nil && (t.asked || t.p.SettledBy == OwnerCashier) {
		t.concerns = s.indexOf(doubt) // what is asked, and what the card is about, is one
	}
	s.state(d, t.op, t.concerns)
	ids := t.offer()
	if d.Banner == "" {
		d.Banner = t.bannerOf(ids[0])
	}
	t.list(ids)
	if s.Replaced {
		d.Notice = NoticeSaleReplaced
	}
	s.V = saleVersion
	s.Last = &Last{Card: d.Card, Operation: t.f.Operation, Format: t.f.Format, Type: t.f.TransactionType, Owner: d.Owner, Offered: ids}
	return *d, *s
}

// list writes the actions that are offered into the decision, each with its call.
func (t *turn) list(ids []ActionID) {
	t.d.Actions = make([]Action, len(ids))
	next := make([]Next, len(ids)) // one piece of memory for all of them
	for i, id := range ids {
		t.d.Actions[i].ID = id
		if n, ok := t.next(rowOf(id)); ok {
			next[i] = n
			t.d.Actions[i].Next = &next[i]
		}
	}
}

// bannerOf names the act that the first action is.
func (t *turn) bannerOf(first ActionID) Banner {
	r := rowOf(first)
	again := t.d.Retry.Policy == RetryLimited && r.keeps(t.card.does)
	switch {
	case again && r.method == "" && !r.corrects || again && t.card.does == spendsWord, again && first == ActEnterAgain:
		return BannerOnceMore
	case first == ActLookUpAgain && t.d.Retry.Policy != RetryAfterFix:
		return BannerOnceMore
	case r.payment && t.card.family == FamilyStop:
		return BannerNotToday
	}
	return r.banner
}

// decideAction decides what comes after the cashier's choice. An action that
// was not offered changes nothing and gets the safe card; Answer names it as an error.
func decideAction(f Facts, s Sale, p Policy) (Decision, Sale) {
	r, last := rowOf(f.Action), s.Last
	if last == nil {
		last = &Last{}
	}
	f.Operation, f.Format, f.TransactionType = last.Operation, last.Format, last.Type
	t := newTurn(f, s, p)
	t.d.Matched = Matched{"action//" + string(f.Action), byAction, SourceJudgement}
	if !s.Offers(f.Action) {
		t.d.Matched.Rule = "action//"
		t.use(situations[troubledTill])
		d, _ := t.finish()
		return d, s
	}
	t.use(last.Card)
	next, calls := t.next(r)
	t.use(r.after)
	switch {
	case r.after == 0 && !calls: // keep_waiting
		t.use(last.Card)
	case r.settles != 0:
		t.settle(r)
	case calls && r.input:
		t.s.Asked, t.s.Split = r.method, f.Action == ActSplitPayment
	case calls:
		t.send(r, next)
	case r.ends:
		t.s.Closed, t.s.Rest, t.s.Split = f.Action, nil, false
	}
	switch f.Action {
	case ActCarryOn:
		t.s.state(&t.d, t.op, t.concerns)
		t.list(slices.DeleteFunc(slices.Clone(last.Offered), func(id ActionID) bool { return rowOf(id).call != callNone }))
		return t.d, s
	case ActCallSupervisor:
		t.asked = true
		t.giveUpWaiting(-1) // nobody waits any longer
		if doubt := t.s.doubtful(); doubt != nil {
			t.concerns = t.s.indexOf(doubt)
			t.use(situations[supervisorSettles])
			if about(doubt.Operation).kind == kindRefund {
				t.use(situations[supervisorSettlesRefund])
			}
		}
	}
	return t.finish()
}

// send is for an action whose call leaves at once: the card says so, and a
// call that moves money is under way from now on.
func (t *turn) send(r *actionRow, next Next) {
	f := &t.f
	again := f.Operation == next.Operation
	f.Operation, f.Format = next.Operation, next.Format
	if !again {
		f.TransactionType = ""
	}
	t.op = about(next.Operation)
	t.use(working(t.op))
	switch {
	case r.call == callResend:
		doubt := t.s.doubtful()
		doubt.Resending = true
		t.concerns = t.s.indexOf(doubt)
	case t.op.moves():
		t.giveUpWaiting(-1)
		e := t.entry(StateUnderWay)
		if refused := t.s.newest(func(p *Payment) bool { return p.State == StateRefused && p.Operation == next.Operation }); refused != nil {
			e.Type, e.AutoCapture, e.Amount = refused.Type, refused.AutoCapture, refused.Amount
			e.Authorization, e.Capture, e.Split = refused.Authorization, refused.Capture, refused.Split
		}
		t.add(e)
	case next.Format != "":
		t.s.Asked = next.Format
	}
}
