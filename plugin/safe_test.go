package plugin

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// When nothing else can be worked out, there is still a card, and it does no harm.
func TestSafeAnswerIsAlwaysACard(t *testing.T) {
	priors := map[string][]byte{"none": nil, "empty": []byte(`{}`), "rubbish": []byte(`{"v":`), "another's": []byte(`{"v":1,"x":[]}`), "a number": []byte(`7`)}
	for name, s := range salesToTry() {
		priors[name] = marshal(t, s)
	}
	for name, prior := range priors {
		for _, op := range append(allOperations(), "", "no such call") {
			for _, l := range []Lang{English, French} {
				a := SafeAnswer(op, noon, prior, Texts{}, Locale{Cashier: l})
				require.Empty(t, gap(a.Decision, a.Prompt), "%s %s", name, op)
				require.Empty(t, breach(Facts{Operation: op, At: noon}, Policy{}, a.Decision, a.Sale), "%s %s", name, op)
				require.Nil(t, a.Record)
				var back Sale
				require.NoError(t, back.UnmarshalJSON(marshal(t, a.Sale)))
				require.Equal(t, a.Sale, back, "%s %s", name, op)
				if MovesMoney(op) {
					require.True(t, a.Decision.Doubt, "%s %s", name, op)
				}
			}
		}
	}
}

func TestSafeAnswerKeepsWhatTheSaleKnew(t *testing.T) {
	before := Sale{V: saleVersion, Answers: []int64{noon, noon}, LockedUntil: Forever, RuledOut: []Method{MethodSMS}, Codes: 2}
	after := SafeAnswer(OpLookup, noon, marshal(t, before), Texts{}, Locale{Cashier: English}).Sale
	require.False(t, after.InDoubt())
	require.Equal(t, []any{before.Answers, Forever, []Method{MethodSMS}, 2}, []any{after.Answers, after.LockedUntil, after.RuledOut, after.Codes})

	doubt := Sale{V: saleVersion, Payments: []Payment{{Operation: OpTransactions, HasKey: true, State: StateInDoubt}}}
	a := SafeAnswer(OpAuthorization, noon, marshal(t, doubt), Texts{}, Locale{Cashier: English})
	require.True(t, a.Sale.InDoubt())
	require.Len(t, a.Sale.Payments, 2)
	require.False(t, offers(a.Decision, ActResendSame), "with a second payment in doubt, no resend settles both")
}

// The way on from the safe card works like that from any other.
func TestSafeCardCanBeActedUpon(t *testing.T) {
	var m Module
	a := SafeAnswer(OpAuthorization, noon, nil, Texts{}, Locale{Cashier: English})
	out := m.Answer([]byte(`{"v":1,"action":"call_supervisor","sale":` + string(marshal(t, a.Sale)) + `}`))
	require.Contains(t, string(out), `"card":"supervisor_settles"`)
	require.False(t, strings.Contains(string(out), "other_payment"))
}
