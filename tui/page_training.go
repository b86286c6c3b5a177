package tui

import (
	"strconv"
	"time"
)

// lesson is a training under way.
type lesson struct {
	steps  []step
	at     int // step; len(steps): at the end
	chosen int // 1 to 4; 0: not yet
	right  int // answers
}

// key is a key on a question, or on what became of it.
func (m *model) lessonKey(k key, now time.Time) {
	l := m.lesson
	switch {
	case m.scrollKey(k):
	case l.at == len(l.steps):
		if k == '1' || k == keyEnter {
			*l = lesson{steps: l.steps}
		}
	case l.chosen == 0:
		s := l.steps[l.at]
		if n := int(k - '0'); n >= 1 && n <= len(s.choices[m.lang]) && now.Sub(m.shownAt) >= armingDelay {
			l.chosen, m.top = n, 0
			if n == s.right+1 {
				l.right++
			}
		}
	case k == keyDetails:
		s := l.steps[l.at]
		m.open = &entry{card: s.card, words: s.words}
		m.turn(pageDetails)
	case k == '1' || k == keyEnter:
		l.at, l.chosen, m.shownAt, m.top = l.at+1, 0, now, 0
	}
}

// lessonPage shows a customer and a card without its advice, and asks for it.
func (m *model) lessonPage(ws *words, w, h int) []line {
	l := m.lesson
	title := []string{ws.train, ws.trainNote}
	if l.at == len(l.steps) {
		rows := append([]line{nil}, hang(nil, 1, ws.scoreLine(l.right, l.at), strong, w)...)
		rows = append(rows, nil, line{{" ", plain}, {"[1]", strong.on('1')}, {" " + ws.trainAgain, plain.on('1')}})
		return m.scrolled(ws, title, rows, trainKeys, w, h)
	}
	s := l.steps[l.at]
	p := spellPrompt(s.words[m.lang], m.look)
	family := style{bold: true, reverse: true, colour: familyColour(s.card.Decision.Family)}
	rows := ends(text(strconv.Itoa(l.at+1)+"/"+strconv.Itoa(len(l.steps))), text(ws.scoreLine(l.right, l.answered())), w).rows()
	rows = append(rows, hang(styled(" "+ws.customer, strong), gutter(ws), m.look.spell(ws.quoted(s.customer[m.lang])), plain, w)...)
	rows = append(rows, styled(" "+sign(s.card.Decision)+" "+p.Banner, family))
	rows = append(rows, hang(nil, 5, p.Headline, strong, w)...)
	rows = append(rows, styled(" "+moneySign(s.card.Decision.Money)+" "+p.Money, strong))
	if h >= 20 {
		rows = append(rows, nil)
	}
	if l.chosen == 0 {
		rows = append(rows, hang(nil, 1, ws.yourTurn, strong, w)...)
		for i, c := range s.choices[m.lang] {
			k := key('1' + i)
			rows = append(rows, hang(line{{" ", plain}, {"[" + string(k) + "]", strong.on(k)}}, 5, m.look.spell(c), plain.on(k), w)...)
		}
		return m.scrolled(ws, title, rows, trainKeys, w, h)
	}
	verdict := ws.rightAnswer
	if l.chosen != s.right+1 {
		verdict = ws.wrongAnswer
	}
	rows = append(rows, hang(nil, 1, verdict, strong, w)...)
	rows = append(rows, hang(line{{" [" + strconv.Itoa(s.right+1) + "]", strong}}, 5, m.look.spell(s.choices[m.lang][s.right]), plain, w)...)
	rows = append(rows, hang(nil, 5, p.Why, plain, w)...)
	return m.scrolled(ws, title, rows, answeredKeys, w, h)
}

// answered is how many questions have had an answer.
func (l *lesson) answered() int {
	if l.chosen > 0 {
		return l.at + 1
	}
	return l.at
}

func (l line) rows() []line { return []line{l} }
