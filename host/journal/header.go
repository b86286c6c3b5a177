package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// AppendHeader writes a header line, newline included, to out. Format and Version need not be set.
func AppendHeader(out []byte, h Header) ([]byte, error) {
	h.Format, h.Version = Format, Version
	b, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("writing a journal's header: %w", err)
	}
	return seal(append(out, b[:len(b)-1]...), len(out)), nil
}

// parseHeader reads a header line; ok is false for any other line. Of a header
// of another version nothing else is sure than the version.
func parseHeader(line []byte) (h Header, ok bool) {
	if !bytes.HasPrefix(line, []byte(`{"format":"`+Format+`"`)) {
		return Header{}, false
	}
	if err := json.Unmarshal(line, &h); err != nil || h.Version < 1 {
		return Header{}, false
	}
	if h.Version != Version {
		return h, true
	}
	return h, sealed(line) && h.First > 0 && PlainName(h.Store) && PlainName(h.Module)
}
