package tui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/plugin"
)

const maxWaiting = 5 // cards on the idle screen that wait for a choice, beside the sales to check

// listBox is a list of cards: a tview.Table, which scrolls it and keeps its cursor.
type listBox struct {
	*tview.Table
	m          *model
	head, tail *rowsBox // around it, on the idle screen
	page       *tview.Flex
}

func newListBox(m *model) *listBox {
	table := tview.NewTable().SetSelectable(true, false).SetSelectedStyle(reverse.tcell(m.look.Theme, 0))
	background(table.Box, m.look.Theme)
	return &listBox{Table: table, m: m}
}

// arrange gives the list its place between what stands around it.
func (b *listBox) arrange(w, h int) {
	head, tail := b.m.listHead(w, h), b.m.listTail(w, h)
	list := min(max(len(b.m.listed()), 1), max(h/2, h-12))
	if b.m.page == pageHistory {
		list = h
	}
	for len(head)+len(tail)+list > h && len(head) > 1 { // what is to be checked is the last to go
		head = head[1:]
	}
	tail = tail[:max(0, min(len(tail), h-list-len(head)))]
	b.page.ResizeItem(b.head, len(head), 0).ResizeItem(b.tail, len(tail), 0)
}

func (b *listBox) selected() int {
	row, _ := b.GetSelection()
	return row
}

// Draw implements tview.Primitive.
func (b *listBox) Draw(screen tcell.Screen) {
	_, _, w, _ := b.GetInnerRect()
	listed := b.m.listed()
	at := max(0, min(b.selected(), len(listed)-1))
	b.Clear()
	for i, e := range listed {
		for col, s := range b.m.listCells(e, w, i == at) {
			b.SetCell(i, col, tview.NewTableCell(literal(s, "[::-]")).SetStyle(plain.tcell(b.m.look.Theme, 0)))
		}
	}
	if at != b.selected() {
		b.Select(at, 0)
	}
	b.Table.Draw(screen)
}

// listCells is a card in a list: when, which sale, how much, what state, what
// happened, and its reference.
func (m *model) listCells(e *entry, w int, selected bool) []string {
	c := e.in(m.lang)
	p := spellPrompt(c.Prompt, m.look)
	mark, sale, sum := " ", 12, 11
	if selected {
		mark = ">"
	}
	if w < narrow {
		sale, sum = 8, 0
	}
	out := []string{mark + pad(clock(c.At, c.UTCOffsetMin, m.lang), 7), pad(m.shortName(c, sale), sale)}
	if sum > 0 {
		a := m.look.Clean(cmp.Or(moneyAmount(c), shownAmount(c)))
		out = append(out, pad("", sum-cells(a))+a)
	}
	out = append(out, pad(Sign(c.Decision), 4))
	p.Ref = pad(p.Ref, 4)
	used := len(out) + cells(p.Ref) + 2
	for _, s := range out {
		used += cells(s)
	}
	head := cut(p.Headline, max(0, w-used))
	if len(head) < len(p.Headline) && m.look.Letters == LettersAll {
		head = cut(head, max(0, w-used-1)) + "…"
	}
	out = append(out, pad(head, w-used), p.Ref+" ")
	for i, s := range out {
		out[i] = strings.ReplaceAll(m.look.Clean(s), nbsp, " ")
	}
	return out
}

// listHead is what stands above the list of what is open, on the idle screen.
func (m *model) listHead(w, h int) []line {
	ws := wordsOf(m.lang)
	if m.page == pageHistory {
		if len(m.listed()) == 0 {
			return crop(hang(nil, 1, ws.nothing, plain, w), w, m.look)
		}
		return nil
	}
	rows := []line{nil, {{" " + ws.readyWord, strong}}}
	rows = append(rows, hang(nil, 1, ws.readyText, plain, w)...)
	if n := len(m.pins); n > 0 {
		rows = append(append(rows, nil), hang(nil, 1, ws.toCheck(n)+" "+ws.beforeEnd, strong, w)...)
	} else if len(m.listed()) > 0 {
		rows = append(rows, nil)
	}
	return crop(rows, w, m.look)
}

// listTail is what stands below it: what is wrong with the till, and the shift's figures.
func (m *model) listTail(w, h int) []line {
	ws := wordsOf(m.lang)
	if m.page == pageHistory {
		return nil
	}
	rows := []line{nil}
	for _, warning := range m.warnings {
		rows = append(rows, hang(styled(" [i]", strong), 5, ws.warnings[warning], plain, w)...)
	}
	rows = append(rows, hang(nil, 1, ws.today(m.answers, m.bought, m.stopped), plain, w)...)
	return crop(rows, w, m.look)
}

// listed gives the entries that the page lists: on the idle screen what is
// unsettled, and a card that still waits for a choice; in the history the shift.
func (m *model) listed() []*entry {
	if m.page == pageHistory {
		if m.checking {
			return slices.Clone(m.pins)
		}
		out := slices.Clone(m.entries)
		for _, p := range m.pins { // those that the history has forgotten
			if !slices.Contains(out, p) {
				out = slices.Insert(out, 0, p)
			}
		}
		slices.Reverse(out)
		return out
	}
	out := slices.Clone(m.pins)
	for _, e := range slices.Backward(m.entries) { // the latest first; one that went well is not waited for
		waits := !e.done && e.chosen == 0 && len(e.card.Decision.Actions) > 0 && (e == m.open || e.card.Decision.Family != plugin.FamilyApproved)
		if waits && !slices.Contains(out, e) && len(out) < len(m.pins)+maxWaiting {
			out = append(out, e)
		}
	}
	return out
}

// listKey is a key on the idle screen or in the history.
func (m *model) listKey(k key, now time.Time) {
	switch k {
	case keyHistory:
		m.turn(pageHistory)
	case keyBack:
		m.leave()
	case '2':
		if m.page == pageHistory {
			m.checking, m.turned = !m.checking, true
		}
	case '1', keyEnter:
		if listed := m.listed(); m.selected < len(listed) && now.Sub(m.shownAt) >= armingDelay {
			m.reopen(listed[m.selected], now)
		}
	}
}

// reopen shows a card again: as it was where its actions still count, its
// details where they do not.
func (m *model) reopen(e *entry, now time.Time) {
	if !e.done {
		back := append(m.back, m.page)
		m.present(e, now)
		m.back = back
		return
	}
	m.detail = e
	m.turn(pageDetails)
}
