package journal

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// settledMember is the only member of a line's envelope whose letters may be any.
const settledMember = `,"settled_by":`

// parseLine cuts up a line whose checksum has been found right.
func parseLine(line []byte) (l Line, ok bool) {
	c := cutter{rest: line[:len(line)-sealSize], ok: true}
	l.Seq = c.number(`{"seq":`)
	l.At = c.number(`,"at":`)
	l.SaleID = c.name(`,"sale_id":"`)
	l.Store = c.name(`,"store":"`)
	l.Lane = c.name(`,"lane":"`)
	if bytes.HasPrefix(c.rest, []byte(settledMember)) {
		l.SettledBy = c.text(settledMember)
	}
	l.Module = c.name(`,"module":"`)
	if bytes.HasPrefix(c.rest, []byte(`,"missed":`)) {
		l.Missed = c.number(`,"missed":`)
	}
	c.skip(`,"record":`)
	l.Record = c.rest
	n := len(l.Record)
	return l, c.ok && l.Seq > 0 && n >= 2 && l.Record[0] == '{' && l.Record[n-1] == '}' && !holdsControl(line)
}

// holdsControl finds raw control characters, which JSON does not have and no
// writer of ours wrote, however right the checksum is.
func holdsControl(line []byte) bool {
	for _, c := range line {
		if c < ' ' {
			return true
		}
	}
	return false
}

// cutter takes known members off the front of a line.
type cutter struct {
	rest []byte
	ok   bool
}

func (c *cutter) skip(prefix string) {
	if len(c.rest) < len(prefix) || string(c.rest[:len(prefix)]) != prefix {
		c.ok = false
		return
	}
	c.rest = c.rest[len(prefix):]
}

func (c *cutter) number(prefix string) int64 {
	c.skip(prefix)
	i, n := 0, int64(0)
	negative := len(c.rest) > 0 && c.rest[0] == '-'
	if negative {
		i = 1
	}
	first := i
	const maxDigits = 18 // which an int64 holds
	for ; i < len(c.rest) && c.rest[i] >= '0' && c.rest[i] <= '9' && i-first < maxDigits; i++ {
		n = n*10 + int64(c.rest[i]-'0')
	}
	c.ok = c.ok && i > first
	c.rest = c.rest[i:]
	if negative {
		return -n
	}
	return n
}

// name takes a string that PlainName allows.
func (c *cutter) name(prefix string) []byte {
	c.skip(prefix)
	end := bytes.IndexByte(c.rest, '"')
	if end < 0 || !PlainName(c.rest[:end]) {
		c.ok = false
		return nil
	}
	name := c.rest[:end]
	c.rest = c.rest[end+1:]
	return name
}

// text takes a string of any letters; prefix ends before its quote.
func (c *cutter) text(prefix string) (text string) {
	c.skip(prefix)
	end := 1
	for end < len(c.rest) && c.rest[end] != '"' {
		if c.rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(c.rest) || json.Unmarshal(c.rest[:end+1], &text) != nil || utf8.RuneCountInString(text) > maxSettledBy {
		c.ok = false
		return ""
	}
	c.rest = c.rest[end+1:]
	return text
}
