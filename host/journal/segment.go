package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// ended is what the end of a segment tells a writer that wants to go on.
type ended struct {
	header *Header // the first line, nil when it is none
	first  int64   // at of the first record; -1: there is none
	seq    int64   // of the last record, or what the header promises; 0: no whole line
	good   int64   // bytes up to the end of the last whole line
	size   int64
	hurt   bool // a line with an end is damaged behind the last whole one
	closed bool // nothing is to be written here, whatever the end looks like
}

// readEnd reads a segment through. Damage stays where it is; only half a line
// at the end is a torn tail.
func readEnd(s segment) (ended, error) {
	if s.odd != nil {
		return ended{}, s.odd
	}
	r, err := OpenFile(s.path)
	if err != nil {
		return ended{}, err
	}
	defer r.Close()
	info, err := r.file.Stat()
	if err != nil {
		return ended{}, err
	}
	// A file with a second name may be in a backup too, so it is read and left as
	// it is. So is one that somebody packed without giving it the name for that.
	end := ended{first: -1, size: info.Size(), closed: hasOtherNames(info) || r.packed || !s.plain}
	var at int64
	for {
		item, err := r.Next()
		if errors.Is(err, io.EOF) {
			return end, nil
		}
		if err != nil {
			return ended{}, err
		}
		at += int64(len(item.Bytes)) + 1
		if item.Fault != FaultTorn {
			end.hurt = item.Fault != FaultNone
		}
		if item.Fault == FaultTooLong { // of unknown length: what follows cannot be placed
			end.closed = true
		}
		switch {
		case item.Header != nil:
			if item.Number == 1 {
				end.header = item.Header
			}
			end.seq = max(end.seq, item.Header.First-1)
		case item.Fault == FaultNone, item.Fault == FaultCRLF:
			if end.first < 0 {
				end.first = item.Line.At
			}
			end.seq = max(end.seq, item.Line.Seq)
		}
		if item.Fault == FaultNone {
			end.good = at
		}
	}
}

// resume opens the last segment to go on in it. It leaves w.file nil, without
// an error, where the next one is to be begun.
func (w *Writer) resume(s segment, end ended) error {
	if end.closed || end.hurt {
		return nil
	}
	f, err := openOwn(s.path, os.O_RDWR|os.O_APPEND)
	if err != nil {
		return err
	}
	if end.good < end.size || end.good == 0 {
		if err := w.setAside(f, end.good, end.size); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	if end.good == 0 { // the header itself was torn: the next one takes its number
		w.number--
		return errors.Join(f.Close(), os.Remove(s.path))
	}
	h := end.header
	if h == nil || h.Version != Version || h.Store != w.config.Store || h.Module != w.config.Module || h.Origin != w.config.Origin {
		return f.Close()
	}
	w.file, w.number, w.size, w.day = f, s.number, end.good, -1
	if end.first >= 0 {
		w.day = end.first / (24 * 60 * 60 * 1000)
	}
	return nil
}

// setAside moves a torn tail to <segment>.torn: first it is safe there, then it
// goes here. Of a segment that was empty it leaves an empty file, for check to tell.
func (w *Writer) setAside(f *os.File, from, to int64) error {
	path := f.Name() + tornSuffix
	torn, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		torn, err = openOwn(path, os.O_WRONLY|os.O_APPEND)
	}
	if err != nil {
		return fmt.Errorf("setting a torn line aside: %w", err)
	}
	_, err = io.Copy(torn, io.NewSectionReader(f, from, to-from))
	if err = errors.Join(err, torn.Sync(), torn.Close()); err != nil {
		return fmt.Errorf("setting a torn line aside: %w", err)
	}
	if err := errors.Join(cut(f, from), f.Sync(), syncDir(w.config.Dir)); err != nil {
		return fmt.Errorf("setting a torn line aside: %w", err)
	}
	w.stats.TornBytes += to - from
	return nil
}

// cut takes off all of an open segment behind size. It opens it once more: on
// Windows a file that was opened to be appended to cannot be cut.
func cut(f *os.File, size int64) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	again, err := openOwn(f.Name(), os.O_WRONLY)
	if err != nil {
		return err
	}
	defer again.Close()
	if there, err := again.Stat(); err != nil || !os.SameFile(info, there) {
		return fmt.Errorf("%s was put in another file's place", f.Name())
	}
	return again.Truncate(size)
}

// begin makes the next segment.
func (w *Writer) begin() error {
	head, err := AppendHeader(nil, Header{
		Store: w.config.Store, Module: w.config.Module, First: w.seq + 1, Origin: w.config.Origin,
	})
	if err != nil {
		return err
	}
	path := segmentPath(w.config.Dir, w.number+1)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(head)
	if err = errors.Join(err, f.Sync(), syncDir(w.config.Dir)); err != nil {
		return errors.Join(err, f.Close(), os.Remove(path))
	}
	w.number++
	w.file, w.size, w.day = f, int64(len(head)), -1
	return nil
}

// rotate closes the current segment and begins the next. It keeps the lock.
func (w *Writer) rotate() error {
	closed := segment{number: w.number, path: w.file.Name(), plain: true}
	if err := w.file.Close(); err != nil {
		w.file = nil
		return err
	}
	w.file = nil
	if err := w.begin(); err != nil {
		return err
	}
	w.packClosed([]segment{closed})
	return nil
}
