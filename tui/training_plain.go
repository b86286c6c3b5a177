package tui

import (
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// plain is the same as sentences. It ends with what can be typed.
func (l *lesson) plain(lang plugin.Lang, k Look) string {
	ws := wordsOf(lang)
	var b strings.Builder
	add := func(s string) { b.WriteString(k.spell(s) + "\n") }
	numbers := func(texts []string) {
		for i, s := range texts {
			add("[" + strconv.Itoa(i+1) + "] " + s)
		}
	}
	switch l.page {
	case lessonQuestion:
		l.plainQuestion(ws, lang, k, add, numbers)
	case lessonList:
		shown, first := l.listed()
		add(ws.listCount(first+len(shown), len(l.found())))
		var titles []string
		for _, n := range shown {
			titles = append(titles, l.steps[n].title[lang])
		}
		numbers(titles)
		add(ws.typeList)
	case lessonResult, lessonMenu:
		l.plainOffers(ws, lang, add, numbers)
	}
	return b.String()
}

func (l *lesson) plainQuestion(ws *words, lang plugin.Lang, k Look, add func(string), numbers func([]string)) {
	r := l.current()
	s := l.steps[r.steps[r.at]]
	add(ws.question(r.at+1, len(r.steps)))
	add(ws.pCustomer + ws.colon + ws.quoted(s.customer[lang]))
	add(strings.TrimSuffix(plainCard(s.asked(lang), k), "\n"))
	if r.chosen[r.at] == 0 {
		add(ws.yourTurn)
		var texts []string
		for _, c := range s.choices[lang] {
			texts = append(texts, c.text)
		}
		numbers(texts)
		add(ws.typeAnswer(len(texts)))
		return
	}
	for _, v := range l.verdict(ws, lang) {
		mark := ws.markWrong
		if v.right {
			mark = ws.markRight
		}
		add(mark + ws.colon + v.text + ".")
		if v.why != "" {
			add(v.why)
		}
	}
	add(ws.typeEnter)
}

func (l *lesson) plainOffers(ws *words, lang plugin.Lang, add func(string), numbers func([]string)) {
	end := ws.typeMenu
	if l.page == lessonMenu {
		add(ws.menuIntro)
	} else {
		right, of := l.round.score(l.steps)
		add(ws.scoreLine(right, of) + ".")
		missed := l.round.missed(l.steps)
		if len(missed) == 0 {
			add(ws.allRight)
		} else {
			add(ws.lookAgain)
		}
		for _, i := range missed {
			s := l.steps[i]
			add(s.words[lang].Headline + ". " + ws.rightIs + ws.colon + s.choices[lang][s.right].text + ".")
		}
		end = ws.typeResult
	}
	var texts []string
	for _, o := range l.offers() {
		texts = append(texts, o.say(ws))
	}
	numbers(texts)
	add(end(len(texts)))
}

// trainingLine does what a typed line asks for in training, and gives what is to be said.
func (s *Screen) trainingLine(typed string, m *model, w *worker) string {
	k := keyEnter
	switch {
	case len(typed) > 1 && m.lesson.page == lessonList:
		m.lesson.look(typed)
		return "\n" + m.lesson.plain(m.lang, m.look)
	case len(typed) > 1:
		k = keyOther
	case typed != "":
		k = key(typed[0])
	}
	now := s.o.clock()
	m.shownAt = now.Add(-armingDelay) // a line takes longer to type than a slip of the hand
	e := m.key(k, now)
	m.hidden = false // what was said cannot be hidden
	s.take(e, m, w)
	if e.leave {
		return ""
	}
	said := ""
	if m.page == pageHelp {
		said = "\n" + spoken(m, now)
		m.leave()
	}
	return said + "\n" + m.lesson.plain(m.lang, m.look)
}

// trainingKey is a key in training. What follows at once on a new question was
// meant for the one before.
func (m *model) trainingKey(k key, now time.Time) effect {
	if k >= '1' && k <= '4' && now.Sub(m.shownAt) < armingDelay || !m.lesson.takes(k) && m.scrollKey(k) {
		return effect{}
	}
	m.shownAt, m.top = now, 0
	return effect{leave: m.lesson.key(k) && m.leavable}
}
