package journal

import (
	"fmt"
	"io/fs"
	"os"
)

// refuse says why a file is none to read or to write: it is no plain file.
// Opening a pipe can take for ever, and what is written through a link ends up
// in a file that may be anybody's.
func refuse(path string, mode fs.FileMode) error {
	what := ""
	switch {
	case mode.IsRegular():
		return nil
	case mode&fs.ModeSymlink != 0:
		what = "a link"
	case mode.IsDir():
		what = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		what = "a pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	default:
		what = "something else"
	}
	return fmt.Errorf("%s is %s, and a journal's file must be a plain one: put the file itself there, or take this away", path, what)
}

// openOwn opens a file of the journal's own folder as os.OpenFile does, but
// never anything else than a plain file that bears this very name.
func openOwn(path string, flag int) (*os.File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	return openAs(path, flag, info)
}

// openAs opens the file that info is of. Between the look and the opening
// somebody may have put another in its place.
func openAs(path string, flag int, info fs.FileInfo) (*os.File, error) {
	if err := refuse(path, info.Mode()); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return nil, err
	}
	if opened, err := f.Stat(); err != nil || !os.SameFile(info, opened) {
		f.Close()
		return nil, fmt.Errorf("%s was put in another file's place while it was opened", path)
	}
	return f, nil
}
