package journal

import (
	"errors"
	"os"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"
)

// ErrInUse is why a folder cannot be written: another program writes to it.
var ErrInUse = errors.New("another program is writing to this journal; give each till a folder of its own")

// Config says what a Writer writes where.
type Config struct {
	Dir     string // the journal's folder; its last element is made when missing
	Store   string // at most 64 letters, digits, dots, underscores and dashes
	Module  string // SHA-256 of the module in use, in hex
	Origin  string // who wrote it, when it is no till
	MaxSize int64  // bytes of a segment before the next begins; 0 means 8 MiB
}

// Writer appends to one journal. It is safe for concurrent use. Nothing of it
// must be opened first: each Append does what is needed, so that a folder that
// was away and comes back is used again.
type Writer struct {
	config Config
	idKey  []byte

	mu     sync.Mutex
	lock   *flock.Flock
	file   *os.File // nil: to be opened
	number int      // of the segment in file
	size   int64    // bytes of file that are known to be on the disk
	day    int64    // UTC day of the first record in file; -1: none yet
	seq    int64    // the last one on the disk
	missed int64    // records not written since the last one that was
	stats  Stats
	line   []byte
	pack   sync.WaitGroup

	lost atomic.Int64 // told by Lost, and not counted above yet
}

// Stats counts what happened since the writer began.
type Stats struct {
	Written   int64 // records on the disk
	Missed    int64 // records that could not be written
	TornBytes int64 // bytes of half lines that were set aside
}

// New makes a writer. It touches no disk: Ready does, and each Append.
func New(c Config) *Writer {
	if c.MaxSize <= 0 {
		c.MaxSize = 8 << 20
	}
	return &Writer{config: c, day: -1, idKey: NewKey()}
}

// Ready opens the journal now, so that a till can say at its start that the
// journal does not work. An error is no reason to stop: Append tries again.
func (w *Writer) Ready() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ready()
}

// Append writes records, in their order. When it returns nil they are on the disk
// and stay there. When it returns an error some are lost, and counted, both in
// Stats and in the next line that can be written; the caller shows the error and
// goes on. It takes as long as the disk takes, a millisecond or so, for many
// records as for one.
//
// A sale id that reads like a card number is replaced by a hidden one.
func (w *Writer) Append(entries ...Entry) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.countLost()
	var errs []error
	for len(entries) > 0 {
		n, err := w.append(entries)
		if err != nil {
			w.missed += int64(n)
			w.stats.Missed += int64(n)
			errs = append(errs, err)
		} else {
			w.missed = 0 // the first of them has said so
			w.stats.Written += int64(n)
		}
		entries = entries[n:]
	}
	return errors.Join(errs...)
}

// Lost counts n records that the caller had to drop before they came to Append,
// in Stats and in the next line that can be written. It returns at once, also
// while an Append hangs on its disk.
func (w *Writer) Lost(n int64) { w.lost.Add(n) }

// countLost adds up what Lost was told, under the lock.
func (w *Writer) countLost() {
	n := w.lost.Swap(0)
	w.missed += n
	w.stats.Missed += n
}

// Stats gives the counts so far.
func (w *Writer) Stats() Stats {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.countLost()
	return w.stats
}

// Close lets go of the journal. A later Append would open it again.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pack.Wait()
	return w.letGo()
}

// append writes the first of some records, as many as one segment takes and can be
// written as lines, all of them or none. It says how many these are.
func (w *Writer) append(entries []Entry) (n int, err error) {
	if err := w.ready(); err != nil {
		return len(entries), err
	}
	w.line = w.line[:0]
	day, missed := w.day, w.missed
	for _, e := range entries {
		had := len(w.line)
		if w.line, err = w.appendLine(w.line, w.seq+1+int64(n), missed, e); err != nil {
			if n > 0 { // it is the first of the next ones
				break
			}
			return 1, err
		}
		of := e.At / (24 * 60 * 60 * 1000)
		if day >= 0 && (of > day || w.size+int64(len(w.line)) > w.config.MaxSize) {
			if n > 0 {
				w.line = w.line[:had]
				break
			}
			if err := w.rotate(); err != nil {
				return 1, w.fail("beginning a new segment of the journal", err)
			}
			day = -1
		}
		if day < 0 {
			day = of
		}
		n, missed = n+1, 0
	}
	if _, err := w.file.Write(w.line); err != nil {
		return n, w.fail("writing to the journal", err)
	}
	if err := w.file.Sync(); err != nil {
		return n, w.fail("writing the journal to the disk", err)
	}
	w.size += int64(len(w.line))
	w.seq += int64(n)
	w.day = day
	return n, nil
}

func (w *Writer) appendLine(out []byte, seq, missed int64, e Entry) ([]byte, error) {
	if e.Module == "" {
		e.Module = w.config.Module
	}
	if HoldsCardNumber(e.SaleID) {
		e.SaleID = HideID(w.idKey, e.SaleID)
	}
	return AppendLine(out, w.config.Store, seq, missed, e)
}
