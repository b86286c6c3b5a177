package generate

import (
	"fmt"

	"github.com/tillwise/tillwise/plugin"
)

// flow is an undisturbed purchase.
var flow = []plugin.Operation{
	plugin.OpLookup, plugin.OpCalculateInterest, plugin.OpVerify, plugin.OpAuthorization, plugin.OpCapture,
}

// prelude is what went well before a call of the flow.
func (s *store) prelude(op plugin.Operation) []plugin.Exchange {
	var done []plugin.Exchange
	for _, step := range flow {
		if step == op {
			return done
		}
		done = append(done, s.good(step))
	}
	return nil // not of the flow: a sale of its own
}

// good is the documented answer to a call, with made-up numbers (contract 8.4).
func (s *store) good(op plugin.Operation) plugin.Exchange {
	body, ok := map[plugin.Operation]string{
		plugin.OpToken: `{"access_token":"made up"}`, plugin.OpLookup: `{"account_number":"made up"}`,
		plugin.OpVerify: `{"verification_code":"made up"}`, plugin.OpCalculateInterest: `{"regular_purchase":{}}`,
		plugin.OpAuthorization: `{"authorization_id":"` + s.number("A") + `"}`, plugin.OpCapture: `{"capture_id":"` + s.number("C") + `"}`,
		plugin.OpReturn: `{"return_id":"made up"}`, plugin.OpRefund: `{}`, plugin.OpSearch: `[{"account_number":"made up"}]`,
		plugin.OpAuthorizations: `[{"authorization_id":"` + s.number("A") + `"}]`, plugin.OpCaptures: `[{"capture_id":"` + s.number("C") + `"}]`, plugin.OpDriversLicense: `{"licence_number":"made up"}`,
		plugin.OpWidgetInit: `{"redirection_url":"made up"}`,
	}[op]
	if !ok {
		body = `{"reference":"made up"}`
	}
	return s.reply(op, 200, body)
}

// number is the sale's authorization or capture.
func (s *store) number(kind string) string { return kind + "-" + s.sale.id }

func (s *store) reply(op plugin.Operation, status int, body string) plugin.Exchange {
	return s.filled(plugin.Exchange{Operation: op, Status: status, Body: body})
}

// filled is an exchange with what the sale's request says.
func (s *store) filled(x plugin.Exchange) plugin.Exchange {
	x.Headers = map[string]string{"content-type": "application/json"}
	switch op := x.Operation; op {
	case plugin.OpVerify:
		x.Request.Format = []plugin.Method{plugin.MethodSMS, plugin.MethodEmail, plugin.MethodSecurityQuestion}[s.random.IntN(3)]
	case plugin.OpTransactions:
		x.Request.TransactionType = "instore_payment"
		if s.random.IntN(2) == 0 {
			x.Request.IdempotencyKey = []string{plugin.KeySent, s.number("K")}[s.random.IntN(2)]
		}
		x.Request.Amount = s.sale.amount
	case plugin.OpAuthorization:
		x.Request.AutoCapture = &s.sale.taken
		x.Request.Amount = s.sale.amount
	case plugin.OpCapture, plugin.OpRelease:
		x.URL = "/authorization/" + s.number("A") + "/" + string(op)
		x.Request.Amount = s.sale.amount
	case plugin.OpReturn:
		x.URL = "/authorization/" + s.number("A") + "/capture/" + s.number("C") + "/return"
		x.Request.Amount = s.sale.amount
	case plugin.OpRefund:
		x.Request.Amount = s.sale.amount
	}
	if s.sale.named && plugin.MovesMoney(x.Operation) {
		s.sale.calls++
		x.Call = fmt.Sprintf("%s-%d", s.sale.id, s.sale.calls)
	}
	return x
}

// answered is a call that goes well; one that has a name is announced as it leaves.
func (s *store) answered(op plugin.Operation) []plugin.Exchange {
	x := s.good(op)
	switch {
	case op == plugin.OpAuthorizations || op == plugin.OpCaptures:
		return []plugin.Exchange{s.checked(op)}
	case x.Call == "":
		return []plugin.Exchange{x}
	}
	leaving := x
	leaving.Status, leaving.Body, leaving.Failure = 0, "", plugin.FailurePending
	return []plugin.Exchange{leaving, x}
}

// checked is a read-back that found the sale's payment, by its number or by its
// amount, or none.
func (s *store) checked(op plugin.Operation) plugin.Exchange {
	x := s.good(op)
	found := plugin.Found{State: plugin.FoundHeld, Amount: s.sale.amount}
	if s.sale.taken || op == plugin.OpCaptures {
		found.State = plugin.FoundCaptured
	}
	switch s.random.IntN(5) {
	case 0:
		x.Found = []plugin.Found{}
		return x
	case 1:
		found.State = plugin.FoundDeclined
	case 2:
		found.ID = s.number("A")
	}
	x.Found = []plugin.Found{found}
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

// everyday is a sale that goes through, in most cases after something small. Now
// and then it is only a payment to an account, and now and then what was bought is
// given back in the same sale.
func (s *store) everyday() []plugin.Exchange {
	steps := flow
	switch {
	case s.random.IntN(10) == 0:
		steps = []plugin.Operation{plugin.OpLookup, plugin.OpTransactions}
	case s.random.IntN(10) == 0 && s.sale.taken:
		steps = append(flow[:4:4], plugin.OpReturn)
	case s.random.IntN(5) == 0 && !s.sale.taken:
		steps = append(flow[:4:4], plugin.OpRelease)
	case s.sale.taken:
		steps = flow[:4]
	}
	var sale []plugin.Exchange
	at := -1
	switch s.random.IntN(6) {
	case 0:
		at = s.random.IntN(len(steps))
	case 1, 2:
		at = min(3, len(steps)-1) // the payment
	}
	for i, op := range steps {
		if i == at {
			sale = append(sale, s.troubled(op)...)
			if plugin.MovesMoney(op) && s.random.IntN(4) > 0 {
				continue // a payment that may have gone through is not sent again, but by mistake
			}
		}
		if op == plugin.OpVerify && s.random.IntN(5) == 0 {
			x := s.reply(op, 409, `{"error":"secret_answer_mismatch"}`)
			x.Request.Format = plugin.MethodSecurityQuestion
			sale = append(sale, x)
		}
		sale = append(sale, s.answered(op)...)
	}
	return sale
}

// troubled is a call that meets trouble, and what is done about it: a payment is
// looked for, or its own answer comes after all.
func (s *store) troubled(op plugin.Operation) []plugin.Exchange {
	t := trouble[s.random.IntN(len(trouble))]
	x := s.reply(op, t.status, t.body)
	x.Failure, x.Sent = t.failure, t.sent
	done := []plugin.Exchange{x}
	read := map[plugin.Operation]plugin.Operation{
		plugin.OpAuthorization: plugin.OpAuthorizations, plugin.OpRelease: plugin.OpAuthorizations, plugin.OpCapture: plugin.OpCaptures,
	}[op]
	switch {
	case x.Call != "" && s.random.IntN(3) == 0:
		late := s.good(op)
		late.Call = x.Call
		done = append(done, late)
	case read != "":
		done = append(done, s.checked(read))
	}
	return done
}
