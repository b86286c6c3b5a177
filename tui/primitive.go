package tui

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/host"
)

const eventsLimit = 16 // choices that wait to be read

// Primitive is the cashier's screen as a tview primitive: cards, the list of what
// is open, history, help and all, for a POS whose own tview application shows it.
// Screen shows the same one on a terminal of its own. Show, Warn, Events, Close
// and Stop may be called from any goroutine, before the application runs and after
// it; they never wait. The rest is tview's to call. It changes none of tview's globals.
type Primitive struct {
	*tview.Flex // the bar, sales in doubt, the page, and the keys
	o           Options
	m           *model
	app         *tview.Application
	mail        *mailbox
	events      chan Event
	guard       guard

	bar, doubts, footer *rowsBox
	middle              *tview.Flex // keeps pages from getting too wide to read
	pages               *tview.Pages
	list                *listBox
	text                *textBox
	pin                 *pinBox
	shown               page
	width               int // of the page

	ctx         context.Context // done when the pump is to end
	end         context.CancelFunc
	jobs        chan func()   // for the application's goroutine
	rescheduled chan struct{} // due has changed
	due         atomic.Int64  // when time has something to do: Unix nanoseconds, 0 for never
	stops       atomic.Bool   // the application is to be stopped
	drawn       sync.Once
	restored    sync.Once
	running     sync.WaitGroup
	rewording   bool
	broken      func(what any) // hears of a panic; nil: the screen goes on with the plainest picture
	lang        atomic.Value   // of the till: a plugin.Lang
}

// NewPrimitive gives a primitive that shows the idle screen, for app to show. Without
// an application it takes in what has come each time that it is drawn.
func NewPrimitive(app *tview.Application, o Options) *Primitive {
	o = o.withDefaults()
	p := &Primitive{Flex: tview.NewFlex(), o: o, m: newModel(o), app: app, mail: newMailbox(), events: make(chan Event, eventsLimit),
		jobs: make(chan func()), rescheduled: make(chan struct{}, 1)}
	p.ctx, p.end = context.WithCancel(p.mail.ctx)
	p.m.turned = true // to the first page
	p.build()
	p.update()
	return p
}

// Show puts a card on the screen, and into the history. When cards come faster
// than they can be drawn, older ones are left out of the picture, and beyond
// 256 out of the history too, but not the last word on money in doubt.
func (p *Primitive) Show(c host.Card) { p.mail.show(c) }

// Warn puts a warning on the idle screen, or takes it back.
func (p *Primitive) Warn(w Warning, on bool) { p.mail.warn(w, on) }

// Events gives what the cashier chooses. It is never closed. While nobody reads
// it, choices beyond the first 16 are dropped, and the keys count again after a while.
func (p *Primitive) Events() <-chan Event { return p.events }

// Close ends what the primitive does beside drawing. Close it before its
// application stops by other means than Stop: tview's queue, which it may be
// waiting for, would never answer.
func (p *Primitive) Close() { p.mail.close() }

// Stop closes the primitive and stops its application, from inside the
// application's own queue.
func (p *Primitive) Stop() {
	p.stops.Store(true)
	p.Close()
}

// Draw implements tview.Primitive.
func (p *Primitive) Draw(screen tcell.Screen) {
	defer p.rescue()
	if p.drawn.Do(p.begin); p.app == nil {
		p.turn()
	}
	p.arrange()
	p.Flex.Draw(screen)
	p.schedule()
}

// InputHandler implements tview.Primitive.
func (p *Primitive) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return p.WrapInputHandler(func(ev *tcell.EventKey, focus func(tview.Primitive)) {
		defer p.rescue()
		now := p.o.clock()
		if p.shown == pagePIN {
			p.pin.take(ev, focus, now)
			return
		}
		if letter := key(ev.Rune()); ev.Key() == tcell.KeyRune && p.m.types(letter) { // fast, and nothing comes of a scanner's
			p.press(letter)
			p.update()
			return
		}
		for _, k := range p.guard.press(normal(ev), now) {
			switch at := p.shown.widget(); {
			case k.moves() && at == widgetList:
				p.list.InputHandler()(ev, focus)
			case k.moves() && at == widgetText && !p.m.types(k):
				p.text.InputHandler()(ev, focus)
			default:
				p.press(k)
			}
		}
		p.update()
	})
}

// tap is a finger on what presses a key.
func (p *Primitive) tap(k key) {
	defer p.rescue()
	if p.guard.tap(k, p.o.clock()) {
		p.press(k)
	}
	p.update()
}

// press does what a key asks for.
func (p *Primitive) press(k key) {
	p.m.selected = p.list.selected()
	p.follow(p.m.key(k, p.o.clock()))
}

// follow does what a key has led to.
func (p *Primitive) follow(e effect) {
	if e.choose != nil {
		select {
		case p.events <- *e.choose:
		default:
		}
	}
	if e.sync && p.app != nil {
		p.app.Sync()
	}
	if e.leave {
		p.Stop()
	}
}

// update makes what is shown follow the model. It must not be called while
// drawing: another page takes the focus, for which tview wants its own lock.
func (p *Primitive) update() {
	p.lang.Store(p.m.tillLang())
	if at := p.m.showing(); at != p.shown || p.m.turned {
		p.shown, p.m.turned = at, false
		p.pages.SwitchToPage(at.widget())
		p.text.ScrollToBeginning()
		p.list.Select(0, 0).SetOffset(0, 0)
		p.pin.clear()
	}
	p.reword()
}

// rescue keeps a bug of ours from taking the application down.
func (p *Primitive) rescue() {
	what := recover()
	if what == nil {
		return
	}
	p.m.recover()
	if p.broken != nil {
		p.broken(what)
	}
}
