package plugin

// A POS that does as it is told, a cashier who presses any key that is offered,
// and a supervisor who looks at Flexiti's books before saying what is true.

// habits are how a till talks to the module.
type habits struct {
	names      bool // names its calls
	pending    bool // says when a call leaves
	ids        bool // gives the number of what a read-back found
	declined   bool // its read-backs show refused payments
	auto       bool // authorizations are taken at once
	tells      bool // … and the request says so; else the store's setting does
	keys       bool // sends transactions with an idempotency key
	tellsKey   bool // … and tells it
	busy       bool // a long sale in which much is lost, and nobody waits for an answer
	untold     bool // captures, releases and returns of all do not tell an amount
	headstrong bool // it sends what it wants, whatever the card says
	policy     Policy
}

var (
	yes, no  = true, false
	policies = []Policy{{}, {SplitPayment: true}, {SplitPayment: true, Override: true, Limits: Limits{Checks: 1}}, {SettledBy: OwnerCashier}, {Limits: Limits{Checks: 3}, WaitS: 5}}
)

func habitsOf(r *dice, plain uint16) habits {
	bit := func(i, percent int) bool { return r.chance(percent) && plain>>i&1 == 0 }
	h := habits{
		names: bit(0, 60), pending: bit(1, 50), ids: bit(2, 50), declined: bit(3, 50), auto: r.chance(55),
		keys: bit(4, 70), tellsKey: bit(5, 70), untold: bit(6, 30),
	}
	h.busy = bit(9, 4)
	h.tells = !bit(7, 30)
	if i := r.n(len(policies)); plain>>8&1 == 0 {
		h.policy = policies[i]
	}
	h.policy.AutoCapture = nil
	if !h.tells {
		h.policy.AutoCapture = &no
		if h.auto {
			h.policy.AutoCapture = &yes
		}
	}
	return h
}

// due is one thing that the customer is to pay.
type due struct {
	op     Operation
	kind   string
	amount int
	asked  bool // sent, and its fate open or good
	paid   bool // the till knows that it is paid
}

// play is one sale being played.
type play struct {
	habits
	dice
	x      flexiti
	q      []fxRequest
	flight int // the request that is on its way, or -1
	dues   []due
	price  int // cents
	other  int // paid otherwise
	at     int64
	step   int
	s      Sale
	d      Decision
	shown  bool
	closed bool
	calls  int // how many have a name

	book judge
}

// prices are such that no two parts are equal by chance.
var prices = []int{124900, 10000, 9900, 50001, 10}

// start sets the scene: what is to be paid, and what is there from earlier sales.
func (p *play) start() {
	p.at = 1795530727000
	price := prices[p.n(len(prices))]
	switch k := p.n(100); {
	case k < 55:
		p.dues = append(p.dues, due{op: OpAuthorization, amount: price})
	case k < 75:
		p.dues = append(p.dues, due{op: OpTransactions, kind: pickOf(&p.dice, "deposit", "instore_payment"), amount: price})
	case k < 83:
		p.dues = append(p.dues, due{op: OpTransactions, kind: "deposit", amount: 2500}, due{op: OpAuthorization, amount: price})
	case k < 88:
		p.dues = append(p.dues, due{op: OpAuthorization, amount: price}, due{op: OpAuthorization, amount: price/2 + 3})
	case k < 94: // goods come back
		p.x.payments = append(p.x.payments, fxPayment{op: OpAuthorization, number: "A0", capture: "C0", amount: price, before: price, old: true})
	default: // goods are delivered, or not, for a hold of an earlier sale
		if p.chance(30) {
			// … and more is bought: with its number the hold is not taken for the new one.
			p.dues = append(p.dues, due{op: OpAuthorization, amount: price})
			price, p.ids, p.untold = price*2+1, true, false
		}
		p.x.payments = append(p.x.payments, fxPayment{op: OpAuthorization, number: "A0", amount: price, held: price, old: true})
	}
	for i := range p.x.payments {
		p.x.sees(i, 0)
	}
	for _, u := range p.dues {
		p.price += u.amount
	}
}

func pickOf[T any](r *dice, of ...T) T { return of[r.n(len(of))] }

// one does the next thing that happens at the till.
func (p *play) one() {
	p.at += pickOf(&p.dice, int64(1000), 1000, 4000, 20_000, 70_000)
	for i := range p.q {
		if q := &p.q[i]; q.late != 0 && q.late <= p.step {
			q.late = 0
			p.carryOut(q, reply{})
		}
	}
	if p.chance(1) {
		p.runOut()
	}
	if p.closed {
		p.afterwards()
		return
	}
	if p.busy && p.chance(60) {
		p.flow()
		return
	}
	if p.flight >= 0 {
		switch k := p.n(100); {
		case k < 55:
			i := p.flight
			p.flight = -1
			p.deliver(i)
		case k < 90:
			p.pressAny()
		default:
			p.chore()
		}
		return
	}
	switch k := p.n(100); {
	case p.shown && k < 62:
		p.pressAny()
		if p.chance(8) && !p.closed {
			p.pressAny() // twice
		}
	case k < 72:
		p.answerLate()
	case k < 80:
		p.chore()
	default:
		p.flow()
	}
}

// afterwards: what still comes in, or is sent by mistake, once the sale has ended.
func (p *play) afterwards() {
	switch i := p.flight; {
	case i >= 0 && p.chance(70):
		p.flight = -1
		p.deliver(i)
	case p.chance(50):
		p.answerLate()
	case p.chance(15):
		p.send(p.ask(fxRequest{op: OpAuthorization, amount: 700, payment: -1, auto: p.auto}), false)
	}
}

