package plugin

import (
	"slices"
	"strings"
)

// reader takes the contract's types out of a document. The first thing that is
// wrong is kept in err, by the name of its field; values go into no error.
type reader struct {
	kind ErrorKind // of the errors that this reader finds
	err  *Error
}

func (r *reader) fail(field, want string) {
	if r.err == nil {
		r.err = &Error{r.kind, field + " must be " + want}
	}
}

func (r *reader) object(v value, field string) bool {
	if v.present() && v.kind() != jsonObject {
		r.fail(field, "an object")
	}
	return v.kind() == jsonObject
}

// text reads an optional string.
func (r *reader) text(v value, field string) string {
	s, ok := v.str()
	if !ok && v.present() {
		r.fail(field, "a string")
	}
	return s
}

// oneOf reads an optional string out of a closed list.
func oneOf[T ~string](r *reader, v value, field string, allowed ...T) T {
	s := T(r.text(v, field))
	if s != "" && !slices.Contains(allowed, s) {
		r.fail(field, "one of those that the contract names")
		return ""
	}
	return s
}

// number reads an optional whole number.
func (r *reader) number(v value, field string, low, high int64) int64 {
	n, ok := v.integer()
	if v.present() && (!ok || n < low || n > high) {
		r.fail(field, "a whole number from "+itoa(low)+" to "+itoa(high))
		return 0
	}
	return n
}

func (r *reader) boolean(v value, field string) bool {
	b, ok := v.boolean()
	if !ok && v.present() {
		r.fail(field, "true or false")
	}
	return b
}

func (r *reader) optBool(v value, field string) *bool {
	if !v.present() {
		return nil
	}
	b := r.boolean(v, field)
	return &b
}

func (r *reader) offset(v value, field string) *int {
	if !v.present() {
		return nil
	}
	n := int(r.number(v, field, -14*60, 14*60))
	return &n
}

// event is what tillwise_answer reads. Exactly one of its four subjects is there.
type event struct {
	at       int64
	offset   *int
	cashier  Lang
	customer Lang
	exchange *Exchange
	facts    *Facts
	action   ActionID
	decision *Decision
	ref      string
	sale     Sale
}

func readEvent(v value) (event, *Error) {
	r := &reader{kind: BadEvent}
	if !r.object(v, "the event") || r.err != nil {
		r.fail("the event", "an object")
		return event{}, r.err
	}
	if n, ok := v.get("v").integer(); !ok || n != ABI {
		return event{}, &Error{BadVersion, "v must be " + itoa(ABI)}
	}
	e := event{
		at:     r.number(v.get("at"), "at", 0, maxInteger),
		offset: r.offset(v.get("utc_offset_min"), "utc_offset_min"),
		sale:   readSale(v.get("sale")),
	}
	e.cashier = LangOf(r.text(v.get("locale"), "locale"))
	e.customer = e.cashier
	if name := r.text(v.get("customer_locale"), "customer_locale"); name != "" {
		e.customer = LangOf(name)
	}
	exchange, facts, action, decision := v.get("exchange"), v.get("facts"), v.get("action"), v.get("decision")
	subjects := 0
	for _, s := range []value{exchange, facts, action, decision} {
		if s.present() {
			subjects++
		}
	}
	switch {
	case subjects != 1:
		r.fail("the event", "about exactly one of exchange, facts, action and decision")
	case exchange.present():
		x := readExchange(r, exchange)
		e.exchange = &x
	case facts.present():
		f := readFacts(facts, &r.err)
		e.facts = &f
	case action.present():
		e.action = ActionID(r.text(action, "action"))
		if e.action == "" {
			r.fail("action", "the id of an action")
		}
	default:
		d := readDecision(r, decision)
		e.decision = &d
		if e.ref = r.text(v.get("ref"), "ref"); e.ref != "" && !isRef(e.ref) {
			r.fail("ref", "the ref of an answer")
		}
	}
	return e, r.err
}

func readExchange(r *reader, v value) Exchange {
	var x Exchange
	if !r.object(v, "exchange") {
		return x
	}
	x.Operation = Operation(r.text(v.get("operation"), "exchange.operation"))
	x.Method = r.text(v.get("method"), "exchange.method")
	x.URL = r.text(v.get("url"), "exchange.url")
	x.Status = int(r.number(v.get("status"), "exchange.status", 0, 999))
	x.Failure = oneOf(r, v.get("failure"), "exchange.failure", failures...)
	x.Sent = oneOf(r, v.get("sent"), "exchange.sent", SentYes, SentNo, SentUnknown)
	x.Result = oneOf(r, v.get("result"), "exchange.result", ResultApproved, ResultPending, ResultDeclined)
	x.BodyCut = r.boolean(v.get("body_cut"), "exchange.body_cut")
	x.Found = readFound(r, v.get("found"), "exchange.found")
	if body := v.get("body"); body.present() {
		s, ok := body.str()
		if !ok { // a POS that hands over the parsed body means the same
			s = body.raw()
		}
		x.Body = s
	}
	if headers := v.get("headers"); headers.kind() == jsonObject {
		for h := headers.first(); h.kind() != jsonMissing; h = h.next() {
			s, ok := h.str()
			if !ok && h.kind() == jsonArray {
				s, ok = h.first().str()
			}
			if ok && isReadHeader(h.key()) {
				if x.Headers == nil {
					x.Headers = map[string]string{}
				}
				x.Headers[h.key()] = s
			}
		}
	}
	if q := v.get("request"); r.object(q, "exchange.request") {
		x.Request = Request{
			Format:          Method(r.text(q.get("format"), "exchange.request.format")),
			TransactionType: r.text(q.get("transaction_type"), "exchange.request.transaction_type"),
			AutoCapture:     r.optBool(q.get("auto_capture"), "exchange.request.auto_capture"),
			Amount:          amount(r, q.get("amount"), "exchange.request.amount"),
			IdempotencyKey:  r.boolean(q.get("idempotency_key"), "exchange.request.idempotency_key"),
		}
	}
	return x
}

