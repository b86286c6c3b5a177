package json

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of one text.
const (
	MaxDepth  = 32       // nested arrays and objects
	MaxValues = 16 << 10 // values, so that the time that a text takes is bounded too
)

// Error says why a text was not accepted. Nothing of it comes from the text but an offset.
type Error struct {
	Kind   string // BadJSON, TooDeep or TooLarge
	Detail string
}

// The kinds of Error, by the contract's names.
const (
	BadJSON  = "bad_json"
	TooDeep  = "too_deep"
	TooLarge = "too_large"
)

func bad(what string, pos int) (Value, *Error) {
	return Value{}, &Error{BadJSON, what + " at byte " + strconv.Itoa(pos)}
}

// Parse accepts a text or says where it stops being JSON.
func Parse(src string) (Value, *Error) {
	start := skipSpace(src, 0)
	pos, depth, values := start, 0, 0
	var objects uint32 // a bit for each open bracket: whether it is an object's
	for {
		if values++; values > MaxValues {
			return Value{}, &Error{TooLarge, "more than " + strconv.Itoa(MaxValues) + " values"}
		}
		switch c := byteAt(src, pos); c {
		case '{', '[':
			if depth++; depth > MaxDepth {
				return Value{}, &Error{TooDeep, "more than " + strconv.Itoa(MaxDepth) + " nested arrays and objects"}
			}
			objects <<= 1
			closing := byte(']')
			if c == '{' {
				objects |= 1
				closing = '}'
			}
			if pos = skipSpace(src, pos+1); byteAt(src, pos) != closing {
				if c == '{' {
					var what string
					if pos, what = checkName(src, pos); what != "" {
						return bad(what, pos)
					}
				}
				continue
			}
		case '"':
			var what string
			if pos, what = checkString(src, pos); what != "" {
				return bad(what, pos)
			}
		default:
			end := checkScalar(src, pos)
			if end == 0 {
				return bad("no value", pos)
			}
			pos = end
		}
		for open := true; open; { // what follows a value
			pos = skipSpace(src, pos)
			if depth == 0 {
				if pos != len(src) {
					return bad("the text goes on after its end", pos)
				}
				return Value{src, int32(start), 0}, nil
			}
			switch c := byteAt(src, pos); {
			case c == ',':
				pos, open = skipSpace(src, pos+1), false
				if objects&1 == 1 {
					var what string
					if pos, what = checkName(src, pos); what != "" {
						return bad(what, pos)
					}
				}
			case c == '}' && objects&1 == 1, c == ']' && objects&1 == 0:
				pos++
				depth--
				objects >>= 1
			default:
				return bad("no comma or closing bracket", pos)
			}
		}
	}
}

func byteAt(s string, pos int) byte {
	if pos < len(s) {
		return s[pos]
	}
	return 0
}

// checkName takes a member's name and the colon behind it, up to the value.
func checkName(s string, pos int) (int, string) {
	if byteAt(s, pos) != '"' {
		return pos, "no member name"
	}
	pos, what := checkString(s, pos)
	if what != "" {
		return pos, what
	}
	if pos = skipSpace(s, pos); byteAt(s, pos) != ':' {
		return pos, "no colon"
	}
	return skipSpace(s, pos+1), ""
}

// checkString gives the place behind a string, or what is wrong and where.
func checkString(s string, pos int) (int, string) {
	for pos++; pos < len(s); pos++ {
		c := s[pos]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		if c == '"' {
			return pos + 1, ""
		}
		if c < ' ' {
			return pos, "a control character in a string"
		}
		pos++
		switch byteAt(s, pos) {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		case 'u':
			if _, ok := hex4(s, pos+1); !ok {
				return pos, "a bad escape"
			}
			pos += 4
		default:
			return pos, "a bad escape"
		}
	}
	return pos, "a string without end"
}

// checkScalar gives the place behind true, false, null or a number; 0: it is none.
func checkScalar(s string, pos int) int {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(s[pos:], word) {
			return pos + len(word)
		}
	}
	return checkNumber(s, pos)
}

func checkNumber(s string, pos int) int {
	if byteAt(s, pos) == '-' {
		pos++
	}
	whole := pos
	if pos = skipDigits(s, pos); pos == whole || s[whole] == '0' && pos > whole+1 {
		return 0
	}
	if byteAt(s, pos) == '.' {
		from := pos + 1
		if pos = skipDigits(s, from); pos == from {
			return 0
		}
	}
	if byteAt(s, pos)|0x20 == 'e' {
		pos++
		if c := byteAt(s, pos); c == '+' || c == '-' {
			pos++
		}
		from := pos
		if pos = skipDigits(s, from); pos == from {
			return 0
		}
	}
	return pos
}

func skipDigits(s string, pos int) int {
	for pos < len(s) && s[pos]-'0' <= 9 {
		pos++
	}
	return pos
}

func skipSpace(s string, pos int) int {
	for pos < len(s) && (s[pos] == ' ' || s[pos] == '\n' || s[pos] == '\t' || s[pos] == '\r') {
		pos++
	}
	return pos
}

// From here on the text has been accepted.

// skip gives the place behind a value.
func skip(s string, pos int) int {
	switch s[pos] {
	case '"':
		return skipString(s, pos)
	case '{', '[':
		for depth := 0; ; {
			switch s[pos] {
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return pos + 1
				}
			case '"':
				pos = skipString(s, pos) - 1
			}
			pos++
		}
	}
	for pos < len(s) && s[pos] > ' ' && s[pos] != ',' && s[pos] != ']' && s[pos] != '}' {
		pos++
	}
	return pos
}

func skipString(s string, pos int) int {
	for pos++; s[pos] != '"'; pos++ {
		if s[pos] == '\\' {
			pos++
		}
	}
	return pos + 1
}

// text gives what a string between its quotes says.
func text(s string, from, to int) string {
	if s = s[from:to]; strings.IndexByte(s, '\\') < 0 && utf8.ValidString(s) {
		return s
	}
	return unescape(s)
}

func hex4(s string, at int) (rune, bool) {
	if at+4 > len(s) {
		return 0, false
	}
	var r rune
	for i := at; i < at+4; i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

func unescape(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && c != '\\' {
			out = append(out, c)
			i++
			continue
		}
		if c != '\\' {
			r, size := utf8.DecodeRuneInString(s[i:])
			out = utf8.AppendRune(out, r)
			i += size
			continue
		}
		i += 2
		switch e := s[i-1]; e {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, _ := hex4(s, i)
			i += 4
			if r >= 0xD800 && r < 0xDC00 && i+6 <= len(s) && s[i] == '\\' && s[i+1] == 'u' {
				if low, _ := hex4(s, i+2); low >= 0xDC00 && low < 0xE000 {
					r = (r-0xD800)<<10 | (low - 0xDC00) + 0x10000
					i += 6
				}
			}
			out = utf8.AppendRune(out, r) // half of a pair becomes U+FFFD
		default:
			out = append(out, e)
		}
	}
	return string(out)
}
