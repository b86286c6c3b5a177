package tui

import (
	"io"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/tillwise/tillwise/host/escape"
)

const nbsp = "\u00a0"

// cells is the width of s on a terminal.
func cells(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return uniseg.StringWidth(s)
}

// clean makes any text fit to be drawn: composed letters, no control, format
// or private characters, and no line breaks. Texts come from settings and from
// the POS, so nothing in them may steer the terminal.
func clean(s string) string {
	if plainASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case r == '\u202f':
			return '\u00a0' // in every console's font
		case r == '\ufe0e' || r == '\ufe0f':
			return -1 // emoji selectors change the width on some terminals only
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		case r == unicode.ReplacementChar:
			return '.'
		}
		return r
	}, norm.NFC.String(s))
}

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

var asciiOf = map[rune]string{
	'\u00a0': " ", '«': `"`, '»': `"`, '“': `"`, '”': `"`, '‘': "'", '’': "'", '–': "-", '—': "-", '…': "...",
	'œ': "oe", 'Œ': "OE", 'æ': "ae", 'Æ': "AE", '•': "*", '·': "-", '×': "x", '═': "=", '─': "-", '│': "|", '┌': "+", '┐': "+", '└': "+", '┘': "+", '€': "EUR",
	'ß': "ss", 'ø': "o", 'Ø': "O", 'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", '°': "o",
}

// spell writes s with the letters that there are. What has no spelling becomes
// a full stop, never a question mark: that is a sign of ours.
func (l Letters) spell(s string) string {
	if l == LettersAll || plainASCII(s) {
		return s
	}
	if l == LettersASCII {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "«\u00a0", `"`), "\u00a0»", `"`)
	}
	var b strings.Builder
	for _, r := range s {
		if r <= '~' || l == LettersLatin1 && r >= '\u00a0' && r <= '\u00ff' {
			b.WriteRune(r)
			continue
		}
		if to, known := asciiOf[r]; known {
			b.WriteString(to)
			continue
		}
		written := b.Len()
		for _, part := range norm.NFD.String(string(r)) { // the letter without its accents
			if part <= '~' {
				b.WriteRune(part)
			}
		}
		if b.Len() == written && !unicode.Is(unicode.Mn, r) {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// write writes a text of several lines to w, escaped, spelled and encoded.
func (l Letters) write(w io.Writer, text string) error {
	_, err := io.WriteString(escape.Raw(w), l.encode(l.spell(escape.Text(text))))
	return err
}

// encode gives the bytes of a text that was spelled.
func (l Letters) encode(s string) string {
	if l != LettersLatin1 {
		return s
	}
	out, err := charmap.ISO8859_1.NewEncoder().String(s)
	if err != nil { // spell left nothing that it could not take
		return LettersASCII.spell(s)
	}
	return out
}

// wrap breaks s at spaces into rows of at most width cells. A no-break space
// holds; a word longer than a row is cut where it must be.
func wrap(s string, width int) []string {
	if width < 1 {
		return nil
	}
	var rows []string
	row, used := "", 0
	flush := func() {
		if row != "" {
			rows = append(rows, row)
		}
		row, used = "", 0
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' }) {
		n := cells(word)
		if used > 0 && used+1+n > width {
			flush()
		}
		for n > width {
			head := cut(word, width)
			if head == "" { // a glyph wider than the row
				return rows
			}
			rows = append(rows, head)
			word = word[len(head):]
			n = cells(word)
		}
		if used > 0 {
			row, used = row+" ", used+1
		}
		row, used = row+word, used+n
	}
	flush()
	return rows
}

// cut gives as much of the beginning of s as fits in width cells.
func cut(s string, width int) string {
	if plainASCII(s) {
		return s[:max(0, min(len(s), width))]
	}
	used, rest, state := 0, s, -1
	for rest != "" {
		var w int
		var next string
		_, next, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used+w > width {
			break
		}
		used, rest = used+w, next
	}
	return s[:len(s)-len(rest)]
}
