package journal

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

// Fault says what is wrong with one line, or with where it stands.
type Fault string

const (
	FaultNone     Fault = ""
	FaultTorn     Fault = "torn"          // the last line, without its end
	FaultTooLong  Fault = "too_long"      // beyond MaxLine
	FaultChecksum Fault = "checksum"      // not the bytes that were written, or never a journal's line
	FaultShape    Fault = "shape"         // checksum right, members not those of version 1
	FaultVersion  Fault = "other_version" // below a header of a version that this program does not know
	FaultDoubled  Fault = "doubled"       // a seq that was read before
	FaultCRLF     Fault = "crlf"          // whole, but for a carriage return at its end: it was copied as text
	FaultGzip     Fault = "gzip"          // the compressed file cannot be read on from here; counted as one line
)

// Item is one line of a journal: a header, a record, or damage.
type Item struct {
	Number int64   // of the line in its file, from 1
	Header *Header // for a header
	Line   Line    // for a record; also of a doubled one, and of FaultCRLF
	Fault  Fault   // FaultNone for headers and records
	Bytes  []byte  // the line as it is, without its newline; cut at MaxLine
}

// Reader reads one file line by line. One bad line never costs its neighbours.
type Reader struct {
	file   *os.File
	zip    *gzip.Reader
	buf    *bufio.Reader
	number int64
	header *Header
	packed bool // it is compressed
	done   bool
}

// OpenFile opens a journal's file, compressed or not, whatever it is called. It
// may be a link, but must be one to a plain file.
func OpenFile(path string) (*Reader, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("opening a journal: %w", err)
	}
	f, err := openAs(path, os.O_RDONLY, info)
	if err != nil {
		return nil, fmt.Errorf("opening a journal: %w", err)
	}
	r := &Reader{file: f, buf: bufio.NewReaderSize(f, MaxLine+1)}
	if magic, _ := r.buf.Peek(2); string(magic) == gzipMagic {
		r.packed = true
		zip, err := gzip.NewReader(r.buf)
		if err != nil {
			// A compressed file cut inside its first bytes: Next tells.
			zip = nil
			r.buf = bufio.NewReader(&brokenGzip{err})
		} else {
			r.buf = bufio.NewReaderSize(zip, MaxLine+1)
		}
		r.zip = zip
	}
	return r, nil
}

type brokenGzip struct{ err error }

func (b *brokenGzip) Read([]byte) (int, error) { return 0, b.err }

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// Next gives the next line, io.EOF after the last one, and another error only
// when the disk fails. What is wrong inside the file is a Fault of the item.
func (r *Reader) Next() (Item, error) {
	if r.done {
		return Item{}, io.EOF
	}
	r.number++
	item := Item{Number: r.number}
	line, err := r.buf.ReadSlice('\n')
	item.Bytes = line
	switch {
	case err == nil:
		item.Bytes = line[:len(line)-1]
		r.judge(&item)
		return item, nil
	case errors.Is(err, bufio.ErrBufferFull):
		item.Fault = FaultTooLong
		return item, r.skipLine()
	case errors.Is(err, io.EOF) && len(line) == 0:
		r.done = true
		return Item{}, io.EOF
	case errors.Is(err, io.EOF):
		r.done = true
		item.Fault = FaultTorn
		return item, nil
	case gzipFault(err):
		r.done = true
		item.Fault = FaultGzip
		return item, nil
	default:
		return Item{}, fmt.Errorf("reading a journal: %w", err)
	}
}

// skipLine reads past the rest of a line that is too long. The start of it is
// lost to the item's Bytes, which share the buffer; they are not looked at.
func (r *Reader) skipLine() error {
	for {
		_, err := r.buf.ReadSlice('\n')
		switch {
		case err == nil:
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF), gzipFault(err):
			r.done = true
			return nil
		default:
			return fmt.Errorf("reading a journal: %w", err)
		}
	}
}

// gzipFault tells a broken compressed file from a broken disk.
func gzipFault(err error) bool {
	var path *os.PathError
	return !errors.As(err, &path)
}

func (r *Reader) judge(item *Item) {
	text := item.Bytes
	if unix, ok := bytes.CutSuffix(text, []byte("\r")); ok {
		item.Fault, text = FaultCRLF, unix
	}
	if h, ok := parseHeader(text); ok {
		r.header = &h
		item.Header = &h
		return
	}
	switch {
	case r.header != nil && r.header.Version != Version:
		item.Fault = FaultVersion
	case !sealed(text):
		item.Fault = FaultChecksum
	default:
		line, ok := parseLine(text)
		if !ok {
			item.Fault = FaultShape
			return
		}
		item.Line = line
	}
}

// Offset says how many bytes of the file were read, compressed ones if it is.
func (r *Reader) Offset() int64 {
	at, _ := r.file.Seek(0, io.SeekCurrent)
	return at
}
