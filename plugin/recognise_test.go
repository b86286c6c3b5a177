package plugin

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOperationByMethodAndURL(t *testing.T) {
	const base = "https://onlineapi.flexiti.example/flexiti/pos-api/v2.5/client-id/acme"
	cases := []struct {
		method, url string
		want        Operation
	}{
		{"POST", "https://onlineapi.flexiti.example/flexiti/pos-api/v2.5/oauth/token", OpToken},
		{"POST", "/flexiti/pos-api/v2.5/oauth/token/", OpToken},
		{"POST", base + "/merchants/login?lang=fr", OpMerchantsLogin},
		{"GET", base + "/i18n", OpI18n},
		{"POST", base + "/i18n?lang=en", OpI18n},
		{"GET", base + "/terms-and-conditions", OpTerms},
		{"POST", base + "/customers/driverslicense", OpDriversLicense},
		{"GET", base + "/customers/search?first_name=x&last_name=y&dob=z", OpSearch},
		{"GET", base + "/customers/lookup?account_number=1/refund", OpLookup},
		{"POST", base + "/accounts/1/calculate-interest", OpCalculateInterest},
		{"GET", base + "/account/1/calculate-interest", OpCalculateInterest},
		{"POST", base + "/account/1/verify", OpVerify},
		{"POST", "/flexiti/pos-api/v2.5/client-id/acme/customers/7/verify", OpVerify},
		{"POST", base + "/accounts/1/close", OpClose},
		{"POST", base + "/account/1/refund", OpRefund},
		{"POST", "/flexiti/pos-api/v2/client-id/acme/apply", OpApply},
		{"POST", base + "/transactions", OpTransactions},
		{"POST", "/flexiti/pos-api/v2.5.1/client-id/acme/authorization", OpAuthorization},
		{"POST", base + "/authorizations", OpAuthorization}, // page 574587210 sends a purchase there
		{"GET", base + "/authorizations", OpAuthorizations},
		{"GET", base + "/authorization/55", OpAuthorizationGet},
		{"POST", base + "/authorization/55/release", OpRelease},
		{"POST", base + "/authorization/55/capture", OpCapture},
		{"POST", base + "/authorization/55/capture/9/return", OpReturn},
		{"GET", base + "/captures#x", OpCaptures},
		{"POST", base + "/captures", OpUnknown}, // no page has it, and it may take money
		{"", base + "/captures", OpCaptures},
		{"POST", base + "/widget/init", OpWidgetInit},
		{"POST", "/flexiti/pos-api/v2.5/client-id/acmewidget/init", OpWidgetInit}, // page 9404505 lacks a slash
		{"post", "/FLEXITI/POS-API/V2.5/CLIENT-ID/ACME/AUTHORIZATION", OpAuthorization},
		{"", base + "/authorization/55", OpAuthorizationGet},
		{"GET", base + "/transactions", OpUnknownRead}, // what is no call of Flexiti's, and only reads
		{"GET", base + "/something-new", OpUnknownRead},
		{"POST", base + "/something-new", OpUnknown},
		{"DELETE", base + "/account/1", OpUnknown},
		{"POST", "", OpUnknown}, {"POST", "/", OpUnknown}, {"POST", "https://host", OpUnknown}, {"POST", "https://host?x=/apply", OpUnknown},
		{"POST", "https://authorization", OpUnknown}, {"POST", "///", OpUnknown}, {"POST", base + "/authorization/55/capture/9/return/x", OpUnknown},
	}
	for _, c := range cases {
		t.Run(c.method+" "+c.url, func(t *testing.T) {
			require.Equal(t, c.want, Recognise(Exchange{Method: c.method, URL: c.url, Status: 500}).Operation)
		})
	}
}

// An unknown call that is not a GET counts as one that moves money; nobody's URL makes a money call look like a read.
func TestNothingUnknownIsHarmless(t *testing.T) {
	g := newGenerator(31)
	words := []string{"account", "accounts", "customers", "authorization", "authorizations", "capture", "captures", "55", "refund", "release", "return",
		"lookup", "search", "verify", "", "x", "..", "%2f", "apply", "oauth", "token", "client-id", "v2.5"}
	for range 20000 {
		url := ""
		for range g.IntN(7) {
			url += "/" + pick(g, words...)
		}
		method := pick(g, "POST", "PUT", "DELETE", "PATCH", "")
		op := OperationOf(method, url)
		require.Equal(t, op, about(op).name, url)
		if method != "" {
			require.NotEqual(t, OpUnknownRead, op, "%s %s", method, url)
			require.NotContains(t, []Operation{OpAuthorizations, OpAuthorizationGet, OpCaptures}, op, "%s %s", method, url)
		}
		require.False(t, MovesMoney(OperationOf("GET", url)), url)
	}
}

