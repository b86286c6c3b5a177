package stepper

import (
	"encoding/json"
	"flag"
	"strings"
	"sync"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/plugin"
)

var update = flag.Bool("update", false, "write the goldens anew")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func sideOf(d plugin.Decision) replay.Side {
	raw, err := json.Marshal(d)
	if err != nil {
		panic(err)
	}
	s := replay.Side{Decision: d, Raw: raw, Prompts: map[plugin.Lang]plugin.Prompt{}}
	for _, l := range []plugin.Lang{plugin.English, plugin.French} {
		p := plugin.Render(d, plugin.Texts{}, plugin.Locale{Cashier: l, Customer: l})
		p.Ref = "7F3K"
		s.Prompts[l] = p
	}
	return s
}

// stepOf is the record of one refusal, as another decision where change makes it one.
func stepOf(seq int64, f plugin.Facts, l plugin.Lang, change func(*plugin.Decision), diffs ...replay.Diff) replay.Step {
	d, _ := plugin.Decide(f, plugin.Sale{}, plugin.Policy{})
	changed := d
	changed.Actions = append([]plugin.Action(nil), d.Actions...)
	if change != nil {
		change(&changed)
	}
	raw, err := json.Marshal(f)
	if err != nil {
		panic(err)
	}
	return replay.Step{
		Sample: replay.Sample{At: 1795530727000 + 60000*seq, Store: "0412", Seq: seq}, Rule: d.Matched.Rule, Facts: raw, Locale: l, ExactWords: true,
		Diffs: diffs, Recorded: sideOf(d), New: sideOf(changed),
	}
}

// steps are five records of three rules. The first, the third and the fourth changed.
func steps() []replay.Step {
	piw := plugin.Facts{Operation: plugin.OpVerify, Status: 409, Code: "piw_mismatch"}
	declined := plugin.Facts{Operation: plugin.OpApply, Status: 409, Code: "application_declined"}
	email := plugin.Facts{Operation: plugin.OpLookup, Status: 400, Code: "error_fields", Fields: []plugin.Field{{Param: "email", Problem: "invalid"}}}
	moved := func(d *plugin.Decision) {
		d.Money, d.Owner, d.Retry = plugin.MoneyMoved, plugin.OwnerFlexiti, plugin.Retry{Policy: plugin.RetryNow}
		d.Family, d.Banner = plugin.FamilyStop, plugin.BannerAnotherWay
		d.Actions = d.Actions[1:]
	}
	list := []replay.Step{
		stepOf(17, piw, plugin.English, moved, replay.Diff{Member: "money", Recorded: "not_moved", New: "moved"}, replay.Diff{Member: "owner", Recorded: "customer", New: "flexiti"}),
		stepOf(18, email, plugin.French, nil),
		stepOf(19, declined, plugin.French, func(d *plugin.Decision) { d.Retry.Policy = plugin.RetryNow },
			replay.Diff{Member: "retry", Recorded: "policy never", New: "policy now"}),
		stepOf(20, piw, plugin.English, moved, replay.Diff{Member: "money", Recorded: "not_moved", New: "moved"}),
		stepOf(21, piw, plugin.English, nil),
	}
	list[4].Store = "0426"
	return list
}

func viewOf(steps []replay.Step) *view { return newView(Config{Steps: steps}, func() {}) }

// shown draws a view and gives the screen, which the caller reads.
func shown(t *testing.T, v *view, w, h int) tcell.SimulationScreen {
	t.Helper()
	screen := tcell.NewSimulationScreen("UTF-8")
	require.NoError(t, screen.Init())
	t.Cleanup(screen.Fini)
	screen.SetSize(w, h)
	v.SetRect(0, 0, w, h)
	v.Draw(screen)
	screen.Show()
	return screen
}

// picture is what stands on the screen.
func picture(t *testing.T, v *view, w, h int) string {
	t.Helper()
	return readScreen(shown(t, v, w, h), func(tcell.Style) bool { return true })
}

// underlined is what of it is marked.
func underlined(t *testing.T, v *view, w, h int) string {
	t.Helper()
	text := readScreen(shown(t, v, w, h), func(s tcell.Style) bool {
		_, _, attributes := s.Decompose()
		return s.GetUnderlineStyle() == tcell.UnderlineStyleSolid && attributes&tcell.AttrBold != 0
	})
	return strings.Join(strings.Fields(text), " ")
}

func readScreen(screen tcell.SimulationScreen, in func(tcell.Style) bool) string {
	cells, width, height := screen.GetContents()
	var b strings.Builder
	for y := range height {
		var row strings.Builder
		for x := range width {
			cell := cells[y*width+x]
			switch {
			case len(cell.Runes) == 0:
			case in(cell.Style):
				row.WriteString(string(cell.Runes))
			default:
				row.WriteByte(' ')
			}
		}
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}

// press sends keys, given as runes, as strings that are typed, or as tcell's.
func press(v *view, keys ...any) {
	var focused tview.Primitive
	var focus func(tview.Primitive)
	focus = func(p tview.Primitive) {
		if focused != nil {
			focused.Blur()
		}
		focused = p
		p.Focus(focus)
	}
	send := func(ev *tcell.EventKey) { v.InputHandler()(ev, focus) }
	for _, k := range keys {
		switch k := k.(type) {
		case rune:
			send(tcell.NewEventKey(tcell.KeyRune, k, 0))
		case string:
			for _, r := range k {
				send(tcell.NewEventKey(tcell.KeyRune, r, 0))
			}
		case tcell.Key:
			send(tcell.NewEventKey(k, 0, 0))
		}
	}
}

// acting is a screen on which something happens as soon as there is a picture.
type acting struct {
	tcell.SimulationScreen
	once sync.Once
	act  func(tcell.SimulationScreen)
}

func (a *acting) Show() {
	a.SimulationScreen.Show()
	a.once.Do(func() { a.act(a.SimulationScreen) })
}
