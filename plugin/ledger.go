package plugin

import "slices"

// The ledger: what the calls of a sale may have done with the customer's money.
// All that a card says of money, and all that bars another payment, comes from
// here. An exchange (call.go), a read-back (evidence.go) or a statement of the
// supervisor's is evidence about one payment; doc.go has its states.

// maxPayments is how many payments a sale remembers one by one. It is a variable
// for the model check, which comes to an end with fewer.
var maxPayments = 6

// kind is whose money the payment is about, and which way it goes.
func (p *Payment) kind() MoneyKind { return kindOf(p.Operation, p.Type) }

// kindOf: the oldest API had purchases among the transactions (page 10092715).
func kindOf(op Operation, transactionType string) MoneyKind {
	kind := about(op).money
	if kind == KindPayment && (transactionType == "promotional_purchase" || transactionType == "regular_purchase") {
		return KindPurchase
	}
	return kind
}

func (p *Payment) open() bool { return p.State == StateUnderWay || p.State == StateInDoubt }

// live says whether money of it is held or taken.
func (p *Payment) live() bool { return p.State == StateKnown && (p.Held != 0 || p.Taken != 0) }

// gone says whether it is a payment whose outcome was known once, and is in
// doubt again: Flexiti said that the hold is over, or contradicted itself.
func (p *Payment) gone() bool { return p.State == StateInDoubt && (p.Held != 0 || p.Taken != 0) }

// bears says whether the number is the payment's.
func (p *Payment) bears(id Hash) bool { return id != 0 && (id == p.Authorization || id == p.Capture) }

// known makes it a payment whose outcome is known.
func (p *Payment) known(out outcome) {
	all := centsOrSome(p.Amount)
	p.State, p.Held, p.Taken, p.Resending, p.Stated = StateKnown, 0, 0, false, ""
	switch out {
	case outHeld:
		p.Held = all
	case outTaken:
		p.Taken = all
	case outGiven:
		if p.Operation == OpRelease {
			p.Released = true
		} else {
			p.Back = all
		}
	}
}

// refused makes it a payment that did not happen; by names who stated so, if
// it was no answer of Flexiti's.
func (p *Payment) refused(by ActionID) {
	p.State, p.Held, p.Taken, p.Back, p.Resending, p.Stated = StateRefused, 0, 0, 0, false, by
}

// newest gives the newest payment for which the condition holds, or nil.
func (s *Sale) newest(is func(*Payment) bool) *Payment {
	for i := len(s.Payments) - 1; i >= 0; i-- {
		if is(&s.Payments[i]) {
			return &s.Payments[i]
		}
	}
	return nil
}

// doubtful gives the newest payment in doubt, or nil.
func (s *Sale) doubtful() *Payment {
	return s.newest(func(p *Payment) bool { return p.State == StateInDoubt })
}

func (s *Sale) underWay() *Payment {
	return s.newest(func(p *Payment) bool { return p.State == StateUnderWay })
}

// open and live give the indexes of those payments, the oldest first.
func (s *Sale) open() []int { return s.where((*Payment).open) }
func (s *Sale) live() []int { return s.where((*Payment).live) }

func (s *Sale) where(is func(*Payment) bool) (found []int) {
	for i := range s.Payments {
		if is(&s.Payments[i]) {
			found = append(found, i)
		}
	}
	return found
}

func (s *Sale) indexOf(p *Payment) int {
	for i := range s.Payments {
		if &s.Payments[i] == p {
			return i
		}
	}
	return -1
}

// claim is what one payment lets be said of the sale's money.
type claim struct {
	money Money
	kind  MoneyKind
	about About
	rank  int // how bad it is: the worst claim is the sale's
}

// claims gives what can be said of the payment, without memory of its own.
func (p *Payment) claims(use func(claim)) {
	say := func(m Money, rank int, kind MoneyKind, amount string) {
		use(claim{m, kind, About{p.Operation, amount, p.Since}, rank})
	}
	switch {
	case p.open():
		say(MoneyUnknown, 4, p.kind(), p.Amount)
		return
	case p.State == StateRefused:
		say(MoneyNotMoved, 1, p.kind(), p.Amount)
		return
	}
	if p.Taken != 0 && (p.Taken != SomeCents || p.Back == 0) { // else perhaps all of it was given back
		say(MoneyMoved, 3, p.kind(), p.Taken.amount())
	}
	if p.Back != 0 {
		say(MoneyMoved, 3, KindRefund, p.Back.amount())
	}
	if p.Held != 0 {
		say(MoneyHeld, 2, p.kind(), p.Held.amount())
	}
	if p.Taken == 0 && p.Back == 0 && p.Held == 0 {
		kind := p.kind()
		if p.Released {
			kind = KindRelease
		}
		say(MoneyNotMoved, 1, kind, p.Amount)
	}
}

