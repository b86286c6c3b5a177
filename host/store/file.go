package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
	"go.etcd.io/bbolt"
)

const (
	lockName = "till.lock"
	fileName = "sales.db"
)

var bucket = []byte("sales")

// file is a disk: a folder with a bbolt database.
type file struct {
	dir  string
	lock *flock.Flock
	own  os.FileInfo // of the lock
	db   *bbolt.DB
	info os.FileInfo // of the open database
}

func (f *file) path() string { return filepath.Join(f.dir, fileName) }

func (f *file) open(values map[string][]byte) (found map[string][]byte, err error) {
	defer caught(&err)
	defer func() {
		if err != nil && err != ErrInUse {
			err = fmt.Errorf("keeping the sales in %s: %w; sales go on, and are written when it can be", f.dir, err)
		}
	}()
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return nil, err
	}
	if err := f.take(); err != nil {
		return nil, err
	}
	damaged := false
	if values == nil {
		if values, damaged, err = read(f.path()); err != nil {
			return nil, err
		}
		if damaged {
			values[Incomplete] = []byte{1}
		}
	}
	return values, f.renew(values, damaged)
}

// take takes the folder's lock, unless this till has it.
func (f *file) take() error {
	path := filepath.Join(f.dir, lockName)
	there, err := os.Lstat(path)
	if f.lock != nil {
		if err == nil && os.SameFile(there, f.own) {
			return nil
		}
		_ = f.lock.Close() // of a folder that is gone
		f.lock = nil
	}
	if err == nil && !there.Mode().IsRegular() {
		return fmt.Errorf("%s is no plain file: take it away", path)
	}
	lock := flock.New(path, flock.SetPermissions(0o600))
	taken, err := lock.TryLock()
	if err != nil {
		return err
	}
	if !taken {
		return ErrInUse
	}
	f.lock = lock
	f.own, err = os.Lstat(path)
	return err
}

// renew writes the database anew and opens it. The old one stands until the new
// one is whole, and beside it where it is damaged.
func (f *file) renew(values map[string][]byte, damaged bool) error {
	fresh := f.path() + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	db, err := openDB(fresh, false)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket(bucket)
		for name, value := range values {
			err = errors.Join(err, b.Put([]byte(name), sealed(name, value)))
		}
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	if damaged {
		if err := f.setAside(); err != nil {
			return err
		}
	}
	if err := errors.Join(os.Rename(fresh, f.path()), syncDir(f.dir)); err != nil {
		return err
	}
	if f.db, err = openDB(f.path(), false); err != nil {
		return err
	}
	f.info, err = os.Stat(f.path())
	return err
}

// setAside keeps the damaged file under another name, beside its place.
func (f *file) setAside() error {
	for n := 1; ; n++ {
		err := os.Link(f.path(), fmt.Sprintf("%s.damaged-%d", f.path(), n))
		if errors.Is(err, fs.ErrExist) && n < 100 {
			continue
		}
		if err != nil { // a disk without links
			err = os.Rename(f.path(), f.path()+".damaged")
		}
		if err != nil {
			return fmt.Errorf("setting the damaged file aside: %w", err)
		}
		return nil
	}
}

func (f *file) write(changes []Change) (err error) {
	defer caught(&err)
	defer func() {
		if err != nil {
			err = fmt.Errorf("writing the sales to %s: %w; sales go on, and are written when it can be", f.path(), err)
		}
	}()
	// A file whose folder was deleted or unmounted takes what nobody will find.
	if there, err := os.Stat(f.path()); err != nil || !os.SameFile(there, f.info) {
		return errors.Join(err, errors.New("the file is not there any more"))
	}
	return f.db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		for _, c := range changes {
			var err error
			if c.Value == nil {
				err = b.Delete([]byte(c.Name))
			} else {
				err = b.Put([]byte(c.Name), sealed(c.Name, c.Value))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *file) close() (err error) {
	defer caught(&err)
	if f.db != nil {
		err = f.db.Close()
		f.db = nil
	}
	return err
}

// end lets go of the folder.
func (f *file) end() error {
	err := f.close()
	if f.lock != nil {
		err = errors.Join(err, f.lock.Close())
		f.lock = nil
	}
	return err
}

func openDB(path string, readOnly bool) (*bbolt.DB, error) {
	return bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, ReadOnly: readOnly})
}

// syncDir makes the names in a folder as lasting as the files. Windows does that
// unasked, and cannot be asked.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
