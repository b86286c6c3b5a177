package tui

import (
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

// lesson is a training under way.
type lesson struct {
	steps  []step
	at     int // step; len(steps): at the end
	chosen int // 1 to 4; 0: not yet
	right  int // answers
}

func newLesson(t *Training) *lesson { return &lesson{steps: t.steps} }

// wants tells whether a key is the training's own.
func (l *lesson) wants(k key) bool {
	return k >= '1' && k <= '4' || k == keyEnter
}

// key is a key on a question, or on what became of it.
func (l *lesson) key(k key) (leave bool) {
	switch {
	case l.at == len(l.steps):
		*l = lesson{steps: l.steps}
	case l.chosen == 0:
		s := l.steps[l.at]
		if n := int(k - '0'); n >= 1 && n <= len(s.choices[plugin.English]) {
			l.chosen = n
			if n == s.right+1 {
				l.right++
			}
		}
	case k == keyEnter:
		l.at, l.chosen = l.at+1, 0
	}
	return false
}

// picture is a customer and a card without its advice, and what is asked.
func (l *lesson) picture(ws *words, lang plugin.Lang, k Look, w int) (title []string, rows []line, keys []binding) {
	title = []string{ws.train, ws.trainNote}
	if l.at == len(l.steps) {
		rows := append([]line{nil}, hang(nil, 1, ws.scoreLine(l.right, l.at), strong, w)...)
		rows = append(rows, nil, line{{" ", plain}, {"[1]", chip.on('1')}, {" " + ws.trainAgain, plain.on('1')}})
		return title, rows, trainKeys
	}
	s := l.steps[l.at]
	p := spellPrompt(s.words[lang], k)
	family := style{bold: true, reverse: true, colour: familyColour(s.card.Decision.Family)}
	rows = []line{ends(text(strconv.Itoa(l.at+1)+"/"+strconv.Itoa(len(l.steps))), text(ws.scoreLine(l.right, l.answered())), w)}
	rows = append(rows, hang(styled(" "+ws.customer, strong), gutter(ws), k.spell(ws.quoted(s.customer[lang])), plain, w)...)
	rows = append(rows, styled(" "+sign(s.card.Decision)+" "+p.Banner, family))
	rows = append(rows, hang(nil, 5, p.Headline, strong, w)...)
	rows = append(rows, styled(" "+moneySign(s.card.Decision.Money)+" "+p.Money, strong), nil)
	if l.chosen == 0 {
		rows = append(rows, hang(nil, 1, ws.yourTurn, strong, w)...)
		for i, c := range s.choices[lang] {
			n := key('1' + i)
			rows = append(rows, hang(line{{" ", plain}, {"[" + string(n) + "]", chip.on(n)}}, 5, k.spell(c), plain.on(n), w)...)
		}
		return title, rows, trainKeys
	}
	verdict := ws.rightAnswer
	if l.chosen != s.right+1 {
		verdict = ws.wrongAnswer
	}
	rows = append(rows, hang(nil, 1, verdict, strong, w)...)
	rows = append(rows, hang(line{{" [" + strconv.Itoa(s.right+1) + "]", strong}}, 5, k.spell(s.choices[lang][s.right]), plain, w)...)
	rows = append(rows, hang(nil, 5, p.Why, plain, w)...)
	return title, rows, answeredKeys
}

// answered is how many questions have had an answer.
func (l *lesson) answered() int {
	if l.chosen > 0 {
		return l.at + 1
	}
	return l.at
}

// plain is the same as sentences.
func (l *lesson) plain(lang plugin.Lang, k Look) string {
	return ""
}
