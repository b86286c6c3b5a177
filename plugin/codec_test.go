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

// awkwardStrings are what a writer can get wrong.
var awkwardStrings = []string{
	"", "plain", "quote\"", "back\\slash", "<a href='&'>", "tab\tline\nreturn\r", "\b\f\v\x00\x1f\x7f", "é à « » ’ \u00a0", "\u2028\u2029", "😀", "\ufeff", "\ufffd",
}

// filler puts values into types as the contract has them: vocabularies by
// type, the rest by field. The same seed gives the same values.
type filler struct{ *rand.Rand }

var vocabularies = map[reflect.Type]any{
	reflect.TypeFor[Operation](): callable, reflect.TypeFor[Failure](): failures, reflect.TypeFor[Sent](): sents, reflect.TypeFor[Result](): results,
	reflect.TypeFor[FoundState](): foundStates, reflect.TypeFor[PaymentState](): states, reflect.TypeFor[Family](): families, reflect.TypeFor[Banner](): banners[:],
	reflect.TypeFor[Money](): moneys[:], reflect.TypeFor[MoneyKind](): moneyKinds[:], reflect.TypeFor[RetryPolicy](): retries, reflect.TypeFor[Owner](): owners[:],
	reflect.TypeFor[Privacy](): privacies, reflect.TypeFor[Method](): methods, reflect.TypeFor[Problem](): problems[:], reflect.TypeFor[Lang](): langs,
	reflect.TypeFor[ActionID](): actionIDs, reflect.TypeFor[Notice](): notices, reflect.TypeFor[ErrorKind](): []ErrorKind{BadJSON, TooDeep},
}

var fieldTexts = map[string][]string{
	"Amount": {"", "10.00", "1249.00", "0.01"}, "Type": {"", "deposit", "instore_payment"}, "TransactionType": {"", "deposit"}, "Param": {"email", "other"},
	"Code": {"", "never_heard_of_it", codeUnreadable}, "State": {"", StateEmpty, "captured"}, "Rule": {"verify/409/secret_answer_mismatch", "unknown/verify/409/"},
	"By": {"operation+status+code", "class"}, "Source": {"20643845", SourceJudgement}, "Ref": {"7F3K"}, "StatusHeld": {"held", "on_hold"}, "StatusTaken": {"paid"},
}

func (g filler) fill(v reflect.Value, field string) {
	if words, ok := vocabularies[v.Type()]; ok {
		list := reflect.ValueOf(words)
		v.SetString(list.Index(g.IntN(list.Len())).String())
		return
	}
	switch v.Kind() {
	case reflect.String:
		list := fieldTexts[field]
		if list == nil {
			list = awkwardStrings
		}
		v.SetString(list[g.IntN(len(list))])
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{0, 1, 3}[g.IntN(3)])
		if v.Kind() == reflect.Int64 && g.IntN(2) == 0 {
			v.SetInt(noon)
		}
		if v.Type() == reflect.TypeFor[Cents]() && g.IntN(2) == 0 {
			v.SetInt(int64(SomeCents))
		}
	case reflect.Uint8:
		v.SetUint(g.Uint64N(uint64(numCards)))
	case reflect.Uint32:
		v.SetUint(uint64(g.Uint32() >> g.IntN(33)))
	case reflect.Bool:
		v.SetBool(g.IntN(2) == 0)
	case reflect.Pointer:
		if g.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			g.fill(v.Elem(), field)
		}
	case reflect.Slice:
		if n := g.IntN(4); n > 0 || field == "Actions" || field == "Fields" {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			g.fill(v.Index(i), field)
		}
		if list, ok := v.Interface().([]Method); ok {
			slices.Sort(list)
			v.Set(reflect.ValueOf(slices.Compact(list)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			g.fill(v.Field(i), v.Type().Field(i).Name)
		}
		g.amend(v.Addr().Interface())
	}
}

