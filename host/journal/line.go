package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

const (
	// Format names the files of this package in their header.
	Format = "tillwise-journal"
	// Version is the version of the lines that this package writes and reads.
	Version = 1
	// MaxLine is the longest line, in bytes, that is written; a longer one is read as damage.
	MaxLine = 64 << 10

	maxSettledBy = 24 // characters
)

// Entry is one record with what the host knows about it.
type Entry struct {
	At     int64 // Unix milliseconds
	SaleID string
	Lane   string
	// SettledBy says who settled a payment of the sale with this record, and At
	// is when: up to 24 characters, which the host has checked. Empty: nobody did.
	SettledBy string
	Module    string // SHA-256 of the module that decided, in hex; empty: the writer's
	Record    json.RawMessage
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

	SettledBy string // who settled with this record; mostly empty
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
	if e.SettledBy != "" {
		if utf8.RuneCountInString(e.SettledBy) > maxSettledBy {
			return out, fmt.Errorf("journalling a record: the name of who settled has more than %d characters", maxSettledBy)
		}
		who, err := json.Marshal(e.SettledBy)
		if err != nil {
			return out, fmt.Errorf("journalling a record: the name of who settled: %w", err)
		}
		line = append(append(append(line, '"'), settledMember...), who[:len(who)-1]...)
	}
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
	if HoldsCardNumber(e.SaleID) || HoldsCardNumber(store) || HoldsCardNumber(e.Lane) || HoldsCardNumber(e.SettledBy) || recordHoldsCard(line[at:]) {
		return out, ErrCardNumber
	}
	return seal(line, start), nil
}

// PlainName says whether s may be a sale id, a store or a lane: at most 64
// letters, digits, dots, underscores and dashes.
func PlainName[T string | []byte](s T) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-') {
			return false
		}
	}
	return len(s) <= 64
}
