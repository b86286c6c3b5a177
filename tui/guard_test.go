package tui

import (
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

func TestGuard(t *testing.T) {
	const hand, machine = 150 * time.Millisecond, 4 * time.Millisecond
	type press struct {
		key  key
		wait time.Duration // before it
	}
	typed := func(s string, wait time.Duration) (out []press) {
		for i, r := range s {
			if i == 0 {
				out = append(out, press{key(r), hand})
				continue
			}
			out = append(out, press{key(r), wait})
		}
		return out
	}
	tests := []struct {
		name  string
		typed []press
		want  []key
	}{
		{"a hand", typed("12\r", hand), []key{'1', '2', keyEnter}},
		{"a fast hand", typed("12", 35*time.Millisecond), []key{'1', '2'}},
		{"a barcode", typed("123456789012\r", machine), nil},
		{"a barcode, then a hand", append(typed("4711\r", machine), press{'1', hand}), []key{'1'}},
		{"a short barcode", typed("1\r", machine), nil},
		{"a card's tracks", typed("%B0000^A/B^0000?;0000=0000?\r", machine), nil},
		{"a slow card reader", typed("%B12?", 60*time.Millisecond), nil},
		{"a track that never ends", append(typed("%B12", machine), press{'1', time.Second}), []key{'1'}},
		{"a question mark by hand", typed("?1", hand), []key{'?', '1'}},
		{"an arrow held down", []press{{keyDown, hand}, {keyDown, 20 * time.Millisecond}}, []key{keyDown, keyDown}},
		{"Esc is no machine's", []press{{keyBack, hand}, {keyBack, hand}}, []key{keyBack, keyBack}},
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
			if k, ok := g.due(now.Add(hand)); ok {
				got = append(got, k)
			}
			require.Equal(t, test.want, got)
		})
	}
}

func TestPastedTextIsNoKeys(t *testing.T) {
	var in input
	now := time.Unix(1000, 0)
	require.Empty(t, in.take(tcell.NewEventPaste(true), nil, now))
	require.Empty(t, in.take(tcell.NewEventKey(tcell.KeyEscape, 0, 0), nil, now))
	require.Empty(t, in.take(tcell.NewEventPaste(false), nil, now))
	require.Equal(t, []key{keyBack}, in.take(tcell.NewEventKey(tcell.KeyEscape, 0, 0), nil, now.Add(time.Second)))
}

// Complaint: a fast second tap is lost as a double click, or a tap that drifts as no click.
func TestTouchActsWhenTheFingerComesDown(t *testing.T) {
	rows := layoutCard(cardView{card: sampleCard(plugin.English)}, 80, 24, Look{})
	var in input
	now := time.Unix(1000, 0)
	tap := func(x, y int, after time.Duration) []key {
		now = now.Add(after)
		down := in.take(tcell.NewEventMouse(x, y, tcell.Button1, 0), rows, now)
		require.Empty(t, in.take(tcell.NewEventMouse(x+1, y, tcell.Button1, 0), rows, now), "drifting is not a second press")
		require.Empty(t, in.take(tcell.NewEventMouse(x+1, y, tcell.ButtonNone, 0), rows, now))
		return down
	}
	require.Equal(t, []key{'1'}, tap(6, 9, time.Second))
	require.Equal(t, []key{'2'}, tap(70, 10, 100*time.Millisecond), "another target at once, and anywhere on its row")
	require.Empty(t, tap(6, 10, 100*time.Millisecond), "the same target bounces")
	require.Equal(t, []key{'2'}, tap(6, 10, time.Second))
	require.Equal(t, []key{keyHelp}, tap(1, 23, time.Second))
	require.Equal(t, []key{keyDetails}, tap(12, 23, time.Second))
	require.Empty(t, tap(79, 23, time.Second), "between hints there is nothing")
	require.Empty(t, tap(10, 3, time.Second))
	require.Empty(t, tap(10, 99, time.Second))
}

func TestTouchLanesHaveLargerTargetsWhereThereIsRoom(t *testing.T) {
	card := sampleCard(plugin.English)
	rows := layoutCard(cardView{card: card, touch: true}, 80, 24, Look{})
	require.Len(t, rows, 24)
	require.Equal(t, key('1'), touched(rows, 40, 9))
	require.Equal(t, key('1'), touched(rows, 40, 10), "the row below it is its own")
	require.Equal(t, key('2'), touched(rows, 40, 11))
	full := fullCard(plugin.English, 0)
	require.Equal(t, layoutCard(cardView{card: full}, 80, 24, Look{}), layoutCard(cardView{card: full, touch: true}, 80, 24, Look{}))
}
