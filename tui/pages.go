package tui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rivo/tview"
)

// The names of the widgets that pages are shown by.
const (
	widgetCard = "card"
	widgetList = "list"
	widgetText = "text"
	widgetRows = "rows"
	widgetPIN  = "pin"
)

// widget is what shows a page.
func (at page) widget() string {
	switch at {
	case pageCard:
		return widgetCard
	case pageIdle, pageHistory:
		return widgetList
	case pagePIN:
		return widgetPIN
	case pageAsk, pageHidden:
		return widgetRows
	}
	return widgetText
}

// build puts the primitive together: a bar, sales in doubt, a page, and the keys.
func (p *Primitive) build() {
	theme := p.m.look.Theme
	rows := func(f func(w, h int) []line) *rowsBox { return newRowsBox(theme, f, p.tap) }
	band := func(f func(w int) []line) *rowsBox { // as wide as the page below it
		return rows(func(w, _ int) []line {
			all := f(min(w, p.width))
			for i, l := range all {
				if margin := (w - p.width) / 2; margin > 0 && len(l) > 0 {
					all[i] = append(line{{pad("", margin), style{reverse: l[0].style.reverse, bold: l[0].style.bold, colour: l[0].style.colour}}}, l...)
				}
			}
			return crop(all, w, p.m.look)
		})
	}
	row := func(f func(w int) line) *rowsBox { return band(func(w int) []line { return []line{f(w)} }) }
	p.bar = row(p.m.title)
	p.doubts = row(func(w int) line { return p.m.doubtBar(w, p.o.Clock()) })
	p.story = band(p.m.storyRows)
	p.footer = row(p.m.footer)
	p.list = newListBox(p.m)
	p.text = newTextBox(theme, p.tap)
	p.pin = newPINBox(p)
	list := tview.NewFlex().SetDirection(tview.FlexRow)
	p.list.head, p.list.tail, p.list.page = rows(p.m.listHead), rows(p.m.listTail), list
	list.AddItem(p.list.head, 0, 0, false).AddItem(p.list, 0, 1, true).AddItem(p.list.tail, 0, 0, false)
	p.pages = tview.NewPages().
		AddPage(widgetCard, rows(func(int, int) []line { return p.m.card.rows }), true, false).
		AddPage(widgetList, list, true, false).
		AddPage(widgetText, p.text, true, false).
		AddPage(widgetRows, rows(func(w, h int) []line { return p.m.noteRows(w, h, p.o.Clock()) }), true, false).
		AddPage(widgetPIN, p.pin, true, false)
	side := func() *tview.Box { return background(tview.NewBox(), theme) }
	p.middle = tview.NewFlex().AddItem(side(), 0, 1, false).AddItem(p.pages, 0, 1, true).AddItem(side(), 0, 1, false)
	p.SetDirection(tview.FlexRow).AddItem(p.bar, 1, 0, false).AddItem(p.doubts, 0, 0, false).AddItem(p.story, 0, 0, false).AddItem(p.middle, 0, 1, true).AddItem(p.footer, 1, 0, false)
	p.pages.Box = tview.NewFlex().Box // which is not filled first: every page fills its place
}

// arrange gives everything its size.
func (p *Primitive) arrange() {
	_, _, w, h := p.GetInnerRect()
	now, bars := p.o.Clock(), 0
	takes := func(item tview.Primitive, n int) {
		p.ResizeItem(item, n, 0)
		bars += n
	}
	sized := func(item tview.Primitive, wanted bool) {
		if wanted {
			takes(item, 1)
		} else {
			takes(item, 0)
		}
	}
	p.m.blur = p.app != nil && !p.HasFocus()
	bare := p.shown == pageHidden
	sized(p.bar, h >= 6 && !bare)
	// A question has key 5 for itself, and a PIN is typed.
	asks := p.shown == pageAsk || p.shown == pagePIN
	sized(p.doubts, h >= 5 && !bare && !asks && p.shown != pageIdle && p.shown != pageDemo && len(p.m.doubts()) > 0)
	if p.m.tellsAbove(h) {
		takes(p.story, len(p.m.storyRows(min(w, readable))))
	} else {
		takes(p.story, 0)
	}
	sized(p.footer, h >= 4 && !bare)
	p.width = min(w, readable)
	if p.shown == pageCard {
		p.width = cardWidth(w, h)
		p.m.place(p.width, h-bars, now)
	}
	p.text.rows = crop(p.m.textRows(p.width), p.width, p.m.look)
	p.m.long = p.shown == pageCard && p.m.card.long || len(p.text.rows) > h-bars
	p.middle.ResizeItem(p.pages, p.width, 0)
	if p.shown.widget() == widgetList {
		p.list.arrange(min(w, readable), h-bars)
	}
}

