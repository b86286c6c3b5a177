package plugin

import (
	"slices"
	"testing"
)

// The model check: from every state of the sale that a reduced alphabet of
// events can reach, every event again, until nothing new comes up. Time is one
// of two moments, 49 hours apart, so that locks and budgets both stand and lapse.

// alphabet is one facet of the sale. Actions that a card offers are always part of it.
type alphabet struct {
	name   string
	policy Policy
	events []Facts
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

func found(op Operation, states ...FoundState) Facts {
	f := Facts{Operation: op, Status: 200, Found: []Found{}}
	for _, s := range states {
		f.Found = append(f.Found, Found{State: s})
	}
	return f
}

func verifying(m Method, status int, code string) Facts {
	return Facts{Operation: OpVerify, Status: status, Code: code, Format: m, Sent: Sent(map[bool]string{status == 0: "unknown"}[true])}
}

func alphabets() []alphabet {
	keyed := func(f Facts) Facts { f.HasKey = true; return f }
	taken := Facts{Operation: OpAuthorization, Status: 200, AutoCapture: ptr(true)}
	everyMethod := []Method{MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW}
	return []alphabet{
		{"answers and locks", Policy{}, both(
			verifying(MethodSecurityQuestion, 409, "secret_answer_mismatch"), verifying(MethodSecurityQuestion, 409, "tries_exceed"),
			verifying(MethodSecurityQuestion, 0, ""), verifying(MethodSecurityQuestion, 200, ""), lost(OpAuthorization),
			answered(OpAuthorization, 404, "customer_identity_not_found"), found(OpAuthorizations, FoundCaptured))},
		{"methods and codes", Policy{Methods: everyMethod, Override: true, Limits: Limits{Codes: 1}}, once(noon,
			verifying(MethodSMS, 400, "sms_not_valid_phone"), verifying(MethodPIW, 409, "piw_mismatch"),
			verifying(MethodOverride, 409, "merchant_override_is_not_allowed"), verifying(MethodSecurityQuestion, 409, "secret_answer_mismatch"),
			answered(OpTransactions, 409, "wrong_verification_code"), answered(OpTransactions, 409, "verification_code_required"))},
		{"a purchase in doubt", Policy{}, once(noon,
			lost(OpAuthorization), taken, answered(OpAuthorization, 401, "invalid_token"), found(OpAuthorizations),
			found(OpAuthorizations, FoundCaptured), found(OpAuthorizations, FoundHeld), found(OpAuthorizations, FoundEnded),
			found(OpAuthorizations, FoundCaptured, FoundHeld), lost(OpAuthorizations), answered(OpAuthorizations, 401, "invalid_token"),
			answered(OpToken, 200, ""))},
		{"captures and releases in doubt", Policy{SplitPayment: true}, once(noon,
			lost(OpCapture), lost(OpRelease), found(OpAuthorizationGet, FoundEnded), found(OpAuthorizationGet, FoundHeld),
			found(OpCaptures, FoundCaptured), answered(OpCaptures, 404, "not_found"), found(OpAuthorizations, FoundCaptured),
			answered(OpAuthorization, 409, "credit_exceeded"))},
		{"payments and refunds in doubt", Policy{SplitPayment: true}, once(noon,
			lost(OpTransactions), keyed(lost(OpTransactions)), keyed(answered(OpTransactions, 200, "")),
			keyed(answered(OpTransactions, 409, "not_enough_credit")), keyed(answered(OpTransactions, 401, "invalid_token")),
			lost(OpRefund), answered(OpRefund, 200, ""), answered(OpLookup, 200, ""), found(OpAuthorizations, FoundCaptured))},
		{"money settled by the cashier", Policy{SettledBy: OwnerCashier, Limits: Limits{Checks: 1}}, once(noon,
			lost(OpAuthorization), lost(OpTransactions), lost(OpRefund), found(OpAuthorizations), found(OpAuthorizations, FoundCaptured),
			answered(OpLookup, 200, ""), answered(OpAuthorization, 409, "plan_term_not_set"))},
		{"reads and sign-ins", Policy{}, once(noon,
			lost(OpLookup), lost(OpSearch), answered(OpLookup, 429, ""), answered(OpLookup, 401, "unauthorized"), answered(OpToken, 200, ""),
			answered(OpToken, 401, "invalid_token"), answered(OpLookup, 200, ""), answered(OpAuthorization, 401, "unauthorized"),
			lost(OpAuthorization), lost(OpApply), answered(OpApply, 409, "application_create_error"),
			Facts{Operation: OpLookup, Sent: SentNo, Failure: FailureRefused})},
	}
}

func TestEveryReachableSale(t *testing.T) {
	states, decisions := 0, 0
	for _, a := range alphabets() {
		t.Run(a.name, func(t *testing.T) {
			b := breaches{}
			seen, queue := map[string]bool{}, []Sale{{}, replacement().sealed()}
			for len(queue) > 0 {
				before := queue[0]
				queue = queue[1:]
				events := slices.Clone(a.events)
				if before.Last != nil {
					for _, offered := range before.Last.Offered {
						events = append(events, Facts{At: noon, Action: offered.ID, Operation: before.Last.Operation})
					}
				}
				for _, f := range events {
					d, after := Decide(f, before, a.policy)
					decisions++
					b.see(t, f, before, a.policy, d, after)
					b.note(t, transition(f, before, d, after), f, before, a.policy, d)
					if key := stateOf(after); !seen[key] {
						seen[key] = true
						queue = append(queue, after)
					}
				}
				if len(seen) > 300_000 {
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
func stateOf(s Sale) string {
	s.RuledOut = slices.Sorted(slices.Values(s.RuledOut))
	s.Check = ""
	return written(func(w *jsonList) { appendSale(w, s) })
}

// transition gives the rule that a step from one sale to the next breaks, or nothing.
func transition(f Facts, before Sale, d Decision, after Sale) string {
	closing := slices.Contains([]ActionID{ActFinishSale, ActCancelSale, ActOtherPayment}, f.Action)
	switch {
	case before.Doubt != nil && after.Doubt == nil && !settled(f, before):
		return "a doubt that is lost"
	case before.Doubt == nil && after.Doubt != nil && d.Money != MoneyUnknown:
		return "a doubt out of nothing"
	case before.LockedUntil == noon+48*3600*1000 && after.LockedUntil == 0:
		return "a lock that is lost"
	case after.Answers < before.Answers && f.At < before.AnswersAt+48*3600*1000:
		return "wrong answers forgotten"
	case !closing && !f.succeeds() && (after.Codes < before.Codes || after.Words < before.Words || after.Amounts < before.Amounts):
		return "a budget that grows"
	case after.Answers > 3 || after.Codes > 9 || after.Words > 2 || after.Amounts > 2 || after.SignIns > 2 || after.Repeats > 10:
		return "a count without end"
	}
	for _, m := range before.RuledOut {
		if !closing && !slices.Contains(after.RuledOut, m) {
			return "a method that was ruled out comes back"
		}
	}
	if f.Action != "" && d.Card == "till_trouble" {
		return "an action that was offered and is not known"
	}
	return ""
}

func (f Facts) succeeds() bool { return f.Status >= 200 && f.Status <= 299 }

// settled says whether an event may end a doubt: something that shows the
// payment was found, its own resend succeeded, or somebody settled it.
func settled(f Facts, before Sale) bool {
	switch {
	case f.Action != "":
		return f.Action == ActSettleTaken || f.Action == ActSettleNotTaken
	case before.Doubt.UnderWay && f.Operation == before.Doubt.Operation:
		return true // the answer that was still to come
	case len(f.Found) == 1:
		return f.Operation == OpAuthorizations || f.Operation == OpAuthorizationGet || f.Operation == OpCaptures
	}
	return f.Operation == OpTransactions && f.succeeds() && f.HasKey && before.Doubt.HasKey && before.Doubt.Operation == OpTransactions
}
