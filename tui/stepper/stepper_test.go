package stepper

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

func TestGoldens(t *testing.T) {
	tests := []struct {
		name string
		keys []any
	}{
		{"changed", nil},
		{"unchanged", []any{tcell.KeyRight}},
		{"facts", []any{'f'}},
		{"rules", []any{'r'}},
		{"help", []any{'?'}},
		{"go-to", []any{'g', "999", tcell.KeyEnter}},
	}
	for _, tt := range tests {
		for _, size := range [][2]int{{80, 24}, {132, 43}} {
			for _, l := range []plugin.Lang{plugin.English, plugin.French} {
				if l == plugin.French && tt.name != "changed" && tt.name != "unchanged" {
					continue // the same in both languages
				}
				name := tt.name + "-" + map[int]string{80: "80x24", 132: "132x43"}[size[0]] + "-" + string(l)[:2]
				t.Run(name, func(t *testing.T) {
					v := viewOf(steps())
					picture(t, v, size[0], size[1])
					press(v, tt.keys...)
					if v.lang != l {
						press(v, 'l')
					}
					got, file := picture(t, v, size[0], size[1]), filepath.Join("testdata", name+".txt")
					if *update {
						require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
					}
					want, err := os.ReadFile(file)
					require.NoError(t, err)
					require.Equal(t, string(want), got)
				})
			}
		}
	}
}

// All that either side says can be read on 80 columns, whole, and what differs bears its mark on each row.
func TestAllCanBeRead(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 20}, {40, 12}} {
		for _, l := range []plugin.Lang{plugin.English, plugin.French} {
			for at, step := range steps() {
				v := viewOf(steps())
				v.turn(at)
				v.lang = l
				left, right := readThrough(t, v, size[0], size[1])
				for i, side := range []map[plugin.Lang]plugin.Prompt{step.Recorded.Prompts, step.New.Prompts} {
					text := left
					if i == 1 && size[0] >= wideFrom {
						text = right
					}
					p := side[l]
					all := []string{p.Headline, p.Money, p.Retry, p.Never, p.Say, p.IfAsked, p.Owner, p.Ref, p.Why}
					for _, a := range p.Actions {
						all = append(all, a.Text)
					}
					for _, want := range all {
						require.Contains(t, text, strings.ReplaceAll(want, nbsp, " "), "%v %s record %d", size, l, at)
					}
				}
			}
		}
	}
}

// readThrough goes down a card and gives its columns without names, marks and
// breaks; narrow cards have one.
func readThrough(t *testing.T, v *view, w, h int) (left, right string) {
	t.Helper()
	var rows []string
	for {
		screen := strings.Split(picture(t, v, w, h), "\n")
		body := screen[v.around-footerRows : h-footerRows]
		rows = append(rows, body[max(0, len(rows)-v.top()):]...)
		before := v.top()
		if press(v, tcell.KeyPgDn); v.top() == before {
			break
		}
	}
	sheet := sheet{width: w}
	lead := edge + nameWidth + markWidth
	for _, row := range rows {
		cells := []rune(pad(row, w))
		if !sheet.wide() {
			left += strings.TrimSpace(string(cells[lead:])) + " "
			continue
		}
		left += strings.TrimSpace(string(cells[lead:sheet.split()])) + " "
		right += strings.TrimSpace(string(cells[sheet.split()+divider+markWidth:])) + " "
	}
	return left, right
}

func TestMarks(t *testing.T) {
	tests := []struct {
		name string
		w, h int
		at   int
		lang plugin.Lang
		want string // the marked words
	}{
		{"narrow", 80, 24, 2, plugin.English, "Don't again. You can again now."},
		{"narrow, French", 80, 24, 2, plugin.French, "Ne recommencez pas. Vous pouvez recommencer maintenant."},
		{"wide", 132, 43, 2, plugin.English, "Don't again. You can again now. never now"},
		{"unchanged", 80, 24, 1, plugin.English, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := viewOf(steps())
			v.turn(tt.at)
			v.lang = tt.lang
			require.Equal(t, tt.want, underlined(t, v, tt.w, tt.h))
		})
	}
}

