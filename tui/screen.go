package tui

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host"
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
	drawn    chan struct{} // closed when the terminal is given back; nil: there is none
	mail     []host.Card
	lang     plugin.Lang
	warnings map[Warning]bool
}

// New gives a screen that is not yet on the terminal: Run puts it there.
func New(o Options) *Screen {
	o = o.withDefaults()
	return &Screen{o: o, events: make(chan Event, eventsLimit), wake: make(chan struct{}, 1), closed: make(chan struct{}),
		lang: o.Lang}
}

// Show puts a card on the screen, and into the history. When cards come faster
// than they can be drawn, older ones are left out of the picture, and beyond
// 256 out of the history too, but not the last word on money in doubt.
func (s *Screen) Show(c host.Card) {
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
// sale, or of one that is settled, or else the oldest.
func (s *Screen) spare() int {
	later := make(map[string]bool, len(s.mail))
	calm := 0
	for i := len(s.mail) - 1; i >= 0; i-- {
		if c := s.mail[i]; later[c.SaleID] {
			return i
		} else if later[c.SaleID] = true; !unsettled(c.Decision) {
			calm = i
		}
	}
	return calm
}

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

// Rescue is for the goroutines of whoever runs a screen: deferred there, it ends
// the screen when the goroutine panics, and lets the panic go on once the
// terminal is given back, or after two seconds.
func (s *Screen) Rescue() {
	p := recover()
	if p == nil {
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
	panic(p)
}

const rescueWait = 2 * time.Second
