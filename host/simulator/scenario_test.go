package simulator

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

func TestParseScenario(t *testing.T) {
	got, err := ParseScenario("lost.toml", []byte(`# what goes wrong
lag = "30s"

[[step]] # the second purchase is taken, and nobody hears of it
operation = "authorization"
occurrence = 2
fault = "reset"
when = "after"

[[step]]
answer = "lookup/409/user_not_active"

[[step]]
operation = "refund"
answer = "409/invalid_role"

[[step]]
operation = "any"
occurrence = 9
fault = "slow"
wait = "3s"
`))
	require.NoError(t, err)
	require.Equal(t, Scenario{Lag: 30 * time.Second, Steps: []Step{
		{Operation: plugin.OpAuthorization, Occurrence: 2, Fault: Reset, When: After},
		{Operation: plugin.OpLookup, Answer: "lookup/409/user_not_active"},
		{Operation: plugin.OpRefund, Answer: "any/409/invalid_role"},
		{Operation: plugin.AnyOperation, Occurrence: 9, Fault: Slow, Wait: 3 * time.Second},
	}}, got)
	got, err = ParseScenario("empty.toml", nil)
	require.NoError(t, err)
	require.Zero(t, got)
}

// Every mistake is a line: where, what, and what to do.
func TestBrokenScenarios(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no TOML", "lag = ", "s.toml:1: unexpected EOF; expected value"},
		{"an unknown key", "lagg = \"3s\"", "s.toml:1: lagg is not known (nearest: lag)"},
		{"an unknown key of a step", "[[step]]\nfault = \"reset\"\n[[step]]\nfualt = \"reset\"", "s.toml:4: fualt is not known (nearest: fault)"},
		{"a key that is like none", "[[step]]\nzzzzzz = 1", "s.toml:2: zzzzzz is not known (there are: operation, occurrence, answer, fault, when, wait)"},
		{"an unknown operation", "[[step]]\noperation = \"authorisation\"\nfault = \"reset\"", `s.toml:2: there is no operation "authorisation" (nearest: authorization)`},
		{"an unknown fault", "[[step]]\noperation = \"lookup\"\n\nfault = \"explode\"",
			`s.toml:4: there is no fault "explode" (there are: slow, reset, cut, silent, html, length)`},
		{"an unknown code", "[[step]]\nanswer = \"lookup/409/user_not_activ_\"", "s.toml:2: no page has the code user_not_activ_ (nearest: user_not_active)"},
		{"an answer of another operation", "[[step]]\noperation = \"lookup\"\nanswer = \"verify/409/tries_exceed\"", "s.toml:3: the answer is of verify, and the step of lookup"},
		{"a status that is none", "[[step]]\nanswer = \"lookup/4o9/x\"", `s.toml:2: "4o9" is no status of a refusal, 300 to 599`},
		{"neither answer nor fault", "# a step\n\n[[step]]\noperation = \"lookup\"", "s.toml:3: a step has an answer or a fault, and this one has neither"},
		{"both", "[[step]]\nanswer = \"lookup/500/\"\nfault = \"cut\"", "s.toml:2: a step has an answer or a fault, not both"},
		{"another when", "[[step]]\nfault = \"cut\"\nwhen = \"later\"", "s.toml:3: when is before or after"},
		{"a wait without slowness", "[[step]]\nfault = \"cut\"\nwait = \"3s\"", "s.toml:3: wait goes with the fault slow alone"},
		{"a number for a time", "lag = 30", `s.toml:1: lag must be a time such as "30s", and at most 24h0m0s`},
		{"a negative time", "lag = \"-3s\"", `s.toml:1: lag must be a time such as "30s", and at most 24h0m0s`},
		{"the zeroth call", "[[step]]\nfault = \"cut\"\noccurrence = 0", "s.toml:3: occurrence must be a number, 1 for the first call; leave it out for each"},
		{"a number for text", "[[step]]\nfault = 3", "s.toml:2: fault must be text in quotes"},
		{"one table for all steps", "[step]\nfault = \"cut\"", "s.toml:1: step must be a table for each step: [[step]]"},
		{"a table of another name", "# steps\n\n[[steps]]\nfault = \"cut\"", "s.toml:3: steps is not known (nearest: step)"},
		{"a step with a name", "lag = \"3s\"\n[step.first]\nfault = \"cut\"", "s.toml:2: step must be a table for each step: [[step]]"},
		{"no table at all", "step = 3", "s.toml:1: step must be a table for each step: [[step]]"},
		{"a refusal after the work", "[[step]]\nanswer = \"authorization/409/credit_exceeded\"\nwhen = \"after\"",
			"s.toml:2: authorization/409/credit_exceeded says that nothing was done, so it cannot come after: take general_error or a status such as 504"},
		{"two mistakes", "[[step]]\nfualt = \"cut\"\n[[step]]\noperation = \"lokup\"\nfault = \"cut\"",
			"s.toml:2: fualt is not known (nearest: fault)\ns.toml:4: there is no operation \"lokup\" (nearest: lookup)"},
		{"another file altogether", strings.Repeat("#", maxScenario+1), "s.toml: it has more than 262144 bytes: is it a scenario?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseScenario("s.toml", []byte(tt.text))
			require.EqualError(t, err, tt.want)
		})
	}
}

// A scenario plays: each step on its call, and headers stand above it.
func TestAScenarioPlays(t *testing.T) {
	d := newDesk(t, Config{Scenario: Scenario{Steps: []Step{
		{Operation: plugin.OpAuthorization, Occurrence: 2, Fault: Reset, When: After},
		{Answer: "lookup/409/user_not_active", Occurrence: 1},
		{Operation: plugin.AnyOperation, Occurrence: 8, Answer: "any/504/gateway_timeout"},
		{Operation: plugin.OpCaptures, Fault: "nonsense"},
	}}})
	d.want(http.StatusConflict, "customers/lookup?account_number=20000001", nil) // 2: the token was 1
	d.want(http.StatusOK, "customers/lookup?account_number=20000001", nil)       // 3
	body := d.purchase("20000001", "r", "10.00", nil)                            // 4, a verify
	d.want(http.StatusOK, "authorization", body)                                 // 5
	_, err := d.ask("authorization", body)                                       // 6
	require.Error(t, err)
	require.EqualValues(t, 2000, d.Ledger().Taken())
	d.want(http.StatusOK, "authorization", body)             // 7
	d.want(http.StatusGatewayTimeout, "authorizations", nil) // 8
	d.header.Set(FaultHeader, "html")
	d.want(http.StatusBadGateway, "authorizations", nil)
	d.want(http.StatusBadRequest, "captures", nil) // a step made in Go that is none
	require.Contains(t, d.last.Body, `there is no fault "nonsense"`)
}
