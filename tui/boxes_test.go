package tui

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What tview's own marks are made of must not be read as marks in a text.
func FuzzBracketsInALongText(f *testing.F) {
	for _, s := range []string{"[red]boom[-]", "[\"x\"]y[\"\"]", "[::b]", "[[red]]", "[]", "[red[]", "a[#ff0000:blue:u]b", "[:::https://a.example]c", "]", "[red"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, bold bool) {
		rows := []line{{{"< ", plain}, {LettersASCII.spell(clean(s)), style{bold: bold}}, {" >", plain}}}
		text := newTextBox(ThemeStore, func(key) {})
		text.rows = rows
		want := newRowsBox(ThemeStore, func(int, int) []line { return rows }, func(key) {})
		require.Equal(t, drawing(want, 120, 2), drawing(text, 120, 2), "%q", s)
	})
}
