package tui

import (
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// plain is the same as sentences. It ends with what can be typed.
func (l *lesson) plain(lang plugin.Lang, k Look) string {
	ws, out := wordsOf(lang), &sentences{look: k}
	switch l.page {
	case lessonQuestion:
		l.plainQuestion(out, ws, lang)
	case lessonList:
		l.finder.plain(out, ws, ws.noCard, func(i int) string { return l.steps[i].title[lang] })
	case lessonResult:
		l.plainResult(out, ws, lang)
		out.add(ws.typeResult(l.plainOffers(out, ws)))
	case lessonMenu:
		out.add(ws.menuIntro)
		if l.leftOut > 0 {
			out.add(ws.leftOut(l.leftOut))
		}
		out.add(ws.typeMenu(l.plainOffers(out, ws)))
	}
	return out.String()
}

// sentences are lines of plain text.
type sentences struct {
	strings.Builder
	look Look
}

func (s *sentences) add(text string) { s.WriteString(s.look.Clean(text) + "\n") }

// sentence ends what a title leaves open.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func numberOf(i int) string { return "[" + strconv.Itoa(i+1) + "] " }

func (l *lesson) plainQuestion(out *sentences, ws *words, lang plugin.Lang) {
	r := l.current()
	s := l.steps[r.steps[r.at]]
	if r.chosen[r.at] > 0 {
		out.add(ws.question(r.at+1, len(r.steps)) + " " + sentence(s.words[lang].Headline))
		for i, v := range l.verdict(ws, lang) {
			mark := ""
			switch {
			case !v.right:
				mark = ws.markWrong + ws.colon
			case i == 0:
				mark = ws.markRight + ws.colon
			}
			out.add(mark + v.text + ".")
			if v.why != "" {
				out.add(v.why)
			}
		}
		out.add(ws.typeEnter)
		return
	}
	out.add(ws.question(r.at+1, len(r.steps)))
	out.add(ws.pCustomer + ws.colon + ws.quoted(s.customer[lang]))
	out.WriteString(plainCard(s.asked(lang), out.look))
	out.add(ws.yourTurn)
	for i, c := range s.choices[lang] {
		out.add(numberOf(i) + c.text)
	}
	out.add(ws.typeAnswer(len(s.choices[lang])))
}

func (l *lesson) plainResult(out *sentences, ws *words, lang plugin.Lang) {
	right, of := l.round.score(l.steps)
	out.add(ws.scoreLine(right, of) + ".")
	missed := l.round.missed(l.steps)
	if len(missed) == 0 {
		out.add(ws.allRight)
		return
	}
	out.add(ws.lookAgain + ws.colon)
	for _, i := range missed {
		s := l.steps[i]
		out.add(sentence(s.words[lang].Headline) + " " + ws.rightIs + ws.colon + s.choices[lang][s.right].text + ".")
	}
}

// plainOffers lists what is offered, and gives how much that is.
func (l *lesson) plainOffers(out *sentences, ws *words) int {
	offers := l.offers()
	for i, o := range offers {
		out.add(numberOf(i) + o.say(ws))
	}
	return len(offers)
}

// trainingLine does what a typed line asks for in training, and says what came of
// it: true when the training is to be left.
func (sp *speaker) trainingLine(typed string) (leave bool) {
	m, k := sp.m, keyEnter
	switch {
	case len(typed) > 1:
		k = keyOther
	case typed != "":
		k = plainKey(typed)
	}
	now := sp.p.o.Clock()
	m.shownAt = now.Add(-armingDelay) // a line takes longer to type than a slip of the hand
	if m.asked != nil {
		m.asked.read = true
		if typed == "" {
			k = keyBack
		}
	}
	e := m.key(k, now)
	m.hidden = false // what was said cannot be hidden
	if m.page == pageHelp {
		sp.say("\n" + m.plainPage(now))
		m.leave()
	}
	if !e.leave {
		sp.tell(now)
	}
	return e.leave
}
