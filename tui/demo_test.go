package tui

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// played is a demo whose stories nobody plays: a test looks at what the screen asks for.
type played struct {
	Demo
	asked []string
}

func sampleDemo() *played {
	p := &played{}
	say := func(english, french string) map[plugin.Lang]string {
		return map[plugin.Lang]string{plugin.English: english, plugin.French: french}
	}
	p.Stories = []Story{
		{say("A payment without an answer, and taken", "Un paiement sans réponse, et facturé"),
			say("A sofa for $1,249.00. The answer is lost on the way. Whoever tries again charges the customer twice.",
				"Un sofa à 1\u00a0249,00\u00a0$. La réponse se perd en chemin. Recommencer, c'est facturer deux fois.")},
		{say("An amount that is refused", "Un montant refusé"), say("Flexiti does not cover all of it.", "Flexiti ne couvre pas tout le montant.")},
		{say("A code that nobody knows", "Un code que personne ne connaît"), say("The till checks.", "La caisse vérifie.")},
	}
	for _, code := range []string{"lookup/404/not_found", "authorization/409/credit_exceeded", "verify/409/tries_exceed"} {
		p.Codes = append(p.Codes, Story{say(code+"  Headline", code+"  Titre"), say("A sale with "+code+".", "Une vente avec "+code+".")})
	}
	p.Play = func(n int) { p.asked = append(p.asked, fmt.Sprint("play ", n)) }
	p.Stop = func() { p.asked = append(p.asked, "stop") }
	return p
}

var booked = map[plugin.Lang]string{plugin.English: "Flexiti's books: $1,249.00 taken, once.", plugin.French: "Livres de Flexiti\u00a0: 1\u00a0249,00\u00a0$ facturés, une seule fois."}

func inDemo(t *testing.T, l plugin.Lang) (*shift, *played) {
	p := sampleDemo()
	return newShift(t, Options{Lang: l, Demo: &p.Demo}), p
}

// toldTo leads to a card of a story.
func toldTo(s *shift, l plugin.Lang, state storyState) {
	s.m.demo = newDemo(&sampleDemo().Demo)
	s.m.demo.state = storyUnderWay
	s.shows(checkCard(l))
	s.tells(Told{Text: booked, Over: state == storyOver})
	if state != storyOver {
		s.shows(checkCard(l))
	}
}

// tells has the demo tell a line.
func (s *shift) tells(t Told) { s.Tell(t); s.catchUp() }

// A story begins when the cashier says so, with nothing on the screen, and ends with what the books say.
func TestAStoryFromItsBeginningToItsEnd(t *testing.T) {
	s, p := inDemo(t, plugin.English)
	require.Contains(t, s.see(), "DEMO 1 of 3")
	require.Contains(t, s.see(), "Whoever tries again")
	s.press('1')
	require.Equal(t, []string{"stop", "play 0"}, p.asked)
	require.NotContains(t, s.see(), "[1]", "nothing can be pressed until a card comes")

	s.shows(checkCard(plugin.English))
	card := s.see()
	require.Contains(t, card, "DEMO 1 of 3")
	require.Contains(t, card, "A payment without an answer, and taken", "the row above the card")
	require.NotNil(t, s.press('1'))

	s.tells(Told{Text: map[plugin.Lang]string{plugin.English: "The customer types the code."}})
	require.Contains(t, s.see(), "The customer types the code.")
	s.shows(doneCard(plugin.English))
	require.NotContains(t, s.see(), "The customer types the code.", "it was about the card before")

	s.tells(Told{Text: booked, Over: true})
	require.Contains(t, s.see(), booked[plugin.English])
	s.press(keyBack)
	over := s.see()
	require.Contains(t, over, booked[plugin.English])
	require.Contains(t, over, "[1] Next story")
	s.press('1')
	require.Contains(t, s.see(), "DEMO 2 of 3")
	require.NotContains(t, s.see(), "1,249.00", "the next one begins with nothing")
	require.Equal(t, "stop", p.asked[len(p.asked)-1])
}

