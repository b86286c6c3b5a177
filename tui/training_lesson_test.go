package tui

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// seen is the text of what a lesson shows, on a screen as wide as w.
func seen(l *lesson, lang plugin.Lang, w int) string {
	_, rows, _ := l.picture(wordsOf(lang), lang, Look{}, w)
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(row.String() + "\n")
	}
	return flat(b.String())
}

func TestALessonBeginsWithAMenu(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	require.Contains(t, seen(l, plugin.English, 80), "[1] Short round: 10 cards [2] Full round: 148 cards [3] One card, by its name")
	require.Contains(t, seen(l, plugin.French, 80), "[1] Courte : 10 cartes [2] Complète : 148 cartes [3] Une seule carte, par son nom")
	require.False(t, press(l, "4"), "no such line")
	require.Equal(t, lessonMenu, l.page)
	require.True(t, press(l, "\x1b"), "Esc at the menu asks to go out")
}

func TestAVerdictShowsWhatWasChosenBesideWhatIsRight(t *testing.T) {
	for _, lang := range languages {
		l := newLesson(builtInTraining(t), 1, Progress{})
		press(l, "1")
		s := l.steps[l.round.steps[0]]
		require.NotContains(t, seen(l, lang, 200), flat(s.words[lang].Why), "the reason comes after the answer")
		wrong := wrongKey(l)
		l.key(wrong)
		ws, c := wordsOf(lang), s.choices[lang][wrong-'1']
		text := seen(l, lang, 1000)
		require.Contains(t, text, "x "+ws.markWrong+" "+ws.youChose+" ["+string(rune(wrong))+"] "+flat(c.text)+" "+flat(c.because))
		require.Contains(t, text, "+ "+ws.markRight+" "+ws.rightIs+" ["+string(rune(rightKey(l)))+"] "+flat(s.choices[lang][s.right].text)+" "+flat(s.words[lang].Why))
		said := flat(l.plain(lang, Look{}))
		require.Contains(t, said, flat(ws.markWrong+ws.colon+ws.youChose)+" ["+string(rune(wrong))+"] "+flat(c.text)+". "+flat(c.because))
		require.Contains(t, said, flat(ws.rightIs)+" ["+string(rune(rightKey(l)))+"] "+flat(s.choices[lang][s.right].text)+". "+flat(s.words[lang].Why))
	}
}

func TestGoingOnNeedsAnotherKeyThanTheAnswer(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	press(l, "1")
	first := rightKey(l)
	press(l, string(rune(first))+"1234")
	require.Equal(t, 0, l.round.at, "a digit pressed again does nothing")
	require.Equal(t, int(first-'0'), l.round.chosen[0], "and changes nothing")
	l.key(keyEnter)
	require.Equal(t, 1, l.round.at)
	l.key(keyEnter)
	require.Equal(t, 1, l.round.at, "Enter is no answer")
}

func TestEscGoesBackAndLooksAtWhatWasAnswered(t *testing.T) {
	for _, back := range []key{keyBack, typeBack} {
		l := newLesson(builtInTraining(t), 1, Progress{})
		press(l, "1")
		l.key(wrongKey(l))
		l.key(keyEnter)
		require.False(t, l.key(back))
		require.Contains(t, seen(l, plugin.English, 80), "NOT RIGHT")
		l.key(keyEnter)
		require.Equal(t, 1, l.round.at)
		l.key(back)
		require.False(t, l.key(back))
		require.Contains(t, seen(l, plugin.English, 80), "[1] Go on where you left (2 of 10)")
		press(l, "1")
		require.Equal(t, 1, l.round.at, "where the next answer is wanted")
	}
}

// through answers a whole round: wrongly where the list says so.
func through(l *lesson, wrong ...int) {
	for i := range l.round.steps {
		if slices.Contains(wrong, i) {
			l.key(wrongKey(l))
		} else {
			l.key(rightKey(l))
		}
		l.key(keyEnter)
	}
}

func TestTheResultSaysWhatToLookAtAgain(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	press(l, "1")
	missed := []int{l.round.steps[3], l.round.steps[7]}
	through(l, 3, 7)
	for _, text := range []string{seen(l, plugin.English, 1000), flat(l.plain(plugin.English, Look{}))} {
		require.Contains(t, text, "SCORE 8 of 10")
		require.Contains(t, text, "[1] Practise these again (2) [2] Menu")
		for _, i := range missed {
			require.Contains(t, text, flat(l.steps[i].words[plugin.English].Headline))
			require.Contains(t, text, "Right is: "+flat(l.steps[i].choices[plugin.English][l.steps[i].right].text))
		}
	}
	l.key(keyBack)
	require.Equal(t, 9, l.round.at, "back to the last answer")
	l.key(keyEnter)
	press(l, "1")
	require.ElementsMatch(t, missed, l.round.steps)
	through(l)
	require.Contains(t, seen(l, plugin.English, 80), "SCORE 2 of 2 All of them right. [1] Menu")
	press(l, "1")
	require.NotContains(t, seen(l, plugin.English, 80), "Go on where", "the round is over")
}

