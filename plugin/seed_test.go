package plugin

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// seedPage names every code of the Errors page that the project started from
// (20643845) with its HTTP status, once for each line of that page.
const seedPage = `
400 invalid_client
400 invalid_request
400 not_found
400 invalid_account
401 invalid_token
401 Unauthorized
404 not_found
404 customer_identity_not_found
409 authentication_failure
409 tos_agreement_required
409 customer_already_exists
409 application_declined
409 application_declined_2
409 application_declined_3
409 creditapp_id_not_found
409 application_marked_pending_1
409 application_marked_pending_2
409 application_create_error
409 user_not_active
409 not_found
409 user_not_able_to_purchase
409 not_found
409 secret_answer_mismatch
409 merchant_override_is_not_allowed
409 piw_mismatch
409 wrong_verification_code
409 verification_code_required
409 invalid_transaction_type
409 not_enough_credit
409 limit_payment_amount_24
409 refunds_limit_exceeded_amount
409 auth_not_allowed
409 plan_term_not_set
409 plan_term_not_available
409 credit_exceeded
409 generic_error
`

// seedRow is one row of that page, and what the till must make of it.
type seedRow struct {
	name   string
	ops    []Operation // the calls that can be answered so
	status int
	codes  []string
	card   string
	money  Money
	retry  RetryPolicy
	first  ActionID
}

var seedRows = []seedRow{
	{"client id or secret", []Operation{OpToken}, 400, []string{"invalid_client"}, "invalid_client", MoneyNone, RetryNever, ActOtherPayment},
	{"grant type", []Operation{OpToken}, 400, []string{"invalid_request"}, "invalid_request", MoneyNone, RetryNever, ActOtherPayment},
	{"authorization id", []Operation{OpCapture, OpRelease}, 400, []string{"not_found"}, "authorization_not_found", MoneyNotMoved, RetryAfterFix, ActEnterAgain},
	{"account number", []Operation{OpLookup, OpVerify, OpAuthorization, OpTransactions, OpClose}, 400, []string{"invalid_account"}, "invalid_account", MoneyNotMoved, RetryAfterFix, ActEnterAgain},
	{"access token", []Operation{OpLookup, OpVerify, OpAuthorization, OpTransactions, OpCapture}, 401, []string{"invalid_token"}, "invalid_token", MoneyNotMoved, RetryNow, ActSignInAgain},
	{"merchant authorization", []Operation{OpLookup, OpVerify, OpAuthorization, OpTransactions, OpCapture}, 401, []string{"Unauthorized"}, "unauthorized", MoneyNotMoved, RetryNow, ActSignInAgain},
	{"account", []Operation{OpLookup, OpVerify, OpAuthorization, OpClose}, 404, []string{"not_found"}, "account_not_found", MoneyNotMoved, RetryAfterFix, ActLookUpAgain},
	{"customer identity", []Operation{OpAuthorization}, 404, []string{"customer_identity_not_found"}, "customer_identity_not_found", MoneyNotMoved, RetryAfterFix, ActSendCodeSMS},
	{"merchant sign-in", []Operation{OpMerchantsLogin}, 409, []string{"authentication_failure"}, "authentication_failure", MoneyNone, RetryNever, ActOtherPayment},
	{"terms", []Operation{OpApply}, 409, []string{"tos_agreement_required"}, "tos_agreement_required", MoneyNotMoved, RetryAfterFix, ActShowTerms},
	{"has an account", []Operation{OpApply}, 409, []string{"customer_already_exists"}, "customer_already_exists", MoneyNotMoved, RetryNever, ActLookUpAgain},
	{"declined", []Operation{OpApply}, 409, []string{"application_declined", "application_declined_2", "application_declined_3"}, "application_declined", MoneyNotMoved, RetryNever, ActOtherPayment},
	{"application id", []Operation{OpApply, OpLookup}, 409, []string{"creditapp_id_not_found"}, "creditapp_id_not_found", MoneyNotMoved, RetryNever, ActCallSupervisor},
	{"pending", []Operation{OpApply}, 409, []string{"application_marked_pending_1", "application_marked_pending_2"}, "application_marked_pending", MoneyNotMoved, RetryNever, ActHoldSale},
	{"application not created", []Operation{OpApply}, 409, []string{"application_create_error"}, "application_create_error", MoneyNotMoved, RetryLimited, ActTryAgain},
	{"not activated", []Operation{OpLookup, OpTransactions}, 409, []string{"user_not_active"}, "user_not_active", MoneyNotMoved, RetryAfterFix, ActOtherPayment},
	{"customer", []Operation{OpSearch}, 409, []string{"not_found"}, "customer_not_found", MoneyNotMoved, RetryAfterFix, ActLookUpAgain},
	{"account cannot buy", []Operation{OpLookup, OpTransactions, OpAuthorization}, 409, []string{"user_not_able_to_purchase"}, "user_not_able_to_purchase", MoneyNotMoved, RetryNever, ActOtherPayment},
	{"customer's account number", []Operation{OpLookup, OpVerify, OpTransactions}, 409, []string{"not_found"}, "account_number_not_found", MoneyNotMoved, RetryAfterFix, ActEnterAgain},
	{"security answer", []Operation{OpVerify}, 409, []string{"secret_answer_mismatch"}, "secret_answer_mismatch", MoneyNotMoved, RetryLimited, ActAskAgain},
	{"override", []Operation{OpVerify}, 409, []string{"merchant_override_is_not_allowed"}, "merchant_override_is_not_allowed", MoneyNotMoved, RetryNever, ActSendCodeSMS},
	{"identification word", []Operation{OpVerify}, 409, []string{"piw_mismatch"}, "piw_mismatch", MoneyNotMoved, RetryLimited, ActEnterPIW},
	{"wrong code", []Operation{OpTransactions}, 409, []string{"wrong_verification_code"}, "wrong_verification_code", MoneyNotMoved, RetryLimited, ActEnterAgain},
	{"code missing", []Operation{OpTransactions}, 409, []string{"verification_code_required"}, "verification_code_required", MoneyNotMoved, RetryAfterFix, ActEnterAgain},
	{"transaction type", []Operation{OpTransactions}, 409, []string{"invalid_transaction_type"}, "invalid_transaction_type", MoneyNotMoved, RetryNever, ActOtherPayment},
	{"open to buy", []Operation{OpTransactions}, 409, []string{"not_enough_credit"}, "not_enough_credit", MoneyNotMoved, RetryLimited, ActChangeAmount},
	{"payments of a day", []Operation{OpTransactions}, 409, []string{"limit_payment_amount_24"}, "limit_payment_amount_24", MoneyNotMoved, RetryNever, ActOtherPayment},
	{"refund limit", []Operation{OpRefund}, 409, []string{"refunds_limit_exceeded_amount"}, "refunds_limit_exceeded_amount", MoneyNotMoved, RetryAfterFix, ActCallSupervisor},
	{"pre-authorization", []Operation{OpAuthorization}, 409, []string{"auth_not_allowed"}, "auth_not_allowed", MoneyNotMoved, RetryNever, ActOtherPayment},
	{"plan not set", []Operation{OpAuthorization}, 409, []string{"plan_term_not_set"}, "plan_term_not_set", MoneyNotMoved, RetryAfterFix, ActChoosePlan},
	{"plan not for this customer", []Operation{OpAuthorization}, 409, []string{"plan_term_not_available"}, "plan_term_not_available", MoneyNotMoved, RetryAfterFix, ActChoosePlan},
	{"amount and fees", []Operation{OpAuthorization}, 409, []string{"credit_exceeded"}, "credit_exceeded", MoneyNotMoved, RetryLimited, ActChangeAmount},
	{"backend trouble", []Operation{OpLookup, OpApply}, 409, []string{"generic_error"}, "general_error", "", RetryNever, ActOtherPayment},
}

