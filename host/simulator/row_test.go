package simulator

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// paths are a request for each operation: those that begin with GET read.
var paths = map[plugin.Operation]string{
	plugin.OpToken: "token", plugin.OpI18n: "i18n", plugin.OpTerms: "GET terms-and-conditions", plugin.OpDriversLicense: "customers/driverslicense",
	plugin.OpSearch: "GET customers/search?first_name=a", plugin.OpLookup: "GET customers/lookup?account_number=20000001",
	plugin.OpVerify: "account/20000001/verify", plugin.OpCalculateInterest: "accounts/20000001/calculate-interest",
	plugin.OpClose: "accounts/20000001/close", plugin.OpApply: "apply", plugin.OpTransactions: "transactions", plugin.OpAuthorization: "authorization",
	plugin.OpRelease: "authorization/7000000001/release", plugin.OpCapture: "authorization/7000000001/capture",
	plugin.OpReturn: "authorization/7000000001/capture/7000000002/return", plugin.OpRefund: "accounts/20000001/refund",
	plugin.OpAuthorizations: "GET authorizations", plugin.OpAuthorizationGet: "GET authorization/7000000001", plugin.OpCaptures: "GET captures",
	plugin.OpWidgetInit: "widget/init", plugin.OpMerchantsLogin: "merchants/login", plugin.OpUnknown: "what/is/this", plugin.OpUnknownRead: "GET what/is/this",
}

// call makes a call of an operation with a body that says nothing.
func (d *desk) call(op plugin.Operation) (plugin.Exchange, error) {
	path, body := paths[op], object{}
	if len(path) > 4 && path[:4] == "GET " {
		path, body = path[4:], nil
	}
	return d.ask(path, body)
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

// decided gives the module's decision on an exchange, in a sale of its own.
func decided(x plugin.Exchange) plugin.Decision {
	d, _ := plugin.Decide(plugin.Recognise(x), plugin.Sale{}, plugin.Policy{})
	return d
}

// Every row of the catalogue comes on demand, over a connection and without one,
// and is recognised as that row. Nothing was done.
func TestEveryRowComesOnDemand(t *testing.T) {
	wires := map[string]func(*desk){
		"without a network": func(*desk) {},
		"over a connection": func(d *desk) {
			server := httptest.NewServer(d.Simulator)
			t.Cleanup(server.Close)
			d.url, d.http = server.URL, server.Client()
		},
	}
	for name, wire := range wires {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, Config{})
			wire(d)
			for _, r := range plugin.Rules() {
				d.header.Set(AnswerHeader, r.Name())
				x, err := d.call(onWhatCall(r))
				require.NoError(t, err)
				require.Equal(t, r.Status, x.Status, r.Name())
				require.Equal(t, r.Example(), x.Body, r.Name())
				require.Equal(t, r.Name(), decided(x).Matched.Rule)
			}
			for op := range paths { // a row of any call comes on each
				d.header.Set(AnswerHeader, "any/409/invalid_role")
				x, err := d.call(op)
				require.NoError(t, err)
				require.Equal(t, `{"error":"invalid_role"}`, x.Body, op)
			}
			require.Empty(t, d.Ledger().Payments)
			require.Empty(t, d.Ledger().Refunds)
		})
	}
}

func TestAnswersThatNoPageHas(t *testing.T) {
	tests := []struct {
		name, header string
		want         int
		says         string
	}{
		{"a code that Flexiti may add", "authorization/409/store_asleep", 409, `{"error":"store_asleep"}`},
		{"a documented code at another status", "authorization/400/tries_exceed", 400, `{"error":"tries_exceed"}`},
		{"an older spelling", "authorization/409/generic_error", 409, `{"error":"generic_error"}`},
		{"one of several", "apply/409/application_declined_2", 200, `{"auth`},
		{"another case", "authorization/401/UNAUTHORIZED", 401, `{"error":"UNAUTHORIZED"}`},
		{"a status alone", "authorization/503/", 503, ``},
		{"an answer of another call is not for this one", "lookup/503/", 200, `{"account`},
		{"any call", "any/504/gateway_timeout", 504, `{"error":"GATEWAY_TIMEOUT"}`},
		{"a slip in a code", "authorization/409/credit_exeeded", 400, "no page has the code credit_exeeded (nearest: credit_exceeded)"},
		{"a slip in an operation", "authorisation/409/credit_exceeded", 400, `there is no operation "authorisation" (nearest: authorization)`},
		{"no row at all", "credit_exceeded", 400, "an answer is operation/status/code, such as authorization/409/credit_exceeded"},
		{"a success", "authorization/201/x", 400, `"201" is no status of a refusal, 300 to 599`},
		{"a code that is none", "authorization/409/a b", 400, `"b" is neither before nor after`},
		{"a refusal in another case after the work", "authorization/401/UNAUTHORIZED after", 400, "says that nothing was done"},
		{"a refusal after the work", "authorization/409/credit_exceeded after", 400, "says that nothing was done, so it cannot come after"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, Config{})
			body := d.purchase("20000001", "r", "10.00", nil)
			d.header.Set(AnswerHeader, tt.header)
			x, err := d.ask("authorization", body)
			require.NoError(t, err)
			require.Equal(t, tt.want, x.Status, x.Body)
			if tt.want != http.StatusOK {
				require.Contains(t, x.Body, tt.says)
				require.Empty(t, d.Ledger().Payments)
			}
		})
	}
}

// The answer says that nobody knows, and the money was taken.
func TestAnAnswerAfterTheWorkHidesIt(t *testing.T) {
	for _, row := range []string{"authorization/409/general_error", "any/504/gateway_timeout", "authorization/500/", "authorization/409/generic_error", "authorization/409/store_asleep", "authorization/403/"} {
		t.Run(row, func(t *testing.T) {
			d := newDesk(t, Config{})
			body := d.purchase("20000001", "r", "10.00", nil)
			d.header.Set(AnswerHeader, row+" after")
			x, err := d.ask("authorization", body)
			require.NoError(t, err)
			require.Equal(t, plugin.MoneyUnknown, decided(x).Money, x.Body)
			require.EqualValues(t, 1000, d.Ledger().Taken())
		})
	}
}
