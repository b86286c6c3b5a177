package plugin

import "unicode/utf8"

// The module's own JSON reader. It is strict RFC 8259: names are compared
// exactly, the last of several equal names wins, and what is not UTF-8, or is
// half of a surrogate pair, reads as U+FFFD. It keeps positions, not copies:
// a document is one string and one flat list of nodes, reused between calls.

type jsonKind uint8

const (
	jsonMissing jsonKind = iota // no such value
	jsonNull
	jsonBool
	jsonNumber
	jsonString
	jsonArray
	jsonObject
)

// node is one value. Its text is src[start:end]; of a string, without the quotes.
type node struct {
	kind             jsonKind
	plain            bool // a string without escapes, of valid UTF-8
	keyPlain         bool
	keyStart, keyEnd int32 // the member's name, when the parent is an object
	start, end       int32
	child, next      int32 // index of the first child and of the next sibling; 0: none
}

// document is a parsed text. The zero value is ready for parse.
type document struct {
	src   string
	nodes []node
}

// value is one node of a document. The zero value is missing.
type value struct {
	doc *document
	at  int32
}

type parser struct {
	doc   *document
	pos   int
	depth int
}

// parse reads src. It fails with bad_json, or with too_deep beyond MaxDepth.
// Nothing in the error comes from src but an offset.
func (d *document) parse(src string) (value, *Error) {
	d.src = src
	d.nodes = append(d.nodes[:0], node{}) // index 0 stands for none
	p := parser{doc: d}
	p.space()
	at, err := p.value()
	if err != nil {
		return value{}, err
	}
	p.space()
	if p.pos != len(src) {
		return value{}, p.bad("the text goes on after its end")
	}
	return value{d, at}, nil
}

func (p *parser) bad(what string) *Error {
	return &Error{BadJSON, what + " at byte " + itoa(int64(p.pos))}
}

func (p *parser) peek() byte {
	if p.pos < len(p.doc.src) {
		return p.doc.src[p.pos]
	}
	return 0
}

