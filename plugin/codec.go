package plugin

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tillwise/tillwise/plugin/internal/json"
)

// codec reads and writes the contract's types. Each has one method that goes
// through its members in the order of its fields: it serves reading, writing
// and listing the names, so that a member's name stands in one place. What we
// wrote ourselves comes in that order and is read in one pass; members in
// another order take one pass for each that is out of place.
type codec struct {
	r     json.Reader
	w     json.Writer
	mode  mode
	names []string // what listing has found

	// Reading goes on behind a mistake, so that all of them can be told, and
	// so that what was read beside it can still be used.
	err    *Error    // the first mistake, or all of them where strict; values go into no error
	kind   ErrorKind // of the mistakes that are found
	strict bool      // a member that is not known is a mistake
	path   []string  // names of what is being read
}

type mode uint8

const (
	reading mode = iota
	writing
	listing
)

// at says whether a member is the one that comes next, or is to be written.
func (c *codec) at(name string) bool { return c.mode != reading || c.r.Name == name }

// due is at for a member that is left out when it is zero.
func (c *codec) due(name string, zero bool) bool {
	return c.r.Name == name || c.mode != reading && (!zero || c.mode == listing)
}

// begins says whether the value of a member is to be read, after it has written or listed its name.
func (c *codec) begins(name string) bool {
	if c.mode != reading {
		c.named(name)
	}
	return c.mode == reading
}

func (c *codec) named(name string) {
	if c.mode == writing {
		c.w.Name(name)
	} else {
		c.names = append(c.names, name)
	}
}

func (c *codec) fail(name, want string) {
	field := strings.Join(c.path, ".")
	switch {
	case field == "" && name == "":
		field = "the text"
	case field == "" || name == "":
		field += name
	default:
		field += "." + name
	}
	detail := field + " " + want
	if c.err == nil {
		c.err = &Error{c.kind, detail}
	} else if c.strict {
		c.err.Detail += "; " + detail
	}
}

// object is one pass, or several, through the members of an object:
//
//	for o := c.object(); c.more(&o); { … }
type object struct {
	outer  byte
	ended  bool
	passed bool // at least once
	listed bool // the names are being listed, since one is not known
	began  int  // where the last pass began
}

func (c *codec) object() (o object) {
	switch {
	case c.mode == writing:
		c.w.Open('{')
	case c.mode == listing:
	case c.r.Kind() == json.Object:
		o.outer = c.r.Enter()
	default:
		c.fail("", "must be an object")
		c.r.Skip()
		o.ended = true
	}
	return o
}

func (c *codec) more(o *object) bool {
	if c.mode != reading && !o.listed {
		if o.passed && c.mode == writing {
			c.w.Close('}')
		}
		o.passed = !o.passed
		return o.passed
	}
	switch {
	case o.ended:
		return false
	case o.listed:
		c.mode, o.listed = reading, false
		name := "a member"
		if plainName(c.r.Name) {
			name = c.r.Name
		}
		c.fail(name, "is not known ("+hint(c.r.Name, c.names)+")")
		c.r.Skip()
	case !c.r.Ended() && o.passed && o.began == c.r.Pos() && c.strict:
		c.mode, c.names, o.listed = listing, c.names[:0], true
		return true
	case !c.r.Ended() && o.passed && o.began == c.r.Pos():
		c.r.Skip()
	}
	if c.r.Ended() {
		c.r.Leave(o.outer)
		o.ended = true
		return false
	}
	o.passed, o.began = true, c.r.Pos()
	return true
}

// nested goes through a member that is an object. Of several equal names the last counts whole.
func nested[T any](c *codec, name string, p *T, visit func(*codec, *T)) {
	if !c.at(name) {
		return
	}
	if c.begins(name) {
		*p = *new(T)
		if c.r.Null() {
			return
		}
	}
	within(c, name, p, visit)
}

// maybe is nested for a member that may be absent.
func maybe[T any](c *codec, name string, p **T, visit func(*codec, *T)) {
	if !c.due(name, *p == nil) {
		return
	}
	if c.begins(name) {
		if *p = nil; c.r.Null() {
			return
		}
		*p = new(T)
	}
	within(c, name, *p, visit)
}

func within[T any](c *codec, name string, p *T, visit func(*codec, *T)) {
	if c.mode != listing {
		c.path = append(c.path, name)
		visit(c, p)
		c.path = c.path[:len(c.path)-1]
	}
}

// list goes through an array of at most so many elements.
func list[T any](c *codec, name string, p *[]T, most int, visit func(*codec, *T)) {
	if !c.at(name) {
		return
	}
	if !c.begins(name) {
		if c.mode == writing {
			c.w.Open('[')
			for i := range *p {
				visit(c, &(*p)[i])
			}
			c.w.Close(']')
		}
		return
	}
	*p = nil
	if k := c.r.Kind(); k != json.Array {
		if c.r.Skip(); k != json.Null {
			c.fail(name, "must be an array")
		}
		return
	}
	c.path = append(c.path, name)
	items := make([]T, 0, min(most, 2))
	outer := c.r.Enter()
	for !c.r.Ended() {
		if len(items) == most {
			c.fail("", "must have at most "+itoa(int64(most))+" elements")
			c.r.Skip()
			continue
		}
		items = append(items, *new(T))
		visit(c, &items[len(items)-1])
	}
	c.r.Leave(outer)
	*p, c.path = items, c.path[:len(c.path)-1]
}

