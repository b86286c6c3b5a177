package tap

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"

	"github.com/tillwise/tillwise/host/exchange"
)

// body is the beginning of a body, as it is on the wire.
type body struct {
	data []byte
	cut  bool
}

// add takes more of it, and says whether there is room for still more.
func (b *body) add(data []byte) bool {
	n := min(len(data), exchange.MaxBody-len(b.data))
	b.data = append(b.data, data[:n]...)
	b.cut = b.cut || n < len(data)
	return !b.cut
}

// text gives a body as it was before it was encoded, and whether that is not all of
// it. One in an encoding that is not known here cannot be read.
func (b *body) text(encoding string) (text string, cut bool) {
	var in io.Reader = bytes.NewReader(b.data)
	var err error
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return string(b.data), b.cut
	case "gzip", "x-gzip":
		in, err = gzip.NewReader(in)
	case "deflate":
		if in, err = zlib.NewReader(in); err != nil { // some send it without its wrapping
			in, err = flate.NewReader(bytes.NewReader(b.data)), nil
		}
	default:
		return "", len(b.data) > 0
	}
	if err != nil {
		return "", len(b.data) > 0
	}
	out, err := io.ReadAll(io.LimitReader(in, exchange.MaxBody+1))
	if len(out) > exchange.MaxBody {
		return string(out[:exchange.MaxBody]), true
	}
	return string(out), b.cut || err != nil
}

// forget drops what a body held.
func (b *body) forget() {
	clear(b.data)
	*b = body{}
}
