package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/gdamore/tcell/v2"

	"github.com/tillwise/tillwise/plugin"
)

const (
	mailLimit   = 256 // cards that wait to be shown
	eventsLimit = 16  // choices that wait to be read
)

// ErrTerminalGone is what Run returns when the terminal was closed under it.
var ErrTerminalGone = errors.New("the terminal is gone")

// Screen is the cashier's screen on a terminal of its own. Show, Events, Close
// and Lang may be called from any goroutine, before Run, during it and after;
// they never wait and never panic. Run is called once.
type Screen struct {
	o      Options
	events chan Event
	wake   chan struct{} // mail has come
	closed chan struct{}
	once   sync.Once

	mu       sync.Mutex
	terminal tcell.Screen
	mail     []Card
	lang     plugin.Lang
	warnings map[Warning]bool

	unsaved bool // what is pinned has changed; belongs to the loop
}

// New gives a screen that is not yet on the terminal: Run puts it there.
func New(o Options) *Screen {
	o = o.withDefaults()
	return &Screen{o: o, events: make(chan Event, eventsLimit), wake: make(chan struct{}, 1), closed: make(chan struct{}),
		lang: plugin.LangOf(string(o.Lang))}
}

// Show puts a card on the screen, and into the history. When cards come faster
// than they can be drawn, older ones are left out of the picture, and beyond
// 256 out of the history too, but never the last word on money in doubt.
func (s *Screen) Show(c Card) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.closed:
		return
	default:
	}
	s.mail = append(s.mail, c)
	if len(s.mail) > mailLimit {
		i := s.spare()
		s.mail = slices.Delete(s.mail, i, i+1)
	}
	s.ring()
}

// ring wakes the loop.
func (s *Screen) ring() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// spare is the card that is missed least: superseded by a later one of its
// sale, or without a doubt, or else the oldest.
func (s *Screen) spare() int {
	later := make(map[string]bool, len(s.mail))
	calm := 0
	for i := len(s.mail) - 1; i >= 0; i-- {
		if c := s.mail[i]; later[c.SaleID] {
			return i
		} else if later[c.SaleID] = true; !c.Decision.Doubt {
			calm = i
		}
	}
	return calm
}

// Events gives what the cashier chooses. It is never closed. While nobody reads
// it, choices beyond the first 16 are dropped, and the keys count again after a while.
func (s *Screen) Events() <-chan Event { return s.events }

// Lang is the cashier's language now: events that are answered in it need not be reworded.
func (s *Screen) Lang() plugin.Lang {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lang
}

// Close ends Run and gives the terminal back. It returns at once.
func (s *Screen) Close() { s.once.Do(func() { close(s.closed) }) }

// Run shows the screen until Close is called or ctx is done, and then returns
// nil. Where the terminal cannot be drawn on, or drawing it fails, it goes on
// in plain text, whose first line says why.
func (s *Screen) Run(ctx context.Context) error {
	defer s.Close()
	select {
	case <-s.closed:
		return nil
	default:
	}
	m := newModel(s.o)
	why := error(askedFor(s.o.Plain))
	if s.o.Plain == "" {
		t, err := s.o.screen()
		if err == nil {
			err = s.draw(ctx, t, m)
		}
		var broken *brokenError
		switch {
		case err == nil || errors.Is(err, ErrTerminalGone):
			return err
		case errors.As(err, &broken):
			m.recover()
		}
		why = err
	}
	return s.speak(ctx, m, why)
}

// askedFor is plain text because somebody asked for it, and how.
type askedFor string

func (a askedFor) Error() string { return string(a) }

// brokenError is a panic that was caught: a bug of ours, which must not take the till down.
type brokenError struct{ what any }

func (e *brokenError) Error() string { return fmt.Sprintf("drawing failed (%v)", e.what) }

// draw is the loop of a screen on a terminal: the one goroutine that touches
// the model and the terminal.
func (s *Screen) draw(ctx context.Context, t tcell.Screen, m *model) (err error) {
	events, quit := make(chan tcell.Event, 64), make(chan struct{})
	w := newWorker()
	defer func() {
		if p := recover(); p != nil {
			err = &brokenError{p}
		}
		close(quit)
		t.Fini()
		s.finish(m, w)
	}()
	s.mu.Lock()
	s.terminal = t
	s.mu.Unlock()
	s.prepare(t)
	go t.ChannelEvents(events, quit)
	return s.loop(ctx, t, m, w, events)
}