func TestSeedPageIsComplete(t *testing.T) {
	var want, got []string
	for line := range strings.SplitSeq(strings.TrimSpace(seedPage), "\n") {
		want = append(want, line)
	}
	for _, r := range seedRows {
		for _, code := range r.codes {
			got = append(got, fmt.Sprint(r.status, " ", code))
		}
	}
	require.Len(t, seedRows, 33)
	require.Len(t, want, 36)
	require.ElementsMatch(t, want, got)
}

func TestSeedPage(t *testing.T) {
	for _, r := range seedRows {
		for _, op := range r.ops {
			for _, code := range r.codes {
				t.Run(fmt.Sprint(r.name, "/", op, "/", code), func(t *testing.T) {
					d, _ := decide(Exchange{Operation: op, Status: r.status, Body: `{"error":"` + code + `"}`}, Sale{}, Policy{})
					money := r.money
					if money == "" {
						money = moneyByContract(op, r.status, "general_error", true)
					}
					require.Equal(t, r.card, d.Card.String())
					require.Equal(t, money, d.Money)
					require.Equal(t, r.retry, d.Retry.Policy)
					require.Equal(t, r.first, d.Actions[0].ID)
					require.Equal(t, money == MoneyUnknown, d.Doubt)
				})
			}
		}
	}
}