// state writes into a decision what is true of the sale's money now: the worst
// of its payments; of equals the one that the event concerns, then taking
// before giving back, then the newest. It is the only place that does.
func (s *Sale) state(d *Decision, op *operation, concerns int) {
	d.Money, d.MoneyKind, d.About = MoneyNotMoved, op.money, nil
	if op.noMoney && len(s.Payments) == 0 && !s.Dropped {
		d.Money = MoneyNone
	}
	var worst claim
	weight := -1
	for i := range s.Payments {
		s.Payments[i].claims(func(c claim) {
			w := c.rank * 8
			if i == concerns {
				w += 4
				if c.kind == op.money {
					w += 2
				}
			}
			if c.kind == KindPurchase || c.kind == KindPayment {
				w++
			}
			if w >= weight {
				weight, worst = w, c
			}
		})
	}
	if weight >= 0 {
		d.Money, d.MoneyKind, d.About = worst.money, worst.kind, &worst.about
	}
	d.Doubt = s.doubtful() != nil
	d.Rest = s.Rest
}

// speaks gives a decision that is shown again the money of the sale as it is
// now: what was said before may have been overtaken.
func (s *Sale) speaks(d Decision) Decision {
	if len(s.Payments) == 0 {
		return d
	}
	was := d
	s.state(&d, about(OpUnknownRead), -1)
	if d.Money == was.Money && d.Doubt == was.Doubt {
		return was
	}
	// What was offered then may lead to a second payment now.
	d.Family, d.Owner, d.Retry = FamilyHelp, OwnerSupervisor, Retry{Policy: RetryNever}
	if d.Doubt {
		d.Family = FamilyCheck
	}
	d.Banner, d.Actions = BannerSupervisor, []Action{{ID: ActCallSupervisor}, {ID: ActHoldSale}}
	return d
}

// entry is a payment as the facts of this event tell it.
func (t *turn) entry(state PaymentState) Payment {
	f := &t.f
	e := Payment{
		Operation: f.Operation, Amount: plain(f.Amount), Since: f.At, State: state, Announced: f.Action == "",
		Call: f.Call, Authorization: f.Authorization, Capture: f.Capture,
		Split: t.s.Split && t.op.pays,
	}
	switch f.Operation {
	case OpTransactions:
		e.Type, e.Key, e.HasKey = f.TransactionType, f.Key, f.HasKey
	case OpAuthorization:
		e.AutoCapture = t.p.autoCapture(f.AutoCapture)
	}
	if e.Split {
		t.s.Split = false
	}
	return e
}

// add puts a payment into the ledger. Where there is no room, a refused one
// goes; without one, the last becomes `several`, which only the supervisor settles.
func (t *turn) add(e Payment) *Payment {
	s := &t.s
	if len(s.Payments) == maxPayments {
		i := slices.IndexFunc(s.Payments, func(p Payment) bool { return p.State == StateRefused && p.Stated == "" })
		if i < 0 { // what somebody stated may still be answered
			i = slices.IndexFunc(s.Payments, func(p Payment) bool { return p.State == StateRefused })
		}
		switch {
		case i >= 0:
			s.Dropped = s.Dropped || about(s.Payments[i].Operation).pays
			s.Payments = slices.Delete(s.Payments, i, i+1)
		case e.State == StateRefused:
			s.Dropped = s.Dropped || about(e.Operation).pays
			return &e
		default:
			last := &s.Payments[maxPayments-1]
			*last = Payment{Operation: OpSeveral, Since: last.Since, State: StateInDoubt}
			t.concerns = maxPayments - 1
			return last
		}
	}
	s.Payments = append(s.Payments, e)
	t.concerns = len(s.Payments) - 1
	return &s.Payments[t.concerns]
}

