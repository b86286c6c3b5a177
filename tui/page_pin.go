package tui

import (
	"strings"
	"time"
)

// maxPIN is how many digits a PIN may have.
const maxPIN = 12

// pinKey is a key on the page that asks for a supervisor's PIN.
func (m *model) pinKey(k key, now time.Time) effect {
	switch {
	case k >= '0' && k <= '9' && len(m.pin) < maxPIN:
		m.pin += string(rune(k))
	case k == keyBack:
		m.leave()
	case k == keyEnter && m.pin != "":
		who, err := m.supervisor(m.pin)
		if m.pin = ""; err != nil {
			m.pinNote = wordsOf(m.lang).pinWrong
			return effect{}
		}
		n := m.settles
		m.leave()
		return m.chose(n, who, now)
	}
	return effect{}
}

// pinPage asks for a supervisor's PIN, and shows none of it.
func (m *model) pinPage(ws *words, w, h int) []line {
	c := m.open.in(m.lang)
	rows := []line{nil, styled(" "+m.look.spell(c.Prompt.Actions[m.settles-1].Text), strong), nil}
	rows = append(rows, hang(nil, 1, ws.pinAsk, plain, w)...)
	rows = append(rows, nil, styled(" > "+strings.Repeat("*", len(m.pin)), strong), nil)
	if m.pinNote != "" {
		rows = append(rows, hang(nil, 1, m.pinNote, strong, w)...)
	}
	return m.frame(ws, []string{ws.doing(c.Decision) + nbsp + m.look.spell(saleName(c))}, rows, []binding{hintOf(keyBack)}, w, h)
}
