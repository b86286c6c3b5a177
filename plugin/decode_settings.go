package plugin

import "slices"

func readPolicy(v value) (Policy, *Error) {
	r := &reader{kind: BadPolicy}
	if !v.present() {
		return Policy{}, nil
	}
	r.object(v, "policy")
	p := Policy{
		Override:     r.boolean(v.get("override"), "policy.override"),
		Bypass:       r.boolean(v.get("bypass"), "policy.bypass"),
		SplitPayment: r.boolean(v.get("split_payment"), "policy.split_payment"),
		SettledBy:    oneOf(r, v.get("settled_by"), "policy.settled_by", OwnerSupervisor, OwnerCashier),
	}
	offered := v.get("methods")
	if offered.present() && offered.kind() != jsonArray {
		r.fail("policy.methods", "an array")
	}
	for e := offered.first(); e.kind() != jsonMissing; e = e.next() {
		m := oneOf(r, e, "policy.methods", MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW)
		if m == "" {
			r.fail("policy.methods", "a list of sms, email, security_question and piw")
		}
		if !slices.Contains(p.Methods, m) {
			p.Methods = append(p.Methods, m)
		}
	}
	if l := v.get("limits"); r.object(l, "policy.limits") {
		p.Limits = Limits{
			Answers: int(r.number(l.get("answers"), "policy.limits.answers", 0, maxAnswers)),
			Codes:   int(r.number(l.get("codes"), "policy.limits.codes", 0, maxLimit)),
			Reads:   int(r.number(l.get("reads"), "policy.limits.reads", 0, maxLimit)),
			Checks:  int(r.number(l.get("checks"), "policy.limits.checks", 0, maxLimit)),
		}
	}
	return p, r.err
}

// maxContact bounds the bytes of a store's own texts: 72 cells on the card, whatever the script.
const maxContact = 300

func readTexts(v value) (Texts, *Error) {
	r := &reader{kind: BadPolicy}
	var t Texts
	if !v.present() || !r.object(v, "texts") {
		return t, r.err
	}
	t.Store = r.text(v.get("store"), "texts.store")
	contacts := v.get("contacts")
	r.object(contacts, "texts.contacts")
	for _, owner := range []Owner{OwnerSupervisor, OwnerStoreIT, OwnerFlexiti, OwnerCustomer} {
		c := contacts.get(string(owner))
		if !c.present() || !r.object(c, "texts.contacts."+string(owner)) {
			continue
		}
		contact := Contact{
			English: r.text(c.get(string(English)), "texts.contacts."+string(owner)+".en-CA"),
			French:  r.text(c.get(string(French)), "texts.contacts."+string(owner)+".fr-CA"),
		}
		if len(contact.English) > maxContact || len(contact.French) > maxContact {
			r.fail("texts.contacts."+string(owner), "at most "+itoa(maxContact)+" bytes in each language")
		}
		if t.Contacts == nil {
			t.Contacts = map[Owner]Contact{}
		}
		t.Contacts[owner] = contact
	}
	return t, r.err
}