func (p *parser) space() {
	for p.pos < len(p.doc.src) {
		switch p.doc.src[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

func (p *parser) add(n node) int32 {
	p.doc.nodes = append(p.doc.nodes, n)
	return int32(len(p.doc.nodes) - 1)
}

func (p *parser) value() (int32, *Error) {
	if len(p.doc.nodes) > MaxValues {
		return 0, &Error{TooLarge, "more than " + itoa(MaxValues) + " values"}
	}
	switch c := p.peek(); c {
	case '{', '[':
		p.depth++
		if p.depth > MaxDepth {
			return 0, &Error{TooDeep, "more than " + itoa(MaxDepth) + " nested arrays and objects"}
		}
		at, err := p.container(c == '{')
		p.depth--
		return at, err
	case '"':
		start, end, plain, err := p.str()
		return p.add(node{kind: jsonString, start: start, end: end, plain: plain}), err
	case 't':
		return p.word("true", jsonBool)
	case 'f':
		return p.word("false", jsonBool)
	case 'n':
		return p.word("null", jsonNull)
	default:
		return p.number()
	}
}

func (p *parser) word(w string, k jsonKind) (int32, *Error) {
	if p.pos+len(w) > len(p.doc.src) || p.doc.src[p.pos:p.pos+len(w)] != w {
		return 0, p.bad("no value")
	}
	start := p.pos
	p.pos += len(w)
	return p.add(node{kind: k, start: int32(start), end: int32(p.pos)}), nil
}

func (p *parser) container(object bool) (int32, *Error) {
	kind, closing := jsonArray, byte(']')
	if object {
		kind, closing = jsonObject, '}'
	}
	self := p.add(node{kind: kind, start: int32(p.pos)})
	p.pos++
	p.space()
	if p.peek() == closing {
		p.pos++
		p.doc.nodes[self].end = int32(p.pos)
		return self, nil
	}
	var last int32
	for {
		var key node
		if object {
			if p.peek() != '"' {
				return 0, p.bad("no member name")
			}
			start, end, plain, err := p.str()
			if err != nil {
				return 0, err
			}
			key.keyStart, key.keyEnd, key.keyPlain = start, end, plain
			p.space()
			if p.peek() != ':' {
				return 0, p.bad("no colon")
			}
			p.pos++
			p.space()
		}
		at, err := p.value()
		if err != nil {
			return 0, err
		}
		n := &p.doc.nodes[at]
		n.keyStart, n.keyEnd, n.keyPlain = key.keyStart, key.keyEnd, key.keyPlain
		if last == 0 {
			p.doc.nodes[self].child = at
		} else {
			p.doc.nodes[last].next = at
		}
		last = at
		p.space()
		switch p.peek() {
		case ',':
			p.pos++
			p.space()
		case closing:
			p.pos++
			p.doc.nodes[self].end = int32(p.pos)
			return self, nil
		default:
			return 0, p.bad("no comma or closing bracket")
		}
	}
}

// str reads a string and gives its text's place, and whether that text is the value as it stands.
func (p *parser) str() (start, end int32, plain bool, err *Error) {
	p.pos++
	from := p.pos
	plain = true
	src := p.doc.src
	for p.pos < len(src) {
		switch c := src[p.pos]; {
		case c == '"':
			start, end = int32(from), int32(p.pos)
			p.pos++
			return start, end, plain, nil
		case c == '\\':
			plain = false
			p.pos++
			switch p.peek() {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
				p.pos++
			case 'u':
				if _, ok := hex4(src, p.pos+1); !ok {
					return 0, 0, false, p.bad("a bad escape")
				}
				p.pos += 5
			default:
				return 0, 0, false, p.bad("a bad escape")
			}
		case c < 0x20:
			return 0, 0, false, p.bad("a control character in a string")
		case c < utf8.RuneSelf:
			p.pos++
		default:
			r, size := utf8.DecodeRuneInString(src[p.pos:])
			if r == utf8.RuneError && size == 1 {
				plain = false
			}
			p.pos += size
		}
	}
	return 0, 0, false, p.bad("a string without end")
}

func (p *parser) digits() bool {
	from := p.pos
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.pos++
	}
	return p.pos > from
}

func (p *parser) number() (int32, *Error) {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	if p.peek() == '0' {
		p.pos++
	} else if !p.digits() {
		return 0, p.bad("no value")
	}
	if p.peek() == '.' {
		p.pos++
		if !p.digits() {
			return 0, p.bad("no digit")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		if !p.digits() {
			return 0, p.bad("no digit")
		}
	}
	return p.add(node{kind: jsonNumber, start: int32(start), end: int32(p.pos)}), nil
}

func hex4(s string, at int) (rune, bool) {
	if at+4 > len(s) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[at : at+4]) {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// noNode is the node of what is missing.
var noNode node

func (v value) node() *node {
	if v.doc == nil {
		return &noNode
	}
	return &v.doc.nodes[v.at]
}

func (v value) kind() jsonKind { return v.node().kind }

// present says whether there is a value other than null.
func (v value) present() bool { return v.kind() > jsonNull }

// get gives the member called name, the last one if there are several.
func (v value) get(name string) value {
	if v.kind() != jsonObject {
		return value{}
	}
	var found int32
	for at := v.node().child; at != 0; at = v.doc.nodes[at].next {
		m := &v.doc.nodes[at]
		text := v.doc.src[m.keyStart:m.keyEnd]
		if m.keyPlain && text == name || !m.keyPlain && unescape(text) == name {
			found = at
		}
	}
	return v.sibling(found)
}

// key is the name of this member of an object.
func (v value) key() string {
	n := v.node()
	text := v.doc.src[n.keyStart:n.keyEnd]
	if n.keyPlain {
		return text
	}
	return unescape(text)
}

// first and next walk through the elements of an array or the members of an object.
func (v value) first() value { return v.sibling(v.node().child) }
func (v value) next() value  { return v.sibling(v.node().next) }

func (v value) sibling(at int32) value {
	if at == 0 {
		return value{}
	}
	return value{v.doc, at}
}

// str gives the text of a string, and whether v is one.
func (v value) str() (string, bool) {
	n := v.node()
	if n.kind != jsonString {
		return "", false
	}
	text := v.doc.src[n.start:n.end]
	if n.plain {
		return text, true
	}
	return unescape(text), true
}

// boolean gives the value of true or false, and whether v is one.
func (v value) boolean() (val, ok bool) {
	n := v.node()
	return n.kind == jsonBool && v.doc.src[n.start] == 't', n.kind == jsonBool
}

// integer gives the value of a number that is whole and fits, however it is
// written: 409, 409.0 and 4.09e2 are one number.
func (v value) integer() (int64, bool) {
	n := v.node()
	if n.kind != jsonNumber {
		return 0, false
	}
	text := v.doc.src[n.start:n.end]
	negative := text[0] == '-'
	if negative {
		text = text[1:]
	}
	mantissa, exponent := text, int64(0)
	for i := range len(text) {
		if text[i] == 'e' || text[i] == 'E' {
			mantissa = text[:i]
			exponent = clampedExponent(text[i+1:])
			break
		}
	}
	var total int64
	fraction := false
	zeros := int64(0) // zeros not yet multiplied in
	for i := range len(mantissa) {
		c := mantissa[i]
		if c == '.' {
			fraction = true
			continue
		}
		if fraction {
			exponent--
		}
		if c == '0' {
			zeros++
			continue
		}
		var ok bool
		if total, ok = shiftLeft(total, zeros+1); !ok || total > maxInteger-int64(c-'0') {
			return 0, false
		}
		zeros = 0
		total += int64(c - '0')
	}
	exponent += zeros
	if total == 0 {
		return 0, true
	}
	total, ok := shiftLeft(total, exponent)
	if negative {
		total = -total
	}
	return total, ok && exponent >= 0
}

// maxInteger is the largest whole number that every JSON reader keeps exactly.
const maxInteger = 1<<53 - 1

// shiftLeft multiplies by ten, places times.
func shiftLeft(n, places int64) (int64, bool) {
	for ; places > 0 && n > 0; places-- {
		if n > maxInteger/10 {
			return 0, false
		}
		n *= 10
	}
	return n, true
}

func clampedExponent(text string) int64 {
	negative := text[0] == '-'
	if text[0] == '-' || text[0] == '+' {
		text = text[1:]
	}
	var e int64
	for i := range len(text) {
		if e < 1<<20 {
			e = e*10 + int64(text[i]-'0')
		}
	}
	if negative {
		return -e
	}
	return e
}

// unescape resolves the escapes of a string's text that str has accepted.
func unescape(text string) string {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		c := text[i]
		if c != '\\' {
			r, size := utf8.DecodeRuneInString(text[i:])
			out = utf8.AppendRune(out, r)
			i += size
			continue
		}
		i += 2
		switch e := text[i-1]; e {
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
			r, _ := hex4(text, i)
			i += 4
			if r >= 0xD800 && r < 0xDC00 && i+6 <= len(text) && text[i] == '\\' && text[i+1] == 'u' {
				if low, _ := hex4(text, i+2); low >= 0xDC00 && low < 0xE000 {
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

// raw gives the value as it was written.
func (v value) raw() string {
	n := v.node()
	if n.kind == jsonString {
		return v.doc.src[n.start-1 : n.end+1]
	}
	return v.doc.src[n.start:n.end]
}
