package wasm_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// stories are sales of several events, for what only a sale that goes on can
// show (contract 8). Each event gets the sale of the answer before. $ref and
// $decision stand for those of the answer before, $first for the first decision.
var stories = []struct {
	name   string
	events []string
}{
	{"a payment under way", []string{
		pays("pending", `"call":"pay-1"`), lookUp, `"action":"keep_waiting"`, pays(`200`, `"call":"pay-1"`), pays(`200`, `"call":"pay-1"`), `"action":"finish_sale"`, `"action":"carry_on"`,
	}},
	{"a payment under way that is asked about", []string{
		`"at":1795530727000,` + pays("pending", ""), `"at":1795530788000,"action":"keep_waiting"`, `"at":1795530789000,"action":"check_status"`,
		`"at":1795530791000,` + reads("authorizations", `{"state":"captured","amount":"1249.00","id":"A-1"}`),
	}},
	{"a lost payment whose own answer comes after it was settled", []string{
		pays("timeout", `"call":"pay-1"`), `"action":"call_supervisor"`, `"action":"settle_not_taken"`, pays(`200`, `"call":"pay-1"`), `"action":"call_supervisor"`, `"action":"finish_sale"`,
	}},
	{"two payments without names", []string{pays("timeout", ""), pays("200", ""), `"action":"call_supervisor"`, `"action":"settle_not_taken"`}},
	{"paid twice", []string{pays("200", ""), pays("200", ""), `"action":"hold_sale"`}},
	{"a refusal after the end", []string{refused("1249.00"), `"action":"other_payment"`, refused("1249.00")}},
	{"a hold, and what is found of its capture", []string{
		holds("200"), captures("timeout"), reads("captures", `{"state":"captured","amount":"1249.00","id":"A-2"}`),
		reads("captures", `{"state":"captured","amount":"1249.00","id":"A-1"}`), `"action":"finish_sale"`,
	}},
	{"a hold that is over", []string{holds("200"), `"exchange":{"operation":"capture","url":"/authorization/A-1/capture","status":409,"body":"{\"error\":\"authorization_ended\"}"}`,
		reads("authorization_get", `{"state":"ended","amount":"1249.00","id":"A-1"}`)}},
	{"a hold that is given back", []string{holds("200"), gives("release", "timeout"), reads("authorizations", `{"state":"ended","id":"A-1"}`), `"action":"finish_sale"`}},
	{"a lost hold, and the supervisor's word", []string{holds("timeout"), `"action":"call_supervisor"`, `"action":"settle_held"`, captures("200")}},
	{"a lost refund that was not made", []string{gives("refund", "reset"), `"action":"call_supervisor"`, `"action":"settle_not_refunded"`, `"action":"try_again"`, gives("refund", "200")}},
	{"a lost refund that was made", []string{gives("refund", "timeout"), `"action":"call_supervisor"`, `"action":"settle_refunded"`}},
	{"another amount is asked for first", []string{
		refused("1249.00"), `"action":"change_amount"`, lookUp, pays("pending", `"call":"pay-3"`), pays("200", `"call":"pay-3"`),
	}},
	{"the question is asked first", []string{
		`"exchange":{"operation":"verify","request":{"format":"sms"},"status":400,"body":"{\"error\":\"sms_not_valid_phone\"}"}`, `"action":"ask_security_question"`,
		`"exchange":{"operation":"verify","status":0,"failure":"timeout"}`,
	}},
	{"the rest is paid otherwise", []string{pays("200", ""), refused("300.00"), `"action":"pay_rest"`}},
	{"a key is told", []string{keyed("timeout", `"K-1"`), `"action":"resend_same"`, keyed("200", `"K-1"`)}},
	{"another key is another payment", []string{keyed("timeout", `"K-1"`), keyed("200", `"K-2"`)}},
	{"more payments than are remembered", []string{
		pays("timeout", ""), pays("timeout", ""), pays("timeout", ""), pays("timeout", ""), pays("timeout", ""), pays("timeout", ""), pays("timeout", ""),
		`"action":"call_supervisor"`, `"action":"settle_taken"`,
	}},
	{"an event that cannot be used, about money", []string{lookUp, `"exchange":{"operation":"authorization","request":{"amount":"99,00"},"status":200,"body":"{}"}`, lookUp}},
	{"an operation that is none", []string{`"exchange":{"operation":"authorisation","status":200,"body":"{}"}`, lookUp}},
	{"an event that cannot be used, about no money", []string{`"exchange":{"operation":"lookup","status":"200"}`}},
	{"an older card is shown again in doubt", []string{refused("1249.00"), pays("timeout", ""), `"locale":"fr-CA","ref":"$ref","decision":$first`}},
	{"a choice on another card", []string{pays("timeout", ""), `"ref":"2222","action":"check_status"`, `"ref":"$ref","action":"check_status"`}},
	{"a hostile portal", []string{
		`"exchange":{"operation":"token","status":200,"body":"<html>signed in</html>"}`, `"exchange":{"operation":"authorization","status":404,"body":"<html></html>"}`,
		`"exchange":{"operation":"authorizations","status":404,"body":"{\"message\":\"no Route matched\"}"}`,
	}},
}

