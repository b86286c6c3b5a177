package plugin

import (
	"slices"
	"unsafe"

	"github.com/tillwise/tillwise/plugin/internal/json"
)

// Module is the JSON face of the three stages: what the WebAssembly module
// exports, callable natively too. Returned bytes are valid until the next call.
// The zero value is ready, with default settings. It is not safe for
// concurrent use.
type Module struct {
	settings settings
	codec    codec

	// What a call works on stands here, so that it costs no allocation.
	event    event
	policy   Policy
	decision Decision
	after    Sale
}

// Configure takes {"policy":{…},"texts":{…}} and answers {} or an error, after
// which the old settings stand.
func (m *Module) Configure(in []byte) []byte {
	var s settings
	c, err := m.read(slices.Clone(in), BadPolicy)
	if err == nil {
		c.settings(&s)
		err = c.err
	}
	if err != nil {
		return m.refuse(err, nil)
	}
	m.settings = s
	return append(c.w.Out, "{}"...)
}

// Answer takes an event and gives an answer.
func (m *Module) Answer(in []byte) []byte {
	e := &m.event
	c, err := m.read(in, BadEvent)
	if err != nil {
		s := replacement() // whatever stood there: money may have been meant
		return m.refuse(err, &s)
	}
	c.event(e)
	if err = e.mistake(c.err); err != nil {
		return m.refuse(err, e.doubted())
	}
	if id := e.chosen(); id != "" && (!e.sale.Offers(id) || e.ref != "" && e.sale.Last.Ref != "" && e.ref != e.sale.Last.Ref) {
		return m.refuse(&Error{ActionNotOffered, "action is not one that the sale's last prompt offered"}, nil)
	}
	c.mode = writing
	a := c.conclude(e, &m.settings)
	c.answer(&a)
	return c.w.Out
}

// Decide takes {v, facts, sale, policy} and gives {v, decision, sale}: the
// middle stage, for replay. The settings of Configure play no part in it.
func (m *Module) Decide(in []byte) []byte {
	e := &m.event
	c, err := m.read(in, BadFacts)
	if err != nil {
		return m.refuse(err, nil)
	}
	for o := c.object(); c.more(&o); {
		e.object = true
		c.version(&e.v)
		maybe(c, "facts", &e.facts, (*codec).facts)
		c.sale("sale", &e.sale)
		nested(c, "policy", &m.policy, (*codec).policy)
	}
	if e.facts == nil {
		c.fail("facts", "must be an object")
	}
	if err = e.mistake(c.err); err != nil {
		return m.refuse(err, nil)
	}
	if id := e.chosen(); id != "" && !e.sale.Offers(id) {
		return m.refuse(&Error{ActionNotOffered, "facts.action is not one that the sale's last prompt offered"}, nil)
	}
	m.decision, m.after = Decide(*e.facts, e.sale, m.policy)
	c.mode = writing
	for o := c.object(); c.more(&o); {
		num(c, "v", &e.v, ABI, ABI)
		nested(c, "decision", &m.decision, (*codec).decision)
		c.sale("sale", &m.after)
	}
	return c.w.Out
}

// read makes the codec ready for an input. The text is read in place: nothing
// of an answer outlives the call, and Configure copies what it keeps.
func (m *Module) read(in []byte, kind ErrorKind) (*codec, *Error) {
	c := &m.codec
	*c = codec{kind: kind, w: c.w, path: c.path[:0], names: c.names[:0]}
	c.w.Reset()
	m.event, m.policy = event{}, Policy{}
	if len(in) > MaxInput {
		return c, &Error{TooLarge, "more than " + itoa(MaxInput) + " bytes"}
	}
	v, err := json.Parse(unsafe.String(unsafe.SliceData(in), len(in)))
	if err != nil {
		return c, &Error{ErrorKind(err.Kind), err.Detail}
	}
	c.r = json.NewReader(v)
	return c, nil
}

// refuse answers with an error, and with the sale that the caller is to keep, if any.
func (m *Module) refuse(err *Error, s *Sale) []byte {
	c := &m.codec
	c.mode = writing
	for o := c.object(); c.more(&o); {
		nested(c, "error", err, (*codec).error)
		if s != nil {
			c.sale("sale", s)
		}
	}
	return c.w.Out
}

// mistake is what is wrong with an event, if anything is.
func (e *event) mistake(found *Error) *Error {
	switch {
	case !e.object:
		return &Error{BadEvent, "the event must be an object"}
	case e.v != ABI:
		return &Error{BadVersion, "v must be " + itoa(ABI)}
	}
	return found
}

// operation is the call that an event is about, OpUnknownRead where it is about none.
func (e *event) operation() Operation {
	switch {
	case e.exchange != nil && e.exchange.Operation != "":
		return e.exchange.Operation
	case e.exchange != nil:
		return OperationOf(e.exchange.Method, e.exchange.URL)
	case e.facts != nil && e.facts.Action == "":
		return e.facts.Operation
	case e.facts != nil, e.action != nil, e.decision != nil:
		return OpUnknownRead
	}
	return OpUnknown
}

// doubted is the sale of an event that was refused, in doubt, where it may be about money.
func (e *event) doubted() *Sale {
	op := e.operation()
	if !MovesMoney(op) {
		return nil
	}
	s := e.sale.doubting(about(op).name, e.at)
	return &s
}

// chosen is the action of an event, if it is about one.
func (e *event) chosen() ActionID {
	switch {
	case e.action != nil:
		return *e.action
	case e.facts != nil:
		return e.facts.Action
	}
	return ""
}

// conclude runs the three stages on an event.
func (c *codec) conclude(e *event, with *settings) Answer {
	l := Locale{Cashier: LangOf(e.locale), Customer: LangOf(e.locale), UTCOffsetMin: e.offset}
	if e.customer != "" {
		l.Customer = LangOf(e.customer)
	}
	if e.decision != nil {
		d := e.sale.speaks(*e.decision)
		p := Render(d, with.texts, l)
		p.Ref = e.ref
		return Answer{V: ABI, Prompt: p, Decision: d, Sale: e.sale}
	}
	var f Facts
	switch {
	case e.facts != nil:
		f = *e.facts
	case e.exchange != nil:
		e.exchange.At = e.at
		f = Recognise(*e.exchange)
	default:
		f = Facts{Action: *e.action, Operation: e.sale.Last.Operation}
	}
	if e.at != 0 || e.facts == nil {
		f.At = e.at
	}
	if e.offset != nil {
		f.UTCOffsetMin = e.offset
	}
	l.UTCOffsetMin = f.UTCOffsetMin
	d, after := Decide(f, e.sale, with.policy)
	prompt := Render(d, Texts{}, l)
	var scratch codec
	scratch.mode = writing
	scratch.prompt(&prompt)
	record := &Record{
		V: ABI, Facts: f, Locale: l.Cashier, CustomerLocale: l.Customer, Before: e.sale, Policy: with.policy,
		Decision: d, Shown: checksum(scratch.w.Out), Catalogue: CatalogueVersion,
	}
	scratch.w.Reset()
	scratch.record(record)
	record.Ref = refOf(scratch.w.Out)
	if after.Last != nil {
		last := *after.Last
		last.Ref = record.Ref
		after.Last = &last
	}
	prompt.Ref, prompt.Contact = record.Ref, contact(with.texts, d, l.Cashier)
	return Answer{V: ABI, Prompt: prompt, Decision: d, Sale: after, Record: record}
}
