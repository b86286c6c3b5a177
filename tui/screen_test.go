package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lane is a screen that runs on a simulated terminal with a clock of its own.
type lane struct {
	*Screen
	t     *testing.T
	sim   tcell.SimulationScreen
	mu    sync.Mutex
	now   time.Time
	timer chan time.Time
	shown chan string // every picture
	ended chan error
	last  string
}

// shownScreen tells of every picture that a terminal shows.
type shownScreen struct {
	tcell.SimulationScreen
	shown chan string
}

func (s *shownScreen) Show() {
	s.SimulationScreen.Show()
	s.shown <- contents(s.SimulationScreen)
}

func contents(sim tcell.SimulationScreen) string {
	cellsOf, w, _ := sim.GetContents()
	var b strings.Builder
	for i, c := range cellsOf {
		if i > 0 && i%w == 0 {
			b.WriteByte('\n')
		}
		b.WriteString(string(c.Runes))
	}
	return b.String()
}

func newLane(t *testing.T) *lane {
	return &lane{t: t, now: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC), timer: make(chan time.Time), shown: make(chan string, 1000), ended: make(chan error, 1),
		sim: tcell.NewSimulationScreen("UTF-8")}
}

func (l *lane) clock() time.Time { l.mu.Lock(); defer l.mu.Unlock(); return l.now }

// after lets the blink go by that a key waits for, and no longer time.
func (l *lane) after(d time.Duration) <-chan time.Time {
	if d > typedGap {
		return nil
	}
	return l.timer
}

func startLane(t *testing.T, o Options) *lane {
	l := newLane(t)
	o.Clock, o.after, o.Out = l.clock, l.after, io.Discard
	if o.screen == nil {
		o.screen = func() (tcell.Screen, error) {
			if err := l.sim.Init(); err != nil {
				return nil, err
			}
			l.sim.SetSize(80, 24)
			return &shownScreen{l.sim, l.shown}, nil
		}
	}
	l.Screen = New(o)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { l.ended <- l.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-l.ended })
	return l
}

// until waits for a picture with a text in it.
func (l *lane) until(want string) string {
	l.t.Helper()
	return l.untilSeen(func(s string) bool { return strings.Contains(s, want) }, want)
}

func (l *lane) untilNot(text string) string {
	l.t.Helper()
	return l.untilSeen(func(s string) bool { return !strings.Contains(s, text) }, "without "+text)
}

func (l *lane) untilSeen(ok func(string) bool, what ...string) string {
	l.t.Helper()
	if l.last != "" && ok(l.last) {
		return l.last
	}
	given := time.After(10 * time.Second)
	for {
		select {
		case l.last = <-l.shown:
			if ok(l.last) {
				return l.last
			}
		case l.timer <- time.Time{}: // the guard lets a key go
			l.pass(typedGap)
		case <-given:
			require.FailNow(l.t, "never shown", "%q\nlast picture:\n%s", what, l.last)
		}
	}
}

func (l *lane) pass(d time.Duration) {
	l.mu.Lock()
	l.now = l.now.Add(d)
	l.mu.Unlock()
}

// press types a key as a hand does; it counts while a picture is waited for.
func (l *lane) press(k tcell.Key, r rune) {
	l.t.Helper()
	l.pass(time.Second)
	for len(l.shown) > 0 {
		<-l.shown
	}
	l.last = ""
	l.sim.InjectKey(k, r, tcell.ModNone)
}

// bilingual is an engine that knows the samples in both languages.
type bilingual struct{}

func (bilingual) Answer(_ context.Context, ev host.Event) (host.Answer, error) {
	if ev.Decision == nil || ev.Ref == "" {
		return host.Answer{}, errors.New("not an event to render again")
	}
	for _, c := range []func(plugin.Lang) host.Card{sampleCard, checkCard, doneCard, waitCard} {
		if p := c(plugin.LangOf(ev.Locale)).Prompt; p.Ref == ev.Ref {
			return host.Answer{Prompt: p, Decision: *ev.Decision, Sale: ev.Sale}, nil
		}
	}
	return host.Answer{}, errors.New("not a sample")
}