// optList is list for an array that is left out when it is empty.
func optList[T any](c *codec, name string, p *[]T, most int, visit func(*codec, *T)) {
	if c.due(name, len(*p) == 0) {
		list(c, name, p, most, visit)
	}
}

func (c *codec) text(name string, p *string) {
	if !c.at(name) {
		return
	}
	if c.begins(name) {
		var ok bool
		if *p, ok = c.r.Str(); !ok {
			c.fail(name, "must be a string")
		}
	} else if c.mode == writing {
		c.w.String(*p)
	}
}

func (c *codec) optText(name string, p *string) {
	if c.due(name, *p == "") {
		c.text(name, p)
	}
}

// word is a word of a closed vocabulary.
func word[T ~string](c *codec, name string, p *T, allowed []T) {
	if !c.at(name) {
		return
	}
	if c.begins(name) {
		s, ok := c.r.Str()
		if i := slices.Index(allowed, T(s)); i >= 0 {
			*p = allowed[i]
		} else if *p = ""; s != "" || !ok {
			c.fail(name, oneOf(s, allowed, c.strict))
		}
	} else if c.mode == writing {
		c.w.Word(string(*p))
	}
}

func optWord[T ~string](c *codec, name string, p *T, allowed []T) {
	if c.due(name, *p == "") {
		word(c, name, p, allowed)
	}
}

// oneOf says what a word must be. All words are told who sets something up; else they may be too many.
func oneOf[T ~string](mistaken string, allowed []T, all bool) string {
	words := make([]string, len(allowed))
	for i, w := range allowed {
		words[i] = string(w)
	}
	want := "must be one of those that the contract names"
	if all || len(words) <= 8 {
		want = "must be one of " + strings.Join(words, ", ")
	}
	near, _ := nearest(mistaken, words)
	return want + " (nearest: " + near + ")"
}

// num is a whole number from low to high.
func num[T ~int | ~int64 | ~uint32](c *codec, name string, p *T, low, high int64) {
	if !c.at(name) {
		return
	}
	if c.begins(name) {
		null := c.r.Kind() == json.Null
		n, ok := c.r.Integer()
		if !null && (!ok || n < low || n > high) {
			c.fail(name, "must be a whole number from "+itoa(low)+" to "+itoa(high))
			n = 0
		}
		*p = T(n)
	} else if c.mode == writing {
		c.w.Int(int64(*p))
	}
}

func optNum[T ~int | ~int64 | ~uint32](c *codec, name string, p *T, low, high int64) {
	if c.due(name, *p == 0) {
		num(c, name, p, low, high)
	}
}

func (c *codec) flag(name string, p *bool) {
	if !c.at(name) {
		return
	}
	if c.begins(name) {
		var ok bool
		if *p, ok = c.r.Bool(); !ok {
			c.fail(name, "must be true or false")
		}
	} else if c.mode == writing {
		c.w.Bool(*p)
	}
}

func (c *codec) optFlag(name string, p *bool) {
	if c.due(name, !*p) {
		c.flag(name, p)
	}
}

// maybeFlag is a flag that may be absent.
func (c *codec) maybeFlag(name string, p **bool) {
	if !c.due(name, *p == nil) {
		return
	}
	if c.mode == reading {
		*p = nil
		if c.r.Null() {
			return
		}
		*p = new(bool)
	}
	c.flag(name, *p)
}

// amount reads a decimal string. What is there and is neither text nor number is AmountUnreadable.
func (c *codec) amount(name string, p *string) {
	there := c.mode == reading && c.r.Name == name && c.r.Kind() != json.Null
	if c.loose(name, p); there && *p == "" {
		*p = AmountUnreadable
	}
}

// loose reads a text, or the number that some POS write for it.
func (c *codec) loose(name string, p *string) {
	if c.mode != reading || c.r.Name != name || c.r.Kind() == json.String {
		c.optText(name, p)
		return
	}
	*p = ""
	if v := c.r.Value(); v.Kind() == json.Number {
		*p = v.Raw()
	}
	c.r.Skip()
}

// dollars is an amount of ours.
func (c *codec) dollars(name string, p *string) {
	if !c.due(name, *p == "") {
		return
	}
	if c.text(name, p); c.mode == reading && readable(*p) == AmountUnreadable && *p != AmountUnreadable {
		c.fail(name, "must be an amount")
	}
}

// atMost refuses a text of more characters.
func (c *codec) atMost(name, s string, most int) {
	if len(s) > most && utf8.RuneCountInString(s) > most {
		c.fail(name, "must have at most "+itoa(int64(most))+" characters")
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// hint says which name may have been meant, or what names there are where none is near.
func hint(mistaken string, names []string) string {
	if near, d := nearest(mistaken, names); 2*d <= len(near) {
		return "nearest: " + near
	}
	return "there are: " + strings.Join(names, ", ")
}

// nearest gives the name that differs least from a mistaken one, and by how many letters.
func nearest(mistaken string, names []string) (best string, least int) {
	mistaken = mistaken[:min(len(mistaken), MaxCall)]
	least = MaxCall + MaxCall
	for _, name := range names {
		if d := distance(mistaken, name); d < least {
			best, least = name, d
		}
	}
	return best, least
}

// distance counts the letters to change, put in or take out between a and b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
