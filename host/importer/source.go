package importer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// source is a recording as it is read: it ends when the import is to end, and
// remembers what went wrong with the file itself. That is no fault of what
// stands in it, and not to be counted as such.
type source struct {
	ctx context.Context
	in  io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err = stopped(s.ctx); s.err != nil {
		return 0, s.err
	}
	n, err := s.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return fmt.Errorf("stopped before the end; to have all of it, import it again into another folder: %w", ctx.Err())
}

// openFile opens a recording. A device or a pipe may never begin or never end,
// and opening one may wait for ever: only files are taken.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no regular file: write the recording to one, and import that")
	}
	return os.Open(path)
}

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
