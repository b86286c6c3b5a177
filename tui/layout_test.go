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
	"github.com/tillwise/tillwise/plugin"
)

// words of a picture, without line breaks and indents.
func flat(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\u00a0' }), " ")
}

// everyCard is each card of the catalogue in a language, and the fullest there
// could be: a card of which no scenario tells stands alone on its decision.
func everyCard(t testing.TB, l plugin.Lang) map[string]host.Card {
	training, err := LoadTraining(context.Background(), native{}, "scenarios.toml", Scenarios)
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

func TestEveryCardFits80x24WithNothingCut(t *testing.T) {
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			c.Prompt.Contact = strings.Repeat("contact ", 9)
			rows := layoutCard(cardView{card: c}, 80, 24, Look{})
			require.Len(t, rows, 24, "%s %s", l, name)
			picture := ""
			for i, row := range rows {
				require.LessOrEqual(t, row.width(), 80, "%s %s row %d", l, name, i)
				picture += row.String() + "\n"
			}
			for _, want := range texts(c.Prompt) {
				require.Contains(t, flat(picture), flat(want), "%s %s\n%s", l, name, picture)
			}
		}
	}
}

func TestZonesNeverMoveAt80x24(t *testing.T) {
	for _, l := range languages {
		ws := wordsOf(l)
		for name, c := range everyCard(t, l) {
			rows := layoutCard(cardView{card: c}, 80, 24, Look{})
			require.Contains(t, rows[2].String(), c.Prompt.Banner, name)
			require.Contains(t, rows[3].String(), c.Prompt.Headline, name)
			if len(c.Prompt.Fields) > 0 { // they push the rest down
				require.Contains(t, rows[4].String(), ws.fields, name)
				continue
			}
			require.Contains(t, rows[4].String(), c.Prompt.Money, name)
			require.Contains(t, rows[8].String(), ws.doNow, name)
			require.Contains(t, rows[9].String(), "[1]", name)
			require.Contains(t, rows[14].String(), ws.say, name)
			require.Contains(t, rows[20].String(), ws.ref+"  "+c.Prompt.Ref, name)
			require.Contains(t, rows[23].String(), ws.help, name)
		}
	}
}

// Complaints about other programs: hints that vanish when it gets narrow, and
// panels that lose what matters when it gets small.
func TestWhatMattersStaysAtEverySize(t *testing.T) {
	for _, l := range languages {
		for name, c := range everyCard(t, l) {
			for _, size := range [][2]int{{40, 12}, {60, 15}, {79, 23}, {40, 8}, {30, 16}} {
				picture := ""
				rows := layoutCard(cardView{card: c}, size[0], size[1], Look{})
				require.LessOrEqual(t, len(rows), size[1])
				for _, row := range rows {
					require.LessOrEqual(t, row.width(), size[0])
					picture += row.String() + "\n"
				}
				want := []string{c.Prompt.Banner, c.Prompt.Money, string([]rune(c.Prompt.Headline)[:8]), "[1]"}
				if size[1] >= 12 {
					want = append(want, "0 "+wordsOf(l).help)
					for i := range c.Prompt.Actions {
						want = append(want, fmt.Sprintf("[%d]", i+1))
					}
				}
				picture = flat(picture)
				for _, text := range want {
					if !strings.Contains(picture, flat(text)) {
						require.FailNow(t, "missing", "%s %s %v: %q\n%s", l, name, size, text, picture)
					}
				}
			}
		}
	}
}

func TestTheTwoMostNeededRowsAreTheLast(t *testing.T) {
	rows := layoutCard(cardView{card: sampleCard(plugin.English)}, 40, 2, Look{})
	require.Contains(t, rows[0].String(), "TRY AGAIN")
	require.Contains(t, rows[1].String(), "[1] Ask again")
}

func TestEveryPictureIsOfItsSize(t *testing.T) {
	for _, s := range screens {
		for _, l := range languages {
			m, now := screenOf(s.name, l, Look{})
			for w := 1; w <= 140; w += 7 {
				for h := 1; h <= 45; h += 3 {
					rows := m.picture(w, h, now)
					require.LessOrEqual(t, len(rows), h, "%s %dx%d", s.name, w, h)
					for _, row := range rows {
						require.LessOrEqual(t, row.width(), w, "%s %dx%d: %q", s.name, w, h, row)
					}
				}
			}
			require.Empty(t, m.picture(0, 0, now))
		}
	}
}

func TestFieldsThatDoNotFitAreCountedAndInTheDetails(t *testing.T) {
	m, now := screenOf("fields", plugin.English, Look{})
	require.Contains(t, flat(pictureText(m, 80, 24, now)), "+13 more: key 6")
	m.key(keyDetails, now)
	require.Equal(t, 16, strings.Count(pictureText(m, 80, 200, now), "CORRECT"))
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
	picture := ""
	for _, row := range layoutCard(cardView{card: c}, 80, 24, Look{}) {
		picture += row.String() + "\n"
	}
	require.Contains(t, picture, "[red]boom[-] [\"x\"] [31mred abcd é", "tags are text, and what steers is gone")
	require.Contains(t, picture, "[::b]9")
}

func TestNoPictureNeedsColour(t *testing.T) {
	for _, s := range screens {
		for _, l := range languages {
			m, now := screenOf(s.name, l, Look{})
			colour, _ := drawn(m, now, 80, 24)
			for _, theme := range []Theme{ThemeMono, ThemeContrast} {
				m, now := screenOf(s.name, l, Look{Theme: theme})
				other, _ := drawn(m, now, 80, 24)
				require.Equal(t, colour, other)
			}
		}
	}
}

func TestASCIIHasNoOtherLetters(t *testing.T) {
	for _, s := range screens {
		for _, l := range languages {
			m, now := screenOf(s.name, l, Look{Letters: LettersASCII})
			text, _ := drawn(m, now, 132, 43)
			require.Regexp(t, regexp.MustCompile(`^[\n -~]*$`), text)
			marks := strings.Count(text, "?")
			plain, now := screenOf(s.name, l, Look{})
			all, _ := drawn(plain, now, 132, 43)
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
			m := newModel(Options{Look: k})
			m.show(c, time.Unix(0, 0))
			rows := m.picture(w, h, time.Unix(0, 0))
			require.LessOrEqual(t, len(rows), max(h, 0))
			for _, row := range rows {
				require.LessOrEqual(t, row.width(), w)
			}
		}
	})
}
