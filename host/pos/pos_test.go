package pos_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/plugin"
)

var order = pos.Order{SaleID: "10-4472", Account: "20000001", Amount: "1249.00", Verify: plugin.MethodSMS, AutoCapture: true}

// TestASaleThatGoesWell: each step once, the payment announced, and the POS's own
// names and times on every event.
func TestASaleThatGoesWell(t *testing.T) {
	b := newBench([]string{onward, onward, onward, onward, `"money":"unknown","actions":[{"id":"keep_waiting"}]`, taken}, finish)
	out, err := b.Sell(t.Context(), order)
	require.NoError(t, err)
	require.Equal(t, plugin.ActFinishSale, out.Ended)
	require.Equal(t, plugin.MoneyMoved, out.Money)
	require.Equal(t, []string{"token", "lookup", "calculate_interest", "verify", "authorization"}, b.flexiti.calls)
	pending, answered := b.till.events[4], b.till.events[5]
	require.Equal(t, plugin.FailurePending, pending.Exchange.Failure)
	require.Equal(t, 200, answered.Exchange.Status)
	require.Equal(t, pending.Exchange.Call, answered.Exchange.Call)
	require.Equal(t, "1249.00", answered.Exchange.Request.Amount)
	require.True(t, *answered.Exchange.Request.AutoCapture)
	require.Equal(t, int64(1795530727000), answered.At)
	require.Equal(t, -300, answered.UTCOffsetMin)
	ids := map[string]bool{}
	for _, e := range b.till.events {
		require.False(t, ids[e.EventID], "an event_id twice")
		ids[e.EventID] = true
		require.NotContains(t, e.Exchange.URL, order.Account)
	}
}

// What goes well after a payment was refused is not the payment: it is still to be made.
func TestARefusedPaymentIsStillToBeMade(t *testing.T) {
	leaving := `"money":"unknown","about":{"operation":"authorization"},"actions":[{"id":"keep_waiting"}]`
	b := newBench([]string{onward, onward, onward, onward, leaving, `"money":"not_moved","actions":[{"id":"look_up_again"}]`, onward, leaving, taken},
		choice(plugin.ActLookUpAgain, plugin.OpLookup, true), finish)
	out, err := b.Sell(t.Context(), order)
	require.NoError(t, err)
	require.Equal(t, plugin.ActFinishSale, out.Ended)
	require.Equal(t, []string{"token", "lookup", "calculate_interest", "verify", "authorization", "lookup", "authorization"}, b.flexiti.calls)
}

// TestTheCardIsFollowed has what each card makes the POS do after its last step.
func TestTheCardIsFollowed(t *testing.T) {
	upTo := []string{onward, onward, onward, onward, onward} // the fifth answers "pending"
	for _, test := range []struct {
		name    string
		answers []string
		choices []pos.Choice
		calls   []string // after the authorization
		waited  []time.Duration
		ended   plugin.ActionID
	}{
		{name: "what is auto is sent after the pause, without a choice", answers: []string{lost, taken}, choices: []pos.Choice{finish},
			calls: []string{"authorizations"}, waited: []time.Duration{5 * time.Second}, ended: plugin.ActFinishSale},
		{name: "what is not auto waits for the choice", answers: []string{`"money":"not_moved","actions":[{"id":"try_again","next":{"operation":"authorization"}}]`, onward, taken},
			choices: []pos.Choice{choice(plugin.ActTryAgain, plugin.OpAuthorization, false), finish}, calls: []string{"authorization"}, ended: plugin.ActFinishSale},
		{name: "the first action's pause holds for its key too", answers: []string{`"retry":{"after_s":30},"actions":[{"id":"try_again","next":{"operation":"authorization"}}]`, onward, taken},
			choices: []pos.Choice{choice(plugin.ActTryAgain, plugin.OpAuthorization, false), finish}, calls: []string{"authorization"},
			waited: []time.Duration{30 * time.Second}, ended: plugin.ActFinishSale},
		{name: "until when a question is locked is no pause of another way", answers: []string{
			`"retry":{"until":1795530787000},"actions":[{"id":"send_code_sms","next":{"operation":"verify","format":"sms"}}]`, taken},
			choices: []pos.Choice{choice(plugin.ActSendCodeSMS, plugin.OpVerify, false), finish}, calls: []string{"verify"}, ended: plugin.ActFinishSale},
		{name: "a next that was overtaken is never sent", answers: []string{`"actions":[{"id":"other_payment"}]`},
			choices: []pos.Choice{{Action: plugin.ActTryAgain, Next: &plugin.Next{Operation: plugin.OpAuthorization}, Overtaken: true}, {Action: plugin.ActOtherPayment}}, ended: plugin.ActOtherPayment},
		{name: "nor does the sale go on because of one", answers: []string{`"actions":[{"id":"other_payment"}]`},
			choices: []pos.Choice{{Action: plugin.ActCarryOn, Overtaken: true}, {Action: plugin.ActCancelSale}}, ended: plugin.ActCancelSale},
		{name: "an end that was overtaken is one", answers: []string{`"actions":[{"id":"other_payment"}]`},
			choices: []pos.Choice{{Action: plugin.ActCancelSale, Overtaken: true}}, ended: plugin.ActCancelSale},
		{name: "the supervisor is waited for", answers: []string{`"actions":[{"id":"call_supervisor"}]`},
			choices: []pos.Choice{{Action: plugin.ActCallSupervisor}, {Action: plugin.ActSettleNotTaken}, {Action: plugin.ActOtherPayment}}, ended: plugin.ActOtherPayment},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(append(append([]string{}, upTo...), test.answers...), test.choices...)
			out, err := b.Sell(t.Context(), order)
			require.NoError(t, err)
			require.Equal(t, test.ended, out.Ended)
			require.Equal(t, append([]string{"token", "lookup", "calculate_interest", "verify", "authorization"}, test.calls...), b.flexiti.calls)
			require.Equal(t, test.waited, b.waited)
			require.Empty(t, b.till.answers)
		})
	}
}

