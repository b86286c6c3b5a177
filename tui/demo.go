package tui

import "github.com/tillwise/tillwise/plugin"

// Demo is what a till plays in place of a shift: stories, each a sale from its
// beginning to its end, with a Flexiti behind it that is none. The screen shows where
// it stands, goes from story to story, and begins each with nothing on it.
type Demo struct {
	Stories []Story // told one after the other
	Codes   []Story // found by a part of what they are called
	// Play begins a story, by its place in Stories, or behind them in Codes. Stop ends
	// the one under way. Neither waits; once one has returned, no card of the story
	// before may be shown any more.
	Play func(n int)
	Stop func()
}

// Story is one of a demo. Its texts are in both languages.
type Story struct {
	Title map[plugin.Lang]string // one row
	Intro map[plugin.Lang]string // a sentence or two: what is going to happen
}

// Told is what is to be known of the story on the screen, on one row above its
// cards. Over: the story has ended, and this is how.
type Told struct {
	Text map[plugin.Lang]string
	Over bool
}

// demo is a demo under way. Keys go in, pictures and effects come out; it has no clock.
type demo struct {
	*Demo
	page  demoPage
	at    int // the story that the screen is about
	left  int // the one of the stories that the codes were gone to from
	state storyState
	told  map[plugin.Lang]string         // above its cards; nil: its title stands there
	seen  map[int]map[plugin.Lang]string // how stories have ended, the last time
	codes finder
	above bool // its row stands above the page
}

type demoPage uint8

const (
	demoStory demoPage = iota
	demoCodes
	demoSeen
)

type storyState uint8

const (
	storyNew storyState = iota
	storyUnderWay
	storyOver
)

const (
	keyNext   key = 'n'
	keyBefore key = 'p'
)

func newDemo(d *Demo) *demo {
	return &demo{Demo: d, seen: map[int]map[plugin.Lang]string{}, codes: newFinder(len(d.Codes), func(i int) string {
		name := ""
		for _, l := range languages {
			name += d.Codes[i].Title[l] + "\n"
		}
		return name
	})}
}

// story is the one that the screen is about.
func (d *demo) story() Story {
	if d.isCode() {
		return d.Codes[d.at-len(d.Stories)]
	}
	return d.Stories[d.at]
}

func (d *demo) isCode() bool { return d.at >= len(d.Stories) }

// place is where the story stands among those like it, from 1.
func (d *demo) place() (n, of int) {
	if d.isCode() {
		return d.at - len(d.Stories) + 1, len(d.Codes)
	}
	return d.at + 1, len(d.Stories)
}

// goTo goes to a story, which is yet to begin.
func (d *demo) goTo(n int) effect {
	d.page, d.at, d.state, d.told = demoStory, n, storyNew, nil
	if !d.isCode() {
		d.left = n
	}
	return effect{stop: true}
}

// turn goes to a page beside the stories. One that is under way ends.
func (d *demo) turn(p demoPage) effect {
	var e effect
	if d.state == storyUnderWay {
		e = d.goTo(d.at)
	}
	d.page = p
	return e
}

// step goes one story on, or back. After the last one comes what was seen.
func (d *demo) step(by int) effect {
	n, of := d.place()
	switch n += by; {
	case d.page != demoStory:
		if by < 0 {
			return d.goTo(d.at)
		}
		return effect{}
	case n > of:
		return d.turn(demoSeen)
	case n < 1:
		return effect{}
	}
	return d.goTo(d.at + by)
}

// begin has the story begin, whatever of it was there.
func (d *demo) begin() effect {
	d.goTo(d.at)
	d.state = storyUnderWay
	return effect{stop: true, play: true}
}

// tell takes a line in. One that is late, of a story that is not under way, is not the screen's.
func (d *demo) tell(t Told) {
	if d.state == storyNew {
		return
	}
	d.told, d.state = t.Text, storyUnderWay
	if t.Over {
		d.state, d.seen[d.at] = storyOver, t.Text
	}
}

// card takes a line away that was about the card before.
func (d *demo) card() {
	if d.state != storyOver {
		d.told = nil
	}
}

// demoOffer is a numbered line of a page of the demo.
type demoOffer struct {
	say func(*words) string
	do  func() effect
}

// offers are what the page offers: nothing while a story begins. Their keys count from 1.
func (d *demo) offers(card bool) (out []demoOffer) {
	add := func(say func(*words) string, do func() effect) { out = append(out, demoOffer{say, do}) }
	switch {
	case d.page == demoSeen:
		add(func(ws *words) string { return ws.demoBack }, func() effect { return d.goTo(d.at) })
	case d.state == storyNew:
		add(func(ws *words) string { return ws.demoBegin }, d.begin)
	case d.state == storyOver:
		add(d.sayNext, func() effect { return d.step(1) })
		add(func(ws *words) string { return ws.demoAgain }, d.begin)
	case !card:
		return nil
	default:
		add(func(ws *words) string { return ws.demoToCard }, func() effect { return effect{card: true} })
		add(func(ws *words) string { return ws.demoAgain }, d.begin)
	}
	add(func(ws *words) string { return ws.demoByCode }, func() effect { return d.turn(demoCodes) })
	switch { // never a fifth line: key 5 is another's everywhere
	case d.page == demoSeen:
	case d.isCode():
		add(func(ws *words) string { return ws.demoToStories }, func() effect { return d.goTo(d.left) })
	case len(d.seen) > 0:
		add(func(ws *words) string { return ws.demoSeen }, func() effect { return d.turn(demoSeen) })
	}
	return out
}

// sayNext names what comes after the story.
func (d *demo) sayNext(ws *words) string {
	if n, of := d.place(); n == of {
		return ws.demoSeen
	}
	if d.isCode() {
		return ws.demoNextCode
	}
	return ws.demoNext
}

// key is a key on a page of the demo; card tells that the story has one to go back to.
func (d *demo) key(k key, card bool) effect {
	back := k == keyBack || k == typeBack
	if d.page == demoCodes {
		n, left := d.codes.key(k)
		switch {
		case n >= 0:
			d.at = len(d.Stories) + n
			return d.begin()
		case left:
			return d.goTo(d.left)
		}
		return effect{}
	}
	offers := d.offers(card)
	switch {
	case len(offers) == 0:
	case back && (d.page == demoSeen || d.state == storyUnderWay && card):
		return offers[0].do()
	case back && d.isCode():
		return d.turn(demoCodes)
	case k == keyEnter:
		return offers[0].do()
	case k >= '1' && int(k-'1') < len(offers):
		return offers[k-'1'].do()
	}
	return effect{}
}

// steps is how many stories a key goes on.
func (k key) steps() int {
	switch k {
	case keyNext, 'N':
		return 1
	case keyBefore, 'P':
		return -1
	}
	return 0
}