// runOut: a hold comes to its end by itself, and nobody says so.
func (p *play) runOut() {
	for i := range p.x.payments {
		if a := &p.x.payments[i]; a.held > 0 && p.chance(50) {
			a.amount = a.held
			a.held, a.ended, a.endedUnheard = 0, true, true
			p.x.sees(i, p.step)
			p.book.tell(p, "at Flexiti the hold "+a.number+" runs out")
		}
	}
}

// answerLate: the reply to a call that was given up comes in after all.
func (p *play) answerLate() {
	if !p.names {
		return
	}
	for i := range p.q {
		if q := &p.q[i]; q.lost && q.decided && !q.answered && q.name != "" && i != p.flight {
			p.answer(i)
			return
		}
	}
}

// chore is a call that moves no money, by the cashier or by the till itself.
func (p *play) chore() {
	if p.chance(15) {
		p.sayAgain()
		return
	}
	if i := p.knownPayment(); i >= 0 && !p.x.payments[i].old && p.chance(25) {
		p.send(p.ask(fxRequest{op: OpAuthorizationGet, payment: i}), false)
		return
	}
	op := pickOf(&p.dice, OpLookup, OpToken, OpVerify, OpCalculateInterest, OpTerms, OpAuthorizations, OpCaptures)
	if p.chance(4) {
		op = OpUnknown
	}
	p.send(p.ask(fxRequest{op: op, payment: -1, method: method(op)}), false)
}

// sayAgain: the till posts an answer a second time, or that it was lost after all.
func (p *play) sayAgain() {
	for i := range p.q {
		if q := &p.q[i]; q.name != "" && q.answered && q.did && paysByItself(q.op) && !q.resend && p.chance(60) {
			q.again = true
			if p.chance(50) {
				p.answer(i)
				return
			}
			x := p.exchange(i)
			x.Failure = FailureTimeout
			p.post(i, x)
			return
		}
	}
}

func method(op Operation) Method {
	if op == OpVerify {
		return MethodSMS
	}
	return ""
}

// flow is what the till does as the sale goes on: it asks for what is to be
// paid, once, and again where nothing stands in the way; it captures, releases
// and gives back. It pays nothing beside money whose fate is open; but now and
// then somebody does it all the same, and that the customer then pays twice is
// nobody's fault here.
func (p *play) flow() {
	if !p.headstrong && p.shown && (p.d.Doubt || p.d.Money == MoneyUnknown) {
		p.chore() // the card says to wait, to check, or to call the supervisor
		return
	}
	if p.headstrong && p.shown && len(p.dues) > 0 && (p.tellsKey || !p.keys) && p.chance(map[bool]int{false: 3, true: 20}[p.busy]) {
		p.book.willful = true
		p.pay(p.n(len(p.dues)), p.dues[0].amount, false)
		return
	}
	if i := p.unpaid(); i >= 0 && p.chance(70) {
		p.pay(i, p.dues[i].amount, false)
		return
	}
	if i := p.knownPayment(); i >= 0 {
		p.change(i)
	}
}

// unpaid gives what the till may ask for by itself now, or -1.
func (p *play) unpaid() int {
	open := p.d.Money == MoneyUnknown || p.d.Doubt || p.book.suspect
	for i := range p.dues {
		u := &p.dues[i]
		if !u.paid && !u.asked && !open {
			return i
		}
	}
	return -1
}

// pay asks for a payment.
func (p *play) pay(i, amount int, split bool) {
	u := &p.dues[i]
	q := fxRequest{op: u.op, kind: u.kind, amount: amount, payment: -1, split: split, auto: p.auto, due: i + 1}
	if u.op == OpTransactions && p.keys {
		p.x.numbers++
		q.key = "key" + dollarsOf(p.x.numbers)
	}
	u.asked = true
	p.send(p.ask(q), false)
}

// knownPayment gives a payment that the till knows, or one of an earlier sale, or -1.
func (p *play) knownPayment() int {
	from := p.n(len(p.x.payments) + 1)
	for k := range p.x.payments {
		i := (from + k) % len(p.x.payments)
		if a := &p.x.payments[i]; a.op == OpAuthorization && !a.refused && (a.old || p.knows(i)) {
			return i
		}
	}
	return -1
}

// knows says whether the till has had a good answer about a payment.
func (p *play) knows(i int) bool {
	for j := range p.q {
		if q := &p.q[j]; q.payment == i && q.answered && q.did && (q.op == OpAuthorization || q.op == OpTransactions) {
			return true
		}
	}
	return false
}

// change captures or releases a hold, or gives back what was taken: all or a part.
func (p *play) change(i int) {
	a := &p.x.payments[i]
	q := fxRequest{op: OpCapture, payment: i, amount: a.held}
	switch left := a.before + a.captured - a.back; {
	case a.held > 0 && p.chance(30):
		q.op = OpRelease
	case a.held > 0:
	case left > 0:
		q.op, q.amount = pickOf(&p.dice, OpReturn, OpRefund), left
	case a.ended && p.chance(50): // the till does not know
		q.op, q.amount = pickOf(&p.dice, OpCapture, OpRelease), a.amount
	default:
		return
	}
	switch {
	case p.chance(25) && q.amount > 3:
		q.amount = q.amount*2/5 + 1
	case p.untold && q.op != OpRefund:
		q.untold = true
	case p.chance(3):
		q.amount += 100
	}
	p.send(p.ask(q), false)
}
