package plugin

import (
	"slices"
	"unsafe"
)

// Module is the JSON face of the three stages: what the WebAssembly module
// exports, callable natively too. Returned bytes are valid until the next call.
// The zero value is ready, with default settings. It is not safe for
// concurrent use.
type Module struct {
	policy Policy
	texts  Texts
	doc    document
	out    []byte
}

// Configure takes {"policy":{…},"texts":{…}} and answers {} or an error, after
// which the old settings stand.
func (m *Module) Configure(in []byte) []byte {
	return m.reply(slices.Clone(in), func(v value, w *list) *Error {
		if v.kind() != jsonObject {
			return &Error{BadPolicy, "the settings must be an object"}
		}
		policy, err := readPolicy(v.get("policy"))
		if err != nil {
			return err
		}
		texts, err := readTexts(v.get("texts"))
		if err != nil {
			return err
		}
		m.policy, m.texts = policy, texts
		w.out = append(w.out, "{}"...)
		return nil
	})
}

// Answer takes an event and gives an answer.
func (m *Module) Answer(in []byte) []byte {
	return m.reply(in, func(v value, w *list) *Error {
		e, err := readEvent(v)
		if err != nil {
			return err
		}
		action := e.action
		if e.facts != nil {
			action = e.facts.Action
		}
		if action != "" && !e.sale.Offers(action) {
			return &Error{ActionNotOffered, "action is not one that the sale's last prompt offered"}
		}
		a := m.answer(e)
		appendAnswer(w, a)
		return nil
	})
}

// Decide takes {v, facts, sale, policy} and gives {v, decision, sale}: the
// middle stage, for replay. The settings of Configure play no part in it.
func (m *Module) Decide(in []byte) []byte {
	return m.reply(in, func(v value, w *list) *Error {
		if n, ok := v.get("v").integer(); !ok || n != ABI {
			return &Error{BadVersion, "v must be " + itoa(ABI)}
		}
		var err *Error
		f := readFacts(v.get("facts"), &err)
		if !v.get("facts").present() {
			err = &Error{BadFacts, "facts must be an object"}
		}
		if err != nil {
			return err
		}
		policy, err := readPolicy(v.get("policy"))
		if err != nil {
			return err
		}
		s := readSale(v.get("sale"))
		if f.Action != "" && !s.Offers(f.Action) {
			return &Error{ActionNotOffered, "facts.action is not one that the sale's last prompt offered"}
		}
		d, after := Decide(f, s, policy)
		w.open('{')
		w.num("v", ABI)
		w.name("decision")
		appendDecision(w, d)
		w.name("sale")
		appendSale(w, after)
		w.close('}')
		return nil
	})
}

// Describe gives ABI, catalogue version, locales, limits and every card.
func (m *Module) Describe() []byte {
	w := list{out: m.out[:0]}
	describe(&w)
	m.out = w.out
	return m.out
}

// reply reads the input, has the answer written, and writes the error in its place.
func (m *Module) reply(in []byte, write func(value, *list) *Error) []byte {
	w := list{out: m.out[:0]}
	err := m.read(in, &w, write)
	if err != nil {
		w = list{out: w.out[:0]}
		appendError(&w, err)
	}
	m.out = w.out
	return m.out
}

func (m *Module) read(in []byte, w *list, write func(value, *list) *Error) *Error {
	if len(in) > MaxInput {
		return &Error{TooLarge, "more than " + itoa(MaxInput) + " bytes"}
	}
	// The text is read in place: nothing of an answer outlives the call, and
	// Configure copies what it keeps.
	v, err := m.doc.parse(unsafe.String(unsafe.SliceData(in), len(in)))
	if err != nil {
		return err
	}
	return write(v, w)
}

// answer runs the three stages on an event.
func (m *Module) answer(e event) Answer {
	l := Locale{Cashier: e.cashier, Customer: e.customer, UTCOffsetMin: e.offset}
	if e.decision != nil {
		p := Render(*e.decision, m.texts, l)
		p.Ref = e.ref
		return Answer{V: ABI, Prompt: p, Decision: *e.decision, Sale: e.sale}
	}
	var f Facts
	switch {
	case e.facts != nil:
		f = *e.facts
	case e.exchange != nil:
		f = Recognise(*e.exchange)
	default:
		f = Facts{Action: e.action, Operation: e.sale.Last.Operation}
	}
	if e.at != 0 || e.facts == nil {
		f.At = e.at
	}
	if e.offset != nil {
		f.UTCOffsetMin = e.offset
	}
	l.UTCOffsetMin = f.UTCOffsetMin
	return conclude(f, e.sale, m.policy, m.texts, l)
}

// conclude decides, renders and writes down what may be kept.
func conclude(f Facts, before Sale, p Policy, t Texts, l Locale) Answer {
	d, after := Decide(f, before, p)
	record := &Record{
		V: ABI, Facts: f, Locale: l.Cashier, CustomerLocale: l.Customer, Before: before, Policy: p,
		Decision: d, Catalogue: CatalogueVersion,
	}
	prompt := Render(d, Texts{}, l)
	plain := list{out: make([]byte, 0, 2*MaxSale)}
	appendPrompt(&plain, prompt)
	record.Shown = checksum(plain.out)
	record.Ref = refOf(record)
	prompt.Ref, prompt.Contact = record.Ref, contact(t, d, l.Cashier)
	return Answer{V: ABI, Prompt: prompt, Decision: d, Sale: after, Record: record}
}