func TestRetryAfter(t *testing.T) {
	const date = "Mon, 23 Nov 2026 12:00:00 GMT"
	cases := []struct {
		name    string
		headers map[string]string
		want    int
	}{
		{"none", nil, 0},
		{"seconds", map[string]string{"Retry-After": "30"}, 30},
		{"blanks and case", map[string]string{"RETRY-AFTER": " 30 "}, 30},
		{"a day at most", map[string]string{"retry-after": "999999999"}, 86400},
		{"more than a number holds", map[string]string{"retry-after": "99999999999999999999999"}, 0},
		{"in the past", map[string]string{"retry-after": "-5"}, 0},
		{"a date", map[string]string{"retry-after": "Mon, 23 Nov 2026 12:00:07 GMT", "date": date}, 7},
		{"a date over a month's end", map[string]string{"retry-after": "Tue, 01 Mar 2028 00:00:01 GMT", "date": "Tue, 29 Feb 2028 23:59:59 GMT"}, 2},
		{"a date without a clock to count from", map[string]string{"retry-after": "Mon, 23 Nov 2026 12:00:07 GMT"}, 0},
		{"a date that is none", map[string]string{"retry-after": "Mon, 23 Foo 2026 12:00:07 GMT", "date": date}, 0},
		{"RFC 850", map[string]string{"retry-after": "Monday, 23-Nov-26 12:00:07 GMT", "date": date}, 7},
		{"asctime", map[string]string{"retry-after": "Mon Nov 23 12:00:07 2026", "date": date}, 7},
		{"RFC 850, of the last century", map[string]string{"retry-after": "Sunday, 06-Nov-94 08:49:37 GMT", "date": date}, 0},
		{"two spellings", map[string]string{"retry-after": "5", "Retry-After": "30"}, 30},
		{"two values", map[string]string{"retry-after": "60, 60"}, 60},
		{"rubbish", map[string]string{"retry-after": "soon"}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, Recognise(Exchange{Operation: OpLookup, Status: 429, Headers: c.headers}).RetryAfterS)
		})
	}
}

// Without a Date a date counts from when the reply came.
func TestRetryAfterCountsFromTheEvent(t *testing.T) {
	for _, date := range []string{"Mon, 23 Nov 2026 12:01:30 GMT", "Monday, 23-Nov-26 12:01:30 GMT", "Mon Nov 23 12:01:30 2026"} {
		x := Exchange{At: noon, Operation: OpLookup, Status: 429, Headers: map[string]string{"retry-after": date}}
		require.Equal(t, 90, Recognise(x).RetryAfterS, date)
	}
}

// Equal exchanges have equal facts, though a map of headers has no order.
func TestHeadersHaveAnOrder(t *testing.T) {
	for range 100 {
		x := Exchange{Operation: OpLookup, Status: 429, Headers: map[string]string{"retry-after": "5", "Retry-After": "30", "RETRY-AFTER": "60"}}
		require.Equal(t, 60, Recognise(x).RetryAfterS)
	}
}

func TestNoReply(t *testing.T) {
	cases := []struct {
		name    string
		failure Failure
		sent    Sent
		want    Sent
	}{
		{"a timeout", FailureTimeout, "", SentUnknown},
		{"refused", FailureRefused, "", SentNo},
		{"no such host", FailureDNS, "", SentNo},
		{"the POS knows better", FailureRefused, SentYes, SentYes},
		{"and does not", FailureDNS, SentUnknown, SentUnknown},
		{"a failure that it does not name", "", "", SentUnknown},
		{"leaving", FailurePending, "", ""},
		{"leaving, and not sent", FailurePending, SentNo, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, status := range []int{0, -1} {
				f := Recognise(Exchange{
					Operation: OpAuthorization, Status: status, Failure: c.failure, Sent: c.sent, Body: `{"error":"credit_exceeded"}`,
					Headers: map[string]string{"retry-after": "5"}, Found: []Found{}, Result: ResultApproved,
				})
				require.Equal(t, Facts{Operation: OpAuthorization, Failure: c.failure, Sent: c.want}, f, "nothing of a reply counts")
			}
		})
	}
}

