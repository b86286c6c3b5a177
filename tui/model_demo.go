package tui

import "time"

// demoKey is a key of the demo: on its own pages, and from story to story anywhere.
func (m *model) demoKey(k key, now time.Time) effect {
	m.turned = true
	d := m.demo
	card := m.storyCard()
	var e effect
	switch {
	case m.types(k) || k.steps() == 0:
		e = d.key(k, card)
	default:
		e = d.step(k.steps())
	}
	switch {
	case e.stop:
		m.clear()
	case e.card:
		m.present(m.open, now)
	case d.page != demoStory: // also from a card
		m.page, m.back = pageIdle, nil
	}
	return e
}

// storyCard tells whether the story on the screen has shown a card.
func (m *model) storyCard() bool { return m.open != nil }

// clear takes all that a story has left off the screen.
func (m *model) clear() {
	m.entries, m.pins, m.open, m.detail, m.line, m.answers, m.bought, m.stopped = nil, nil, nil, nil, lineReady, 0, 0, 0
	m.page, m.back, m.hidden, m.asked, m.note, m.top, m.card = pageIdle, nil, false, nil, noteNone, 0, placed{}
	m.settles, m.pinWrong, m.typing, m.checking = 0, false, false, false
}

// tell takes a line of the story in.
func (m *model) tell(t Told) {
	if m.demo != nil {
		m.demo.tell(t)
	}
}

// tellsAbove tells whether the story's line stands above the page of a screen of so many
// rows: where it takes what a card needs, only while there is more than the title to tell.
func (m *model) tellsAbove(h int) bool {
	if m.demo == nil {
		return false
	}
	at := m.showing()
	m.demo.above = (at == pageCard || at == pageDetails) && (h >= low+3 || h >= 6 && m.demo.told != nil)
	return m.demo.above
}

func (m *model) storyRows(w int) []line {
	if m.demo == nil {
		return nil
	}
	return m.demo.line(wordsOf(m.lang), m.lang, m.look, w)
}

// demoFollow does what a key has led to outside the model.
func (p *Primitive) demoFollow(e effect) {
	if e.stop {
		p.o.Demo.Stop()
		_, warnings, _ := p.mail.empty() // what is in it is of the story before
		for what, on := range warnings {
			p.m.warn(what, on)
		}
	}
	if e.play {
		p.o.Demo.Play(p.m.demo.at)
	}
}
