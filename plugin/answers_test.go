package plugin

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// What counts as an answer: contract 8.4, line by line.
func TestWhatCountsAsAnAnswer(t *testing.T) {
	cases := []struct {
		name string
		op   Operation
		body string
		want string // the code: none is a good answer
	}{
		{"a token", OpToken, `{"access_token":"x"}`, ""},
		{"a portal's page", OpToken, `<html>signed in</html>`, codeUnreadable},
		{"no token", OpToken, `{"token_type":"bearer"}`, codeUnreadable},
		{"a token of null", OpToken, `{"access_token":null}`, codeUnreadable},
		{"an account", OpLookup, `{"account_number":"1"}`, ""},
		{"by its customer", OpLookup, `{"customer_id":"1"}`, ""},
		{"no account in it", OpLookup, `{"city":"x"}`, codeUnreadable},
		{"an empty list for one account", OpLookup, `[]`, codeNotFound},
		{"an empty object for one account", OpLookup, `{}`, codeUnreadable},
		{"an account that cannot buy", OpLookup, `{"account_number":"1","account_status":"F"}`, "user_not_able_to_purchase"},
		{"and a refusal", OpLookup, `{"account_number":"1","account_status":"F","error":"x"}`, codeUnreadable},
		{"a list of one account", OpLookup, `[{"account_number":"1","account_status":"N"}]`, codeUnreadable},
		{"nobody found", OpSearch, `[]`, codeNotFound},
		{"people found", OpSearch, `[{"customer_id":"1","account_status":"N"}]`, ""},
		{"one of them can buy", OpSearch, `[{"account_status":"F"},{"account_status":"N"}]`, ""},
		{"none of them can buy", OpSearch, `[{"account_status":"F"},{"account_status_reason_code":"X"}]`, "user_not_able_to_purchase"},
		{"an object for a list", OpSearch, `{"customer_id":"1"}`, codeUnreadable},
		{"a list of texts", OpSearch, `["x"]`, codeUnreadable},
		{"a list of null", OpSearch, `[null]`, codeUnreadable},
		{"a list of errors", OpSearch, `[{"error":"credit_exceeded"}]`, codeUnreadable},
		{"a list of messages", OpSearch, `[{"message":"Forbidden"}]`, codeUnreadable},
		{"a code was sent", OpVerify, `{"verification_code":"verification_sent_to_sms"}`, ""},
		{"the code itself", OpVerify, `{"verification_code":2485}`, ""},
		{"no code", OpVerify, `{"ok":1}`, codeUnreadable},
		{"plans", OpCalculateInterest, `{"regular_purchase":{}}`, ""},
		{"other plans", OpCalculateInterest, `{"promotional_purchase":[]}`, ""},
		{"no plans", OpCalculateInterest, `{"amount":1}`, codeUnreadable},
		{"a return", OpReturn, `{"return_id":"1"}`, ""},
		{"no return", OpReturn, `{"id":"1"}`, codeUnreadable},
		{"a licence", OpDriversLicense, `{"last_name":"x"}`, ""},
		{"its number", OpDriversLicense, `{"govid_number":"x"}`, ""},
		{"no licence", OpDriversLicense, `{"city":"x"}`, codeUnreadable},
		{"a page to go to", OpWidgetInit, `{"redirection_url":"x"}`, ""},
		{"no page", OpWidgetInit, `{"url":"x"}`, codeUnreadable},
		{"an account closed", OpClose, `{"closed":true}`, ""},
		{"a portal's page for that", OpClose, `<html>`, codeUnreadable},
		{"terms in HTML", OpTerms, `<html>`, codeUnreadable},
		{"an authorization", OpAuthorization, `{"authorization_id":"1"}`, ""},
		{"its first member is null", OpAuthorization, `{"reference":null,"authorization_id":"1"}`, ""},
		{"nothing but null", OpAuthorization, `{"authorization_id":null}`, codeUnreadable},
		{"cut", OpAuthorization, `{"authorization_id":"1"`, codeUnreadable},
		{"errors", OpAuthorization, `{"errors":[{"code":"credit_exceeded"}]}`, codeUnreadable},
		{"a documented code", OpAuthorization, `{"error":"credit_exceeded"}`, codeUnreadable},
		{"a decline of another call's", OpAuthorization, `{"error":"application_declined"}`, codeUnreadable},
		{"an error", OpAuthorization, `{"authorization_id":"1","Error":"credit_exceeded"}`, codeUnreadable},
		{"an escaped name", OpAuthorization, `{"authorization_id":"1","err\u006fr":"credit_exceeded"}`, codeUnreadable},
		{"an error that is wrapped", OpAuthorization, `{"data":{"ERROR":{"code":"credit_exceeded"}}}`, codeUnreadable},
		{"errors in a list", OpCapture, `{"results":[{"id":1},{"errors":["x"]}]}`, codeUnreadable},
		{"no success in a wrapping", OpCapture, `{"result":{"success":false}}`, codeUnreadable},
		{"no error", OpAuthorization, `{"authorization_id":"1","error":null,"errors":[],"fault":""}`, ""},
		{"only no error", OpAuthorization, `{"error":null}`, codeUnreadable},
		{"no success", OpTransactions, `{"id":1,"success":false}`, codeUnreadable},
		{"no success in words", OpTransactions, `{"id":1,"Success":"False"}`, codeUnreadable},
		{"no success in numbers", OpTransactions, `{"id":1,"success":0}`, codeUnreadable},
		{"only no success", OpTransactions, `{"success":false}`, codeUnreadable},
		{"a success", OpTransactions, `{"id":1,"success":true}`, ""},
		{"a failing status", OpTransactions, `{"id":1,"status":"declined"}`, codeUnreadable},
		{"a status that is no word", OpTransactions, `{"id":1,"status":false}`, codeUnreadable},
		{"a word that begins with 2", OpTransactions, `{"id":1,"status":"2nd"}`, codeUnreadable},
		{"a failing number", OpCapture, `{"id":1,"status":409}`, codeUnreadable},
		{"a good number", OpCapture, `{"id":1,"status":201}`, ""},
		{"a good number in text", OpCapture, `{"id":1,"code":"200"}`, ""},
		{"a good word", OpCapture, `{"id":1,"status":"Completed"}`, ""},
		{"a failing code", OpCapture, `{"id":1,"code":"E4"}`, codeUnreadable},
		{"a code that is no word", OpCapture, `{"id":1,"code":{"x":1}}`, codeUnreadable},
		{"a code with a fraction", OpCapture, `{"id":1,"code":409.5}`, codeUnreadable},
		{"a code that could be kept", OpLookup, `{"account_number":"1","code":"K1A0B1"}`, codeUnreadable},
		{"a fault", OpRelease, `{"fault":{"faultstring":"x"}}`, codeUnreadable},
		{"only an empty fault", OpRelease, `{"fault":{}}`, codeUnreadable},
		{"an empty fault", OpRelease, `{"id":1,"fault":{}}`, ""},
		{"only a message", OpAuthorization, `{"message":"Endpoint request timed out"}`, codeUnreadable},
		{"a title and a detail", OpAuthorization, `{"Title":"x","detail":"y"}`, codeUnreadable},
		{"a list for an object", OpAuthorization, `[{"authorization_id":"1"}]`, codeUnreadable},
		{"an empty list", OpAuthorization, `[]`, codeUnreadable},
		{"a failing word", OpAuthorization, `{"authorization_id":"1","status":"not approved"}`, codeUnreadable},
		{"two words", OpAuthorization, `{"authorization_id":"1","status":"declined","Status":"captured"}`, codeUnreadable},
		{"the word for an empty reply", OpAuthorization, `{"authorization_id":"1","status":"empty"}`, codeUnreadable},
		{"text", OpRefund, `"ok"`, codeUnreadable},
		{"nothing", OpRefund, ``, codeUnreadable},
		{"null", OpRefund, `null`, codeUnreadable},
		{"an error behind a null", OpRefund, `{"url":null,"error":"refunds_limit_exceeded_amount"}`, codeUnreadable},
		{"authorizations", OpAuthorizations, `[{"authorization_id":"1","status":"declined"}]`, ""},
		{"no authorizations", OpAuthorizations, `[]`, ""},
		{"an object for that list", OpAuthorizations, `{}`, codeUnreadable},
		{"captures", OpCaptures, `[{"capture_id":"1"}]`, ""},
		{"errors for captures", OpCaptures, `[{"errors":[{"code":"x"}]}]`, codeUnreadable},
		{"an authorization read", OpAuthorizationGet, `{"authorization_id":"1","status":"captured"}`, ""},
	}
	for _, c := range cases {
		t.Run(string(c.op)+"/"+c.name, func(t *testing.T) {
			f := Recognise(Exchange{Operation: c.op, Status: 200, Body: c.body})
			require.Equal(t, c.want, f.Code)
			require.False(t, f.Code != "" && (f.State != "" || f.Authorization != 0 || f.Capture != 0 || f.Fields != nil), "nothing is kept of what is no answer")
			require.Equal(t, f.Code, Recognise(Exchange{Operation: c.op, Status: 201, Body: "\ufeff" + c.body}).Code)
			require.Equal(t, codeUnreadable, Recognise(Exchange{Operation: c.op, Status: 202, Body: c.body}).Code, "202 is no answer")
			require.Equal(t, codeUnreadable, Recognise(Exchange{Operation: c.op, Status: 200, Body: c.body, BodyCut: true}).Code)
		})
	}
}

