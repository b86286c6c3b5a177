package tui

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"
)

// enough is the contrast that WCAG 2.2 asks of text, criterion 1.4.3.
const enough = 4.5

// rgb is a colour as 0xRRGGBB.
type rgb uint32

// defaults are the colours of a terminal for text that names none, and what
// becomes of them where the text is bold. Where reversed text is bold, it is the
// letters that change, which have the ground's colour.
type defaults struct {
	letters, ground, boldLetters, boldGround rgb
}

// palettes are those that terminals are delivered with. Most is how many colours
// a program there can be told of; 0 is any number.
var palettes = []struct {
	name     string
	most     int
	colours  [16]rgb
	defaults []defaults
}{
	{"xterm", 0, [16]rgb{0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
		0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff},
		[]defaults{{0x000000, 0xffffff, 0x000000, 0xffffff}, {0xe5e5e5, 0x000000, 0xe5e5e5, 0x000000}}},
	{"VGA, Linux console", 0, [16]rgb{0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff},
		[]defaults{{0xaaaaaa, 0x000000, 0xffffff, 0x555555}}},
	{"Linux console of Ubuntu", 8, [16]rgb{0x010101, 0xde382b, 0x39b54a, 0xffc706, 0x006fb8, 0x762671, 0x2cb5e9, 0xcccccc,
		0x808080, 0xff0000, 0x00ff00, 0xffff00, 0x0000ff, 0xff00ff, 0x00ffff, 0xffffff},
		[]defaults{{0xcccccc, 0x010101, 0xffffff, 0x808080}}},
	{"Windows, legacy", 0, [16]rgb{0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0xc0c0c0,
		0x808080, 0xff0000, 0x00ff00, 0xffff00, 0x0000ff, 0xff00ff, 0x00ffff, 0xffffff},
		[]defaults{{0xc0c0c0, 0x000000, 0xffffff, 0x808080}}},
	{"Windows, Campbell", 0, [16]rgb{0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc,
		0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2},
		[]defaults{{0xcccccc, 0x0c0c0c, 0xf2f2f2, 0x767676}}},
	{"Tango", 0, [16]rgb{0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
		0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec},
		[]defaults{{0x2e3436, 0xeeeeec, 0x2e3436, 0xeeeeec}, {0xd3d7cf, 0x2e3436, 0xd3d7cf, 0x2e3436}}},
	{"GNOME", 0, [16]rgb{0x171421, 0xc01c28, 0x26a269, 0xa2734c, 0x12488b, 0xa347ba, 0x2aa1b3, 0xd0cfcc,
		0x5e5c64, 0xf66151, 0x33d17a, 0xe9ad0c, 0x2a7bde, 0xc061cb, 0x33c7de, 0xffffff},
		[]defaults{{0x171421, 0xffffff, 0x171421, 0xffffff}, {0xd0cfcc, 0x171421, 0xd0cfcc, 0x171421}}},
	{"PuTTY", 0, [16]rgb{0x000000, 0xbb0000, 0x00bb00, 0xbbbb00, 0x0000bb, 0xbb00bb, 0x00bbbb, 0xbbbbbb,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff},
		[]defaults{{0xbbbbbb, 0x000000, 0xffffff, 0x555555}}},
	{"macOS Terminal, Basic", 0, [16]rgb{0x000000, 0x990000, 0x00a600, 0x999900, 0x0000b2, 0xb200b2, 0x00a6b2, 0xbfbfbf,
		0x666666, 0xe60000, 0x00d900, 0xe6e600, 0x0000ff, 0xe600e6, 0x00e6e6, 0xe6e6e6},
		[]defaults{{0x000000, 0xffffff, 0x000000, 0xffffff}, {0xffffff, 0x1e1e1e, 0xffffff, 0x1e1e1e}}},
}

// counts are what terminals say of their colours: none (NO_COLOR, a VT220), 8, 16, 88, 256, all.
var counts = []int{0, 8, 16, 88, 256, 1 << 24}

