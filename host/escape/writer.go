package escape

import (
	"io"
	"sync"
	"unicode/utf8"
)

// Writer escapes all that is written to it as Text does. A letter may come in
// several writes. It is safe for concurrent use.
type Writer struct {
	mu   sync.Mutex
	out  io.Writer
	tail []byte // the beginning of a letter whose end has not come
	line []byte // room to escape in
}

// NewWriter gives a writer that escapes what it passes on to out.
func NewWriter(out io.Writer) *Writer { return &Writer{out: out} }

// Write passes p on, escaped. An error is that of the writer behind it, and
// then all of p counts as not written.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.tail) == 0 && plain(p) {
		return w.out.Write(p)
	}
	text := p
	if len(w.tail) > 0 {
		text = append(w.tail, p...)
	}
	whole := len(text) - unfinished(text)
	w.line = appendText(w.line[:0], text[:whole])
	w.tail = append([]byte(nil), text[whole:]...)
	if len(w.line) == 0 {
		return len(p), nil
	}
	if _, err := w.out.Write(w.line); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush writes what is left of a letter whose end never came.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.tail) == 0 {
		return nil
	}
	_, err := w.out.Write(appendText(nil, w.tail))
	w.tail = nil
	return err
}

// unfinished counts the bytes at the end of text that may be the beginning of a letter.
func unfinished(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return n
		}
	}
	return 0
}

// Raw gives the writer behind a Writer, or out itself. It is for text that was
// escaped already and is no UTF-8 any more, and for what is meant to steer the terminal.
func Raw(out io.Writer) io.Writer {
	if w, ok := out.(*Writer); ok {
		return w.out
	}
	return out
}
