package plugin

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// moneyByContract is section 4 of the contract, "Money", written down a second
// time: the oracle for what a card may claim. known: the reply's code is documented.
func moneyByContract(op Operation, status int, code string, known bool) Money {
	switch op {
	case OpToken, OpI18n, OpTerms, OpDriversLicense, OpMerchantsLogin:
		return MoneyNone
	case OpTransactions, OpAuthorization, OpCapture, OpRelease, OpReturn, OpRefund, OpUnknown:
	default:
		return MoneyNotMoved
	}
	if code == "general_error" {
		return MoneyUnknown
	}
	switch {
	case status == 401, status == 403, status == 404, status == 429, status >= 465 && status <= 467:
		return MoneyNotMoved
	case status >= 400 && status <= 499 && status != 402 && status != 408 && known:
		return MoneyNotMoved
	}
	return MoneyUnknown
}

// moneyOfSuccess is the oracle for a good reply that could be read.
func moneyOfSuccess(op Operation, autoCapture *bool) Money {
	switch op {
	case OpToken, OpI18n, OpTerms, OpDriversLicense, OpMerchantsLogin:
		return MoneyNone
	case OpAuthorization:
		if autoCapture != nil && *autoCapture {
			return MoneyMoved
		}
		return MoneyHeld
	case OpTransactions, OpCapture, OpReturn, OpRefund:
		return MoneyMoved
	case OpUnknown:
		return MoneyUnknown
	}
	return MoneyNotMoved
}

// policiesToTry: the default, a store with everything, one with next to
// nothing, one where the cashier settles, one that is strict.
var policiesToTry = []Policy{
	{},
	{Methods: []Method{MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW}, Override: true, Bypass: true, SplitPayment: true},
	{Methods: []Method{MethodPIW}},
	{SettledBy: OwnerCashier, Limits: Limits{Answers: 3, Codes: 9, Reads: 9, Checks: 9}},
	{Methods: []Method{MethodSecurityQuestion}, Limits: Limits{Answers: 1, Codes: 1, Reads: 1, Checks: 1}},
}

// salesToTry: what an event may come upon.
func salesToTry() map[string]Sale {
	doubt := func(op Operation, kind MoneyKind, key bool) Sale {
		return Sale{Doubt: &Doubt{Operation: op, Kind: kind, Amount: "10.00", HasKey: key, Since: noon}}
	}
	checked := doubt(OpAuthorization, KindPurchase, false)
	checked.Doubt.Checks = 1
	return map[string]Sale{
		"new":     {},
		"spent":   {Answers: 3, AnswersAt: noon - 1, Words: 2, Codes: 9, Amounts: 2, SignIns: 2, Repeats: 10, Repeated: OpLookup},
		"barred":  {LockedUntil: Forever, RuledOut: []Method{MethodSMS, MethodEmail, MethodPIW, MethodOverride, MethodBypass}},
		"locked":  {LockedUntil: noon + 1, Answers: 1, AnswersAt: noon - 1, Codes: 1, Words: 1, Amounts: 1, SignIns: 1},
		"refused": {Replaced: true, LockedUntil: Forever, Doubt: &Doubt{Operation: OpUnknown, Kind: KindPurchase}},

		"purchase in doubt":           doubt(OpAuthorization, KindPurchase, false),
		"purchase checked once":       checked,
		"capture in doubt":            doubt(OpCapture, KindPurchase, false),
		"release in doubt":            doubt(OpRelease, KindPurchase, false),
		"payment with a key in doubt": doubt(OpTransactions, KindPayment, true),
		"payment in doubt":            doubt(OpTransactions, KindPayment, false),
		"refund in doubt":             doubt(OpRefund, KindRefund, false),
	}
}

// everyAnswer gives the facts of all documented replies to all calls, of every
// interesting status with no code or one that nobody knows, and of no reply.
func everyAnswer() []Facts {
	var all []Facts
	for _, op := range allOperations() {
		for _, r := range rows {
			all = append(all, Facts{Operation: op, Status: r.Status, Code: r.Code})
		}
		for _, status := range interestingStatuses {
			for _, code := range []string{"", "never_heard_of_it", codeUnreadable, "wrong_inputs"} {
				all = append(all, Facts{Operation: op, Status: status, Code: code})
			}
		}
		for _, failure := range everyFailure {
			for _, s := range []Sent{SentYes, SentNo, SentUnknown} {
				all = append(all, Facts{Operation: op, Failure: failure, Sent: s})
			}
		}
		for _, format := range everyFormat {
			for _, status := range []int{0, 200, 400, 404, 409, 504} {
				all = append(all, Facts{Operation: op, Status: status, Format: format, Sent: SentUnknown, TransactionType: "promotional_purchase"})
			}
		}
		for _, result := range []Result{ResultApproved, ResultPending, ResultDeclined} {
			all = append(all, Facts{Operation: op, Status: 200, Result: result})
		}
		for _, state := range []FoundState{FoundCaptured, FoundHeld, FoundDeclined, FoundEnded} {
			for _, capture := range []*bool{nil, ptr(true), ptr(false)} {
				all = append(all, Facts{Operation: op, Status: 200, Found: []Found{{State: state}}, AutoCapture: capture})
			}
		}
		all = append(all, Facts{Operation: op, Status: 200, Found: []Found{}}, Facts{Operation: op, Status: 200, Found: []Found{{}, {}}},
			Facts{Operation: op, Status: 409, Code: "wrong_inputs", Fields: []Field{{"email", ProblemInvalid}, {"other", ProblemOther}, {"zzz", ProblemLength}}})
	}
	return all
}

