package plugin

// saleV1 is a sale as version 1 had it: a doubt, and no payments. A till may
// change modules in the middle of a sale.
type saleV1 struct {
	answers, words, codes, amounts, signIns, repeats int
	answersAt, lockedUntil                           int64
	ruledOut                                         []Method
	repeated, paying                                 Operation
	pending                                          *Next
	last                                             *lastV1
	doubt                                            *doubtV1
	closed                                           ActionID
	replaced                                         bool
}

type lastV1 struct {
	card      string
	operation Operation
	format    Method
	kind      MoneyKind
	money     Money
	owner     Owner
	offered   []Action
}

type doubtV1 struct {
	Payment
	kind     MoneyKind
	underWay bool
}

func (c *codec) saleV1(s *saleV1) {
	version := 1
	for o := c.object(); c.more(&o); {
		num(c, "v", &version, 1, 1)
		optNum(c, "answers", &s.answers, 0, maxLimit)
		optNum(c, "answers_at", &s.answersAt, 0, maxInteger)
		optNum(c, "locked_until", &s.lockedUntil, Forever, maxInteger)
		optNum(c, "words", &s.words, 0, maxCount)
		optNum(c, "codes", &s.codes, 0, maxCount)
		optNum(c, "amounts", &s.amounts, 0, maxCount)
		optList(c, "ruled_out", &s.ruledOut, len(methods), (*codec).method)
		optNum(c, "sign_ins", &s.signIns, 0, maxCount)
		optNum(c, "repeats", &s.repeats, 0, maxCount)
		optWord(c, "repeated", &s.repeated, callable)
		optWord(c, "paying", &s.paying, callable)
		maybe(c, "pending", &s.pending, (*codec).next)
		maybe(c, "last", &s.last, (*codec).lastV1)
		maybe(c, "doubt", &s.doubt, (*codec).doubtV1)
		optWord(c, "closed", &s.closed, actionIDs)
		c.optFlag("replaced", &s.replaced)
	}
	c.once("ruled_out", s.ruledOut)
}

func (c *codec) lastV1(l *lastV1) {
	for o := c.object(); c.more(&o); {
		c.optText("card", &l.card)
		optWord(c, "operation", &l.operation, callable)
		optWord(c, "format", &l.format, methods)
		optWord(c, "kind", &l.kind, moneyKinds[:])
		optWord(c, "money", &l.money, moneys[:])
		optWord(c, "owner", &l.owner, owners[:])
		optList(c, "offered", &l.offered, maxActions, (*codec).action)
	}
}

func (c *codec) doubtV1(d *doubtV1) {
	for o := c.object(); c.more(&o); {
		word(c, "operation", &d.Operation, callable)
		word(c, "kind", &d.kind, moneyKinds[:])
		c.dollars("amount", &d.Amount)
		c.maybeFlag("auto_capture", &d.AutoCapture)
		c.optFlag("has_key", &d.HasKey)
		optNum(c, "since", &d.Since, 0, maxInteger)
		optNum(c, "checks", &d.Checks, 0, maxCount)
		optNum(c, "resends", &d.Resends, 0, maxCount)
		c.optFlag("under_way", &d.underWay)
	}
	if !MovesMoney(d.Operation) {
		c.fail("", "must be about money")
	}
}

// migrated is the sale as this version has it.
func (s *saleV1) migrated() Sale {
	to := Sale{
		V: saleVersion, LockedUntil: s.lockedUntil, Words: s.words, Codes: s.codes, Amounts: s.amounts, RuledOut: s.ruledOut,
		SignIns: s.signIns, Repeats: s.repeats, Repeated: s.repeated, Pending: s.pending, Closed: s.closed, Replaced: s.replaced,
	}
	for range min(s.answers, maxAnswers) {
		to.Answers = append(to.Answers, s.answersAt)
	}
	if p := s.payment(); p.State != "" {
		to.Payments = []Payment{p}
	}
	if l := s.last; l != nil {
		to.Last = &Last{Operation: l.operation, Format: l.format, Owner: l.owner}
		to.Last.Card, _ = cardNamed(l.card)
		for _, a := range l.offered {
			to.Last.Offered = append(to.Last.Offered, a.ID)
		}
	}
	return to
}

// payment is what version 1 knew of the sale's money, if anything: its doubt,
// else what its last card said, which names no amount.
func (s *saleV1) payment() Payment {
	if d := s.doubt; d != nil {
		p := d.Payment
		if p.Operation == OpUnknown {
			p.Operation = OpSeveral
		}
		if p.State = StateInDoubt; d.underWay {
			p.State = StateUnderWay
		}
		return p
	}
	p := Payment{Operation: OpAuthorization}
	if about(s.paying).kind == kindPayment && s.paying != "" {
		p.Operation = s.paying
	}
	if l := s.last; l != nil && (l.kind == KindPurchase || l.kind == KindPayment) {
		switch l.money {
		case MoneyHeld:
			p.State, p.Held = StateKnown, SomeCents
		case MoneyMoved:
			p.State, p.Taken = StateKnown, SomeCents
		case MoneyUnknown: // the till was about to send it
			p.State = StateUnderWay
		}
	}
	return p
}
