package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// typed is a key and how long after the one before it comes.
type typed struct {
	key  key
	wait time.Duration
}

// burst is a text typed at one speed.
func burst(text string, gap time.Duration) (out []typed) {
	for i, r := range text {
		if i == 0 {
			out = append(out, typed{key(r), time.Second})
			continue
		}
		out = append(out, typed{key(r), gap})
	}
	return out
}

// held is a key held down: it comes again after a while, and then at a pace.
func held(k key, after, pace time.Duration, times int) []typed {
	out := []typed{{k, time.Second}, {k, after}}
	for range times {
		out = append(out, typed{k, pace})
	}
	return out
}

func TestGuard(t *testing.T) {
	const ms = time.Millisecond
	type test struct {
		name  string
		typed []typed
		want  []key
	}
	tests := []test{
		{"a hand", burst("12\r", 150*ms), []key{'1', '2', keyEnter}},
		{"a barcode, then a hand", append(burst("4711\r", 33*ms), typed{'1', 300 * ms}), []key{'1'}},
		{"too soon after a barcode", append(burst("4711\r", 33*ms), typed{'2', 250 * ms}), nil},
		{"a scanner that waits before its Enter", append(burst("4711", 33*ms), typed{keyEnter, 250 * ms}), nil},
		{"a short barcode", burst("1\r", 60*ms), nil},
		{"a card reader slower than any", burst("%B12?", 200*ms), nil},
		{"a track that never ends", append(burst("%B12", 4*ms), typed{'1', time.Second}), []key{'1'}},
		{"a question mark by hand", burst("?1", 150*ms), []key{'?', '1'}},
		{"an arrow held down", []typed{{keyDown, time.Second}, {keyDown, 30 * ms}}, []key{keyDown, keyDown}},
		{"held, as X does by itself", held('1', 660*ms, 40*ms, 180), []key{'1'}},
		{"held, as Windows does", held('1', 500*ms, 33*ms, 240), []key{'1'}},
		{"held, as Windows does at its slowest", held('1', 1000*ms, 500*ms, 8), []key{'1', '1'}},
		{"held, after a long delay", held('1', 1000*ms, 33*ms, 100), []key{'1'}},
		{"held, as the Linux console does", held('1', 250*ms, 92*ms, 80), []key{'1'}},
		{"Esc held down", held(keyBack, 500*ms, 33*ms, 100), []key{keyBack}},
		{"let go, and pressed again", append(held('1', 500*ms, 33*ms, 20), typed{'1', 800 * ms}), []key{'1', '1'}},
		{"another key once the first is let go", append(held('1', 500*ms, 33*ms, 20), typed{'2', 350 * ms}), []key{'1', '2'}},
		{"a nervous double press", []typed{{'1', time.Second}, {'1', 200 * ms}}, []key{'1'}},
	}
	for _, gap := range []time.Duration{5 * ms, 20 * ms, 33 * ms, 60 * ms, 90 * ms} {
		for _, code := range []string{"4006381333931", "2200123456789", "1111", "22", "15", "55555", "%B0000^A/B^0000?;0000=0000?"} {
			for _, end := range []string{"\r", string(rune(keyOther)), ""} {
				tests = append(tests, test{"a machine at " + gap.String() + ": " + code + end, burst(code+end, gap), nil})
			}
		}
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var g guard
			var got []key
			now := time.Unix(1000, 0)
			for _, p := range test.typed {
				now = now.Add(p.wait)
				got = append(got, g.press(p.key, now)...)
			}
			if k, ok := g.due(now.Add(typedGap)); ok {
				got = append(got, k)
			}
			require.Equal(t, test.want, got)
		})
	}
}

func TestOneDigitCountsAfterABlink(t *testing.T) {
	var g guard
	now := time.Unix(1000, 0)
	require.Empty(t, g.press('1', now))
	require.LessOrEqual(t, g.until().Sub(now), 150*time.Millisecond)
	k, ok := g.due(g.until())
	require.True(t, ok)
	require.Equal(t, key('1'), k)
}

func TestPastedTextIsNoKeys(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	s.now = s.now.Add(time.Second)
	s.PasteHandler()("1\n2", func(tview.Primitive) {})
	s.after(time.Second)
	require.Empty(t, s.Events())
}

// Complaint: a fast second tap is lost as a double click, or a tap that drifts as no click.
func TestTouchActsWhenTheFingerComesDown(t *testing.T) {
	s := newShift(t, Options{})
	tap := func(x, y int, after time.Duration) (chosen plugin.ActionID) {
		s.shows(sampleCard(plugin.English))
		s.m.shownAt = time.Time{}
		s.see()
		s.now = s.now.Add(after)
		for _, action := range []tview.MouseAction{tview.MouseLeftDown, tview.MouseLeftUp, tview.MouseLeftClick} {
			s.MouseHandler()(action, tcell.NewEventMouse(x, y, tcell.Button1, 0), func(tview.Primitive) {})
		}
		select {
		case e := <-s.events:
			return e.Action
		default:
			return ""
		}
	}
	rows := strings.Split(func() string { s.shows(sampleCard(plugin.English)); return s.see() }(), "\n")
	row := func(text string) int {
		return slices.IndexFunc(rows, func(r string) bool { return strings.Contains(r, text) })
	}
	require.Equal(t, plugin.ActAskAgain, tap(6, row("[1]"), time.Second))
	require.Equal(t, plugin.ActSendCodeSMS, tap(70, row("[2]"), 100*time.Millisecond), "another target at once, and anywhere on its row")
	require.Empty(t, tap(6, row("[2]"), 100*time.Millisecond), "the same target bounces")
	require.Equal(t, plugin.ActSendCodeSMS, tap(6, row("[2]"), time.Second))
	require.Empty(t, tap(1, 23, time.Second))
	require.Equal(t, pageHelp, s.m.page, "a hint is a target")
	require.Empty(t, tap(10, 3, time.Second))
}

func TestTouchLanesHaveLargerTargetsWhereThereIsRoom(t *testing.T) {
	card := sampleCard(plugin.English)
	card.Prompt.IfAsked = ""
	rows := layoutCard(cardView{card: card, touch: true}, 80, 24, Look{}).rows
	first := slices.IndexFunc(rows, func(l line) bool { return strings.Contains(l.String(), "[1]") })
	require.Equal(t, key('1'), touched(rows, 40, first))
	require.Equal(t, key('1'), touched(rows, 40, first+1), "the row below it is its own")
	require.Equal(t, key('2'), touched(rows, 40, first+2))
	full := fullCard(plugin.English, 0)
	require.Equal(t, layoutCard(cardView{card: full}, 80, 22, Look{}), layoutCard(cardView{card: full, touch: true}, 80, 22, Look{}))
}
