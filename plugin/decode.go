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

// readActions reads actions of a sale or a decision; what is not one is left out.
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

// readMatched holds a rule's name to what one can be, since a code is part of it.
func readMatched(r *reader, v value) Matched {
	m := Matched{
		Rule:   r.text(v.get("rule"), "decision.matched.rule"),
		By:     r.text(v.get("by"), "decision.matched.by"),
		Source: r.text(v.get("source"), "decision.matched.source"),
	}
	for part := range strings.SplitSeq(m.Rule, "/") {
		if part != "" && !plainName(part) && !isStatus(part) {
			r.fail("decision.matched.rule", "the rule of an answer")
		}
	}
	for part := range strings.SplitSeq(m.By, "+") {
		if part != "" && !plainName(part) {
			r.fail("decision.matched.by", "one of those that the contract names")
		}
	}
	if m.Source != "" && m.Source != SourceJudgement && !isPage(m.Source) {
		r.fail("decision.matched.source", "a page or judgement")
	}
	return m
}

func isStatus(s string) bool { return len(s) == 3 && strings.Trim(s, "0123456789") == "" }

// isPage says whether the source is one of the pages behind the catalogue.
func isPage(s string) bool {
	return s == current || slices.ContainsFunc(rows, func(r Rule) bool { return r.Source == s })
}

// readDecision reads a decision that is to be rendered again.
func readDecision(r *reader, v value) Decision {
	var d Decision
	if !r.object(v, "decision") {
		return d
	}
	retry := v.get("retry")
	d = Decision{
		Card:   cardOf(r.text(v.get("card"), "decision.card")).id,
		Family: oneOf(r, v.get("family"), "decision.family", FamilyApproved, FamilyFix, FamilyWait, FamilyStop, FamilyCheck, FamilyHelp),
		Banner: oneOf(r, v.get("banner"), "decision.banner", BannerDone, BannerOnceMore, BannerCorrectIt, BannerAnotherWay,
			BannerOtherPayment, BannerCheckSale, BannerSupervisor, BannerNoDecision, BannerWaitMoment),
		Money:     oneOf(r, v.get("money"), "decision.money", MoneyNone, MoneyNotMoved, MoneyHeld, MoneyMoved, MoneyUnknown),
		MoneyKind: oneOf(r, v.get("money_kind"), "decision.money_kind", KindPurchase, KindPayment, KindRefund),
		Retry: Retry{
			Policy: oneOf(r, retry.get("policy"), "decision.retry.policy", RetryNow, RetryAfterFix, RetryLimited, RetryLater,
				RetrySameKey, RetryCheckFirst, RetryNever),
			Left:   int(r.number(retry.get("left"), "decision.retry.left", 0, maxLimit)),
			AfterS: int(r.number(retry.get("after_s"), "decision.retry.after_s", 0, 1<<20)),
			Until:  r.number(retry.get("until"), "decision.retry.until", 0, maxInteger),
		},
		Owner: oneOf(r, v.get("owner"), "decision.owner", OwnerCustomer, OwnerCashier, OwnerSupervisor, OwnerStoreIT,
			OwnerFlexiti, OwnerNobody),
		Privacy: oneOf(r, v.get("privacy"), "decision.privacy", PrivacyPublic, PrivacyDiscreet),
		Doubt:   r.boolean(v.get("doubt"), "decision.doubt"),
		Actions: readActions(r, v.get("actions")),
		Fields:  readFields(r, v.get("fields"), "decision.fields"),
		Matched: readMatched(r, v.get("matched")),
		Notice:  oneOf(r, v.get("notice"), "decision.notice", NoticeSaleReplaced),
	}
	return d
}

func isReadHeader(name string) bool {
	return strings.EqualFold(name, "retry-after") || strings.EqualFold(name, "date")
}

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
		Repeated:    Operation(r.text(v.get("repeated"), "repeated")),
		Paying:      Operation(r.text(v.get("paying"), "paying")),
		Pending:     readNext(r, v.get("pending")),
		Closed:      ActionID(r.text(v.get("closed"), "closed")),
		Replaced:    r.boolean(v.get("replaced"), "replaced"),
		Check:       r.text(v.get("check"), "check"),
	}
	for e := v.get("ruled_out").first(); e.kind() != jsonMissing; e = e.next() {
		s.RuledOut = append(s.RuledOut, knownFormat(r.text(e, "ruled_out")))
	}
	if last.present() && r.object(last, "last") {
		s.Last = &Last{
			Card:      r.text(last.get("card"), "card"),
			Operation: Operation(r.text(last.get("operation"), "operation")),
			Format:    Method(r.text(last.get("format"), "format")),
			Kind:      MoneyKind(r.text(last.get("kind"), "kind")),
			Money:     Money(r.text(last.get("money"), "money")),
			Owner:     Owner(r.text(last.get("owner"), "owner")),
			Offered:   readActions(r, last.get("offered")),
		}
	}
	if doubt.present() && r.object(doubt, "doubt") {
		s.Doubt = &Doubt{
			Operation:   Operation(r.text(doubt.get("operation"), "operation")),
			Kind:        MoneyKind(r.text(doubt.get("kind"), "kind")),
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
	return s
}

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
	methods := v.get("methods")
	if methods.present() && methods.kind() != jsonArray {
		r.fail("policy.methods", "an array")
	}
	for e := methods.first(); e.kind() != jsonMissing; e = e.next() {
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
