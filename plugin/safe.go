package plugin

// SafeAnswer is the answer for an event that could not be worked out: a till is
// never left without a card. It is built without the three stages, so that what
// broke them cannot break it. prior is the sale that came in, as JSON; it is
// kept, with doubt added where the operation moves money or is not known.
// There is no record: nothing was decided.
func SafeAnswer(op Operation, at int64, prior []byte, t Texts, l Locale) Answer {
	var doc document
	s := Sale{}
	if len(prior) > 0 {
		if v, err := doc.parse(string(prior)); err == nil {
			s = readSale(v)
		} else {
			s = replacement()
		}
	}
	of := about(op)
	c := cardOf("till_trouble")
	d := Decision{
		Card: c.id, Family: c.family, Banner: BannerSupervisor, Money: MoneyNotMoved, MoneyKind: of.money,
		Retry: Retry{Policy: c.retry}, Owner: c.owner, Privacy: c.privacy, Fields: []Field{},
		Matched: Matched{"unknown/" + string(of.name) + "/0/", byClass, SourceJudgement},
	}
	if of.noMoney {
		d.Money = MoneyNone
	}
	offer := []ActionID{ActCallSupervisor, ActHoldSale, ActOtherPayment}
	switch {
	case of.kind == kindPayment && s.Doubt == nil:
		s.Doubt = &Doubt{Operation: of.name, Kind: of.money, Since: at}
	case of.kind == kindPayment:
		s.Doubt = s.Doubt.joined()
	}
	if s.Doubt != nil {
		d.Family, d.Doubt, d.Money, d.MoneyKind = FamilyCheck, true, MoneyUnknown, s.Doubt.Kind
		offer = []ActionID{ActCallSupervisor, ActHoldSale}
	}
	for _, id := range offer {
		d.Actions = append(d.Actions, Action{ID: id})
	}
	if s.Replaced {
		d.Notice = NoticeSaleReplaced
	}
	s.Last = &Last{Card: d.Card, Operation: of.name, Kind: d.MoneyKind, Money: d.Money, Owner: d.Owner, Offered: d.Actions}
	return Answer{V: ABI, Prompt: Render(d, t, l), Decision: d, Sale: s.sealed()}
}
