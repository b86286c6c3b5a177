package plugin

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearestNames(t *testing.T) {
	cases := []struct{ name, mistaken, want string }{
		{"British", "authorisation", "authorization"}, {"plural", "refunds", "refund"}, {"a letter out", "lokup", "lookup"}, {"case", "Capture", "capture"},
		{"a dash", "terms-and-conditions", "terms_and_conditions"}, {"its path", "calculate-interest", "calculate_interest"}, {"longer than any", strings.Repeat("transactions", 9000), "terms_and_conditions"},
		{"the first of equals", "", "i18n"},
	}
	var names []string
	for _, op := range callable {
		names = append(names, string(op))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, _ := nearest(c.mistaken, names)
			require.Equal(t, c.want, got)
		})
	}
}

// What is wrong with an event is told by the name of its field, never by a value.
func TestMistakesInEvents(t *testing.T) {
	long := strings.Repeat("é", MaxCall+1)
	cases := []struct{ name, event, want string }{
		{"no version", `{"exchange":{}}`, "bad_version: v must be 1"},
		{"another version", `{"v":2,"exchange":{"status":"x"}}`, "bad_version: v must be 1"},
		{"no subject", `{"v":1}`, "bad_event: the event must be about exactly one of exchange, facts, action and decision"},
		{"two subjects", `{"v":1,"action":"hold_sale","facts":{}}`, "bad_event: the event must be about exactly one of exchange, facts, action and decision"},
		{"not an object", `[]`, "bad_event: the event must be an object"},
		{"a time that is none", `{"v":1,"at":-1,"exchange":{}}`, "bad_event: at must be a whole number from 0 to 9007199254740991"},
		{"a locale that is none", `{"v":1,"locale":7,"exchange":{}}`, "bad_event: locale must be a string"},
		{"exchange is a text", `{"v":1,"exchange":"canary"}`, "bad_event: exchange must be an object"},
		{"a status as text", `{"v":1,"exchange":{"status":"409"}}`, "bad_event: exchange.status must be a whole number from 0 to 999"},
		{"a typing mistake", `{"v":1,"exchange":{"operation":"authorisation"}}`, "bad_event: exchange.operation must be one of those that the contract names (nearest: authorization)"},
		{"several is none", `{"v":1,"exchange":{"operation":"several"}}`, "bad_event: exchange.operation must be one of those that the contract names (nearest: search)"},
		{"a failure that is none", `{"v":1,"exchange":{"failure":"time_out"}}`, "bad_event: exchange.failure must be one of timeout, refused, reset, dns, tls, cancelled, pending (nearest: timeout)"},
		{"a comma", `{"v":1,"exchange":{"request":{"amount":"12,50"}}}`, "bad_event: exchange.request.amount must be a decimal string with a point, at most two digits behind it"},
		{"an empty amount", `{"v":1,"exchange":{"request":{"amount":""}}}`, "bad_event: exchange.request.amount must be a decimal string with a point, at most two digits behind it"},
		{"an amount in a list", `{"v":1,"exchange":{"request":{"amount":["1.00"]}}}`, "bad_event: exchange.request.amount must be a decimal string with a point, at most two digits behind it"},
		{"a long call", `{"v":1,"exchange":{"call":"` + long + `"}}`, "bad_event: exchange.call must have at most 64 characters"},
		{"a long key", `{"v":1,"exchange":{"request":{"idempotency_key":"` + long + `"}}}`, "bad_event: exchange.request.idempotency_key must have at most 64 characters"},
		{"found without a state", `{"v":1,"exchange":{"found":[{}]}}`, "bad_event: exchange.found.state must be captured, held, declined or ended"},
		{"found is no list", `{"v":1,"exchange":{"found":{}}}`, "bad_event: exchange.found must be an array"},
		{"an empty action", `{"v":1,"action":""}`, "bad_event: action must be the id of an action"},
		{"bad facts", `{"v":1,"facts":{"retry_after_s":-1}}`, "bad_facts: facts.retry_after_s must be a whole number from 0 to 86400"},
		{"facts with a stranger's operation", `{"v":1,"facts":{"operation":"captur"}}`, "bad_facts: facts.operation must be one of those that the contract names (nearest: capture)"},
		{"a bad decision", `{"v":1,"decision":{"money":"canary"}}`, "bad_event: decision.money must be one of unknown, none, not_moved, held, moved (nearest: none)"},
		{"a decision that is none", `{"v":1,"decision":{}}`, "bad_event: decision must be an answer's, with its family and its actions"},
		{"a decision without a way out", `{"v":1,"decision":{"card":"verified","family":"wait"}}`, "bad_event: decision must be an answer's, with its family and its actions"},
		{"a bad ref", `{"v":1,"decision":{"family":"wait","actions":[{"id":"hold_sale"}]},"ref":"0000"}`, "bad_event: ref must be the ref of an answer"},
		{"no offset", `{"v":1,"utc_offset_min":900,"exchange":{"operation":"lookup"}}`, ""},
		{"an offset that is none", `{"v":1,"utc_offset_min":"-300","exchange":{"operation":"lookup"}}`, ""},
		{"as long as may be", `{"v":1,"exchange":{"operation":"lookup","call":"` + long[2:] + `","request":{"idempotency_key":true,"amount":12.5}}}`, ""},
		{"a parsed body", `{"v":1,"exchange":{"operation":"lookup","body":{"error":"x"},"headers":[]}}`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var m Module
			var a struct{ Error *Error }
			require.NoError(t, json.Unmarshal(m.Answer([]byte(c.event)), &a))
			if c.want == "" {
				require.Nil(t, a.Error)
				return
			}
			require.EqualError(t, a.Error, c.want)
		})
	}
}

