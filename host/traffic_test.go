package host

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

// traffic makes events as JSON, as tills send them and as nobody should: replies
// that are documented and others, actions that were offered and others, sales
// that go on, and rubbish. The same seed makes the same events, as long as the
// answers are the same.
type traffic struct {
	*rand.Rand
	rules []plugin.Rule
	at    int64
	sale  []byte   // of the last answer
	facts []byte   // of its record
	card  []byte   // its decision
	ids   [][]byte // the actions that it offered
}

func newTraffic(seed uint64) *traffic {
	return &traffic{Rand: rand.New(rand.NewPCG(seed, 1)), rules: plugin.Rules(), at: 1795530727000}
}

var (
	someStatus = []int{0, 200, 201, 204, 302, 400, 401, 402, 403, 404, 408, 409, 415, 429, 465, 467, 500, 502, 503, 504, 599, 999, -1}
	someBody   = []string{"", "{}", "[]", "null", "<html>502</html>", `{"error":7}`, `{"error":{"code":"x"}}`, `{"error":"unheard_of"}`,
		"\ufeff{}", `{"error":"not_found","error":"x"}`, "[[[[[[", "\x00", `{"error":"card_4111111111111111"}`, "\xff"}
	someCall = []string{`"method":"POST","url":"/client-id/a/authorizations"`, `"method":"GET","url":"/client-id/a/customers/lookup"`,
		`"method":"POST","url":"https://h/x/v2.5/client-id/a/account/1/verify?a=b"`, `"url":"/elsewhere"`, `"method":"PUT","url":""`,
		`"operation":"transactions"`, `"operation":"capture"`, `"operation":"refund"`, `"operation":"authorizations"`, `"operation":"apply"`,
		`"operation":"nonsense"`, `"operation":"verify"`, `"operation":"search"`}
	someMore = []string{"", "", "", `,"failure":"timeout"`, `,"failure":"dns"`, `,"failure":"reset","sent":"no"`, `,"sent":"yes"`, `,"found":[]`,
		`,"found":[{"state":"held","amount":"1.00"}]`, `,"result":"pending"`, `,"request":{"format":"security_question"}`,
		`,"request":{"auto_capture":false,"amount":"1249.00","idempotency_key":true}`, `,"headers":{"Retry-After":"30"}`, `,"body_cut":true`}
	someAction = []string{"try_again", "settle_not_taken", "resend_same", "hold_sale", "other_payment", "nothing", ""}
)

func pick[T any](g *traffic, from []T) T { return from[g.IntN(len(from))] }

// event makes the next event.
func (g *traffic) event() []byte {
	g.at += pick(g, []int64{1, 1000, 60_000, 3_600_000, 200_000_000})
	in := fmt.Appendf(nil, `{"v":1,"at":%d,"locale":"%s"`, g.at, pick(g, []string{"en-CA", "fr-CA", "fr", "de"}))
	if g.IntN(2) == 0 {
		in = append(in, `,"utc_offset_min":-300`...)
	}
	switch n := g.IntN(100); {
	case n < 25 && len(g.ids) > 0:
		in = fmt.Appendf(in, `,"action":"%s"`, pick(g, g.ids))
	case n < 28:
		in = fmt.Appendf(in, `,"action":"%s"`, pick(g, someAction))
	case n < 33 && g.facts != nil:
		in = append(append(in, `,"facts":`...), g.facts...)
	case n < 38 && g.card != nil:
		in = append(append(in, `,"ref":"7F3K","decision":`...), g.card...)
	default:
		in = append(g.exchange(append(in, `,"exchange":{`...)), '}')
	}
	switch n := g.IntN(100); {
	case n < 88 && g.sale != nil:
		in = append(append(in, `,"sale":`...), g.sale...)
	case n < 90:
		in = append(in, `,"sale":{"v":1,"answers":9}`...)
	}
	in = append(in, '}')
	if g.IntN(10) == 0 {
		return g.spoil(in)
	}
	return in
}

func (g *traffic) exchange(in []byte) []byte {
	call, status, body := pick(g, someCall), pick(g, someStatus), pick(g, someBody)
	if g.IntN(10) < 7 {
		r := pick(g, g.rules)
		status, body = r.Status, r.Example()
		if r.Operation != plugin.AnyOperation {
			call = `"operation":"` + string(r.Operation) + `"`
		}
	}
	text, err := marshal(body)
	if err != nil {
		panic(err) // a string can be written
	}
	in = append(append(append(in, call...), `,"status":`...), strconv.Itoa(status)...)
	in = append(append(in, `,"body":`...), text...)
	return append(in, pick(g, someMore)...)
}

// spoil does to an event what a bad line does, or a bad program.
func (g *traffic) spoil(in []byte) []byte {
	at := g.IntN(len(in))
	switch g.IntN(5) {
	case 0:
		return in[:at]
	case 1:
		in[at] ^= byte(1 << g.IntN(8))
	case 2:
		in = append(in[:at:at], append(bytes.Repeat([]byte{pick(g, []byte("[{\"\\,x\x00\xff"))}, 1<<g.IntN(14)), in[at:]...)...)
	case 3:
		from := g.IntN(len(in))
		in = append(in[:at:at], in[from:]...)
	default:
		in = make([]byte, g.IntN(200))
		for i := range in {
			in[i] = byte(g.Uint32())
		}
	}
	return in
}

var idPattern = regexp.MustCompile(`"id":"([a-z_]+)"`)

// took goes on from an answer, or begins another sale. The answer is used as it
// lies there, without a decoder that could overlook something.
func (g *traffic) took(out []byte) {
	card, sale, record := bytes.Index(out, []byte(`,"decision":`)), bytes.Index(out, []byte(`,"sale":`)), bytes.Index(out, []byte(`,"record":`))
	if card < 0 || record < 0 {
		return
	}
	g.card = bytes.Clone(out[card+len(`,"decision":`) : sale])
	g.sale = bytes.Clone(out[sale+len(`,"sale":`) : record])
	g.facts = nil
	if from, to := bytes.Index(out[record:], []byte(`"facts":`)), bytes.Index(out[record:], []byte(`,"locale":`)); from > 0 && to > from {
		g.facts = bytes.Clone(out[record+from+len(`"facts":`) : record+to])
	}
	g.ids = g.ids[:0]
	for _, m := range idPattern.FindAllSubmatch(g.card, 8) {
		g.ids = append(g.ids, m[1])
	}
	if g.IntN(12) == 0 {
		g.sale, g.ids = nil, g.ids[:0]
	}
}
