package tui

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/plugin"
)

// words of a picture, without line breaks and indents.
func flat(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\u00a0' }), " ")
}

// everyCard is each card of the catalogue in a language, and the fullest there
// could be: a card of which no scenario tells stands alone on its decision.
func everyCard(t testing.TB, l plugin.Lang) map[string]host.Card {
	training, err := LoadTraining(context.Background(), native.Engine{}, nil, "scenarios.toml", Scenarios)
	require.NoError(t, err)
	out := map[string]host.Card{"full": fullCard(l, 0), "three fields": fullCard(l, 3)}
	for _, id := range []plugin.CardID{plugin.CardTillTrouble, plugin.CardInputSplitPayment, plugin.CardInputUseBypass, plugin.CardInputUseOverride} {
		c := sampleCard(l)
		c.Decision.Card, c.Decision.MoneyKind = id, plugin.KindPurchase
		c.Decision.Actions = []plugin.Action{{ID: plugin.ActCarryOn}, {ID: plugin.ActOtherPayment}, {ID: plugin.ActCallSupervisor}, {ID: plugin.ActCancelSale}}
		c.Prompt = plugin.Render(c.Decision, plugin.Texts{}, plugin.Locale{Cashier: l})
		c.Prompt.Ref = "7F3K"
		out[id.String()] = c
	}
	for _, s := range training.steps {
		c := s.card
		c.Prompt = s.words[l]
		out[c.SaleID] = c
	}
	return out
}

// texts are all words of a prompt that stand on a card.
func texts(p plugin.Prompt) []string {
	out := []string{p.Banner, p.Headline, p.Money, p.Retry, p.Never, p.Say, p.Owner, p.Contact, p.Ref, p.IfAsked}
	for _, f := range p.Fields[:min(len(p.Fields), 3)] {
		out = append(out, fieldText(f, p.Locale))
	}
	for _, a := range p.Actions {
		out = append(out, a.Text)
	}
	return out
}

// tillWith is a till on whose screen a card stands, with another sale in doubt or without.
func tillWith(t *testing.T, c host.Card, doubt bool) *shift {
	s := newShift(t, Options{Lang: c.Prompt.Locale, Lane: "04"})
	if doubt {
		other := checkCard(c.Prompt.Locale)
		other.SaleID = "another"
		s.shows(other)
		s.now = s.now.Add(time.Minute)
	}
	s.shows(c)
	return s
}

func TestEveryCardFits80x24WithNothingCut(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine draws: the race detector has nothing to find here")
	}
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			for _, doubt := range []bool{false, true} {
				c.Prompt.Contact = strings.Repeat("contact ", 9)
				s := tillWith(t, c, doubt)
				picture := s.see()
				require.False(t, s.m.card.long, "%s %s: it scrolls\n%s", l, name, picture)
				for _, want := range texts(c.Prompt) {
					require.Contains(t, flat(picture), flat(want), "%s %s\n%s", l, name, picture)
				}
				if doubt {
					require.Contains(t, flat(picture), flat(wordsOf(l).toCheck(1)), "%s %s", l, name)
				}
			}
		}
	}
}

func TestZonesNeverMoveAt80x24(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine draws: the race detector has nothing to find here")
	}
	for _, l := range languages {
		ws := wordsOf(l)
		for name, c := range everyCard(t, l) {
			if len(c.Prompt.Fields) > 0 || len(wrap(c.Prompt.Headline, 74)) > 1 { // they push the rest down
				continue
			}
			for _, doubt := range []bool{false, true} {
				rows := strings.Split(tillWith(t, c, doubt).see(), "\n")
				for at, want := range map[int]string{2: c.Prompt.Banner, 3: c.Prompt.Headline, 5: c.Prompt.Money, 9: ws.doNow, 10: "[1]", 15: ws.say} {
					require.Contains(t, flat(rows[at]), flat(want), "%s, row %d, another in doubt: %v\n%s", name, at, doubt, strings.Join(rows, "\n"))
				}
				require.Contains(t, rows[23], ws.help, name)
			}
		}
	}
}

// Complaints about other programs: hints that vanish when it gets narrow, and
// panels that lose what matters when it gets small.
func TestWhatMattersStaysAtEverySize(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine draws: the race detector has nothing to find here")
	}
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			s := tillWith(t, c, true)
			c.Display.Sale, c.Display.Amount = "10-4471", "1249.00"
			for _, size := range [][2]int{{40, 12}, {60, 15}, {79, 23}, {40, 8}, {30, 16}} {
				s.hit(keyHome)
				s.shows(c)
				picture := flat(s.seeAt(size[0], size[1]))
				want := []string{c.Prompt.Banner, string([]rune(c.Prompt.Headline)[:8]), "[1]", "10-4466"}
				if size[0] >= 40 {
					want = append(want, c.Prompt.Money)
				}
				if size[1] >= 12 {
					want = append(want, "0 "+wordsOf(l).help, "10-4471", "[5]")
				}
				if a := shownAmount(c); size[0] >= 40 && size[1] >= 12 && a != "" {
					want = append(want, a)
				}
				for _, text := range want {
					if !strings.Contains(picture, flat(text)) {
						require.FailNow(t, "missing", "%s %s %v: %q\n%s", l, name, size, text, s.seeAt(size[0], size[1]))
					}
				}
			}
		}
	}
}

