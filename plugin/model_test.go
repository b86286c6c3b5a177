package plugin

import (
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The model check: from every state of the sale that a reduced alphabet of
// events can reach, every event again, until nothing new comes up. Time is one
// of two moments, 49 hours apart, so that locks and budgets both stand and lapse.

// alphabet is one facet of the sale. Actions that a card offers are always part
// of it. payments is how many the sale remembers one by one: what happens when
// there are more happens with one.
type alphabet struct {
	name     string
	payments int
	policy   Policy
	events   []Facts
}

const later = noon + 49*3600*1000

// both gives the events at either moment.
func both(events ...Facts) []Facts {
	var all []Facts
	for _, at := range []int64{noon, later} {
		for _, f := range events {
			f.At = at
			all = append(all, f)
		}
	}
	return all
}

func once(at int64, events ...Facts) []Facts {
	for i := range events {
		events[i].At = at
	}
	return events
}

func answered(op Operation, status int, code string) Facts {
	return Facts{Operation: op, Status: status, Code: code}
}

func lost(op Operation) Facts {
	return Facts{Operation: op, Sent: SentUnknown, Failure: FailureTimeout}
}

func pending(op Operation) Facts { return Facts{Operation: op, Failure: FailurePending} }

func found(op Operation, states ...FoundState) Facts {
	f := Facts{Operation: op, Status: 200, Found: []FoundFact{}}
	for _, s := range states {
		f.Found = append(f.Found, FoundFact{State: s})
	}
	return f
}

func verifying(m Method, status int, code string) Facts {
	return Facts{Operation: OpVerify, Status: status, Code: code, Format: m, Sent: Sent(map[bool]string{status == 0: "unknown"}[true])}
}

func alphabets() []alphabet {
	keyed := func(f Facts) Facts { f.HasKey, f.Key = true, 7; return f }
	taken := Facts{Operation: OpAuthorization, Status: 200, AutoCapture: ptr(true)}
	held := Facts{Operation: OpAuthorization, Status: 200, AutoCapture: ptr(false)}
	everyMethod := []Method{MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW}
	few := Limits{Checks: 1, Reads: 1}
	refused := answered(OpAuthorization, 409, "plan_term_not_set")
	return []alphabet{
		{"answers and locks", 1, Policy{}, both(
			verifying(MethodSecurityQuestion, 409, "secret_answer_mismatch"), verifying(MethodSecurityQuestion, 409, "tries_exceed"),
			verifying(MethodSecurityQuestion, 0, ""), verifying(MethodSecurityQuestion, 200, ""))},
		{"methods", 1, Policy{Methods: everyMethod, Override: true}, once(noon,
			verifying(MethodSMS, 400, "sms_not_valid_phone"), verifying(MethodPIW, 409, "piw_mismatch"),
			verifying(MethodOverride, 409, "merchant_override_is_not_allowed"), answered(OpAuthorization, 404, "customer_identity_not_found"))},
		{"codes", 1, Policy{Limits: Limits{Codes: 1, Answers: 1}}, once(noon,
			answered(OpTransactions, 409, "wrong_verification_code"), answered(OpTransactions, 409, "verification_code_required"),
			verifying(MethodSMS, 200, ""), verifying(MethodSecurityQuestion, 409, "secret_answer_mismatch"))},
		{"a purchase in doubt", 1, Policy{Limits: few}, once(noon,
			lost(OpAuthorization), taken, found(OpAuthorizations), found(OpAuthorizations, FoundCaptured), found(OpAuthorizations, FoundEnded),
			lost(OpAuthorizations))},
		{"a sign-in that runs out", 1, Policy{Limits: few}, once(noon,
			lost(OpAuthorization), answered(OpAuthorization, 401, "invalid_token"), answered(OpAuthorizations, 401, "invalid_token"),
			answered(OpToken, 200, ""))},
		{"two purchases", 2, Policy{Limits: few}, once(noon,
			lost(OpAuthorization), taken)},
		{"amounts and rests", 2, Policy{SplitPayment: true, Limits: few}, once(noon,
			of("5.00", taken), of("7.00", answered(OpAuthorization, 409, "credit_exceeded")), of("7.00", taken))},
		{"calls under way", 1, Policy{Limits: few}, once(noon,
			pending(OpAuthorization), lost(OpAuthorization), taken, refused, answered(OpLookup, 200, ""), found(OpAuthorizations, FoundCaptured))},
		{"calls by name", 2, Policy{Limits: few}, once(noon,
			called(1, lost(OpAuthorization)), called(1, taken), called(1, refused), called(2, taken))},
		{"holds", 1, Policy{Limits: few}, once(noon,
			held, answered(OpCapture, 200, ""), answered(OpCapture, 409, "authorization_ended"), answered(OpCapture, 429, ""),
			answered(OpRelease, 200, ""), answered(OpRefund, 200, ""))},
		{"captures in doubt", 2, Policy{Limits: few}, once(noon,
			held, lost(OpCapture), found(OpCaptures, FoundCaptured))},
		{"releases in doubt", 2, Policy{Limits: few}, once(noon, held, lost(OpRelease))},
		{"a release that is found", 1, Policy{Limits: few}, once(noon, lost(OpRelease), found(OpAuthorizationGet, FoundEnded), answered(OpRelease, 200, ""))},
		{"payments in doubt", 1, Policy{Limits: few}, once(noon,
			keyed(lost(OpTransactions)), keyed(answered(OpTransactions, 200, "")), keyed(answered(OpTransactions, 409, "not_enough_credit")),
			keyed(answered(OpTransactions, 401, "invalid_token")))},
		{"refunds in doubt", 2, Policy{Limits: few}, once(noon,
			lost(OpRefund), answered(OpRefund, 200, ""), answered(OpLookup, 200, ""), taken)},
		{"money settled by the cashier", 1, Policy{SettledBy: OwnerCashier, Limits: few}, once(noon,
			lost(OpAuthorization), lost(OpTransactions), lost(OpRefund), found(OpAuthorizations), found(OpAuthorizations, FoundCaptured))},
		{"reads and sign-ins", 1, Policy{Limits: few}, once(noon,
			lost(OpLookup), answered(OpLookup, 429, ""), answered(OpLookup, 401, "unauthorized"), answered(OpToken, 200, ""),
			answered(OpToken, 401, "invalid_token"), answered(OpLookup, 200, ""), lost(OpApply), answered(OpApply, 409, "application_create_error"),
			Facts{Operation: OpLookup, Sent: SentNo, Failure: FailureRefused})},
	}
}

func of(amount string, f Facts) Facts { f.Amount = amount; return f }
func called(call Hash, f Facts) Facts { f.Call = call; return f }

func TestEveryReachableSale(t *testing.T) {
	defer func(n int) { maxPayments = n }(maxPayments)
	states, decisions := 0, 0
	for _, a := range alphabets() {
		t.Run(a.name, func(t *testing.T) {
			maxPayments = a.payments
			b := breaches{}
			seen, queue := map[string]bool{}, []Sale{{}, replacement()}
			for len(queue) > 0 {
				before := queue[0]
				queue = queue[1:]
				events := slices.Clone(a.events)
				if before.Last != nil {
					for _, offered := range before.Last.Offered {
						events = append(events, Facts{At: noon, Action: offered})
					}
				}
				for _, f := range events {
					d, after := Decide(f, before, a.policy)
					decisions++
					b.see(t, f, before, a.policy, d, after)
					b.note(t, transition(f, before, d, after), f, before, a.policy, d)
					if key := stateOf(t, after); !seen[key] {
						seen[key] = true
						queue = append(queue, after)
					}
				}
				if len(seen) > 60_000 {
					t.Fatal("the states do not come to an end")
				}
			}
			b.report(t)
			t.Log(len(seen), "states")
			states += len(seen)
		})
	}
	t.Log(states, "states of the sale,", decisions, "decisions")
}

// stateOf is a sale as a key. The order in which methods were ruled out makes no difference.
func stateOf(t *testing.T, s Sale) string {
	s.RuledOut = slices.Sorted(slices.Values(s.RuledOut))
	b, err := s.MarshalJSON()
	require.NoError(t, err)
	return string(b)
}

// transition gives the rule that a step from one sale to the next breaks, or nothing.
func transition(f Facts, before Sale, d Decision, after Sale) string {
	switch {
	case before.InDoubt() && !after.InDoubt() && !settled(f, before):
		return "a doubt that is lost"
	case !before.InDoubt() && after.InDoubt() && d.Money != MoneyUnknown:
		return "a doubt out of nothing"
	case before.LockedUntil == noon+48*3600*1000 && after.LockedUntil == 0:
		return "a lock that is lost"
	case before.answersUsed(f.At) > after.answersUsed(f.At):
		return "wrong answers forgotten"
	case after.Codes < before.Codes || after.Words < before.Words || after.Amounts < before.Amounts:
		return "a budget that grows"
	case len(after.Answers) > 3 || after.Codes > 9 || after.Words > 2 || after.Amounts > 2 || after.SignIns > 2 || after.Repeats > 10 || len(after.Payments) > 6:
		return "a count without end"
	case before.Closed != "" && after.Closed == "" || before.Suspect && !after.Suspect || before.Denied && !after.Denied || before.Dropped && !after.Dropped:
		return "something of the sale forgotten"
	}
	for _, m := range before.RuledOut {
		if !slices.Contains(after.RuledOut, m) {
			return "a method that was ruled out comes back"
		}
	}
	if f.Action != "" && d.Card == CardTillTrouble && before.Last.Card != CardTillTrouble {
		return "an action that was offered and is not known"
	}
	if f.Action == ActCarryOn && !reflect.DeepEqual(before, after) {
		return "carrying on changes the sale"
	}
	return moneyForgotten(f, before, after)
}

// moneyForgotten: what was held or taken changes only by an answer about it, a
// read-back or a statement.
func moneyForgotten(f Facts, before, after Sale) string {
	was, _ := moneyIn(before)
	is, _ := moneyIn(after)
	moves := MovesMoney(f.Operation) && f.Action == ""
	if (was == MoneyMoved || was == MoneyHeld) && is != was && !moves && !f.Action.Settles() && f.Found == nil && is != MoneyUnknown {
		return "money taken or held is forgotten"
	}
	return ""
}

// settled says whether an event may end a doubt: something that shows the
// payment was found, its own answer or resend, or somebody's word.
func settled(f Facts, before Sale) bool {
	switch {
	case f.Action != "":
		return f.Action.Settles()
	case f.Found != nil:
		return about(f.Operation).kind == kindReadBack
	case f.Call != 0:
		return slices.ContainsFunc(before.Payments, func(p Payment) bool { return p.Call == f.Call })
	case f.Operation == OpCapture || f.Operation == OpRelease:
		// Of a hold in doubt, what goes through says what became of it.
		return f.succeeded() && slices.ContainsFunc(before.Payments, func(p Payment) bool { return p.gone() })
	case f.Authorization != 0 || f.Capture != 0:
		return true
	}
	return f.Operation == OpTransactions && f.succeeded() && f.HasKey
}
