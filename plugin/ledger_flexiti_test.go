package plugin

import "strconv"

// A Flexiti with a ledger, for the test that holds every card to it. It says
// what it did only where the reply comes through; what it did is in its books.

// dice gives the same numbers for the same seed (splitmix64).
type dice uint64

func (d *dice) n(k int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) >> 33 % uint64(k))
}

func (d *dice) chance(percent int) bool { return d.n(100) < percent }

// fxPayment is one payment in the books, in cents.
type fxPayment struct {
	op            Operation
	kind          string // transaction_type
	number        string // the authorization's; the account's for a refund that names no capture
	capture       string // the last capture's number
	amount        int
	held          int
	captured      int  // all that was ever taken
	back          int  // … and given back of it
	old           bool // of an earlier sale: what it held and took then is not this one's
	before        int  // what an old one had taken then
	released      bool
	ended         bool // the hold ran out
	refused       bool
	endedUnheard  bool // … and nobody has been told
	view, lagging Found
	changed       int // the step at which view took over from lagging
}

type fxCapture struct {
	of, amount, step int
	number           string
}

// fxRequest is one call of the till's, whatever it is and whatever became of it.
type fxRequest struct {
	op          Operation
	method      Method
	payment     int  // in the books: what it made, or what it is about; -1: none
	amount      int  // cents
	untold      bool // the request's amount is not told: all of it
	auto        bool
	kind        string // transaction_type
	key         string
	name        string // exchange.call
	split       bool
	resend      bool
	at          [4]int64 // when the module heard of it
	heard       int
	decided     bool // Flexiti has dealt with it
	did         bool // … and did it
	status      int  // its true reply
	body        string
	late        int      // the step at which it will be dealt with, after all
	answered    bool     // the till has a definite answer, or it never left
	told        bool     // … and the module has been told
	lost        bool     // the module was told of a reply that says nothing
	settled     ActionID // what the supervisor said of it
	settledDone bool     // … when it had been done
	resolved    bool     // a read-back or a resend has shown what became of it
	shown       bool     // a read-back has shown the payment
	again       bool     // its answer, or its loss, is told once more
	blind       bool     // asked while the fate of another call about that payment was open
	due         int      // which of the till's dues it is for, from 1
}

func (q *fxRequest) hear(at int64) {
	if q.heard < len(q.at) {
		q.at[q.heard] = at
		q.heard++
	}
}

func (q *fxRequest) since(at int64) bool {
	for _, t := range q.at[:q.heard] {
		if t == at {
			return true
		}
	}
	return false
}

// flexiti is the books.
type flexiti struct {
	payments []fxPayment
	captures []fxCapture
	keys     []fxKey
	numbers  int
}

type fxKey struct {
	key     string
	payment int
	body    string
}

func (x *flexiti) reset() {
	x.payments, x.captures, x.keys, x.numbers = x.payments[:0], x.captures[:0], x.keys[:0], 0
}

func (x *flexiti) number(prefix string) string {
	x.numbers++
	return prefix + strconv.Itoa(x.numbers)
}

// sees keeps what a read-back shows of a payment, and what it showed before: a
// list may lag.
func (x *flexiti) sees(i, step int) {
	p := &x.payments[i]
	f := Found{ID: p.number}
	switch {
	case p.refused:
		f.State, f.Amount = FoundDeclined, dollarsOf(p.amount)
	case p.captured+p.before > 0:
		f.State, f.Amount = FoundCaptured, dollarsOf(p.captured+p.before)
	case p.held > 0:
		f.State, f.Amount = FoundHeld, dollarsOf(p.held)
	default:
		f.State, f.Amount = FoundEnded, dollarsOf(p.amount)
	}
	if p.changed != step {
		p.lagging = p.view
	}
	p.view, p.changed = f, step
}

