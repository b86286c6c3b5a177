package plugin

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	own "github.com/tillwise/tillwise/plugin/internal/json"
)

func TestEveryTypeIsWrittenAndReadAsItsTagsSay(t *testing.T) {
	holds(t, "exchange", (*codec).exchange)
	holds(t, "request", (*codec).request)
	holds(t, "found", (*codec).found)
	holds(t, "facts", (*codec).facts)
	holds(t, "found fact", (*codec).foundFact)
	holds(t, "field", (*codec).field)
	holds(t, "next", (*codec).next)
	holds(t, "action", (*codec).action)
	holds(t, "about", (*codec).about)
	holds(t, "retry", (*codec).retry)
	holds(t, "matched", (*codec).matched)
	holds(t, "decision", (*codec).decision)
	holds(t, "payment", (*codec).payment)
	holds(t, "last", (*codec).last)
	holds(t, "limits", (*codec).limits)
	holds(t, "policy", (*codec).policy)
	holds(t, "contact", (*codec).contact)
	holds(t, "prompt", (*codec).prompt)
	holds(t, "prompt's action", (*codec).promptAct)
	holds(t, "prompt's field", (*codec).promptField)
	holds(t, "record", (*codec).record)
	holds(t, "answer", (*codec).answer)
	holds(t, "error", (*codec).error)
}

func TestTextsAreReadAsTheirTagsSay(t *testing.T) {
	want := Texts{Store: "Chez nous", Contacts: map[Owner]Contact{OwnerStoreIT: {English: "Dial 4", French: "Faites le 4"}, OwnerCustomer: {French: "x"}}}
	back, err := readAs(t, string(marshal(t, want)), (*codec).texts)
	require.Nil(t, err)
	require.Equal(t, want, back)
	require.Equal(t, tags(reflect.TypeFor[Texts]()), listed((*codec).texts))
}

func TestWhatIsReadOfAnExchange(t *testing.T) {
	cases := []struct {
		name, text string
		want       Exchange
	}{
		{"a body that was parsed", `{"body":{"a": [1]}}`, Exchange{Body: `{"a": [1]}`}},
		{"no body", `{"body":null}`, Exchange{}},
		{"two headers of many", `{"headers":{"X":"1","Retry-After":["5","6"],"DATE":"d","date":7}}`, Exchange{Headers: map[string]string{"Retry-After": "5", "DATE": "d"}}},
		{"a key", `{"request":{"idempotency_key":"k-1"}}`, Exchange{Request: Request{IdempotencyKey: "k-1"}}},
		{"a key that is not told", `{"request":{"idempotency_key":true}}`, Exchange{Request: Request{IdempotencyKey: KeySent}}},
		{"no key", `{"request":{"idempotency_key":false}}`, Exchange{}},
		{"amounts as numbers", `{"request":{"amount":12.50},"found":[{"state":"held","amount":7}]}`, Exchange{Request: Request{Amount: "12.50"}, Found: []Found{{State: FoundHeld, Amount: "7"}}}},
		{"found amounts that are none", `{"found":[{"state":"held","amount":"99,00"},{"state":"held","amount":""},{"state":"held","amount":{}},{"state":"held","amount":null}]}`,
			Exchange{Found: []Found{{State: FoundHeld, Amount: "99,00"}, {State: FoundHeld, Amount: AmountUnreadable}, {State: FoundHeld, Amount: AmountUnreadable}, {State: FoundHeld}}}},
		{"an id as a number", `{"found":[{"state":"held","id":17}]}`, Exchange{Found: []Found{{State: FoundHeld, ID: "17"}}}},
		{"nothing found", `{"found":[]}`, Exchange{Found: []Found{}}},
		{"more than are kept", `{"found":[` + strings.Repeat(`{"state":"ended"},`, 20) + `{"state":"held"}]}`, Exchange{Found: append(slices.Repeat([]Found{{State: FoundEnded}}, 20), Found{State: FoundHeld})}},
		{"the last of equal names", `{"status":1,"request":{"amount":"1.00"},"status":2,"request":{"format":"sms"}}`, Exchange{Status: 2, Request: Request{Format: MethodSMS}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x, err := readAs(t, c.text, (*codec).exchange)
			require.Nil(t, err)
			require.Equal(t, c.want, x)
		})
	}
}

