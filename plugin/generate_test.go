package plugin

import (
	"fmt"
	"math/rand/v2"
)

// generator makes traffic as tills may send it: documented replies to the
// right and to the wrong calls, garbage, lost replies, and the actions that
// the cards offer. The same seed gives the same traffic.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) generator {
	return generator{rand.New(rand.NewPCG(seed, 20643845))}
}

func pick[T any](g generator, of ...T) T { return of[g.IntN(len(of))] }

func (g generator) chance(percent int) bool { return g.IntN(100) < percent }

var (
	interestingStatuses = []int{
		100, 101, 199, 200, 201, 202, 204, 206, 299, 300, 301, 302, 304, 307, 308, 399, 400, 401, 402, 403, 404, 405, 406, 408, 409,
		410, 413, 415, 418, 422, 423, 425, 429, 431, 451, 464, 465, 466, 467, 468, 498, 499, 500, 501, 502, 503, 504, 505, 507, 511,
		520, 529, 598, 599,
	}
	everyFailure = []Failure{FailurePending, FailureTimeout, FailureRefused, FailureReset, FailureDNS, FailureTLS, FailureCancelled}
	everyFormat  = []Method{"", MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW, MethodOverride, MethodBypass}
	goodBodies   = []string{
		`{"authorization_id":"1"}`, `{"authorization_id":"2","status":"authorized"}`, `{"capture_id":"3"}`, `{"account_number":"1"}`,
		`{"access_token":"x"}`, `{"return_id":"4"}`, `{}`, `{"status":"captured"}`,
	}
	oddBodies = []string{
		"", " ", "null", "{}", "[]", "0", `"text"`, `{"error":`, "<!doctype html><title>502</title>", `{"error":409,"message":"x"}`,
		`{"error":{}}`, `{"error":""}`, `{"error":"never_heard_of_it"}`, `{"error":"12345"}`, "\xff\xfe", "\x00", `[{}]`, `{"error":null}`,
	}
)

func (g generator) policy() Policy {
	p := Policy{
		Override: g.chance(50), Bypass: g.chance(50), SplitPayment: g.chance(50),
		SettledBy: pick(g, "", OwnerSupervisor, OwnerCashier),
	}
	for _, m := range []Method{MethodSMS, MethodEmail, MethodSecurityQuestion, MethodPIW} {
		if g.chance(40) {
			p.Methods = append(p.Methods, m)
		}
	}
	if g.chance(30) {
		p.AutoCapture = ptr(g.chance(50))
	}
	if g.chance(50) {
		p.Limits = Limits{Answers: g.IntN(4), Codes: g.IntN(10), Reads: g.IntN(10), Checks: g.IntN(10)}
	}
	return p
}

func (g generator) amount() string {
	return pick(g, "", "", "10.00", "1249.00", "10", "0.01", "9999999.99")
}

func (g generator) exchange() Exchange {
	x := Exchange{
		Operation: pick(g, allOperations()...), Call: pick(g, "", "", "a", "b"),
		Request: Request{
			Format: pick(g, everyFormat...), Amount: g.amount(), IdempotencyKey: pick(g, "", KeySent, "k1", "k2"),
			TransactionType: pick(g, "", "deposit", "instore_payment", "promotional_purchase", "regular_purchase"),
		},
		BodyCut: g.chance(3),
	}
	if g.chance(60) {
		x.Request.AutoCapture = ptr(g.chance(50))
	}
	if g.chance(15) {
		x.Failure, x.Sent = pick(g, everyFailure...), pick(g, "", SentYes, SentNo, SentUnknown)
		return x
	}
	x.Status = pick(g, interestingStatuses...)
	switch {
	case g.chance(60):
		r := pick(g, rows...)
		x.Status, x.Body = r.Status, r.Example()
		if r.Operation != AnyOperation && g.chance(80) {
			x.Operation = r.Operation
		}
	case g.chance(50):
		x.Body = pick(g, oddBodies...)
	case g.chance(50):
		x.Status, x.Body = 200, pick(g, goodBodies...)
	}
	if g.chance(10) {
		x.Headers = map[string]string{"Retry-After": fmt.Sprint(g.IntN(100))}
	}
	if about(x.Operation).kind == kindReadBack && g.chance(70) {
		x.Status, x.Body, x.Found = 200, "[]", []Found{}
		for range g.IntN(3) {
			x.Found = append(x.Found, Found{pick(g, FoundCaptured, FoundHeld, FoundDeclined, FoundEnded), g.amount(), pick(g, "", "", "1", "2")})
		}
	}
	if x.Operation == OpApply && g.chance(50) {
		x.Result = pick(g, ResultApproved, ResultPending, ResultDeclined)
	}
	return x
}

// step gives the facts of the next event of a sale: an exchange, or an action that was offered.
func (g generator) step(s Sale, at int64) Facts {
	if s.Last != nil && len(s.Last.Offered) > 0 && g.chance(30) {
		return Facts{At: at, Action: pick(g, s.Last.Offered...), Operation: s.Last.Operation}
	}
	f := Recognise(g.exchange())
	f.At = at
	return f
}

// walk plays a sale of n events and hands each to see.
func (g generator) walk(n int, p Policy, see func(f Facts, before Sale, d Decision, after Sale)) Sale {
	s, at := Sale{}, noon
	for range n {
		at += pick(g, int64(1000), 60_000, 3_600_000, 90_000_000)
		if g.chance(5) {
			at = 0
		}
		f := g.step(s, at)
		if at == 0 {
			at = noon
		}
		if g.chance(50) {
			f.UTCOffsetMin = ptr(-300)
		}
		d, after := Decide(f, s, p)
		see(f, s, d, after)
		s = after
	}
	return s
}
