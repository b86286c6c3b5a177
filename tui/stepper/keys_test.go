package stepper

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/replay"
)

func diffsOf(member, recorded, new string) []replay.Diff {
	return []replay.Diff{{Member: member, Recorded: recorded, New: new}}
}

// ways lead to every page and state that has keys of its own.
var ways = []struct {
	name string
	keys []any
}{
	{"first record", nil},
	{"in the middle", []any{tcell.KeyRight, tcell.KeyRight}},
	{"last record", []any{'g', "5", tcell.KeyEnter}},
	{"further down", []any{tcell.KeyPgDn}},
	{"end of the card", []any{tcell.KeyEnd}},
	{"French", []any{'l'}},
	{"one rule", []any{'r', tcell.KeyDown, tcell.KeyEnter}},
	{"facts", []any{'f'}},
	{"rules", []any{'r'}},
	{"help", []any{'?'}},
	{"go to", []any{'g'}},
}

// Every hint in the footer does something, and every key that does something stands in the help.
func TestNoDeadHints(t *testing.T) {
	help := strings.Join(helpText, "\n")
	for _, way := range ways {
		at := func() (*view, *bool) {
			left := false
			v := newView(Config{Steps: steps()}, func() { left = true })
			picture(t, v, 80, 24)
			for _, k := range way.keys {
				press(v, k)
				picture(t, v, 80, 24)
			}
			return v, &left
		}
		v, _ := at()
		before := picture(t, v, 80, 24)
		for _, b := range v.bindings() {
			if b.hint != "" {
				require.Contains(t, before, b.hint, "%s: there is no room for it", way.name)
				require.Contains(t, help, strings.Fields(b.hint)[0], "%s", way.name)
			}
			var keys []any
			for _, k := range b.keys {
				keys = append(keys, k)
			}
			for _, r := range b.runes {
				keys = append(keys, r)
			}
			for _, k := range keys {
				t.Run(fmt.Sprintf("%s: %v of %q", way.name, k, b.hint), func(t *testing.T) {
					v, left := at()
					press(v, k)
					require.True(t, *left || picture(t, v, 80, 24) != before)
				})
			}
		}
	}
}

// The keys that belong to tview's own parts do what their hints say, too.
func TestTableAndInputHints(t *testing.T) {
	v := viewOf(steps())
	press(v, 'r')
	first, _ := v.table.GetSelection()
	press(v, tcell.KeyUp)
	second, _ := v.table.GetSelection()
	require.NotEqual(t, first, second)
	press(v, tcell.KeyEnter)
	require.Equal(t, pageCard, v.page)
	press(v, 'g', tcell.KeyEscape)
	require.False(t, v.asking)
	press(v, 'g', "q?", tcell.KeyEnter)
	require.True(t, v.asking, "letters are typed, and leave nothing")
	require.Equal(t, "q?", v.input.GetText())
	require.ErrorContains(t, v.wrong, `no rule with "q?"`)
	press(v, tcell.KeyBackspace2)
	require.NoError(t, v.wrong, "what was wrong goes as soon as something else is typed")
}