// amend makes of a filled type one that can be.
func (g filler) amend(p any) {
	switch p := p.(type) {
	case *Payment:
		p.Operation = []Operation{OpAuthorization, OpSeveral, OpRefund}[g.IntN(3)]
	case *Facts:
		p.Sent = sent(p.Sent, p.Failure)
		if len(p.Fields) == 0 {
			p.Fields = nil
		}
		if p.Found != nil && g.IntN(2) == 0 {
			p.Found = p.Found[:0]
		}
	case *Policy:
		p.Methods = []Method{MethodPIW, MethodSMS}[:g.IntN(3)]
		if len(p.Methods) == 0 {
			p.Methods = nil
		}
		p.SettledBy = settlers[g.IntN(2)]
	case *Sale:
		p.V = saleVersion
	case *Record:
		p.V = ABI
	case *Answer:
		p.V = ABI
	case *Exchange:
		p.At, p.Headers = 0, map[string]string{"Retry-After": "5", "DATE": "x"}
		if p.Body == "" {
			p.Body = "b"
		}
	}
}

func filled[T any](g filler) (v T) {
	g.fill(reflect.ValueOf(&v).Elem(), "")
	return v
}

func wrote[T any](v T, visit func(*codec, *T)) string {
	c := codec{mode: writing}
	visit(&c, &v)
	return string(c.w.Out)
}

func readAs[T any](t *testing.T, text string, visit func(*codec, *T)) (v T, err *Error) {
	t.Helper()
	parsed, bad := own.Parse(text)
	require.Nil(t, bad, text)
	c := codec{r: own.NewReader(parsed), kind: BadEvent}
	visit(&c, &v)
	return v, c.err
}

func listed[T any](visit func(*codec, *T)) []string {
	c := codec{mode: listing}
	visit(&c, new(T))
	return c.names
}

// shuffled writes the same JSON with its members in another order, with
// members that nobody knows (unless strict), values that a later one of that name takes back, and white space.
func (g filler) shuffled(v any, strict bool) string {
	switch v := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		g.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		var parts []string
		for _, name := range names {
			key := string(mustMarshal(name))
			if g.IntN(4) == 0 && !strict {
				parts = append(parts, `"x_`+name+`" : [{"a":"}"}]`)
			}
			if g.IntN(4) == 0 {
				parts = append(parts, key+":null")
			}
			parts = append(parts, key+" : "+g.shuffled(v[name], strict || name == "policy"))
		}
		return "{ " + strings.Join(parts, "\n, ") + "\t}"
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = g.shuffled(e, strict)
		}
		return "[ " + strings.Join(parts, " , ") + " ]"
	}
	return string(mustMarshal(v))
}

func mustMarshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// holds holds a type's visitor to its struct tags: it writes what encoding/json
// writes, and reads it back, in any order.
func holds[T any](t *testing.T, name string, visit func(*codec, *T)) {
	t.Run(name, func(t *testing.T) {
		g := filler{rand.New(rand.NewPCG(2, 3))}
		for range 300 {
			v := filled[T](g)
			text := string(marshal(t, v))
			switch any(v).(type) {
			case Exchange, Request: // only ever read
			default:
				require.Equal(t, text, wrote(v, visit))
			}
			back, err := readAs(t, text, visit)
			require.Nil(t, err, text)
			require.Equal(t, v, back, text)
			var loose any
			d := json.NewDecoder(strings.NewReader(text))
			d.UseNumber()
			require.NoError(t, d.Decode(&loose))
			shuffled := g.shuffled(loose, name == "policy" || name == "limits")
			back, err = readAs(t, shuffled, visit)
			require.Nil(t, err, shuffled)
			require.Equal(t, v, back, shuffled)
		}
		require.Equal(t, tags(reflect.TypeFor[T]()), listed(visit))
	})
}

// tags are the names in a struct's JSON tags, in the order of its fields.
func tags(t reflect.Type) (names []string) {
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "-" {
			names = append(names, name)
		}
	}
	return names
}

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

// saleTags is a sale without its methods: encoding/json goes by its tags.
type saleTags Sale

