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
	lead func(m *model, l plugin.Lang, now *time.Time)
}{
	{"idle", func(m *model, l plugin.Lang, now *time.Time) {}},
	{"idle-busy", func(m *model, l plugin.Lang, now *time.Time) {
		for _, c := range []func(plugin.Lang) host.Card{doneCard, checkCard, sampleCard} {
			m.show(c(l), *now)
		}
		m.warn(WarnJournal, true)
		*now = now.Add(time.Second)
		m.key(keyBack, *now)
	}},
	{"fix", func(m *model, l plugin.Lang, now *time.Time) { m.show(sampleCard(l), *now) }},
	{"check", func(m *model, l plugin.Lang, now *time.Time) { m.show(checkCard(l), *now) }},
	{"done", func(m *model, l plugin.Lang, now *time.Time) { m.show(doneCard(l), *now) }},
	{"wait", func(m *model, l plugin.Lang, now *time.Time) {
		m.show(waitCard(l), *now)
		*now = now.Add(65 * time.Second)
	}},
	{"pause", func(m *model, l plugin.Lang, now *time.Time) {
		m.show(pauseCard(l), *now)
		*now = now.Add(time.Second)
		m.key('1', *now)
	}},
	{"pause-over", func(m *model, l plugin.Lang, now *time.Time) {
		m.show(pauseCard(l), *now)
		*now = now.Add(4 * time.Second)
	}},
	{"refund", func(m *model, l plugin.Lang, now *time.Time) { m.show(refundCard(l), *now) }},
	{"undecided", func(m *model, l plugin.Lang, now *time.Time) { m.show(undecidedCard(l), *now) }},
	{"chosen", func(m *model, l plugin.Lang, now *time.Time) {
		m.show(sampleCard(l), *now)
		*now = now.Add(time.Second)
		m.key('2', *now)
	}},
	{"full", func(m *model, l plugin.Lang, now *time.Time) { m.show(fullCard(l, 0), *now) }},
	{"fields", func(m *model, l plugin.Lang, now *time.Time) { m.show(fullCard(l, 16), *now) }},
	{"details", func(m *model, l plugin.Lang, now *time.Time) { m.show(sampleCard(l), *now); m.key(keyDetails, *now) }},
	{"help", func(m *model, l plugin.Lang, now *time.Time) { m.show(checkCard(l), *now); m.key(keyHelp, *now) }},
	{"history", func(m *model, l plugin.Lang, now *time.Time) {
		for _, c := range []func(plugin.Lang) host.Card{doneCard, checkCard, sampleCard} {
			m.show(c(l), *now)
		}
		m.key(keyHistory, *now)
		m.key(keyDown, *now)
	}},
	{"hidden", func(m *model, l plugin.Lang, now *time.Time) { m.show(sampleCard(l), *now); m.key(keyHide, *now) }},
	{"training-menu", func(m *model, l plugin.Lang, now *time.Time) { m.lesson = sampleLesson("") }},
	{"training", func(m *model, l plugin.Lang, now *time.Time) { m.lesson = sampleLesson("1") }},
	{"training-right", func(m *model, l plugin.Lang, now *time.Time) { m.lesson = sampleLesson("12") }},
	{"training-wrong", func(m *model, l plugin.Lang, now *time.Time) { m.lesson = sampleLesson("13") }},
	{"training-list", func(m *model, l plugin.Lang, now *time.Time) { m.lesson = sampleLesson("2") }},
	{"training-end", func(m *model, l plugin.Lang, now *time.Time) { m.lesson = sampleLesson("13\r") }},
}

var sizes = [][2]int{{40, 12}, {80, 24}, {132, 43}}

// looks are the three that goldens are kept of.
var looks = []struct {
	name string
	look Look
}{{"colour", Look{}}, {"mono", Look{Theme: ThemeMono}}, {"ascii", Look{Theme: ThemeMono, Letters: LettersASCII}}}

// screenOf leads to a screen.
func screenOf(name string, l plugin.Lang, k Look) (*model, time.Time) {
	now := time.Date(2026, 11, 23, 14, 32, 0, 0, time.UTC)
	m := newModel(Options{Lang: l, Lane: "04", Look: k, Version: "1.0.0"})
	for _, s := range screens {
		if s.name == name {
			s.lead(m, l, &now)
		}
	}
	return m, now
}

// drawn is a picture as the terminal has it: the text, and a letter for the style of each cell.
func drawn(m *model, now time.Time, w, h int) (text, styles string) {
	sim := tcell.NewSimulationScreen("UTF-8")
	if err := sim.Init(); err != nil {
		panic(err)
	}
	defer sim.Fini()
	sim.SetSize(w, h)
	paint(sim, 0, 0, w, h, m.picture(w, h, now), m.look.Theme)
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

// styleLetter: . plain, b bold, r reverse, X both; a colour of the palette,
// where it is the background, as a letter from A: J red, K green, L yellow, N
// magenta, O cyan, P white.
func styleLetter(s tcell.Style) string {
	_, bg, attr := s.Decompose()
	if bg != tcell.ColorDefault {
		return string(rune('A' + int(bg-tcell.ColorValid)))
	}
	switch {
	case attr&tcell.AttrBold != 0 && attr&tcell.AttrReverse != 0:
		return "X"
	case attr&tcell.AttrBold != 0:
		return "b"
	case attr&tcell.AttrReverse != 0:
		return "r"
	}
	return "."
}

func TestGoldens(t *testing.T) {
	for _, s := range screens {
		for _, l := range languages {
			for _, size := range sizes {
				name := fmt.Sprintf("%s.%s.%dx%d", s.name, string(l)[:2], size[0], size[1])
				t.Run(name, func(t *testing.T) {
					got := ""
					for _, k := range looks {
						m, now := screenOf(s.name, l, k.look)
						text, styles := drawn(m, now, size[0], size[1])
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
