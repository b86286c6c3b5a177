package tui

import (
	"math/rand/v2"
	"strings"
)

// lesson is a training under way: a menu, and rounds of questions. Keys go in,
// pictures come out; it has no clock.
type lesson struct {
	steps    []step
	leftOut  int
	hash     string
	progress Progress
	rng      *rand.Rand

	page   lessonPage
	round  *round // on the screen, or left for later; nil: none was begun
	single *round // one card by itself, beside it; nil: none

	filter string // of the list
	cursor int
}

type lessonPage uint8

const (
	lessonMenu lessonPage = iota
	lessonQuestion
	lessonList
	lessonResult
)

const (
	listPage = 9   // entries of a page of the list: as many as there are digits
	typeBack = '-' // Esc for those who type lines, or have only digits
	typeMore = '+' // the next page of the list, for the same
)

// newLesson begins with the menu. The same seed draws the same rounds.
func newLesson(t *Training, seed uint64, p Progress) *lesson {
	l := &lesson{steps: t.steps, leftOut: t.leftOut, hash: t.hash, progress: p, rng: rand.New(rand.NewPCG(seed, 0))}
	l.takeUp()
	return l
}

// offer is a numbered line of the menu or the result.
type offer struct {
	say func(*words) string
	do  func()
}

// offers are what the menu or the result offers. Their keys count from 1.
func (l *lesson) offers() (out []offer) {
	add := func(say func(*words) string, do func()) { out = append(out, offer{say, do}) }
	if l.page == lessonResult {
		if missed := l.round.missed(l.steps); len(missed) > 0 {
			add(func(ws *words) string { return ws.practise(len(missed)) }, func() { l.begin(shuffled(missed, l.rng)) })
		}
		add(func(ws *words) string { return ws.toMenu }, func() { l.page = lessonMenu })
		return out
	}
	if l.unfinished() {
		add(func(ws *words) string { return ws.goOn(l.round.next()+1, len(l.round.steps)) }, func() { l.round.at, l.page = l.round.next(), lessonQuestion })
	}
	if len(l.steps) > shortRound {
		add(func(ws *words) string { return ws.short(shortRound) }, func() { l.begin(drawShort(l.steps, l.rng)) })
	}
	add(func(ws *words) string { return ws.full(len(l.steps)) }, func() {
		all := make([]int, len(l.steps))
		for i := range all {
			all[i] = i
		}
		l.begin(shuffled(all, l.rng))
	})
	add(func(ws *words) string { return ws.byName }, func() { l.page, l.filter, l.cursor = lessonList, "", 0 })
	return out
}

func (l *lesson) unfinished() bool { return l.round != nil && !l.round.done }

func (l *lesson) begin(steps []int) {
	l.round, l.page = newRound(steps), lessonQuestion
	l.keep()
}

// current is the round on the screen.
func (l *lesson) current() *round {
	if l.single != nil {
		return l.single
	}
	return l.round
}

// key is every key of the training. Leave asks to go out: it is pressed on the menu.
func (l *lesson) key(k key) (leave bool) {
	back := k == keyBack || k == typeBack
	switch l.page {
	case lessonMenu:
		l.offered(k)
		return back
	case lessonQuestion:
		l.questionKey(k, back)
	case lessonList:
		l.listKey(k, back)
	case lessonResult:
		if back { // to look at the answers once more
			l.page = lessonQuestion
			break
		}
		l.offered(k)
	}
	return false
}

// takes tells whether a key that every page has is the lesson's own here: in the
// list digits choose, letters look for a name, and arrows move the mark.
func (l *lesson) takes(k key) bool {
	return l.page == lessonList && (k > '0' && k <= '~' || k == ' ' || k >= keyUp && k <= keyEnd)
}

func (l *lesson) offered(k key) {
	if offers := l.offers(); k >= '1' && int(k-'1') < len(offers) {
		offers[k-'1'].do()
	}
}

// questionKey answers with a digit and goes on with Enter: what is pressed twice
// never skips what became of it.
func (l *lesson) questionKey(k key, back bool) {
	r := l.current()
	n := int(k - '0')
	switch {
	case back && r.at > 0:
		r.at--
	case back && l.single != nil:
		l.single, l.page = nil, lessonList
	case back:
		l.page = lessonMenu
	case r.chosen[r.at] == 0:
		if n >= 1 && n <= len(l.steps[r.steps[r.at]].choices[languages[0]]) {
			r.chosen[r.at] = n
			l.keep()
		}
	case k != keyEnter:
	case r.at+1 < len(r.steps):
		r.at++
	case l.single != nil:
		l.single, l.page = nil, lessonList
	default:
		r.done, l.page = true, lessonResult
		l.keep()
	}
}

func (l *lesson) listKey(k key, back bool) {
	found := l.found()
	first := l.cursor - l.cursor%listPage
	open := func(i int) {
		if i < len(found) {
			l.single, l.page = newRound(found[i:i+1]), lessonQuestion
		}
	}
	move := func(to int) { l.cursor = max(0, min(to, len(found)-1)) }
	switch {
	case back && l.filter != "":
		l.filter, l.cursor = "", 0
	case back:
		l.page = lessonMenu
	case k == keyEnter:
		open(l.cursor)
	case k == keyUp:
		move(l.cursor - 1)
	case k == keyDown:
		move(l.cursor + 1)
	case k == keyPageUp:
		move(first - listPage)
	case k == keyPageDown:
		move(first + listPage)
	case k == typeMore && first+listPage < len(found):
		l.cursor = first + listPage
	case k == keyHome, k == typeMore:
		l.cursor = 0
	case k == keyEnd:
		move(len(found))
	case k >= '1' && k <= '9':
		open(first + int(k-'1'))
	case k >= ' ' && k <= '~' && k != '0':
		l.look(l.filter + string(rune(k)))
	}
}

// look looks for a part of a name.
func (l *lesson) look(part string) { l.filter, l.cursor = part, 0 }

// found are the scenarios whose name or card has the part that was typed, in
// either language, whatever its accents.
func (l *lesson) found() (out []int) {
	fold := func(s string) string { return strings.ToLower(LettersASCII.spell(strings.ReplaceAll(s, nbsp, " "))) }
	part := strings.TrimSpace(fold(l.filter))
	for i, s := range l.steps {
		name := s.card.SaleID
		for _, lang := range languages {
			name += "\n" + s.title[lang] + "\n" + s.words[lang].Headline
		}
		if strings.Contains(fold(name), part) {
			out = append(out, i)
		}
	}
	return out
}