// prepare sets up what a terminal forgets when it is given back.
func (s *Screen) prepare(t tcell.Screen) {
	leaveKeypadMode(t)
	if s.o.Mouse {
		t.EnableMouse()
	}
	t.EnablePaste()
	t.HideCursor()
}

// Rescue is for the goroutines of whoever runs a screen: deferred there, it gives
// the terminal back when the goroutine panics, and lets the panic go on.
func (s *Screen) Rescue() {
	p := recover()
	if p == nil {
		return
	}
	s.mu.Lock()
	t := s.terminal
	s.mu.Unlock()
	if t != nil {
		t.Fini()
	}
	panic(p)
}

func (s *Screen) loop(ctx context.Context, t tcell.Screen, m *model, w *worker, events <-chan tcell.Event) error {
	in := input{}
	again, stop := continued()
	defer stop()
	apply := func(e effect) {
		if e.sync {
			t.Sync()
		}
		s.take(e, m, w)
	}
	for {
		width, height := t.Size()
		rows := m.picture(width, height, s.o.clock())
		paint(t, 0, 0, width, height, rows, m.look.Theme)
		t.Show()
		select {
		case <-ctx.Done():
			return nil
		case <-s.closed:
			return nil
		case <-s.wake:
			s.collect(m, w)
		case <-again:
			if !reclaim(t) {
				return ErrTerminalGone
			}
			s.prepare(t)
			t.Sync()
		case ev, ok := <-events:
			if !ok {
				return ErrTerminalGone
			}
			switch ev := ev.(type) {
			case *tcell.EventResize:
				t.Sync()
			case *tcell.EventError:
				return fmt.Errorf("%w: %v", ErrTerminalGone, ev)
			default:
				for _, k := range in.take(ev, rows, s.o.clock()) {
					if k == keyLeave && s.o.Leave {
						return nil
					}
					apply(m.key(k, s.o.clock()))
				}
			}
		case r := <-w.results:
			w.done(m, r)
			s.take(effect{}, m, w)
		case <-s.timer(m, &in):
			now := s.o.clock()
			if k, ok := in.guard.due(now); ok {
				apply(m.key(k, now))
			}
			m.tick(now)
		}
	}
}

// timer fires when the guard lets a key go, or the model has something to do.
func (s *Screen) timer(m *model, in *input) <-chan time.Time {
	d := m.next(s.o.clock())
	if in.guard.held != keyNone {
		d = burstGap
	}
	if d == 0 {
		return nil
	}
	return s.o.after(d)
}

// collect empties the mailbox into the model, and gives the cards that were in it.
func (s *Screen) collect(m *model, w *worker) []Card {
	s.mu.Lock()
	mail, warnings := s.mail, s.warnings
	s.mail, s.warnings = nil, nil
	s.mu.Unlock()
	for what, on := range warnings {
		m.warn(what, on)
	}
	for _, c := range mail {
		s.take(m.show(c, s.o.clock()), m, w)
	}
	return mail
}

// take does what a key or a card asked for, and starts what is still to be done.
func (s *Screen) take(e effect, m *model, w *worker) {
	s.mu.Lock()
	s.lang = m.lang
	s.mu.Unlock()
	if e.choose != nil {
		select {
		case s.events <- *e.choose:
		default:
		}
	}
	s.unsaved = s.unsaved || e.pins
	if w.busy {
		return
	}
	if s.unsaved && s.o.State != nil {
		s.unsaved = false
		w.start(keeping(s.o.State, m.unsettled()))
	} else if e := m.wordless(); e != nil {
		w.start(rewording(s.o.Engine, e, m.lang))
	}
}

// finish ends the worker, and keeps what it had no time for.
func (s *Screen) finish(m *model, w *worker) {
	s.collect(m, w)
	w.stop()
	if s.unsaved && s.o.State != nil {
		_ = s.o.State.save(m.unsettled()) // there is nobody left to tell
	}
}
