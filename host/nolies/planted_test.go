package nolies

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/plugin"
)

// lying is a native lane whose answers are changed on their way to the POS.
func lying(change func(answer string) string) *lane {
	l := inPlugin()
	honest := l.teller
	l.teller = func(w *world) teller {
		t := honest(w).(*alone)
		answer := t.answer
		t.answer = func(event []byte) ([]byte, error) {
			raw, err := answer(event)
			return []byte(change(string(raw))), err
		}
		return t
	}
	return l
}

// twoFaced is a Flexiti that says no to a purchase and makes it all the same.
type twoFaced struct{ under http.RoundTripper }

func (f twoFaced) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.Header.Get("Simulator-Answer"), "authorization/409/") {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		done := r.Clone(r.Context())
		done.Header.Del("Simulator-Answer")
		done.Body, r.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
		if resp, err := f.under.RoundTrip(done); err == nil {
			resp.Body.Close()
		}
	}
	return f.under.RoundTrip(r)
}

// endless is a till on which nothing ends a sale.
type endless struct{ *alone }

func (e endless) press(id plugin.ActionID, ref string) ([]byte, error) {
	if id.Ends() {
		e.choices = append(e.choices, pos.Choice{Action: plugin.ActCallSupervisor})
		return json.Marshal(e.w.card)
	}
	return e.alone.press(id, ref)
}

// TestALieIsFound: each lie that is planted is found within some hundred sales,
// and its story plays again, in as few lines as it takes.
func TestALieIsFound(t *testing.T) {
	swap := func(oldNew ...string) *lane { return lying(strings.NewReplacer(oldNew...).Replace) }
	taken := func(line string) []string {
		return []string{`"MONEY TAKEN"`, `"` + line + `"`, `"PAYMENT TAKEN"`, `"` + line + `"`, `"MONEY REFUNDED"`, `"` + line + `"`, `"TAKEN $`, `"` + line + ` $`, `"PART TAKEN`, `"` + line}
	}
	never := inPlugin()
	never.open = func(w *world) http.RoundTripper { return twoFaced{w.sim.Transport()} }
	stuck := inPlugin()
	honest := stuck.teller
	stuck.teller = func(w *world) teller { return endless{honest(w).(*alone)} }
	tests := []struct {
		name string
		lane *lane
		want string
	}{
		{"what is not known is not taken", swap(`"unknown"`, `"not_moved"`, "MAYBE TAKEN", "NOT TAKEN", "MAYBE REF", "NOT REF", "MAYBE STILL", "NOT"), "not taken, and it is"},
		{"what is held is taken", swap(`"held"`, `"moved"`, `"SET ASIDE, NOT TAKEN"`, `"TAKEN"`, `"SET ASIDE`, `"TAKEN`, `"PART SET ASIDE`, `"PART TAKEN`), "taken, and nothing is taken"},
		{"what is taken is held", swap(append([]string{`"moved"`, `"held"`}, taken("SET ASIDE")...)...), "held, and "},
		{"what is taken is not taken", swap(append([]string{`"moved"`, `"not_moved"`}, taken("NOT TAKEN")...)...), "not taken, and it "},
		{"a money line of its own", swap("MONEY MAYBE TAKEN", "MONEY NOT TAKEN"), `the money line says "MONEY NOT TAKEN" of money that is unknown`},
		{"a payment is no affair of money", swap(`"money":"not_moved"`, `"money":"none"`), "no money involved, after a call that moves money"},
		{"another amount", lying(func(answer string) string {
			before, after, ok := strings.Cut(answer, `"money":"moved"`)
			return before + map[bool]string{true: `"money":"moved"`}[ok] + strings.Replace(after, `"amount":"1249.00"`, `"amount":"1294.00"`, 1)
		}), "moved, and not of that amount"},
		{"another payment beside everything", swap(`"actions":[{"id":"finish_sale"`, `"actions":[{"id":"other_payment"},{"id":"finish_sale"`), "other_payment beside money"},
		{"Flexiti says no and does it", never, "not taken, and it is"},
		{"nothing ends a sale", stuck, "no way to the end of the sale"},
	}
	if raceDetector { // one lie after the other: there is no race to be found
		tests = tests[:2]
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for seed := range uint64(3000) {
				w := play(script{seed: seed}, test.lane, false)
				if !strings.Contains(w.breach.rule, test.want) {
					continue
				}
				again := shrink(w.script, w.breach, test.lane)
				require.Equal(t, w.breach, again.breach)
				require.NotEmpty(t, again.story)
				return
			}
			require.Fail(t, "nobody noticed")
		})
	}
}

// TestASaleIsPlayedAgain: the same script has the same story.
func TestASaleIsPlayedAgain(t *testing.T) {
	for seed := range uint64(20) {
		first := play(script{seed: seed}, inPlugin(), true)
		require.Equal(t, first.story, play(script{seed: seed}, inPlugin(), true).story)
	}
}