// A caller in Go can put any text into the closed vocabularies: facts have none of it.
func TestOnlyKnownWordsBecomeFacts(t *testing.T) {
	require.Equal(t, Facts{Operation: OpUnknown, Sent: SentUnknown}, Recognise(Exchange{
		Operation: "authorisation", Failure: "Jane Doe", Sent: "canary", Request: Request{Format: "canary", TransactionType: "canary"},
	}))
	f := Recognise(Exchange{Operation: OpApply, Status: 200, Result: "canary"})
	require.Equal(t, Facts{Operation: OpApply, Status: 200}, f)
	f = Recognise(Exchange{Operation: OpCaptures, Status: 200, Found: []Found{{State: FoundEnded}, {State: "canary"}}})
	require.Nil(t, f.Found, "a state that is none is no evidence")
	require.Equal(t, 999, Recognise(Exchange{Operation: OpSearch, Status: 70000}).Status, "a record must be readable again")
}

// Numbers and names are kept as hashes: the same number is the same hash wherever it stands.
func TestNumbersAreKeptAsHashes(t *testing.T) {
	reply := func(op Operation, url, body string) Facts {
		return Recognise(Exchange{Operation: op, Method: "POST", URL: url, Status: 200, Body: body})
	}
	cases := []struct {
		name                   string
		f                      Facts
		authorization, capture string
	}{
		{"a return's path", reply(OpReturn, "/x/authorization/A77/capture/C9/return?x=/capture/8", ``), "A77", "C9"},
		{"a release's path", reply(OpRelease, "https://host/x/authorization/55/release/", ``), "55", ""},
		{"a capture's path", reply(OpCapture, "/x/Authorization/55/capture", ``), "55", ""},
		{"a read's path", reply(OpAuthorizationGet, "/x/authorization/55", ``), "55", ""},
		{"no number in a path", reply(OpAuthorization, "/x/authorization", ``), "", ""},
		{"a host is no path", reply(OpRefund, "https://authorization/55/refund", ``), "", ""},
		{"a reply", reply(OpCapture, "", `{"authorization_id":"A77","capture_id":"C9"}`), "A77", "C9"},
		{"a number in a reply", reply(OpAuthorization, "", `{"authorization_id":1234567890123456}`), "1234567890123456", ""},
		{"the path says which one was meant", reply(OpCapture, "/authorization/55/capture", `{"authorization_id":"77","capture_id":"C9"}`), "55", "C9"},
		{"no number", reply(OpAuthorization, "", `{"authorization_id":{"x":1},"capture_id":null,"id":"5"}`), "", ""},
		{"another call's reply", reply(OpTransactions, "", `{"authorization_id":"77"}`), "", ""},
		{"a cut reply", reply(OpAuthorization, "", `{"authorization_id":"77"`), "", ""},
		{"a reply that refuses", reply(OpAuthorization, "", `{"authorization_id":"77","success":false}`), "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, []Hash{hashOf(c.authorization), hashOf(c.capture)}, []Hash{c.f.Authorization, c.f.Capture})
		})
	}
	require.Zero(t, hashOf(""))
	named := Recognise(Exchange{Operation: OpTransactions, Call: "n-1", Request: Request{IdempotencyKey: KeySent}})
	require.True(t, named.HasKey && named.Key == 0 && named.Call == hashOf("n-1"))
	require.Equal(t, hashOf("k"), Recognise(Exchange{Operation: OpTransactions, Request: Request{IdempotencyKey: "k"}}).Key)
}

