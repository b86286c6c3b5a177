package importer

import (
	"io"

	"github.com/tillwise/tillwise/host/exchange"
)

// maxValue is how much of a string is let through, as it stands in the file. An
// escape takes six bytes for one, and base64 four for three: whatever is cut
// here is still longer than exchange.MaxBody, and so the importer knows that it was cut.
const maxValue = 8*exchange.MaxBody + 64

// shortener copies JSON and leaves out the ends of strings, numbers and spaces
// that are too long, so that a json.Decoder, which holds a value whole, never
// meets a long one. What it leaves is JSON where the input was.
type shortener struct {
	in     io.Reader
	state  byte // '"' in a string, ' ' in space, 0 elsewhere
	run    int  // bytes of the string, the space or the number so far
	escape int  // digits to come of an escape in a string; -1: its letter
	cut    bool // the rest of the string is left out
}

func (s *shortener) Read(p []byte) (int, error) {
	for {
		n, err := s.in.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if s.keep(c) {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil || len(p) == 0 {
			return kept, err
		}
	}
}

func (s *shortener) keep(c byte) bool {
	if s.state == '"' {
		return s.keepOfString(c)
	}
	switch c {
	case '"':
		s.state, s.run, s.escape, s.cut = '"', 0, 0, false
		return true
	case '{', '}', '[', ']', ':', ',':
		s.state, s.run = 0, 0
		return true
	}
	state := byte(0)
	if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
		state = ' '
	}
	if state != s.state {
		s.state, s.run = state, 0
	}
	s.run++
	return s.run <= maxValue
}

// keepOfString cuts only where no escape has begun: half of one is no JSON.
func (s *shortener) keepOfString(c byte) bool {
	s.run++
	switch {
	case s.escape > 0:
		s.escape--
	case s.escape < 0: // the letter behind the backslash
		if s.escape = 0; c == 'u' {
			s.escape = 4
		}
	case c == '"':
		s.state, s.run = 0, 0
		return true
	default:
		s.cut = s.cut || s.run > maxValue
		if c == '\\' {
			s.escape = -1
		}
	}
	return !s.cut
}
