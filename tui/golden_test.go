package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

var update = flag.Bool("update", false, "write the goldens anew")

// screens are all pictures that there are, each made as a cashier would come to it.
var screens = []struct {
	name string
	lead func(s *shift, l plugin.Lang)
}{
	{"idle", func(s *shift, l plugin.Lang) {}},
	{"idle-busy", func(s *shift, l plugin.Lang) {
		for _, c := range []func(plugin.Lang) host.Card{doneCard, checkCard, sampleCard} {
			s.shows(c(l))
		}
		s.Warn(WarnJournal, true)
		s.press(keyBack)
	}},
	{"fix", func(s *shift, l plugin.Lang) { s.shows(sampleCard(l)) }},
	{"check", func(s *shift, l plugin.Lang) { s.shows(checkCard(l)) }},
	{"done", func(s *shift, l plugin.Lang) { s.shows(doneCard(l)) }},
	{"wait", func(s *shift, l plugin.Lang) {
		s.shows(waitCard(l))
		s.after(65 * time.Second)
	}},
	{"pause", func(s *shift, l plugin.Lang) {
		s.shows(pauseCard(l))
		s.press('1')
	}},
	{"pause-over", func(s *shift, l plugin.Lang) {
		s.shows(pauseCard(l))
		s.after(4 * time.Second)
	}},
	{"refund", func(s *shift, l plugin.Lang) { s.shows(refundCard(l)) }},
	{"undecided", func(s *shift, l plugin.Lang) { s.shows(undecidedCard(l)) }},
	{"chosen", func(s *shift, l plugin.Lang) {
		s.shows(sampleCard(l))
		s.press('2')
	}},
	{"full", func(s *shift, l plugin.Lang) { s.shows(fullCard(l, 0)) }},
	{"fields", func(s *shift, l plugin.Lang) { s.shows(fullCard(l, 16)) }},
	{"details", func(s *shift, l plugin.Lang) { s.shows(sampleCard(l)); s.hit(keyDetails) }},
	{"help", func(s *shift, l plugin.Lang) { s.shows(checkCard(l)); s.hit(keyHelp) }},
	{"history", func(s *shift, l plugin.Lang) {
		for _, c := range []func(plugin.Lang) host.Card{doneCard, checkCard, sampleCard} {
			s.shows(c(l))
		}
		s.hit(keyHistory)
		s.hit(keyDown)
	}},
	{"hidden", func(s *shift, l plugin.Lang) { s.shows(sampleCard(l)); s.hit(keyHide) }},
	{"training-menu", func(s *shift, l plugin.Lang) { s.m.lesson = sampleLesson("") }},
	{"training", func(s *shift, l plugin.Lang) { s.m.lesson = sampleLesson("1") }},
	{"training-right", func(s *shift, l plugin.Lang) { s.m.lesson = sampleLesson("12") }},
	{"training-wrong", func(s *shift, l plugin.Lang) { s.m.lesson = sampleLesson("13") }},
	{"training-list", func(s *shift, l plugin.Lang) { s.m.lesson = sampleLesson("2") }},
	{"training-end", func(s *shift, l plugin.Lang) { s.m.lesson = sampleLesson("13\r") }},
	{"demo", func(s *shift, l plugin.Lang) { s.m.demo = newDemo(&sampleDemo().Demo) }},
	{"demo-card", func(s *shift, l plugin.Lang) { toldTo(s, l, storyUnderWay) }},
	{"demo-over", func(s *shift, l plugin.Lang) { toldTo(s, l, storyOver) }},
	{"demo-codes", func(s *shift, l plugin.Lang) { toldTo(s, l, storyOver); s.m.demo.page = demoCodes; s.m.page = pageIdle }},
	{"demo-seen", func(s *shift, l plugin.Lang) { toldTo(s, l, storyOver); s.m.demo.page = demoSeen; s.m.page = pageIdle }},
	{"ask", func(s *shift, l plugin.Lang) { s.shows(settlingIn(l)); s.press('2') }},
	{"doubt", func(s *shift, l plugin.Lang) { s.shows(checkCard(l)); s.after(3 * time.Minute); s.shows(doneCard(l)) }},
}

var sizes = [][2]int{{40, 12}, {80, 24}, {132, 43}, {200, 60}}

// looks are the three that goldens are kept of.
var looks = []struct {
	name string
	look Look
}{{"colour", Look{}}, {"mono", Look{Theme: ThemeMono}}, {"ascii", Look{Theme: ThemeMono, Letters: LettersASCII}}}

// screenOf leads to a screen.
func screenOf(t testing.TB, name string, l plugin.Lang, k Look) *shift {
	s := newShift(t, Options{Lang: l, Lane: "04", Look: k, Version: "1.0.0"})
	for _, screen := range screens {
		if screen.name == name {
			screen.lead(s, l)
			s.update()
		}
	}
	return s
}

// drawn is a picture as the terminal has it: the text, and a letter for the style of each cell.
func drawn(s *shift, w, h int) (text, styles string) {
	sim := tcell.NewSimulationScreen("UTF-8")
	if err := sim.Init(); err != nil {
		panic(err)
	}
	defer sim.Fini()
	sim.SetSize(w, h)
	s.SetRect(0, 0, w, h)
	s.Draw(sim)
	sim.Show()
	cellsOf, _, _ := sim.GetContents()
	for y := range h {
		row, st := "", ""
		for x := range w {
			c := cellsOf[y*w+x]
			row += string(c.Runes)
			st += styleLetter(c.Style)
		}
		text += strings.TrimRight(row, " ") + "\n"
		styles += strings.TrimRight(st, ".") + "\n"
	}
	return text, styles
}

// styleLetter: . plain, b bold, r reverse; a family's colour, where it is the
// ground, by its first letter: R red, G green, Y yellow, M magenta, C cyan, W white.
func styleLetter(s tcell.Style) string {
	_, bg, attr := s.Decompose()
	for c, i := range cubeInks {
		if c > 0 && bg == tcell.PaletteColor(i.ground) {
			return "RGYMCW"[c-1 : c]
		}
	}
	switch {
	case attr&tcell.AttrBold != 0:
		return "b"
	case attr&tcell.AttrReverse != 0:
		return "r"
	}
	return "."
}

func TestGoldens(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine draws: the race detector has nothing to find here")
	}
	for _, s := range screens {
		for _, l := range languages {
			for _, size := range sizes {
				name := fmt.Sprintf("%s.%s.%dx%d", s.name, string(l)[:2], size[0], size[1])
				t.Run(name, func(t *testing.T) {
					got := ""
					for _, k := range looks {
						text, styles := drawn(screenOf(t, s.name, l, k.look), size[0], size[1])
						got += "-- " + k.name + " --\n" + text + "-- " + k.name + " styles --\n" + styles
						require.NotContains(t, strings.Join(strings.Split(text, "(?)"), ""), "\ufffd")
					}
					file := filepath.Join("testdata", "golden", name+".txt")
					if *update {
						require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
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
