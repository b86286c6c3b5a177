package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/tillwise/tillwise/tui"
)

const (
	progressFile = "training.json" // in the till's folder, beside its sales
	progressMax  = 1 << 20
)

// trainingProgress keeps a round of training that was left in a folder; none
// keeps nothing. A file that cannot be read or written costs a place in a round
// and no more, so nobody at the till is told of it.
func trainingProgress(dir string) tui.Progress {
	if dir == "" {
		return tui.Progress{}
	}
	path := filepath.Join(dir, progressFile)
	return tui.Progress{
		Load: func() []byte {
			data, _ := readPlainFile(path)
			return data
		},
		Save: func(data []byte) {
			if data == nil {
				_ = os.Remove(path)
				return
			}
			_ = writeWhole(path, data)
		},
	}
}

// readPlainFile reads a file that is neither a pipe nor a device, which might never end.
func readPlainFile(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a plain file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, progressMax))
}

// writeWhole puts a file in the place of another one, whole or not at all.
func writeWhole(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	fresh, err := os.CreateTemp(filepath.Dir(path), progressFile+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(fresh.Name()) // after the rename there is none
	_, err = fresh.Write(data)
	if err = errors.Join(err, fresh.Close()); err != nil {
		return err
	}
	return os.Rename(fresh.Name(), path)
}
