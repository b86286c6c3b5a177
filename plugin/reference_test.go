package plugin

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// reference.md is made from the rules themselves by make generate, and this
// test keeps it so.
func TestReferenceIsUpToDate(t *testing.T) {
	var p page
	p.line("# What the till shows when …")
	p.line("")
	p.line(referenceIntro)
	p.documented()
	p.undocumented()
	p.good()
	p.doubts()
	p.choices(t)
	p.states()
	p.cards()
	text := strings.ReplaceAll(p.String(), "\n\n\n", "\n\n")
	golden(t, "reference.md", []byte(strings.TrimRight(text, "\n")+"\n"))
}

const referenceIntro = `This page lists every rule of the module, for whoever asks "what will it show when …". It is made from the rules by
` + "`make generate`" + `; do not edit it by hand.

A rule is looked for from the most to the least specific: operation, status and code; operation and code; status and code; code alone;
then the kind of call with the status; then what is known when there is no reply. Section 1 has the documented codes. If yours is not
there, go by the status to section 2. Good answers are in section 3.

Each line shows a sale that has just begun in a store with the default settings. What has been tried before changes the retry and the
actions: a spent try, a method that is ruled out or that the store has not got, is not on the list. While money is in doubt, section 4
stands above all others.

- **Money**: the sale's, the worst that is true of it: ` + "`none`" + ` no money is in sight, ` + "`not_moved`" + ` not taken, ` + "`held`" + ` authorized and not
  taken, ` + "`moved`" + ` taken (or given back), ` + "`unknown`" + ` maybe.
- **Retry**: whether the same request may be sent again, and how many tries are left or how many seconds to wait.
- **Actions**: in their order on the card; the first is the advice.
- **Source**: the number of the page of Flexiti's documentation, or *judgement* where it is silent and the advice is ours.`

type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	p.WriteString(format + "\n")
}