// written are the styles that pictures are made of: plain, bold, reversed, and each family's.
func written() map[string]style {
	all := map[string]style{"plain": plain, "bold": strong, "reverse": reverse, "bold reverse": {bold: true, reverse: true}}
	for c := colourRed; c <= colourWhite; c++ {
		for _, bold := range []bool{false, true} {
			all[fmt.Sprintf("ground %d, bold %t", c, bold)] = style{bold: bold, reverse: true, colour: c}
			all[fmt.Sprintf("letters %d, bold %t", c, bold)] = style{bold: bold, colour: c}
		}
	}
	return all
}

func TestEveryPaletteCanBeRead(t *testing.T) {
	styles := written()
	for _, colours := range counts {
		for _, theme := range []Theme{ThemeStore, ThemeContrast, ThemeMono} {
			least, where := math.Inf(1), ""
			for _, p := range palettes {
				if p.most > 0 && colours > p.most {
					continue
				}
				for _, name := range slices.Sorted(maps.Keys(styles)) {
					s := styles[name]
					for _, d := range p.defaults {
						for _, brightens := range []bool{false, true} {
							letters, ground := shown(s.tcell(theme, colours), colours, p.colours, d, brightens)
							got := contrast(letters, ground)
							require.GreaterOrEqual(t, got, enough, "%s, %d colours, theme %q, %s, bold is bright: %t: #%06x on #%06x",
								p.name, colours, theme, name, brightens, letters, ground)
							if got < least {
								least, where = got, fmt.Sprintf("%s, %s, #%06x on #%06x", p.name, name, letters, ground)
							}
						}
					}
				}
			}
			t.Logf("%8d colours, theme %-10q at least %5.2f : 1 (%s)", colours, theme, least, where)
		}
	}
}

func TestAColourIsOnlyEverAGround(t *testing.T) {
	for _, colours := range counts {
		for c := colourRed; c <= colourWhite; c++ {
			fg, bg, attr := style{bold: true, colour: c}.tcell(ThemeStore, colours).Decompose()
			require.Equal(t, []any{tcell.ColorDefault, tcell.ColorDefault, tcell.AttrBold}, []any{fg, bg, attr})
		}
	}
}

func TestFamiliesHaveTheirColours(t *testing.T) {
	for _, colours := range []int{16, 256, 1 << 24} {
		seen := map[tcell.Color]bool{}
		for c := colourRed; c <= colourWhite; c++ {
			_, ground, _ := style{bold: true, reverse: true, colour: c}.tcell(ThemeStore, colours).Decompose()
			seen[ground] = true
		}
		require.Len(t, seen, 6, "%d colours", colours)
	}
}

// shown is what a terminal makes of a style. Brightens is whether bold letters of
// the first eight colours take the bright one; the reversing comes first.
func shown(s tcell.Style, colours int, p [16]rgb, d defaults, brightens bool) (letters, ground rgb) {
	fg, bg, attr := s.Decompose()
	bold := brightens && attr&tcell.AttrBold != 0
	of := func(c tcell.Color, own, ownBold rgb, bold bool) rgb {
		n := int(c - tcell.ColorValid)
		switch {
		case c == tcell.ColorDefault || colours == 0:
			if bold {
				return ownBold
			}
			return own
		case n >= 16:
			return cube(n)
		case n >= colours: // as tcell finds the nearest
			n -= 8
		}
		if bold && n < 8 {
			n += 8
		}
		return p[n]
	}
	if attr&tcell.AttrReverse != 0 {
		return of(bg, d.ground, d.boldGround, bold), of(fg, d.letters, d.letters, false)
	}
	return of(fg, d.letters, d.boldLetters, bold), of(bg, d.ground, d.ground, false)
}

// cube is a colour from 16 on: six levels of red, green and blue, then greys.
func cube(n int) rgb {
	if n >= 232 {
		return rgb(8+10*(n-232)) * 0x010101
	}
	n -= 16
	level := func(i int) rgb { return rgb([]int{0, 95, 135, 175, 215, 255}[i%6]) }
	return level(n/36)<<16 | level(n/6)<<8 | level(n)
}

func contrast(a, b rgb) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is WCAG's relative luminance.
func luminance(c rgb) float64 {
	part := func(v rgb) float64 {
		f := float64(v&0xff) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c>>16) + 0.7152*part(c>>8) + 0.0722*part(c)
}
