package plugin

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBadSettingsLeaveTheOldOnesStanding(t *testing.T) {
	var m Module
	require.Equal(t, "{}", string(m.Configure([]byte(`{"policy":{"methods":["piw"]},"texts":{"contacts":{"supervisor":{"en-CA":"Call 7","fr-CA":"Faites le 7"}}}}`))))
	const event = `{"v":1,"locale":"fr","exchange":{"operation":"authorization","status":404,"body":"{\"error\":\"customer_identity_not_found\"}"}}`
	want := string(m.Answer([]byte(event)))
	require.Contains(t, want, `"enter_piw"`)
	for _, bad := range []string{``, `[]`, `{"policy":{"methods":["fax"]}}`, `{"policy":{},"texts":{"store":1}}`} {
		require.Contains(t, string(m.Configure([]byte(bad))), `"error"`, bad)
		require.Equal(t, want, string(m.Answer([]byte(event))), bad)
	}
	require.Equal(t, "{}", string(m.Configure([]byte(`{}`))))
	require.NotContains(t, string(m.Answer([]byte(event))), `"enter_piw"`, "empty settings are the defaults")
}

// Contacts are shown and kept nowhere.
func TestContactsAreShownToWhomTheyHelp(t *testing.T) {
	var m Module
	m.Configure([]byte(`{"texts":{"store":"Chez nous","contacts":{"store_it":{"en-CA":"Dial 4","fr-CA":"Faites le 4"},"supervisor":{"en-CA":"Dial 7"}}}}`))
	out := m.Answer([]byte(`{"v":1,"locale":"fr-CA","exchange":{"operation":"lookup","status":403}}`))
	var a struct {
		Prompt Prompt
		Record json.RawMessage
		Sale   json.RawMessage
	}
	require.NoError(t, json.Unmarshal(out, &a))
	require.Equal(t, "Faites le 4", a.Prompt.Contact)
	require.NotContains(t, string(a.Record)+string(a.Sale), "Faites le 4")
	out = m.Answer([]byte(`{"v":1,"locale":"fr-CA","exchange":{"operation":"capture","status":409,"body":"{\"error\":\"not_permitted\"}"}}`))
	require.NoError(t, json.Unmarshal(out, &a))
	require.Empty(t, a.Prompt.Contact, "no contact in the other language")
}

// A card is shown again in the other language: the same decision, nothing counted, nothing recorded.
func TestTheSameCardInTheOtherLanguage(t *testing.T) {
	var m Module
	var first, again Answer
	unmarshal(t, m.Answer([]byte(`{"v":1,"at":1795435200000,"locale":"en","exchange":{"operation":"verify","status":409,"body":"{\"error\":\"secret_answer_mismatch\"}"}}`)), &first)
	event := marshal(t, map[string]any{"v": 1, "locale": "fr-FR", "decision": first.Decision, "ref": first.Prompt.Ref, "sale": first.Sale})
	unmarshal(t, m.Answer(event), &again)
	require.Equal(t, marshal(t, first.Decision), marshal(t, again.Decision))
	require.Equal(t, first.Sale, again.Sale)
	require.Nil(t, again.Record)
	require.Equal(t, first.Prompt.Ref, again.Prompt.Ref)
	require.Equal(t, French, again.Prompt.Locale)
	require.Equal(t, Render(first.Decision, Texts{}, Locale{Cashier: French}).Headline, again.Prompt.Headline)
}

// What is said to the customer is in the customer's language.
func TestTheCustomersLanguage(t *testing.T) {
	d, _ := decide(Exchange{Operation: OpVerify, Status: 409, Body: `{"error":"piw_mismatch"}`}, Sale{}, Policy{})
	en, fr := Render(d, Texts{}, Locale{Cashier: English}), Render(d, Texts{}, Locale{Cashier: French})
	mixed := Render(d, Texts{}, Locale{Cashier: French, Customer: English})
	require.Equal(t, []any{fr.Headline, fr.Why, fr.Actions, en.Say, en.IfAsked, en.CustomerDisplay},
		[]any{mixed.Headline, mixed.Why, mixed.Actions, mixed.Say, mixed.IfAsked, mixed.CustomerDisplay})
}

// The details of an error name the field and nothing that was in it.
func TestErrorsHoldNoValues(t *testing.T) {
	var m Module
	for _, in := range []string{
		`{"v":1,"exchange":{"status":"CANARY"}}`, `{"v":1,"exchange":{"failure":"canary"}}`, `{"v":"canary"}`, `{"v":1,"action":"canary"}`,
		`{"v":1,"facts":{"result":"canary"}}`, `{"v":1,"decision":{"card":7,"owner":"canary"}}`, `{"canary`, `{"v":1,"canary":}`, `{"v":1,"exchange":{"canary":1,"found":"canary"}}`,
	} {
		out := m.Answer([]byte(in))
		require.Contains(t, string(out), `{"error":`, in)
		require.Empty(t, leaked(out), in)
	}
}

