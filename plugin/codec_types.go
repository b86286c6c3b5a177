package plugin

import (
	"math"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin/internal/json"
)

// The vocabularies that are closed, for reading.
var (
	failures    = []Failure{FailureTimeout, FailureRefused, FailureReset, FailureDNS, FailureTLS, FailureCancelled, FailurePending}
	sents       = []Sent{SentYes, SentNo, SentUnknown}
	results     = []Result{ResultApproved, ResultPending, ResultDeclined}
	foundStates = []FoundState{FoundCaptured, FoundHeld, FoundDeclined, FoundEnded}
	states      = []PaymentState{StateUnderWay, StateInDoubt, StateKnown, StateRefused}
	families    = []Family{FamilyApproved, FamilyFix, FamilyWait, FamilyStop, FamilyCheck, FamilyHelp}
	retries     = []RetryPolicy{RetryNow, RetryAfterFix, RetryLimited, RetryLater, RetrySameKey, RetryCheckFirst, RetryNever}
	privacies   = []Privacy{PrivacyPublic, PrivacyDiscreet}
	methods     = []Method{MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW, MethodOverride, MethodBypass}
	offerable   = methods[:4] // by Policy.Methods
	langs       = []Lang{English, French}
	notices     = []Notice{NoticeSaleReplaced}
	settlers    = []Owner{OwnerSupervisor, OwnerCashier}
	callable    = operationNames(len(operations) - 1) // by an event
	payable     = operationNames(len(operations))     // in a sale: OpSeveral too
	actionIDs   = actionNames()
)

func operationNames(n int) []Operation {
	names := make([]Operation, n)
	for i := range names {
		names[i] = operations[i].name
	}
	return names
}

func actionNames() []ActionID {
	names := make([]ActionID, len(actions))
	for i := range names {
		names[i] = actions[i].id
	}
	return names
}

// Bounds of what is read.
const (
	maxInteger  = json.MaxInteger
	maxCount    = 1 << 20
	maxOffset   = 14 * 60 // minutes from UTC
	maxStatuses = 8       // words of one kind that a policy adds
	maxContact  = 72      // characters
)

// event is what tillwise_answer reads. Exactly one of its four subjects is there.
type event struct {
	object   bool // it is one at all
	v        int
	at       int64
	offset   *int
	locale   string
	customer string
	exchange *Exchange
	facts    *Facts
	action   *ActionID
	decision *Decision
	ref      string
	sale     Sale
}

func (c *codec) event(e *event) {
	for o := c.object(); c.more(&o); {
		e.object = true
		c.version(&e.v)
		num(c, "at", &e.at, 0, maxInteger)
		c.offset(&e.offset)
		c.text("locale", &e.locale)
		c.text("customer_locale", &e.customer)
		maybe(c, "exchange", &e.exchange, (*codec).exchange)
		maybe(c, "facts", &e.facts, (*codec).facts)
		c.chosen(&e.action)
		maybe(c, "decision", &e.decision, (*codec).decision)
		c.text("ref", &e.ref)
		c.sale("sale", &e.sale)
	}
	if e.subject() == "" {
		c.fail("the event", "must be about exactly one of exchange, facts, action and decision")
	}
	if d := e.decision; d != nil && (d.Family == "" || len(d.Actions) == 0) { // nothing to render
		c.fail("decision", "must be an answer's, with its family and its actions")
	}
	if e.decision != nil && e.ref != "" && !isRef(e.ref) {
		c.fail("ref", "must be the ref of an answer")
	}
}

// version reads v; what is none is 0.
func (c *codec) version(v *int) {
	if c.at("v") && c.begins("v") {
		n, _ := c.r.Integer()
		*v = int(n)
	}
}

// offset is utc_offset_min. One that is none counts as absent: no event is lost for it.
func (c *codec) offset(p **int) {
	const name = "utc_offset_min"
	if !c.due(name, *p == nil) {
		return
	}
	if !c.begins(name) {
		if c.mode == writing {
			c.w.Int(int64(**p))
		}
		return
	}
	*p = nil
	there := c.r.Kind() == json.Number
	if n, ok := c.r.Integer(); there && ok && n >= -maxOffset && n <= maxOffset {
		*p = new(int)
		**p = int(n)
	}
}

