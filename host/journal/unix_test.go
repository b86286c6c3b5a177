//go:build !windows

package journal

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const unixOnly = 0

// A limit on the size of files is a full disk as a program meets it: a write
// that stores a part of its bytes and then fails. It holds for a whole process,
// so a child does the writing and says what each Append gave.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fullDiskDir+"="+dir)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Equal(t, "true true true true\n", string(out))
	requireSound(t, dir, 2)
	reports, err := Check(dir)
	require.NoError(t, err)
	require.EqualValues(t, 2, reports[0].NotKept)
}

func fillDisk(dir string) {
	signal.Ignore(syscall.SIGXFSZ)
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	written := w.Append(entry(0))
	var before syscall.Rlimit
	_ = syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before)
	full := before
	full.Cur = uint64(w.size) + 20
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full)
	first, second := w.Append(entry(1)), w.Append(entry(1))
	_ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before)
	again := w.Append(entry(1))
	fmt.Println(written == nil, errors.Is(first, syscall.EFBIG), errors.Is(second, syscall.EFBIG), again == nil)
}
