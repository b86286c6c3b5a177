package plugin

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

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
