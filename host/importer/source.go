package importer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// unpacked gives a recording as UTF-8 without a byte-order mark: it may be
// compressed, and Windows tools write UTF-16.
func unpacked(in io.Reader) (*bufio.Reader, error) {
	packed := bufio.NewReader(in)
	in = packed
	if magic, _ := packed.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		var err error
		if in, err = gzip.NewReader(packed); err != nil {
			return nil, err
		}
	}
	in = transform.NewReader(in, unicode.BOMOverride(transform.Nop))
	return bufio.NewReaderSize(in, maxLineSize), nil
}

// isHAR says whether a recording that starts so is an object with a log, as
// far as can be seen.
func isHAR(start []byte) bool {
	w := newWalker(bytes.NewReader(start))
	found := false
	_, _ = w.members(func(name string) error { // it breaks off where the start does
		if name != "log" || found {
			return w.pass()
		}
		t, err := w.Token()
		if err != nil {
			return err
		}
		found = t == json.Delim('{')
		return w.rest(t)
	})
	return found
}
