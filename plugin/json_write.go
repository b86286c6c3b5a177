package plugin

import (
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
	w.element()
	w.out = append(w.out, '"')
	w.out = append(w.out, n...)
	w.out = append(w.out, '"', ':')
}

func (w *list) str(name, s string) { w.name(name); w.out = appendString(w.out, s) }
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
		if c >= 0x20 && c != '"' && c != '\\' {
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
	out = append(out, s[from:]...)
	return append(out, '"')
}