// All mistakes in settings are told at once.
func TestMistakesInSettings(t *testing.T) {
	cases := []struct{ name, settings, want string }{
		{"none", `{"policy":{"methods":["sms"],"wait_s":3600,"status_held":["on_hold"],"empty_ok":["refund"],"auto_capture":false,"limits":{"answers":3}},"texts":{"store":"S"}}`, ""},
		{"nothing", `{}`, ""},
		{"72 characters", `{"texts":{"contacts":{"store_it":{"en-CA":"` + strings.Repeat("é", 72) + `"}}}}`, ""},
		{"not an object", `[]`, "the text must be an object"},
		{"a policy that is none", `{"policy":[]}`, "policy must be an object"},
		{"unknown names", `{"polcy":{},"policy":{"metods":["sms"],"limits":{"answer":1}},"texts":{"stor":"x","contacts":{"store_itt":{},"manager":{}}}}`,
			"polcy is not known (nearest: policy); policy.metods is not known (nearest: methods); policy.limits.answer is not known (nearest: answers); " +
				"texts.stor is not known (nearest: store); texts.contacts.store_itt is not known (nearest: store_it); texts.contacts.manager is not known (there are: supervisor, store_it, flexiti, customer)"},
		{"a name that may not be shown", `{"texts":{"4506123456789012":1}}`, "texts.a member is not known (there are: store, contacts)"},
		{"several values", `{"policy":{"methods":["fax","sms"],"override":"yes","settled_by":"boss","limits":{"answers":4,"codes":-1,"reads":1.5}}}`,
			"policy.methods must be one of sms, email, security_question, piw (nearest: sms); policy.override must be true or false; " +
				"policy.settled_by must be one of supervisor, cashier (nearest: cashier); policy.limits.answers must be a whole number from 0 to 3; " +
				"policy.limits.codes must be a whole number from 0 to 9; policy.limits.reads must be a whole number from 0 to 9"},
		{"no method", `{"policy":{"methods":[]}}`, "policy.methods must name a method (none at all would mean the default)"},
		{"methods that are not offered so", `{"policy":{"methods":["merchant_override"]}}`, "policy.methods must be one of sms, email, security_question, piw (nearest: security_question)"},
		{"no wait", `{"policy":{"wait_s":0}}`, "policy.wait_s must be a whole number from 1 to 3600"},
		{"status words", `{"policy":{"status_held":["On Hold"],"status_taken":["a","b","c","d","e","f","g","h","i"]}}`,
			"policy.status_held must be words of 1 to 24 lower-case letters or underscores; policy.status_taken must have at most 8 elements"},
		{"an operation that is none", `{"policy":{"empty_ok":["refunds"]}}`, "policy.empty_ok must be one of token, i18n, terms_and_conditions, drivers_license, search, lookup, verify, calculate_interest, close, apply, transactions, " +
			"authorization, release, capture, return, refund, authorizations, authorization_get, captures, widget_init, merchants_login, unknown, unknown_read (nearest: refund)"},
		{"73 characters", `{"texts":{"contacts":{"store_it":{"fr-CA":"` + strings.Repeat("é", 73) + `"}}}}`, "texts.contacts.store_it.fr-CA must have at most 72 characters"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var m Module
			out := m.Configure([]byte(c.settings))
			if c.want == "" {
				require.Equal(t, "{}", string(out))
				return
			}
			var a struct{ Error *Error }
			unmarshal(t, out, &a)
			require.EqualError(t, a.Error, "bad_policy: "+c.want)
		})
	}
}