// An empty object says nothing: whether that will do is for the operation and the policy.
func TestEmptyObjects(t *testing.T) {
	for _, op := range allOperations() {
		f := Recognise(Exchange{Operation: op, Status: 200, Body: ` {} `})
		if _, has := documentedMembers[op]; has || answersWithList(op) {
			require.Equal(t, Facts{Operation: op, Status: 200, Code: codeUnreadable}, f)
		} else {
			require.Equal(t, Facts{Operation: op, Status: 200, State: StateEmpty}, f)
		}
	}
}

// The status word of an authorization is kept where it is a plain word: the policy may know it.
func TestStatusWords(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"none", `{"id":1}`, ""},
		{"known", `{"id":1,"status":"authorized"}`, "authorized"},
		{"in capitals", `{"id":1,"STATUS":" Captured "}`, "captured"},
		{"not known", `{"id":1,"status":"reserved"}`, "reserved"},
		{"one that refuses", `{"status":"login_required"}`, "login_required"},
		{"said twice", `{"id":1,"status":"held","Status":"HELD"}`, "held"},
		{"a number", `{"id":1,"status":200}`, ""},
		{"in a wrapping", `{"data":{"status":"captured"}}`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := Recognise(Exchange{Operation: OpAuthorization, Status: 200, Body: c.body})
			require.Equal(t, Facts{Operation: OpAuthorization, Status: 200, State: c.want}, f)
		})
	}
	for _, word := range []string{"Jane Doe", "k1a0b1", "42", "abcdefghijklmnopqrstuvwxy", "é"} {
		f := Recognise(Exchange{Operation: OpAuthorization, Status: 200, Body: `{"id":1,"status":"` + word + `"}`})
		require.Equal(t, Facts{Operation: OpAuthorization, Status: 200, Code: codeUnreadable}, f)
	}
}