func TestLanguageIsOfBothSides(t *testing.T) {
	v := viewOf(steps())
	for _, want := range []plugin.Lang{plugin.English, plugin.French, plugin.English} {
		require.Equal(t, want, v.lang)
		left, right := readThrough(t, v, 140, 40)
		for i, side := range []string{left, right} {
			p := []map[plugin.Lang]plugin.Prompt{v.walk.step().Recorded.Prompts, v.walk.step().New.Prompts}[i][want]
			require.Contains(t, side, strings.ReplaceAll(p.Say, nbsp, " "))
			require.Contains(t, side, strings.ReplaceAll(p.Money, nbsp, " "))
		}
		words := "recorded words"
		if want == plugin.French {
			words = "recorded decision, today's words"
		}
		require.Contains(t, picture(t, v, 140, 40), languages[want]+", "+words)
		press(v, 'l')
	}
	require.Equal(t, plugin.French, v.lang)
	press(v, tcell.KeyRight, tcell.KeyRight, tcell.KeyRight)
	require.Equal(t, plugin.French, v.lang, "what was chosen stays, though this record was English")
}

// Nothing that a module or a journal brings along is a tag, or steers the terminal.
func FuzzDataIsNoTag(f *testing.F) {
	for _, seed := range []string{"[red]x[-]", "[::b]", "[:::é]", "[[", "a[]b]", `["x"]`, "[red[]", "[", "x [red y]", "[::]", "\x1b[31m", "a\nb", "[#ff0000::u:http://x]"} {
		f.Add(seed)
	}
	screen := tcell.NewSimulationScreen("UTF-8")
	if err := screen.Init(); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(screen.Fini)
	f.Fuzz(func(t *testing.T, text string) {
		want := strings.ReplaceAll(tui.Look{}.Clean(text), nbsp, " ")
		if n := cells(want); n > 40 || n != len([]rune(want)) || strings.TrimSpace(want) != want {
			return // more than a row, or letters of another width
		}
		list := steps()[:1]
		with := func(headline string) replay.Side {
			return replay.Side{Prompts: map[plugin.Lang]plugin.Prompt{plugin.English: {Banner: "x", Headline: headline, Money: "z" + text}}}
		}
		list[0].Recorded, list[0].New, list[0].Rule, list[0].Store = with("a "+text), with("b "+text), text, ""
		v := viewOf(list)
		screen.SetSize(80, 24)
		v.SetRect(0, 0, 80, 24)
		v.Draw(screen)
		screen.Show()
		rows := strings.Split(readScreen(screen, func(tcell.Style) bool { return true }), "\n")
		lead := strings.Repeat(" ", edge+nameWidth)
		require.Equal(t, strings.TrimRight(" headline   - recorded a "+want, " "), rows[4])
		require.Equal(t, strings.TrimRight(lead+"+ new      b "+want, " "), rows[5])
		require.Equal(t, strings.TrimRight(" money                 z"+want, " "), rows[6])
		if want != "" {
			require.Equal(t, " "+want, rows[1])
		}
	})
}

func TestLooks(t *testing.T) {
	tests := []struct {
		name string
		look tui.Look
		want string
		not  string
	}{
		{"all letters", tui.Look{}, "mot secret encore une fois, s'il vous plaît.", ""},
		{"no accents", tui.Look{Letters: tui.LettersASCII, Theme: tui.ThemeMono}, "s'il vous plait.", "î"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := newView(Config{Steps: steps(), Look: tt.look}, nil)
			press(v, 'l')
			text, _ := readThrough(t, v, 80, 24)
			require.Contains(t, text, tt.want)
			if tt.not != "" {
				require.NotContains(t, text, tt.not)
			}
			for _, page := range []rune{'?', 'f', 'r', 'g'} {
				for range 2 { // the page, and the card again
					cells, _, _ := shown(t, v, 80, 24).GetContents()
					for _, c := range cells {
						fg, bg, _ := c.Style.Decompose()
						require.True(t, fg == tcell.ColorDefault && bg == tcell.ColorDefault, "no colour says anything: %c", page)
					}
					press(v, page)
				}
			}
		})
	}
}

