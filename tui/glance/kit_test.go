package glance

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/plugin"
)

func namesOf(cards []host.Card) (out []string) {
	for _, c := range cards {
		out = append(out, c.SaleID)
	}
	return out
}

func TestPickIsDeterministicAndStratified(t *testing.T) {
	all := population(t, plugin.English)
	for _, n := range []int{MinCards, 30, MaxCards} {
		for seed := range uint64(5) {
			cards := pick(all, seed, n)
			require.Equal(t, namesOf(cards), namesOf(pick(population(t, plugin.French), seed, n)), "the language changes nothing")
			require.Len(t, cards, n)
			count := make([]int, len(strata))
			seen := map[string]bool{}
			for _, c := range cards {
				require.False(t, seen[c.SaleID], "%s twice", c.SaleID)
				seen[c.SaleID] = true
				count[stratumOf(c.Decision)]++
			}
			for i, s := range strata {
				require.GreaterOrEqual(t, count[i], n*s.share/30-3, s.name)
				if n >= 30 || s.share > 1 {
					require.NotZero(t, count[i], s.name)
				}
			}
			require.GreaterOrEqual(t, 10*(count[0]+count[1]), 3*n, "about a third is about money that nobody knows of")
		}
	}
	require.Equal(t, 30, sharesOf(), "a kit of 30 has as many cards of a kind as its share")
}

func sharesOf() (sum int) {
	for _, s := range strata {
		sum += s.share
	}
	return sum
}

func TestAnotherSeedGivesOtherCardsAsFarAsThereAreAny(t *testing.T) {
	all := population(t, plugin.English)
	pools := map[int]int{}
	for _, c := range distinct(all) {
		pools[stratumOf(c.Decision)]++
	}
	first, second := pick(all, 1, 30), pick(all, 2, 30)
	both := map[int]int{}
	for _, c := range second {
		if slices.Contains(namesOf(first), c.SaleID) {
			both[stratumOf(c.Decision)]++
		}
	}
	for i, s := range strata {
		require.LessOrEqual(t, both[i], max(0, 2*s.share-pools[i]), s.name)
	}
	require.NotEqual(t, namesOf(first), namesOf(second))
	require.Less(t, both[0]+both[1]+both[2]+both[3]+both[4], 6)
}

// A screen gives no answer away: it is what a till at work shows.
func TestScreensAreBare(t *testing.T) {
	for _, l := range []plugin.Lang{plugin.English, plugin.French} {
		k := kitOf(t, Plan{Lang: l, Seed: 3, Cards: MaxCards})
		tops := map[string]bool{}
		for n := 1; n <= len(k.cards); n++ {
			c, s := k.cards[n-1], k.screen(n)
			rows := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
			require.Len(t, rows, height)
			for _, r := range rows {
				require.LessOrEqual(t, utf8.RuneCountInString(r), width)
			}
			require.Contains(t, rows[0], "FLEXITI")
			require.Contains(t, s, "[1]")
			require.Equal(t, s, k.screen(n))
			for _, name := range []string{c.Decision.Matched.Rule, k.stem} {
				require.NotContains(t, s, name)
			}
			require.NotContains(t, rows[0], c.SaleID, "the scenario's name")
			if name := c.Decision.Card.String(); strings.Contains(name, "_") { // others are words of English, too
				require.NotContains(t, s, name)
			}
			require.False(t, tops[rows[0]], "two sales look the same")
			tops[rows[0]] = true
		}
	}
}

func TestTheQuestionSheetHasEveryWord(t *testing.T) {
	for _, l := range []plugin.Lang{plugin.English, plugin.French} {
		sheet := questionSheet(l)
		for _, row := range strings.Split(sheet, "\n") {
			require.LessOrEqual(t, utf8.RuneCountInString(row), 90, row)
		}
		for q := range questions {
			require.Contains(t, sheet, questions[q].text.in(l))
			for _, name := range strings.Split(question(q).allowed(l), ", ") {
				require.Contains(t, sheet, "   "+name)
			}
		}
	}
}

func TestMakeWritesAKitAndNothingOverAnythingElse(t *testing.T) {
	made := func(dir string, p Plan) error {
		_, err := Make(t.Context(), native.Engine{}, p, 2, dir)
		return err
	}
	dir := filepath.Join(t.TempDir(), "a", "kit")
	require.NoError(t, made(dir, english))
	files, err := filepath.Glob(filepath.Join(dir, "screens", "*"))
	require.NoError(t, err)
	require.Len(t, files, 30)
	sheet, err := os.ReadFile(filepath.Join(dir, "sheet.csv"))
	require.NoError(t, err)
	require.Equal(t, 61, strings.Count(string(sheet), "\n"))
	key, err := os.ReadFile(filepath.Join(dir, "key.csv"))
	require.NoError(t, err)
	require.Equal(t, 31, strings.Count(string(key), "\n"))

	require.NoError(t, made(dir, Plan{Lang: plugin.French, Seed: 1, Cards: 20}), "a kit that nobody has filled is made anew")
	files, err = filepath.Glob(filepath.Join(dir, "screens", "*"))
	require.NoError(t, err)
	require.Len(t, files, 20, "nothing of the older one is left")
	require.NoFileExists(t, filepath.Join(dir, "questions.en.txt"))
	sheet, err = os.ReadFile(filepath.Join(dir, "sheet.csv"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(sheet), "\ufefflecteur;écran;facturé;"))

	filledIn := strings.Replace(string(sheet), ";;", ";oui;", 1)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sheet.csv"), []byte(filledIn), 0o600))
	require.ErrorContains(t, made(dir, english), "has answers in it")
	kept, err := os.ReadFile(filepath.Join(dir, "sheet.csv"))
	require.NoError(t, err)
	require.Equal(t, filledIn, string(kept))

	foreign := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(foreign, "sheet.csv"), nil, 0o600))
	require.ErrorContains(t, made(foreign, english), "is not empty, and holds no kit")
	require.ErrorContains(t, made(t.TempDir(), Plan{Lang: plugin.English, Cards: 5}), "a kit has 12 to 60 cards, not 5")
	require.ErrorContains(t, made(t.TempDir(), Plan{Lang: "es", Cards: 30}), `there are no cards in "es"`)
}

// What a sheet needs to be scored is in the codes of its rows.
func TestACodeNamesItsPlan(t *testing.T) {
	p, stem, n, err := parseCode("fr-18446744073709551615-30-9f2c-07")
	require.NoError(t, err)
	require.Equal(t, Plan{Lang: plugin.French, Seed: 1<<64 - 1, Cards: 30}, p)
	require.Equal(t, "fr-18446744073709551615-30-9f2c", stem)
	require.Equal(t, 7, n)
	for _, bad := range []string{"", "07", "es-7-30-9f2c-07", "en-7-30-9f2c-31", "en-7-30-9f2c-00", "en-07-30-9f2c-01", "en-7-99-9f2c-01", "en-7-30-9f2c-7",
		"en-18446744073709551616-30-9f2c-07"} {
		_, _, _, err := parseCode(bad)
		require.Error(t, err, bad)
	}
}
