package crash

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// smallDisk mounts a disk of 1 MiB on a folder.
func smallDisk(t *testing.T, dir string) {
	if os.Geteuid() != 0 {
		t.Skip("a small disk takes root")
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("a small disk cannot be mounted here: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
}

// fill takes all the room of a disk. What it gives frees it.
func fill(t *testing.T, dir string) (free func()) {
	path := filepath.Join(dir, "full")
	f, err := os.Create(path)
	require.NoError(t, err)
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	require.True(t, errors.Is(err, syscall.ENOSPC), err)
	return func() { require.NoError(t, os.Remove(path)) }
}
