package plugin

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Nothing that a request or a reply holds may reach an answer, but what facts
// name. Canaries stand in every place where something could be.

// canaries are of the kinds of things that may not get out: numbers, names,
// answers, codes and words.
var canaries = []string{
	"CANARY", "canary_word", "Canary Smith", "4506123456789012", "046454286", "1984-02-29", "k1a0b1", "canary@example.com",
	"<b>canary</b>", "\u202ecanary", "canary\x00", `{"canary":1}`, "0.canary", "828930828930",
}

// leaked gives the canary that a text holds, or nothing.
func leaked(text []byte) string {
	lower := strings.ToLower(string(text))
	for _, c := range []string{"canary", "4506123456", "046454", "1984-02", "k1a0b1", "828930"} {
		if strings.Contains(lower, c) {
			return c
		}
	}
	return ""
}

// hostile makes an event with canaries in every place, over a documented or a random reply.
func (g generator) hostile(sale any) map[string]any {
	c := func() string { return pick(g, canaries...) }
	junk := func() map[string]any {
		return map[string]any{
			"first_name": c(), "sin": c(), "message": c(), "account_number": c(), c(): c(), "nested": []any{c(), map[string]any{c(): c()}},
			"account_status": "A", "available_credit": int64(4506123456789012), "credit_limit": c(), "verification_code": c(), "value": c(),
		}
	}
	r := pick(g, rows...)
	body := junk()
	body["url"], body["error"] = "/customers/"+c()+"/verify", r.Code
	body["error_description"] = c()
	body["field_errors"] = []any{
		map[string]any{"param": "email", "msg": c(), "value": c(), "type": c(), c(): c()},
		map[string]any{"param": pick(g, "Canary Smith", "4506123456789012", "a.b.canary-x", "046454286", c()+" "+c()), "msg": "invalid", "value": c()},
		c(),
	}
	x := map[string]any{
		"method": pick(g, "POST", "GET", c()),
		"url":    "https://" + c() + "@host/flexiti/client-id/" + c() + "/account/" + c() + "/verify?card=" + c() + "#" + c(),
		"request": map[string]any{
			"format": pick(g, "sms", "security_question", c()), "transaction_type": pick(g, "deposit", c()), "amount": pick(g, "10.00", c()),
			"idempotency_key": g.chance(50), "body": c(), "answer": c(), c(): c(),
		},
		"status":  r.Status,
		"headers": map[string]any{"Authorization": "Bearer " + c(), "Retry-After": c(), "Date": c(), c(): c(), "set-cookie": []any{c()}},
		"found":   []any{map[string]any{"state": "captured", "amount": pick(g, "10.00", c()), "authorization_id": c(), c(): c()}},
		c():       c(),
	}
	if g.chance(60) {
		x["operation"] = pick(g, string(pick(g, allOperations()...)), c())
	}
	if g.chance(20) {
		x["status"] = 200
		delete(body, "error")
	}
	switch g.IntN(6) {
	case 0:
		x["body"] = body // an object in place of its text
	case 1:
		x["body"] = "<html>" + c() + "</html>"
	case 2:
		x["body"], x["status"] = `{"error":"`+pick(g, "CANARY-1 2", "canary 4506123456789012", "046454286", "1984-02-29", "a@canary")+`"}`, 409
	case 3:
		text, _ := json.Marshal(body)
		x["body"] = string(text[:g.IntN(len(text))])
	default:
		text, _ := json.Marshal(body)
		x["body"] = string(text)
	}
	return map[string]any{
		"v": 1, "event_id": c(), "at": noon, "utc_offset_min": -300, "locale": pick(g, "fr-CA", "en", c()), "customer_locale": c(),
		"exchange": x, "sale": sale, c(): c(), "display": map[string]any{"amount": c()},
	}
}

