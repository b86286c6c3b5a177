package tui

import (
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// drawPrimitive draws a primitive without an application: no goroutines, no waiting.
func drawPrimitive(t *testing.T, p tview.Primitive) string {
	sim := tcell.NewSimulationScreen("UTF-8")
	require.NoError(t, sim.Init())
	defer sim.Fini()
	sim.SetSize(84, 26)
	p.SetRect(2, 1, 80, 24)
	p.Draw(sim)
	sim.Show()
	return contents(sim)
}

func TestPrimitiveInAHostsApplication(t *testing.T) {
	styles, borders, clicks, wide := tview.Styles, tview.Borders, tview.DoubleClickInterval, uniseg.EastAsianAmbiguousWidth
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	var chosen []Event
	p := NewPrimitive(Options{Lane: "04", Engine: bilingual{}, clock: func() time.Time { return now }}, func(e Event) { chosen = append(chosen, e) })
	press := func(k tcell.Key, r rune) {
		now = now.Add(time.Second)
		p.InputHandler()(tcell.NewEventKey(k, r, tcell.ModNone), func(tview.Primitive) {})
	}
	require.Contains(t, drawPrimitive(t, p), "Ready")
	p.Show(sampleCard(plugin.English))
	require.Contains(t, drawPrimitive(t, p), "TRY AGAIN")
	press(tcell.KeyF9, 0)
	require.Contains(t, drawPrimitive(t, p), "RÉESSAYER")
	press(tcell.KeyF3, 0)
	require.Equal(t, []Event{{SaleID: "s-4471", Ref: "7F3K", Action: plugin.ActSendCodeSMS, Next: &plugin.Next{Operation: plugin.OpVerify, Format: plugin.MethodSMS}, Locale: plugin.French}}, chosen)

	p.Show(waitCard(plugin.French))
	now = now.Add(65 * time.Second)
	require.True(t, p.Tick())
	require.Contains(t, drawPrimitive(t, p), "1 min 05")

	took, _ := p.MouseHandler()(tview.MouseLeftDown, tcell.NewEventMouse(10, 10, tcell.Button1, 0), func(tview.Primitive) {})
	require.True(t, took)
	require.Equal(t, plugin.ActKeepWaiting, chosen[1].Action)
	took, _ = p.MouseHandler()(tview.MouseLeftDown, tcell.NewEventMouse(0, 0, tcell.Button1, 0), func(tview.Primitive) {})
	require.False(t, took, "outside it is not ours")

	require.Equal(t, styles, tview.Styles, "tview's globals are the host's")
	require.Equal(t, borders, tview.Borders)
	require.Equal(t, clicks, tview.DoubleClickInterval)
	require.Equal(t, wide, uniseg.EastAsianAmbiguousWidth)
}