// TestWhatIsTakenIsNotPaidAgain: whoever found it out, the next step is not the payment.
func TestWhatIsTakenIsNotPaidAgain(t *testing.T) {
	held := order
	held.AutoCapture = false
	b := newBench([]string{onward, onward, onward, onward, onward, lost, `"money":"unknown","about":{"operation":"authorization"},"actions":[{"id":"call_supervisor"}]`},
		pos.Choice{Action: plugin.ActCallSupervisor}, pos.Choice{Action: plugin.ActSettleHeld}, carry)
	b.flexiti.replies[plugin.OpAuthorization] = ""
	b.flexiti.replies[plugin.OpAuthorizations] = `[{"authorization_id":71,"reference":"10-4472","status":"authorized","amount":"1249.00"}]`
	b.flexiti.replies[plugin.OpCapture] = `{"capture_id":72}`
	b.till.answers = append(b.till.answers, onward, taken)
	b.till.choices = append(b.till.choices, finish)
	out, err := b.Sell(t.Context(), held)
	require.NoError(t, err)
	require.Equal(t, plugin.ActFinishSale, out.Ended)
	require.Equal(t, []string{"authorization", "authorizations", "capture"}, b.flexiti.calls[4:])
	require.Equal(t, "/flexiti/pos-api/v2.5.1/client-id/acme/authorization/71/capture", b.till.events[len(b.till.events)-1].Exchange.URL)
}

// TestAResendHasTheSameKeyAndName, and anything else that is sent again has not.
func TestAResendHasTheSameKeyAndName(t *testing.T) {
	deposit := pos.Order{SaleID: "10-4473", Account: "20000001", Deposit: "25.00", Verify: plugin.MethodSMS}
	b := newBench([]string{onward, onward, onward, onward, asks, onward, asks, onward, taken},
		choice(plugin.ActResendSame, plugin.OpTransactions, false), choice(plugin.ActTryAgain, plugin.OpTransactions, false), finish)
	_, err := b.Sell(t.Context(), deposit)
	require.NoError(t, err)
	require.Equal(t, []string{"transactions", "transactions", "transactions"}, b.flexiti.calls[3:])
	require.Equal(t, b.flexiti.keys[0], b.flexiti.keys[1])
	first, again, other := b.till.events[4].Exchange, b.till.events[6].Exchange, b.till.events[8].Exchange
	require.Equal(t, first.Call, again.Call)
	require.Equal(t, b.flexiti.keys[0], again.Request.IdempotencyKey)
	require.NotEqual(t, first.Call, other.Call)
}

func TestAnotherAmountHasAnotherKey(t *testing.T) {
	deposit := pos.Order{SaleID: "10-4473", Account: "20000001", Deposit: "25.00", Verify: plugin.MethodSMS}
	b := newBench([]string{onward, onward, onward, onward, asks, onward, taken}, choice(plugin.ActChangeAmount, plugin.OpTransactions, true), finish)
	b.Ask = func(context.Context, pos.Question) (string, error) { return "20.00", nil }
	_, err := b.Sell(t.Context(), deposit)
	require.NoError(t, err)
	require.NotEqual(t, b.flexiti.keys[0], b.flexiti.keys[1])
	require.Equal(t, "20.00", b.till.events[6].Exchange.Request.Amount)
}

// TestWhoWalksAwaySendsNothing: the card's ways out stand.
func TestWhoWalksAwaySendsNothing(t *testing.T) {
	b := newBench([]string{onward, onward, onward, `"actions":[{"id":"enter_again","next":{"operation":"authorization","auto":false,"input":true}}]`},
		choice(plugin.ActEnterAgain, plugin.OpAuthorization, true), pos.Choice{Action: plugin.ActCancelSale})
	b.Ask = func(_ context.Context, q pos.Question) (string, error) {
		require.Equal(t, pos.Question{SaleID: "10-4472", Action: plugin.ActEnterAgain, Operation: plugin.OpAuthorization}, q)
		return "", pos.ErrWalkedAway
	}
	out, err := b.Sell(t.Context(), order)
	require.NoError(t, err)
	require.Equal(t, plugin.ActCancelSale, out.Ended)
	require.NotContains(t, b.flexiti.calls, "authorization")
}

