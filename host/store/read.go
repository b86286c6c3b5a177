package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"
)

// read gives what can be read of a database, and whether that may not be all.
// The error is of a disk that does not let itself be read at all.
func read(path string) (values map[string][]byte, incomplete bool, err error) {
	values = map[string][]byte{}
	err = plain(path)
	if errors.Is(err, fs.ErrNotExist) {
		return values, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, false, err
	}
	both := bothMetas(f)
	f.Close()
	whole := false
	// Whatever bbolt says of a file that can be opened: the file is damaged.
	_ = func() (err error) {
		defer caught(&err)
		db, err := openDB(path, true)
		if err != nil {
			return err
		}
		defer db.Close()
		return db.View(func(tx *bbolt.Tx) error {
			b := tx.Bucket(bucket)
			if b == nil {
				return errors.New("no sales")
			}
			whole = true
			defer func() {
				if recover() != nil { // a fault in the middle ends the reading
					whole = false
				}
			}()
			return b.ForEach(func(name, sealed []byte) error {
				if len(name) > maxName || len(sealed) > maxValue { // not ours: a length that went wrong
					whole = false
					return nil
				}
				value, ok := unsealed(string(name), sealed)
				if whole = whole && ok; ok {
					values[string(name)] = value
				}
				return nil
			})
		})
	}()
	return values, !whole || !both, nil
}

// bothMetas says whether both of a database's roots are whole. bbolt takes the
// older one without a word where the newer is damaged, and so would forget the
// last transaction. A power cut in the middle of writing one looks the same.
func bothMetas(f io.ReaderAt) bool {
	const header, size, checked = 16, 64, 56 // bytes of a page's head, of a root, and of what its checksum covers
	page := make([]byte, header+size)
	pageSize := uint32(0)
	for n := range int64(2) {
		if _, err := f.ReadAt(page, n*int64(pageSize)); err != nil {
			return false
		}
		meta := page[header:]
		sum := fnv.New64a()
		sum.Write(meta[:checked])
		if sum.Sum64() != binary.NativeEndian.Uint64(meta[checked:]) {
			return false
		}
		pageSize = binary.NativeEndian.Uint32(meta[8:])
	}
	return true
}

// plain refuses what is no file of its own: a link leads out of the folder, and a
// pipe is never read to its end.
func plain(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no plain file: take it away", path)
	}
	return nil
}

// caught turns a panic into an error. A page that the disk does not give any
// more is a fault in memory, which is a panic too where it is asked for.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = errors.Join(*err, fmt.Errorf("the file is damaged (%v)", p))
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sealed puts a value behind a checksum over its name and itself.
func sealed(name string, value []byte) []byte {
	out := make([]byte, 4, 4+len(value))
	binary.LittleEndian.PutUint32(out, crc32.Update(crc32.Checksum([]byte(name), castagnoli), castagnoli, value))
	return append(out, value...)
}

func unsealed(name string, b []byte) ([]byte, bool) {
	if len(b) < 4 {
		return nil, false
	}
	value := append([]byte{}, b[4:]...)
	sum := crc32.Update(crc32.Checksum([]byte(name), castagnoli), castagnoli, value)
	return value, binary.LittleEndian.Uint32(b) == sum
}
