package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTrainingProgressIsKeptInTheTillsFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	p := trainingProgress(dir)
	require.Empty(t, p.Load(), "nothing is there yet")
	p.Save([]byte("one"))
	p.Save([]byte("two"))
	require.Equal(t, "two", string(trainingProgress(dir).Load()))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1, "what was written on the way is gone")
	p.Save(nil)
	require.Empty(t, p.Load())
	p.Save(nil) // nothing to take away
}

func TestTrainingProgressNeverStopsTheTraining(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	p := trainingProgress(file) // no folder can be made there
	p.Save([]byte("one"))
	require.Empty(t, p.Load())

	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, progressFile), 0o700))
	require.Empty(t, trainingProgress(dir).Load(), "a folder is no file")

	none := trainingProgress("")
	require.Nil(t, none.Load)
	require.Nil(t, none.Save)
}
