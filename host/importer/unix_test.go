//go:build !windows

package importer

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// Opening a pipe waits for a writer, who may never come.
func TestAPipeIsNotWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	_, err := Import(t.Context(), Config{Engine: unused{}, Dir: t.TempDir()}, path)
	require.ErrorContains(t, err, "it is no regular file")
}
