package glance

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/tillwise/tillwise/plugin"
)

func TestIntervalIsWilsons(t *testing.T) {
	tests := []struct {
		name string
		rate rate
		want string
	}{
		{"none of ten", rate{0, 10}, "0.0 % to 27.8 %"},
		{"one of thirty", rate{1, 30}, "0.6 % to 16.7 %"},
		{"half of ten", rate{5, 10}, "23.7 % to 76.3 %"},
		{"none of 130", rate{0, 130}, "0.0 % to 2.9 %"},
		{"all of five", rate{5, 5}, "56.6 % to 100.0 %"},
		{"nothing", rate{}, "0.0 % to 100.0 %"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			low, high := test.rate.interval()
			require.Equal(t, test.want, percent(low)+" to "+percent(high))
		})
	}
}

func TestAnAnswerIsRightUnsureOrWrong(t *testing.T) {
	e := expected{right: names("1"), spare: names("2", "3")}
	for answer, want := range map[string]verdict{"1": rightAnswer, "2": unsureAnswer, "3": unsureAnswer, "4": wrongAnswer, "none": wrongAnswer, "unsure": unsureAnswer, "": unsureAnswer} {
		require.Equal(t, want, e.verdict(answer), answer)
	}
}

// rightSheet answers all of a kit rightly, for some readers.
func rightSheet(k *kit, readers int) []filling {
	var out []filling
	for reader := 1; reader <= readers; reader++ {
		for n, key := range k.keys {
			f := filling{reader: reader, screen: n + 1}
			for q := range key.of {
				f.answers[q] = key.of[q].right[0]
			}
			out = append(out, f)
		}
	}
	return out
}

// written is a sheet with these answers, in a language.
func written(k *kit, l plugin.Lang, fillings []filling) string {
	rows := [][]string{header(l, readerColumn, screenColumn)}
	for _, f := range fillings {
		r := []string{fmt.Sprint(f.reader), numbered(k.stem, f.screen)}
		for q, a := range f.answers {
			r = append(r, question(q).word(a, l))
		}
		rows = append(rows, r)
	}
	return string(table(l, rows))
}

func TestAllRightIsAllRight(t *testing.T) {
	for _, l := range []plugin.Lang{plugin.English, plugin.French} {
		k := kitOf(t, Plan{Lang: l, Seed: 5, Cards: 30})
		s := k.score(rightSheet(k, 3))
		require.Empty(t, s.toMend())
		for i, h := range harms {
			require.Zero(t, s.harms[i].count)
			require.NotZero(t, s.harms[i].of, h.does)
		}
		report, err := reportOf(t, written(k, l, rightSheet(k, 3)))
		require.NoError(t, err)
		require.Equal(t, s.text(), report)
		require.Contains(t, report, ": 3 readers, 90 screens looked at\n")
	}
}

// Known mistakes on known cards give exact figures.
func TestScoreCountsWhatWasAnswered(t *testing.T) {
	k := kitOf(t, english)
	with := func(h harm) int { // the first card on which h could happen
		return slices.IndexFunc(k.keys, func(k key) bool { return slices.Contains(k.harms, h) })
	}
	possible := func(h harm) (n int) {
		for _, k := range k.keys {
			if slices.Contains(k.harms, h) {
				n++
			}
		}
		return n
	}
	const readers = 10
	fillings := rightSheet(k, readers)
	at := func(reader, n int) *filling { return &fillings[(reader-1)*len(k.cards)+n] }
	doubt, private := with(paysTwice), with(tellsWhy)
	for reader := 1; reader <= 4; reader++ {
		at(reader, doubt).answers[other] = "yes"
	}
	at(1, doubt).answers[again] = "yes"
	at(9, private).answers[say] = "reason"
	at(9, private).answers[who] = ""
	at(9, private).answers[charged] = "unsure"
	s := k.score(fillings)
	counts := map[harm]int{sendsAgain: 1, paysTwice: 4, tellsWhy: 1}
	if slices.Contains(k.keys[doubt].of[again].spare, "yes") {
		delete(counts, sendsAgain)
	}
	for i, h := range harms {
		require.Equal(t, rate{counts[h], readers * possible(h)}, s.harms[i], h.does)
	}
	mend := s.toMend()
	require.Len(t, mend, 2)
	require.Equal(t, doubt+1, mend[0].n)
	require.Equal(t, 4+counts[sendsAgain], mend[0].critical)
	require.Equal(t, tally{6, 0, 4}, mend[0].of[other])
	require.Equal(t, private+1, mend[1].n)
	require.Equal(t, tally{9, 1, 0}, mend[1].of[who])
	require.Equal(t, tally{9, 1, 0}, mend[1].of[charged])
	require.Equal(t, tally{9, 0, 1}, mend[1].of[say])
	require.Len(t, s.readers, readers)
	require.Equal(t, readerScore{reader: 9, screens: 30, all: tally{8*30 - 3, 2, 1}, critical: 1}, s.readers[8])
	require.Equal(t, readerScore{reader: 5, screens: 30, all: tally{8 * 30, 0, 0}}, s.readers[4])

	low, high := rate{4, readers * possible(paysTwice)}.interval()
	report := s.text()
	require.Contains(t, report, fmt.Sprintf("would take a second payment             4 of %4d", readers*possible(paysTwice)))
	require.Contains(t, report, percent(low)+" to "+percent(high)+"\n")
	require.Contains(t, report, "other yes x4, not no")
	for _, line := range strings.Split(report, "\n") {
		require.LessOrEqual(t, utf8.RuneCountInString(line), 100, line)
	}
}