// chosen is the action of an event: any text, since what was not offered is refused as that.
func (c *codec) chosen(p **ActionID) {
	if !c.at("action") {
		return
	}
	if *p = nil; c.mode == reading && !c.r.Null() {
		*p = new(ActionID)
		if c.text("action", (*string)(*p)); **p == "" {
			c.fail("action", "must be the id of an action")
		}
	}
}

// exchange is only ever read.
func (c *codec) exchange(x *Exchange) {
	for o := c.object(); c.more(&o); {
		c.text("call", &x.Call)
		word(c, "operation", &x.Operation, callable)
		c.text("method", &x.Method)
		c.text("url", &x.URL)
		nested(c, "request", &x.Request, (*codec).request)
		num(c, "status", &x.Status, 0, 999)
		word(c, "failure", &x.Failure, failures)
		word(c, "sent", &x.Sent, sents)
		c.headers("headers", &x.Headers)
		c.body("body", &x.Body)
		c.flag("body_cut", &x.BodyCut)
		list(c, "found", &x.Found, json.MaxValues, (*codec).found)
		word(c, "result", &x.Result, results)
	}
	c.atMost("call", x.Call, MaxCall)
}

func (c *codec) request(q *Request) {
	for o := c.object(); c.more(&o); {
		c.text("format", (*string)(&q.Format))
		c.text("transaction_type", &q.TransactionType)
		c.maybeFlag("auto_capture", &q.AutoCapture)
		c.amount("amount", &q.Amount)
		c.key("idempotency_key", &q.IdempotencyKey)
	}
	if _, ok := plainAmount(q.Amount); q.Amount != "" && !ok {
		c.fail("amount", "must be a decimal string with a point, at most two digits behind it")
	}
	c.atMost("idempotency_key", q.IdempotencyKey, MaxCall)
}

// key reads an idempotency key, or whether one was sent.
func (c *codec) key(name string, p *string) {
	if !c.at(name) {
		return
	}
	if c.mode != reading || c.r.Kind() != json.Bool {
		c.text(name, p)
		return
	}
	*p = ""
	if sent, _ := c.r.Bool(); sent {
		*p = KeySent
	}
}

func (c *codec) found(f *Found) {
	for o := c.object(); c.more(&o); {
		word(c, "state", &f.State, foundStates)
		c.amount("amount", &f.Amount)
		c.loose("id", &f.ID)
	}
	if f.State == "" {
		c.fail("state", "must be captured, held, declined or ended")
	}
}

// headers keeps the two that are read.
func (c *codec) headers(name string, p *map[string]string) {
	if !c.at(name) || !c.begins(name) {
		return
	}
	*p = nil
	if v := c.r.Value(); v.Kind() == json.Object {
		for h := v.First(); h.Kind() != json.Missing; h = h.Next() {
			s, ok := h.Str()
			if !ok && h.Kind() == json.Array {
				s, ok = h.First().Str()
			}
			if key := h.Key(); ok && (strings.EqualFold(key, "retry-after") || strings.EqualFold(key, "date")) {
				if *p == nil {
					*p = map[string]string{}
				}
				(*p)[key] = s
			}
		}
	}
	c.r.Skip()
}

// body is the text of a reply; a POS that hands over the parsed one means the same.
func (c *codec) body(name string, p *string) {
	if !c.at(name) {
		return
	}
	if c.mode == reading {
		if k := c.r.Kind(); k != json.String && k != json.Null {
			*p = c.r.Value().Raw()
			c.r.Skip()
			return
		}
	}
	c.text(name, p)
}

