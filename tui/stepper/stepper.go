// Package stepper walks through replayed records on the cashier's screen: the
// recorded card on one side, the new one on the other. It is read-only, and
// looks it: no key of it is a card's, and its bars say so on every picture.
package stepper

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// Config says what to walk through and how it looks.
type Config struct {
	Steps  []replay.Step // at least one
	Beyond int64         // records that the walk could not hold
	Look   tui.Look
}

// Run shows the steps until the person leaves or ctx ends. It needs a terminal.
func Run(ctx context.Context, c Config) error {
	app := tview.NewApplication()
	defer context.AfterFunc(ctx, app.Stop)()
	if err := app.SetRoot(newView(c, app.Stop), true).Run(); err != nil {
		return fmt.Errorf("showing the steps: %w", err)
	}
	return nil
}

// view is the whole picture as a tview primitive.
type view struct {
	*tview.Box
	config Config
	leave  func()
	at     int
	lang   plugin.Lang
	facts  bool
	sides  [2]*tui.Primitive
}

func newView(c Config, leave func()) *view {
	v := &view{Box: tview.NewBox(), config: c, leave: leave}
	v.turn(0)
	return v
}

func (v *view) step() *replay.Step { return &v.config.Steps[v.at] }

// turn goes to a step, in the language in which it was recorded.
func (v *view) turn(to int) {
	v.at = max(0, min(to, len(v.config.Steps)-1))
	v.lang = v.step().Locale
	v.build()
}

// build makes both cards anew: a walk has no history.
func (v *view) build() {
	s := v.step()
	for i, side := range []replay.Side{s.Recorded, s.New} {
		v.sides[i] = tui.NewPrimitive(nil, tui.Options{Lang: v.lang, Look: v.config.Look, Lane: [2]string{"RECORDED", "NEW"}[i]})
		if p, ok := side.Prompts[v.lang]; ok {
			v.sides[i].Show(host.Card{At: s.At, UTCOffsetMin: offsetOf(s.Facts), Answer: host.Answer{Prompt: p, Decision: side.Decision}})
		}
	}
}

func offsetOf(facts json.RawMessage) *int {
	var f plugin.Facts
	_ = json.Unmarshal(facts, &f)
	return f.UTCOffsetMin
}

// InputHandler implements tview.Primitive. The cards get no key.
func (v *view) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return v.WrapInputHandler(func(ev *tcell.EventKey, _ func(tview.Primitive)) {
		switch ev.Key() {
		case tcell.KeyRight, tcell.KeyPgDn, tcell.KeyEnter:
			v.turn(v.at + 1)
		case tcell.KeyLeft, tcell.KeyPgUp:
			v.turn(v.at - 1)
		case tcell.KeyHome:
			v.turn(0)
		case tcell.KeyEnd:
			v.turn(len(v.config.Steps) - 1)
		case tcell.KeyEscape:
			v.facts = false
		case tcell.KeyRune:
			v.rune(ev.Rune())
		}
	})
}

func (v *view) rune(r rune) {
	switch r {
	case 'n', ' ':
		v.turn(v.at + 1)
	case 'p':
		v.turn(v.at - 1)
	case 'f':
		v.facts = !v.facts
	case 'l', '9':
		if v.lang == plugin.French {
			v.lang = plugin.English
		} else {
			v.lang = plugin.French
		}
		v.build()
	case 'q':
		v.leave()
	}
}

// bars are the rows above and below the cards.
const bars = 4

// Draw implements tview.Primitive.
func (v *view) Draw(screen tcell.Screen) {
	v.DrawForSubclass(screen, v)
	x, y, w, h := v.GetInnerRect()
	s := v.step()
	bar := tcell.StyleDefault.Reverse(true).Bold(true)
	beyond := ""
	if v.config.Beyond > 0 {
		beyond = fmt.Sprintf(" (and %d more)", v.config.Beyond)
	}
	row(screen, x, y, w, bar, fmt.Sprintf(" REPLAY  READ-ONLY  %d of %d%s  store %s seq %d  %s",
		v.at+1, len(v.config.Steps), beyond, s.Store, s.Seq, time.UnixMilli(s.At).UTC().Format("2006-01-02 15:04Z")))
	row(screen, x, y+1, w, tcell.StyleDefault, " "+s.Rule+"  "+changes(s.Diffs))
	left := "recorded"
	if !s.ExactWords {
		left = "recorded decision, today's words"
	}
	half := w / 2
	row(screen, x, y+2, half, tcell.StyleDefault.Bold(true), " "+left)
	row(screen, x+half, y+2, w-half, tcell.StyleDefault.Bold(true), "| new")
	row(screen, x, y+h-1, w, bar, " Right next  Left back  Home End  f facts  l language  q leave")
	if v.facts {
		v.drawFacts(screen, x, y+3, w, h-bars)
		return
	}
	for i, p := range v.sides {
		p.SetRect(x+i*(half+1), y+3, []int{half, w - half - 1}[i], h-bars)
		p.Draw(screen)
	}
	for i := range h - bars {
		screen.SetContent(x+half, y+3+i, '|', nil, tcell.StyleDefault)
	}
}

func changes(diffs []replay.Diff) string {
	if len(diffs) == 0 {
		return "nothing changed"
	}
	var parts []string
	for _, d := range diffs {
		parts = append(parts, d.Member+": "+d.Recorded+" -> "+d.New)
	}
	return strings.Join(parts, "; ")
}

// drawFacts shows what the rules read of the exchange: all that was kept of it.
func (v *view) drawFacts(screen tcell.Screen, x, y, w, h int) {
	s := v.step()
	facts, _ := json.MarshalIndent(s.Facts, "", "  ")
	lines := strings.Split("facts "+string(facts), "\n")
	for _, d := range s.Diffs {
		lines = append(lines, fmt.Sprintf("%s: %s -> %s", d.Member, d.Recorded, d.New))
	}
	for i, line := range lines[:min(len(lines), max(h, 0))] {
		row(screen, x+1, y+i, w-1, tcell.StyleDefault, line)
	}
}

// row writes one row of text, cut and filled to w cells.
func row(screen tcell.Screen, x, y, w int, style tcell.Style, text string) {
	col := 0
	for _, r := range text {
		if col == w {
			return
		}
		if r < ' ' {
			r = ' '
		}
		screen.SetContent(x+col, y, r, nil, style)
		col++
	}
	for ; col < w; col++ {
		screen.SetContent(x+col, y, ' ', nil, style)
	}
}
