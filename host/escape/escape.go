// Package escape makes text from anywhere fit for a terminal, a log or a file
// of JSON, HTML or XML. A file, an event, a setting or a module can bring any
// letters along: some of them steer a terminal, turn the direction of what
// stands beside them, or cannot be seen.
//
// Such a letter becomes \u and four hex digits, and beyond U+FFFF a pair of
// them. That is how JSON writes letters too, so a text means the same after it
// inside a string of JSON. Bytes that are no UTF-8 become \ufffd.
package escape

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text escapes every letter that cannot be seen, but newline and tab.
func Text(s string) string {
	if plain(s) {
		return s
	}
	return string(appendText(make([]byte, 0, len(s)+16), []byte(s)))
}

// Line is Text for what must stay on one line, such as a file's name: newline
// and tab are escaped too, so that no name can pass itself off as a line of ours.
func Line(s string) string {
	return strings.NewReplacer("\n", `\u000a`, "\t", `\u0009`).Replace(Text(s))
}

// plain says whether s is ASCII that needs nothing done, as most text is.
func plain[T string | []byte](s T) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c > '~' {
			return false
		}
	}
	return true
}

// appendText adds text to out, escaped.
func appendText(out, text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			out = append(out, `\ufffd`...)
		case hidden(r):
			out = appendEscape(out, r)
		default:
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	return out
}

func appendEscape(out []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		return appendEscape(appendEscape(out, 0xd800+r>>10), 0xdc00+r&0x3ff)
	}
	const hex = "0123456789abcdef"
	return append(out, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// hidden says whether r is not for the eye: controls (C0, DEL, C1), format
// letters (direction, zero width, byte-order mark, tags), line separators,
// private use, selectors and fillers, and what Unicode says is no character.
// Spaces that are only wider or narrower, as French sets them, stay.
func hidden(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point)
}