// facts that were recognised elsewhere are held to the whitelist again: what
// is no fact cannot come in by this door either.
func (c *codec) facts(f *Facts) {
	kind := c.kind
	c.kind = BadFacts
	for o := c.object(); c.more(&o); {
		num(c, "at", &f.At, 0, maxInteger)
		c.offset(&f.UTCOffsetMin)
		word(c, "operation", &f.Operation, callable)
		num(c, "status", &f.Status, 0, 999)
		c.text("code", &f.Code)
		optWord(c, "failure", &f.Failure, failures)
		optWord(c, "sent", &f.Sent, sents)
		c.optText("format", (*string)(&f.Format))
		c.optText("transaction_type", &f.TransactionType)
		c.maybeFlag("auto_capture", &f.AutoCapture)
		c.amount("amount", &f.Amount)
		c.optFlag("has_key", &f.HasKey)
		optNum(c, "key", &f.Key, 0, math.MaxUint32)
		optNum(c, "call", &f.Call, 0, math.MaxUint32)
		optNum(c, "authorization", &f.Authorization, 0, math.MaxUint32)
		optNum(c, "capture", &f.Capture, 0, math.MaxUint32)
		optList(c, "fields", &f.Fields, maxFields, (*codec).field)
		if c.due("found", f.Found == nil) {
			list(c, "found", &f.Found, maxFound, (*codec).foundFact)
		}
		optWord(c, "result", &f.Result, results)
		c.optText("state", &f.State)
		optNum(c, "retry_after_s", &f.RetryAfterS, 0, maxRetryAfterS)
		optWord(c, "action", &f.Action, actionIDs)
	}
	if c.mode == reading {
		f.Operation = about(f.Operation).name
		f.Code = knownCode(f.Code)
		f.Format = knownFormat(string(f.Format))
		f.TransactionType = knownTransactionType(f.TransactionType)
		f.Amount = readable(f.Amount)
		if f.State != "" && !plainName(f.State) {
			f.State = codeUnreadable
		}
		if f.Status == 0 && f.Action == "" {
			f.Sent = sent(f.Sent, f.Failure)
		}
	}
	c.kind = kind
}

// readable gives an amount as facts have it.
func readable(amount string) string {
	if amount == "" {
		return ""
	}
	if plain, ok := plainAmount(amount); ok {
		return plain
	}
	return AmountUnreadable
}

func (c *codec) foundFact(f *FoundFact) {
	for o := c.object(); c.more(&o); {
		word(c, "state", &f.State, foundStates)
		c.amount("amount", &f.Amount)
		optNum(c, "id", &f.ID, 0, math.MaxUint32)
	}
	if c.mode != reading {
		return
	}
	if f.Amount = readable(f.Amount); f.State == "" {
		c.fail("state", "must be captured, held, declined or ended")
	}
}

func (c *codec) field(f *Field) {
	for o := c.object(); c.more(&o); {
		c.text("param", &f.Param)
		word(c, "problem", &f.Problem, problems[:])
	}
	if c.mode == reading {
		f.Param = knownParam(f.Param)
		if f.Problem == "" {
			f.Problem = ProblemOther
		}
	}
}

func (c *codec) next(n *Next) {
	for o := c.object(); c.more(&o); {
		word(c, "operation", &n.Operation, callable)
		optWord(c, "format", &n.Format, methods)
		c.flag("auto", &n.Auto)
		c.optFlag("input", &n.Input)
	}
}

func (c *codec) action(a *Action) {
	for o := c.object(); c.more(&o); {
		word(c, "id", &a.ID, actionIDs)
		maybe(c, "next", &a.Next, (*codec).next)
	}
	if a.ID == "" && c.mode == reading {
		c.fail("id", "must be the id of an action")
	}
}

// about is a payment that a decision or a sale names.
func (c *codec) about(a *About) {
	for o := c.object(); c.more(&o); {
		word(c, "operation", &a.Operation, payable)
		c.dollars("amount", &a.Amount)
		optNum(c, "since", &a.Since, 0, maxInteger)
	}
}

func (c *codec) retry(r *Retry) {
	for o := c.object(); c.more(&o); {
		word(c, "policy", &r.Policy, retries)
		num(c, "left", &r.Left, 0, maxLimit)
		num(c, "after_s", &r.AfterS, 0, maxCount)
		num(c, "until", &r.Until, 0, maxInteger)
	}
}

// matched is held to what a rule can be, since a code is part of its name.
func (c *codec) matched(m *Matched) {
	for o := c.object(); c.more(&o); {
		c.text("rule", &m.Rule)
		c.text("by", &m.By)
		c.text("source", &m.Source)
	}
	if c.mode != reading {
		return
	}
	for part := range strings.SplitSeq(m.Rule, "/") {
		if part != "" && !plainName(part) && !(len(part) == 3 && strings.Trim(part, "0123456789") == "") {
			c.fail("rule", "must be the rule of an answer")
		}
	}
	for part := range strings.SplitSeq(m.By, "+") {
		if part != "" && !plainName(part) {
			c.fail("by", "must be one of those that the contract names")
		}
	}
	if s := m.Source; s != "" && s != SourceJudgement && s != current && !slices.ContainsFunc(rows, func(r Rule) bool { return r.Source == s }) {
		c.fail("source", "must be a page or "+SourceJudgement)
	}
}

