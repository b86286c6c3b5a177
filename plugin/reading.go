package plugin

import "strings"

// Reading is what the module understands of an event, before it decides: for a
// host that must know what an event is about and lets nobody else guess.
type Reading struct {
	Subject        Subject   // what it is about, where that is one thing; it may have a mistake all the same
	Operation      Operation // the call that it is about: OpUnknown where that cannot be told, OpUnknownRead where there is none
	Action         ActionID  // of the subject action, and of facts about one
	Ref            string
	At             int64 // Unix milliseconds; 0: not told
	UTCOffsetMin   *int
	Locale         string // as it came; empty: not told
	CustomerLocale string
	Replaced       bool   // the sale that it brings cannot be read
	Mistake        *Error // why Answer would refuse it, whatever the sale; nil: it would not
}

// Subject is what an event is about: the name of one of its four members.
type Subject string

// The subjects of events.
const (
	SubjectExchange Subject = "exchange"
	SubjectFacts    Subject = "facts"
	SubjectAction   Subject = "action"
	SubjectDecision Subject = "decision"
)

// Read reads an event as Answer does. What is no event at all may be about any
// call that moves money.
func (m *Module) Read(in []byte) Reading {
	c, err := m.read(in, BadEvent)
	if err != nil {
		return Reading{Operation: OpUnknown, Mistake: err}
	}
	e := &m.event
	c.event(e)
	return Reading{
		Subject: e.subject(), Operation: e.operation(), Action: ActionID(strings.Clone(string(e.chosen()))), Ref: strings.Clone(e.ref), At: e.at, UTCOffsetMin: e.offset,
		Locale: strings.Clone(e.locale), CustomerLocale: strings.Clone(e.customer), Mistake: e.mistake(c.err),
		Replaced: e.sale.Replaced,
	}
}

// subject is what an event is about, where that is exactly one thing.
func (e *event) subject() (one Subject) {
	for _, s := range [...]struct {
		name  Subject
		there bool
	}{{SubjectExchange, e.exchange != nil}, {SubjectFacts, e.facts != nil}, {SubjectAction, e.action != nil}, {SubjectDecision, e.decision != nil}} {
		switch {
		case s.there && one != "":
			return ""
		case s.there:
			one = s.name
		}
	}
	return one
}
