package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// somebodys is a POS's own tview application: a field for the scanner, and the
// guidance beside it.
type somebodys struct {
	*lane
	app      *tview.Application
	field    *tview.InputField
	guidance *Primitive
}

func startSomebodys(t *testing.T) *somebodys {
	l := newLane(t)
	require.NoError(t, l.sim.Init())
	l.sim.SetSize(110, 26)
	s := &somebodys{lane: l, app: tview.NewApplication(), field: tview.NewInputField().SetLabel("Item ")}
	s.guidance = NewPrimitive(s.app, Options{Lane: "04", Engine: bilingual{}, Clock: l.clock, after: l.after})
	s.app.SetScreen(&terminal{Screen: &shownScreen{l.sim, l.shown}}).EnableMouse(true).
		SetRoot(tview.NewFlex().AddItem(s.field, 28, 0, true).AddItem(s.guidance, 0, 1, false), true)
	go func() { l.ended <- s.app.Run() }()
	t.Cleanup(func() { s.guidance.Stop(); <-l.ended; s.guidance.running.Wait() })
	return s
}

func TestInSomebodysApplication(t *testing.T) {
	styles, borders, clicks, wide := tview.Styles, tview.Borders, tview.DoubleClickInterval, uniseg.EastAsianAmbiguousWidth
	s := startSomebodys(t)
	s.until("Ready")
	s.guidance.Show(sampleCard(plugin.English))
	s.until("TRY AGAIN")

	s.sim.InjectKey(tcell.KeyRune, '2', tcell.ModNone)
	s.until("Item 2")
	require.Empty(t, s.guidance.Events(), "keys are the field's while it has the focus")

	s.pass(time.Second)
	s.sim.InjectMouse(60, 10, tcell.Button1, tcell.ModNone) // the first action
	s.sim.InjectMouse(60, 10, tcell.ButtonNone, tcell.ModNone)
	s.until("CHOSEN [1]")
	require.Equal(t, plugin.ActAskAgain, (<-s.guidance.Events()).Action)

	s.guidance.Show(sampleCard(plugin.English))
	s.untilNot("CHOSEN")
	s.sim.InjectKey(tcell.KeyRune, '3', tcell.ModNone)
	s.until("Item 23") // a touch leaves the focus where the scanner needs it
	s.app.QueueUpdateDraw(func() { s.app.SetFocus(s.guidance) })
	s.press(tcell.KeyF9, 0)
	s.until("RÉESSAYER")
	s.press(tcell.KeyRune, '2')
	s.until("CHOISI [2]")
	require.Equal(t, Event{SaleID: "s-4471", Ref: "7F3K", Action: plugin.ActSendCodeSMS, Next: &plugin.Next{Operation: plugin.OpVerify, Format: plugin.MethodSMS}, Locale: plugin.French}, <-s.guidance.Events())

	s.sim.SetSize(70, 16)
	require.NoError(t, s.sim.PostEvent(tcell.NewEventResize(70, 16)))
	small := s.untilSeen(func(p string) bool { return len([]rune(strings.Split(p, "\n")[0])) == 70 && strings.Contains(p, "[1]") })
	require.Contains(t, small, "Item 23", "the POS's own stands beside it")

	require.Equal(t, styles, tview.Styles, "tview's globals are the host's")
	require.Equal(t, borders, tview.Borders)
	require.Equal(t, clicks, tview.DoubleClickInterval)
	require.Equal(t, wide, uniseg.EastAsianAmbiguousWidth)
}

// A bug of ours must not take somebody's application down.
func TestABugOfOursIsNotTheApplications(t *testing.T) {
	s := newShift(t, Options{})
	c := sampleCard(plugin.English)
	c.Decision.Actions = append(c.Decision.Actions, plugin.Action{ID: plugin.ActSettleTaken}) // of which the prompt has no words
	s.shows(c)
	require.NotPanics(t, func() { s.press('4'); s.see(); s.press(keyYes); s.see() })
	require.Contains(t, s.see(), "TRY AGAIN")
}
