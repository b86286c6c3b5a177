package tui

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host"
)

// speaker is a screen in plain text: cards are written as they come, and a line
// typed with Enter is a key. Nothing is ever drawn over.
type speaker struct {
	p *Primitive
	m *model
	// between tells when a card came over another that waited for a choice: a line may
	// have been begun on the one before.
	between time.Time
}

const plainRows = 4 // of a list, that can be opened by a number: the other digits have a meaning

const lineBegun = 10 * time.Second // for how long a line may have been begun before

func (p *Primitive) speak(why error) (err error) {
	defer func() {
		if what := recover(); what != nil {
			err = fmt.Errorf("the plain text failed, which is a bug, with: %v", what)
		}
	}()
	p.restore()
	m := p.m
	sp := &speaker{p: p, m: m}
	ws := wordsOf(m.lang)
	sp.say(ws.pMode + ws.reason(why) + ".\n")
	sp.begin()
	sp.collect()
	typed := make(chan string)
	go read(p.o.In, typed, p.mail.ctx)
	for {
		p.lang.Store(m.tillLang())
		select {
		case <-p.mail.ctx.Done():
			return nil
		case <-p.mail.wake:
			sp.collect()
		case l, ok := <-typed:
			switch {
			case !ok && (m.lesson != nil || m.demo != nil):
				return nil // nobody answers any more
			case !ok:
				typed = nil // input has ended: cards go on
			case sp.answer(l):
				return nil
			}
		}
	}
}

// say writes a text. A reader that is gone must not stop the till.
func (sp *speaker) say(text string) { _ = sp.m.look.Letters.write(sp.p.o.Out, text) }

// begin says what is there already: a question of the training, the card that was on
// a screen that is no more, the sales that were open before a restart.
func (sp *speaker) begin() {
	m := sp.m
	switch {
	case m.lesson != nil:
		sp.say("\n" + m.lesson.plain(m.lang, m.look))
		return
	case m.demo != nil:
		sp.say("\n" + m.demo.plain(m.lang, m.storyCard(), m.look))
		return
	case m.page == pageCard:
		sp.card()
	case m.open == nil:
		for _, e := range m.entries {
			m.present(e, sp.p.o.Clock())
			sp.card()
		}
	}
	for _, warning := range m.warnings {
		sp.say(wordsOf(m.lang).warnings[warning] + "\n")
	}
}

// card says the card that is open, in the cashier's language, and asks for a key.
func (sp *speaker) card() {
	for e := sp.m.wordless(); e != nil; e = sp.m.wordless() {
		words, err := reworded(sp.p.mail.ctx, sp.p.o.Engine, e.card, sp.m.lang)
		sp.m.reword(e, sp.m.lang, words, err)
	}
	c := sp.m.open.in(sp.m.lang)
	sp.say("\n" + plainCard(c, sp.m.look) + sp.doubts() + plainChoices(c, sp.m.look, sp.m.pause(sp.p.o.Clock())))
	if ws := wordsOf(sp.m.lang); sp.m.demo != nil {
		sp.say(sp.m.look.Clean(string(keyNext)+" "+ws.demoNextKey+", "+string(keyBefore)+" "+ws.demoBeforeKey) + "\n")
	}
}

// doubts names the sales in doubt beside the one that is open.
func (sp *speaker) doubts() string {
	m, ws := sp.m, wordsOf(sp.m.lang)
	doubts := m.doubts()
	if len(doubts) == 0 {
		return ""
	}
	text := ws.toCheck(len(doubts)) + " (5 " + ws.toIt + ")" + ws.colon
	for i, e := range doubts {
		if i > 0 {
			text += "; "
		}
		text += strings.Join(strings.Fields(m.openLine(e, sp.p.o.Clock())), " ")
	}
	return m.look.Clean(text) + "\n"
}

// collect says what has come.
func (sp *speaker) collect() {
	m, now := sp.m, sp.p.o.Clock()
	before := slices.Clone(m.warnings)
	cards, warnings, told := sp.p.mail.empty()
	for what, on := range warnings {
		m.warn(what, on)
	}
	for _, warning := range m.warnings {
		if !slices.Contains(before, warning) {
			sp.say("\n" + wordsOf(m.lang).warnings[warning] + "\n")
		}
	}
	for _, c := range cards {
		if sp.waits(c) {
			sp.between = now
		}
		m.show(c, now)
		if m.lesson == nil {
			sp.card()
		}
	}
	for _, t := range told {
		m.tell(t)
		sp.say("\n" + m.look.Clean(t.Text[m.lang]) + "\n")
		if t.Over {
			sp.say("\n" + m.demo.plain(m.lang, m.storyCard(), m.look))
		}
	}
}

// waits tells whether the card that is open waits for a choice, and another sale's comes over it.
func (sp *speaker) waits(next host.Card) bool {
	m := sp.m
	return m.open != nil && (m.page == pageCard || m.page == pageAsk) && !m.open.done && m.open.chosen == 0 && m.open.card.SaleID != next.SaleID
}