// What the POS says beside a reply counts only where it can be about it.
func TestFoundAndResultCountOnlyBesideAGoodAnswer(t *testing.T) {
	found := []Found{{State: FoundCaptured, Amount: "1.00", ID: "A1"}}
	cases := []struct {
		name string
		x    Exchange
		want bool
	}{
		{"a list", Exchange{Operation: OpAuthorizations, Status: 200, Body: `[{"x":1}]`, Found: found}, true},
		{"captures", Exchange{Operation: OpCaptures, Status: 200, Body: `[]`, Found: found}, true},
		{"one authorization", Exchange{Operation: OpAuthorizationGet, Status: 200, Body: `{"x":1}`, Found: found}, true},
		{"nothing was found", Exchange{Operation: OpAuthorizations, Status: 200, Body: `[]`, Found: []Found{}}, true},
		{"a body that the POS kept to itself", Exchange{Operation: OpAuthorizations, Status: 200, Found: found}, true},
		{"a body that was cut to nothing", Exchange{Operation: OpAuthorizations, Status: 200, BodyCut: true, Found: found}, false},
		{"blanks", Exchange{Operation: OpAuthorizations, Status: 200, Body: " ", Found: found}, false},
		{"HTML", Exchange{Operation: OpAuthorizations, Status: 200, Body: `<html>`, Found: found}, false},
		{"cut", Exchange{Operation: OpAuthorizations, Status: 200, Body: `[]`, BodyCut: true, Found: found}, false},
		{"a refusal", Exchange{Operation: OpAuthorizations, Status: 200, Body: `[{"error":"x"}]`, Found: found}, false},
		{"another status", Exchange{Operation: OpAuthorizations, Status: 500, Body: `[]`, Found: found}, false},
		{"no body and another status", Exchange{Operation: OpAuthorizations, Status: 404, Found: found}, false},
		{"201", Exchange{Operation: OpAuthorizations, Status: 201, Body: `[]`, Found: found}, false},
		{"another call", Exchange{Operation: OpAuthorization, Status: 200, Body: `{"id":1}`, Found: found}, false},
		{"another call without a body", Exchange{Operation: OpLookup, Status: 200, Found: found}, false},
		{"a call that is not known", Exchange{Method: "GET", URL: "/x", Status: 200, Body: `[]`, Found: found}, false},
		{"a result", Exchange{Operation: OpApply, Status: 200, Body: `{"id":1}`, Result: ResultApproved}, true},
		{"a result without a body", Exchange{Operation: OpApply, Status: 201, Result: ResultPending}, true},
		{"a result over HTML", Exchange{Operation: OpApply, Status: 200, Body: `<html>`, Result: ResultApproved}, false},
		{"a decline over HTML", Exchange{Operation: OpApply, Status: 200, Body: `<html>`, Result: ResultDeclined}, false},
		{"a result over a refusal", Exchange{Operation: OpApply, Status: 200, Body: `{"id":1,"success":false}`, Result: ResultApproved}, false},
		{"a result beside 202", Exchange{Operation: OpApply, Status: 202, Result: ResultApproved}, false},
		{"a result of no application", Exchange{Operation: OpAuthorization, Status: 200, Body: `{"id":1}`, Result: ResultApproved}, false},
		{"a result beside a refusal", Exchange{Operation: OpApply, Status: 409, Body: `{"error":"invalid_role"}`, Result: ResultApproved}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := Recognise(c.x)
			require.Equal(t, c.want, f.Found != nil || f.Result != "")
		})
	}
	plain := Recognise(Exchange{Operation: OpAuthorizations, Status: 200, Body: `[{"x":1}]`})
	require.Equal(t, Facts{Operation: OpAuthorizations, Status: 200}, plain, "a plain read")
	require.Equal(t, codeUnreadable, Recognise(Exchange{Operation: OpAuthorizations, Status: 200}).Code, "no body, and the POS says nothing")
}