// card is a card by its name.
func (c *codec) card(name string, p *CardID) {
	s := ""
	if c.mode == writing {
		s = p.String()
	}
	if !c.at(name) {
		return
	}
	if c.text(name, &s); c.mode == reading {
		*p, _ = cardNamed(s)
	}
}

func (c *codec) decision(d *Decision) {
	for o := c.object(); c.more(&o); {
		c.card("card", &d.Card)
		word(c, "family", &d.Family, families)
		word(c, "banner", &d.Banner, banners[:])
		word(c, "money", &d.Money, moneys[:])
		word(c, "money_kind", &d.MoneyKind, moneyKinds[:])
		maybe(c, "about", &d.About, (*codec).about)
		maybe(c, "rest", &d.Rest, (*codec).about)
		nested(c, "retry", &d.Retry, (*codec).retry)
		word(c, "owner", &d.Owner, owners[:])
		word(c, "privacy", &d.Privacy, privacies)
		c.flag("doubt", &d.Doubt)
		list(c, "actions", &d.Actions, maxActions, (*codec).action)
		list(c, "fields", &d.Fields, maxFields, (*codec).field)
		nested(c, "matched", &d.Matched, (*codec).matched)
		optWord(c, "notice", &d.Notice, notices)
	}
}

func (c *codec) prompt(p *Prompt) {
	for o := c.object(); c.more(&o); {
		word(c, "locale", &p.Locale, langs)
		c.text("ref", &p.Ref)
		c.text("banner", &p.Banner)
		c.text("headline", &p.Headline)
		c.text("money", &p.Money)
		c.text("retry", &p.Retry)
		c.text("never", &p.Never)
		list(c, "actions", &p.Actions, maxActions, (*codec).promptAct)
		c.text("say", &p.Say)
		c.text("if_asked", &p.IfAsked)
		c.text("owner", &p.Owner)
		c.text("why", &p.Why)
		list(c, "fields", &p.Fields, maxFields, (*codec).promptField)
		c.text("contact", &p.Contact)
		display := p.CustomerDisplay[:]
		list(c, "customer_display", &display, len(p.CustomerDisplay), (*codec).line)
		copy(p.CustomerDisplay[:], display)
	}
}

func (c *codec) line(s *string) { c.text("", s) }

func (c *codec) promptAct(a *PromptAct) {
	for o := c.object(); c.more(&o); {
		c.text("label", &a.Label)
		c.text("text", &a.Text)
	}
}

func (c *codec) promptField(f *PromptField) {
	for o := c.object(); c.more(&o); {
		c.text("param", &f.Param)
		c.text("label", &f.Label)
		c.text("problem", &f.Problem)
	}
}

// record leaves the ref out when it is empty: the ref is a sum over that.
func (c *codec) record(r *Record) {
	for o := c.object(); c.more(&o); {
		num(c, "v", &r.V, ABI, ABI)
		c.optText("ref", &r.Ref)
		nested(c, "facts", &r.Facts, (*codec).facts)
		word(c, "locale", &r.Locale, langs)
		word(c, "customer_locale", &r.CustomerLocale, langs)
		c.sale("before", &r.Before)
		nested(c, "policy", &r.Policy, (*codec).policy)
		nested(c, "decision", &r.Decision, (*codec).decision)
		c.text("shown", &r.Shown)
		c.text("catalogue", &r.Catalogue)
	}
}

func (c *codec) answer(a *Answer) {
	for o := c.object(); c.more(&o); {
		num(c, "v", &a.V, ABI, ABI)
		nested(c, "prompt", &a.Prompt, (*codec).prompt)
		nested(c, "decision", &a.Decision, (*codec).decision)
		c.sale("sale", &a.Sale)
		maybe(c, "record", &a.Record, (*codec).record)
	}
}

func (c *codec) error(e *Error) {
	for o := c.object(); c.more(&o); {
		c.text("kind", (*string)(&e.Kind))
		c.text("detail", &e.Detail)
	}
}