// read passes lines on until the input ends or the screen closes. A read that
// waits on a terminal cannot be called off: it ends with the program.
func read(in io.Reader, typed chan<- string, closed context.Context) {
	defer close(typed)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		select {
		case typed <- lines.Text():
		case <-closed.Done():
			return
		}
	}
}

// answer does what a typed line asks for, and says what came of it: true when the
// screen is to be left.
func (sp *speaker) answer(typed string) bool {
	m, now := sp.m, sp.p.o.Clock()
	typed = strings.TrimSpace(typed)
	if f := m.finding(); f != nil && len(typed) > 1 {
		f.look(typed)
		sp.tell(now)
		return false
	}
	if m.lesson != nil {
		return sp.trainingLine(typed)
	}
	reads := len(typed) == 1 && strings.Contains("06789qQ", typed) // and chooses nothing
	if begun := !sp.between.IsZero() && now.Sub(sp.between) < lineBegun && !reads; begun || len([]rune(typed)) > 1 {
		sp.between = time.Time{}
		if m.page == pageCard { // it was begun on another card; or it is no key: a scanner, or a word
			if begun {
				sp.say(wordsOf(m.lang).pOther + "\n")
			}
			sp.say(plainChoices(m.open.in(m.lang), m.look, m.pause(now)))
			return false
		}
		if len([]rune(typed)) > 1 {
			return false
		}
	}
	sp.between = time.Time{}
	k := keyEnter
	if typed != "" {
		k = plainKey(typed)
	}
	if at := m.showing(); (at == pageIdle || at == pageHistory) && k >= '1' && k < '1'+plainRows {
		m.selected, k = int(k-'1'), keyEnter
	}
	asked := m.asked != nil
	m.shownAt = now.Add(-armingDelay) // a line takes longer to type than a slip of the hand
	m.tick(now)
	if asked && m.asked == nil { // the question is over: the line was for nothing else
		sp.tell(now)
		return false
	}
	if m.asked != nil {
		m.asked.read = true
		if typed == "" {
			k = keyBack
		}
	}
	m.hidden = false // what was said cannot be hidden
	e := m.key(k, now)
	m.hidden = false
	if e.choose != nil {
		sp.p.follow(e)
		return false
	}
	if e.leave {
		return true
	}
	sp.p.demoFollow(e)
	sp.tell(now)
	return false
}

// plainKey is the key that a line of one character stands for.
func plainKey(typed string) key {
	if typed == "q" || typed == "Q" {
		return keyLeave
	}
	return key([]rune(typed)[0])
}

// tell says what a key that chose nothing has led to.
func (sp *speaker) tell(now time.Time) {
	m := sp.m
	ws := wordsOf(m.lang)
	switch m.showing() {
	case pageTraining:
		sp.say("\n" + m.lesson.plain(m.lang, m.look))
	case pageDemo:
		sp.say("\n" + m.demo.plain(m.lang, m.storyCard(), m.look))
	case pageCard:
		if left := m.pause(now); m.note == noteDigit && left > 0 {
			sp.say("[1] " + m.look.Clean(ws.pause+nbsp+seconds(left, m.lang)) + "\n")
			return
		}
		if m.note == noteByHand {
			sp.say(ws.byHand + "\n")
			return
		}
		if m.note == noteDigit {
			sp.say(ws.digitOnly + " 1\n")
			return
		}
		sp.card()
	case pagePIN:
		m.leave()
		sp.say("\n" + ws.pinPlain + "\n" + plainChoices(m.open.in(m.lang), m.look, m.pause(now)))
	default:
		sp.say("\n" + m.plainPage(now))
	}
}

// plainPage is a page that is no card, as lines without any layout.
func (m *model) plainPage(now time.Time) string {
	const wide = 1 << 10
	var rows []line
	switch at := m.showing(); at {
	case pageAsk:
		rows = append(m.askRows(wide, wide, now), text(wordsOf(m.lang).pYes))
	case pageIdle, pageHistory:
		ws := wordsOf(m.lang)
		rows = m.listHead(wide, wide)
		for i, e := range m.listed() {
			name := ""
			if i < plainRows {
				name = "[" + strconv.Itoa(i+1) + "] "
			}
			rows = append(rows, text(name+strings.Join(m.listCells(e, wide, false), " ")))
		}
		rows = append(rows, m.listTail(wide, wide)...)
		rows = append(rows, text(ws.pChoose+ws.colon+"1-"+strconv.Itoa(plainRows)+" "+ws.openIt+", 8 "+ws.history+", 9 "+ws.language+", 0 "+ws.help+", q "+ws.leave+". "+ws.pNext))
	default:
		rows = m.textRows(wide)
	}
	var b strings.Builder
	for _, row := range rows {
		if t := strings.TrimSpace(row.String()); t != "" {
			b.WriteString(strings.Join(strings.Fields(t), " ") + "\n")
		}
	}
	return b.String()
}