// Of more payments than are kept none with money in it is lost behind others.
func TestMoneyFoundIsKept(t *testing.T) {
	many := append(slices.Repeat([]Found{{State: FoundDeclined}, {State: FoundEnded}}, 8), Found{State: FoundHeld}, Found{State: FoundCaptured, Amount: "5"})
	f := Recognise(Exchange{Operation: OpAuthorizations, Status: 200, Found: many})
	require.Len(t, f.Found, maxFound)
	require.Equal(t, []FoundFact{{State: FoundHeld}, {State: FoundCaptured, Amount: "5"}}, f.Found[:2])
}

// A code is found in every shape that a refusal has.
func TestCodesOfRefusals(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"as documented", `{"url":"/x","message":"m","error":"tries_exceed"}`, "tries_exceed"},
		{"another spelling", `{"error":" Tries_Exceed "}`, "tries_exceed"},
		{"inside the error", `{"error":{"code":"tries_exceed","message":"m"}}`, "tries_exceed"},
		{"beside no error", `{"code":"tries_exceed","error":null}`, "tries_exceed"},
		{"raw line breaks", "{\"message\":\"two\r\n\tlines\",\"error\":\"tries_exceed\"}", "tries_exceed"},
		{"a line break in the code", "{\"error\":\"tries\nexceed\"}", codeUnreadable},
		{"raw line breaks, cut", "{\"error\":\"tries_exceed\",\"message\":\"two\nlin", ""},
		{"HTML", "<html>\n{\"error\":\"tries_exceed\"}</html>", ""},
		{"a list", `[{"error":"tries_exceed"}]`, ""},
		{"nothing", "", ""},
		{"no string", `{"error":409}`, codeUnreadable},
		{"a number for a code", `{"code":409}`, ""},
		{"an object without a code", `{"error":{"message":"x"}}`, codeUnreadable},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, status := range []int{302, 400, 409, 503} {
				require.Equal(t, c.want, Recognise(Exchange{Operation: OpVerify, Status: status, Body: c.body}).Code)
			}
			require.Empty(t, Recognise(Exchange{Operation: OpVerify, Status: 409, Body: c.body, BodyCut: true}).Code, "what was cut is not read")
		})
	}
	f := Recognise(Exchange{Operation: OpApply, Status: 409, Body: "{\"message\":\"two\nlines\",\"error\":\"wrong_input\",\"field_errors\":[{\"param\":\"email\",\"msg\":\"wrong format\"}]}"})
	require.Equal(t, []Field{{"email", ProblemFormat}}, f.Fields)
}

// Only an application has a decline that is said in many ways. With money at
// stake a trouble of the gateway's stays one, whatever code stands in it.
func TestADeclineIsOfAnApplication(t *testing.T) {
	body := `{"error":"application_declined_2"}`
	declined := Facts{Operation: OpApply, Status: 409, Code: codeDeclined, Result: ResultDeclined}
	for _, x := range []Exchange{
		{Status: 409, Body: body}, {Status: 500, Body: body}, {Status: 200, Body: body}, {Status: 200, Body: `{"error":{"code":"application_declined"}}`},
		{Status: 200, Body: body, Result: ResultApproved}, {Status: 200, Result: ResultDeclined}, {Status: 200, Body: `{}`, Result: ResultDeclined},
	} {
		x.Operation = OpApply
		require.Equal(t, declined, Recognise(x))
	}
	f := Recognise(Exchange{Operation: OpAuthorization, Status: 500, Body: body})
	require.Equal(t, Facts{Operation: OpAuthorization, Status: 500, Code: codeDeclined}, f)
}