func TestScreenShowsACardAndTellsWhatWasChosen(t *testing.T) {
	l := startLane(t, Options{Lane: "04", Engine: bilingual{}})
	l.until("Ready")
	c := sampleCard(plugin.English)
	l.Show(c)
	l.until("TRY AGAIN")
	l.press(tcell.KeyRune, '2')
	l.until("CHOSEN [2]")
	require.Equal(t, Event{SaleID: "s-4471", Ref: "7F3K", Action: plugin.ActSendCodeSMS, Next: &plugin.Next{Operation: plugin.OpVerify, Format: plugin.MethodSMS}, Locale: plugin.English}, <-l.Events())
	l.Close()
}

func TestScreenChangesLanguageOfTheCard(t *testing.T) {
	l := startLane(t, Options{Engine: bilingual{}})
	l.Show(sampleCard(plugin.English))
	l.until("TRY AGAIN")
	l.press(tcell.KeyF9, 0)
	l.until("RÉESSAYER")
	require.Equal(t, plugin.French, l.Lang())
	l.Show(checkCard(plugin.English))
	l.until("VÉRIFIER LA VENTE")
	l.press(tcell.KeyRune, '9')
	l.until("CHECK THE SALE")
}

func TestScreenKeepsTheCardWhenItsWordsAreNotToBeHad(t *testing.T) {
	l := startLane(t, Options{})
	l.Show(sampleCard(plugin.English))
	l.until("TRY AGAIN")
	l.press(tcell.KeyRune, '9')
	l.until("TRY AGAIN")
	l.press(tcell.KeyEscape, 0)
	l.until("Prêt")
}

func TestScreenDropsAScannersBurst(t *testing.T) {
	l := startLane(t, Options{})
	l.Show(sampleCard(plugin.English))
	l.until("TRY AGAIN")
	l.pass(time.Second)
	for _, r := range "1234" {
		l.sim.InjectKey(tcell.KeyRune, r, tcell.ModNone)
		<-l.shown
		l.pass(33 * time.Millisecond)
	}
	l.sim.InjectKey(tcell.KeyEnter, 0, tcell.ModNone)
	<-l.shown
	l.press(tcell.KeyRune, '6')
	l.until("DETAILS")
	require.Empty(t, l.Events())
}

func TestScreenGivesTheTerminalBack(t *testing.T) {
	t.Run("when closed", func(t *testing.T) {
		l := startLane(t, Options{})
		l.until("Ready")
		l.Close()
		require.NoError(t, <-l.ended)
		l.ended <- nil
	})
	t.Run("when the context ends, as on SIGTERM", func(t *testing.T) {
		sim := tcell.NewSimulationScreen("UTF-8")
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		s := New(Options{screen: func() (tcell.Screen, error) { return sim, sim.Init() }})
		require.NoError(t, s.Run(ctx))
	})
	t.Run("when the terminal closes under it", func(t *testing.T) {
		l := startLane(t, Options{})
		l.until("Ready")
		require.NoError(t, l.sim.PostEvent(tcell.NewEventError(io.EOF)))
		require.ErrorIs(t, <-l.ended, ErrTerminalGone)
		l.ended <- nil
	})
}

func TestCtrlCAsksBeforeItLeaves(t *testing.T) {
	l := startLane(t, Options{})
	require.Contains(t, l.until("Ready"), "q Leave")
	l.press(tcell.KeyCtrlC, 0)
	l.until("Leave this screen?")
	l.press(tcell.KeyRune, '5')
	for {
		select {
		case l.timer <- time.Time{}:
			l.pass(typedGap)
		case <-l.shown:
		case err := <-l.ended:
			require.NoError(t, err)
			l.ended <- nil
			return
		}
	}
}

// finished tells when a terminal is given back.
type finished struct {
	tcell.SimulationScreen
	done chan struct{}
	once sync.Once
}

func (f *finished) Fini() { f.once.Do(func() { f.SimulationScreen.Fini(); close(f.done) }) }

func TestAPanicElsewhereGivesTheTerminalBack(t *testing.T) {
	term := &finished{SimulationScreen: tcell.NewSimulationScreen("UTF-8"), done: make(chan struct{})}
	opened := make(chan struct{})
	s := New(Options{screen: func() (tcell.Screen, error) { defer close(opened); return term, term.Init() }})
	require.NotPanics(t, func() { defer s.Rescue() }, "nothing to rescue")
	ended := make(chan error)
	go func() { ended <- s.Run(context.Background()) }()
	<-opened
	s.Show(sampleCard(plugin.English))
	require.PanicsWithValue(t, "a bug of the host's", func() {
		defer s.Rescue()
		for s.mailed() { // until the screen runs
			runtime.Gosched()
		}
		panic("a bug of the host's")
	})
	<-term.done
	<-ended
}