const lookUp = `"exchange":{"operation":"lookup","status":200,"body":"{\"account_number\":\"made up\"}"}`

// call is an exchange; how it ended is a status or a failure.
func call(operation, end, more, body string) string {
	if more != "" {
		more += ","
	}
	if strings.Trim(end, "0123456789") != "" {
		return fmt.Sprintf(`"exchange":{"operation":%q,%s"status":0,"failure":%q}`, operation, more, end)
	}
	return fmt.Sprintf(`"exchange":{"operation":%q,%s"status":%s,"body":%q}`, operation, more, end, body)
}

func pays(end, more string) string {
	request := `"request":{"amount":"1249.00","auto_capture":true}`
	if more != "" {
		request += "," + more
	}
	return call("authorization", end, request, `{"reference":"made up"}`)
}

func holds(end string) string {
	return call("authorization", end, `"request":{"amount":"1249.00","auto_capture":false}`, `{"authorization_id":"A-1"}`)
}

func refused(amount string) string {
	return call("authorization", "409", `"request":{"amount":"`+amount+`","auto_capture":true}`, `{"error":"credit_exceeded"}`)
}

func captures(end string) string {
	return call("capture", end, `"url":"/authorization/A-1/capture","request":{"amount":"1249.00"}`, `{"authorization_id":"A-1","capture_id":"C-1"}`)
}

func gives(operation, end string) string {
	return call(operation, end, `"url":"/authorization/A-1/`+operation+`","request":{"amount":"1249.00"}`, `{"reference":"made up"}`)
}

func keyed(end, key string) string {
	return call("transactions", end, `"request":{"amount":"1249.00","transaction_type":"deposit","idempotency_key":`+key+`}`, `{"reference":"made up"}`)
}

func reads(operation, found string) string {
	body := `[{"authorization_id":"A-1"}]`
	if operation == "authorization_get" {
		body = `{"authorization_id":"A-1"}`
	}
	return call(operation, "200", `"found":[`+found+`]`, body)
}

// told gives the vectors of the stories.
func told(t testing.TB) (all []wasm.Vector) {
	m := new(plugin.Module)
	for i, story := range stories {
		var sale, first, last json.RawMessage
		ref := ""
		for n, text := range story.events {
			event := strings.NewReplacer("$ref", ref, "$decision", string(last), "$first", string(first)).Replace(text)
			if !strings.HasPrefix(event, `"at"`) {
				event = fmt.Sprintf(`"at":%d,`, int64(1795530727000)+10_000*int64(n)) + event
			}
			if !strings.Contains(event, `"locale"`) {
				event = fmt.Sprintf(`"locale":%q,`, []string{"en-CA", "fr-CA"}[i%2]) + event
			}
			if sale != nil {
				event += `,"sale":` + string(sale)
			}
			event = `{"v":1,"utc_offset_min":-300,` + event + `}`
			all = append(all, wasm.Vector{Name: fmt.Sprintf("story: %s, %d", story.name, n+1), Event: json.RawMessage(event)})
			var a struct {
				Prompt         struct{ Ref string }
				Decision, Sale json.RawMessage
			}
			require.NoError(t, json.Unmarshal(m.Answer([]byte(event)), &a), event)
			if a.Sale != nil {
				sale = append(json.RawMessage(nil), a.Sale...)
			}
			if a.Decision != nil {
				last, ref = a.Decision, a.Prompt.Ref
			}
			if n == 0 {
				first = a.Decision
			}
		}
	}
	return all
}
