package shift

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// Config is what a demo works with. Engine is required.
type Config struct {
	Engine serve.Engine
	Lane   string             // for the top of the screen
	Lang   func() plugin.Lang // of the cards; nil: English
}

// Shift plays the stories on a screen: each is told when the screen asks for it.
type Shift struct {
	config  Config
	clock   *clock
	stories []story
	running sync.WaitGroup

	mu     sync.Mutex
	screen *tui.Screen
	tale   *tale // on the screen; nil: none
	ctx    context.Context
	end    context.CancelFunc // of the tale
}

// New gives a shift that is not yet on a screen.
func New(c Config) *Shift { return &Shift{config: c, clock: newClock(time.Time{}), stories: all()} }

// all are the stories, and the codes behind them, each as a sale of its own.
func all() []story {
	out := slices.Concat(stories, codes())
	for i := range out {
		out[i].Order.SaleID = fmt.Sprintf("10-%d", 4471+i)
	}
	return out
}

// Now is the demo's time: the screen's, too.
func (s *Shift) Now() time.Time { return s.clock.now() }

// Demo is what the screen needs of it.
func (s *Shift) Demo() *tui.Demo {
	d := &tui.Demo{Play: s.play, Stop: s.stop}
	for i, one := range s.stories {
		to := &d.Codes
		if i < len(stories) {
			to = &d.Stories
		}
		*to = append(*to, tui.Story{Title: one.Title, Intro: one.Intro})
	}
	return d
}

// Run plays on a screen until ctx is done: it does what the cashier chooses.
func (s *Shift) Run(ctx context.Context, screen *tui.Screen) {
	defer s.running.Wait()
	defer s.stop()
	s.mu.Lock()
	s.screen, s.ctx = screen, ctx
	s.mu.Unlock()
	for {
		select {
		case <-ctx.Done():
			return
		case ev := <-screen.Events():
			s.mu.Lock()
			t := s.tale
			s.mu.Unlock()
			if t != nil && t.Order.SaleID == ev.SaleID && !t.deaf(ev.Next) {
				// An error is on the screen as a card already.
				_ = t.choose(ctx, serve.Chosen{SaleID: ev.SaleID, Ref: ev.Ref, Action: ev.Action, SettledBy: ev.SettledBy, Locale: ev.Locale})
			}
		}
	}
}

// play begins a story.
func (s *Shift) play(n int) {
	s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.screen == nil || s.ctx.Err() != nil {
		return
	}
	var t *tale
	mine := func(f func()) { // nothing comes of a story that has been left
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.tale == t {
			f()
		}
	}
	screen := s.screen
	t, err := begin(s.stories[n], s.config, s.clock, out{
		show: func(c host.Card) { mine(func() { screen.Show(c) }) },
		tell: func(text say, over bool) { mine(func() { screen.Tell(tui.Told{Text: text, Over: over}) }) },
	})
	if err != nil { // a till in memory always starts
		screen.Tell(tui.Told{Text: cannotGoOn, Over: true})
		return
	}
	ctx, end := context.WithCancel(s.ctx)
	s.tale, s.end = t, end
	s.running.Go(func() {
		defer screen.Rescue()
		_ = t.run(ctx) // what stopped it is told
		<-ctx.Done()   // its cards go on until it is left
		_ = t.till.Close(context.WithoutCancel(ctx))
	})
}

// stop leaves the story under way. No card of it comes after.
func (s *Shift) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tale != nil {
		s.end()
		s.tale = nil
	}
}
