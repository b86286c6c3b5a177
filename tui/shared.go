package tui

import "github.com/tillwise/tillwise/plugin"

// Sign is a card's first cue, beside its word: [X], [OK] and so on.
func Sign(d plugin.Decision) string { return sign(d) }

// Clean makes a text from anywhere fit to be drawn in a look: with the letters
// that there are, on one row, and with nothing in it that steers the terminal.
func (k Look) Clean(s string) string { return k.spell(s) }
