package replay

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

func TestSteps(t *testing.T) {
	dir := week(t, 2000)
	w, err := Steps(t.Context(), Options{Paths: []string{dir}, New: ruleMoney("moved"), Old: &native{}}, false)
	require.NoError(t, err)
	require.Zero(t, w.Beyond)
	require.EqualValues(t, w.Report.Changed, len(w.Steps))
	require.Equal(t, 1, Judge(w.Report, nil).ExitCode(w.Report))
	for _, s := range w.Steps {
		require.Equal(t, "verify/409/piw_mismatch", s.Rule)
		require.Equal(t, "money", s.Diffs[0].Member)
		require.True(t, s.ExactWords)
		require.Equal(t, plugin.MoneyNotMoved, s.Recorded.Decision.Money)
		require.Equal(t, plugin.MoneyNotMoved, s.Old.Decision.Money)
		require.Equal(t, plugin.MoneyMoved, s.New.Decision.Money)
		for _, l := range []plugin.Lang{plugin.English, plugin.French} {
			require.NotEqual(t, s.Recorded.Prompts[l].Money, s.New.Prompts[l].Money)
			require.Regexp(t, "^[2-9A-Z]{4}$", s.New.Prompts[l].Ref)
		}
	}
	everything, err := Steps(t.Context(), Options{Paths: []string{dir}, New: &native{}}, true)
	require.NoError(t, err)
	require.Zero(t, everything.Beyond)
	require.Len(t, everything.Steps, 2000)
}

// What the customer hears is in the language that is looked at, whatever it was for the customer then.
func TestStepsAreInOneLanguage(t *testing.T) {
	w, err := Steps(t.Context(), Options{Paths: []string{week(t, 2000)}, New: &native{}}, true)
	require.NoError(t, err)
	mixed := 0
	for _, s := range w.Steps {
		for _, side := range []Side{s.Recorded, s.New} {
			for l, p := range side.Prompts {
				want := plugin.Render(side.Decision, plugin.Texts{}, plugin.Locale{Cashier: l, Customer: l})
				require.Equal(t, want.Say, p.Say, "%s %s", s.Rule, l)
			}
		}
		if s.Customer != "" && s.Customer != s.Locale {
			mixed++
			require.NotEqual(t, "recorded words", s.Words(s.Locale), "they were in two languages")
		}
	}
	require.NotZero(t, mixed)
}

func TestRefusedRecordIsAStep(t *testing.T) {
	engine := &native{patch: func(face string, out []byte) []byte {
		if face == "decide" && bytes.Contains(out, []byte(`"rule":"verify/409/piw_mismatch"`)) {
			return []byte(`{"error":{"kind":"module_failed","detail":"x"}}`)
		}
		return out
	}}
	w, err := Steps(t.Context(), Options{Paths: []string{week(t, 2000)}, New: engine}, false)
	require.NoError(t, err)
	require.NotEmpty(t, w.Steps)
	for _, s := range w.Steps {
		require.Equal(t, []Diff{{Member: MemberReason, Recorded: "-", New: "module_failed"}}, s.Diffs)
		require.NotEmpty(t, s.Recorded.Prompts)
		require.Empty(t, s.New.Prompts)
	}
}

func TestWords(t *testing.T) {
	tests := []struct {
		name string
		step Step
		lang plugin.Lang
		want string
	}{
		{"as it was", Step{Locale: plugin.French, Customer: plugin.French, ExactWords: true}, plugin.French, "recorded words"},
		{"the customer as the cashier", Step{Locale: plugin.French, ExactWords: true}, plugin.French, "recorded words"},
		{"another language", Step{Locale: plugin.French, ExactWords: true}, plugin.English, "recorded decision, today's words"},
		{"two languages", Step{Locale: plugin.French, Customer: plugin.English, ExactWords: true}, plugin.French, "recorded decision, today's words"},
		{"other words", Step{Locale: plugin.French}, plugin.French, "recorded decision, today's words"},
		{"the old module's", Step{Locale: plugin.French, OldWords: true}, plugin.French, "recorded decision, the old module's words"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, tt.step.Words(tt.lang)) })
	}
}
