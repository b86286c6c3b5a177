package tap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// counter is a POS that nobody changed, and the simulator that it believes to be Flexiti.
type counter struct {
	*rig
	t       *testing.T
	flexiti *simulator.Simulator
	http    http.Client
	token   string
}

func newCounter(t *testing.T) *counter {
	// Nobody waits for what is slow, but the POS for what never comes.
	flexiti := simulator.New(simulator.Config{Wait: func(ctx context.Context, d time.Duration) error {
		if d > simulator.SlowAnswer {
			<-ctx.Done()
		}
		return ctx.Err()
	}})
	server := httptest.NewUnstartedServer(flexiti)
	server.Config.ErrorLog = nil
	server.Start()
	t.Cleanup(server.Close)
	c := &counter{rig: newRig(t, setting{upstream: server.URL}), t: t, flexiti: flexiti}
	c.http.Transport = &http.Transport{DisableKeepAlives: true} // a request that is sent again by itself would be a second one
	answer := c.ask(http.MethodPost, "/v2.5/oauth/token", "", nil, `{"client_id":"sim-store","client_secret":"`+simulator.Secret+`","grant_type":"client_credentials","scope":"merchant"}`)
	c.token, _ = answer["access_token"].(string)
	require.NotEmpty(t, c.token)
	return c
}