func TestSaleIsWrittenAsItsTagsSay(t *testing.T) {
	g := filler{rand.New(rand.NewPCG(5, 5))}
	for range 1000 {
		s := filled[Sale](g)
		text := string(marshal(t, saleTags(s)))
		sealed := string(marshal(t, s))
		require.Equal(t, text[:len(text)-1]+checkName+checksum([]byte(text))+`"}`, sealed)
		var back Sale
		require.NoError(t, json.Unmarshal([]byte(sealed), &back))
		require.Equal(t, s, back)

		var loose any // a POS may write it anew in its own way, and a newer module may add to it
		d := json.NewDecoder(strings.NewReader(sealed))
		d.UseNumber()
		require.NoError(t, d.Decode(&loose))
		require.NoError(t, json.Unmarshal([]byte(g.shuffled(loose, false)), &back))
		require.Equal(t, s, back)
		require.NoError(t, json.Unmarshal([]byte(sealed[:len(sealed)-1]+`,"more":[1],"check_more":"00"}`), &back))
		require.Equal(t, s, back)
	}
	require.Equal(t, tags(reflect.TypeFor[Sale]()), listed((*codec).saleMembers))
}

func TestSaleThatHasJustBegun(t *testing.T) {
	require.Equal(t, "{}", string(marshal(t, Sale{})))
	for _, text := range []string{``, `{}`, ` { } `, `null`} {
		require.Equal(t, Sale{}, saleOf(text), text)
	}
}

// A sale that is not ours to the last member is not obeyed.
func TestTamperedSales(t *testing.T) {
	s := Sale{
		V: saleVersion, Payments: []Payment{{Operation: OpAuthorization, Amount: "10.00", Since: noon, State: StateInDoubt}}, Answers: []int64{noon},
		RuledOut: []Method{MethodSMS}, Last: &Last{Card: CardNoReplyPayment, Operation: OpAuthorization, Offered: []ActionID{ActCheckStatus}, Ref: "7F3K"},
	}
	ours := string(marshal(t, s))
	reseal := func(from, to string) string { // with a check that is right
		require.Contains(t, ours, from)
		text := strings.Replace(ours[:len(ours)-checkLength]+"}", from, to, 1)
		return text[:len(text)-1] + checkName + checksum([]byte(text)) + `"}`
	}
	payments := func(n int) string { return `"payments":[` + strings.Repeat(`{"op":"refund","state":"refused"},`, n-1) }
	cases := []struct {
		name, text string
		kept       bool
	}{
		{"as it was", ours, true},
		{"resealed as it was", reseal("sms", "sms"), true},
		{"six payments", reseal(`"payments":[`, payments(6)), true},
		{"a newer module's card", reseal("no_reply_payment", "card_of_tomorrow"), true},
		{"another amount", strings.Replace(ours, "10.00", "11.00", 1), false},
		{"no check", ours[:len(ours)-checkLength] + "}", false},
		{"an empty check", ours[:len(ours)-11] + `"}`, false},
		{"another check", ours[:len(ours)-3] + `x"}`, false},
		{"a member gone", strings.Replace(ours, `"wrong_answers":[1795435200000],`, "", 1), false},
		{"a member added that we know", strings.Replace(ours, `"ruled_out"`, `"denied":true,"ruled_out"`, 1), false},
		{"version 3", reseal(`"v":2`, `"v":3`), false},
		{"no version", reseal(`"v":2,`, ``), false},
		{"seven payments", reseal(`"payments":[`, payments(7)), false},
		{"a payment that moves nothing", reseal(`"op":"authorization"`, `"op":"lookup"`), false},
		{"a payment without a state", reseal(`"state":"in_doubt"`, `"state":""`), false},
		{"an unknown state", reseal(`"in_doubt"`, `"canary"`), false},
		{"an unknown operation", reseal(`"operation":"authorization"`, `"operation":"canary"`), false},
		{"an unknown action", reseal(`"check_status"`, `"canary"`), false},
		{"a method twice", reseal(`["sms"]`, `["sms","sms"]`), false},
		{"an empty method", reseal(`["sms"]`, `[""]`), false},
		{"four answers", reseal(`[1795435200000]`, `[1,2,3,4]`), false},
		{"a text for a number", reseal(`"since":1795435200000`, `"since":"canary"`), false},
		{"an amount that is none", reseal(`"10.00"`, `"canary"`), false},
		{"a transaction type that is none", reseal(`"op":"authorization"`, `"op":"authorization","type":"canary"`), false},
		{"a ref that is none", reseal("7F3K", "canary"), false},
		{"less than nothing taken", reseal(`"state":"in_doubt"`, `"state":"known","taken":-2`), false},
		{"a text", `"canary"`, false}, {"an array", `[]`, false}, {"a number", `7`, false}, {"a stranger", `{"canary":1}`, false}, {"cut", ours[:40], false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := saleOf(c.text)
			require.Equal(t, c.kept, !got.Replaced)
			if !c.kept {
				require.Equal(t, replacement(), got)
				require.True(t, got.InDoubt())
			}
			require.NotContains(t, string(marshal(t, got)), "canary")
		})
	}
}