func TestNothingSensitiveGetsOut(t *testing.T) {
	g := newGenerator(11)
	answered := 0
	for range 900 { // many events are refused by name
		var m Module
		require.Equal(t, "{}", string(m.Configure(marshal(t, map[string]any{"policy": g.policy()}))))
		sale := any(map[string]any{})
		for range 8 {
			e := g.hostile(sale)
			out := m.Answer(marshal(t, e))
			require.Empty(t, leaked(out), "event %s\nanswer %s", marshal(t, e), out)
			var a struct {
				Sale     map[string]any
				Decision map[string]any
				Prompt   struct{ Ref string }
				Record   struct{ Facts, Before, Policy json.RawMessage }
			}
			require.NoError(t, json.Unmarshal(out, &a))
			if a.Decision == nil {
				continue // a named error
			}
			answered++
			// What the POS keeps beside a sale, a decision or facts goes no further either.
			a.Sale[pick(g, canaries...)] = pick(g, canaries...)
			a.Decision["canary"], a.Decision["why"] = pick(g, canaries...), pick(g, canaries...)
			sale = a.Sale
			for _, event := range []map[string]any{
				{"v": 1, "decision": a.Decision, "ref": a.Prompt.Ref, "sale": a.Sale, "locale": "fr"},
				{"v": 1, "facts": withCanaries(g, a.Record.Facts), "sale": a.Sale},
			} {
				out := m.Answer(marshal(t, event))
				require.Empty(t, leaked(out), "event %s\nanswer %s", marshal(t, event), out)
			}
		}
	}
	require.Greater(t, answered, 2000)
}

// withCanaries puts junk into facts: as further members, and in place of their values.
func withCanaries(g generator, facts json.RawMessage) map[string]any {
	m := map[string]any{}
	_ = json.Unmarshal(facts, &m)
	m["customer_name"], m["account_status"], m["message"] = pick(g, canaries...), pick(g, canaries...), pick(g, canaries...)
	name := pick(g, "operation", "code", "failure", "sent", "format", "transaction_type", "amount", "result", "action", "fields", "found", "status")
	value := pick(g, canaries...)
	if _, plain := plainAmount(value); plain && name == "amount" {
		value = "CANARY" // a number of dollars is a fact
	}
	m[name] = pick(g, any(value), any([]any{map[string]any{"param": "Canary Smith", "problem": "canary", "state": "canary", "amount": "046454286.1x"}}))
	if code, ok := m["code"].(string); ok && plainName(code) { // an unknown code stays visible
		delete(m, "code")
	}
	return m
}

// A decision may be handed in to be rendered again. It is held to what a decision can be.
func TestHandedInDecisionsAreNotBelieved(t *testing.T) {
	var m Module
	d, s := decide(Exchange{Operation: OpVerify, Status: 409, Body: `{"error":"secret_answer_mismatch"}`}, Sale{}, Policy{})
	for _, path := range []string{"card", "family", "banner", "money", "money_kind", "owner", "privacy", "notice", "matched.rule", "matched.by", "matched.source", "retry.policy"} {
		for _, canary := range canaries {
			var tree map[string]any
			require.NoError(t, json.Unmarshal(marshal(t, d), &tree))
			at, name, nested := strings.Cut(path, ".")
			if nested {
				tree[at].(map[string]any)[name] = canary
			} else {
				tree[path] = canary
			}
			if nested && plainName(canary) && name != "source" {
				continue // plain names: a code could be called so
			}
			out := m.Answer(marshal(t, map[string]any{"v": 1, "decision": tree, "sale": s}))
			require.Empty(t, leaked(out), "%s: %s", path, out)
		}
	}
}

func TestOnlyPlainUnknownCodesStayVisible(t *testing.T) {
	cases := []struct{ code, want string }{
		{"never_heard_of_it", "never_heard_of_it"}, {"NEVER_HEARD_OF_IT", "NEVER_HEARD_OF_IT"}, {"E42", "E42"}, {"e_12_34_56", codeUnreadable},
		{"Jane_Doe", codeUnreadable}, {"K1A0B1", codeUnreadable}, {"45_32_01_51", codeUnreadable}, {"NeverHeardOfIt", codeUnreadable},
		{"E423", codeUnreadable}, {"4506123456789012", codeUnreadable}, {"with space", codeUnreadable}, {"dash-ed", codeUnreadable},
		{"a@b", codeUnreadable}, {"é", codeUnreadable}, {strings.Repeat("x", 48), strings.Repeat("x", 48)}, {strings.Repeat("x", 49), codeUnreadable},
	}
	for _, c := range cases {
		t.Run(c.code, func(t *testing.T) {
			require.Equal(t, c.want, Recognise(Exchange{Operation: OpVerify, Status: 409, Body: `{"error":"` + c.code + `"}`}).Code)
		})
	}
}

