package plugin

import (
	"strconv"
	"strings"
)

// Writers of the contract's types, in the order of their fields.

func appendFacts(w *list, f Facts) {
	w.open('{')
	w.num("at", f.At)
	if f.UTCOffsetMin != nil {
		w.num("utc_offset_min", int64(*f.UTCOffsetMin))
	}
	word(w, "operation", f.Operation)
	w.num("status", int64(f.Status))
	w.str("code", f.Code)
	optWord(w, "failure", f.Failure)
	optWord(w, "sent", f.Sent)
	optWord(w, "format", f.Format)
	w.optStr("transaction_type", f.TransactionType)
	appendOptBool(w, "auto_capture", f.AutoCapture)
	w.optStr("amount", f.Amount)
	w.optBool("has_key", f.HasKey)
	if len(f.Fields) > 0 {
		w.name("fields")
		appendFields(w, f.Fields)
	}
	if f.Found != nil {
		w.name("found")
		w.open('[')
		for _, p := range f.Found {
			w.element()
			w.open('{')
			word(w, "state", p.State)
			w.optStr("amount", p.Amount)
			w.close('}')
		}
		w.close(']')
	}
	optWord(w, "result", f.Result)
	w.optNum("retry_after_s", int64(f.RetryAfterS))
	optWord(w, "action", f.Action)
	w.close('}')
}

func appendOptBool(w *list, name string, b *bool) {
	if b != nil {
		w.boolean(name, *b)
	}
}

func appendFields(w *list, fields []Field) {
	w.open('[')
	for _, f := range fields {
		w.element()
		w.open('{')
		w.str("param", f.Param)
		word(w, "problem", f.Problem)
		w.close('}')
	}
	w.close(']')
}

func appendNext(w *list, n *Next) {
	w.open('{')
	word(w, "operation", n.Operation)
	optWord(w, "format", n.Format)
	w.boolean("auto", n.Auto)
	w.close('}')
}

func appendActions(w *list, actions []Action) {
	w.open('[')
	for _, a := range actions {
		w.element()
		w.open('{')
		word(w, "id", a.ID)
		if a.Next != nil {
			w.name("next")
			appendNext(w, a.Next)
		}
		w.close('}')
	}
	w.close(']')
}

func appendDecision(w *list, d Decision) {
	w.open('{')
	w.str("card", d.Card)
	word(w, "family", d.Family)
	word(w, "banner", d.Banner)
	word(w, "money", d.Money)
	word(w, "money_kind", d.MoneyKind)
	w.name("retry")
	w.open('{')
	word(w, "policy", d.Retry.Policy)
	w.num("left", int64(d.Retry.Left))
	w.num("after_s", int64(d.Retry.AfterS))
	w.num("until", d.Retry.Until)
	w.close('}')
	word(w, "owner", d.Owner)
	word(w, "privacy", d.Privacy)
	w.boolean("doubt", d.Doubt)
	w.name("actions")
	appendActions(w, d.Actions)
	w.name("fields")
	appendFields(w, d.Fields)
	w.name("matched")
	w.open('{')
	w.str("rule", d.Matched.Rule)
	w.str("by", d.Matched.By)
	w.str("source", d.Matched.Source)
	w.close('}')
	optWord(w, "notice", d.Notice)
	w.close('}')
}

func appendSale(w *list, s Sale) {
	w.open('{')
	w.optNum("v", int64(s.V))
	w.optNum("answers", int64(s.Answers))
	w.optNum("answers_at", s.AnswersAt)
	w.optNum("locked_until", s.LockedUntil)
	w.optNum("words", int64(s.Words))
	w.optNum("codes", int64(s.Codes))
	w.optNum("amounts", int64(s.Amounts))
	appendMethods(w, "ruled_out", s.RuledOut)
	w.optNum("sign_ins", int64(s.SignIns))
	w.optNum("repeats", int64(s.Repeats))
	optWord(w, "repeated", s.Repeated)
	optWord(w, "paying", s.Paying)
	if s.Pending != nil {
		w.name("pending")
		appendNext(w, s.Pending)
	}
	if l := s.Last; l != nil {
		w.name("last")
		w.open('{')
		w.optStr("card", l.Card)
		optWord(w, "operation", l.Operation)
		optWord(w, "format", l.Format)
		optWord(w, "kind", l.Kind)
		optWord(w, "money", l.Money)
		optWord(w, "owner", l.Owner)
		if len(l.Offered) > 0 {
			w.name("offered")
			appendActions(w, l.Offered)
		}
		w.close('}')
	}
	if d := s.Doubt; d != nil {
		w.name("doubt")
		w.open('{')
		word(w, "operation", d.Operation)
		word(w, "kind", d.Kind)
		w.optStr("amount", d.Amount)
		appendOptBool(w, "auto_capture", d.AutoCapture)
		w.optBool("has_key", d.HasKey)
		w.optNum("since", d.Since)
		w.optNum("checks", int64(d.Checks))
		w.optNum("resends", int64(d.Resends))
		w.optBool("under_way", d.UnderWay)
		w.close('}')
	}
	optWord(w, "closed", s.Closed)
	w.optBool("replaced", s.Replaced)
	w.optStr("check", s.Check)
	w.close('}')
}