func TestSalesOfVersion1(t *testing.T) {
	lost := `{"v":1,"paying":"authorization","last":{"card":"no_reply_payment","operation":"authorization","kind":"purchase","money":"unknown","owner":"cashier",` +
		`"offered":[{"id":"check_status","next":{"operation":"authorizations","auto":true}},{"id":"call_supervisor"},{"id":"hold_sale"}]},` +
		`"doubt":{"operation":"authorization","kind":"purchase","amount":"1249.00","auto_capture":true,"since":1795435200000},"check":"e37ef030"}`
	lostSale := Sale{
		V:        2,
		Payments: []Payment{{Operation: OpAuthorization, Amount: "1249.00", AutoCapture: ptr(true), Since: noon, State: StateInDoubt}},
		Last:     &Last{Card: CardNoReplyPayment, Operation: OpAuthorization, Owner: OwnerCashier, Offered: []ActionID{ActCheckStatus, ActCallSupervisor, ActHoldSale}},
	}
	sealedV1 := func(text string) string { return text[:len(text)-1] + checkName + checksum([]byte(text)) + `"}` }
	said := func(card, kind, money, paying string) string {
		return sealedV1(`{"v":1` + paying + `,"last":{"card":"` + card + `","operation":"authorization","kind":"` + kind + `","money":"` + money + `"}}`)
	}
	known := func(card CardID, p ...Payment) Sale {
		return Sale{V: 2, Payments: p, Last: &Last{Card: card, Operation: OpAuthorization}}
	}
	cases := []struct {
		name, text string
		want       Sale
	}{
		{"a lost authorization", lost, lostSale},
		{"written anew by the POS", `{ "check":"e37ef030",` + strings.Replace(lost[1:], `,"check":"e37ef030"`, "", 1), lostSale},
		{"tampered with", strings.Replace(lost, "1249.00", "1.00", 1), replacement()},
		{"two lost", `{"v":1,"paying":"transactions","last":{"card":"no_reply_payment","operation":"transactions","kind":"purchase","money":"unknown","owner":"supervisor",` +
			`"offered":[{"id":"call_supervisor"},{"id":"hold_sale"}]},"doubt":{"operation":"unknown","kind":"purchase","auto_capture":true,"since":1795435200000},"check":"b723124f"}`,
			Sale{V: 2, Payments: []Payment{{Operation: OpSeveral, AutoCapture: ptr(true), Since: noon, State: StateInDoubt}},
				Last: &Last{Card: CardNoReplyPayment, Operation: OpTransactions, Owner: OwnerSupervisor, Offered: []ActionID{ActCallSupervisor, ActHoldSale}}}},
		{"wrong answers", `{"v":1,"answers":2,"answers_at":1795435200000,"last":{"card":"secret_answer_mismatch","operation":"verify","format":"security_question",` +
			`"kind":"purchase","money":"not_moved","owner":"customer","offered":[{"id":"send_code_sms","next":{"operation":"verify","format":"sms","auto":false}},` +
			`{"id":"send_code_email","next":{"operation":"verify","format":"email","auto":false}},{"id":"other_payment"}]},"check":"fb42866a"}`,
			Sale{V: 2, Answers: []int64{noon, noon}, Last: &Last{Card: CardSecretAnswerMismatch, Operation: OpVerify, Format: MethodSecurityQuestion,
				Owner: OwnerCustomer, Offered: []ActionID{ActSendCodeSMS, ActSendCodeEmail, ActOtherPayment}}}},
		{"the question locked, text messages ruled out", `{"v":1,"locked_until":1795608000000,"ruled_out":["sms"],"last":{"card":"sms_not_valid_phone","operation":"verify",` +
			`"kind":"purchase","money":"not_moved","owner":"customer","offered":[{"id":"send_code_email","next":{"operation":"verify","format":"email","auto":false}},` +
			`{"id":"other_payment"}]},"check":"de5fd865"}`,
			Sale{V: 2, LockedUntil: 1795608000000, RuledOut: []Method{MethodSMS},
				Last: &Last{Card: CardSMSNotValidPhone, Operation: OpVerify, Owner: OwnerCustomer, Offered: []ActionID{ActSendCodeEmail, ActOtherPayment}}}},
		{"signing in", `{"v":1,"sign_ins":1,"paying":"authorization","pending":{"operation":"authorization","auto":false},"last":{"card":"invalid_token",` +
			`"operation":"authorization","kind":"purchase","money":"not_moved","owner":"nobody","offered":[{"id":"sign_in_again","next":{"operation":"token","auto":true}},` +
			`{"id":"other_payment"},{"id":"call_supervisor"}]},"check":"c3236e9d"}`,
			Sale{V: 2, SignIns: 1, Pending: &Next{Operation: OpAuthorization}, Last: &Last{Card: CardInvalidToken, Operation: OpAuthorization,
				Owner: OwnerNobody, Offered: []ActionID{ActSignInAgain, ActOtherPayment, ActCallSupervisor}}}},
		{"ended", `{"v":1,"last":{"card":"other_payment_chosen","operation":"authorization","kind":"purchase","money":"not_moved","owner":"cashier",` +
			`"offered":[{"id":"finish_sale"}]},"closed":"other_payment","check":"aecf9cf5"}`,
			Sale{V: 2, Closed: ActOtherPayment, Last: &Last{Card: CardOtherPaymentChosen, Operation: OpAuthorization, Owner: OwnerCashier, Offered: []ActionID{ActFinishSale}}}},
		{"a replaced one", `{"v":1,"locked_until":-1,"doubt":{"operation":"unknown","kind":"purchase"},"replaced":true,"check":"7d28ac5c"}`, replacement()},
		{"taken", said("purchase_captured", "purchase", "moved", `,"paying":"capture"`), known(CardPurchaseCaptured, Payment{Operation: OpCapture, State: StateKnown, Taken: SomeCents})},
		{"held", said("purchase_authorized", "purchase", "held", ``), known(CardPurchaseAuthorized, Payment{Operation: OpAuthorization, State: StateKnown, Held: SomeCents})},
		{"posted", said("payment_posted", "payment", "moved", `,"paying":"transactions"`), known(CardPaymentPosted, Payment{Operation: OpTransactions, State: StateKnown, Taken: SomeCents})},
		{"about to be sent", said("working_payment", "purchase", "unknown", ``), known(CardWorkingPayment, Payment{Operation: OpAuthorization, State: StateUnderWay})},
		{"refunded", said("refunded", "refund", "moved", `,"paying":"refund"`), known(CardRefunded)},
		{"not taken", said("credit_exceeded", "purchase", "not_moved", `,"paying":"authorization"`), known(CardCreditExceeded)},
		{"a doubt about what moves nothing", sealedV1(`{"v":1,"doubt":{"operation":"lookup","kind":"purchase"}}`), replacement()},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, saleOf(c.text)) })
	}
}

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