func TestHardSteps(t *testing.T) {
	refused, unknown, restored, empty := steps()[0], steps()[0], steps()[4], steps()[0]
	refused.New.Prompts, refused.New.Raw = nil, nil
	refused.Diffs = diffsOf("not_replayable", "-", "module_failed")
	unknown.ExactWords, unknown.Diffs = false, diffsOf("words", "the recorded ones", "others, 12345678")
	restored.Diffs = diffsOf("money", "not_moved", "not_moved")
	restored.Diffs[0].Old = "moved"
	french := steps()[4] // what the customer heard, in the other language than the cashier's
	french.Diffs = diffsOf("words", "the recorded ones", "others, 12345678")
	french.Diffs[0].Old = "the recorded ones"
	empty.Rule, empty.Recorded, empty.New, empty.Facts, empty.Locale = "", refused.New, refused.New, nil, ""
	tests := []struct {
		name string
		at   int
		want []string
	}{
		{"refused", 0, []string{"New: there is no card (module_failed).", "- recorded [!] VERIFY", "+ new (none)"}},
		{"words that are not known", 1, []string{"English, new words; changed: words", "--old FILE with the module that decided then shows them. These are the new ones."}},
		{"as recorded again", 2, []string{"Recorded and new are the same: only the old module decides otherwise. f shows how."}},
		{"the other language", 3, []string{"Recorded and new are the same in English. l shows the other language."}},
		{"nothing in it", 4, []string{"(no rule recorded)", "Recorded: there is no card"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := steps()
			list = append(list[:0:0], refused, unknown, restored, french, empty)
			v := viewOf(list)
			v.turn(tt.at)
			for _, size := range [][2]int{{80, 24}, {140, 40}} {
				got := strings.Join(strings.Fields(strings.ReplaceAll(picture(t, v, size[0], size[1]), "|", "")), " ")
				for _, want := range tt.want {
					require.Contains(t, got, want)
				}
			}
			press(v, 'f')
			picture(t, v, 80, 24)
			picture(t, v, 140, 40)
		})
	}
}

func TestSmallTerminals(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 12}, {10, 5}, {1, 1}} {
		for _, page := range []rune{'x', 'f', 'r', '?', 'g'} {
			v := viewOf(steps())
			press(v, page)
			picture(t, v, size[0], size[1])
			press(v, tcell.KeyPgDn, tcell.KeyEnd, tcell.KeyHome)
			picture(t, v, size[0], size[1])
		}
	}
}

func TestRun(t *testing.T) {
	tests := []struct {
		name  string
		leave func(tcell.SimulationScreen, context.CancelFunc)
	}{
		{"q", func(s tcell.SimulationScreen, _ context.CancelFunc) { s.InjectKey(tcell.KeyRune, 'q', 0) }},
		{"Esc", func(s tcell.SimulationScreen, _ context.CancelFunc) { s.InjectKey(tcell.KeyEscape, 0, 0) }},
		{"Ctrl-C", func(s tcell.SimulationScreen, _ context.CancelFunc) {
			s.InjectKey(tcell.KeyRune, 'g', 0) // also while something is typed
			s.InjectKey(tcell.KeyCtrlC, 0, 0)
		}},
		{"the end of the context", func(_ tcell.SimulationScreen, cancel context.CancelFunc) { cancel() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			screen := &acting{SimulationScreen: tcell.NewSimulationScreen("UTF-8"), act: func(s tcell.SimulationScreen) { tt.leave(s, cancel) }}
			require.NoError(t, run(ctx, Config{Steps: steps()}, screen))
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, run(ended, Config{Steps: steps()}, tcell.NewSimulationScreen("UTF-8")), "it had ended before")
}