// An event that cannot be used and may be about money leaves the sale in doubt.
func TestRefusedEventsLeaveTheDoubt(t *testing.T) {
	sale := string(marshal(t, Sale{V: 2, Words: 1, Last: &Last{Card: CardVerified, Offered: []ActionID{ActCarryOn}, Ref: "7F3K"}}))
	cases := []struct {
		name, event string
		want        []Operation // that the sale is in doubt about; nil: no sale
	}{
		{"a lost authorization", `{"v":1,"exchange":{"operation":"authorization","status":"x"},"sale":` + sale + `}`, []Operation{OpAuthorization}},
		{"by its URL", `{"v":1,"exchange":{"method":"POST","url":"/account/1/refund","status":"x"},"sale":` + sale + `}`, []Operation{OpRefund}},
		{"an operation that is none", `{"v":1,"sale":` + sale + `,"exchange":{"operation":"authorisation"}}`, []Operation{OpUnknown}},
		{"another version", `{"v":2,"sale":` + sale + `,"exchange":{"operation":"capture"}}`, []Operation{OpCapture}},
		{"facts", `{"v":1,"sale":` + sale + `,"facts":{"operation":"release","status":-1}}`, []Operation{OpRelease}},
		{"an exchange that is none", `{"v":1,"sale":` + sale + `,"exchange":7}`, []Operation{OpUnknown}},
		{"cut", `{"v":1,"sale":` + sale, []Operation{OpSeveral}},
		{"too deep", strings.Repeat("[", 40), []Operation{OpSeveral}},
		{"too large", `{"v":1,"x":"` + strings.Repeat("x", MaxInput) + `"}`, []Operation{OpSeveral}},
		{"a sale that cannot be read", `{"v":1,"sale":{"v":9},"exchange":{"operation":"capture","status":"x"}}`, []Operation{OpSeveral, OpCapture}},
		{"a lookup", `{"v":1,"sale":` + sale + `,"exchange":{"operation":"lookup","status":"x"}}`, nil},
		{"an action", `{"v":1,"sale":` + sale + `,"action":"finish_sale"}`, nil},
		{"an action of another card", `{"v":1,"sale":` + sale + `,"action":"carry_on","ref":"2222"}`, nil},
		{"facts with an action", `{"v":1,"sale":` + sale + `,"facts":{"action":"finish_sale"}}`, nil},
		{"a decision", `{"v":1,"sale":` + sale + `,"decision":{"money":"x"}}`, nil},
		{"nothing", `{"v":1,"sale":` + sale + `}`, []Operation{OpUnknown}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var m Module
			var a struct {
				Error *Error
				Sale  *Sale
			}
			unmarshal(t, m.Answer([]byte(c.event)), &a)
			require.NotNil(t, a.Error)
			if c.want == nil {
				require.Nil(t, a.Sale)
				return
			}
			require.NotNil(t, a.Sale)
			var in []Operation
			for _, p := range a.Sale.Payments {
				require.Equal(t, StateInDoubt, p.State)
				in = append(in, p.Operation)
			}
			require.Equal(t, c.want, in)
		})
	}
}

func TestActionsOfTheLastCard(t *testing.T) {
	sale := string(marshal(t, Sale{V: 2, Last: &Last{Card: CardVerified, Offered: []ActionID{ActCarryOn}, Ref: "7F3K"}}))
	noRef := string(marshal(t, Sale{V: 2, Last: &Last{Card: CardVerified, Offered: []ActionID{ActCarryOn}}}))
	cases := []struct {
		name, event string
		want        ErrorKind
	}{
		{"offered", `"action":"carry_on","sale":` + sale, ""},
		{"with its ref", `"action":"carry_on","ref":"7F3K","sale":` + sale, ""},
		{"the sale has no ref", `"action":"carry_on","ref":"7F3K","sale":` + noRef, ""},
		{"another card's ref", `"action":"carry_on","ref":"7F3L","sale":` + sale, ActionNotOffered},
		{"not offered", `"action":"finish_sale","sale":` + sale, ActionNotOffered},
		{"no action of ours", `"action":"canary","sale":` + sale, ActionNotOffered},
		{"no card yet", `"action":"carry_on"`, ActionNotOffered},
		{"facts", `"facts":{"action":"carry_on"},"sale":` + sale, ""},
		{"facts, not offered", `"facts":{"action":"finish_sale"},"sale":` + sale, ActionNotOffered},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var m Module
			var a struct{ Error Error }
			require.NoError(t, json.Unmarshal(m.Answer([]byte(`{"v":1,`+c.event+`}`)), &a))
			require.Equal(t, c.want, a.Error.Kind)
		})
	}
}