// TestWhatIsNoAmountIsNotSent: neither Flexiti nor tillwise gets to see it.
func TestWhatIsNoAmountIsNotSent(t *testing.T) {
	for _, typed := range []string{"nonsense", "", "10,00", "-1.00", "12345678.00", "1.234"} {
		b := newBench([]string{onward, onward, onward, onward, asks}, choice(plugin.ActChangeAmount, plugin.OpTransactions, true), pos.Choice{Action: plugin.ActOtherPayment})
		b.Ask = func(context.Context, pos.Question) (string, error) { return typed, nil }
		out, err := b.Sell(t.Context(), pos.Order{SaleID: "10-4473", Account: "20000001", Deposit: "25.00", Verify: plugin.MethodSMS})
		require.NoError(t, err)
		require.Equal(t, plugin.ActOtherPayment, out.Ended)
		require.Equal(t, []string{"token", "lookup", "verify", "transactions"}, b.flexiti.calls, typed)
	}
}

func TestASaleThatWasPutAsideGoesOn(t *testing.T) {
	b := newBench([]string{onward, onward, onward, `"actions":[{"id":"other_payment"}]`}, hold)
	out, err := b.Sell(t.Context(), order)
	require.NoError(t, err)
	require.Equal(t, plugin.ActHoldSale, out.Ended)
	b.till.choices = []pos.Choice{carry, finish}
	b.till.answers = []string{onward, onward, taken}
	out, err = b.Resume(t.Context(), out)
	require.NoError(t, err)
	require.Equal(t, plugin.ActFinishSale, out.Ended)
	require.Equal(t, []string{"verify", "verify", "authorization"}, b.flexiti.calls[3:], "it was not verified yet")
}

// TestALostReplyOfTheTill: the same bytes go out again, and after that people are needed.
func TestALostReplyOfTheTill(t *testing.T) {
	b := newBench([]string{"lost", "lost", `"actions":[{"id":"other_payment"}]`}, pos.Choice{Action: plugin.ActOtherPayment})
	_, err := b.Sell(t.Context(), order)
	require.NoError(t, err)
	require.Equal(t, []string{"token"}, b.flexiti.calls, "Flexiti is not asked again")
	require.Equal(t, b.till.raw[0], b.till.raw[1])
	require.Equal(t, b.till.raw[0], b.till.raw[2])

	for _, test := range []struct {
		name    string
		answers []string
		events  int
	}{
		{"a till that stays away", []string{"lost", "lost", "lost", "lost", "lost"}, 5},
		{"an event that it does not take", []string{"refused"}, 1},
		{"an answer without a card", []string{""}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(test.answers)
			_, err := b.Sell(t.Context(), order)
			require.ErrorContains(t, err, "Take no other payment in this sale; call your supervisor")
			require.Len(t, b.till.events, test.events)
		})
	}
}

// TestABusyTillIsAskedAgain is asked once more, with the same event.
func TestABusyTillIsAskedAgain(t *testing.T) {
	for status, want := range map[int]bool{http.StatusTooManyRequests: false, http.StatusInternalServerError: false, http.StatusBadRequest: true} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		till := pos.HTTPTill{URL: server.URL, Client: server.Client()}
		_, err := till.Post(t.Context(), []byte("{}"))
		server.Close()
		require.Error(t, err)
		require.Equal(t, want, errors.Is(err, pos.ErrNotTaken), status)
	}
}

var quoted = regexp.MustCompile(`"[a-z_]+"`)

// TestItKnowsNoCode: no code of Flexiti's, no status and no card is named in what
// sells, and it stays short enough to be read at once.
func TestItKnowsNoCode(t *testing.T) {
	codes := map[string]bool{}
	for _, r := range plugin.Rules() {
		codes[`"`+r.Code+`"`] = true
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	inner, err := filepath.Glob("flexiti/*.go")
	require.NoError(t, err)
	lines := 0
	for _, name := range append(files, inner...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, word := range quoted.FindAllString(string(raw), -1) {
			state := word == `"unauthorized"` // of an authorization, in a read-back
			require.False(t, codes[word] && !state, "%s names the code %s", name, word)
		}
		require.NotContains(t, string(raw), "plugin.Card", name)
		if filepath.Dir(name) != "." {
			continue
		}
		_, code, _ := strings.Cut(string(raw), "\n)\n") // after the imports
		for line := range strings.SplitSeq(code, "\n") {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				lines++
			}
		}
	}
	require.Less(t, lines, 300)
}
