package plugin

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// The module's own JSON writer: appends to one buffer, in the order and with
// the omissions that the struct tags of the types say, as encoding/json would
// without HTML escaping.

// list writes the separators between members or elements.
type list struct {
	out   []byte
	comma bool
}

func (w *list) open(c byte) { w.out = append(w.out, c); w.comma = false }
func (w *list) close(c byte) {
	w.out = append(w.out, c)
	w.comma = true
}

func (w *list) element() {
	if w.comma {
		w.out = append(w.out, ',')
	}
	w.comma = true
}

// name begins a member; its value follows.
func (w *list) name(n string) {
	if w.comma {
		w.out = append(w.out, ',', '"')
	} else {
		w.out = append(w.out, '"')
	}
	w.comma = true
	w.out = put(w.out, n)
	w.out = append(w.out, '"', ':')
}

func (w *list) str(name, s string) {
	w.name(name)
	w.out = appendString(w.out, s)
}

// word writes a word of one of the contract's vocabularies: those need no escapes.
func word[T ~string](w *list, name string, s T) {
	w.name(name)
	w.out = append(w.out, '"')
	w.out = put(w.out, string(s))
	w.out = append(w.out, '"')
}

// put appends byte by byte: for texts as short as ours that is several times
// faster in a compiled module than append, which asks the engine to copy.
func put(out []byte, s string) []byte {
	n := len(out)
	out = slices.Grow(out, len(s))[:n+len(s)]
	to := out[n:]
	for i := range len(to) {
		to[i] = s[i]
	}
	return out
}

func optWord[T ~string](w *list, name string, s T) {
	if s != "" {
		word(w, name, s)
	}
}

func (w *list) num(name string, n int64) {
	w.name(name)
	w.out = strconv.AppendInt(w.out, n, 10)
}
func (w *list) boolean(name string, b bool) { w.name(name); w.out = strconv.AppendBool(w.out, b) }

// optStr, optNum and optBool leave out zero values.
func (w *list) optStr(name, s string) {
	if s != "" {
		w.str(name, s)
	}
}

func (w *list) optNum(name string, n int64) {
	if n != 0 {
		w.num(name, n)
	}
}

func (w *list) optBool(name string, b bool) {
	if b {
		w.boolean(name, b)
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

const hexDigits = "0123456789abcdef"

// escaped marks the ASCII characters that a string holds only as escapes.
var escaped = [utf8.RuneSelf]bool{
	0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true, 7: true, 8: true, 9: true, 10: true, 11: true, 12: true,
	13: true, 14: true, 15: true, 16: true, 17: true, 18: true, 19: true, 20: true, 21: true, 22: true, 23: true, 24: true,
	25: true, 26: true, 27: true, 28: true, 29: true, 30: true, 31: true, '"': true, '\\': true,
}

// appendString writes s as a JSON string. Bytes that are not UTF-8 become U+FFFD.
func appendString(out []byte, s string) []byte {
	out = append(out, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
				out = append(out, s[from:i]...)
				out = append(out, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
				from = i + size
			}
			i += size
			continue
		}
		if !escaped[c] {
			i++
			continue
		}
		out = append(out, s[from:i]...)
		switch c {
		case '"', '\\':
			out = append(out, '\\', c)
		case '\b':
			out = append(out, '\\', 'b')
		case '\f':
			out = append(out, '\\', 'f')
		case '\n':
			out = append(out, '\\', 'n')
		case '\r':
			out = append(out, '\\', 'r')
		case '\t':
			out = append(out, '\\', 't')
		default:
			out = append(out, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	out = put(out, s[from:])
	return append(out, '"')
}
