package tui

import "time"

// question asks for a second key, another one than the first, before what must not
// come of a key held down, a scanner or a slip: money settled, the screen left.
type question struct {
	n     int // the action that settles; 0: to leave the screen
	until time.Time
}

func (m *model) ask(n int, now time.Time) {
	m.turn(pageAsk)
	m.asked = &question{n: n, until: now.Add(askWait)}
}

// askKey is a key on a question.
func (m *model) askKey(k key, now time.Time) effect {
	q := m.asked
	switch {
	case k == keyBack:
		m.unask(now)
	case k != keyYes:
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

// askRows is the question: what a yes would mean, and how to say no.
func (m *model) askRows(w, h int, now time.Time) []line {
	ws := wordsOf(m.lang)
	if m.asked == nil {
		return nil
	}
	rows := []line{nil}
	add := func(s string, st style) { rows = append(rows, hang(nil, 2, s, st, w)...) }
	answer := func(k key, name, s string) {
		rows = append(rows, nil, line{{"  ", plain}, {"[" + name + "]", chip.on(k)}, {" " + s, plain.on(k)}})
	}
	if m.asked.n > 0 {
		c := m.open.in(m.lang)
		add(ws.askTrue, plain)
		rows = append(rows, nil)
		add(m.saleLine(c), strong)
		add(m.look.Clean(c.Prompt.Actions[m.asked.n-1].Text), strong)
		answer(keyYes, string(keyYes), ws.askYes)
		answer(keyBack, ws.escKey, ws.askNo)
	} else {
		leave := ws.askLeave
		if m.lesson != nil {
			leave = ws.askLeaveTraining
		}
		add(leave, strong)
		for _, e := range m.pins {
			add(m.openLine(e, now), plain)
		}
		answer(keyYes, string(keyYes), ws.leave)
		answer(keyBack, ws.escKey, ws.stay)
	}
	rows = append(rows, nil)
	add(ws.askEnds+nbsp+seconds(m.asked.until.Sub(now), m.lang), plain)
	return crop(rows[:min(len(rows), h)], w, m.look)
}