// The ref is a sum over the record without it, and the sale remembers whose card it was.
func TestAnAnswerAndItsRef(t *testing.T) {
	var m Module
	m.Configure([]byte(`{"texts":{"contacts":{"supervisor":{"en-CA":"Dial 7"}}}}`))
	out := bytes.Clone(m.Answer([]byte(`{"v":1,"at":1795435200000,"utc_offset_min":-300,"exchange":{"operation":"lookup","status":418}}`)))
	var a Answer
	unmarshal(t, out, &a)
	require.Equal(t, string(marshal(t, a)), string(out))
	require.Equal(t, "Dial 7", a.Prompt.Contact)
	require.NotContains(t, string(marshal(t, a.Record)), "Dial 7")
	require.Equal(t, []string{a.Record.Ref, a.Record.Ref}, []string{a.Prompt.Ref, a.Sale.Last.Ref})
	require.True(t, isRef(a.Record.Ref))
	record := strings.Replace(string(marshal(t, a.Record)), `"ref":"`+a.Record.Ref+`",`, "", 1)
	require.Equal(t, a.Record.Ref, refOf([]byte(record)))
	shown := a.Prompt
	shown.Ref, shown.Contact = "", ""
	require.Equal(t, checksum(marshal(t, shown)), a.Record.Shown)
	require.Equal(t, ptr(-300), a.Record.Facts.UTCOffsetMin)
}

func TestLimitsAreTheReaders(t *testing.T) {
	require.Equal(t, []int{MaxDepth, MaxValues}, []int{own.MaxDepth, own.MaxValues})
}

func TestDescribeNamesEveryCardAndRule(t *testing.T) {
	var m Module
	var d struct {
		ABI       int
		Catalogue string
		Locales   []Lang
		Limits    map[string]int
		Cards     []struct {
			Card, Family, Retry, Owner, Privacy string
			Headline                            map[Lang]string
			Rules                               []struct{ Rule, Source string }
		}
	}
	unmarshal(t, m.Describe(), &d)
	require.Equal(t, []any{1, CatalogueVersion, []Lang{English, French}}, []any{d.ABI, d.Catalogue, d.Locales})
	require.Equal(t, map[string]int{"input": MaxInput, "depth": MaxDepth, "values": MaxValues, "sale": MaxSale, "actions": maxActions, "fields": maxFields, "call": MaxCall}, d.Limits)
	require.Len(t, d.Cards, len(cards))
	named := map[string]bool{}
	for i, c := range d.Cards {
		require.Equal(t, cards[i].name, c.Card)
		require.NotEmpty(t, c.Headline[English], c.Card)
		require.NotEmpty(t, c.Headline[French], c.Card)
		for _, r := range c.Rules {
			named[r.Rule] = true
		}
	}
	for _, r := range Rules() {
		require.True(t, named[ruleName(r.Operation, r.Status, r.Code)], "%+v", r)
	}
}

// Events are cut and damaged on their way: each is answered, the same each
// time, with an answer or with a named error.
func TestAnswerToDamagedEvents(t *testing.T) {
	sale := string(marshal(t, Sale{V: 2, Payments: []Payment{{Operation: OpAuthorization, State: StateInDoubt}}, Last: &Last{Offered: []ActionID{ActHoldSale}}}))
	seeds := []string{
		`{"v":1, "event_id":"x", "at":1795530727000, "utc_offset_min":-300, "locale":"fr-CA", "exchange":{"method":"POST", "url":"/a/account/8/verify",` +
			`"request":{"format":"security_question"}, "status":409, "headers":{"content-type":"application/json"}, "body":"{\"error\":\"x\"}"}, "sale":{}}`,
		`{"v":1,"action":"hold_sale","ref":"7F3K","sale":` + sale + `}`,
		`{"v":1,"sale":` + sale + `,"exchange":{"operation":"authorizations","status":200,"found":[{"state":"captured","amount":"1.00","id":"7"}]}}`,
		`{"v":1,"facts":{"operation":"verify","status":409,"code":"x","fields":[{"param":"email","problem":"format"}]},"sale":` + sale + `}`,
		`{"v":1,"decision":{"card":"verified","family":"approved","actions":[{"id":"carry_on","next":{"operation":"verify","auto":true}}],"about":{"operation":"several"}},"sale":` + sale + `}`,
	}
	g := rand.New(rand.NewPCG(7, 7))
	var m Module
	for range 4000 {
		in := []byte(seeds[g.IntN(len(seeds))])
		for range g.IntN(4) {
			switch i := g.IntN(len(in)); g.IntN(3) {
			case 0:
				in[i] = byte(g.IntN(256))
			case 1:
				in = append(in[:i:i], in[min(len(in)-1, i+g.IntN(30)):]...)
			case 2:
				in[i] = "0123456789\"{}[],:"[g.IntN(17)]
			}
		}
		out := bytes.Clone(m.Answer(in))
		require.True(t, json.Valid(out), "%q", in)
		require.Equal(t, string(out), string(m.Answer(in)), "the same event, another answer")
		m.Configure(in)
		require.True(t, json.Valid(m.Decide(in)), "%q", in)
	}
}
