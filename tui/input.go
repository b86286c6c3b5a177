package tui

import (
	"time"

	"github.com/gdamore/tcell/v2"
)

const touchGap = 300 * time.Millisecond // between two presses on the same target

// input turns a terminal's events into keys.
type input struct {
	guard   guard
	pasting bool
	button  bool // held down
	tapped  time.Time
	target  key
}

// take gives the keys of an event: at most two. Rows is the picture that was touched.
func (in *input) take(ev tcell.Event, rows []line, now time.Time) []key {
	switch ev := ev.(type) {
	case *tcell.EventPaste:
		in.pasting = ev.Start()
	case *tcell.EventKey:
		if !in.pasting {
			return in.guard.press(normal(ev), now)
		}
	case *tcell.EventMouse:
		return in.touch(ev, rows, now)
	}
	return nil
}

// touch acts when a finger comes down, not when it goes: what is pressed then is
// what was seen. Terminals lose taps that drift or come fast as clicks.
func (in *input) touch(ev *tcell.EventMouse, rows []line, now time.Time) []key {
	down := ev.Buttons()&tcell.Button1 != 0
	fresh := down && !in.button
	in.button = down
	if !fresh {
		return nil
	}
	x, y := ev.Position()
	k := touched(rows, x, y)
	if k == keyNone || k == in.target && now.Sub(in.tapped) < touchGap {
		return nil
	}
	in.target, in.tapped = k, now
	return []key{k}
}
