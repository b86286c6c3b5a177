// Package json reads and writes the module's JSON, strictly as RFC 8259 has
// it: names are compared exactly, the last of several equal names wins, and
// what is not UTF-8, or is half of a surrogate pair, reads as U+FFFD.
//
// Parse checks a text once and builds nothing. After it a Value looks things
// up in the text, and a Reader goes through it once, in its order.
package json

import "strconv"

// Kind is what a value is.
type Kind uint8

const (
	Missing Kind = iota // no such value
	Null
	Bool
	Number
	String
	Array
	Object
)

// Value is one value of a text that Parse has accepted. The zero Value is missing.
type Value struct {
	src  string
	pos  int32 // where it begins
	name int32 // where its name begins, when it is a member; an element has none
}

// Kind says what the value is.
func (v Value) Kind() Kind {
	if v.src == "" {
		return Missing
	}
	return kindOf(v.src[v.pos])
}

func kindOf(first byte) Kind {
	switch first {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f':
		return Bool
	case 'n':
		return Null
	}
	return Number
}

// Present says whether there is a value other than null.
func (v Value) Present() bool { return v.Kind() > Null }

// First is the first element of an array or the first member of an object.
func (v Value) First() Value {
	if v.Kind() < Array {
		return Value{}
	}
	return v.after(int(v.pos), v.src[v.pos] == '{')
}

// Next is the element or member that follows this one.
func (v Value) Next() Value {
	if v.src == "" {
		return v
	}
	pos := skipSpace(v.src, skip(v.src, int(v.pos)))
	if pos == len(v.src) || v.src[pos] != ',' {
		return Value{}
	}
	return v.after(pos, v.name > 0)
}

// after gives the value behind the comma or opening bracket at pos.
func (v Value) after(pos int, member bool) Value {
	pos = skipSpace(v.src, pos+1)
	if c := v.src[pos]; c == ']' || c == '}' {
		return Value{}
	}
	if !member {
		return Value{v.src, int32(pos), 0}
	}
	return Value{v.src, int32(behindName(v.src, skipString(v.src, pos))), int32(pos)}
}

// behindName gives the place of a member's value; pos is behind its name.
func behindName(s string, pos int) int { return skipSpace(s, skipSpace(s, pos)+1) }

// Get gives the member called name, the last one if there are several.
func (v Value) Get(name string) Value {
	var found Value
	if v.Kind() != Object {
		return found
	}
	for m := v.First(); m.src != ""; m = m.Next() {
		if m.Key() == name {
			found = m
		}
	}
	return found
}

// Key is the name of this member of an object.
func (v Value) Key() string {
	if v.name == 0 {
		return ""
	}
	return text(v.src, int(v.name)+1, skipString(v.src, int(v.name))-1)
}

// Str gives the text of a string, and whether v is one.
func (v Value) Str() (string, bool) {
	if v.Kind() != String {
		return "", false
	}
	return text(v.src, int(v.pos)+1, skipString(v.src, int(v.pos))-1), true
}

// Bool gives the value of true or false, and whether v is one.
func (v Value) Bool() (val, ok bool) {
	ok = v.Kind() == Bool
	return ok && v.src[v.pos] == 't', ok
}

// Integer gives the value of a number that is whole and at most MaxInteger,
// however it is written: 409, 409.0 and 4.09e2 are one number.
func (v Value) Integer() (int64, bool) {
	if v.Kind() != Number {
		return 0, false
	}
	return integer(v.Raw())
}

// Raw gives the value as it was written.
func (v Value) Raw() string {
	if v.src == "" {
		return ""
	}
	return v.src[v.pos:skip(v.src, int(v.pos))]
}

// MaxInteger is the largest whole number that every JSON reader keeps exactly.
const MaxInteger = 1<<53 - 1

func integer(text string) (int64, bool) {
	negative := text[0] == '-'
	if negative {
		text = text[1:]
	}
	mantissa, exponent := text, int64(0)
	for i := range len(text) {
		if text[i]|0x20 == 'e' {
			e, err := strconv.Atoi(text[i+1:])
			if err != nil || e > maxExponent || e < -maxExponent {
				e = maxExponent
				if text[i+1] == '-' {
					e = -maxExponent
				}
			}
			mantissa, exponent = text[:i], int64(e)
			break
		}
	}
	total, zeros, ok := int64(0), int64(0), true // zeros that are not multiplied in yet
	fraction := false
	for i := range len(mantissa) {
		c := mantissa[i]
		if c == '.' {
			fraction = true
			continue
		}
		if fraction {
			exponent--
		}
		if zeros++; c == '0' {
			continue
		}
		if total, ok = shiftLeft(total, zeros); !ok || total > MaxInteger-int64(c-'0') {
			return 0, false
		}
		total, zeros = total+int64(c-'0'), 0
	}
	if total == 0 {
		return 0, true
	}
	exponent += zeros
	total, ok = shiftLeft(total, exponent)
	if negative {
		total = -total
	}
	return total, ok && exponent >= 0
}

// maxExponent is more than any text that fits has digits.
const maxExponent = 1 << 20

// shiftLeft multiplies by ten, places times.
func shiftLeft(n, places int64) (int64, bool) {
	for ; places > 0 && n > 0; places-- {
		if n > MaxInteger/10 {
			return 0, false
		}
		n *= 10
	}
	return n, true
}