// Rows that mean different things must not look alike to who reads the details:
// each has a card, and each card a text behind Details, of its own.
func TestSeedRowsHaveCardsOfTheirOwn(t *testing.T) {
	cards, whys := map[string]string{}, map[string]string{}
	for _, r := range seedRows {
		require.Empty(t, cards[r.card], "%s has the card of another row", r.name)
		cards[r.card] = r.name
		d, _ := decide(Exchange{Operation: r.ops[0], Status: r.status, Body: `{"error":"` + r.codes[0] + `"}`}, Sale{}, Policy{})
		p := Render(d, Texts{}, Locale{Cashier: English})
		require.Empty(t, whys[p.Why], "%s is explained like another row", r.name)
		whys[p.Why] = r.name
	}
	require.Len(t, slices.Collect(maps.Keys(cards)), 33)
}

func TestSpellingsOfOneCode(t *testing.T) {
	cases := []struct {
		name   string
		op     Operation
		status int
		body   string
		want   string
	}{
		{"upper case", OpVerify, 409, `{"error":"SECRET_ANSWER_MISMATCH"}`, "secret_answer_mismatch"},
		{"Unauthorized with a capital", OpLookup, 401, `{"error":"Unauthorized"}`, "unauthorized"},
		{"unauthorized in lower case", OpLookup, 401, `{"error":"unauthorized"}`, "unauthorized"},
		{"401 without a code", OpLookup, 401, ``, "unauthorized"},
		{"401 with a page in HTML", OpLookup, 401, `<html>401</html>`, "unauthorized"},
		{"generic_error", OpLookup, 409, `{"error":"generic_error"}`, "general_error"},
		{"general_error", OpLookup, 409, `{"error":"general_error"}`, "general_error"},
		{"general_error at 400 on apply", OpApply, 400, `{"error":"general_error"}`, "general_error"},
		{"wrong_input", OpApply, 409, `{"error":"wrong_input"}`, "wrong_inputs"},
		{"wrong_inputs", OpApply, 409, `{"error":"wrong_inputs"}`, "wrong_inputs"},
		{"wrong_inputs at 400", OpApply, 400, `{"error":"wrong_inputs"}`, "wrong_inputs"},
		{"GATEWAY_TIMEOUT", OpLookup, 504, `{"error":"GATEWAY_TIMEOUT"}`, "service_trouble_read"},
		{"the scope sentence as the code", OpLookup, 403, `{"error":"Insufficient scope: authorized scope is insufficient"}`, "insufficient_scope"},
		{"the scope's OAuth code", OpLookup, 403, `{"error":"insufficient_scope","error_description":"x"}`, "insufficient_scope"},
		{"a decline that no page names", OpApply, 409, `{"error":"application_declined_9"}`, "application_declined"},
		{"a pending that no page names", OpApply, 409, `{"error":"application_marked_pending_3"}`, "application_marked_pending"},
		{"a pending without a number", OpApply, 409, `{"error":"application_marked_pending"}`, "application_marked_pending"},
		{"an application without a result", OpApply, 200, `{"id":1,"error":null}`, "application_no_result"},
		{"the older invalid_credentials", OpToken, 400, `{"error":"invalid_credentials"}`, "invalid_client"},
		{"an OAuth body with code and error", OpToken, 400, `{"code":400,"error":"invalid_client","error_description":"x"}`, "invalid_client"},
		{"an OAuth body with code alone", OpToken, 400, `{"code":"invalid_client"}`, "invalid_client"},
		{"blanks around it", OpVerify, 409, `{"error":" piw_mismatch "}`, "piw_mismatch"},
		{"a byte order mark before it", OpVerify, 409, "\ufeff" + `{"error":"piw_mismatch"}`, "piw_mismatch"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, _ := decide(Exchange{Operation: c.op, Status: c.status, Body: c.body}, Sale{}, Policy{})
			require.Equal(t, c.want, d.Card.String())
		})
	}
}

func TestFieldErrorsInEveryShape(t *testing.T) {
	want := []Field{{"email", ProblemInvalid}, {"dob", ProblemFormat}, {"postal_code", ProblemRequired}, {"sin", ProblemLength}, {"city", ProblemOther}}
	fields := `[{"param":"email","msg":"invalid","value":"x@"},{"param":"DOB","msg":"wrong format"},
		{"param":"postal_code","msg":"","type":"required"},{"param":"SIN","type":"length","msg":"x"},{"param":"city"}]`
	for _, name := range []string{"field_errors", "error_fields"} {
		t.Run(name, func(t *testing.T) {
			d, _ := decide(Exchange{Operation: OpApply, Status: 409, Body: `{"error":"wrong_input","` + name + `":` + fields + `}`}, Sale{}, Policy{})
			require.Equal(t, want, d.Fields)
		})
	}
}

