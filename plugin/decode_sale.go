package plugin

import "slices"

// readSale reads the sale that came in. One that is not ours to the last
// member is not obeyed: its replacement is in doubt.
func readSale(v value) Sale {
	if !v.present() || v.kind() == jsonObject && v.first().kind() == jsonMissing {
		return Sale{}
	}
	r := &reader{kind: BadEvent}
	if !r.object(v, "sale") {
		return replacement()
	}
	last, doubt := v.get("last"), v.get("doubt")
	s := Sale{
		V:           int(r.number(v.get("v"), "v", 1, 1)),
		Answers:     int(r.number(v.get("answers"), "answers", 0, maxLimit)),
		AnswersAt:   r.number(v.get("answers_at"), "answers_at", 0, maxInteger),
		LockedUntil: r.number(v.get("locked_until"), "locked_until", Forever, maxInteger),
		Words:       int(r.number(v.get("words"), "words", 0, maxInteger)),
		Codes:       int(r.number(v.get("codes"), "codes", 0, maxInteger)),
		Amounts:     int(r.number(v.get("amounts"), "amounts", 0, maxInteger)),
		SignIns:     int(r.number(v.get("sign_ins"), "sign_ins", 0, maxInteger)),
		Repeats:     int(r.number(v.get("repeats"), "repeats", 0, maxInteger)),
		Repeated:    r.operation(v.get("repeated"), "repeated"),
		Paying:      r.operation(v.get("paying"), "paying"),
		Pending:     readNext(r, v.get("pending")),
		Closed:      r.actionID(v.get("closed"), "closed"),
		Replaced:    r.boolean(v.get("replaced"), "replaced"),
		Check:       r.text(v.get("check"), "check"),
	}
	for e := v.get("ruled_out").first(); e.kind() != jsonMissing; e = e.next() {
		m := oneOf(r, e, "ruled_out", methods...)
		if slices.Contains(s.RuledOut, m) {
			r.fail("ruled_out", "a list of methods, each once")
			break
		}
		s.RuledOut = append(s.RuledOut, m)
	}
	if last.present() && r.object(last, "last") {
		s.Last = &Last{
			Card:      r.text(last.get("card"), "card"),
			Operation: r.operation(last.get("operation"), "operation"),
			Format:    oneOf(r, last.get("format"), "format", methods...),
			Kind:      oneOf(r, last.get("kind"), "kind", moneyKinds...),
			Money:     oneOf(r, last.get("money"), "money", moneys...),
			Owner:     oneOf(r, last.get("owner"), "owner", owners...),
			Offered:   readActions(r, last.get("offered")),
		}
	}
	if doubt.present() && r.object(doubt, "doubt") {
		s.Doubt = &Doubt{
			Operation:   r.operation(doubt.get("operation"), "operation"),
			Kind:        oneOf(r, doubt.get("kind"), "kind", moneyKinds...),
			Amount:      plainAmount(r.text(doubt.get("amount"), "amount")),
			AutoCapture: r.optBool(doubt.get("auto_capture"), "auto_capture"),
			HasKey:      r.boolean(doubt.get("has_key"), "has_key"),
			Since:       r.number(doubt.get("since"), "since", 0, maxInteger),
			Checks:      int(r.number(doubt.get("checks"), "checks", 0, maxInteger)),
			Resends:     int(r.number(doubt.get("resends"), "resends", 0, maxInteger)),
			UnderWay:    r.boolean(doubt.get("under_way"), "under_way"),
		}
	}
	if check := s.Check; r.err != nil || s.V != 1 || check != s.sealed().Check {
		return replacement()
	}
	if s.Last != nil && cardOf(s.Last.Card).id != s.Last.Card {
		s.Last.Card = "" // a newer module's card: its name is the one word that may be new
		s = s.sealed()
	}
	return s
}

// The vocabularies that are read in more than one place.
var (
	methods    = []Method{MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW, MethodOverride, MethodBypass}
	moneyKinds = []MoneyKind{KindPurchase, KindPayment, KindRefund}
	moneys     = []Money{MoneyNone, MoneyNotMoved, MoneyHeld, MoneyMoved, MoneyUnknown}
	owners     = []Owner{OwnerCustomer, OwnerCashier, OwnerSupervisor, OwnerStoreIT, OwnerFlexiti, OwnerNobody}
)

// operation reads the name of an operation.
func (r *reader) operation(v value, field string) Operation {
	op := Operation(r.text(v, field))
	if op != "" && about(op).name != op {
		r.fail(field, "the name of an operation")
	}
	return op
}
