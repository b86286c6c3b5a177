package plugin

import "slices"

// The calls of the POS in ledger_pos_test.go: how they leave, are lost, and come back.

// ask notes a request and gives its place.
func (p *play) ask(q fxRequest) int {
	q.blind = slices.ContainsFunc(p.q, func(r fxRequest) bool { return r.payment == q.payment && movesMoney(r.op) && !r.answered })
	if p.names {
		p.calls++
		q.name = "call" + dollarsOf(p.calls)
	}
	p.q = append(p.q, q)
	return len(p.q) - 1
}

// send lets a request leave: announced says that the module knows already.
func (p *play) send(i int, announced bool) {
	if p.flight >= 0 && !(p.names && p.pending) && p.q[p.flight].op == p.q[i].op {
		p.q = p.q[:i] // nobody could tell the two answers apart
		p.book.phantom = p.book.phantom || announced
		return
	}
	if p.pending {
		x := p.exchange(i)
		x.Failure = FailurePending
		p.post(i, x)
		announced = true
	}
	if p.book.broken != "" {
		return
	}
	if announced && p.flight < 0 && p.chance(35) {
		p.flight = i
		return
	}
	p.deliver(i)
}

func (p *play) exchange(i int) Exchange {
	q := &p.q[i]
	x := Exchange{Operation: q.op, Call: q.name}
	x.Request.Format = q.method
	if MovesMoney(q.op) {
		x.Request.Amount = dollarsOf(q.amount)
		if q.untold {
			x.Request.Amount = ""
		}
	}
	switch q.op {
	case OpUnknown:
		x.Operation, x.Method, x.URL, x.Request.Amount = "", "POST", "/flexiti/pos-api/v3/basket", ""
	case OpAuthorization:
		if p.tells {
			x.Request.AutoCapture = &no
			if q.auto {
				x.Request.AutoCapture = &yes
			}
		}
	case OpTransactions:
		x.Request.TransactionType = q.kind
		if x.Request.IdempotencyKey = q.key; q.key != "" && !p.tellsKey {
			x.Request.IdempotencyKey = KeySent
		}
	case OpCapture, OpRelease, OpReturn, OpAuthorizationGet:
		if q.payment >= 0 {
			x.Method, x.Operation = "POST", ""
			a := &p.x.payments[q.payment]
			x.URL = "/flexiti/pos-api/v2.5.1/client-id/acme/authorization/" + a.number
			switch q.op {
			case OpCapture:
				x.URL += "/capture"
			case OpRelease:
				x.URL += "/release"
			case OpReturn:
				x.URL += "/capture/" + a.capture + "/return"
			default:
				x.Method = "GET"
			}
		}
	}
	return x
}

// deliver is what comes back for a request, and what Flexiti makes of it.
func (p *play) deliver(i int) {
	q := &p.q[i]
	if !MovesMoney(q.op) {
		p.deliverRead(i)
		return
	}
	k := p.n(100)
	if q.op == OpUnknown { // nothing of ours is at the other end
		k = 67 + p.n(33)
	}
	switch {
	case p.busy && p.chance(60):
		p.lose(i)
	case k < 48:
		p.carryOut(q, reply{})
		p.answer(i)
	case k < 62:
		p.carryOut(q, pickOf(&p.dice, refusals[q.op]...))
		p.answer(i)
	case k < 67:
		x := p.exchange(i)
		x.Failure, x.Sent = pickOf(&p.dice, FailureRefused, FailureDNS, FailureTimeout), SentNo
		q.answered, q.decided = true, true
		p.post(i, x)
	default:
		p.lose(i)
	}
}

// lose is a reply that says nothing of what became of the call.
func (p *play) lose(i int) {
	q := &p.q[i]
	switch k := p.n(100); {
	case q.op == OpUnknown:
	case k < 50:
		p.carryOut(q, reply{})
	case k < 60:
		p.carryOut(q, pickOf(&p.dice, refusals[q.op]...))
	case k < 75:
		q.late = p.step + 1 + p.n(5)
	default: // it never arrived
	}
	x := p.exchange(i)
	blur(&x, unclear[p.n(len(unclear))])
	q.lost = true
	p.givenUp(q)
	p.post(i, x)
}

// givenUp: news of a call that the sale knows under no name, and no longer waits for.
func (p *play) givenUp(q *fxRequest) {
	if (q.name == "" || !p.pending) && q.heard > 0 && (p.d.Doubt || q.settled != "") {
		p.book.phantom = true
	}
}

// blur gives an exchange the reply of another.
func blur(x *Exchange, u Exchange) {
	x.Status, x.Body, x.Failure, x.Sent, x.BodyCut = u.Status, u.Body, u.Failure, u.Sent, u.BodyCut
}

