package tui

import (
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// cardKey is a key on a card.
func (m *model) cardKey(k key, now time.Time) effect {
	actions := m.actions()
	armed := now.Sub(m.shownAt) >= armingDelay
	switch {
	case k == keyDetails:
		m.detail = m.open
		m.turn(pageDetails)
	case k == keyHistory:
		m.turn(pageHistory)
	case k.moves():
		m.scroll(k)
	case !armed:
	case k == keyBack:
		m.leave()
	case k == keyEnter && len(actions) == 0:
		m.leave()
	case k == keyEnter:
		if moves(actions[0]) {
			m.note = noteDigit
			return effect{}
		}
		return m.choose(1, now)
	case k >= '1' && k <= '4' && int(k-'0') <= len(actions):
		return m.choose(int(k-'0'), now)
	}
	return effect{}
}

// actions are those of the open card that it has words for, too.
func (m *model) actions() []plugin.Action {
	c := m.open.card
	return c.Decision.Actions[:min(len(c.Decision.Actions), len(c.Prompt.Actions))]
}

// scroll moves a card that is too long for its place. The card knows where it ends.
func (m *model) scroll(k key) {
	step := map[key]int{keyUp: -1, keyDown: 1, keyPageUp: -5, keyPageDown: 5, keyHome: -1 << 20, keyEnd: 1 << 20}[k]
	m.top = max(0, m.top+step)
}

func (m *model) choose(n int, now time.Time) effect {
	if m.open.chosen > 0 || m.open.done {
		return effect{}
	}
	if m.card.unseen[key('0'+n)] {
		m.note = noteBelow
		return effect{}
	}
	if n == 1 && closes(m.open.card.Decision) {
		m.open.done = true
		m.leave()
		return effect{}
	}
	if n == 1 && m.pause(now) > 0 {
		m.note = noteDigit
		return effect{}
	}
	if m.open.card.Decision.Actions[n-1].ID.Settles() {
		m.ask(n, now)
		return effect{}
	}
	return m.chose(n, "", now)
}

// chose hands the choice on.
func (m *model) chose(n int, settledBy string, now time.Time) effect {
	c := m.open.card
	a := c.Decision.Actions[n-1]
	if m.byHand && a.Next != nil && !a.Next.Input { // were it handed on, the sale would wait for a call that nobody makes
		m.note = noteByHand
		return effect{}
	}
	m.open.chosen, m.open.chosenAt = n, now
	return effect{choose: &Event{SaleID: c.SaleID, Ref: c.Prompt.Ref, Action: a.ID, Next: a.Next, SettledBy: settledBy, Locale: m.lang}}
}
