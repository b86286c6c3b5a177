package explain_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/explain"
	"github.com/tillwise/tillwise/plugin"
)

func TestCode(t *testing.T) {
	tests := []struct {
		name, code string
		status     int
		op         plugin.Operation
		want       string // the card
		operations []plugin.Operation
		near       []string
	}{
		{name: "one meaning", code: "credit_exceeded", want: "credit_exceeded"},
		{name: "another case", code: "TRIES_EXCEED", want: "tries_exceed"},
		{name: "another spelling", code: "generic_error", op: plugin.OpLookup, want: "general_error"},
		{name: "the call tells", code: "not_found", op: plugin.OpSearch, want: "customer_not_found"},
		{name: "nothing tells", code: "not_permitted", want: "not_permitted",
			operations: []plugin.Operation{plugin.OpAuthorization, plugin.OpCapture, plugin.OpRelease, plugin.OpReturn}},
		{name: "a slip of the hand", code: "credit_exeeded", want: "unknown_reply", near: []string{"credit_exceeded"}},
		{name: "unlike any", code: "qqqqqqqqqqqqqqqqqqqqqqqqq", want: "unknown_reply"},
		{name: "no code", status: 504, op: plugin.OpAuthorization, want: "service_trouble_payment"},
		{name: "no code, no status", op: plugin.OpAuthorization, want: "unknown_reply"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := explain.Code(tt.code, tt.status, tt.op)
			d, _ := plugin.Decide(plugin.Recognise(m.Exchange), plugin.Sale{}, plugin.Policy{})
			require.Equal(t, tt.want, d.Card.String())
			require.Equal(t, tt.operations, m.Operations)
			require.Equal(t, tt.near, m.Near)
		})
	}
}

// Every documented code has a card of its own call, whatever else it means elsewhere.
func TestEveryRuleIsFoundByItsCode(t *testing.T) {
	for _, r := range plugin.Rules() {
		if r.Operation == plugin.OpUnknownRead { // bears no name that anybody could give
			continue
		}
		name := fmt.Sprintf("%s/%d/%s", r.Operation, r.Status, r.Code)
		t.Run(name, func(t *testing.T) {
			m := explain.Code(r.Code, r.Status, r.Exchange().Operation)
			d, _ := plugin.Decide(plugin.Recognise(m.Exchange), plugin.Sale{}, plugin.Policy{})
			require.Equal(t, name, d.Matched.Rule)
		})
	}
}

func TestCheckOperation(t *testing.T) {
	require.NoError(t, explain.CheckOperation(""))
	require.NoError(t, explain.CheckOperation("verify"))
	require.EqualError(t, explain.CheckOperation("verfy"), `there is no operation "verfy": did you mean verify?`)
}
