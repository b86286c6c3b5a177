package tui

import (
	"slices"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

const (
	armingDelay = 600 * time.Millisecond // a key that counts sooner was meant for the picture before
	hideAfter   = 45 * time.Second       // without a key, on a discreet card
	choiceWait  = 8 * time.Second        // for what comes after a choice; then the keys count again
	askWait     = 5 * time.Second        // for the second key of what takes two
	typingGap   = time.Second            // who typed on a page that a card came over, stops for as long
	maxEntries  = 500                    // of a shift's history
)

type page uint8

const (
	pageIdle page = iota
	pageCard
	pageDetails
	pageHistory
	pageHelp
	pageTraining
	pageAsk
	pagePIN
	pageHidden
	pageDemo
)

// entry is one card of the shift, in the languages it was shown in.
type entry struct {
	card  host.Card
	words map[plugin.Lang]plugin.Prompt
	shown time.Time
	since time.Time // when the waiting began that the card is about
	done  bool      // it is over, or a later card of the sale came
	// restored tells that it is from before a restart.
	restored bool
	// chosen is the key of the action that was chosen, 0 for none, and when.
	chosen   int
	chosenAt time.Time
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
// time go in; rows to draw and effects come out. It is used by one goroutine.
type model struct {
	look     Look
	lane     string
	version  string
	warnings []Warning
	blur     bool    // keys go elsewhere
	touch    bool    // targets are larger where there is room
	leavable bool    // a key can end it: the terminal is its own
	lesson   *lesson // in training
	demo     *demo   // in a demo

	lang    plugin.Lang
	base    plugin.Lang // the till's own, until the cashier chooses: what a card brings along ends with it
	langSet bool        // the cashier chose it: cards follow it, not the other way about

	entries []*entry // oldest first
	pins    []*entry // sales that are unsettled, oldest first
	open    *entry   // the card on the screen, or under what is
	line    lineState
	answers int // of the shift
	bought  int // sales of it whose purchase Flexiti approved
	stopped int // cards that lead to another payment

	page      page
	back      []page
	selected  int  // in a list
	turned    bool // the page begins anew
	card      placed
	long      bool // the page is longer than its place
	top       int  // first row of a card that is too long
	checking  bool // the history shows only the sales to check
	hidden    bool
	shownAt   time.Time
	touched   time.Time
	pressedAt time.Time
	typing    bool      // keys go on that were begun on a page that a card has come over
	detail    *entry    // whose details are shown
	asked     *question // that waits for its second key
	note      note      // why the last key did nothing

	supervisor func(pin string) (who string, err error) // nil: settling asks for no PIN
	byHand     bool                                     // the POS does not hear of choices
	settles    int                                      // the action that waits for the PIN
	pinWrong   bool
}

// note is why a key did nothing: the screen says what does.
type note uint8

const (
	noteNone   note = iota
	noteDigit       // Enter alone will not do what moves money, nor the first key within its pause
	noteBelow       // what the key does is not in sight
	noteByHand      // what it asks for is done on the POS
)

// effect is what a key or a card asks of the goroutine that holds the model.
type effect struct {
	choose *Event
	sync   bool // draw every cell again
	leave  bool // end the screen
	stop   bool // of a demo: end the story under way, and clear the screen
	play   bool // and then begin the one that it is at
	card   bool // and show its card again
}

func newModel(o Options) *model {
	m := &model{look: o.Look, lane: o.Lane, version: o.Version, touch: o.Mouse, lang: plugin.LangOf(string(o.Lang)), base: o.Lang,
		supervisor: o.Supervisor, byHand: o.ByHand}
	if o.Training != nil {
		m.lesson = newLesson(o.Training, o.Seed, o.Progress)
	}
	if o.Demo != nil {
		m.demo = newDemo(o.Demo)
	}
	return m
}

// tillLang is the language of the till; what an event brings along ends with its card.
func (m *model) tillLang() plugin.Lang {
	if m.langSet {
		return m.lang
	}
	return m.base
}

// showing is the page that is seen.
func (m *model) showing() page {
	switch {
	case m.hidden:
		return pageHidden
	case m.page == pageIdle && m.lesson != nil:
		return pageTraining
	case m.page == pageIdle && m.demo != nil:
		return pageDemo
	}
	return m.page
}

// restore takes up the cards of sales that were open before a restart. They are
// as they were, and in sight from the idle screen.
func (m *model) restore(cards []host.Card, now time.Time) {
	for _, c := range cards {
		e := &entry{card: c, words: map[plugin.Lang]plugin.Prompt{c.Prompt.Locale: c.Prompt}, shown: now, restored: true}
		m.entries = append(m.entries, e)
		if unsettled(c.Decision) {
			m.pins = append(m.pins, e)
		}
	}
}

// show takes a card: it comes on top of whatever is on the screen.
func (m *model) show(c host.Card, now time.Time) {
	if m.lesson != nil { // a till in training is not at work
		return
	}
	e := &entry{card: c, words: map[plugin.Lang]plugin.Prompt{c.Prompt.Locale: c.Prompt}, shown: now, since: now}
	if !m.langSet {
		m.lang = c.Prompt.Locale
	}
	m.count(c)
	m.entries = slices.DeleteFunc(m.entries, func(old *entry) bool { // it was restored, and is shown now
		return old.restored && old.card.SaleID == c.SaleID && old.card.Prompt.Ref == c.Prompt.Ref
	})
	for _, old := range m.entries {
		if old.card.SaleID == c.SaleID {
			if !old.done && waiting(old.card.Decision) && waiting(c.Decision) { // a key was pressed meanwhile
				e.since = old.since
			}
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
	if m.demo != nil {
		m.demo.card()
	}
	typing := m.page == pagePIN || m.typing
	m.present(e, now)
	m.typing = typing
}

// present puts a card on the screen.
func (m *model) present(e *entry, now time.Time) {
	m.open, m.page, m.back = e, pageCard, nil
	m.hidden, m.shownAt, m.touched = false, now, now
	m.asked, m.note, m.top, m.card, m.typing = nil, noteNone, 0, placed{}, false
}

// count keeps the shift's figures. What is open is counted by its list.
func (m *model) count(c host.Card) {
	d := c.Decision
	if d.Matched.By != "action" {
		if !underWay(d) {
			m.line = lineOf(d)
			if m.line == lineAnswers {
				m.answers++
			}
		}
		if d.Family == plugin.FamilyStop {
			m.stopped++
		}
	}
	counted := func(e *entry) bool { return e.card.SaleID == c.SaleID && bought(e.card.Decision) }
	if bought(d) && !slices.ContainsFunc(m.entries, counted) {
		m.bought++
	}
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
	switch m.page {
	case pageIdle, pageHistory:
		inSight = append(inSight, m.listed()...)
	case pageDetails:
		inSight = append(inSight, m.detail)
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
	m.note = noteNone
	if m.typing = m.typing && now.Sub(m.pressedAt) < typingGap; m.typing {
		m.pressedAt = now
		return effect{}
	}
	m.pressedAt = now
	switch {
	case k == keyRedraw:
		return effect{sync: true}
	case m.hidden:
		m.hidden = k != keyHide
		m.shownAt = now
		return effect{}
	case m.page == pageAsk:
		return m.askKey(k, now)
	case (k == keyLeave || k == keyInterrupt) && m.leavable:
		m.ask(0, now)
		return effect{}
	case m.lesson != nil && m.types(k):
		m.train(k, now)
		return effect{}
	case m.demo != nil && (m.types(k) || k.steps() != 0):
		return m.demoKey(k, now)
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
	case keyDoubt:
		if m.lesson == nil {
			if e := m.nextDoubt(); e != nil && now.Sub(m.shownAt) >= armingDelay {
				m.present(e, now)
			}
			return effect{}
		}
	}
	switch m.showing() {
	case pageTraining:
		m.train(k, now)
		return effect{}
	case pageDemo:
		return m.demoKey(k, now)
	}
	switch m.page {
	case pageCard:
		return m.cardKey(k, now)
	case pageIdle, pageHistory:
		m.listKey(k, now)
	default:
		m.textKey(k)
	}
	return effect{}
}

// textKey is a key on a long text.
func (m *model) textKey(k key) {
	switch k {
	case keyBack, keyEnter, keyDetails:
		m.leave()
	case keyHistory:
		if m.lesson == nil {
			m.turn(pageHistory)
		}
	}
}

// train is a key of the training.
func (m *model) train(k key, now time.Time) {
	m.turned = true
	if m.lesson.key(k) && m.leavable {
		m.ask(0, now)
	}
}

// finding is the list on the screen that is searched by typing; nil: there is none.
func (m *model) finding() *finder {
	switch at := m.showing(); {
	case at == pageTraining && m.lesson.page == lessonList:
		return &m.lesson.finder
	case at == pageDemo && m.demo.page == demoCodes:
		return &m.demo.codes
	}
	return nil
}

// types tells whether a key belongs to a name that is typed.
func (m *model) types(k key) bool {
	f := m.finding()
	return f != nil && f.takes(k)
}

// turn goes to a page, or back from it when it is there already.
func (m *model) turn(p page) {
	if m.page == p {
		m.leave()
		return
	}
	m.back = append(slices.DeleteFunc(m.back, func(old page) bool { return old == p }), m.page)
	m.page, m.checking = p, false
}

// leave goes back one page. It never goes further than the idle screen.
func (m *model) leave() {
	m.settles, m.pinWrong, m.asked = 0, false, nil
	if n := len(m.back); n > 0 {
		m.page, m.back = m.back[n-1], m.back[:n-1]
		return
	}
	m.page = pageIdle
}

// doubts are the sales in doubt beside the one on the screen, oldest first.
func (m *model) doubts() []*entry {
	var shown *entry
	switch m.page {
	case pageCard:
		shown = m.open
	case pageDetails:
		shown = m.detail
	}
	return slices.DeleteFunc(slices.Clone(m.pins), func(e *entry) bool { return shown != nil && shown.card.SaleID == e.card.SaleID })
}

// nextDoubt is the sale in doubt that its key goes to, and that its bar names: the
// oldest, or on the card of one of them the next; nil: there is none but what is shown.
func (m *model) nextDoubt() *entry {
	doubts := m.doubts()
	if len(doubts) == 0 {
		return nil
	}
	if at := slices.Index(m.pins, m.open); m.page == pageCard && at >= 0 {
		return m.pins[(at+1)%len(m.pins)]
	}
	return doubts[0]
}

// recover brings the model to its plainest picture, after one could not be drawn.
func (m *model) recover() {
	m.page, m.back, m.hidden, m.asked, m.note, m.top, m.card = pageIdle, nil, false, nil, noteNone, 0, placed{}
	if m.open != nil {
		m.page = pageCard
	}
}
