package tui

import (
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

const (
	maxPIN    = 12                     // digits
	handEnter = 100 * time.Millisecond // after the last digit a hand needs longer for Enter
)

// pinBox asks for a supervisor's PIN, and shows none of it: a tview.InputField
// below what it is for.
type pinBox struct {
	*tview.Flex
	p     *Primitive
	head  *rowsBox
	field *tview.InputField
	typed time.Time // the last key
}

func newPINBox(p *Primitive) *pinBox {
	theme := p.m.look.Theme
	b := &pinBox{Flex: tview.NewFlex().SetDirection(tview.FlexRow), p: p}
	b.field = tview.NewInputField().SetLabel(" > ").SetMaskCharacter('*').
		SetLabelStyle(strong.tcell(theme, 0)).SetFieldStyle(strong.tcell(theme, 0)).
		SetAcceptanceFunc(func(text string, last rune) bool { return last >= '0' && last <= '9' && len(text) <= maxPIN })
	head := newRowsBox(theme, func(w, _ int) []line { return p.m.pinRows(w) }, func(key) {})
	note := newRowsBox(theme, func(w, _ int) []line { return p.m.pinNote(w) }, func(key) {})
	b.AddItem(head, 0, 0, false).AddItem(b.field, 1, 0, true).AddItem(note, 0, 1, false)
	b.head = head
	background(b.field.Box, theme)
	return b
}

// Draw implements tview.Primitive.
func (b *pinBox) Draw(screen tcell.Screen) {
	_, _, w, h := b.GetInnerRect()
	b.ResizeItem(b.head, min(len(b.p.m.pinRows(w))+1, max(h-1, 0)), 0)
	b.Flex.Draw(screen)
}

func (b *pinBox) clear() { b.field.SetText("") }

// take takes a key. A scanner's digits are no PIN: its Enter comes at once after them.
func (b *pinBox) take(ev *tcell.EventKey, focus func(tview.Primitive), now time.Time) {
	k := normal(ev)
	hasty := now.Sub(b.typed) < handEnter
	b.typed = now
	switch k {
	case keyBack:
		if b.field.GetText() != "" && ev.Key() != tcell.KeyEscape {
			b.clear()
			return
		}
		b.p.m.leave()
	case keyEnter:
		pin := b.field.GetText()
		b.clear()
		if pin == "" || hasty {
			return
		}
		b.p.follow(b.p.m.pinned(pin, now))
	default:
		if ev.Key() == tcell.KeyRune { // and nothing that brings back what was typed before
			b.field.InputHandler()(ev, focus)
		}
		return
	}
	b.p.update()
}

// pinned takes a supervisor's PIN, for the action that waits for one.
func (m *model) pinned(pin string, now time.Time) effect {
	who, err := m.supervisor(pin)
	if m.pinWrong = err != nil; m.pinWrong {
		return effect{}
	}
	n := m.settles
	m.leave()
	return m.chose(n, who, now)
}

func (m *model) pinRows(w int) []line {
	c := m.open.in(m.lang)
	rows := []line{nil}
	rows = append(rows, hang(nil, 1, m.look.Clean(c.Prompt.Actions[m.settles-1].Text), strong, w)...)
	return crop(append(append(rows, nil), hang(nil, 1, wordsOf(m.lang).pinAsk, plain, w)...), w, m.look)
}

func (m *model) pinNote(w int) []line {
	if !m.pinWrong {
		return nil
	}
	return crop(append([]line{nil}, hang(nil, 1, wordsOf(m.lang).pinWrong, strong, w)...), w, m.look)
}
