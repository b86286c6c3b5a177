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
	p     *Primitive
	mu    sync.Mutex
	drawn chan struct{} // closed when the terminal is given back; nil: there is none
}

// New gives a screen that is not yet on the terminal: Run puts it there.
func New(o Options) *Screen {
	p := NewPrimitive(tview.NewApplication(), o)
	p.m.leavable = true
	return &Screen{p: p}
}

// Show is [Primitive.Show].
func (s *Screen) Show(c host.Card) { s.p.Show(c) }

// Warn is [Primitive.Warn].
func (s *Screen) Warn(w Warning, on bool) { s.p.Warn(w, on) }

// Tell is [Primitive.Tell].
func (s *Screen) Tell(t Told) { s.p.Tell(t) }

// Events is [Primitive.Events].
func (s *Screen) Events() <-chan Event { return s.p.Events() }

// Lang is the language of the till: the one that the cashier has chosen, else that
// of the options, which may be none. What an event brings along ends with its card.
func (s *Screen) Lang() plugin.Lang { return s.p.lang.Load().(plugin.Lang) }

// Close ends Run and gives the terminal back. It returns at once.
func (s *Screen) Close() { s.p.Stop() }

// Run shows the screen until Close is called, ctx is done or the cashier leaves it,
// and then returns nil. Where the terminal cannot be drawn on, or drawing it fails,
// it goes on in plain text, whose first line says why. At the end it writes what is
// still open to Out, where a till was at work.
func (s *Screen) Run(ctx context.Context) error {
	p := s.p
	defer s.Close()
	if p.mail.ctx.Err() != nil {
		return nil
	}
	defer context.AfterFunc(ctx, s.Close)()
	defer s.sayOpen()
	why := errors.New(p.o.Plain) // who asked for plain text
	if p.o.Plain == "" {
		var t tcell.Screen
		if t, why = p.o.screen(); why == nil {
			why = s.draw(t)
		}
		if why == nil || errors.Is(why, ErrTerminalGone) {
			return why
		}
	}
	return p.speak(why)
}

// draw runs the application on a terminal.
func (s *Screen) draw(t tcell.Screen) (err error) {
	p, app, drawn := s.p, s.p.app, make(chan struct{})
	s.mu.Lock()
	s.drawn = drawn
	s.mu.Unlock()
	failed := make(chan error, 2)
	fail := func(err error) { // a panic or a terminal that is gone; the first is the one to tell
		select {
		case failed <- err:
		default:
		}
		p.stops.Store(true)
		p.end()
	}
	p.broken = func(what any) { fail(fmt.Errorf("drawing failed (%v)", what)) }
	term := &terminal{Screen: t, failed: func() { fail(ErrTerminalGone) }}
	stop := p.watchContinued(term)
	app.SetScreen(term).EnablePaste(true).EnableMouse(p.o.Mouse)
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
	return err
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
func (s *Screen) sayOpen() {
	p := s.p
	if p.m.lesson != nil || p.m.demo != nil {
		return
	}
	p.collect()
	text := ""
	for _, e := range p.m.pins {
		text += p.m.openLine(e, p.o.Clock()) + "\n"
	}
	if text != "" { // who reads it may be gone, as the till is
		_ = p.m.look.Letters.write(p.o.Out, wordsOf(p.m.lang).stillOpen+"\n"+text)
	}
}

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
		case <-s.p.o.after(rescueWait):
		}
	}
	panic(what)
}

const rescueWait = 2 * time.Second
