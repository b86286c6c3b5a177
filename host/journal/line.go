package journal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"strconv"
)

const (
	// Format names the files of this package in their header.
	Format = "tillwise-journal"
	// Version is the version of the lines that this package writes and reads.
	Version = 1
	// MaxLine is the longest line, in bytes, that is written; a longer one is read as damage.
	MaxLine = 64 << 10
)

// Header is the first line of a segment.
type Header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Store   string `json:"store"`
	Module  string `json:"module"` // SHA-256 of the module in use when the segment began, in hex
	First   int64  `json:"first"`  // seq of the first record
	Origin  string `json:"origin,omitempty"`
}

// Entry is one record with what the host knows about it.
type Entry struct {
	At     int64 // Unix milliseconds
	SaleID string
	Lane   string
	Module string // SHA-256 of the module that decided, in hex; empty: the writer's
	Record json.RawMessage
}

// Line is an entry as it was read. Its slices are valid until the next read.
type Line struct {
	Seq, At int64
	Missed  int64 // records before this one that could not be written
	SaleID  []byte
	Store   []byte
	Lane    []byte
	Module  []byte
	Record  []byte // JSON, as the module gave it
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sealMember stands between what the checksum covers and the checksum.
const sealMember = `,"crc":"`

// sealSize is the length of the end of a line: ,"crc":"09af77be"}
const sealSize = len(sealMember) + 8 + 2

// seal ends the line that begins at start and has everything but its checksum and its newline.
func seal(line []byte, start int) []byte {
	sum := crc32.Checksum(line[start:], castagnoli)
	line = append(line, sealMember...)
	line = hex.AppendEncode(line, []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return append(line, "\"}\n"...)
}

// sealed says whether a line, without its newline, is what was written.
func sealed(line []byte) bool {
	body := len(line) - sealSize
	if body < 0 || string(line[body:body+len(sealMember)]) != sealMember || string(line[len(line)-2:]) != `"}` {
		return false
	}
	var sum [4]byte
	if _, err := hex.Decode(sum[:], line[body+len(sealMember):len(line)-2]); err != nil {
		return false
	}
	want := uint32(sum[0])<<24 | uint32(sum[1])<<16 | uint32(sum[2])<<8 | uint32(sum[3])
	return crc32.Checksum(line[:body], castagnoli) == want
}

// AppendHeader writes a header line, newline included, to out. Format and Version need not be set.
func AppendHeader(out []byte, h Header) ([]byte, error) {
	h.Format, h.Version = Format, Version
	b, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("writing a journal's header: %w", err)
	}
	return seal(append(out, b[:len(b)-1]...), len(out)), nil
}

// parseHeader reads a header line of any version; ok is false for any other line.
func parseHeader(line []byte) (h Header, ok bool) {
	if !bytes.HasPrefix(line, []byte(`{"format":"`+Format+`"`)) {
		return Header{}, false
	}
	if err := json.Unmarshal(line, &h); err != nil || h.Version < 1 {
		return Header{}, false
	}
	return h, h.Version != Version || sealed(line)
}

// AppendLine writes one line, newline included, to out. It is Append's
// encoder, for those who make whole journals at once: imports and corpora.
// It refuses a record that is no JSON object, a name of other letters than the
// format allows, a line beyond MaxLine, and with ErrCardNumber a card number.
func AppendLine(out []byte, store string, seq, missed int64, e Entry) ([]byte, error) {
	for _, name := range [...]struct{ what, text string }{
		{"sale id", e.SaleID}, {"store", store}, {"lane", e.Lane}, {"module hash", e.Module},
	} {
		if !PlainName(name.text) {
			return out, fmt.Errorf("journalling a record: the %s has other letters than A-Z a-z 0-9 . _ - or more than 64", name.what)
		}
	}
	start := len(out)
	line := append(out, `{"seq":`...)
	line = strconv.AppendInt(line, seq, 10)
	line = append(line, `,"at":`...)
	line = strconv.AppendInt(line, e.At, 10)
	line = append(append(line, `,"sale_id":"`...), e.SaleID...)
	line = append(append(line, `","store":"`...), store...)
	line = append(append(line, `","lane":"`...), e.Lane...)
	line = append(append(line, `","module":"`...), e.Module...)
	line = append(line, '"')
	if missed > 0 {
		line = strconv.AppendInt(append(line, `,"missed":`...), missed, 10)
	}
	line = append(line, `,"record":`...)
	at := len(line)
	buf := bytes.NewBuffer(line)
	if err := json.Compact(buf, e.Record); err != nil {
		return out, errors.New("journalling a record: it is no JSON")
	}
	line = buf.Bytes()
	if at == len(line) || line[at] != '{' {
		return out, errors.New("journalling a record: it is no JSON object")
	}
	if len(line)-start+sealSize > MaxLine {
		return out, fmt.Errorf("journalling a record: the line would be longer than %d bytes", MaxLine)
	}
	if cardNumber([]byte(e.SaleID)) || cardNumber([]byte(store)) || cardNumber([]byte(e.Lane)) || recordHoldsCard(line[at:]) {
		return out, ErrCardNumber
	}
	return seal(line, start), nil
}

// parseLine cuts up a line whose checksum has been found right.
func parseLine(line []byte) (l Line, ok bool) {
	c := cutter{rest: line[:len(line)-sealSize], ok: true}
	l.Seq = c.number(`{"seq":`)
	l.At = c.number(`,"at":`)
	l.SaleID = c.name(`,"sale_id":"`)
	l.Store = c.name(`,"store":"`)
	l.Lane = c.name(`,"lane":"`)
	l.Module = c.name(`,"module":"`)
	if bytes.HasPrefix(c.rest, []byte(`,"missed":`)) {
		l.Missed = c.number(`,"missed":`)
	}
	c.skip(`,"record":`)
	l.Record = c.rest
	n := len(l.Record)
	return l, c.ok && l.Seq > 0 && n >= 2 && l.Record[0] == '{' && l.Record[n-1] == '}'
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
	for ; i < len(c.rest) && c.rest[i] >= '0' && c.rest[i] <= '9' && i < 20; i++ {
		n = n*10 + int64(c.rest[i]-'0')
	}
	c.ok = c.ok && i > first && n >= 0
	c.rest = c.rest[i:]
	if negative {
		return -n
	}
	return n
}

func (c *cutter) name(prefix string) []byte {
	c.skip(prefix)
	end := bytes.IndexByte(c.rest, '"')
	if end < 0 {
		c.ok = false
		return nil
	}
	name := c.rest[:end]
	c.rest = c.rest[end+1:]
	return name
}

// PlainName says whether s may be a sale id, a store or a lane: at most 64
// letters, digits, dots, underscores and dashes.
func PlainName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-') {
			return false
		}
	}
	return len(s) <= 64
}
