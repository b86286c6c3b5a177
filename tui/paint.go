package tui

import (
	"strings"

	"github.com/gdamore/tcell/v2"
)

// paint draws rows on a screen, and fills what they leave. A no-break space is drawn
// as a space: not every font has it.
func paint(screen tcell.Screen, x, y, w, h int, rows []line, t Theme) {
	colours := screen.Colors()
	blank, spaces := plain.tcell(t, colours), strings.Repeat(" ", max(w, 0))
	for r := range h {
		col := 0
		if r < len(rows) {
			for _, s := range rows[r] {
				shown := cut(strings.ReplaceAll(s.text, nbsp, " "), w-col)
				screen.PutStrStyled(x+col, y+r, shown, s.style.tcell(t, colours))
				col += cells(shown)
			}
		}
		screen.PutStrStyled(x+col, y+r, spaces[col:], blank)
	}
}
