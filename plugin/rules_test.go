package plugin

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// moneyByContract is contract 8.4 for the first call of a sale, written down a
// second time: the oracle for what a card may claim.
func moneyByContract(op Operation, status int, code string, known bool) Money {
	switch op {
	case OpToken, OpI18n, OpTerms, OpDriversLicense, OpMerchantsLogin:
		return MoneyNone
	case OpTransactions, OpAuthorization, OpCapture, OpRelease, OpReturn, OpRefund, OpUnknown:
	default:
		return MoneyNotMoved
	}
	switch {
	case code == "general_error", code == "gateway_timeout":
		return MoneyUnknown
	case status == 401, status == 429, status >= 465 && status <= 467:
		return MoneyNotMoved
	case status >= 400 && status <= 499 && known:
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
		switch {
		case autoCapture == nil:
			return MoneyUnknown
		case *autoCapture:
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
	with := func(payments ...Payment) Sale { return Sale{V: saleVersion, Payments: payments} }
	payment := func(op Operation, state PaymentState) Payment {
		return Payment{Operation: op, State: state, Amount: "10.00", Since: noon - 1000, AutoCapture: ptr(true)}
	}
	known := func(op Operation, out outcome) Payment {
		p := payment(op, StateKnown)
		p.known(out)
		return p
	}
	checked, keyed := payment(OpAuthorization, StateInDoubt), payment(OpTransactions, StateInDoubt)
	checked.Checks, keyed.HasKey, keyed.Key = 1, true, 7
	rest := with(known(OpAuthorization, outTaken))
	rest.Rest = &About{Operation: OpAuthorization, Amount: "5.00"}
	closed := with(payment(OpAuthorization, StateRefused))
	closed.Closed, closed.Denied = ActOtherPayment, true
	suspect := with(known(OpAuthorization, outTaken), known(OpAuthorization, outTaken))
	suspect.Suspect = true
	full := Sale{V: saleVersion}
	for range maxPayments {
		full.Payments = append(full.Payments, payment(OpAuthorization, StateInDoubt))
	}
	return map[string]Sale{
		"new":      {},
		"spent":    {V: saleVersion, Answers: []int64{noon - 3, noon - 2, noon - 1}, Words: 2, Codes: 9, Amounts: 2, SignIns: 2, Repeats: 10, Repeated: OpLookup},
		"barred":   {V: saleVersion, LockedUntil: Forever, RuledOut: []Method{MethodSMS, MethodEmail, MethodPIW, MethodOverride, MethodBypass}},
		"locked":   {V: saleVersion, LockedUntil: noon + 1, Answers: []int64{noon - 1}, Codes: 1, Words: 1, Amounts: 1, SignIns: 1},
		"replaced": replacement(),

		"purchase in doubt":           with(payment(OpAuthorization, StateInDoubt)),
		"purchase checked once":       with(checked),
		"purchase under way":          with(payment(OpAuthorization, StateUnderWay)),
		"purchase taken":              with(known(OpAuthorization, outTaken)),
		"purchase held":               with(known(OpAuthorization, outHeld)),
		"purchase refused":            with(payment(OpAuthorization, StateRefused)),
		"capture in doubt":            with(known(OpAuthorization, outHeld), payment(OpCapture, StateInDoubt)),
		"capture in doubt, alone":     with(payment(OpCapture, StateInDoubt)),
		"release in doubt":            with(known(OpAuthorization, outHeld), payment(OpRelease, StateInDoubt)),
		"payment with a key in doubt": with(keyed),
		"payment in doubt":            with(payment(OpTransactions, StateInDoubt)),
		"refund in doubt":             with(payment(OpRefund, StateInDoubt)),
		"refunded":                    with(known(OpRefund, outGiven)),
		"two in doubt":                with(payment(OpAuthorization, StateInDoubt), payment(OpTransactions, StateInDoubt)),
		"a rest":                      rest,
		"closed":                      closed,
		"perhaps twice":               suspect,
		"full":                        full,
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
				all = append(all, Facts{Operation: op, Status: 200, Found: []FoundFact{{State: state}}, AutoCapture: capture})
			}
		}
		all = append(all, Facts{Operation: op, Status: 200, Found: []FoundFact{}}, Facts{Operation: op, Status: 200, Found: []FoundFact{{}, {}}},
			Facts{Operation: op, Status: 409, Code: "wrong_inputs", Fields: []Field{{"email", ProblemInvalid}, {"other", ProblemOther}, {"zzz", ProblemLength}}})
	}
	return all
}

