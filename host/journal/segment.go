package journal

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// ended is what the end of a segment tells a writer that wants to go on.
type ended struct {
	header *Header // the first line, nil when it is none
	first  int64   // at of the first record
	seq    int64   // of the last record, or what the header promises; 0: no whole line
	good   int64   // bytes up to the end of the last whole line
	size   int64
}

// readEnd reads a segment through. Damage in the middle stays where it is;
// only what follows the last whole line is a torn tail.
func readEnd(s segment) (ended, error) {
	r, err := OpenFile(s.path)
	if err != nil {
		return ended{}, err
	}
	defer r.Close()
	var end ended
	var at int64
	records := 0
	for {
		item, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return ended{}, err
		}
		at += int64(len(item.Bytes)) + 1
		if item.Fault == FaultTooLong {
			// Its length is not known: what follows cannot be placed, so nothing is cut.
			end.header = nil
			at = 1 << 62
		}
		switch {
		case item.Header != nil:
			end.good = at
			if item.Number == 1 {
				end.header = item.Header
			}
			end.seq = max(end.seq, item.Header.First-1)
		case item.Fault == FaultNone:
			if records++; records == 1 {
				end.first = item.Line.At
			}
			end.good = at
			end.seq = max(end.seq, item.Line.Seq)
		case item.Fault == FaultVersion:
			end.good = at
		}
	}
	if records == 0 {
		end.first = -1
	}
	info, err := r.file.Stat()
	if err != nil {
		return ended{}, err
	}
	end.size = info.Size()
	return end, nil
}

// resume opens the last segment to go on in it. It leaves w.file nil, without
// an error, when the segment is of another version, store or module.
func (w *Writer) resume(s segment) error {
	end, err := readEnd(s)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	if end.good < end.size {
		if err := w.setAside(f, end.good, end.size); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	if end.good == 0 { // the header itself was torn: begin the segment again
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

// setAside moves a torn tail to <segment>.torn: first it is safe there, then it goes here.
func (w *Writer) setAside(f *os.File, from, to int64) error {
	torn, err := os.OpenFile(f.Name()+tornSuffix, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("setting a torn line aside: %w", err)
	}
	_, err = io.Copy(torn, io.NewSectionReader(f, from, to-from))
	if err = errors.Join(err, torn.Sync(), torn.Close()); err != nil {
		return fmt.Errorf("setting a torn line aside: %w", err)
	}
	if err := errors.Join(truncate(f.Name(), from), f.Sync(), syncDir(w.config.Dir)); err != nil {
		return fmt.Errorf("setting a torn line aside: %w", err)
	}
	w.stats.TornBytes += to - from
	return nil
}

// truncate cuts a file by its name: on Windows a file that was opened to be
// appended to cannot be cut.
func truncate(path string, size int64) error { return os.Truncate(path, size) }

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

// packClosed compresses closed segments beside the work of the till. What
// cannot be compressed stays as it is: plain segments are as good.
func (w *Writer) packClosed(list []segment) {
	w.pack.Wait()
	dir := w.config.Dir
	w.pack.Go(func() {
		for _, s := range list {
			if s.plain {
				_ = packFile(dir, s.path)
			}
		}
	})
}

func packFile(dir, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(dir, filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	zip := gzip.NewWriter(out)
	_, err = io.Copy(zip, in)
	if err = errors.Join(err, zip.Close(), out.Sync(), out.Close()); err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	if err := os.Rename(out.Name(), path+".gz"); err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	in.Close() // Windows removes no open file
	return os.Remove(path)
}
