package tui

import (
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"github.com/tillwise/tillwise/plugin"
)

func simulated(b *testing.B) tcell.SimulationScreen {
	sim := tcell.NewSimulationScreen("UTF-8")
	if err := sim.Init(); err != nil {
		b.Fatal(err)
	}
	sim.SetSize(80, 24)
	b.Cleanup(sim.Fini)
	return sim
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
	s := New(Options{screen: func() (tcell.Screen, error) { return &tellingScreen{simulated(b), shown}, nil }})
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
	shown chan string
}

func (s *tellingScreen) Show() { s.SimulationScreen.Show(); s.shown <- "" }

func (s *tellingScreen) Fini() {} // the benchmark's

// BenchmarkLayout is the picture alone, of a card that fills the screen.
func BenchmarkLayout(b *testing.B) {
	c := fullCard(plugin.French, 16)
	b.ReportAllocs()
	for b.Loop() {
		layoutCard(cardView{card: c}, 80, 22, Look{})
	}
}
