package tui

import (
	"strconv"
	"time"
)

// question asks for a second key, another one than the first, before what must not
// come of a key held down, a scanner or a slip: money settled, the screen left.
type question struct {
	n     int // the action that settles; 0: to leave the screen
	until time.Time
	read  bool // all of it is in sight
}

func (m *model) ask(n int, now time.Time) {
	m.turn(pageAsk)
	m.asked, m.shownAt = &question{n: n, until: now.Add(askWait)}, now
}

// askKey is a key on a question.
func (m *model) askKey(k key, now time.Time) effect {
	q := m.asked
	switch {
	case k == keyBack:
		m.unask(now)
	case k != keyYes || !q.read || now.Sub(m.shownAt) < armingDelay: // not the same press once more
	case q.n == 0:
		m.unask(now)
		return effect{leave: true}
	case m.supervisor != nil:
		m.unask(now)
		m.turn(pagePIN)
		m.settles = q.n
	default:
		m.unask(now)
		return m.chose(q.n, "", now)
	}
	return effect{}
}

// unask takes a question away. A key that comes too late for it is not one for what is under it.
func (m *model) unask(now time.Time) {
	m.leave()
	m.shownAt = now
}

// askRows is the question: what a yes would mean, and how to say no. Where there is not
// room for all of it the answers stay, and the oldest of what is open.
func (m *model) askRows(w, h int, now time.Time) []line {
	ws := wordsOf(m.lang)
	if m.asked == nil {
		return nil
	}
	var what, open, answers []line
	add := func(s string, st style) { what = append(what, hang(nil, 2, s, st, w)...) }
	answer := func(k key, name, s string) {
		answers = append(answers, line{{"  ", plain}, {"[" + name + "]", chip.on(k)}, {" " + s, plain.on(k)}})
	}
	if n := m.asked.n; n > 0 {
		c := m.open.in(m.lang)
		add(ws.askTrue, plain)
		add(m.saleLine(c), strong)
		add(m.look.Clean(c.Prompt.Actions[n-1].Text), strong)
		answer(keyYes, string(keyYes), ws.askYes)
		answer(keyBack, ws.escKey, ws.askNo)
	} else {
		add(m.askLeaveText(ws), strong)
		for i, e := range m.pins {
			if m.demo != nil { // nobody's
				break
			}
			if i == 5 {
				open = append(open, hang(nil, 2, "+"+strconv.Itoa(len(m.pins)-i), plain, w)...)
				break
			}
			open = append(open, hang(nil, 2, m.openLine(e, now), plain, w)...)
		}
		answer(keyYes, string(keyYes), ws.leave)
		answer(keyBack, ws.escKey, ws.stay)
	}
	ends := hang(nil, 2, ws.askEnds+nbsp+seconds(m.asked.until.Sub(now), m.lang), plain, w)
	room := h - len(answers)
	blank := func() block { return block{rows: []line{nil}, dropAt: 2} }
	rows, fits := fit([]block{blank(), {rows: what}, {rows: open, dropAt: 3}, blank(), {rows: answers[:1]}, blank(), {rows: answers[1:]}, blank(), {rows: ends, dropAt: 1}}, 0, h)
	if !fits { // who cannot read what is asked should not have to say yes to it
		rows = append(what[:max(0, min(len(what), room))], answers[1:]...)
	}
	m.asked.read = fits
	return crop(rows[:min(len(rows), h)], w, m.look)
}

// askLeaveText asks whether to leave a till, a training or a demo.
func (m *model) askLeaveText(ws *words) string {
	switch {
	case m.lesson != nil:
		return ws.askLeaveTraining
	case m.demo != nil:
		return ws.askLeaveDemo
	}
	return ws.askLeave
}