var failures = []Failure{FailureTimeout, FailureRefused, FailureReset, FailureDNS, FailureTLS, FailureCancelled}

// amount reads a decimal string, or the number that some POS write for it.
func amount(r *reader, v value, field string) string {
	if v.kind() == jsonNumber {
		return v.raw()
	}
	return r.text(v, field)
}

func readFound(r *reader, v value, field string) []Found {
	if !v.present() {
		return nil
	}
	if v.kind() != jsonArray {
		r.fail(field, "an array")
		return nil
	}
	found := []Found{}
	for e := v.first(); e.kind() != jsonMissing; e = e.next() {
		if e.kind() != jsonObject {
			r.fail(field, "an array of objects")
			return nil
		}
		state := oneOf(r, e.get("state"), field+".state", FoundCaptured, FoundHeld, FoundDeclined, FoundEnded)
		if state == "" {
			r.fail(field+".state", "captured, held, declined or ended")
		}
		if len(found) < maxFound {
			found = append(found, Found{state, plainAmount(amount(r, e.get("amount"), field+".amount"))})
		}
	}
	return found
}

// readFacts reads facts that were recognised elsewhere, and holds them to the
// whitelist again: what is no fact cannot come in by this door either.
func readFacts(v value, err **Error) Facts {
	r := &reader{kind: BadFacts}
	defer func() {
		if *err == nil {
			*err = r.err
		}
	}()
	var f Facts
	if !r.object(v, "facts") {
		return f
	}
	f = Facts{
		At:              r.number(v.get("at"), "facts.at", 0, maxInteger),
		UTCOffsetMin:    r.offset(v.get("utc_offset_min"), "facts.utc_offset_min"),
		Operation:       about(Operation(r.text(v.get("operation"), "facts.operation"))).name,
		Status:          int(r.number(v.get("status"), "facts.status", 0, 999)),
		Code:            knownCode(r.text(v.get("code"), "facts.code")),
		Failure:         oneOf(r, v.get("failure"), "facts.failure", failures...),
		Sent:            oneOf(r, v.get("sent"), "facts.sent", SentYes, SentNo, SentUnknown),
		Format:          knownFormat(r.text(v.get("format"), "facts.format")),
		TransactionType: knownTransactionType(r.text(v.get("transaction_type"), "facts.transaction_type")),
		AutoCapture:     r.optBool(v.get("auto_capture"), "facts.auto_capture"),
		Amount:          plainAmount(amount(r, v.get("amount"), "facts.amount")),
		HasKey:          r.boolean(v.get("has_key"), "facts.has_key"),
		Fields:          readFields(r, v.get("fields"), "facts.fields"),
		Found:           readFound(r, v.get("found"), "facts.found"),
		Result:          oneOf(r, v.get("result"), "facts.result", ResultApproved, ResultPending, ResultDeclined),
		RetryAfterS:     int(r.number(v.get("retry_after_s"), "facts.retry_after_s", 0, maxRetryAfterS)),
		Action:          r.actionID(v.get("action"), "facts.action"),
	}
	if f.Status == 0 && f.Action == "" {
		f.Sent = sent(f.Sent, f.Failure)
	}
	return f
}

func readFields(r *reader, v value, field string) []Field {
	if v.present() && v.kind() != jsonArray {
		r.fail(field, "an array")
	}
	var fields []Field
	for e := v.first(); e.kind() != jsonMissing && len(fields) < maxFields; e = e.next() {
		problem := oneOf(r, e.get("problem"), field+".problem", ProblemRequired, ProblemFormat, ProblemLength, ProblemInvalid, ProblemOther)
		if problem == "" {
			problem = ProblemOther
		}
		fields = append(fields, Field{knownParam(r.text(e.get("param"), field+".param")), problem})
	}
	return fields
}

// actionID reads the id of an action.
func (r *reader) actionID(v value, field string) ActionID {
	id := ActionID(r.text(v, field))
	if id != "" && !isAction(id) {
		r.fail(field, "the id of an action")
		return ""
	}
	return id
}

func isAction(id ActionID) bool {
	for i := range english.actions {
		if english.actions[i].id == id {
			return true
		}
	}
	return false
}

// readActions reads the actions of a sale or a decision.
func readActions(r *reader, v value) []Action {
	if v.kind() != jsonArray {
		return nil
	}
	actions := make([]Action, 0, maxActions)
	for e := v.first(); e.kind() != jsonMissing && len(actions) < maxActions; e = e.next() {
		a := Action{ID: r.actionID(e.get("id"), "actions.id"), Next: readNext(r, e.get("next"))}
		if a.ID == "" {
			r.fail("actions.id", "the id of an action")
		}
		actions = append(actions, a)
	}
	return actions
}

func readNext(r *reader, v value) *Next {
	if !v.present() {
		return nil
	}
	return &Next{
		Operation: about(Operation(r.text(v.get("operation"), "next.operation"))).name,
		Format:    knownFormat(r.text(v.get("format"), "next.format")),
		Auto:      r.boolean(v.get("auto"), "next.auto"),
	}
}

func isReadHeader(name string) bool {
	return strings.EqualFold(name, "retry-after") || strings.EqualFold(name, "date")
}