func appendMethods(w *list, name string, methods []Method) {
	if len(methods) == 0 {
		return
	}
	w.name(name)
	w.open('[')
	for _, m := range methods {
		w.element()
		w.out = appendString(w.out, string(m))
	}
	w.close(']')
}

func appendPolicy(w *list, p Policy) {
	w.open('{')
	appendMethods(w, "methods", p.Methods)
	w.optBool("override", p.Override)
	w.optBool("bypass", p.Bypass)
	w.optBool("split_payment", p.SplitPayment)
	optWord(w, "settled_by", p.SettledBy)
	if p.Limits != (Limits{}) {
		w.name("limits")
		w.open('{')
		w.optNum("answers", int64(p.Limits.Answers))
		w.optNum("codes", int64(p.Limits.Codes))
		w.optNum("reads", int64(p.Limits.Reads))
		w.optNum("checks", int64(p.Limits.Checks))
		w.close('}')
	}
	w.close('}')
}

func appendPrompt(w *list, p Prompt) {
	w.open('{')
	word(w, "locale", p.Locale)
	w.str("ref", p.Ref)
	w.str("banner", p.Banner)
	w.str("headline", p.Headline)
	w.str("money", p.Money)
	w.str("retry", p.Retry)
	w.str("never", p.Never)
	w.name("actions")
	w.open('[')
	for _, a := range p.Actions {
		w.element()
		w.open('{')
		w.str("label", a.Label)
		w.str("text", a.Text)
		w.close('}')
	}
	w.close(']')
	w.str("say", p.Say)
	w.str("if_asked", p.IfAsked)
	w.str("owner", p.Owner)
	w.str("why", p.Why)
	w.name("fields")
	w.open('[')
	for _, f := range p.Fields {
		w.element()
		w.open('{')
		w.str("param", f.Param)
		w.str("label", f.Label)
		w.str("problem", f.Problem)
		w.close('}')
	}
	w.close(']')
	w.str("contact", p.Contact)
	w.name("customer_display")
	w.open('[')
	for _, line := range p.CustomerDisplay {
		w.element()
		w.out = appendString(w.out, line)
	}
	w.close(']')
	w.close('}')
}

// appendRecord leaves the ref out when it is empty: the ref is a sum over that.
func appendRecord(w *list, r *Record) {
	w.open('{')
	w.num("v", int64(r.V))
	w.optStr("ref", r.Ref)
	w.name("facts")
	appendFacts(w, r.Facts)
	word(w, "locale", r.Locale)
	word(w, "customer_locale", r.CustomerLocale)
	w.name("before")
	appendSale(w, r.Before)
	w.name("policy")
	appendPolicy(w, r.Policy)
	w.name("decision")
	appendDecision(w, r.Decision)
	w.str("shown", r.Shown)
	w.str("catalogue", r.Catalogue)
	w.close('}')
}

func appendAnswer(w *list, a Answer) {
	w.open('{')
	w.num("v", int64(a.V))
	w.name("prompt")
	appendPrompt(w, a.Prompt)
	w.name("decision")
	appendDecision(w, a.Decision)
	w.name("sale")
	appendSale(w, a.Sale)
	if a.Record != nil {
		w.name("record")
		appendRecord(w, a.Record)
	}
	w.close('}')
}

func appendError(w *list, e *Error) {
	w.open('{')
	w.name("error")
	w.open('{')
	word(w, "kind", e.Kind)
	w.str("detail", e.Detail)
	w.close('}')
	w.close('}')
}

// describe writes what tillwise_describe answers.
func describe(w *list) {
	w.open('{')
	w.num("abi", ABI)
	w.str("catalogue", CatalogueVersion)
	w.name("locales")
	w.out = append(w.out, `["en-CA","fr-CA"]`...)
	w.name("limits")
	w.out = append(w.out, `{"input":`+strconv.Itoa(MaxInput)+`,"depth":`+strconv.Itoa(MaxDepth)+`,"values":`+strconv.Itoa(MaxValues)+
		`,"sale":`+strconv.Itoa(MaxSale)+`,"actions":`+strconv.Itoa(maxActions)+`,"fields":`+strconv.Itoa(maxFields)+`}`...)
	w.name("cards")
	w.open('[')
	for _, c := range cards {
		w.element()
		w.open('{')
		w.str("card", c.id)
		word(w, "family", c.family)
		word(w, "retry", c.retry)
		word(w, "owner", c.owner)
		word(w, "privacy", c.privacy)
		w.name("headline")
		w.open('{')
		w.str(string(English), english.card(c.id).headline)
		w.str(string(French), french.card(c.id).headline)
		w.close('}')
		w.name("rules")
		w.open('[')
		for _, r := range rows {
			if r.Card == c.id || r.Card == "service_trouble" && strings.HasPrefix(c.id, r.Card) {
				w.element()
				w.open('{')
				w.str("rule", ruleName(r.Operation, r.Status, r.Code))
				w.str("source", r.Source)
				w.close('}')
			}
		}
		w.close(']')
		w.close('}')
	}
	w.close(']')
	w.close('}')
}