// The rows of a card stand where they stand from its first picture on, whatever is told above.
func TestWhatIsToldMovesNothing(t *testing.T) {
	s, _ := inDemo(t, plugin.English)
	s.press('1')
	s.shows(checkCard(plugin.English))
	before := s.see()
	s.tells(Told{Text: map[plugin.Lang]string{plugin.English: "The customer types the code."}})
	after := s.see()
	require.NotEqual(t, before, after)
	require.Equal(t, lines(before)[2:], lines(after)[2:])
	s.tells(Told{Text: booked, Over: true})
	require.Equal(t, lines(before)[2:], lines(s.see())[2:])
}

// The keys go on and back from anywhere, over the end to what was seen.
func TestForwardAndBack(t *testing.T) {
	s, p := inDemo(t, plugin.French)
	s.press('p')
	require.Contains(t, s.see(), "DÉMO 1 sur 3", "there is none before it")
	s.press('1')
	s.shows(checkCard(plugin.French))
	s.tells(Told{Text: booked, Over: true})
	s.press('n')
	require.Contains(t, s.see(), "DÉMO 2 sur 3")
	require.NotContains(t, s.see(), "VÉRIFIER", "no doubt of the story before is left")
	s.press('N')
	s.press('1')
	s.shows(checkCard(plugin.French))
	s.tells(Told{Text: booked, Over: true})
	s.press('n')
	seen := s.see()
	require.Contains(t, seen, "CE QUE VOUS AVEZ VU")
	require.Contains(t, seen, "+ 1 Un paiement sans réponse, et facturé")
	require.Contains(t, flat(seen), flat(booked[plugin.French]))
	require.Contains(t, seen, "- 2 Un montant refusé")
	require.Contains(t, seen, "+ 3 Un code que personne ne connaît")
	s.press('n')
	require.Contains(t, s.see(), "CE QUE VOUS AVEZ VU", "there is no more")
	s.press('p')
	require.Contains(t, s.see(), "DÉMO 3 sur 3")

	s.press('1')
	s.shows(checkCard(plugin.French))
	s.press(keyDetails)
	s.press('P')
	require.Contains(t, s.see(), "DÉMO 2 sur 3")
	require.Equal(t, "stop", p.asked[len(p.asked)-1])
	s.shows(checkCard(plugin.French))
	require.Contains(t, s.see(), "DÉMO 2 sur 3")
}

// In the list letters look for a name, q and n among them; Enter plays what the mark is on.
func TestAnyCodeByItsName(t *testing.T) {
	s, p := inDemo(t, plugin.English)
	s.press('2')
	require.Contains(t, s.see(), "LOOK FOR: _")
	require.Contains(t, s.see(), "Ctrl-C")
	for _, r := range "tn" {
		s.event(tcell.NewEventKey(tcell.KeyRune, r, tcell.ModNone))
	}
	require.Contains(t, s.see(), "No code has this in its name.")
	s.press(keyBack)
	for _, r := range "exceeded" {
		s.event(tcell.NewEventKey(tcell.KeyRune, r, tcell.ModNone))
	}
	require.Contains(t, s.see(), "credit_exceeded")
	require.NotContains(t, s.see(), "tries_exceed")
	s.press(keyEnter)
	require.Equal(t, []string{"stop", "play 4"}, p.asked)
	require.Contains(t, s.see(), "DEMO code 2 of 3")
	s.shows(checkCard(plugin.English))
	s.tells(Told{Text: booked, Over: true})
	s.press('n')
	require.Contains(t, s.see(), "DEMO code 3 of 3")
	s.press(keyBack)
	require.Contains(t, s.see(), "LOOK FOR: exceeded_", "back to the list, as it was")
	s.press(keyInterrupt)
	require.Contains(t, s.see(), "DEMO", "a question, and where it is asked")
}