// carryOut lets Flexiti deal with a request.
func (p *play) carryOut(q *fxRequest, refuse reply) {
	p.x.work(q, p.step, refuse)
	if p.book.telling {
		p.book.tell(p, "at Flexiti: "+p.book.request(q)+" "+map[bool]string{true: "done", false: "not done"}[q.did])
	}
}

// answer posts Flexiti's true reply.
func (p *play) answer(i int) {
	q := &p.q[i]
	x := p.exchange(i)
	x.Status, x.Body = q.status, q.body
	q.answered = true
	if q.did && q.payment >= 0 && p.x.payments[q.payment].ended {
		p.x.payments[q.payment].endedUnheard = true // an old reply: it tells of a hold that is over
	}
	p.givenUp(q)
	if !q.did && q.payment >= 0 && (q.body == endedBody || q.body == exceededBody) {
		p.x.payments[q.payment].endedUnheard = false
	}
	p.post(i, x)
}

var goodReads = map[Operation]string{
	OpToken: `{"access_token":"x"}`, OpLookup: `{"account_number":"1"}`, OpVerify: `{"verification_code":"verification_sent_to_sms"}`, OpSearch: `[{"customer_id":1}]`,
	OpCalculateInterest: `{"regular_purchase":{"term_amount":1}}`, OpTerms: `{"terms":"x"}`, OpApply: `{"application":"x"}`, OpAuthorizations: `[{"x":1}]`, OpCaptures: `[{"x":1}]`,
	OpAuthorizationGet: `{"authorization_id":"A"}`,
}

func (p *play) deliverRead(i int) {
	q := &p.q[i]
	x := p.exchange(i)
	q.answered, q.decided = true, true
	readBack := q.op == OpAuthorizations || q.op == OpAuthorizationGet || q.op == OpCaptures
	switch k := p.n(100); {
	case k < 72:
		x.Status, x.Body = 200, goodReads[q.op]
		if q.op == OpAuthorizationGet && q.payment >= 0 {
			x.Body = `{"authorization_id":"` + p.x.payments[q.payment].number + `"}`
		}
		if readBack && !p.chance(5) {
			x.Found = p.x.shows(q.op, q.payment, p.step, pickOf(&p.dice, 0, 0, 0, 1, 2), p.declined)
			if len(x.Found) == 0 && q.op != OpAuthorizationGet {
				x.Body = `[]`
			}
			for j := range x.Found {
				f := &x.Found[j]
				p.shownBy(f.ID)
				if f.State != FoundHeld && p.ids && (!p.d.Doubt || q.payment >= 0) {
					p.heardOf(f.ID)
				}
				if !p.ids {
					f.ID = ""
				}
			}
		}
		if q.op == OpApply {
			x.Result = pickOf(&p.dice, ResultApproved, ResultPending, ResultDeclined)
		}
	case k < 80 && q.op != OpAuthorizations:
		x.Status, x.Body = 404, `{"error":"not_found"}`
	case k < 86:
		x.Status, x.Body = 401, `{"error":"invalid_token"}`
	default:
		blur(&x, unclear[p.n(len(unclear))])
		if readBack && p.chance(30) {
			x.Found = []Found{}
		}
	}
	p.post(i, x)
}

// shownBy notes the payment that a read-back shows.
func (p *play) shownBy(number string) {
	for i := range p.q {
		if q := &p.q[i]; q.payment >= 0 && p.x.payments[q.payment].number == number {
			q.shown = true
		}
	}
}

// heardOf: somebody has now been told that a hold is over.
func (p *play) heardOf(number string) {
	for i := range p.x.payments {
		if a := &p.x.payments[i]; a.number == number {
			a.endedUnheard = false
		}
	}
}

// post hands an exchange to the module.
func (p *play) post(i int, x Exchange) {
	f := Recognise(x)
	f.At = p.at
	p.q[i].hear(p.at)
	what := ""
	if p.book.telling {
		what = p.book.exchange(&p.q[i], x)
	}
	p.decide(i, f, what)
}

// decide is one card.
func (p *play) decide(i int, f Facts, what string) {
	if p.book.broken != "" {
		return
	}
	before, was := p.s, p.d
	p.d, p.s = Decide(f, p.s, p.policy)
	p.shown = true
	p.book.tellCard(p, what)
	p.book.see(p, i, &f, &before, &was)
	p.at++ // no two events have one time: `since` tells them apart
	p.learn()
}

// learn: what made the fate of the sale's money known told the till as well.
func (p *play) learn() {
	if p.d.Money == MoneyUnknown || p.flight >= 0 {
		return
	}
	for i := range p.dues {
		u := &p.dues[i]
		u.asked, u.paid = false, false
		for j := range p.q {
			q := &p.q[j]
			u.paid = u.paid || q.due == i+1 && q.did
		}
	}
}
