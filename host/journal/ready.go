package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ready has the last segment open for writing, under the lock.
func (w *Writer) ready() error {
	if w.file != nil && w.inPlace() {
		return nil
	}
	w.letGo()
	if err := w.open(); err != nil {
		return w.fail("opening the journal", err)
	}
	return nil
}

// inPlace says whether the open file is still the one in the folder. A file
// whose folder was deleted or unmounted takes writes that nobody will find.
func (w *Writer) inPlace() bool {
	there, err := os.Lstat(w.file.Name())
	if err != nil {
		return false
	}
	ours, err := w.file.Stat()
	return err == nil && os.SameFile(there, ours)
}

// fail lets go of everything after an error, with what was written of an
// unacknowledged line taken back if the disk lets us: otherwise the next
// opening finds it.
func (w *Writer) fail(doing string, err error) error {
	if w.file != nil {
		_ = cut(w.file, w.size)
	}
	w.letGo()
	if errors.Is(err, ErrInUse) {
		return fmt.Errorf("%s in %s: %w", doing, w.config.Dir, err)
	}
	return fmt.Errorf("%s in %s: %w; sales go on without it until the folder can be written", doing, w.config.Dir, err)
}

func (w *Writer) letGo() error {
	var errs []error
	if w.file != nil {
		errs = append(errs, w.file.Close())
		w.file = nil
	}
	if w.lock != nil {
		errs = append(errs, w.lock.Close())
		w.lock = nil
	}
	return errors.Join(errs...)
}

// open takes the lock, mends the last segment and goes on in it, or begins the next.
func (w *Writer) open() error {
	if !PlainName(w.config.Store) {
		return fmt.Errorf("the store %q has other letters than A-Z a-z 0-9 . _ - or more than 64", w.config.Store)
	}
	if err := os.Mkdir(w.config.Dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	path := filepath.Join(w.config.Dir, lockName)
	if info, err := os.Lstat(path); err == nil {
		if err := refuse(path, info.Mode()); err != nil {
			return err
		}
	}
	lock := flock.New(path, flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
	if err != nil {
		return err
	}
	if !taken {
		return ErrInUse
	}
	w.lock = lock
	f, err := readFolder(w.config.Dir)
	if err != nil {
		return err
	}
	list := f.segments
	w.number = 0
	var last *ended
	for i := len(list) - 1; i >= 0; i-- {
		w.number = max(w.number, list[i].number)
		end, err := readEnd(list[i])
		if err != nil {
			return err
		}
		if last == nil {
			last = &end
		}
		if w.seq = max(w.seq, end.seq); end.seq > 0 {
			break
		}
	}
	if last != nil {
		if err := w.resume(list[len(list)-1], *last); err != nil || w.file != nil {
			w.packClosed(list[:len(list)-1])
			return err
		}
		if w.number < list[len(list)-1].number {
			list = list[:len(list)-1] // it is gone, and is begun again
		}
	}
	// Only when the next one is there are all of these closed for good.
	if err := w.begin(); err != nil {
		return err
	}
	w.packClosed(list)
	return nil
}
