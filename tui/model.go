package tui

import (
	"slices"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

const (
	armingDelay = 400 * time.Millisecond // a key pressed sooner was meant for the picture before
	hideAfter   = 45 * time.Second       // without a key, on a discreet card
	choiceWait  = 8 * time.Second        // for what comes after a choice; then the keys count again
	maxEntries  = 500                    // of a shift's history
)

type page uint8

const (
	pageIdle page = iota
	pageCard
	pageDetails
	pageHistory
	pageHelp
	pagePIN
)

// entry is one card of the shift, in the languages it was shown in.
type entry struct {
	card  host.Card
	words map[plugin.Lang]plugin.Prompt
	shown time.Time
	done  bool // an action was chosen, or a later card of the sale came
}

// in gives the entry's card in a language, or else in the one it has.
func (e *entry) in(l plugin.Lang) host.Card {
	c := e.card
	if p, ok := e.words[l]; ok {
		c.Prompt = p
	}
	return c
}

// model is what a shift has brought, and what is on the screen. Keys, cards and
// time go in; pictures and effects come out. It is used by one goroutine.
type model struct {
	look     Look
	lane     string
	version  string
	warnings []Warning
	touch    bool    // targets are larger where there is room
	leavable bool    // Ctrl-C ends it
	lesson   *lesson // in training

	lang    plugin.Lang
	base    plugin.Lang // the till's own, until the cashier chooses: what a card brings along ends with it
	langSet bool        // the cashier chose it: cards follow it, not the other way about

	entries []*entry // oldest first
	pins    []*entry // sales that are unsettled, oldest first
	open    *entry   // the card on the screen, or under what is
	line    lineState
	counts  map[plugin.Family]int

	page     page
	back     []page
	cursor   int  // in a list
	top      int  // first row of a long text
	checking bool // the history shows only the sales to check
	hidden   bool
	shownAt  time.Time
	touched  time.Time
	chosen   int
	chosenAt time.Time
	confirm  int  // the key that must be pressed once more
	unheeded bool // Enter, or the first key in its pause, did nothing: the screen says what does
	counting bool // the last tick left a pause to count down

	supervisor func(pin string) (who string, err error) // nil: settling asks for no PIN
	settles    int                                      // the action that waits for the PIN
	pin        string
	pinNote    string
}

// effect is what a key or a card asks of the goroutine that holds the model.
type effect struct {
	choose *Event
	sync   bool // draw every cell again
	leave  bool // the training is over: end
}

func newModel(o Options) *model {
	m := &model{look: o.Look, lane: o.Lane, version: o.Version, touch: o.Mouse, leavable: o.Leave, lang: plugin.LangOf(string(o.Lang)), base: o.Lang, supervisor: o.Supervisor, counts: map[plugin.Family]int{}}
	if o.Training != nil {
		m.lesson = newLesson(o.Training, o.Seed, o.Progress)
		return m
	}
	if o.Open != nil {
		m.restore(o.Open(), o.clock())
	}
	return m
}

// restore takes up the cards of sales that were open before a restart. They are
// as they were, and in sight from the idle screen.
func (m *model) restore(cards []host.Card, now time.Time) {
	for _, c := range cards {
		e := &entry{card: c, words: map[plugin.Lang]plugin.Prompt{c.Prompt.Locale: c.Prompt}, shown: now}
		m.entries = append(m.entries, e)
		if unsettled(c.Decision) {
			m.pins = append(m.pins, e)
		}
	}
}

// show takes a card: it comes on top of whatever is on the screen.
func (m *model) show(c host.Card, now time.Time) effect {
	if m.lesson != nil { // a till in training is not at work
		return effect{}
	}
	e := &entry{card: c, words: map[plugin.Lang]plugin.Prompt{c.Prompt.Locale: c.Prompt}, shown: now}
	if !m.langSet {
		m.lang = c.Prompt.Locale
	}
	if c.Decision.Matched.By != "action" {
		if !underWay(c.Decision) {
			m.line = lineOf(c.Decision)
		}
		m.counts[c.Decision.Family]++
	}
	for _, old := range m.entries {
		if old.card.SaleID == c.SaleID {
			old.done = true
		}
	}
	m.entries = append(m.entries, e)
	if len(m.entries) > maxEntries {
		m.entries = slices.Delete(m.entries, 0, len(m.entries)-maxEntries)
	}
	m.pins = slices.DeleteFunc(m.pins, func(p *entry) bool { return p.card.SaleID == c.SaleID })
	if unsettled(c.Decision) {
		m.pins = append(m.pins, e)
	}
	m.present(e, now)
	return effect{}
}

// present puts a card on the screen.
func (m *model) present(e *entry, now time.Time) {
	m.open, m.page, m.back = e, pageCard, nil
	m.hidden, m.shownAt, m.touched = false, now, now
	m.chosen, m.confirm, m.unheeded, m.top = 0, 0, false, 0
}

// reword takes the words of a card in another language. Where there are none
// it keeps those it has, and does not ask again.
func (m *model) reword(e *entry, l plugin.Lang, p plugin.Prompt, err error) {
	if err != nil {
		p = e.card.Prompt
	}
	e.words[l] = p
}

// wordless gives the first entry in sight that is not yet worded in the
// cashier's language, the card on the screen first.
func (m *model) wordless() *entry {
	inSight := []*entry{m.open}
	inSight = append(inSight, m.pins...)
	if m.page == pageHistory {
		inSight = append(inSight, m.listed()...)
	}
	for _, e := range inSight {
		if e == nil {
			continue
		}
		if _, ok := e.words[m.lang]; !ok {
			return e
		}
	}
	return nil
}

// key takes a key press.
func (m *model) key(k key, now time.Time) effect {
	m.touched, m.unheeded = now, false
	if m.page == pagePIN && !m.hidden {
		return m.pinKey(k, now)
	}
	if k == keyRedraw {
		return effect{sync: true}
	}
	if m.hidden {
		m.hidden = k != keyHide
		m.shownAt = now
		return effect{}
	}
	if m.lesson != nil && m.page == pageIdle && m.lesson.takes(k) {
		return m.trainingKey(k, now)
	}
	switch k {
	case keyLanguage:
		m.lang, m.langSet = other(m.lang), true
		return effect{}
	case keyHide:
		m.hidden = true
		return effect{}
	case keyHelp:
		m.turn(pageHelp)
		return effect{}
	}
	if m.lesson != nil && m.page == pageIdle {
		return m.trainingKey(k, now)
	}
	switch m.page {
	case pageCard:
		return m.cardKey(k, now)
	case pageIdle, pageHistory:
		return m.listKey(k, now)
	default:
		m.textKey(k)
	}
	return effect{}
}

// turn goes to a page, or back from it when it is there already.
func (m *model) turn(p page) {
	if m.page == p {
		m.leave()
		return
	}
	m.back = append(slices.DeleteFunc(m.back, func(old page) bool { return old == p }), m.page)
	m.page, m.top, m.cursor = p, 0, 0
}

// leave goes back one page. It never goes further than the idle screen.
func (m *model) leave() {
	m.pin, m.pinNote, m.settles = "", "", 0
	m.top, m.cursor, m.confirm = 0, 0, 0
	if n := len(m.back); n > 0 {
		m.page, m.back = m.back[n-1], m.back[:n-1]
		return
	}
	m.page = pageIdle
}

// recover brings the model to its plainest picture, after one could not be drawn.
func (m *model) recover() {
	m.page, m.back, m.hidden, m.chosen, m.confirm = pageIdle, nil, false, 0, 0
	if m.open != nil {
		m.page = pageCard
	}
}
