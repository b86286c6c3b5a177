//go:build !windows

package journal

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// syncDir makes the names in a folder as lasting as the files.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// hasOtherNames says whether a file has more names than the one it was found by.
func hasOtherNames(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink > 1
}