func TestOneCardIsFoundByAPartOfItsName(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	press(l, "1")
	l.key(rightKey(l))
	l.key(keyEnter)
	l.key(keyBack)
	l.key(keyBack)
	press(l, "4")
	require.Contains(t, seen(l, plugin.English, 80), "1 to 9 of 148")
	require.True(t, l.takes('9') && l.takes('r') && l.takes(keyDown), "the list's keys are its own")
	require.False(t, l.takes(keyHelp) || l.takes(keyBack))

	press(l, "reponse de securite")
	require.Contains(t, seen(l, plugin.French, 80), "[1] La réponse de sécurité est mauvaise", "whatever its accents")
	press(l, "1")
	require.Equal(t, "wrong answer", l.steps[l.single.steps[0]].card.SaleID)
	l.key(rightKey(l))
	l.key(keyEnter)
	require.Equal(t, lessonList, l.page, "back to the list")
	press(l, "\x1b")
	require.Empty(t, l.filter, "Esc takes the letters away first")
	press(l, "zzz")
	require.Contains(t, seen(l, plugin.English, 80), "No card has this in its name.")
	press(l, "1\r")
	require.Equal(t, lessonList, l.page)
	press(l, "\x1b\x1b")
	require.Contains(t, seen(l, plugin.English, 80), "[1] Go on where you left (2 of 10)", "the round was not touched")
}

func TestTheListHasPages(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	press(l, "3")
	page := func() string { _, first := l.listed(); return string(rune('0' + first/listPage)) }
	for _, step := range []struct {
		key  key
		want string
	}{{keyPageDown, "1"}, {keyUp, "0"}, {typeMore, "1"}, {keyHome, "0"}, {keyPageUp, "0"}, {keyDown, "0"}} {
		l.key(step.key)
		require.Equal(t, step.want, page())
	}
	l.key(keyEnd)
	require.Equal(t, 147, l.cursor)
	l.key(keyPageDown)
	require.Equal(t, 147, l.cursor)
	l.key(typeMore)
	require.Zero(t, l.cursor, "after the last page comes the first")
	l.key(keyDown)
	l.key(keyEnter)
	require.Equal(t, l.found()[1], l.single.steps[0])
}

func TestAShortRoundIsDrawnByTheWeightOfHarm(t *testing.T) {
	steps := builtInTraining(t).steps
	counts := map[stake]int{}
	for seed := range uint64(200) {
		drawn := drawShort(steps, rand.New(rand.NewPCG(seed, 0)))
		require.Len(t, drawn, shortRound)
		cards, stakes := map[plugin.CardID]bool{}, map[stake]bool{}
		for _, i := range drawn {
			d := steps[i].card.Decision
			require.False(t, cards[d.Card], "%s twice", d.Card)
			cards[d.Card], stakes[stakeOf(d)] = true, true
			counts[stakeOf(d)]++
		}
		for heavy := range stakePlain {
			require.True(t, stakes[heavy], "seed %d has no card of kind %d", seed, heavy)
		}
		require.Equal(t, drawn, drawShort(steps, rand.New(rand.NewPCG(seed, 0))), "the same seed draws the same round")
	}
	t.Logf("cards by kind in 200 rounds: %v", counts)
	require.Greater(t, counts[stakeMoneyUnknown], counts[stakePlain]/2, "a third of the cards are plain ones with little at stake")
}

func TestAFullRoundHasEveryCardOnce(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	press(l, "2")
	all := slices.Clone(l.round.steps)
	require.False(t, slices.IsSorted(all), "shuffled")
	slices.Sort(all)
	require.Len(t, slices.Compact(all), 148)
	through(l, 0)
	require.Contains(t, seen(l, plugin.English, 80), "SCORE 147 of 148")
}

func TestARoundIsTakenUpInTheNextRun(t *testing.T) {
	var file []byte
	kept := Progress{Load: func() []byte { return file }, Save: func(data []byte) { file = data }}
	training := builtInTraining(t)
	l := newLesson(training, 1, kept)
	require.Nil(t, file, "nothing is kept before a round")
	press(l, "1")
	l.key(wrongKey(l))
	l.key(keyEnter)
	l.key(rightKey(l))

	again := newLesson(training, 2, kept)
	require.Contains(t, seen(again, plugin.English, 80), "[1] Go on where you left (3 of 10)")
	press(again, "1")
	require.Equal(t, l.round.steps, again.round.steps)
	right, answered := again.round.score(again.steps)
	require.Equal(t, [2]int{1, 2}, [2]int{right, answered})
	for again.page == lessonQuestion {
		again.key(rightKey(again))
		again.key(keyEnter)
	}
	require.Nil(t, file, "a finished round is not kept")
}

