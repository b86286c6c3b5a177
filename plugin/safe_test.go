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
		priors[name] = marshal(t, s.sealed())
	}
	for name, prior := range priors {
		for _, op := range append(allOperations(), "", "no such call") {
			for _, l := range []Lang{English, French} {
				a := SafeAnswer(op, noon, prior, Texts{}, Locale{Cashier: l})
				require.Empty(t, gap(a.Decision, a.Prompt), "%s %s", name, op)
				require.Empty(t, breach(Facts{Operation: op, At: noon}, Policy{}, a.Decision, a.Sale), "%s %s", name, op)
				require.Nil(t, a.Record)
				require.Equal(t, a.Sale, readSale(read(t, a.Sale)), "%s %s", name, op)
				if MovesMoney(op) {
					require.True(t, a.Decision.Doubt, "%s %s", name, op)
				}
			}
		}
	}
}

func TestSafeAnswerKeepsWhatTheSaleKnew(t *testing.T) {
	before := Sale{Answers: 2, AnswersAt: noon, LockedUntil: Forever, RuledOut: []Method{MethodSMS}, Codes: 2}.sealed()
	after := SafeAnswer(OpLookup, noon, marshal(t, before), Texts{}, Locale{Cashier: English}).Sale
	require.Nil(t, after.Doubt)
	require.Equal(t, []any{2, Forever, []Method{MethodSMS}, 2}, []any{after.Answers, after.LockedUntil, after.RuledOut, after.Codes})

	doubt := Sale{Doubt: &Doubt{Operation: OpTransactions, Kind: KindPayment, HasKey: true}}.sealed()
	after = SafeAnswer(OpAuthorization, noon, marshal(t, doubt), Texts{}, Locale{Cashier: English}).Sale
	require.NotNil(t, after.Doubt)
	require.False(t, after.Doubt.canResend(), "with a second payment in doubt, no resend settles both")
}

// The way on from the safe card works like that from any other.
func TestSafeCardCanBeActedUpon(t *testing.T) {
	var m Module
	a := SafeAnswer(OpAuthorization, noon, nil, Texts{}, Locale{Cashier: English})
	out := m.Answer([]byte(`{"v":1,"action":"call_supervisor","sale":` + string(marshal(t, a.Sale)) + `}`))
	require.Contains(t, string(out), `"card":"supervisor_settles"`)
	require.False(t, strings.Contains(string(out), "other_payment"))
}
