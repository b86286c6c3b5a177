package tui

import (
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// tick lets time pass.
func (m *model) tick(now time.Time) {
	switch {
	case m.open != nil && m.open.chosen > 0 && now.Sub(m.open.chosenAt) >= choiceWait:
		m.open.chosen = 0
	case m.asked != nil && now.Sub(m.asked.until) >= 0:
		m.unask(now)
	case !m.hidden && m.discreet() && now.Sub(m.touched) >= hideAfter:
		m.hidden = true
	}
}

// next says after how long tick has something to do; 0: never.
func (m *model) next(now time.Time) time.Duration {
	var d time.Duration
	soonest := func(at time.Time) {
		if left := max(at.Sub(now), time.Millisecond); d == 0 || left < d {
			d = left
		}
	}
	if m.open != nil && m.open.chosen > 0 {
		soonest(m.open.chosenAt.Add(choiceWait))
	}
	if len(m.doubts()) > 0 && !m.hidden {
		soonest(now.Truncate(time.Minute).Add(time.Minute)) // its bar says for how long
	}
	if m.asked != nil {
		left := m.asked.until.Sub(now)
		soonest(now.Add((left-1)%time.Second + 1)) // at each full second that is left
	}
	if !m.hidden && m.discreet() {
		soonest(m.touched.Add(hideAfter))
	}
	if !m.hidden && m.page == pageCard && (m.waits() || m.pause(now) > 0) {
		past := now.Sub(m.open.shown)
		soonest(m.open.shown.Add(past.Truncate(time.Second) + time.Second))
	}
	return d
}

// discreet tells whether what is in sight should not stay there unattended.
func (m *model) discreet() bool {
	e := m.open
	if m.page == pageDetails {
		e = m.detail
	}
	return e != nil && (m.page == pageCard || m.page == pageDetails) && e.card.Decision.Privacy == plugin.PrivacyDiscreet
}

// waits tells whether the card on the screen advises to wait for nobody knows
// how long, and so shows for how long already.
func (m *model) waits() bool {
	if m.page != pageCard {
		return false
	}
	return waiting(m.open.card.Decision)
}

// waiting tells whether a card is shown while an answer is waited for.
func waiting(d plugin.Decision) bool {
	if d.Banner != plugin.BannerWaitMoment || len(d.Actions) == 0 {
		return false
	}
	return d.Actions[0].ID == plugin.ActKeepWaiting || d.Actions[0].ID == plugin.ActHoldSale
}

// pause is what is left of the pause before the first action of the open card. It
// counts from when the card came to the screen: an event's own time may be long past.
func (m *model) pause(now time.Time) time.Duration {
	d := m.open.card.Decision
	if !pauses(d) {
		return 0
	}
	return max(0, time.Duration(d.Retry.AfterS)*time.Second-now.Sub(m.open.shown))
}