// flexiti stands at the start of a bar.
const flexiti = "FLEXITI"

// title is the bar of the page that is shown.
func (m *model) title(w int) line {
	ws := wordsOf(m.lang)
	parts := []string{flexiti}
	switch m.showing() {
	case pageCard:
		return m.topBar(w)
	case pageIdle:
		if m.lane != "" {
			parts = append(parts, ws.lane+nbsp+m.lane)
		}
	case pageHistory:
		parts = []string{ws.historyTitle, strconv.Itoa(len(m.listed())) + "/" + strconv.Itoa(len(m.entries))}
		if m.checking {
			parts = append(parts, ws.filter)
		}
	case pageDetails:
		parts = []string{strings.ToUpper(ws.details), m.saleLine(m.detail.in(m.lang))}
	case pageHelp:
		parts = []string{strings.ToUpper(ws.help)}
	case pageTraining:
		parts, _, _ = m.lesson.picture(ws, m.lang, m.look, w)
	case pagePIN:
		parts = []string{m.saleLine(m.open.in(m.lang))}
	case pageAsk, pageHidden, pageDemo:
	}
	if m.demo != nil {
		if parts[0] == flexiti {
			parts = nil
		}
		parts = append([]string{m.demo.where(ws, w)}, parts...)
	}
	left, right := []barPart{}, []barPart{{ws.code, 0}}
	for i, part := range parts {
		left = append(left, barPart{part, len(parts) - 1 - i}) // the first stays longest
	}
	left[0].rank = 0
	if m.lesson == nil && m.showing() != pageDemo {
		right = append([]barPart{{m.line.word(ws), 1}}, right...)
	}
	bar := barOf(left, right, w, m.look)
	bar[1].style = strong
	return bar
}

// footer is the bar of the keys that do something on the page that is shown.
func (m *model) footer(w int) line {
	ws := wordsOf(m.lang)
	row := keyRow(m.keys(ws, w), ws, w)
	for i := range row {
		row[i].style.reverse = !m.blur
	}
	return row
}

func (m *model) keys(ws *words, w int) (keys []binding) {
	switch m.showing() {
	case pageCard:
		keys = cardKeys
	case pageIdle:
		keys = idleKeys
		if len(m.listed()) == 0 {
			keys = slices.DeleteFunc(slices.Clone(keys), func(b binding) bool { return b.key == openHint.key })
		}
	case pageHistory:
		keys = historyKeys
	case pageTraining:
		_, _, keys = m.lesson.picture(ws, m.lang, m.look, w)
	case pageDemo:
		keys = m.demo.keys()
	case pageAsk, pagePIN:
		return []binding{hintOf(keyBack)}
	default:
		keys = textKeys
	}
	if keys = slices.Clone(keys); m.long && !slices.ContainsFunc(keys, func(b binding) bool { return b.key == moveHint.key }) {
		at := 1
		if before := slices.IndexFunc(keys, func(b binding) bool { return b.key == keyBefore }); before > 0 { // how a demo goes on stays in sight
			at = before + 1
		}
		keys = slices.Insert(keys, at, moveHint)
	}
	switch {
	case m.demo != nil && m.showing() != pageDemo:
		return aroundCards(keys)
	case m.leavable && m.page != pageCard && m.demo == nil:
		keys = append(keys, leaveHint)
	}
	return keys
}

// textRows are the rows of a long text.
func (m *model) textRows(w int) []line {
	ws := wordsOf(m.lang)
	switch m.showing() {
	case pageDetails:
		c := m.detail.in(m.lang)
		return detailRows(c, wordsOf(c.Prompt.Locale), m.version, w, m.look)
	case pageTraining:
		_, rows, _ := m.lesson.picture(ws, m.lang, m.look, w)
		return rows
	case pageDemo:
		return m.demo.rows(ws, m.lang, m.open != nil, m.look, w)
	case pageHelp:
		return m.helpRows(ws, w)
	}
	return nil
}

// noteRows are the rows of a question, or of a screen that is hidden, which says
// nothing of what it hides, by word or by colour.
func (m *model) noteRows(w, h int, now time.Time) []line {
	if m.showing() == pageAsk {
		return m.askRows(w, h, now)
	}
	ws := wordsOf(m.lang)
	s := ws.paused
	if m.demo != nil {
		s = m.demo.where(ws, w) + ". " + s
	}
	if m.lane != "" {
		s = ws.lane + nbsp + m.look.Clean(m.lane) + ". " + s
	}
	rows := append(make([]line, max(0, h/2)), hang(nil, 1, s, plain.on(keyHide), w)...)
	return crop(rows[max(0, len(rows)-h):], w, m.look)
}
