package tui

import "github.com/gdamore/tcell/v2"

// Theme is how a screen uses colour. No theme carries meaning by colour alone.
type Theme string

const (
	ThemeStore    Theme = ""         // the terminal's own 16 colours on its own background
	ThemeContrast Theme = "contrast" // white on black, bold and reverse
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

// colour is one of the terminal's 16, by its palette number plus one; 0 is the terminal's own.
type colour uint8

const (
	colourRed     colour = 10 // the bright ones: the dark ones fail on dark backgrounds
	colourGreen   colour = 11
	colourYellow  colour = 12
	colourMagenta colour = 14
	colourCyan    colour = 15
	colourWhite   colour = 16
)

var (
	plain   = style{}
	strong  = style{bold: true}
	reverse = style{reverse: true}
)

// tcell gives the terminal's style for s under a theme.
func (s style) tcell(t Theme) tcell.Style {
	out := tcell.StyleDefault.Bold(s.bold).Reverse(s.reverse)
	switch {
	case t == ThemeContrast:
		out = out.Foreground(tcell.PaletteColor(15)).Background(tcell.PaletteColor(0))
	case t == ThemeStore && s.colour > 0:
		out = out.Foreground(tcell.PaletteColor(int(s.colour) - 1))
		if s.reverse { // black letters, whatever the background of the terminal is
			out = out.Reverse(false).Background(tcell.PaletteColor(int(s.colour) - 1)).Foreground(tcell.PaletteColor(0)).Bold(false)
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
