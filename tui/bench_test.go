package tui

import (
	"io"
	"sync"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"github.com/tillwise/tillwise/plugin"
)

func simulated(b *testing.B) *tellingScreen {
	sim := tcell.NewSimulationScreen("UTF-8")
	if err := sim.Init(); err != nil {
		b.Fatal(err)
	}
	sim.SetSize(80, 24)
	s := &tellingScreen{SimulationScreen: sim, fini: sync.OnceFunc(sim.Fini)}
	b.Cleanup(s.Fini)
	return s
}

// BenchmarkKeyToRedraw is a key press and the picture that it leads to.
func BenchmarkKeyToRedraw(b *testing.B) {
	sim, s := simulated(b), newShift(b, Options{})
	s.shows(sampleCard(plugin.English))
	s.SetRect(0, 0, 80, 24)
	b.ReportAllocs()
	for b.Loop() {
		s.now = s.now.Add(time.Second)
		s.event(tcell.NewEventKey(tcell.KeyF6, 0, tcell.ModNone))
		s.after(typedGap)
		sim.Clear()
		s.Draw(sim)
		sim.Show()
	}
}

// BenchmarkCardToScreen is Show to the picture, through the screen's own goroutine.
func BenchmarkCardToScreen(b *testing.B) {
	shown := make(chan string)
	sim := simulated(b)
	sim.shown = shown
	s := New(Options{Out: io.Discard, screen: func() (tcell.Screen, error) { return sim, nil }})
	ended := make(chan error)
	go func() { ended <- s.Run(b.Context()) }()
	<-shown
	c := sampleCard(plugin.English)
	for b.Loop() {
		s.Show(c)
		<-shown
	}
	b.StopTimer()
	go func() {
		for range shown {
		}
	}()
	s.Close()
	<-ended
	close(shown)
}

// tellingScreen tells when a picture is shown, without reading it.
type tellingScreen struct {
	tcell.SimulationScreen
	shown chan string // nil: nobody is told
	fini  func()
}

func (s *tellingScreen) Show() {
	s.SimulationScreen.Show()
	if s.shown != nil {
		s.shown <- ""
	}
}

func (s *tellingScreen) Fini() { s.fini() }

// BenchmarkLayout is the picture alone, of a card that fills the screen.
func BenchmarkLayout(b *testing.B) {
	c := fullCard(plugin.French, 16)
	b.ReportAllocs()
	for b.Loop() {
		layoutCard(cardView{card: c}, 80, 22, Look{})
	}
}