func TestWhatIsNoRoundOfTheseScenariosIsIgnored(t *testing.T) {
	training := builtInTraining(t)
	good := kept{V: progressVersion, Scenarios: training.hash, Names: []string{"wrong answer", "busy"}, Chosen: []int{1, 0}}
	tests := []struct {
		name  string
		spoil func(k *kept)
		want  bool
	}{
		{"a round", func(*kept) {}, true},
		{"of another file", func(k *kept) { k.Scenarios = "0123" }, false},
		{"of another version", func(k *kept) { k.V++ }, false},
		{"a name that is not there", func(k *kept) { k.Names[1] = "x" }, false},
		{"an answer that is not there", func(k *kept) { k.Chosen[0] = 5 }, false},
		{"less than no answer", func(k *kept) { k.Chosen[0] = -1 }, false},
		{"fewer answers than names", func(k *kept) { k.Chosen = k.Chosen[:1] }, false},
		{"no card", func(k *kept) { k.Names, k.Chosen = nil, nil }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			k := good
			k.Names, k.Chosen = slices.Clone(k.Names), slices.Clone(k.Chosen)
			test.spoil(&k)
			data, err := json.Marshal(k)
			require.NoError(t, err)
			l := newLesson(training, 1, Progress{Load: func() []byte { return data }})
			require.Equal(t, test.want, l.unfinished())
		})
	}
	for _, data := range []string{"", "null", "{", "[]", "\x00", `{"v":"1"}`} {
		l := newLesson(training, 1, Progress{Load: func() []byte { return []byte(data) }})
		require.False(t, l.unfinished(), data)
	}
}

// The card is shown as it is, what its reason speaks of included, but for its advice.
func TestAQuestionShowsItsCardWithoutTheAdvice(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	show := func(name string) (screen, plain string) {
		l.single, l.page = newRound([]int{l.named(name)}), lessonQuestion
		return seen(l, plugin.English, 1000), flat(l.plain(plugin.English, Look{}))
	}
	screen, plain := show("details not accepted")
	for _, text := range []string{screen, plain} {
		require.Contains(t, text, "email address: is not accepted", "the fields that Flexiti named")
		require.Contains(t, text, "Correct what is listed")
	}
	screen, plain = show("supervisor called")
	ref := l.steps[l.named("supervisor called")].words[plugin.English].Ref
	require.Contains(t, screen, "REF "+ref)
	require.Contains(t, plain, "Reference: "+strings.Join(strings.Split(ref, ""), " "))
	screen, plain = show("payment without an answer")
	for _, text := range []string{screen, plain} {
		require.Contains(t, text, "Take no other payment, and keep the goods until we know.")
		require.NotContains(t, text, "I'm checking with Flexiti", "what to say is advice")
	}
	screen, plain = show("application type not permitted")
	for _, text := range []string{screen, plain} {
		require.Contains(t, text, "Not with Flexiti: pay another way")
		require.NotContains(t, text, "application type not permitted", "the name of the scenario tells what the card hides")
	}
	screen, _ = show("busy")
	require.NotContains(t, screen, "press 1", "1 is an answer here")
}

func TestEveryQuestionAndVerdictFits80x24(t *testing.T) {
	l := newLesson(builtInTraining(t), 1, Progress{})
	for i, s := range l.steps {
		for _, lang := range languages {
			for chosen := range 5 {
				l.single, l.page = newRound([]int{i}), lessonQuestion
				l.single.chosen[0] = chosen
				_, rows, _ := l.picture(wordsOf(lang), lang, Look{}, 80)
				require.LessOrEqual(t, len(rows), 24-2, "%s, %s, answer %d", s.card.SaleID, lang, chosen)
			}
		}
	}
}

func TestEveryLineOfTheTrainingCanBeTouched(t *testing.T) {
	tests := []struct {
		name string
		keys string
		want []key
	}{
		{"menu", "", []key{'1', '2'}},
		{"question", "1", []key{'1', '2', '3'}},
		{"verdict", "11", []key{keyEnter}},
		{"list", "2", []key{'1'}},
		{"result", "13\r", []key{'1', '2'}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, rows, _ := sampleLesson(test.keys).picture(&english, plugin.English, Look{}, 80)
			var got []key
			for _, row := range rows {
				for _, s := range row {
					if s.style.key != keyNone && !slices.Contains(got, s.style.key) {
						got = append(got, s.style.key)
					}
				}
			}
			require.Equal(t, test.want, got)
		})
	}
}
