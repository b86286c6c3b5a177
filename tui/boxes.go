package tui

import (
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// rowsBox draws the rows that a pure function works out for its size. What is
// touched in it presses the key that stands there.
type rowsBox struct {
	*tview.Box
	rows  func(w, h int) []line
	theme Theme
	press func(key)
}

func newRowsBox(t Theme, rows func(w, h int) []line, press func(key)) *rowsBox {
	return &rowsBox{Box: background(tview.NewBox(), t), rows: rows, theme: t, press: press}
}

// background gives a box the theme's: tview's own is a global, and black.
func background(b *tview.Box, t Theme) *tview.Box {
	_, bg, _ := plain.tcell(t, 0).Decompose()
	return b.SetBackgroundColor(bg)
}

// Draw implements tview.Primitive.
func (b *rowsBox) Draw(screen tcell.Screen) {
	x, y, w, h := b.GetRect() // no border, and every cell is painted: the box needs no drawing
	paint(screen, x, y, w, h, b.rows(w, h), b.theme)
}

// MouseHandler implements tview.Primitive. It acts when the finger comes down: what
// is pressed then is what was seen, and tview loses clicks that drift or come fast.
func (b *rowsBox) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	return b.WrapMouseHandler(func(action tview.MouseAction, ev *tcell.EventMouse, focus func(tview.Primitive)) (bool, tview.Primitive) {
		mx, my := ev.Position()
		if action != tview.MouseLeftDown || !b.InRect(mx, my) {
			return false, nil
		}
		x, y, w, h := b.GetInnerRect()
		if k := touched(b.rows(w, h), mx-x, my-y); k != keyNone {
			b.press(k)
		}
		return true, nil
	})
}

// touched finds the key of what stands at a cell. A row with one target is all target.
func touched(rows []line, x, y int) key {
	if y < 0 || y >= len(rows) {
		return keyNone
	}
	col, only, several := 0, keyNone, false
	for _, s := range rows[y] {
		n, k := cells(s.text), s.style.key
		if k != keyNone {
			if x >= col && x < col+n {
				return k
			}
			several = several || only != keyNone && only != k
			only = k
		}
		col += n
	}
	if several {
		return keyNone
	}
	return only
}

// textBox is a long text: a tview.TextView, which scrolls it, over rows that are worked
// out for its width.
type textBox struct {
	*tview.TextView
	rows  []line
	press func(key)
	shown string
}

func newTextBox(t Theme, press func(key)) *textBox {
	view := tview.NewTextView().SetWrap(false).SetDynamicColors(true).SetTextStyle(plain.tcell(t, 0))
	background(view.Box, t)
	return &textBox{TextView: view, press: press}
}

// Draw implements tview.Primitive.
func (b *textBox) Draw(screen tcell.Screen) {
	if text := tagged(b.rows); text != b.shown {
		b.SetText(text)
		b.shown = text
	}
	b.TextView.Draw(screen)
}

// hides tells whether a key stands in the text, and not in the part that is seen.
func (b *textBox) hides(k key) bool {
	top, _ := b.GetScrollOffset()
	_, _, _, h := b.GetInnerRect()
	seen := b.rows[min(len(b.rows), max(0, top)):min(len(b.rows), max(0, top+h))]
	return countKey(b.rows, k) != countKey(seen, k)
}

// MouseHandler implements tview.Primitive: a touch as in a rowsBox, and the wheel.
func (b *textBox) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	return func(action tview.MouseAction, ev *tcell.EventMouse, focus func(tview.Primitive)) (bool, tview.Primitive) {
		if mx, my := ev.Position(); action == tview.MouseLeftDown && b.InRect(mx, my) {
			x, y, _, _ := b.GetInnerRect()
			top, _ := b.GetScrollOffset()
			if k := touched(b.rows, mx-x, my-y+top); k != keyNone {
				b.press(k)
				return true, nil
			}
		}
		return b.TextView.MouseHandler()(action, ev, focus)
	}
}

// literal keeps the brackets of a text from being read as marks of tview's, by another
// mark right behind each: tview.Escape lets links through.
func literal(s, mark string) string { return strings.ReplaceAll(s, "[", "["+mark) }

// tagged writes rows in the marks that a TextView reads.
func tagged(rows []line) string {
	var b strings.Builder
	for _, row := range rows {
		for _, s := range row {
			mark := "[::-]"
			if s.style.bold {
				mark += "[::b]"
			}
			if s.style.reverse {
				mark += "[::r]"
			}
			b.WriteString(mark + literal(strings.ReplaceAll(s.text, nbsp, " "), mark))
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