// The largest sheet there can be has no wider report.
func TestTheReportIsNeverWiderThanAPage(t *testing.T) {
	k := kitOf(t, Plan{Lang: plugin.English, Seed: 1<<64 - 1, Cards: MaxCards})
	fillings := rightSheet(k, maxReader)
	for i := range fillings {
		if i%3 == 1 {
			fillings[i].answers = [numQuestions]string{"maybe", "yes", "4", "pay-another-way", "pay-another-way", "supervisor", "yes", "yes"}
		}
		if i%3 == 2 {
			fillings[i].answers = [numQuestions]string{}
		}
	}
	for _, line := range strings.Split(k.score(fillings).text(), "\n") {
		require.LessOrEqual(t, utf8.RuneCountInString(line), 100, line)
	}
}

func TestASheetIsReadAsSpreadsheetsWriteIt(t *testing.T) {
	k := kitOf(t, english)
	plain := written(k, plugin.English, rightSheet(k, 2))
	want, err := reportOf(t, plain)
	require.NoError(t, err)
	french := written(k, plugin.French, rightSheet(k, 2))
	latin, err := charmap.Windows1252.NewEncoder().String(strings.TrimPrefix(french, "\ufeff"))
	require.NoError(t, err)
	tests := []struct {
		name  string
		sheet string
	}{
		{"with a byte-order mark", "\ufeff" + plain},
		{"with semicolons", strings.ReplaceAll(plain, ",", ";")},
		{"with tabs", strings.ReplaceAll(plain, ",", "\t")},
		{"with Windows' lines", strings.ReplaceAll(plain, "\n", "\r\n")},
		{"in capitals, with spaces", strings.ReplaceAll(strings.ToUpper(plain), ",", " , ")},
		{"with empty rows and columns", strings.ReplaceAll(plain, "\n", ",,\n") + ",,,,,,,,,\n\n"},
		{"in French", french},
		{"in French, in Windows' letters", latin},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := reportOf(t, test.sheet)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
}

func TestABadSheetIsRefusedWithAllItsMistakes(t *testing.T) {
	k := kitOf(t, english)
	good := "1 1 no no 1 wait wait you no no"
	allowed := "yes, no, maybe, set-aside, unsure"
	tests := []struct {
		name  string
		sheet string
		want  []string
	}{
		{"empty", "", []string{"it is empty"}},
		{"no header", "1,2,3\n", []string{`line 1: there is no column "reader"`, `line 1: there is no column "leave"`}},
		{"nobody answered", sheetOf(k, ",", "1 1", "1 2 "), []string{"nobody has answered yet"}},
		{"no answer", sheetOf(k, ",", good, "2 1 perhaps no 7 wait wait you no no"),
			[]string{"the sheet has mistakes (2)", `line 3, column 3 (charged): "perhaps" is none of its answers: ` + allowed, `line 3, column 5 (press): "7" is none of its answers: 1, 2, 3, 4, none, unsure`}},
		{"with semicolons", sheetOf(k, ";", "1 1 nein no"), []string{`line 2, column 3 (charged): "nein"`}},
		{"a name", sheetOf(k, ",", "Ann 1 no"), []string{`line 2, column 1 (reader): "Ann" is no reader's number from 1 to 99: write no names`}},
		{"no reader", sheetOf(k, ",", " 1 no"), []string{`line 2, column 1 (reader): "" is no reader's number`}},
		{"a screen that is not there", sheetOf(k, ",", "1 31 no"), []string{`line 2, column 2 (screen): "` + k.stem + `-31": it is no screen's code`}},
		{"a screen twice", sheetOf(k, ",", good, good), []string{"line 3, column 2 (screen): reader 1 has answered this screen on line 2 already"}},
		{"two kits", sheetOf(k, ",", good) + "1,en-8-30-0000-02,no\n", []string{"line 3, column 2 (screen): it is of another kit than " + k.stem}},
		{"of another version", sheetOf(&kit{stem: "en-7-30-0000"}, ",", good), []string{"the kit en-7-30-0000 was made by another version"}},
		{"a quotation mark at large", sheetOf(k, ",", good) + "\"1,2\n", []string{"it is no table", "on line 3"}},
		{"too large", strings.Repeat("x", maxSheet+1), []string{"it is larger than any sheet (4 MiB)"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			report, err := reportOf(t, test.sheet)
			require.Error(t, err)
			for _, want := range test.want {
				require.ErrorContains(t, err, want)
			}
			require.Empty(t, report)
		})
	}
}