// same compares answers byte for byte but for the reference, whose sum covers the time.
func same(t *testing.T, m *Module, events ...map[string]any) {
	t.Helper()
	var first string
	for i, e := range events {
		out := string(m.Answer(marshal(t, e)))
		require.Contains(t, out, `"prompt"`)
		if i == 0 {
			first = out
		}
		require.True(t, first == out, "event %d differs: %s\nfirst %s\nthis  %s", i, marshal(t, e), first, out)
	}
}

func applied(status int, body, result string, extra map[string]any) map[string]any {
	x := map[string]any{"operation": "apply", "status": status, "body": body}
	if result != "" {
		x["result"] = result
	}
	for k, v := range extra {
		x[k] = v
	}
	return map[string]any{"v": 1, "at": noon, "exchange": x}
}

func TestAllDeclinesAndAllPendingsAreEqual(t *testing.T) {
	for group, result := range map[string]string{"application_declined": "declined", "application_marked_pending": "pending"} {
		t.Run(group, func(t *testing.T) {
			events := []map[string]any{applied(409, `{"error":"`+group+`"}`, "", nil), applied(200, `{"application_id":"7"}`, result, nil)}
			for _, suffix := range []string{"", "_1", "_2", "_3", "_9", "_SCORE_LOW", "_fraud"} {
				for _, status := range []int{409, 400, 422, 200, 401, 403, 404, 500, 599} {
					code := group + suffix
					events = append(events,
						applied(status, `{"error":"`+code+`","message":"score 512"}`, "", nil),
						applied(status, `{"error":"`+strings.ToUpper(code)+`","url":"/x"}`, "", nil),
						applied(status, `{"code":"`+code+`","field_errors":[{"param":"income","msg":"required"}]}`, "", nil),
						applied(status, `{"error":"`+code+`"}`, result, map[string]any{"headers": map[string]any{"Retry-After": "30"}}))
				}
			}
			events = append(events, applied(201, ``, result, nil), applied(200, `{"credit_limit":0,"reason":"x"}`, result, nil))
			for _, settings := range []string{`{}`, `{"policy":{"split_payment":true,"methods":["piw"]}}`} {
				var m Module
				require.Equal(t, "{}", string(m.Configure([]byte(settings))))
				same(t, &m, events...)
			}
		})
	}
}

// Why an account cannot buy, or that it is this rather than that, is Flexiti's alone.
func TestAccountStatusIsNeverTold(t *testing.T) {
	var events []map[string]any
	account := func(status, reason string) string {
		return fmt.Sprintf(`{"account_number":"1","account_status":"%s","account_status_reason_code":"%s","available_credit":12.34,"credit_limit":5000}`, status, reason)
	}
	for _, pair := range [][2]string{{"A", "NNOR"}, {"N", "BKRP"}, {"C", "FRAUD"}, {"D", ""}, {"N", "DEC1"}, {"", "X"}} {
		for _, body := range []string{account(pair[0], pair[1]), "[" + account(pair[0], pair[1]) + "]", "[" + account(pair[0], pair[1]) + "," + account("Z", "Q") + "]"} {
			events = append(events, map[string]any{"v": 1, "at": noon, "exchange": map[string]any{"operation": "lookup", "status": 200, "body": body}})
		}
	}
	var m Module
	same(t, &m, events...)
	require.Contains(t, string(m.Answer(marshal(t, events[0]))), `"card":"user_not_able_to_purchase"`)

	// An account that can buy looks alike whatever its figures are.
	events = nil
	for _, credit := range []string{"0", "-3", "1e9", `"12"`, "null"} {
		body := `{"account_number":"1","account_status":"N","account_status_reason_code":"NNOR","available_credit":` + credit + `}`
		events = append(events, map[string]any{"v": 1, "at": noon, "exchange": map[string]any{"operation": "lookup", "status": 200, "body": body}})
	}
	same(t, &m, events...)
}

// A refusal told by a code and one seen in a good reply are one card to whoever stands at the till.
func TestPromptDoesNotTellRefusalsApart(t *testing.T) {
	prompt := func(status int, body string) Prompt {
		d, _ := decide(Exchange{Operation: OpLookup, Status: status, Body: body}, Sale{}, Policy{})
		return Render(d, Texts{}, Locale{Cashier: French})
	}
	require.Equal(t, prompt(409, `{"error":"user_not_able_to_purchase"}`), prompt(200, `{"account_status":"C"}`))
}
