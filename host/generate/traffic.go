package generate

import (
	"fmt"

	"github.com/tillwise/tillwise/plugin"
)

// flow is an undisturbed purchase.
var flow = []plugin.Operation{
	plugin.OpLookup, plugin.OpCalculateInterest, plugin.OpVerify, plugin.OpAuthorization, plugin.OpCapture,
}

// anywhere are calls on which a rule for any operation may be met.
var anywhere = []plugin.Operation{
	plugin.OpLookup, plugin.OpVerify, plugin.OpCalculateInterest, plugin.OpAuthorization, plugin.OpCapture, plugin.OpTransactions,
	plugin.OpCaptures, plugin.OpSearch, plugin.OpApply, plugin.OpReturn, plugin.OpRefund, plugin.OpToken,
}

// operationFor gives a call whose reply meets the rule and none more specific.
func operationFor(r plugin.Rule) plugin.Operation {
	if r.Operation != plugin.AnyOperation {
		return r.Operation
	}
	want := fmt.Sprintf("%s/%d/%s", r.Operation, r.Status, r.Code)
	for _, op := range anywhere {
		f := plugin.Recognise(plugin.Exchange{Operation: op, Status: r.Status, Body: r.Example()})
		if d, _ := plugin.Decide(f, plugin.Sale{}, plugin.Policy{}); d.Matched.Rule == want {
			return op
		}
	}
	return plugin.OpLookup
}

// prelude is what went well before a call of the flow.
func (s *store) prelude(op plugin.Operation) []plugin.Exchange {
	var done []plugin.Exchange
	for _, step := range flow {
		if step == op {
			return done
		}
		done = append(done, s.reply(step, 200, "{}"))
	}
	return nil // not of the flow: a sale of its own
}

func (s *store) reply(op plugin.Operation, status int, body string) plugin.Exchange {
	x := plugin.Exchange{
		Operation: op, Status: status, Body: body,
		Headers: map[string]string{"content-type": "application/json"},
	}
	switch op {
	case plugin.OpVerify:
		x.Request.Format = []plugin.Method{plugin.MethodSMS, plugin.MethodEmail, plugin.MethodSecurityQuestion}[s.random.IntN(3)]
	case plugin.OpTransactions:
		x.Request.TransactionType = "instore_payment"
		x.Request.IdempotencyKey = s.random.IntN(2) == 0
		x.Request.Amount = s.sale.amount
	case plugin.OpAuthorization:
		capture := s.random.IntN(2) == 0
		x.Request.AutoCapture = &capture
		x.Request.Amount = s.sale.amount
	case plugin.OpCapture, plugin.OpRelease, plugin.OpReturn, plugin.OpRefund:
		x.Request.Amount = s.sale.amount
	}
	return x
}

// trouble are the replies that no row of the catalogue is about.
var trouble = []struct {
	status  int
	body    string
	failure plugin.Failure
	sent    plugin.Sent
}{
	{status: 500, body: `{"error":"internal"}`},
	{status: 502, body: "<html><body><h1>502 Bad Gateway</h1></body></html>"},
	{status: 503},
	{status: 429},
	{status: 465, body: "<html></html>"},
	{status: 200, body: `{"authorization_id":`},
	{status: 409, body: `{"error":"plan_is_paused"}`},
	{status: 409, body: `{"error":"new_rule_of_the_lender"}`},
	{failure: plugin.FailureTimeout, sent: plugin.SentYes},
	{failure: plugin.FailureTimeout, sent: plugin.SentUnknown},
	{failure: plugin.FailureRefused},
	{failure: plugin.FailureReset, sent: plugin.SentYes},
	{failure: plugin.FailureDNS},
}

// everyday is a sale that goes through, in most cases after something small.
func (s *store) everyday() []plugin.Exchange {
	sale := make([]plugin.Exchange, 0, len(flow)+2)
	at := -1
	if s.random.IntN(4) == 0 {
		at = s.random.IntN(len(flow))
	}
	for i, op := range flow {
		if i == at {
			t := trouble[s.random.IntN(len(trouble))]
			x := s.reply(op, t.status, t.body)
			x.Failure, x.Sent = t.failure, t.sent
			sale = append(sale, x)
			if op == plugin.OpAuthorization {
				back := s.reply(plugin.OpAuthorizations, 200, "[]")
				back.Found = []plugin.Found{{State: plugin.FoundHeld, Amount: s.sale.amount}}
				sale = append(sale, back)
				continue
			}
		}
		if op == plugin.OpVerify && s.random.IntN(5) == 0 {
			x := s.reply(op, 409, `{"error":"secret_answer_mismatch"}`)
			x.Request.Format = plugin.MethodSecurityQuestion
			sale = append(sale, x)
		}
		sale = append(sale, s.reply(op, 200, "{}"))
	}
	return sale
}
