package tui

import (
	"github.com/gdamore/tcell/v2"
	"github.com/rivo/uniseg"
)

// paint draws rows on a screen. A no-break space is drawn as a space: not every font has it.
func paint(screen tcell.Screen, x, y, w, h int, rows []line, t Theme) {
	colours := screen.Colors()
	blank := plain.tcell(t, colours)
	for r := range h {
		col := 0
		if r < len(rows) {
			for _, s := range rows[r] {
				st := s.style.tcell(t, colours)
				state, rest := -1, s.text
				for rest != "" {
					var cluster string
					var width int
					cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
					if width == 0 || col+width > w {
						continue
					}
					runes := []rune(cluster)
					if runes[0] == '\u00a0' {
						runes[0] = ' '
					}
					screen.SetContent(x+col, y+r, runes[0], runes[1:], st)
					col += width
				}
			}
		}
		for ; col < w; col++ {
			screen.SetContent(x+col, y+r, ' ', nil, blank)
		}
	}
}