func TestMoving(t *testing.T) {
	tests := []struct {
		name string
		keys []any
		want int // sequence number
	}{
		{"next", []any{tcell.KeyRight}, 18},
		{"next by letter and space", []any{'n', ' '}, 19},
		{"back", []any{tcell.KeyRight, tcell.KeyRight, tcell.KeyLeft, 'p'}, 17},
		{"no further than the ends", []any{'p', 'n', 'n', 'n', 'n', 'n', 'n'}, 21},
		{"next change", []any{'c'}, 19},
		{"the change after that", []any{'c', 'c'}, 20},
		{"no change after the last", []any{'c', 'c', 'c'}, 20},
		{"the change before", []any{'g', "5", tcell.KeyEnter, 'b', 'C'}, 19},
		{"no key is a card's", []any{'1', '2', '3', '4', tcell.KeyEnter}, 17},
		{"position", []any{'g', "3", tcell.KeyEnter}, 19},
		{"position that there is not", []any{'g', "6", tcell.KeyEnter, tcell.KeyEscape}, 17},
		{"sequence number", []any{'g', "seq 20", tcell.KeyEnter}, 20},
		{"store and number", []any{'g', "0426:21", tcell.KeyEnter}, 21},
		{"part of a rule", []any{'g', "Apply/409", tcell.KeyEnter}, 19},
		{"the next of a rule, not this one", []any{'g', "verify/409", tcell.KeyEnter}, 20},
		{"round to the beginning", []any{'n', 'n', 'n', 'n', 'g', "verify", tcell.KeyEnter}, 17},
		{"one rule", []any{'r', tcell.KeyEnter, 'n'}, 20}, // the table stands at this record's rule
		{"one rule, and out of it where it led", []any{'r', tcell.KeyEnter, 'n', tcell.KeyEscape, 'n'}, 21},
		{"position in one rule", []any{'r', tcell.KeyEnter, 'g', "3", tcell.KeyEnter}, 21},
		{"another rule", []any{'r', tcell.KeyHome, tcell.KeyDown, tcell.KeyDown, tcell.KeyEnter}, 19},
		{"all rules again", []any{'r', tcell.KeyEnter, 'r', tcell.KeyHome, tcell.KeyEnter, 'n'}, 18},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := viewOf(steps())
			picture(t, v, 80, 24)
			press(v, tt.keys...)
			require.EqualValues(t, tt.want, v.walk.step().Seq)
		})
	}
}

func TestWrongPlaces(t *testing.T) {
	tests := []struct{ name, typed, want string }{
		{"nothing", "  ", "type a position such as 17"},
		{"too far", "99999999999999999999", "there is no record 99999999999999999999 here: 1 to 5"},
		{"nought", "0", "there is no record 0 here"},
		{"sequence number", "seq 99", "there is no record seq 99 in this walk"},
		{"another store", "0433:17", "there is no record 0433:17"},
		{"rule", "refund/500", `there is no rule with "refund/500"`},
		{"a word that begins like a number", "sequence", `there is no rule with "sequence"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := viewOf(steps())
			press(v, 'g', tt.typed, tcell.KeyEnter)
			require.ErrorContains(t, v.wrong, tt.want)
			require.Contains(t, picture(t, v, 80, 24), tt.want)
		})
	}
	v := viewOf(steps())
	press(v, 'r', tcell.KeyEnter, 'g', "apply", tcell.KeyEnter)
	require.ErrorContains(t, v.wrong, "clear the filter with Esc")
}

func TestBarSaysWhatIsInSight(t *testing.T) {
	v := newView(Config{Steps: steps(), Beyond: 3}, nil)
	require.Contains(t, picture(t, v, 80, 24), "1 of 5 (and 3 more)")
	press(v, 'r', tcell.KeyEnter)
	got := picture(t, v, 80, 24)
	require.Contains(t, got, "1 of 3")
	require.Contains(t, got, "verify/409/piw_mismatch  (only this rule is shown)")
	require.Contains(t, got, "Esc all rules")
	press(v, tcell.KeyEscape)
	require.NotContains(t, picture(t, v, 80, 24), "only this rule")
	changes := steps()
	changes = append(changes[:1], changes[2:4]...)
	require.NotContains(t, picture(t, viewOf(changes), 80, 24), "c next change", "every record is one")
}

// A card that somebody comes back to from another page is where it was.
func TestPagesKeepTheirPlace(t *testing.T) {
	v := viewOf(steps())
	picture(t, v, 80, 24)
	press(v, tcell.KeyPgDn)
	before := picture(t, v, 80, 24)
	require.Positive(t, v.top())
	for _, keys := range [][]any{{'?', tcell.KeyPgDn, '?'}, {'f', tcell.KeyEscape}, {'r', 'r'}, {'g', tcell.KeyEscape}} {
		press(v, keys...)
		require.Equal(t, before, picture(t, v, 80, 24))
	}
	press(v, tcell.KeyRight, tcell.KeyLeft)
	require.Zero(t, v.top(), "another record begins at its top")
}
