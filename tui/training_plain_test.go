package tui

import (
	"io"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// answered runs a training in plain text on typed lines, to the end of the input.
func answered(t *testing.T, o Options, lines ...string) string {
	t.Helper()
	var out strings.Builder
	o.Plain, o.In, o.Out = "--plain", strings.NewReader(strings.Join(lines, "\n")+"\n"), &out
	if o.Training == nil {
		o.Training = builtInTraining(t)
	}
	require.NoError(t, New(o).Run(t.Context()))
	return strings.ReplaceAll(out.String(), nbsp, " ")
}

func TestTrainingInPlainTextAsksEveryQuestion(t *testing.T) {
	o := Options{Seed: 1}
	l := newLesson(builtInTraining(t), 1, Progress{})
	press(l, "1")
	lines, want := []string{"1"}, []string{"[1] Short round: 10 cards", "Type 1 to 3, then Enter"}
	for i, n := range l.round.steps {
		lines = append(lines, string('1'+rune(l.steps[n].right)), "")
		want = append(want, "Question "+string("123456789"[i%9]), l.steps[n].words[plugin.English].Headline, "YOUR TURN", "RIGHT: You chose", "Press Enter to go on")
		if i == 9 {
			want[len(want)-5] = "Question 10 of 10"
		}
	}
	said := answered(t, o, lines...)
	for _, part := range append(want, "SCORE 10 of 10", "All of them right.", "Type 1, then Enter") {
		_, rest, found := strings.Cut(said, part)
		require.True(t, found, "%q is missing in %q", part, said)
		said = rest
	}
}

func TestTrainingInPlainTextEnds(t *testing.T) {
	require.Contains(t, answered(t, Options{}), "Short round", "with its input, before any key")
	in, typing := io.Pipe()
	ended := make(chan error)
	s := New(Options{Training: builtInTraining(t), Plain: "--plain", In: in, Out: io.Discard})
	go func() { ended <- s.Run(t.Context()) }()
	_, err := typing.Write([]byte("-\n5\n"))
	require.NoError(t, err)
	require.NoError(t, <-ended, "- at the menu, and 5")
	require.NoError(t, typing.Close())
}

func TestTrainingInPlainTextTakesEveryKey(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  string
	}{
		{"French", []string{"9", "1"}, "À VOUS : que faites-vous d'abord?"},
		{"help", []string{"0"}, "the numbered lines"},
		{"a part of a name", []string{"3", "security answer", "1"}, "Let the customer type the answer again, in private"},
		{"a name that is none", []string{"3", "xyzzy"}, "No card has this in its name."},
		{"more", []string{"3", "+"}, "10 to 18 of 148"},
		{"back", []string{"3", "-"}, "[3] One card, by its name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Contains(t, answered(t, Options{Seed: 1}, test.lines...), test.want)
		})
	}
	require.NotContains(t, answered(t, Options{Seed: 1}, "1", "4006381333931"), "You chose", "a scanner answers nothing")
}

// Everything on the screen is said as well, in both languages.
func TestTrainingInPlainTextSaysWhatIsShown(t *testing.T) {
	for _, lang := range languages {
		for _, keys := range []string{"", "1", "2", "13\r"} {
			l := sampleLesson(keys)
			text := flat(l.plain(lang, Look{}))
			require.NotRegexp(t, `[═─│]|  |\t|\x1b`, l.plain(lang, Look{}))
			_, rows, _ := l.picture(wordsOf(lang), lang, Look{}, 1000)
			for _, row := range rows {
				for _, s := range row {
					if part := strings.TrimSpace(s.text); len(part) > 30 && !s.style.reverse {
						require.Contains(t, text, flat(part), "%s %q", lang, keys)
					}
				}
			}
		}
	}
}

func TestATillInTrainingIsNotAtWork(t *testing.T) {
	s := newShift(t, Options{Training: builtInTraining(t), Seed: 1})
	s.press('1')
	s.press('1')
	require.Equal(t, 1, s.m.lesson.round.chosen[0])
	s.shows(sampleCard(plugin.English))
	require.Contains(t, s.see(), "TRAINING")
	require.Contains(t, s.see(), "You chose [1]", "what was pressed twice has skipped nothing")
}

func TestHelpOfTheTrainingListsItsOwnKeys(t *testing.T) {
	s := newShift(t, Options{Training: builtInTraining(t)})
	s.press(keyHelp)
	text := s.seeAt(80, 60)
	require.Contains(t, text, "one question back")
	for _, dead := range []string{"Details", "History", "never leaves"} {
		require.NotContains(t, text, dead)
	}
	s.press(keyHistory)
	require.Equal(t, pageHelp, s.m.page)
}

func TestTheListTakesItsKeysBeforeThePageDoes(t *testing.T) {
	s := newShift(t, Options{Training: builtInTraining(t)})
	s.press('3')
	for _, k := range []key{keyLanguage, keyHide} {
		s.m.lesson.page = lessonList
		s.press(k)
		require.Equal(t, lessonQuestion, s.m.lesson.page, "a digit chooses")
	}
	require.Equal(t, plugin.English, s.m.lang)
	require.False(t, s.m.hidden)
	s.press(keyBack)
	for _, r := range "question" { // as fast as anybody types, and with letters that are keys elsewhere
		s.event(tcell.NewEventKey(tcell.KeyRune, r, tcell.ModNone))
	}
	require.Contains(t, s.see(), "question_")
	s.event(tcell.NewEventKey(tcell.KeyDown, 0, tcell.ModNone))
	require.Equal(t, 1, s.m.lesson.cursor)
	for range 3 {
		s.press(keyBack)
	}
	require.Contains(t, s.see(), "Leave the training? A round that is under way is kept.")
}
