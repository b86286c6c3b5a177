package tui

import (
	"context"
	"fmt"
	"github.com/tillwise/tillwise/host"
	"time"

	"github.com/gdamore/tcell/v2"
)

// brokenError is a panic that was caught: a bug of ours, which must not take the till down.
type brokenError struct{ what any }

func (e *brokenError) Error() string { return fmt.Sprintf("drawing failed (%v)", e.what) }

// draw is the loop of a screen on a terminal: the one goroutine that touches
// the model and the terminal.
func (s *Screen) draw(ctx context.Context, t tcell.Screen, m *model) (err error) {
	events, quit := make(chan tcell.Event, 64), make(chan struct{})
	w, drawn := newWorker(), make(chan struct{})
	s.mu.Lock()
	s.drawn = drawn
	s.mu.Unlock()
	defer func() {
		if p := recover(); p != nil {
			err = &brokenError{p}
		}
		close(quit)
		t.Fini()
		close(drawn)
		s.finish(m, w)
	}()
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
	apply(effect{}) // what was open before a restart is said in this till's language
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
func (s *Screen) collect(m *model, w *worker) []host.Card {
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
	if s.lang = m.base; m.langSet {
		s.lang = m.lang
	}
	s.mu.Unlock()
	if e.leave {
		s.Close()
	}
	if e.choose != nil {
		select {
		case s.events <- *e.choose:
		default:
		}
	}
	if w.busy {
		return
	}
	if e := m.wordless(); e != nil {
		w.start(rewording(s.o.Engine, e, m.lang))
	}
}

// finish ends the worker.
func (s *Screen) finish(m *model, w *worker) {
	s.collect(m, w)
	w.stop()
}