// Every row of the catalogue is reached by its own example, by its own name.
func TestEveryRuleIsReachedByItsExample(t *testing.T) {
	rules := Rules()
	own := func(op Operation, r Rule) bool {
		return slices.ContainsFunc(rules, func(o Rule) bool { return o.Operation == op && o.Code == r.Code })
	}
	for _, r := range rules {
		ops := []Operation{r.Operation}
		if r.Operation == AnyOperation {
			ops = slices.DeleteFunc(allOperations(), func(op Operation) bool { return own(op, r) })
		}
		require.NotEmpty(t, ops)
		for _, op := range ops {
			name := ruleName(r.Operation, r.Status, r.Code)
			t.Run(name+"/"+string(op), func(t *testing.T) {
				x := r.Exchange()
				x.Operation = op
				d, _ := decide(x, Sale{}, Policy{})
				require.Equal(t, r.Card.String(), strings.TrimSuffix(d.Card.String(), "_"+variantOf(d.Card.String())))
				require.Equal(t, name, d.Matched.Rule)
				require.Equal(t, r.Source, d.Matched.Source)
			})
		}
	}
}

// The exchange of every row is met by that row as an event of a POS: under the name,
// or the method and path, that a call may bear.
func TestEveryRuleHasAnExchange(t *testing.T) {
	for _, r := range Rules() {
		name := ruleName(r.Operation, r.Status, r.Code)
		t.Run(name, func(t *testing.T) {
			var a Answer
			unmarshal(t, new(Module).Answer(marshal(t, map[string]any{"v": ABI, "exchange": r.Exchange()})), &a)
			require.Equal(t, name, a.Decision.Matched.Rule)
		})
	}
}

// variantOf gives the kind of call behind a card that has a text for each kind.
func variantOf(card string) string {
	for _, prefix := range []string{"service_trouble_", "no_reply_"} {
		if kind, ok := strings.CutPrefix(card, prefix); ok {
			return kind
		}
	}
	return "-"
}

func TestRulesAreSortedAndSingle(t *testing.T) {
	key := func(r Rule) string { return fmt.Sprintf("%s/%03d/%s", r.Operation, r.Status, r.Code) }
	rules := Rules()
	for i, r := range rules {
		if i > 0 {
			require.Less(t, key(rules[i-1]), key(r), "rules.go is sorted by operation, status and code, each once: move the one or the other row")
		}
		require.NotEmpty(t, r.Source, key(r))
		require.True(t, r.Card < numCards || r.Card == troubleByKind, key(r))
	}
}

// Without texts of Flexiti's the sale goes on: nobody pays otherwise for that, or applies.
func TestTroubleWithTextsIsNoReasonToPayOtherwise(t *testing.T) {
	for _, x := range []Exchange{
		{Operation: OpI18n, Status: 409, Body: `{"error":"general_error"}`}, {Operation: OpI18n, Status: 404, Body: `{"error":"not_found"}`},
		{Operation: OpTerms, Status: 500}, {Operation: OpClose, Status: 404, Body: `{"error":"not_found"}`},
	} {
		d, _ := decide(x, Sale{}, Policy{})
		require.False(t, offers(d, ActStartApplication), x.Operation)
		require.True(t, x.Operation == OpClose || !offers(d, ActOtherPayment), x.Operation)
	}
}

// not_found has a meaning for each call: what the call speaks of is what was not found.
func TestNotFoundIsWhatTheCallSpeaksOf(t *testing.T) {
	cases := []struct {
		op     Operation
		status []int
		want   string
	}{
		{OpCapture, []int{400, 404, 409}, "authorization_not_found"},
		{OpRelease, []int{400, 404, 409}, "authorization_not_found"},
		{OpReturn, []int{404, 409}, "capture_not_found"},
		{OpAuthorizationGet, []int{404}, "authorization_not_found"},
		{OpSearch, []int{409}, "customer_not_found"},
		{OpLookup, []int{404}, "account_not_found"},
		{OpLookup, []int{409}, "account_number_not_found"},
		{OpVerify, []int{404}, "account_not_found"},
		{OpAuthorization, []int{404}, "account_not_found"},
		{OpRefund, []int{404}, "account_not_found"},
		{OpTransactions, []int{404}, "account_or_transaction_not_found"},
		{OpUnknown, []int{409}, "not_found"},
	}
	for _, c := range cases {
		for _, status := range c.status {
			t.Run(fmt.Sprint(c.op, "/", status), func(t *testing.T) {
				d, _ := decide(Exchange{Operation: c.op, Status: status, Body: `{"error":"not_found"}`}, Sale{}, Policy{})
				require.Equal(t, c.want, d.Card.String())
			})
		}
	}
}
