package tui

import "github.com/gdamore/tcell/v2"

// Theme is how a screen uses colour. No theme carries meaning by colour alone.
type Theme string

const (
	ThemeStore    Theme = ""         // a colour for each family of cards, all else as the terminal has it
	ThemeContrast Theme = "contrast" // white on black, and reverse
	ThemeMono     Theme = "mono"     // no colour at all, as NO_COLOR asks
)

// Letters are the characters that a terminal can show.
type Letters string

const (
	LettersAll    Letters = ""       // UTF-8
	LettersLatin1 Letters = "latin1" // accents, but neither œ nor drawn rules
	LettersASCII  Letters = "ascii"  // é as e, « » as "
)

// Look is what changes a picture without changing its words.
type Look struct {
	Theme   Theme
	Letters Letters
}

// style is what a run of cells looks like, apart from the theme.
type style struct {
	bold, reverse bool
	colour        colour
	key           key // what touching it presses
}

// on gives the style of something that can be touched.
func (s style) on(k key) style { s.key = k; return s }

var (
	plain   = style{}
	strong  = style{bold: true}
	reverse = style{reverse: true}
	chip    = style{bold: true, reverse: true} // a key
)

// tcell gives the terminal's style for s under a theme, on a terminal of so many colours. A
// colour is only ever the ground of letters that are known to be read on it: letters in a colour
// stand on a background that nobody knows. Reversed letters in the terminal's own colours are not
// bold: the Linux console and PuTTY make them dark grey on light grey, 3.2 : 1.
func (s style) tcell(t Theme, colours int) tcell.Style {
	out := tcell.StyleDefault.Bold(s.bold && !s.reverse).Reverse(s.reverse)
	switch {
	case t == ThemeContrast:
		return out.Foreground(tcell.PaletteColor(15)).Background(tcell.PaletteColor(0))
	case t == ThemeStore && s.reverse:
		if i, ok := s.colour.ink(colours); ok {
			return tcell.StyleDefault.Bold(s.bold && i.bold).Foreground(tcell.PaletteColor(i.letters)).Background(tcell.PaletteColor(i.ground))
		}
	}
	return out
}

// span is a run of text in one style; a line is one row of a picture.
type span struct {
	text  string
	style style
}

type line []span

func text(s string) line             { return line{{s, plain}} }
func styled(s string, st style) line { return line{{s, st}} }

func (l line) width() (n int) {
	for _, s := range l {
		n += cells(s.text)
	}
	return n
}

func (l line) String() string {
	out := ""
	for _, s := range l {
		out += s.text
	}
	return out
}
