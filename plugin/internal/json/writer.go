package json

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// Writer appends to one buffer, and writes the commas by itself. What it
// writes is what encoding/json writes without HTML escaping.
type Writer struct {
	Out   []byte
	comma bool // one belongs before what comes next
}

// Reset begins anew in the same buffer.
func (w *Writer) Reset() { w.Out, w.comma = w.Out[:0], false }

// Open writes an opening bracket, Close a closing one.
func (w *Writer) Open(bracket byte) {
	w.between()
	w.Out = append(w.Out, bracket)
	w.comma = false
}

func (w *Writer) Close(bracket byte) {
	w.Out = append(w.Out, bracket)
	w.comma = true
}

func (w *Writer) between() {
	if w.comma {
		w.Out = append(w.Out, ',')
	}
	w.comma = true
}

// room makes room for so many bytes, a comma before them, and what is left of the buffer.
func (w *Writer) room(n int) []byte {
	at := len(w.Out)
	if cap(w.Out)-at <= n {
		w.Out = slices.Grow(w.Out, n+1)
	}
	if w.comma {
		n++
	}
	w.Out = w.Out[:at+n] // of itself, so that no pointer is written
	to := w.Out[at:]
	if w.comma {
		to[0] = ','
		to = to[1:]
	}
	return to
}

// Name begins a member. An element of an array has none: its name is empty.
//
// It and the next copy byte by byte: for texts as short as ours that is several
// times faster in a compiled module than append, which asks the engine to copy.
func (w *Writer) Name(name string) {
	if name == "" {
		return
	}
	to := w.room(len(name) + 3)
	to[0], to[len(name)+1], to[len(name)+2] = '"', '"', ':'
	to = to[1 : len(name)+1]
	for i := range len(to) {
		to[i] = name[i]
	}
	w.comma = false
}

// Word writes a string that needs no escapes.
func (w *Writer) Word(s string) {
	to := w.room(len(s) + 2)
	to[0], to[len(s)+1] = '"', '"'
	to = to[1 : len(s)+1]
	for i := range len(to) {
		to[i] = s[i]
	}
	w.comma = true
}

// Int writes a whole number.
func (w *Writer) Int(n int64) {
	w.between()
	if uint64(n) < 10 {
		w.Out = append(w.Out, '0'+byte(n))
		return
	}
	w.Out = strconv.AppendInt(w.Out, n, 10)
}

// Bool writes true or false.
func (w *Writer) Bool(b bool) {
	w.between()
	if b {
		w.Out = append(w.Out, "true"...)
	} else {
		w.Out = append(w.Out, "false"...)
	}
}

const hexDigits = "0123456789abcdef"

// String writes any string. Bytes that are not UTF-8 become U+FFFD.
func (w *Writer) String(s string) {
	to := w.room(len(s) + 2)
	to[0], to[len(s)+1] = '"', '"'
	w.comma = true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			w.Out = w.Out[:len(w.Out)-len(s)-2]
			w.escape(s, i)
			return
		}
		to[i+1] = c
	}
}

// escape writes a string whose first i bytes need no escapes.
func (w *Writer) escape(s string, i int) {
	w.Out = append(w.Out, '"')
	from := 0
	for i < len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
				w.Out = append(w.Out, s[from:i]...)
				w.Out = append(w.Out, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
				from = i + size
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		w.Out = append(w.Out, s[from:i]...)
		switch c {
		case '"', '\\':
			w.Out = append(w.Out, '\\', c)
		case '\b':
			w.Out = append(w.Out, '\\', 'b')
		case '\f':
			w.Out = append(w.Out, '\\', 'f')
		case '\n':
			w.Out = append(w.Out, '\\', 'n')
		case '\r':
			w.Out = append(w.Out, '\\', 'r')
		case '\t':
			w.Out = append(w.Out, '\\', 't')
		default:
			w.Out = append(w.Out, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	w.Out = append(w.Out, s[from:]...)
	w.Out = append(w.Out, '"')
}
