package tui

import "math/rand/v2"

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

	finder // the list
}

type lessonPage uint8

const (
	lessonMenu lessonPage = iota
	lessonQuestion
	lessonList
	lessonResult
)

// newLesson begins with the menu. The same seed draws the same rounds.
func newLesson(t *Training, seed uint64, p Progress) *lesson {
	l := &lesson{steps: t.steps, leftOut: t.leftOut, hash: t.hash, progress: p, rng: rand.New(rand.NewPCG(seed, 0))}
	l.finder = newFinder(len(l.steps), func(i int) string {
		name := l.steps[i].card.SaleID
		for _, lang := range languages {
			name += "\n" + l.steps[i].title[lang] + "\n" + l.steps[i].words[lang].Headline
		}
		return name
	})
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
	add(func(ws *words) string { return ws.byName }, func() { l.page = lessonList; l.look("") })
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
		switch n, left := l.finder.key(k); {
		case left:
			l.page = lessonMenu
		case n >= 0:
			l.single, l.page = newRound([]int{n}), lessonQuestion
		}
	case lessonResult:
		if back { // to look at the answers once more
			l.page = lessonQuestion
			break
		}
		l.offered(k)
	}
	return false
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
