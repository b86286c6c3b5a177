package tui

// colour is the colour of a family of cards; 0 is the terminal's own.
type colour uint8

const (
	colourRed colour = iota + 1
	colourGreen
	colourYellow
	colourMagenta
	colourCyan
	colourWhite
)

// ink is letters on a ground, both by their number in the terminal's palette.
type ink struct {
	letters, ground int
	bold            bool
}

// cubeInks are for 256 colours and more: from 16 on every terminal has the same.
var cubeInks = [...]ink{
	colourRed:     {231, 160, true},
	colourGreen:   {16, 40, true},
	colourYellow:  {16, 220, true},
	colourMagenta: {231, 127, true},
	colourCyan:    {16, 44, true},
	colourWhite:   {16, 252, true},
}

// sixteenInks hold in every palette that is published. Black is not bold: many
// terminals draw it dark grey then. Bright white stays what it is.
var sixteenInks = [...]ink{
	colourRed:     {15, 1, true},
	colourGreen:   {0, 10, false},
	colourYellow:  {0, 11, false},
	colourMagenta: {15, 5, true},
	colourCyan:    {0, 14, false},
	colourWhite:   {0, 15, false},
}

// ink gives the pair for a colour, if the terminal has one that can be read. Of
// the first eight colours no ground but white can, with black, in every palette.
func (c colour) ink(colours int) (ink, bool) {
	switch {
	case c == 0 || colours < 16:
		return ink{}, false
	case colours < 256:
		return sixteenInks[c], true
	}
	return cubeInks[c], true
}