// Where the demo stands and how it is left can be seen on every page, at every size.
func TestADemoIsToldFromATillAtWork(t *testing.T) {
	pages := map[string]func(s *shift){
		"story":   func(*shift) {},
		"begun":   func(s *shift) { s.press('1') },
		"codes":   func(s *shift) { s.press('2') },
		"seen":    func(s *shift) { s.press('n'); s.press('n'); s.press('n') },
		"card":    func(s *shift) { s.press('1'); s.shows(checkCard(s.m.lang)) },
		"details": func(s *shift) { s.press('1'); s.shows(checkCard(s.m.lang)); s.press(keyDetails) },
		"help":    func(s *shift) { s.press('1'); s.shows(checkCard(s.m.lang)); s.press(keyHelp) },
		"history": func(s *shift) { s.press('1'); s.shows(checkCard(s.m.lang)); s.press(keyHistory) },
		"over": func(s *shift) {
			s.press('1')
			s.shows(checkCard(s.m.lang))
			s.tells(Told{Text: booked, Over: true})
		},
	}
	for name, lead := range pages {
		for _, l := range languages {
			for _, size := range [][2]int{{80, 24}, {132, 43}, {40, 12}} {
				t.Run(fmt.Sprintf("%s %s %d", name, l, size[0]), func(t *testing.T) {
					s, _ := inDemo(t, l)
					lead(s)
					picture := s.seeAt(size[0], size[1])
					rows := lines(picture)
					require.Contains(t, rows[0], map[plugin.Lang]string{plugin.English: "DEMO", plugin.French: "DÉMO"}[l], picture)
					require.Regexp(t, `(q|Ctrl-C) (Leave|Quitter)`, rows[len(rows)-1], picture)
					if name != "codes" && name != "seen" {
						require.Regexp(t, `\d`, rows[0], picture)
						require.Regexp(t, `n (Next|Suiv\.) +p (Previous|Préc\.)`, rows[len(rows)-1], picture)
					}
				})
			}
		}
	}
	s, _ := inDemo(t, plugin.English)
	s.press(keyHide)
	require.Contains(t, s.see(), "DEMO 1 of 3")
}

// Every text of the demo is there in both languages.
func TestDemoWordsAreComplete(t *testing.T) {
	for _, l := range languages {
		words := reflect.ValueOf(wordsOf(l).demoWords)
		for i := range words.NumField() {
			require.False(t, words.Field(i).IsZero(), "%s: %s", l, words.Type().Field(i).Name)
		}
	}
}

// To leave is asked, and what stands open is nobody's.
func TestLeavingADemo(t *testing.T) {
	s, _ := inDemo(t, plugin.English)
	s.press('1')
	s.shows(checkCard(plugin.English))
	s.press(keyLeave)
	require.Contains(t, s.see(), "Leave the demo?")
	require.NotContains(t, s.see(), "10-44")
	s.press(keyBack)
	require.Contains(t, s.see(), "DO NOW")
}

// From the codes there is a way back to the story that they were gone to from.
func TestBackFromTheCodes(t *testing.T) {
	s, _ := inDemo(t, plugin.English)
	s.press('n')
	s.press('2')
	require.Contains(t, s.see(), "LOOK FOR")
	s.press(keyBack)
	require.Contains(t, s.see(), "DEMO 2 of 3")
	s.press('2')
	s.press('1')
	s.shows(checkCard(plugin.English))
	s.tells(Told{Text: booked, Over: true})
	s.press(keyBack)
	require.Contains(t, s.see(), "[4] Back to the stories")
	require.NotContains(t, s.see(), "[5]", "that key goes to sales in doubt")
	s.press('4')
	require.Contains(t, s.see(), "DEMO 2 of 3")
}

// Who presses n again goes on again: it is no key that is held down.
func TestStoriesAreTurnedOver(t *testing.T) {
	s, _ := inDemo(t, plugin.English)
	for range 2 {
		s.event(tcell.NewEventKey(tcell.KeyRune, 'n', tcell.ModNone))
		s.after(250 * time.Millisecond)
	}
	require.Contains(t, s.see(), "DEMO 3 of 3")
}

// What is told is not cut off where the screen is narrow.
func TestWhatIsToldIsWholeOnANarrowScreen(t *testing.T) {
	s, _ := inDemo(t, plugin.French)
	s.press('1')
	s.shows(checkCard(plugin.French))
	s.tells(Told{Text: booked, Over: true})
	require.Contains(t, flat(s.seeAt(40, 12)), flat(booked[plugin.French]))
	s.press(keyBack)
	require.Contains(t, s.seeAt(40, 12), "[4] Ce que vous avez vu", "all that the page offers")
}
