package replay

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// drawn writes phrases with the marked ones in braces.
func drawn(phrases []Phrase) string {
	var words []string
	for _, p := range phrases {
		if p.Differs {
			p.Text = "{" + p.Text + "}"
		}
		words = append(words, p.Text)
	}
	return strings.Join(words, " ")
}

func TestPhrases(t *testing.T) {
	tests := []struct{ name, a, b, wantA, wantB string }{
		{"same", "do it now", "do it now", "do it now", "do it now"},
		{"one word", "do it now", "do it later", "do it {now}", "do it {later}"},
		{"more words", "don't send it", "don't ever send it", "don't send it", "don't {ever} send it"},
		{"nothing in common", "yes", "no way", "{yes}", "{no way}"},
		{"ends", "a b c", "b", "{a} b {c}", "b"},
		{"a no-break space holds", "1\u00a0$ a", "2\u00a0$ a", "{1\u00a0$} a", "{2\u00a0$} a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := phrases(tt.a, tt.b)
			require.Equal(t, tt.wantA, drawn(a))
			require.Equal(t, tt.wantB, drawn(b))
		})
	}
}

// FuzzPhrases holds that no word is lost, and that what is not marked is the same on both sides.
func FuzzPhrases(f *testing.F) {
	f.Add("do it now", "do  it later")
	f.Fuzz(func(t *testing.T, a, b string) {
		left, right := phrases(a, b)
		whole := func(phrases []Phrase) (all, shared string) {
			for i, p := range phrases {
				if i > 0 {
					all += " "
				}
				all += p.Text
				if !p.Differs {
					shared += p.Text + " "
				}
			}
			return all, shared
		}
		allA, sharedA := whole(left)
		allB, sharedB := whole(right)
		require.Equal(t, a, allA)
		require.Equal(t, b, allB)
		require.Equal(t, sharedA, sharedB)
	})
}

func TestLongTextsAreNotCompared(t *testing.T) {
	a, b := phrases(strings.Repeat("a ", 5000), strings.Repeat("a ", 5001))
	require.True(t, a[0].Differs && b[0].Differs)
}

func sideOf(t *testing.T, d plugin.Decision) Side {
	raw, err := json.Marshal(d)
	require.NoError(t, err)
	s := Side{Decision: d, Raw: raw, Prompts: map[plugin.Lang]plugin.Prompt{}}
	for _, l := range []plugin.Lang{plugin.English, plugin.French} {
		s.Prompts[l] = plugin.Render(d, plugin.Texts{}, plugin.Locale{Cashier: l, Customer: l})
	}
	return s
}

func TestParts(t *testing.T) {
	d, _ := plugin.Decide(plugin.Facts{Operation: plugin.OpVerify, Status: 409, Code: "piw_mismatch"}, plugin.Sale{}, plugin.Policy{})
	moved := d
	moved.Money, moved.Owner = plugin.MoneyMoved, plugin.OwnerFlexiti
	moved.Actions = moved.Actions[1:]
	moved.Retry.AfterS += 5
	parts := Parts(sideOf(t, d), sideOf(t, moved), plugin.French)
	var rows []string
	for _, p := range parts {
		row := p.Name + " | " + drawn(p.Recorded)
		if p.Differs {
			row += " | " + drawn(p.New)
		}
		rows = append(rows, row)
	}
	all := strings.Join(rows, "\n")
	for _, want := range []string{
		"\nmoney | {not_moved} | {moved}", // of the decision
		"\nowner | {" + string(d.Owner) + "} | {flexiti}",
		fmt.Sprintf("\nkey %d | {%s} | ", len(d.Actions), sideOf(t, d).Prompts[plugin.French].Actions[len(d.Actions)-1].Text),
		"\nretry | left 1, policy limited | {after_s 5,} left 1, policy limited", // not only "…", as in a group
	} {
		require.Contains(t, all, want)
	}
	for _, same := range Parts(sideOf(t, d), sideOf(t, d), plugin.English) {
		require.False(t, same.Differs, same.Name)
		require.NotEqual(t, "its label", same.Name)
	}
	for _, p := range Parts(sideOf(t, d), Side{}, plugin.English) {
		require.True(t, p.Differs && p.New == nil, p.Name)
	}
}

// Whatever of a prompt or of a decision differs, a part shows it: nothing that
// replay calls a change looks like none.
func TestPartsMissNothing(t *testing.T) {
	d, _ := plugin.Decide(plugin.Facts{Operation: plugin.OpLookup, Status: 400, Code: "error_fields", Fields: []plugin.Field{{Param: "email", Problem: "invalid"}}}, plugin.Sale{}, plugin.Policy{})
	side := sideOf(t, d)
	prompt, err := json.Marshal(side.Prompts[plugin.English])
	require.NoError(t, err)
	var texts map[string]any
	require.NoError(t, json.Unmarshal(prompt, &texts))
	for name := range texts {
		if name == "locale" {
			continue // not a text
		}
		t.Run("prompt "+name, func(t *testing.T) {
			changed := side
			changed.Prompts = map[plugin.Lang]plugin.Prompt{plugin.English: altered(t, prompt, name)}
			require.True(t, anyDiffers(Parts(side, changed, plugin.English)))
		})
	}
	var values map[string]any
	require.NoError(t, json.Unmarshal(side.Raw, &values))
	values["of a later version"] = "x"
	for name := range values {
		t.Run("decision "+name, func(t *testing.T) {
			other := map[string]any{}
			require.NoError(t, json.Unmarshal(side.Raw, &other))
			other[name] = "other"
			changed := side
			changed.Raw, _ = json.Marshal(other)
			require.True(t, anyDiffers(Parts(side, changed, plugin.English)))
		})
	}
}

// altered gives a prompt of which every text of one member is another.
func altered(t *testing.T, prompt []byte, name string) (p plugin.Prompt) {
	var m map[string]any
	require.NoError(t, json.Unmarshal(prompt, &m))
	var alter func(v any) any
	alter = func(v any) any {
		switch v := v.(type) {
		case string:
			return v + " x"
		case []any:
			for i := range v {
				v[i] = alter(v[i])
			}
		case map[string]any:
			for k := range v {
				v[k] = alter(v[k])
			}
		}
		return v
	}
	m[name] = alter(m[name])
	raw, err := json.Marshal(m)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &p))
	require.NotEqual(t, string(prompt), string(raw), "nothing of %s to alter", name)
	return p
}