func (s *Screen) mailed() bool {
	s.p.mail.mu.Lock()
	defer s.p.mail.mu.Unlock()
	return len(s.p.mail.cards) > 0
}

// brittle is a terminal that fails to draw a card.
type brittle struct {
	tcell.SimulationScreen
	finished bool
}

func (b *brittle) Size() (int, int) { panic("no size") }
func (b *brittle) Fini()            { b.finished = true; b.SimulationScreen.Fini() }

func TestScreenFallsBackToPlainTextAndSaysWhy(t *testing.T) {
	tests := []struct {
		name   string
		screen func() (tcell.Screen, error)
		plain  string
		want   string
	}{
		{name: "no terminal", screen: func() (tcell.Screen, error) { return nil, errNoTerminal }, want: "there is no terminal"},
		{name: "asked for", plain: "--plain", want: "--plain"},
		{name: "a panic while drawing", screen: func() (tcell.Screen, error) {
			sim := tcell.NewSimulationScreen("UTF-8")
			return &brittle{SimulationScreen: sim}, sim.Init()
		}, want: "drawing failed (no size)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in, typing := io.Pipe()
			out := &heard{heard: make(chan string, 100)}
			s := New(Options{Plain: test.plain, screen: test.screen, In: in, Out: out})
			s.Show(sampleCard(plugin.English))
			ended := make(chan error)
			go func() { ended <- s.Run(context.Background()) }()
			require.Equal(t, fmt.Sprintf("Flexiti guidance in plain text: %s.\n", test.want), <-out.heard)
			require.Contains(t, <-out.heard, "[1] Let the customer type the answer again, in private\n")
			_, err := typing.Write([]byte("2\n"))
			require.NoError(t, err)
			require.Equal(t, plugin.ActSendCodeSMS, (<-s.Events()).Action)
			s.Close()
			require.NoError(t, <-ended)
			require.NoError(t, typing.Close())
		})
	}
}

// heard passes on what is written.
type heard struct{ heard chan string }

func (h *heard) Write(p []byte) (int, error) { h.heard <- string(p); return len(p), nil }

func TestShowAndCloseAtAnyTime(t *testing.T) {
	s := New(Options{})
	s.Close()
	s.Close()
	s.Show(sampleCard(plugin.English)) // returns
	require.NoError(t, s.Run(context.Background()))
	s.Show(sampleCard(plugin.English))
	require.Empty(t, s.p.mail.cards)
}

func TestTenThousandShowAndClose(t *testing.T) {
	c := sampleCard(plugin.English)
	for i := range 10_000 {
		sim, drawn := tcell.NewSimulationScreen("UTF-8"), make(chan string, 8)
		s := New(Options{screen: func() (tcell.Screen, error) { return &shownScreen{sim, drawn}, sim.Init() }})
		ended := make(chan error, 1)
		go func() { ended <- s.Run(context.Background()) }()
		s.Show(c)
		if i%2 == 0 {
			go s.Show(c)
		}
		if i%10 == 0 { // the others are closed before anything is drawn
			<-drawn
		}
		s.Close()
		require.NoError(t, <-ended)
		s.Show(c)
	}
}

func TestAFloodOfCardsKeepsEveryDoubt(t *testing.T) {
	s := New(Options{})
	doubt := checkCard(plugin.English)
	s.Show(doubt)
	for i := range 10 * mailLimit {
		c := doneCard(plugin.English)
		c.SaleID = fmt.Sprint(i)
		s.Show(c)
	}
	require.Len(t, s.p.mail.cards, mailLimit)
	require.Equal(t, doubt.SaleID, s.p.mail.cards[0].SaleID)
	settled := doubt
	settled.Decision.Doubt = false
	s.Show(settled)
	require.NotEqual(t, doubt.SaleID, s.p.mail.cards[0].SaleID, "the last word on a sale is enough")
}