// refusals that Flexiti documents, by call: nothing was done.
var refusals = map[Operation][]reply{
	OpAuthorization: {
		{409, `{"error":"credit_exceeded"}`}, {409, `{"error":"plan_term_not_set"}`}, {409, `{"error":"not_verified"}`}, {409, `{"error":"credit_exceeded"}`},
		{404, `{"error":"customer_identity_not_found"}`}, {409, `{"error":"user_not_able_to_purchase"}`}, {401, `{"error":"invalid_token"}`}, {429, ``}, {465, ``},
	},
	OpTransactions: {
		{409, `{"error":"not_enough_credit"}`}, {409, `{"error":"wrong_verification_code"}`}, {409, `{"error":"limit_payment_amount_24"}`},
		{409, `{"error":"not_verified"}`}, {401, `{"error":"invalid_token"}`}, {429, ``},
	},
	OpCapture: {{409, `{"error":"not_permitted"}`}, {401, `{"error":"invalid_token"}`}, {429, ``}},
	OpRelease: {{409, `{"error":"not_permitted"}`}, {401, `{"error":"invalid_token"}`}, {429, ``}},
	OpReturn:  {{409, `{"error":"return_date_exceeded"}`}, {409, `{"error":"wrong_transaction_type"}`}, {401, `{"error":"invalid_token"}`}, {429, ``}},
	OpRefund:  {{409, `{"error":"refunds_limit_exceeded_amount"}`}, {409, `{"error":"vcc_account_mismatch"}`}, {401, `{"error":"invalid_token"}`}, {429, ``}},
}

const (
	endedBody    = `{"error":"authorization_ended"}`
	exceededBody = `{"error":"auth_amount_exceeded"}`
)

type reply struct {
	status int
	body   string
}

// unclear are replies after which nobody knows: the call was done, or was not,
// or will be.
var unclear = []Exchange{
	{Failure: FailureTimeout}, {Failure: FailureReset, Sent: SentYes}, {Failure: FailureTimeout, Sent: SentYes}, {Failure: FailureCancelled},
	{Status: 200, Body: `{"authorization_id":"a9`, BodyCut: true},
	{Status: 502, Body: `<html><h1>502 Bad Gateway</h1>`}, {Status: 504, Body: `<html><h1>504 Gateway Time-out</h1>`},
	{Status: 200, Body: `<!doctype html><title>Sign in to Wi-Fi</title>`}, {Status: 504, Body: `{"message":"Endpoint request timed out"}`},
	{Status: 200, Body: `{"message":"Endpoint request timed out"}`}, {Status: 202, Body: `{}`}, {Status: 500}, {Status: 409, Body: `{"error":"general_error"}`},
	{Status: 302}, {Status: 403, Body: `<html>Forbidden</html>`}, {Status: 404, Body: `{"message":"no Route matched with those values"}`},
	{Status: 504, Body: `{"error":"GATEWAY_TIMEOUT"}`}, {Status: 400, Body: `{"error":"gateway_timeout"}`}, {Status: 200, Body: `{"success":false}`},
}

// work deals with a request: refuse is a reason that is Flexiti's own.
func (x *flexiti) work(q *fxRequest, step int, refuse reply) {
	if q.decided {
		return
	}
	q.decided = true
	if q.key != "" {
		for _, k := range x.keys { // only the first request with a key is processed
			if k.key == q.key {
				q.did, q.payment, q.status, q.body = true, k.payment, 200, k.body
				return
			}
		}
	}
	if refuse = x.reason(q, refuse); refuse.status != 0 {
		q.status, q.body = refuse.status, refuse.body
		if q.op == OpAuthorization && refuse.status == 409 { // Flexiti may list it
			x.payments = append(x.payments, fxPayment{op: q.op, number: x.number("A"), amount: q.amount, refused: true})
			x.sees(len(x.payments)-1, step)
		}
		return
	}
	q.did, q.status = true, 200
	x.do(q, step)
	if q.payment >= 0 {
		x.sees(q.payment, step)
	}
	if q.key != "" {
		x.keys = append(x.keys, fxKey{q.key, q.payment, q.body})
	}
}