// table writes a Markdown table.
func (p *page) table(head []string, rows [][]string) {
	p.line("")
	p.line("| " + strings.Join(head, " | ") + " |")
	p.line("|" + strings.Repeat(" --- |", len(head)))
	for _, r := range rows {
		p.line("| " + strings.Join(r, " | ") + " |")
	}
	p.line("")
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

func source(s string) string {
	if s == SourceJudgement {
		return "*judgement*"
	}
	return s
}

// told gives what every table says of a decision: card, money, retry, owner, actions.
func told(d Decision) []string {
	retry := string(d.Retry.Policy)
	switch {
	case d.Retry.Left > 0:
		retry = fmt.Sprintf("%s (%d left)", retry, d.Retry.Left)
	case d.Retry.AfterS > 0:
		retry = fmt.Sprintf("%s (%d s)", retry, d.Retry.AfterS)
	case d.Retry.Until > 0:
		retry += " (48 h)"
	}
	var actions []string
	for _, id := range ids(d.Actions) {
		actions = append(actions, string(id))
	}
	return []string{cardLink(d.Card), string(d.Money), retry, string(d.Owner), strings.Join(actions, ", ")}
}

func cardLink(id CardID) string { return "[" + id.String() + "](#" + id.String() + ")" }

var toldHead = []string{"Card", "Money", "Retry", "Owner", "Actions"}

func headlines(card CardID) []string {
	return []string{english.headline(card), french.headline(card)}
}

func ask(f Facts) Decision {
	f.At = noon
	if f.Status == 0 {
		f.Sent = sent(f.Sent, f.Failure)
	}
	d, _ := Decide(f, Sale{}, Policy{})
	return d
}

func (p *page) documented() {
	p.line("")
	p.line("## 1. Documented codes")
	p.line("")
	p.line("*any* is every call that has no line of its own for the code. There, the money is that of a call that only reads; of a call that moves")
	p.line("money it stands in brackets, where it differs. Codes compare without case; `generic_error` is `general_error`, `wrong_input` is")
	p.line("`wrong_inputs`, every code that begins with `application_declined` or `application_marked_pending` is one of its group.")
	var out [][]string
	for _, r := range Rules() {
		f := Facts{Operation: r.Operation, Status: r.Status, Code: r.Code}
		if r.Operation == AnyOperation {
			f.Operation = OpLookup
			if slices.ContainsFunc(rows, func(o Rule) bool { return o.Operation == OpLookup && o.Code == r.Code }) {
				f.Operation = OpCalculateInterest
			}
		}
		d := ask(f)
		cells := told(d)
		if r.Operation == AnyOperation {
			f.Operation = OpCapture
			if money := ask(f).Money; money != d.Money {
				cells[1] += " (" + string(money) + ")"
			}
		}
		row := []string{string(r.Operation), fmt.Sprint(r.Status), code(r.Code)}
		row = append(row, headlines(d.Card)...)
		out = append(out, append(append(row, cells...), source(r.Source)))
	}
	p.table(slices.Concat([]string{"Operation", "Status", "Code", "English", "Français"}, toldHead, []string{"Source"}), out)
}

// kindsOfCall: one operation stands for all of its kind.
var kindsOfCall = []struct {
	title string
	op    Operation
}{
	{"Calls that set up the till", OpToken},
	{"Calls that only read", OpLookup},
	{"Verification", OpVerify},
	{"Application", OpApply},
	{"Calls that change something and move no money", OpClose},
	{"Purchases: a check can show what became of them", OpAuthorization},
	{"Releases: a check can show what became of them", OpRelease},
	{"Payments on the account: nothing shows what became of them", OpTransactions},
	{"Returns and refunds: nothing shows what became of them", OpRefund},
	{"Checks, with no money in doubt", OpAuthorizations},
	{"An unknown call that is no GET", OpUnknown},
}

func (p *page) undocumented() {
	p.line("## 2. Replies without a documented code, and no reply")
	for _, k := range kindsOfCall {
		var names []string
		for _, op := range allOperations() {
			a, b := about(op), about(k.op)
			readBack := a.kind != kindPayment || (a.readBack == "") == (b.readBack == "")
			unknown := (op == OpUnknown) == (k.op == OpUnknown)
			if a.kind == b.kind && readBack && unknown {
				names = append(names, code(string(op)))
			}
		}
		p.line("")
		p.line("### %s", k.title)
		p.line("")
		p.line("%s", strings.Join(names, ", "))
		if k.op == OpLookup {
			p.line("")
			p.line("No money is in sight of `drivers_license`.")
		}
		type answer struct {
			label string
			f     Facts
		}
		answers := []answer{
			{"never left the till (`refused`, `dns`, or `sent` no)", Facts{Sent: SentNo}},
			{"on its way (`pending`)", Facts{Failure: FailurePending}},
			{"no reply (`timeout`, `reset`, `tls`, `cancelled`)", Facts{Failure: FailureTimeout}},
			{"2xx that cannot be read", Facts{Status: 200, Code: codeUnreadable}},
			{"3xx", Facts{Status: 302}}, {"400", Facts{Status: 400}}, {"401", Facts{Status: 401}}, {"402", Facts{Status: 402}},
			{"403", Facts{Status: 403}}, {"404", Facts{Status: 404}}, {"408", Facts{Status: 408}}, {"409", Facts{Status: 409}},
			{"422", Facts{Status: 422}}, {"429", Facts{Status: 429}}, {"465, 466, 467", Facts{Status: 466}}, {"other 4xx", Facts{Status: 418}},
			{"4xx with a code that nobody knows", Facts{Status: 409, Code: "never_heard_of_it"}},
			{"500, 502, 503, 504", Facts{Status: 503}}, {"other 5xx", Facts{Status: 520}},
		}
		var out [][]string
		for _, a := range answers {
			a.f.Operation = k.op
			if k.op == OpVerify {
				a.f.Format = MethodSMS
			}
			d := ask(a.f)
			row := append(append([]string{a.label}, headlines(d.Card)...), append(told(d), source(d.Matched.Source))...)
			if i := slices.IndexFunc(out, func(o []string) bool { return slices.Equal(o[1:], row[1:]) }); i >= 0 {
				out[i][0] += "; " + a.label
				continue
			}
			out = append(out, row)
		}
		p.table(slices.Concat([]string{"Reply", "English", "Français"}, toldHead, []string{"Source"}), out)
	}
}

func (p *page) good() {
	p.line("## 3. Good answers")
	p.line("")
	p.line("A 2xx counts as an answer if it is the documented one of its call, with no sign of a refusal in it; all else is in section 2. A 200 to an application is what the POS says in `result`, and no approval without it.")
	var out [][]string
	row := func(label string, f Facts) {
		d := ask(f)
		out = append(out, append(append([]string{code(string(f.Operation)), label}, headlines(d.Card)...), told(d)...))
	}
	for _, op := range allOperations() {
		f := Facts{Operation: op, Status: 200}
		switch op {
		case OpVerify:
			row("by text or by email: a code was sent", Facts{Operation: op, Status: 200, Format: MethodSMS})
			row("by another method: the customer is verified", Facts{Operation: op, Status: 200, Format: MethodSecurityQuestion})
		case OpApply:
			for _, r := range []Result{ResultApproved, ResultPending, ResultDeclined} {
				f := Recognise(Exchange{Operation: op, Status: 200, Body: `{"id":1}`, Result: r})
				row("`result` "+string(r), f)
			}
			row("without `result`", f)
		case OpAuthorization:
			row("`auto_capture` true", Facts{Operation: op, Status: 200, AutoCapture: ptr(true)})
			row("`auto_capture` false", Facts{Operation: op, Status: 200, AutoCapture: ptr(false)})
			row("`auto_capture` not told, status word of a hold", Facts{Operation: op, Status: 200, State: "authorized"})
			row("neither", f)
		case OpSearch:
			row("", f)
			row("an empty list", Facts{Operation: op, Status: 200, Code: "not_found"})
			row("accounts that cannot buy (never why)", Facts{Operation: op, Status: 200, Code: "user_not_able_to_purchase"})
		case OpLookup:
			row("", f)
			row("an account that cannot buy (never why)", Facts{Operation: op, Status: 200, Code: "user_not_able_to_purchase"})
		default:
			row("", f)
		}
	}
	p.table(slices.Concat([]string{"Operation", "Answer", "English", "Français"}, toldHead), out)
}

func (p *page) doubts() {
	p.line("## 4. Money in doubt")
	p.line("")
	p.line("Once a call that moves money has had no clear answer, every card of the sale says `unknown` and keeps its headline. It offers no other")
	p.line("payment and nothing that leads to one; what it offers depends on the call in doubt. Only a check that found the payment, the answer to")
	p.line("the same payment sent again under its key, or the supervisor ends it.")
	var out [][]string
	for _, in := range []struct {
		label string
		f     Facts
	}{
		{"`authorization`, `capture` or `release`", Facts{Operation: OpAuthorization}},
		{"`transactions` with an idempotency key", Facts{Operation: OpTransactions, HasKey: true}},
		{"`transactions` without a key, or an unknown call", Facts{Operation: OpTransactions}},
		{"`return` or `refund`", Facts{Operation: OpRefund}},
	} {
		in.f.Failure = FailureTimeout
		d := ask(in.f)
		out = append(out, append([]string{in.label}, told(d)...))
	}
	p.table(slices.Concat([]string{"In doubt"}, toldHead), out)

	p.line("### What a check found")
	p.line("")
	p.line("By the call in doubt, the check for it, and the `found` that the POS adds to it, filtered by its own reference. Another amount than the one")
	p.line("sent, or several payments, settle nothing.")
	out = nil
	for _, op := range []Operation{OpAuthorization, OpCapture, OpRelease} {
		for _, state := range []FoundState{FoundCaptured, FoundHeld, FoundDeclined, FoundEnded, "none", "other amount", "several"} {
			_, s := Decide(Facts{Operation: op, Failure: FailureTimeout, Sent: SentUnknown, At: noon, Amount: "10.00", AutoCapture: ptr(true)}, Sale{}, Policy{})
			f := Facts{Operation: about(op).readBack, Status: 200, At: noon, Found: []FoundFact{{State: state, Amount: "10.00"}}}
			switch state {
			case "none":
				f.Found = []FoundFact{}
			case "other amount":
				f.Found = []FoundFact{{State: FoundCaptured, Amount: "20.00"}}
			case "several":
				f.Found = []FoundFact{{State: FoundCaptured, Amount: "10.00"}, {State: FoundCaptured, Amount: "10.00"}}
			}
			d, _ := Decide(f, s, Policy{})
			row := append([]string{code(string(op)), code(string(f.Operation)), string(state)}, headlines(d.Card)...)
			out = append(out, append(row, told(d)...))
		}
	}
	p.table(slices.Concat([]string{"In doubt", "Check", "Found", "English", "Français"}, toldHead), out)
}
