package json

import "strings"

// Reader goes once through a value of an accepted text. Every method that
// takes a value goes on to the next one.
type Reader struct {
	Name  string // of the member whose value is next; empty where none is
	src   string
	pos   int
	left  int  // behind the array or object that was left last
	in    byte // the bracket around it; 0: none
	ended bool // no more in this bracket
}

// NewReader begins at a value that is there.
func NewReader(v Value) Reader { return Reader{src: v.src, pos: int(v.pos)} }

// Kind says what comes next.
func (r *Reader) Kind() Kind { return kindOf(r.src[r.pos]) }

// Pos gives the place that has been reached.
func (r *Reader) Pos() int { return r.pos }

// Value gives what comes next, to look things up in it.
func (r *Reader) Value() Value { return Value{r.src, int32(r.pos), 0} }

// Enter steps into the array or object that comes next; Leave takes what Enter gives.
func (r *Reader) Enter() (outer byte) {
	outer, r.in = r.in, r.src[r.pos]
	pos := skipSpace(r.src, r.pos+1)
	r.Name = ""
	if c := r.src[pos]; c == ']' || c == '}' {
		r.pos, r.ended = pos+1, true
	} else {
		r.begin(pos)
	}
	return outer
}

// Ended says whether the array or object has no more.
func (r *Reader) Ended() bool { return r.ended }

// Leave goes on behind the array or object that has ended.
func (r *Reader) Leave(outer byte) {
	r.in, r.ended, r.left = outer, false, r.pos
	r.step()
}

// Ahead says whether the text goes on so.
func (r *Reader) Ahead(text string) bool { return strings.HasPrefix(r.src[r.pos:], text) }

// Left gives the text from an earlier place to the end of the array or object that was left last.
func (r *Reader) Left(pos int) string { return r.src[pos:r.left] }

func (r *Reader) step() {
	if r.in == 0 {
		return
	}
	pos := r.pos
	if r.src[pos] <= ' ' {
		pos = skipSpace(r.src, pos)
	}
	if r.src[pos] != ',' {
		r.Name, r.pos, r.ended = "", pos+1, true
		return
	}
	r.begin(pos + 1)
}

// begin reads the name of the next member, if it is one, behind a comma or opening bracket.
func (r *Reader) begin(pos int) {
	s := r.src
	if s[pos] <= ' ' {
		pos = skipSpace(s, pos)
	}
	if r.pos = pos; r.in == '[' {
		return
	}
	from := pos + 1
	for pos = from; s[pos] != '"' && s[pos] != '\\' && s[pos] < 0x80; pos++ {
	}
	if r.Name = s[from:pos]; s[pos] != '"' {
		pos = skipString(s, from-1) - 1
		r.Name = text(s, from, pos)
	}
	if r.pos = pos + 2; s[pos+1] != ':' || s[pos+2] <= ' ' {
		r.pos = behindName(s, pos+1)
	}
}

// Skip goes past whatever comes next.
func (r *Reader) Skip() {
	r.pos = skip(r.src, r.pos)
	r.step()
}

// Null takes a null, and says whether there was one.
func (r *Reader) Null() bool {
	if r.src[r.pos] != 'n' {
		return false
	}
	r.pos += len("null")
	r.step()
	return true
}

// Str, Bool and Integer take a value. They say whether it was of that kind,
// and of null, which counts as absent, give the zero value.
func (r *Reader) Str() (s string, ok bool) {
	if r.src[r.pos] != '"' {
		ok = r.src[r.pos] == 'n'
		r.Skip()
		return "", ok
	}
	src, from := r.src, r.pos+1
	pos := from
	for src[pos] != '"' && src[pos] != '\\' && src[pos] < 0x80 {
		pos++
	}
	if s = src[from:pos]; src[pos] != '"' {
		pos = skipString(src, from-1) - 1
		s = text(src, from, pos)
	}
	r.pos = pos + 1
	r.step()
	return s, true
}

func (r *Reader) Bool() (val, ok bool) {
	first := r.src[r.pos]
	r.Skip()
	return first == 't', first == 't' || first == 'f' || first == 'n'
}

func (r *Reader) Integer() (n int64, ok bool) {
	pos := r.pos
	for ; pos < len(r.src) && r.src[pos]-'0' <= 9 && pos < r.pos+15; pos++ {
		n = n*10 + int64(r.src[pos]-'0')
	}
	if c := byteAt(r.src, pos); pos > r.pos && (c == ',' || c == '}' || c == ']') {
		r.pos = pos
		r.step()
		return n, true
	}
	v := r.Value()
	r.Skip()
	if v.Kind() == Null {
		return 0, true
	}
	return v.Integer()
}
