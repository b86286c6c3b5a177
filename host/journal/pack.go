package journal

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// packClosed compresses closed segments beside the work of the till. What
// cannot be compressed stays as it is: plain segments are as good.
func (w *Writer) packClosed(list []segment) {
	w.pack.Wait()
	dir := w.config.Dir
	w.pack.Go(func() {
		for _, s := range list {
			if s.plain && s.odd == nil {
				_ = packFile(dir, s.path)
			}
		}
	})
}

// packFile compresses a segment and takes the plain one away. A compressed twin
// that is there already must hold the same; one that does not is left for check to tell.
func packFile(dir, path string) error {
	if _, err := os.Lstat(path + gzipEnd); err == nil {
		if same, err := sameContent(path, path+gzipEnd); err != nil || !same {
			return err
		}
		return os.Remove(path)
	}
	in, err := openOwn(path, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer in.Close()
	var magic [2]byte
	if _, err := in.ReadAt(magic[:], 0); err != nil || string(magic[:]) == gzipMagic {
		return err // compressed already, whatever its name: check tells
	}
	out, err := os.CreateTemp(dir, filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	zip := gzip.NewWriter(out)
	_, err = io.Copy(zip, in)
	if err = errors.Join(err, zip.Close(), out.Sync(), out.Close()); err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	if err := os.Rename(out.Name(), path+gzipEnd); err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	in.Close() // Windows removes no open file
	return os.Remove(path)
}

// sameContent says whether a plain segment and its compressed twin hold the
// same bytes. It reads no further than the plain one goes, and stops where they part.
func sameContent(plain, packed string) (bool, error) {
	a, err := openOwn(plain, os.O_RDONLY)
	if err != nil {
		return false, err
	}
	defer a.Close()
	b, err := openOwn(packed, os.O_RDONLY)
	if err != nil {
		return false, err
	}
	defer b.Close()
	zip, err := gzip.NewReader(b)
	if err != nil {
		return false, nil
	}
	one, two := make([]byte, 32<<10), make([]byte, 32<<10)
	for {
		n, errA := io.ReadFull(a, one)
		m, errB := io.ReadFull(zip, two)
		if n != m || string(one[:n]) != string(two[:m]) || (errA == nil) != (errB == nil) {
			return false, nil
		}
		if errA != nil {
			_, end := zip.Read(two[:1]) // a compressed file that is cut ends otherwise
			return errors.Is(end, io.EOF), nil
		}
	}
}
