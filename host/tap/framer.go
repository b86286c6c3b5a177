package tap

import (
	"bytes"
	"errors"
	"math"
	"strconv"
)

const (
	maxHead = 64 << 10 // of a message; Flexiti's tokens have 1,000 characters at most
	maxLine = 4 << 10  // of the size of a chunk

	handshake = 22 // begins TLS (RFC 8446, 5.1), and no message of HTTP
)

// The lengths of a body that are no number of bytes.
const (
	untilEnd int64 = -1 - iota // of the connection
	inChunks
)

var (
	errNotHTTP = errors.New("not HTTP/1")
	errTooLong = errors.New("a head that is too long")
	errTLS     = errors.New("TLS, for which the store's settings have no certificate (service.tls_cert)")
	errChunks  = errors.New("chunks that are none")
	// errNoMore ends a stream that goes on as something else than HTTP.
	errNoMore = errors.New("a tunnel, or another protocol")
)

// message is what hears of one message after the other.
type message interface {
	// head gets a whole head that began at that byte of the stream, and gives the
	// length of the body.
	head(head []byte, start int64) (length int64, err error)
	// body says whether it wants more of the body.
	body(data []byte) (more bool)
	// over gets the byte of the stream behind the message.
	over(end int64)
}

type place uint8

const (
	inHead place = iota
	inBody
	inSize
	inChunk
	behindChunk
	inTrailer
)

// framer finds where messages begin and end in one direction of a connection. What
// a head says is for the message to read.
type framer struct {
	place place
	taken int64  // bytes of the stream so far
	start int64  // where the message began
	text  []byte // of the head, or of a line between chunks
	left  int64  // of the body or the chunk; untilEnd
	skip  int64  // up to there nothing of the stream is wanted, but for the last bytes before it
}

// jump is for bytes that did not come because nobody wanted them.
func (f *framer) jump(to int64) {
	if f.left >= 0 {
		f.left -= to - f.taken
	}
	f.taken = to
}

// push takes the next bytes. After an error the stream cannot be followed.
func (f *framer) push(data []byte, m message) error {
	for len(data) > 0 {
		n, err := f.step(data, m)
		if err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}

func (f *framer) step(data []byte, m message) (n int, err error) {
	if f.place == inBody || f.place == inChunk {
		if n = len(data); f.left >= 0 {
			n = int(min(f.left, int64(n)))
			f.left -= int64(n)
		}
		f.taken += int64(n)
		switch more := m.body(data[:n]); {
		case more:
		case f.left < 0:
			f.skip = math.MaxInt64
		default:
			f.skip = f.taken + f.left
		}
		if f.left == 0 && f.place == inBody {
			f.end(m)
		} else if f.left == 0 {
			f.place = behindChunk
		}
		return n, nil
	}
	c := data[0]
	if f.place == inHead && len(f.text) == 0 {
		f.start = f.taken
		if c == '\r' || c == '\n' { // RFC 9112, 2.2: they may stand before a request
			f.taken++
			return 1, nil
		}
		if c == handshake {
			return 1, errTLS
		}
	}
	f.taken++
	f.text = append(f.text, c)
	if f.place == inHead {
		return 1, f.inHead(c, m)
	}
	if len(f.text) > maxLine {
		return 1, errChunks
	}
	if c != '\n' {
		return 1, nil
	}
	line := bytes.TrimRight(f.text, "\r\n")
	f.text = f.text[:0]
	return 1, f.between(line, m)
}

func (f *framer) inHead(c byte, m message) error {
	if len(f.text) > maxHead {
		return errTooLong
	}
	if c != '\n' || !bytes.HasSuffix(f.text, []byte("\n\r\n")) && !bytes.HasSuffix(f.text, []byte("\n\n")) {
		return nil
	}
	length, err := m.head(f.text, f.start)
	clear(f.text) // it held the token
	f.text = f.text[:0]
	if err != nil {
		return err
	}
	switch {
	case length == 0:
		f.end(m)
	case length == inChunks:
		f.place = inSize
	default:
		f.place, f.left = inBody, length
	}
	return nil
}

// between reads a line that stands before, behind or after chunks.
func (f *framer) between(line []byte, m message) error {
	switch f.place {
	case behindChunk:
		if len(line) > 0 {
			return errChunks
		}
		f.place = inSize
	case inTrailer:
		if len(line) == 0 {
			f.end(m)
		}
	default:
		size, _, _ := bytes.Cut(line, []byte(";"))
		n, err := strconv.ParseInt(string(bytes.TrimSpace(size)), 16, 64)
		if err != nil || n < 0 {
			return errChunks
		}
		f.place, f.left = inChunk, n
		if n == 0 {
			f.place = inTrailer
		}
	}
	return nil
}

func (f *framer) end(m message) {
	f.place = inHead
	m.over(f.taken)
}

// finish is for the end of the stream. It says whether that was the end of a message
// which had no other, and whether one broke off.
func (f *framer) finish(m message) (brokeOff bool) {
	if f.place == inBody && f.left == untilEnd {
		f.end(m)
		return false
	}
	return f.place != inHead
}
