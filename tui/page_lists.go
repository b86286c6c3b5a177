package tui

import (
	"slices"
	"strconv"
	"time"
)

// idlePage stands between cards: the line, what is to be checked, the day's
// counts. What is to be checked is the last to go.
func (m *model) idlePage(ws *words, w, h int) []line {
	var check, warnings []line
	if n := len(m.pins); n > 0 {
		check = hang(nil, 1, ws.toCheck(n)+" "+ws.beforeEnd, strong, w)
	}
	for _, warning := range m.warnings {
		warnings = append(warnings, hang(styled(" [i]", strong), 5, ws.warnings[warning], plain, w)...)
	}
	body := bodyRoom(h)
	list := m.listRows(ws, m.listed(), w, max(body/2, body-12))
	blank := block{rows: []line{nil}, dropAt: 1}
	rows := fit([]block{
		blank,
		{rows: []line{{{" " + ws.readyWord, strong}}}, dropAt: 3},
		{rows: hang(nil, 1, ws.readyText, plain, w), dropAt: 2},
		blank,
		{rows: check, short: check[:min(1, len(check))], shrinkAt: 5, dropAt: 7},
		{rows: list},
		blank,
		{rows: warnings, short: warnings[:min(1, len(warnings))], shrinkAt: 6, dropAt: 8},
		{rows: hang(nil, 1, ws.today(m.counts), plain, w), dropAt: 4},
	}, 0, body)
	title := []string{"FLEXITI"}
	if m.lane != "" {
		title = append(title, ws.lane+nbsp+m.lane)
	}
	keys := idleKeys
	if len(list) == 0 {
		keys = slices.DeleteFunc(slices.Clone(keys), func(b binding) bool { return b.key == openHint.key })
	}
	if m.leavable {
		keys = append(slices.Clone(keys), leaveHint)
	}
	return m.frame(ws, title, rows, keys, w, h)
}

// historyPage lists the shift, the latest first. It holds no name and no number of a customer.
func (m *model) historyPage(ws *words, w, h int) []line {
	listed := m.listed()
	title := []string{ws.historyTitle, strconv.Itoa(len(listed)) + "/" + strconv.Itoa(len(m.entries))}
	if m.checking {
		title = append(title, ws.filter)
	}
	rows := m.listRows(ws, listed, w, bodyRoom(h))
	if len(listed) == 0 {
		rows = hang(nil, 1, ws.nothing, plain, w)
	}
	return m.frame(ws, title, rows, historyKeys, w, h)
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
	if m.open != nil && !m.open.done && len(m.open.card.Decision.Actions) > 0 && !slices.Contains(out, m.open) {
		out = append(out, m.open)
	}
	return out
}

// listRows draws a list around its cursor.
func (m *model) listRows(ws *words, listed []*entry, w, room int) (rows []line) {
	m.cursor = max(0, min(m.cursor, len(listed)-1))
	first := max(0, min(m.cursor-room/2, len(listed)-room))
	for i := first; i < min(len(listed), first+room); i++ {
		e := listed[i]
		c := e.in(m.lang)
		st, mark := plain, " "
		if i == m.cursor {
			st, mark = reverse, ">"
		}
		at := clock(c.At, c.UTCOffsetMin, m.lang)
		what := sign(c.Decision)
		p := spellPrompt(c.Prompt, m.look)
		tail := "  " + p.Ref + " "
		row := mark + pad(at, 7) + " " + pad(cut(m.look.spell(saleName(c)), 12), 12) + " " + pad(what, 4) + " "
		if w < narrow {
			row = mark + pad(at, 7) + " " + pad(cut(m.look.spell(saleName(c)), 9), 9) + " " + pad(what, 4) + " "
		}
		head := cut(p.Headline, max(0, w-cells(row)-cells(tail)))
		row += pad(head, w-cells(row)-cells(tail)) + tail
		rows = append(rows, styled(cut(row, w), st))
	}
	return rows
}

// listKey is a key on the idle screen or in the history.
func (m *model) listKey(k key, now time.Time) effect {
	listed := m.listed()
	switch k {
	case keyUp:
		m.cursor--
	case keyDown:
		m.cursor++
	case keyPageUp:
		m.cursor -= 8
	case keyPageDown:
		m.cursor += 8
	case keyHome:
		m.cursor = 0
	case keyEnd:
		m.cursor = len(listed)
	case keyHistory:
		m.turn(pageHistory)
	case keyBack:
		m.leave()
	case '2':
		if m.page == pageHistory {
			m.checking, m.cursor = !m.checking, 0
		}
	case '1', keyEnter:
		if m.cursor < len(listed) && now.Sub(m.shownAt) >= armingDelay {
			return m.reopen(listed[m.cursor], now)
		}
	}
	m.cursor = max(0, min(m.cursor, len(m.listed())-1))
	return effect{}
}

// reopen shows a card again: as it was where its actions still count, its
// details where they do not.
func (m *model) reopen(e *entry, now time.Time) effect {
	if !e.done {
		m.present(e, now)
		return effect{}
	}
	m.open = e
	m.turn(pageDetails)
	return effect{}
}
