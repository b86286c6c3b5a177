package tui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// picture draws what is on the screen now.
func (m *model) picture(w, h int, now time.Time) []line {
	if w < 1 || h < 1 {
		return nil
	}
	ws := wordsOf(m.lang)
	switch {
	case m.hidden:
		return m.hiddenPage(ws, w, h)
	case m.page == pageCard:
		return m.cardPage(w, h, now)
	case m.page == pageDetails:
		return m.textPage(ws, ws.details, detailRows(m.open.in(m.lang), wordsOf(m.open.in(m.lang).Prompt.Locale), m.version, w, m.look), w, h)
	case m.page == pageHistory:
		return m.historyPage(ws, w, h)
	case m.page == pagePIN:
		return m.pinPage(ws, w, h)
	case m.page == pageHelp:
		return m.textPage(ws, ws.help, m.helpRows(ws, w), w, h)
	}
	if m.lesson != nil {
		title, rows, keys := m.lesson.picture(ws, m.lang, m.look, w)
		return m.scrolled(ws, title, rows, keys, w, h)
	}
	return m.idlePage(ws, w, h)
}

func (m *model) cardPage(w, h int, now time.Time) []line {
	c := m.open.in(m.lang)
	ws := wordsOf(c.Prompt.Locale)
	v := cardView{card: c, chosen: m.chosen, line: m.line, touch: m.touch, toCheck: len(m.pins)}
	if v.card.Display.Lane == "" {
		v.card.Display.Lane = m.lane
	}
	switch {
	case m.chosen > 0:
		v.note = ws.sent + " [" + strconv.Itoa(m.chosen) + "]"
	case m.confirm > 0:
		v.note = "[" + strconv.Itoa(m.confirm) + "] " + ws.again
	case m.unheeded && m.pause(now) > 0:
		v.note = "[1] " + ws.pause + nbsp + seconds(m.pause(now), c.Prompt.Locale)
	case m.unheeded:
		v.note = ws.digitOnly + " [1]"
	}
	switch {
	case m.chosen > 0 && pauses(c.Decision): // it has been left
	case m.pause(now) > 0:
		v.timing, v.first = ws.pause+nbsp+seconds(m.pause(now), c.Prompt.Locale), keyWaits
	case pauses(c.Decision):
		v.timing, v.first = ws.pauseOver, keyDue
	case m.waits():
		v.timing = ws.waiting + nbsp + elapsed(now.Sub(m.open.shown), c.Prompt.Locale)
	}
	if w >= wideWidth && h >= wideHeight {
		return m.widePage(v, w, h)
	}
	return layoutCard(v, w, h, m.look)
}

// seconds is what is left of a pause, in seconds that are not yet over; a long one in minutes.
func seconds(d time.Duration, l plugin.Lang) string {
	d = (d + time.Second - 1).Truncate(time.Second)
	if d >= 100*time.Second {
		return elapsed(d, l)
	}
	return strconv.Itoa(int(d/time.Second)) + nbsp + "s"
}

// elapsed is a time span as minutes and seconds: 1:05, or 1 min 05.
func elapsed(d time.Duration, l plugin.Lang) string {
	s := int(d / time.Second)
	sep := ":"
	if l == plugin.French {
		sep = nbsp + "min" + nbsp
	}
	return strconv.Itoa(s/60) + sep + strconv.Itoa(100 + s%60)[1:]
}

// hiddenPage says nothing of what it hides, by word or by colour.
func (m *model) hiddenPage(ws *words, w, h int) []line {
	rows := make([]line, h/2)
	s := ws.paused
	if m.lane != "" {
		s = ws.lane + nbsp + m.look.spell(m.lane) + ". " + s
	}
	for _, row := range hang(nil, 1, s, plain.on(keyHide), w) {
		rows = append(rows, row)
	}
	return crop(rows[max(0, len(rows)-h):], w, m.look)
}

const roomy = 16 // from this height on pages have rules above and below

// frame puts a title row and a row of keys around a body, which gets the rest.
func (m *model) frame(ws *words, title []string, body []line, keys []binding, w, h int) []line {
	right := ws.code
	if w >= narrow && m.lesson == nil {
		right = m.line.word(ws) + "   " + right
	}
	blocks := []block{
		{rows: []line{barRow(title, right, w, m.look)}, dropAt: 3},
		{rows: []line{rule("═", w, m.look)}, dropAt: 1},
		{rows: body},
		{rows: []line{rule("─", w, m.look)}, dropAt: 1},
		{rows: []line{keyRow(keys, ws, w)}, dropAt: 2},
	}
	if h < roomy {
		blocks[1].rows, blocks[3].rows = nil, nil
	}
	room := h
	for i, b := range blocks {
		if i != 2 {
			room -= len(b.rows)
		}
	}
	blocks[2].rows = body[:min(len(body), max(room, 1))]
	return crop(fit(blocks, 2, h), w, m.look)
}

// bodyRoom is how many rows frame leaves to a body.
func bodyRoom(h int) int {
	if h < roomy {
		return max(h-2, 1)
	}
	return h - 4
}

// textPage is a long text that scrolls.
func (m *model) textPage(ws *words, title string, rows []line, w, h int) []line {
	title = strings.ToUpper(title)
	if room := bodyRoom(h); len(rows) > room {
		m.top = max(0, min(m.top, len(rows)-room))
		title += " " + strconv.Itoa(m.top+1) + "-" + strconv.Itoa(m.top+room) + "/" + strconv.Itoa(len(rows))
	}
	return m.scrolled(ws, []string{title}, rows, textKeys, w, h)
}

// scrolled is a page that moves up and down where it is too long.
func (m *model) scrolled(ws *words, title []string, rows []line, keys []binding, w, h int) []line {
	room := bodyRoom(h)
	m.top = max(0, min(m.top, len(rows)-room))
	if len(rows) > room {
		keys = slices.Insert(slices.Clone(keys), 1, moveHint)
	}
	if m.leavable {
		keys = append(slices.Clone(keys), leaveHint)
	}
	return m.frame(ws, title, rows[m.top:], keys, w, h)
}

// scrollKey moves a long page, and tells whether the key does that. The page
// itself knows where it ends.
func (m *model) scrollKey(k key) bool {
	step, ok := map[key]int{keyUp: -1, keyDown: 1, keyPageUp: -8, keyPageDown: 8, keyHome: -1 << 20, keyEnd: 1 << 20}[k]
	m.top = max(0, m.top+step)
	return ok
}

// textKey is a key on a long text.
func (m *model) textKey(k key) {
	switch {
	case m.scrollKey(k):
	case k == keyBack, k == keyEnter, k == keyDetails:
		m.leave()
	case k == keyHistory && m.lesson == nil:
		m.turn(pageHistory)
	}
}
