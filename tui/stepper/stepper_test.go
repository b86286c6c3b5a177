package stepper

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/plugin"
)

// steps are two records, of which the second did not change.
func steps() []replay.Step {
	facts := plugin.Facts{Operation: plugin.OpVerify, Status: 409, Code: "piw_mismatch"}
	d, _ := plugin.Decide(facts, plugin.Sale{}, plugin.Policy{})
	moved := d
	moved.Money = plugin.MoneyMoved
	side := func(d plugin.Decision) replay.Side {
		s := replay.Side{Decision: d, Prompts: map[plugin.Lang]plugin.Prompt{}}
		for _, lang := range []plugin.Lang{plugin.English, plugin.French} {
			s.Prompts[lang] = plugin.Render(d, plugin.Texts{}, plugin.Locale{Cashier: lang, Customer: lang})
		}
		return s
	}
	raw, _ := json.Marshal(facts)
	return []replay.Step{
		{
			Sample: replay.Sample{At: 1795530727000, Store: "0412", Seq: 17}, Rule: d.Matched.Rule, Facts: raw, Locale: plugin.English,
			Diffs: []replay.Diff{{Member: "money", Recorded: "not_moved", New: "moved"}}, Recorded: side(d), New: side(moved), ExactWords: true,
		},
		{
			Sample: replay.Sample{At: 1795530728000, Store: "0412", Seq: 18}, Rule: d.Matched.Rule, Facts: raw, Locale: plugin.French,
			Recorded: side(d), New: side(d),
		},
	}
}

func picture(t *testing.T, v *view, w, h int) string {
	t.Helper()
	screen := tcell.NewSimulationScreen("UTF-8")
	require.NoError(t, screen.Init())
	defer screen.Fini()
	screen.SetSize(w, h)
	v.SetRect(0, 0, w, h)
	v.Draw(screen)
	screen.Show()
	cells, width, height := screen.GetContents()
	var b strings.Builder
	for y := range height {
		for x := range width {
			if r := cells[y*width+x].Runes; len(r) > 0 {
				b.WriteRune(r[0])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func press(v *view, keys ...any) {
	for _, k := range keys {
		switch k := k.(type) {
		case rune:
			v.InputHandler()(tcell.NewEventKey(tcell.KeyRune, k, 0), nil)
		case tcell.Key:
			v.InputHandler()(tcell.NewEventKey(k, 0, 0), nil)
		}
	}
}

func TestSides(t *testing.T) {
	v := newView(Config{Steps: steps()}, nil)
	got := picture(t, v, 100, 30)
	for _, want := range []string{"REPLAY  READ-ONLY  1 of 2", "store 0412 seq 17", "verify/409/piw_mismatch", "money: not_moved -> moved", "| new", "q leave"} {
		require.Contains(t, got, want)
	}
	for _, row := range strings.Split(got, "\n")[3:28] {
		require.Equal(t, '|', []rune(row)[50], "%q", row)
	}
	require.Contains(t, strings.ToUpper(got), "MONEY NOT TAKEN")
	require.Contains(t, strings.ToUpper(got), "MONEY TAKEN")
}

func TestKeys(t *testing.T) {
	left := false
	v := newView(Config{Steps: steps(), Beyond: 3}, func() { left = true })
	press(v, 'l')
	require.Equal(t, plugin.French, v.lang)
	require.Contains(t, picture(t, v, 100, 30), "LE MONTANT EST FACTURÉ")
	press(v, 'f')
	require.Contains(t, picture(t, v, 100, 30), `"code": "piw_mismatch"`)
	press(v, tcell.KeyEscape, tcell.KeyRight)
	got := picture(t, v, 100, 30)
	require.Contains(t, got, "2 of 2 (and 3 more)")
	require.Contains(t, got, "nothing changed")
	require.Contains(t, got, "recorded decision, today's words")
	press(v, tcell.KeyRight, tcell.KeyRight)
	require.Equal(t, 1, v.at, "the last step stays")
	press(v, tcell.KeyHome, tcell.KeyLeft)
	require.Equal(t, 0, v.at)
	press(v, '1', '2', '3', '4')
	require.Equal(t, 0, v.at, "no key is a card's")
	press(v, 'q')
	require.True(t, left)
}

func TestSmallTerminals(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 12}, {10, 5}, {1, 1}} {
		v := newView(Config{Steps: steps()}, nil)
		press(v, 'f')
		picture(t, v, size[0], size[1])
		press(v, 'f')
		picture(t, v, size[0], size[1])
	}
}
