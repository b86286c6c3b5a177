package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"github.com/tillwise/tillwise/host"
)

// shift is a primitive without an application, and its clock: no goroutines, no waiting.
type shift struct {
	*Primitive
	now time.Time
}

func newShift(t testing.TB, o Options) *shift {
	s := &shift{now: time.Date(2026, 11, 23, 19, 32, 0, 0, time.UTC)}
	o.Clock = func() time.Time { return s.now }
	s.Primitive = NewPrimitive(nil, o)
	s.m.leavable = true
	t.Cleanup(s.Close)
	return s
}

func (s *shift) shows(c host.Card)     { s.Show(c); s.catchUp() }
func (s *shift) after(d time.Duration) { s.now = s.now.Add(d); s.catchUp() }
func (s *shift) see() string           { return s.seeAt(80, 24) }
func (s *shift) seeAt(w, h int) string { return drawing(s, w, h) }

// press presses a key as a hand does, well after the last, and gives what was chosen.
func (s *shift) press(k key) *Event {
	s.now = s.now.Add(time.Second)
	return s.hit(k)
}

// hit presses a key now.
func (s *shift) hit(k key) *Event {
	if s.m.page == pageAsk { // a question is answered by who has seen it
		s.see()
	}
	if k.moves() {
		for name, at := range special {
			if at == k {
				s.event(tcell.NewEventKey(name, 0, tcell.ModNone))
			}
		}
		return nil
	}
	s.Primitive.press(k)
	s.update()
	select {
	case e := <-s.events:
		return &e
	default:
		return nil
	}
}

// event has the terminal send a key.
func (s *shift) event(ev *tcell.EventKey) { s.InputHandler()(ev, nil) }

// types types on the page that asks for a PIN.
func (s *shift) types(text string) *Event {
	for _, r := range text {
		s.now = s.now.Add(time.Second)
		k := tcell.KeyRune
		if r == '\r' {
			k = tcell.KeyEnter
		}
		s.event(tcell.NewEventKey(k, r, tcell.ModNone))
	}
	select {
	case e := <-s.events:
		return &e
	default:
		return nil
	}
}

// lines are the rows of a picture.
func lines(picture string) []string { return strings.Split(strings.TrimRight(picture, "\n"), "\n") }

// rowsText is what can be read of rows.
func rowsText(rows []line) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}
