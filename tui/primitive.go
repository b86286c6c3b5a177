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
//
// While it has the focus it takes digits, letters, F1 to F9, Enter, Esc, Backspace and the arrows;
// Tab is the application's. Without the focus its keys are drawn as text. A touch counts
// with or without the focus, and leaves it where it is, where the application has its
// mouse enabled; also beside a Modal that lies above: tview hands on what that does not take.
type Primitive struct {
	*tview.Flex // the bar, sales in doubt, the page, and the keys
	o           Options
	m           *model
	app         *tview.Application
	mail        *mailbox
	events      chan Event
	guard       guard

	bar, doubts, story, footer *rowsBox
	middle                     *tview.Flex // keeps pages from getting too wide to read
	pages                      *tview.Pages
	list                       *listBox
	text                       *textBox
	pin                        *pinBox
	shown                      page
	width                      int // of the page

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
	repaint     bool           // every cell, at the next picture
	broken      func(what any) // hears of a panic; nil: the screen goes on with the plainest picture
	lang        atomic.Value   // of the till: a plugin.Lang
}

// NewPrimitive gives a primitive that shows the idle screen, for app to show. Of the
// options Plain, In and Out are a Screen's alone; Open and Supervisor are called on
// the application's goroutine, which waits for them. Where app is nil no application may
// show it: it is for pictures, and takes in what has come each time that it is drawn.
func NewPrimitive(app *tview.Application, o Options) *Primitive {
	o = o.withDefaults()
	p := &Primitive{Flex: tview.NewFlex(), o: o, m: newModel(o), app: app, mail: newMailbox(), events: make(chan Event, eventsLimit),
		jobs: make(chan func()), rescheduled: make(chan struct{}, 1)}
	p.ctx, p.end = context.WithCancel(p.mail.ctx)
	p.m.turned = true // to the first page
	p.guard.turns = o.Demo != nil
	p.build()
	p.update()
	return p
}

// Show puts a card on the screen, and into the history. When cards come faster
// than they can be drawn, older ones are left out of the picture, and beyond
// 256 out of the history too, but not the last word on money in doubt. One without an
// answer is no card.
func (p *Primitive) Show(c host.Card) { p.mail.show(c) }

// Warn puts a warning on the idle screen, or takes it back.
func (p *Primitive) Warn(w Warning, on bool) { p.mail.warn(w, on) }

// Tell puts a line above the cards of a demo's story, after the cards that were shown
// before it. Of a story that has not begun it says nothing.
func (p *Primitive) Tell(t Told) { p.mail.tell(t) }

// Events gives what the cashier chooses. It is never closed. While nobody reads
// it, choices beyond the first 16 are dropped, and the keys count again after a while.
func (p *Primitive) Events() <-chan Event { return p.events }

// Close ends what the primitive does, and blanks it. Close it before its application
// stops by other means than Stop, Ctrl-C in tview's own hands included (SetInputCapture takes that
// key away): the queue of an application that has stopped never answers, and a goroutine
// would wait for it until the program ends.
func (p *Primitive) Close() { p.mail.close() }

// Stop closes the primitive and stops its application, from inside the application's
// own queue, once the application draws the primitive. After Close it does nothing.
func (p *Primitive) Stop() {
	p.stops.Store(true)
	p.Close()
}

// Draw implements tview.Primitive.
func (p *Primitive) Draw(screen tcell.Screen) {
	defer p.rescue()
	p.drawn.Do(p.begin)
	if p.mail.ctx.Err() != nil { // closed: nothing that looks as if it took keys
		x, y, w, h := p.GetRect()
		paint(screen, x, y, w, h, nil, p.m.look.Theme)
		return
	}
	if p.app == nil {
		p.catchUp()
	}
	p.arrange()
	p.Flex.Draw(screen)
	if p.repaint {
		p.repaint = false
		screen.Sync()
	}
}

// InputHandler implements tview.Primitive.
func (p *Primitive) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return p.WrapInputHandler(func(ev *tcell.EventKey, focus func(tview.Primitive)) {
		defer p.rescue()
		now := p.o.Clock()
		p.m.touched = now
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

// MouseHandler implements tview.Primitive.
func (p *Primitive) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	handle := p.Flex.MouseHandler()
	return func(action tview.MouseAction, ev *tcell.EventMouse, focus func(tview.Primitive)) (took bool, capture tview.Primitive) {
		defer p.rescue()
		if p.InRect(ev.Position()) {
			p.m.touched = p.o.Clock()
		}
		return handle(action, ev, focus)
	}
}

// tap is a finger on what presses a key.
func (p *Primitive) tap(k key) {
	if p.guard.tap(k, p.o.Clock()) {
		p.press(k)
	}
	p.update()
}

// press does what a key asks for.
func (p *Primitive) press(k key) {
	p.m.selected = p.list.selected()
	if p.shown == pageTraining && p.text.hides(k) { // what is not in sight cannot be pressed
		return
	}
	p.follow(p.m.key(k, p.o.Clock()))
}

// follow does what a key has led to.
func (p *Primitive) follow(e effect) {
	if e.choose != nil {
		select {
		case p.events <- *e.choose:
		default:
		}
	}
	p.repaint = p.repaint || e.sync
	p.demoFollow(e)
	if e.leave {
		p.Stop()
	}
}

// update makes what is shown follow the model. It must not be called while
// drawing: another page takes the focus, for which tview wants its own lock.
func (p *Primitive) update() {
	p.lang.Store(p.m.tillLang())
	if at := p.m.showing(); at != p.shown || p.m.turned {
		p.shown = at
		p.pages.SwitchToPage(at.widget())
		p.pin.clear()
		if p.m.turned {
			p.text.ScrollToBeginning()
			p.list.Select(0, 0).SetOffset(0, 0)
		}
		p.m.turned = false
	}
	p.reword()
	p.schedule()
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