// The customer's display says "Approved" when money is held or taken, and is neutral otherwise.
func TestTheCustomersDisplay(t *testing.T) {
	display := func(x Exchange, s Sale) string {
		d, _ := decide(x, s, Policy{})
		return Render(d, Texts{}, Locale{Cashier: English}).CustomerDisplay[0]
	}
	doubt := Sale{}.doubting(OpAuthorization, noon)
	taken := Exchange{Operation: OpAuthorization, Status: 200, Body: `{"id":1}`, Request: Request{AutoCapture: ptr(true)}}
	held := Exchange{Operation: OpAuthorization, Status: 200, Body: `{"id":1}`, Request: Request{AutoCapture: ptr(false)}}
	require.Equal(t, "Approved", display(taken, Sale{}))
	require.Equal(t, "Approved", display(held, Sale{}))
	neutral := "One moment, please"
	require.Equal(t, neutral, display(taken, doubt))
	for _, op := range []Operation{OpToken, OpLookup, OpVerify, OpApply, OpCalculateInterest, OpRelease, OpClose, OpAuthorizations} {
		require.Equal(t, neutral, display(Exchange{Operation: op, Status: 200, Body: `{"id":1}`}, Sale{}), op)
	}
	for _, r := range Rules() {
		require.Equal(t, neutral, display(r.Exchange(), Sale{}), r.Code)
	}
	require.Equal(t, neutral, display(Exchange{Operation: OpAuthorizations, Status: 200, Found: []Found{{State: FoundHeld}}}, doubt))
}

// A decision that is shown again says of the money what is true by now.
func TestShownAgainMoneyIsTheSalesOfNow(t *testing.T) {
	refused, _ := decide(Exchange{Operation: OpAuthorization, Status: 409, Body: `{"error":"credit_exceeded"}`}, Sale{}, Policy{})
	require.Equal(t, MoneyNotMoved, refused.Money)
	lost := Sale{}.doubting(OpAuthorization, noon)
	var m Module
	var a Answer
	event := marshal(t, map[string]any{"v": 1, "locale": "en", "decision": refused, "sale": lost})
	unmarshal(t, m.Answer(event), &a)
	require.Equal(t, MoneyUnknown, a.Decision.Money)
	require.True(t, a.Decision.Doubt)
	require.False(t, offers(a.Decision, ActOtherPayment))
	require.NotEmpty(t, a.Decision.Actions)
}

// An event that cannot be used and may be about money leaves its sale in doubt.
func TestUnusableEventsLeaveTheDoubt(t *testing.T) {
	known := string(marshal(t, Sale{V: saleVersion, Codes: 2}))
	cases := []struct{ name, event, kind, want string }{
		{"a payment", `{"v":1,"sale":` + known + `,"exchange":{"operation":"authorization","status":"x"}}`, "bad_event", "authorization"},
		{"its amount", `{"v":1,"exchange":{"operation":"capture","status":200,"request":{"amount":"1249,00"}}}`, "bad_event", "capture"},
		{"an unknown call", `{"v":1,"exchange":{"method":"POST","url":"/basket","status":true}}`, "bad_event", "unknown"},
		{"a name that is none", `{"v":1,"exchange":{"operation":"authorisation","status":200}}`, "bad_event", "unknown"},
		{"facts", `{"v":1,"facts":{"operation":"refund","status":"x"}}`, "bad_facts", "refund"},
		{"another version", `{"v":2,"exchange":{"operation":"refund","status":200}}`, "bad_version", "refund"},
		{"no JSON", `{"v":1,`, "bad_json", "several"},
		{"a read", `{"v":1,"exchange":{"operation":"lookup","status":"x"}}`, "bad_event", ""},
		{"an action", `{"v":1,"action":"finish_sale"}`, "action_not_offered", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var m Module
			var out struct {
				Error *Error
				Sale  *Sale
			}
			unmarshal(t, m.Answer([]byte(c.event)), &out)
			require.Equal(t, ErrorKind(c.kind), out.Error.Kind)
			if c.want == "" {
				require.Nil(t, out.Sale)
				return
			}
			require.NotNil(t, out.Sale)
			require.True(t, out.Sale.InDoubt())
			require.Equal(t, Operation(c.want), out.Sale.doubtful().Operation)
			if c.name == "a payment" {
				require.Equal(t, 2, out.Sale.Codes)
			}
		})
	}
}