// giveUpWaiting puts what is under way in doubt, but for one payment.
func (t *turn) giveUpWaiting(but int) {
	for i := range t.s.Payments {
		if p := &t.s.Payments[i]; i != but && p.State == StateUnderWay {
			p.State = StateInDoubt
		}
	}
}

// suspect is for a payment that perhaps came twice, or late: from now on only
// the supervisor can finish the sale.
func (t *turn) suspect(what situation) {
	m := t.d.Matched
	t.s.Suspect = true
	t.use(situations[what])
	t.d.Matched = m
}

// came takes note of a payment e that went through, however it became known.
// answered: it is the answer to a call that was under way.
func (t *turn) came(e *Payment, answered bool) {
	if e.Operation == OpSeveral { // there was no room for it
		if t.s.Closed != "" || t.s.Denied {
			t.suspect(lateSuccess)
		}
		return
	}
	same := t.s.newest(func(q *Payment) bool {
		return q != e && q.live() && about(q.Operation).kind == kindPayment && q.kind() == e.kind() && maybeSame(q.Amount, e.Amount)
	})
	switch {
	case same != nil && !e.Split && !(e.Authorization != 0 && e.Authorization == same.Authorization):
		t.twice = true
		t.suspect(paidTwice)
	case t.s.Closed != "", t.s.Denied && !answered && !t.another(e):
		t.suspect(lateSuccess)
	}
	if r := t.s.Rest; r != nil && r.Operation != OpCapture && about(r.Operation).money == about(e.Operation).money {
		t.s.Rest = nil
	}
}

// another says whether e is shown, by its call or its authorization, to be none
// of the payments that somebody stated as not taken.
func (t *turn) another(e *Payment) bool {
	denied := 0
	same := t.s.newest(func(q *Payment) bool {
		if q.Stated == "" || q.State != StateRefused {
			return false
		}
		denied++
		if e.HasKey && q.HasKey && (e.Key == q.Key || e.Key == 0 || q.Key == 0) {
			return true // under one key they are one payment
		}
		differs := e.Call != 0 && q.Call != 0 && e.Call != q.Call || e.Authorization != 0 && q.Authorization != 0 && e.Authorization != q.Authorization
		return !differs
	})
	return denied > 0 && same == nil
}

// settle takes the supervisor's word about the payment in doubt.
func (t *turn) settle(r *actionRow) {
	e := t.s.doubtful()
	if e == nil {
		return
	}
	t.concerns = t.s.indexOf(e)
	call := about(e.Operation)
	switch r.settles {
	case factTaken:
		switch {
		case e.Operation == OpCapture:
			t.conclude(e)
		case e.Operation == OpRelease:
			t.stated(e, factTaken)
		case e.gone():
			e.State, e.Taken, e.Held = StateKnown, e.Taken.plus(e.Held), 0
		default:
			e.known(outTaken)
			e.Stated = r.id
			if call.pays {
				t.came(e, true)
			}
		}
	case factHeld:
		switch {
		case e.Operation == OpCapture || e.Operation == OpRelease:
			t.stated(e, factHeld)
		case e.gone():
			e.State = StateKnown
		default:
			e.known(outHeld)
			e.Stated = r.id
			t.came(e, true)
		}
	case factNotTaken:
		switch {
		case e.Operation == OpCapture || e.Operation == OpRelease:
			t.s.Denied = t.s.Denied || e.Operation == OpCapture
			t.stated(e, factNotTaken)
		case e.gone() && (e.Held != 0 || len(e.Folded) > 0):
			e.State, e.Held = StateKnown, 0 // a part that was captured before stays taken
		default:
			e.refused(r.id)
			t.s.Denied = true
		}
	case factRefunded:
		t.fold(e)
	case factNotRefunded:
		e.refused(r.id)
	}
}

// doubting is the sale after a call of which no more is known than its
// operation, and perhaps not even that.
func (s Sale) doubting(op Operation, at int64) Sale {
	if _, ok := named(op); !ok {
		op = OpUnknown
	}
	t := newTurn(Facts{Operation: op, At: at}, s, Policy{})
	t.giveUpWaiting(-1)
	t.add(t.entry(StateInDoubt))
	t.s.V = saleVersion
	return t.s
}