func TestAmounts(t *testing.T) {
	const none = -1
	cases := []struct {
		name, amount string
		want         Cents
	}{
		{"dollars and cents", "1249.00", 124900}, {"nothing", "0", 0}, {"one digit behind the point", "0.5", 50}, {"one cent", "0.01", 1},
		{"the most", "9999999.99", 999999999}, {"dollars", "10", 1000}, {"a nought in front", "010.50", 1050},
		{"absent", "", none}, {"a point", ".", none}, {"nothing behind the point", "1.", none}, {"nothing before it", ".5", none},
		{"a comma", "99,00", none}, {"a comma for thousands", "1,249.00", none}, {"a dollar sign", "$99.00", none}, {"a currency", "99.00 CAD", none},
		{"three digits behind the point", "99.000", none}, {"a blank before", " 99.00", none}, {"a blank after", "99.00 ", none},
		{"a minus", "-1249.00", none}, {"a plus", "+1", none}, {"two points", "1.2.3", none}, {"eight digits", "12345678", none},
		{"an exponent", "1e3", none}, {"other digits", "９９", none}, {"what we write for that", AmountUnreadable, none},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := Recognise(Exchange{
				Operation: OpCaptures, Status: 200, Request: Request{Amount: c.amount}, Found: []Found{{State: FoundCaptured, Amount: c.amount}},
			})
			require.Equal(t, f.Amount, f.Found[0].Amount)
			cents, ok := centsOf(f.Amount)
			if c.want == none {
				require.False(t, ok || sameAmount(f.Amount, f.Amount), "what cannot be read equals nothing, not even itself")
				require.Equal(t, c.amount == "", f.Amount == "")
				return
			}
			require.True(t, ok && f.Amount == c.amount && sameAmount(c.amount, c.amount))
			require.Equal(t, c.want, cents)
			require.True(t, c.want == 0 || sameAmount(cents.amount(), c.amount))
		})
	}
	require.True(t, sameAmount("10", "10.00") && sameAmount("010.5", "10.50") && !sameAmount("10", "10.01"))
	require.Equal(t, []string{"1249.00", "0.05", "", ""}, []string{Cents(124900).amount(), Cents(5).amount(), Cents(0).amount(), SomeCents.amount()})
}

func TestParamsThatMayBeKept(t *testing.T) {
	cases := []struct{ name, param, want string }{
		{"documented", "email", "email"}, {"in capitals", "SIN", "sin"}, {"a path", "sku_data.register_id", "sku_data"}, {"inside a path", "customer.Email", "email"},
		{"not documented", "loyalty_no", "loyalty_no"}, {"none", "", "other"}, {"a name", "Jane_Doe", "other"}, {"a postal code", "K1A0B1", "other"},
		{"a number in pieces", "45_32_01_51", "other"}, {"a path of what is not known", "a.b", "other"}, {"a sentence", "what was typed", "other"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := Recognise(Exchange{Operation: OpApply, Status: 409, Body: `{"error":"wrong_inputs","field_errors":[{"param":"` + c.param + `","msg":"invalid"}]}`})
			require.Equal(t, []Field{{c.want, ProblemInvalid}}, f.Fields)
		})
	}
}

func TestWhichCodesRefuse(t *testing.T) {
	for code, want := range map[string]bool{
		"credit_exceeded": true, codeNotFound: true, codeDeclined: true, codeScope: true, codeGeneral: false, codeGatewayTimeout: false,
		"": false, codeUnreadable: false, "never_heard_of_it": false,
	} {
		require.Equal(t, want, refusalCode(code), code)
	}
	require.True(t, documented(codeGatewayTimeout) && documented(codeGeneral))
	for _, status := range []int{400, 409, 422, 424, 499, 504} {
		f := Recognise(Exchange{Operation: OpAuthorization, Status: status, Body: `{"error":"GATEWAY_TIMEOUT"}`})
		require.Equal(t, []any{status, codeGatewayTimeout}, []any{f.Status, f.Code})
	}
}

func FuzzRecognise(f *testing.F) {
	for _, body := range oddBodies {
		f.Add("POST", "/account/1/verify", 409, body, "30")
	}
	f.Fuzz(func(t *testing.T, method, url string, status int, body, after string) {
		x := Exchange{Method: method, URL: url, Status: status, Body: body, Headers: map[string]string{"retry-after": after, "date": after}}
		facts := Recognise(x)
		require.LessOrEqual(t, len(facts.Fields), maxFields)
		require.LessOrEqual(t, len(facts.Code), 48)
		d, s := Decide(facts, Sale{}, Policy{})
		require.Empty(t, breach(facts, Policy{}, d, s))
	})
}