// reason gives why a request cannot be carried out.
func (x *flexiti) reason(q *fxRequest, refuse reply) reply {
	if refuse.status != 0 || q.op == OpAuthorization || q.op == OpTransactions || q.payment < 0 {
		return refuse
	}
	p := &x.payments[q.payment]
	switch q.op {
	case OpCapture, OpRelease:
		if q.untold {
			q.amount = p.held
		}
		switch {
		case p.held == 0:
			return reply{409, endedBody}
		case q.amount > p.held:
			return reply{409, exceededBody}
		}
	case OpReturn, OpRefund:
		left := p.before + p.captured - p.back
		if q.untold {
			q.amount = left
		}
		if q.amount > left || left == 0 {
			return reply{409, `{"error":"capture_amount_exceeded"}`}
		}
	}
	return refuse
}

func (x *flexiti) do(q *fxRequest, step int) {
	switch q.op {
	case OpAuthorization, OpTransactions:
		p := fxPayment{op: q.op, kind: q.kind, amount: q.amount, number: x.number("A")}
		q.payment = len(x.payments)
		switch {
		case q.op == OpTransactions:
			p.captured = q.amount
			q.body = `{"transaction_id":"` + p.number + `"}`
		case q.auto:
			p.captured, p.capture = q.amount, x.number("C")
			q.body = `{"authorization_id":"` + p.number + `","status":"captured"}`
			if x.numbers%2 == 0 {
				q.body = `{"authorization_id":"` + p.number + `"}` // auto_capture tells
			}
			x.captures = append(x.captures, fxCapture{q.payment, q.amount, step, p.capture})
		default:
			p.held = q.amount
			q.body = `{"authorization_id":"` + p.number + `","status":"authorized"}`
		}
		x.payments = append(x.payments, p)
	case OpCapture:
		p := &x.payments[q.payment]
		p.held -= q.amount
		p.captured += q.amount
		p.capture = x.number("C")
		x.captures = append(x.captures, fxCapture{q.payment, q.amount, step, p.capture})
		q.body = `{"authorization_id":"` + p.number + `","capture_id":"` + p.capture + `"}`
	case OpRelease:
		p := &x.payments[q.payment]
		p.held -= q.amount
		p.released = true
		q.body = `{"authorization_id":"` + p.number + `"}`
	case OpReturn:
		x.payments[q.payment].back += q.amount
		q.body = `{"return_id":"` + x.number("R") + `"}`
	case OpRefund:
		x.payments[q.payment].back += q.amount
		q.body = `{}`
	}
}

// truth is what is so at this moment, of this sale, in cents.
type truth struct{ taken, held, back, unheard int }

func (x *flexiti) truth() (t truth) {
	for i := range x.payments {
		p := &x.payments[i]
		switch {
		case !p.old:
			t.held += p.held
			t.taken += p.captured - p.back
		default:
			t.taken += max(0, p.captured-p.back)
		}
		t.back += p.back
		if p.endedUnheard {
			t.unheard += p.amount
		}
	}
	return t
}

// shows gives what a read-back finds, as the till sees it.
func (x *flexiti) shows(read Operation, about, step, lag int, declined bool) []Found {
	list := []Found{}
	if read == OpCaptures {
		for _, c := range x.captures {
			if !x.payments[c.of].old && step-c.step >= lag || x.payments[c.of].old && step-c.step >= lag && c.step > 0 {
				list = append(list, Found{FoundCaptured, dollarsOf(c.amount), c.number})
			}
		}
		return list
	}
	for i := range x.payments {
		p := &x.payments[i]
		if p.op != OpAuthorization || read == OpAuthorizationGet && i != about || p.refused && !declined || read == OpAuthorizations && p.old {
			continue
		}
		f := p.view
		if step-p.changed < lag {
			f = p.lagging
		}
		if f.State != "" {
			list = append(list, f)
		}
	}
	return list
}

// dollarsOf writes cents as an amount.
func dollarsOf(cents int) string {
	b := make([]byte, 0, 12)
	b = strconv.AppendInt(b, int64(cents/100), 10)
	b = append(b, '.', byte('0'+cents/10%10), byte('0'+cents%10))
	return string(b)
}