func TestRulesHoldForEveryAnswer(t *testing.T) {
	answers := everyAnswer()
	for name, before := range salesToTry() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := breaches{}
			for i, p := range policiesToTry {
				for _, f := range answers {
					f.At = noon
					if i%2 == 0 {
						f.UTCOffsetMin = ptr(-300)
					}
					d, after := Decide(f, before, p)
					b.see(t, f, before, p, d, after, English, French)
				}
			}
			b.report(t)
		})
	}
}

// What a card claims of the money of a sale's first call is what the contract allows it to claim.
func TestMoneyIsWhatTheContractSays(t *testing.T) {
	for _, f := range everyAnswer() {
		want := MoneyUnknown
		switch {
		case f.Status == 0 && f.Sent == SentNo && f.Failure != FailurePending:
			want = moneyByContract(f.Operation, 401, "", false)
		case f.Status == 202:
			want = moneyByContract(f.Operation, 500, "", false)
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
		require.Equal(t, want == MoneyUnknown && f.Failure != FailurePending, after.InDoubt(), "%s", marshal(t, f))
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

// A status at the door or a refusal's makes no answer of a code that says that
// nobody knows what was done.
func TestACodeOfTheBackendIsNoRefusalUnderAnyStatus(t *testing.T) {
	for status := 300; status <= 599; status++ {
		for _, code := range []string{"general_error", "generic_error", "GATEWAY_TIMEOUT"} {
			for _, op := range []Operation{OpTransactions, OpAuthorization, OpCapture, OpRelease, OpReturn, OpRefund} {
				d, after := Decide(Recognise(Exchange{Operation: op, Status: status, Body: `{"error":"` + code + `"}`}), Sale{}, Policy{})
				require.Equal(t, MoneyUnknown, d.Money, "%s %d %s", op, status, code)
				require.True(t, after.InDoubt(), "%s %d %s", op, status, code)
			}
		}
	}
}

// Two authorizations are told apart by their numbers, whatever their amounts.
func TestACaptureOfAnotherAuthorizationLeavesThisOneHeld(t *testing.T) {
	held := Recognise(Exchange{Operation: OpAuthorization, Status: 200, Request: Request{Amount: "10.00", AutoCapture: ptr(false)}, Body: `{"authorization_id":"4101"}`})
	for _, op := range []Operation{OpCapture, OpRelease} {
		_, sale := Decide(held, Sale{}, Policy{})
		other := Recognise(Exchange{Operation: op, Status: 200, Request: Request{Amount: "10.00"}, URL: "/flexiti/pos-api/v2.5.1/client-id/acme/authorization/4102/" + string(op), Body: `{}`})
		_, sale = Decide(other, sale, Policy{EmptyOK: []Operation{op}})
		require.Equal(t, Cents(1000), sale.Payments[0].Held, "%s of 4102", op)

		_, sale = Decide(held, Sale{}, Policy{})
		own := Recognise(Exchange{Operation: op, Status: 200, Request: Request{Amount: "10.00"}, URL: "/flexiti/pos-api/v2.5.1/client-id/acme/authorization/4101/" + string(op), Body: `{}`})
		_, sale = Decide(own, sale, Policy{EmptyOK: []Operation{op}})
		require.Zero(t, sale.Payments[0].Held, "%s of 4101", op)
	}
}

// Long sales of all kinds of traffic, in stores of all kinds.
func TestRulesHoldInLongSales(t *testing.T) {
	g, b := newGenerator(41), breaches{}
	for range 250 {
		p := g.policy()
		g.walk(60, p, func(f Facts, before Sale, d Decision, after Sale) {
			b.see(t, f, before, p, d, after, English, French)
			if before.InDoubt() && !after.InDoubt() && !settled(f, before) {
				b.note(t, "a doubt that is lost", f, before, p, d)
			}
		})
	}
	b.report(t)
}

func TestStatusWithoutACode(t *testing.T) {
	cases := []struct {
		status         []int
		lookup, charge CardID
	}{
		{[]int{100, 400, 404, 405, 409, 413, 418, 422}, CardUnknownReply, CardUnknownReply},
		{[]int{301, 302, 304, 307, 407, 511}, CardStoreNetwork, CardStoreNetwork},
		{[]int{401}, CardUnauthorized, CardUnauthorized},
		{[]int{402}, CardRequestFailed, CardRequestFailed},
		{[]int{403}, CardForbidden, CardForbidden},
		{[]int{408}, CardNoReplyRead, CardNoReplyPayment},
		{[]int{429}, CardTooManyRequests, CardTooManyRequests},
		{[]int{465, 466, 467}, CardBlocked, CardBlocked},
		{[]int{464, 468}, CardUnknownReply, CardUnknownReply},
		{[]int{500, 501, 502, 503, 504, 520, 599}, CardServiceTroubleRead, CardServiceTroublePayment},
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
