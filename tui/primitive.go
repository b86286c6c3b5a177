package tui

import (
	"context"
	"github.com/tillwise/tillwise/host"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// Primitive is the cashier's screen as a tview primitive: cards, history, help
// and all, for a POS whose own tview application shows it. Like every primitive
// it belongs to the goroutine of its application: call it from there, or
// through the application's QueueUpdateDraw. It changes none of tview's globals.
type Primitive struct {
	*tview.Box
	m       *model
	options Options
	choose  func(Event)
}

// NewPrimitive gives a primitive that shows the idle screen. Choose is called
// for each action that the cashier chooses, on the application's goroutine, so
// it must return at once: send the event through the engine on another. Words in
// the other language are asked of the options' engine on that goroutine too: they
// take a few milliseconds.
func NewPrimitive(o Options, choose func(Event)) *Primitive {
	return &Primitive{Box: tview.NewBox(), m: newModel(o), options: o.withDefaults(), choose: choose}
}

// Show puts a card on the screen.
func (p *Primitive) Show(c host.Card) { p.m.show(c, p.options.clock()); p.reword() }

// Tick lets time pass, for the elapsed time and the pauses of cards and for hiding
// discreet ones; call it once a second. It tells whether to draw again.
func (p *Primitive) Tick() bool { return p.m.tick(p.options.clock()) }

// Draw implements tview.Primitive.
func (p *Primitive) Draw(screen tcell.Screen) {
	p.DrawForSubclass(screen, p)
	x, y, w, h := p.GetInnerRect()
	paint(screen, x, y, w, h, p.m.picture(w, h, p.options.clock()), p.m.look.Theme)
}

// InputHandler implements tview.Primitive. Keys act at once: a guard against
// scanners is the application's, which knows its other input fields.
func (p *Primitive) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return p.WrapInputHandler(func(ev *tcell.EventKey, _ func(tview.Primitive)) { p.press(normal(ev)) })
}

// MouseHandler implements tview.Primitive: a press on an action or a hint is its key.
func (p *Primitive) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	return p.WrapMouseHandler(func(action tview.MouseAction, ev *tcell.EventMouse, focus func(tview.Primitive)) (bool, tview.Primitive) {
		mx, my := ev.Position()
		if action != tview.MouseLeftDown || !p.InRect(mx, my) {
			return false, nil
		}
		focus(p)
		x, y, w, h := p.GetInnerRect()
		if k := touched(p.m.picture(w, h, p.options.clock()), mx-x, my-y); k != keyNone {
			p.press(k)
		}
		return true, nil
	})
}

func (p *Primitive) press(k key) {
	if e := p.m.key(k, p.options.clock()); e.choose != nil && p.choose != nil {
		p.choose(*e.choose)
	}
	p.reword()
}

// reword asks for the words in sight that are not yet in the cashier's language:
// as many as there are rows to see, since the application waits for it.
func (p *Primitive) reword() {
	for range 20 {
		e := p.m.wordless()
		if e == nil {
			return
		}
		words, err := reworded(context.Background(), p.options.Engine, e.card, p.m.lang)
		p.m.reword(e, p.m.lang, words, err)
	}
}

// touched finds the key of what stands at a cell. A row with one target is all target.
func touched(rows []line, x, y int) key {
	if y < 0 || y >= len(rows) {
		return keyNone
	}
	col, only, several := 0, keyNone, false
	for _, s := range rows[y] {
		n, k := cells(s.text), s.style.key
		if k != keyNone {
			if x >= col && x < col+n {
				return k
			}
			several = several || only != keyNone && only != k
			only = k
		}
		col += n
	}
	if several {
		return keyNone
	}
	return only
}
