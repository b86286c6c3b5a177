package tui

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// ErrTerminalGone is what Run returns when the terminal was closed under it.
var ErrTerminalGone = errors.New("the terminal is gone")

// Screen is the cashier's screen on a terminal of its own: a tview application
// with a Primitive in it. Show, Warn, Events, Close and Lang may be called from any
// goroutine, before Run, during it and after; they never wait and never panic. Run
// is called once.
type Screen struct {
	o      Options
	mail   *mailbox
	events chan Event

	mu    sync.Mutex
	lang  plugin.Lang   // of the till
	drawn chan struct{} // closed when the terminal is given back; nil: there is none
}

// New gives a screen that is not yet on the terminal: Run puts it there.
func New(o Options) *Screen {
	o = o.withDefaults()
	o.leavable = true
	return &Screen{o: o, mail: newMailbox(), events: make(chan Event, eventsLimit), lang: o.Lang}
}

// Show puts a card on the screen, and into the history. When cards come faster
// than they can be drawn, older ones are left out of the picture, and beyond
// 256 out of the history too, but not the last word on money in doubt.
func (s *Screen) Show(c host.Card) { s.mail.show(c) }

// Warn puts a warning on the idle screen, or takes it back.
func (s *Screen) Warn(w Warning, on bool) { s.mail.warn(w, on) }

// Events gives what the cashier chooses. It is never closed. While nobody reads
// it, choices beyond the first 16 are dropped, and the keys count again after a while.
func (s *Screen) Events() <-chan Event { return s.events }

// Lang is the language of the till: the one that the cashier has chosen, else that
// of the options, which may be none. What an event brings along ends with its card.
func (s *Screen) Lang() plugin.Lang {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lang
}

// speaks keeps the language of the till for Lang.
func (s *Screen) speaks(l plugin.Lang) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lang = l
}

// Close ends Run and gives the terminal back. It returns at once.
func (s *Screen) Close() { s.mail.close() }

// Run shows the screen until Close is called, ctx is done or the cashier leaves it,
// and then returns nil. Where the terminal cannot be drawn on, or drawing it fails,
// it goes on in plain text, whose first line says why. At the end it writes what is
// still open to Out, where a till was at work.
func (s *Screen) Run(ctx context.Context) error {
	defer s.Close()
	if s.mail.ctx.Err() != nil {
		return nil
	}
	defer context.AfterFunc(ctx, s.Close)()
	var m *model
	why := error(askedFor(s.o.Plain))
	if s.o.Plain == "" {
		var t tcell.Screen
		if t, why = s.o.screen(); why == nil {
			m, why = s.draw(t)
		}
		if why == nil || errors.Is(why, ErrTerminalGone) {
			s.sayOpen(m)
			return why
		}
	}
	if m == nil {
		m = newModel(s.o)
	}
	err := s.speak(m, why)
	s.sayOpen(m)
	return err
}

// draw runs the application on a terminal, and gives back what the shift has brought.
func (s *Screen) draw(t tcell.Screen) (m *model, err error) {
	app := tview.NewApplication()
	p := newPrimitive(app, s.o, s.mail, s.events)
	p.stops.Store(true)
	p.spoken = s.speaks
	drawn := make(chan struct{})
	s.mu.Lock()
	s.drawn = drawn
	s.mu.Unlock()
	failed := make(chan error, 2)
	fail := func(err error) { // a panic or a terminal that is gone; the first is the one to tell
		select {
		case failed <- err:
		default:
		}
		p.end()
	}
	p.broken = func(what any) { fail(fmt.Errorf("drawing failed (%v)", what)) }
	term := &terminal{Screen: t, failed: func() { fail(ErrTerminalGone) }}
	stop := p.watchContinued(term)
	app.SetScreen(term).EnablePaste(true).EnableMouse(s.o.Mouse)
	leaveKeypadMode(t)
	app.SetInputCapture(func(ev *tcell.EventKey) *tcell.EventKey {
		if ev.Key() != tcell.KeyCtrlC { // with which tview would stop
			return ev
		}
		p.InputHandler()(ev, func(tview.Primitive) {})
		return nil
	})
	app.SetRoot(p, true)
	if panicked := runApp(app); panicked != nil { // and the pump may wait for its queue for ever
		fail(panicked)
	} else {
		p.end()
		p.running.Wait()
	}
	stop()
	term.Fini()
	close(drawn)
	select {
	case err = <-failed:
		p.m.recover()
	default:
	}
	return p.m, err
}

// runApp runs an application, and gives a panic of its as an error.
func runApp(app *tview.Application) (err error) {
	defer func() {
		if what := recover(); what != nil {
			err = fmt.Errorf("drawing failed (%v)", what)
		}
	}()
	return app.Run()
}

// sayOpen writes which sales are still open, once the screen is gone.
func (s *Screen) sayOpen(m *model) {
	if m.lesson != nil || s.o.Demo {
		return
	}
	now := s.o.clock()
	cards, _ := s.mail.empty()
	for _, c := range cards {
		m.show(c, now)
	}
	text := ""
	for _, e := range m.pins {
		text += m.openLine(e, now) + "\n"
	}
	if text != "" { // who reads it may be gone, as the till is
		_ = m.look.Letters.write(s.o.Out, wordsOf(m.lang).stillOpen+"\n"+text)
	}
}

// askedFor is plain text because somebody asked for it, and how.
type askedFor string

func (a askedFor) Error() string { return string(a) }

// Rescue is for the goroutines of whoever runs a screen: deferred there, it ends
// the screen when the goroutine panics, and lets the panic go on once the
// terminal is given back, or after two seconds.
func (s *Screen) Rescue() {
	what := recover()
	if what == nil {
		return
	}
	s.Close()
	s.mu.Lock()
	drawn := s.drawn
	s.mu.Unlock()
	if drawn != nil {
		select {
		case <-drawn:
		case <-s.o.after(rescueWait):
		}
	}
	panic(what)
}

const rescueWait = 2 * time.Second