func TestRulesHoldForEveryAnswer(t *testing.T) {
	answers, decided := everyAnswer(), 0
	for name, before := range salesToTry() {
		t.Run(name, func(t *testing.T) {
			b := breaches{}
			for i, p := range policiesToTry {
				for _, f := range answers {
					f.At = noon
					if i%2 == 0 {
						f.UTCOffsetMin = ptr(-300)
					}
					d, after := Decide(f, before, p)
					b.see(t, f, before, p, d, after, English, French)
					decided++
				}
			}
			b.report(t)
		})
	}
	t.Log(decided, "decisions, each in two languages")
}

// What a card claims of the money is what the contract allows it to claim.
func TestMoneyIsWhatTheContractSays(t *testing.T) {
	for _, f := range everyAnswer() {
		want := MoneyUnknown
		switch {
		case f.Status == 0 && f.Sent == SentNo:
			want = moneyByContract(f.Operation, 403, "", false)
		case f.Status >= 200 && f.Status <= 299 && f.Code == "":
			want = moneyOfSuccess(f.Operation, f.AutoCapture)
		default:
			known := f.Code != "" && f.Code != codeUnreadable && f.Code != "never_heard_of_it"
			want = moneyByContract(f.Operation, f.Status, f.Code, known)
		}
		d, after := Decide(f, Sale{}, Policy{})
		if len(f.Found) > 0 && about(f.Operation).kind == kindReadBack {
			continue // a read-back speaks of the payment that it found: TestFlows
		}
		require.Equal(t, want, d.Money, "%s", marshal(t, f))
		require.Equal(t, want == MoneyUnknown, after.Doubt != nil, "%s", marshal(t, f))
	}
	for status := 100; status <= 599; status++ { // with no body at all
		for _, op := range allOperations() {
			f := Recognise(Exchange{Operation: op, Status: status})
			d, _ := Decide(f, Sale{}, Policy{})
			if status >= 200 && status <= 299 && MovesMoney(op) {
				require.Equal(t, MoneyUnknown, d.Money, "%s %d with an empty body", op, status)
			} else if status < 200 || status > 299 {
				require.Equal(t, moneyByContract(op, status, "", false), d.Money, "%s %d", op, status)
			}
		}
	}
}

// Long sales of all kinds of traffic, in stores of all kinds.
func TestRulesHoldInLongSales(t *testing.T) {
	g, b := newGenerator(41), breaches{}
	for range 250 {
		p := g.policy()
		g.walk(60, p, func(f Facts, before Sale, d Decision, after Sale) {
			b.see(t, f, before, p, d, after, English, French)
			if before.Doubt != nil && after.Doubt == nil && !settled(f, before) {
				b.note(t, "a doubt that is lost", f, before, p, d)
			}
		})
	}
	b.report(t)
}

func TestStatusWithoutACode(t *testing.T) {
	cases := []struct {
		status         []int
		lookup, charge string
	}{
		{[]int{100, 301, 304, 400, 405, 409, 413, 418, 422}, "unknown_reply", "unknown_reply"},
		{[]int{401}, "unauthorized", "unauthorized"},
		{[]int{402}, "request_failed", "request_failed"},
		{[]int{403}, "forbidden", "forbidden"},
		{[]int{408}, "no_reply_read", "no_reply_payment"},
		{[]int{429}, "too_many_requests", "too_many_requests"},
		{[]int{465, 466, 467}, "blocked", "blocked"},
		{[]int{464, 468}, "unknown_reply", "unknown_reply"},
		{[]int{500, 501, 502, 503, 504, 520, 599}, "service_trouble_read", "service_trouble_payment"},
	}
	for _, c := range cases {
		for _, status := range c.status {
			for _, body := range []string{"", "<html>", "{}", `{"message":"x"}`, "null"} {
				d, _ := decide(Exchange{Operation: OpLookup, Status: status, Body: body}, Sale{}, Policy{})
				require.Equal(t, c.lookup, d.Card, "lookup %d %s", status, body)
				d, _ = decide(Exchange{Operation: OpAuthorization, Status: status, Body: body}, Sale{}, Policy{})
				require.Equal(t, c.charge, d.Card, "authorization %d %s", status, body)
			}
		}
	}
}