// What does not fit can be scrolled to, and what is not in sight cannot be pressed.
func TestAnActionThatIsNotInSightCannotBePressed(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(fullCard(plugin.English, 3))
	for n := len(s.m.open.card.Decision.Actions); n >= 1; n-- {
		s.shows(fullCard(plugin.English, 3))
		for range 40 {
			picture := s.seeAt(40, 9)
			if strings.Contains(picture, fmt.Sprintf("[%d]", n)) {
				break
			}
			require.Nil(t, s.press(key('0'+n)), "not in sight:\n%s", picture)
			require.Contains(t, s.seeAt(40, 9), "READ ON FIRST")
			s.press(keyDown)
		}
		require.NotNil(t, s.press(key('0'+n)), s.seeAt(40, 9))
	}
}

func TestAllOfACardCanBeScrolledTo(t *testing.T) {
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			seen := ""
			v := cardView{card: c, doubts: true}
			for ; v.top < 40; v.top++ {
				seen += flat(rowsText(layoutCard(v, 40, 9, Look{}).rows)) + " "
			}
			for _, want := range append(strings.Fields(c.Prompt.Say), strings.Fields(c.Prompt.Never)...) {
				require.Contains(t, seen, strings.ReplaceAll(want, nbsp, " "), "%s %s", l, name)
			}
		}
	}
}

func TestTheTwoMostNeededRowsAreTheLast(t *testing.T) {
	s := newShift(t, Options{})
	s.shows(sampleCard(plugin.English))
	rows := strings.Split(s.seeAt(40, 2), "\n")
	require.Contains(t, rows[0], "TRY AGAIN")
	require.Contains(t, rows[1], "[1] Ask again")
}

// Whatever the size, nothing is drawn outside and nothing fails.
func TestEveryPictureAtEverySize(t *testing.T) {
	for _, screen := range screens {
		s := screenOf(t, screen.name, plugin.French, Look{})
		s.broken = func(what any) { t.Errorf("%s: %v", screen.name, what) }
		for _, size := range [][2]int{{1, 1}, {2, 3}, {9, 2}, {20, 4}, {20, 5}, {33, 7}, {59, 9}, {61, 18}, {80, 3}, {99, 31}, {117, 27}, {220, 6}, {220, 61}} {
			s.seeAt(size[0], size[1])
		}
	}
}

func TestFieldsThatDoNotFitAreCountedAndInTheDetails(t *testing.T) {
	s := screenOf(t, "fields", plugin.English, Look{})
	require.Contains(t, flat(s.see()), "+13 more: key 6")
	s.hit(keyDetails)
	require.Equal(t, 16, strings.Count(s.seeAt(80, 200), "CORRECT"))
}

func TestDetailsHoldWhatACompactCardLeavesOut(t *testing.T) {
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			picture := ""
			for _, row := range detailRows(c, wordsOf(l), "1.0.0", 40, Look{}) {
				picture += row.String() + "\n"
			}
			for _, want := range append(texts(c.Prompt), c.Prompt.Why) {
				require.Contains(t, flat(picture), flat(want), name)
			}
			require.Contains(t, strings.ReplaceAll(flat(picture), " ", ""), c.Decision.Matched.Rule)
		}
	}
}

func TestDataNeverSteersTheTerminal(t *testing.T) {
	c := sampleCard(plugin.English)
	c.Prompt.Contact = "[red]boom[-] [\"x\"] \x1b[31mred\x07 a\u202eb\u200bc\u0085d\ne\u0301"
	c.Display.Sale = "[::b]9"
	s := newShift(t, Options{})
	s.shows(c)
	for _, page := range []key{keyNone, keyDetails} { // a card, and a tview.TextView
		s.hit(page)
		picture := s.see()
		require.Contains(t, picture, "[red]boom[-] [\"x\"] [31mred abcd é", "tags are text, and what steers is gone")
		require.Contains(t, picture, "[::b]9")
	}
	s.hit(keyHistory)
	require.Contains(t, s.see(), "[::b]9", "a tview.Table")
}

func TestNoPictureNeedsColour(t *testing.T) {
	for _, s := range screens {
		for _, l := range languages {
			colour, _ := drawn(screenOf(t, s.name, l, Look{}), 80, 24)
			for _, theme := range []Theme{ThemeMono, ThemeContrast} {
				other, _ := drawn(screenOf(t, s.name, l, Look{Theme: theme}), 80, 24)
				require.Equal(t, colour, other)
			}
		}
	}
}

func TestASCIIHasNoOtherLetters(t *testing.T) {
	for _, s := range screens {
		for _, l := range languages {
			text, _ := drawn(screenOf(t, s.name, l, Look{Letters: LettersASCII}), 132, 43)
			require.Regexp(t, regexp.MustCompile(`^[\n -~]*$`), text)
			marks := strings.Count(text, "?")
			all, _ := drawn(screenOf(t, s.name, l, Look{}), 132, 43)
			require.Equal(t, strings.Count(all, "?"), marks, "no letter became a question mark")
		}
	}
}

func FuzzLayout(f *testing.F) {
	f.Add("TRY", "é", "«\u00a0x\u00a0»", 80, 24)
	f.Add("\U0001F468\u200d\U0001F469", "日本語のテキスト", strings.Repeat("x", 300), 7, 3)
	f.Fuzz(func(t *testing.T, banner, text, action string, w, h int) {
		w, h = w%200, h%80
		c := sampleCard(plugin.French)
		c.Prompt.Banner, c.Prompt.Say, c.Prompt.Headline, c.Prompt.Actions[0].Text = banner, text, text+action, action
		c.Display.Sale, c.Display.Amount = text, banner
		for _, k := range []Look{{}, {Letters: LettersASCII}, {Letters: LettersLatin1}} {
			rows := layoutCard(cardView{card: c}, w, h, k).rows
			require.LessOrEqual(t, len(rows), max(h, 0))
			for _, row := range rows {
				require.LessOrEqual(t, row.width(), w)
			}
		}
	})
}
