package tui

import "time"

// cardKey is a key on a card.
func (m *model) cardKey(k key, now time.Time) effect {
	actions := m.open.card.Decision.Actions
	armed := now.Sub(m.shownAt) >= armingDelay
	switch {
	case k == keyDetails:
		m.turn(pageDetails)
	case k == keyHistory:
		m.turn(pageHistory)
	case !armed:
	case k == keyBack:
		if m.confirm > 0 {
			m.confirm = 0
			return effect{}
		}
		m.leave()
	case k == keyEnter && len(actions) == 0:
		m.leave()
	case k == keyEnter:
		if moves(actions[0]) {
			m.unheeded = true
			return effect{}
		}
		return m.choose(1, now)
	case k >= '1' && k <= '4' && int(k-'0') <= len(actions):
		return m.choose(int(k-'0'), now)
	}
	return effect{}
}

func (m *model) choose(n int, now time.Time) effect {
	if m.chosen > 0 || m.open.done {
		return effect{}
	}
	if n == 1 && closes(m.open.card.Decision) {
		m.open.done = true
		m.leave()
		return effect{}
	}
	if m.unheeded = n == 1 && m.pause(now) > 0; m.unheeded {
		return effect{}
	}
	a := m.open.card.Decision.Actions[n-1]
	if a.ID.Settles() && m.confirm != n {
		m.confirm = n
		return effect{}
	}
	if a.ID.Settles() && m.supervisor != nil {
		m.turn(pagePIN)
		m.settles = n
		return effect{}
	}
	return m.chose(n, "", now)
}

// chose hands the choice on.
func (m *model) chose(n int, settledBy string, now time.Time) effect {
	c := m.open.card
	a := c.Decision.Actions[n-1]
	m.confirm, m.chosen, m.chosenAt = 0, n, now
	return effect{choose: &Event{SaleID: c.SaleID, Ref: c.Prompt.Ref, Action: a.ID, Next: a.Next, Sale: c.Sale, SettledBy: settledBy, Locale: m.lang}}
}