// ask makes a call, and gives the members of its reply; nil: none came whole.
func (c *counter) ask(method, path, reference string, headers map[string]string, body string) map[string]any {
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	defer cancel()
	if strings.HasPrefix(headers[simulator.FaultHeader], "silent") {
		patience, gaveUp := context.WithTimeout(ctx, 100*time.Millisecond)
		defer gaveUp()
		ctx = patience
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://"+c.addr+"/flexiti/pos-api"+path, strings.NewReader(body))
	require.NoError(c.t, err)
	r.Header.Set("Authorization", "Bearer "+c.token)
	if reference != "" {
		r.Header.Set("x-reference-id", reference)
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w, err := c.http.Do(r)
	if err != nil {
		return nil
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	var members map[string]any
	if errors.Join(err, json.Unmarshal(text, &members)) != nil {
		return nil
	}
	return members
}

// cardOf waits for the card that a sale has in the end: no call of it is under way.
func (c *counter) cardOf(reference string) host.Card {
	for {
		if card := c.card(c.t); card.SaleID == reference && card.Decision.Card != plugin.CardWorkingPayment {
			return card
		}
	}
}

// paths are a request for each operation.
var paths = map[plugin.Operation]string{
	plugin.OpToken: "POST /v2.5/oauth/token", plugin.OpI18n: "POST i18n", plugin.OpTerms: "GET terms-and-conditions",
	plugin.OpDriversLicense: "POST customers/driverslicense", plugin.OpSearch: "GET customers/search?first_name=a",
	plugin.OpLookup: "GET customers/lookup?account_number=20000001", plugin.OpVerify: "POST account/20000001/verify",
	plugin.OpCalculateInterest: "POST accounts/20000001/calculate-interest", plugin.OpClose: "POST accounts/20000001/close", plugin.OpApply: "POST apply",
	plugin.OpTransactions: "POST transactions", plugin.OpAuthorization: "POST authorization", plugin.OpRelease: "POST authorization/7000000001/release",
	plugin.OpCapture: "POST authorization/7000000001/capture", plugin.OpReturn: "POST authorization/7000000001/capture/7000000002/return",
	plugin.OpRefund: "POST accounts/20000001/refund", plugin.OpAuthorizations: "GET authorizations", plugin.OpAuthorizationGet: "GET authorization/7000000001",
	plugin.OpCaptures: "GET captures", plugin.OpWidgetInit: "POST widget/init", plugin.OpMerchantsLogin: "POST merchants/login",
	plugin.OpUnknown: "POST what/is/this", plugin.OpUnknownRead: "GET what/is/this",
}

// request gives a request for an operation.
func requestFor(op plugin.Operation) (method, path string) {
	method, path, _ = strings.Cut(paths[op], " ")
	if !strings.HasPrefix(path, "/") {
		path = "/v2.5.1/client-id/sim-store/" + path
	}
	return method, path
}

// onWhatCall gives a call that a rule is about: for any, one without a rule of its own for that code.
func onWhatCall(r plugin.Rule) plugin.Operation {
	if r.Operation != plugin.AnyOperation {
		return r.Operation
	}
	for _, op := range []plugin.Operation{plugin.OpAuthorization, plugin.OpLookup, plugin.OpCalculateInterest} {
		if !slices.ContainsFunc(plugin.Rules(), func(o plugin.Rule) bool { return o.Operation == op && o.Code == r.Code }) {
			return op
		}
	}
	return plugin.OpTerms
}

// Every row of the catalogue comes out of the simulator, over HTTP, through the tap,
// onto its own card.
func TestEveryRowComesOntoItsOwnCard(t *testing.T) {
	c := newCounter(t)
	for i, r := range plugin.Rules() {
		if raceDetector && i%8 != 0 { // the module takes twenty times as long there, and is not what races
			continue
		}
		t.Run(r.Name(), func(t *testing.T) {
			reference := fmt.Sprintf("%032x", i+1)
			op := onWhatCall(r)
			method, path := requestFor(op)
			c.ask(method, path, reference, map[string]string{simulator.AnswerHeader: r.Name()}, "")
			card := c.cardOf(reference)
			require.Equal(t, r.Name(), card.Decision.Matched.Rule)
			x := plugin.Exchange{Operation: op, Status: r.Status, Body: r.Example()}
			if op == plugin.OpUnknown || op == plugin.OpUnknownRead {
				x.Operation, x.Method, x.URL = "", method, "/"
			}
			want, _ := plugin.Decide(plugin.Recognise(x), plugin.Sale{}, plugin.Policy{})
			require.Equal(t, want.Card, card.Decision.Card)
			require.Equal(t, plugin.MoneyNotMoved == want.Money || plugin.MoneyNone == want.Money, card.Decision.Money != plugin.MoneyUnknown)
		})
	}
}

// Whatever breaks on the wire, before or after the work was done, the card's money
// line is never wrong: what it says is what the ledger says, or that it is not known.
func TestTheMoneyLineIsNeverWrong(t *testing.T) {
	c := newCounter(t)
	var faults []string
	for _, f := range append([]simulator.Fault{""}, simulator.Faults()...) {
		for _, when := range []string{"before", "after"} {
			faults = append(faults, strings.TrimSpace(string(f)+" "+when))
		}
	}
	account := simulator.Accounts()[0].Number
	n := 0
	captures := []bool{true, false}
	if raceDetector {
		captures = captures[:1]
	}
	for _, capture := range captures {
		for _, fault := range faults {
			t.Run(fmt.Sprintf("%s, capture %v", fault, capture), func(t *testing.T) {
				n++
				reference := fmt.Sprintf("%032x", 1<<20+n)
				method, path := "POST", "/v2.5.1/client-id/sim-store/"
				require.NotNil(t, c.ask(method, path+"account/"+account+"/verify", reference, nil, `{"format":"email","request_id":"`+reference+`"}`))
				c.cardOf(reference)
				headers := map[string]string{}
				if !strings.HasPrefix(fault, "before") && !strings.HasPrefix(fault, "after") {
					headers[simulator.FaultHeader] = fault
				}
				c.ask(method, path+"authorization", reference, headers, fmt.Sprintf(`{"account_number":%q,"amount":"20.00","auto_capture":%v,"reference":%q,"request_id":%q,`+
					`"verification_code":%q,"financing_option":{"transaction_type":"promotional_purchase","plan_id":"1001","term":12}}`,
					account, capture, reference, reference, c.flexiti.Sent(account)))
				card := c.cardOf(reference)
				ledger := c.flexiti.Ledger().Of(reference)
				truth := plugin.MoneyNotMoved
				switch {
				case ledger.Taken() > 0:
					truth = plugin.MoneyMoved
				case ledger.Held() > 0:
					truth = plugin.MoneyHeld
				}
				if len(headers) == 0 {
					require.Equal(t, truth, card.Decision.Money)
					require.NotEqual(t, plugin.MoneyNotMoved, truth, "the purchase is good")
				}
				require.Contains(t, []plugin.Money{truth, plugin.MoneyUnknown}, card.Decision.Money)
				require.Equal(t, card.Decision.Money == plugin.MoneyUnknown, card.Decision.Doubt)
			})
		}
	}
}
