package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExitOfAnImport(t *testing.T) {
	if raceDetector {
		t.Skip("it makes the interpreter fifty times slower, and an import has one thread")
	}
	const call = `{"exchange":{"operation":"verify","status":409,"body":"{\"error\":\"tries_exceed\"}"}}` + "\n"
	recording := func(text string) string {
		path := filepath.Join(t.TempDir(), "recording")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	tests := []struct {
		name string
		args []string
		want int
	}{
		{"all of it", []string{recording(call)}, 0},
		{"nothing about Flexiti", []string{recording(`{"exchange":{"url":"https://example.com/"}}`)}, 0},
		{"a part of it", []string{recording(call + "{")}, 3},
		{"nothing of it", []string{recording("rubbish")}, 3},
		{"nothing in it", []string{recording("")}, 3},
		{"no such file", []string{filepath.Join(t.TempDir(), "none")}, 2},
		{"a folder", []string{t.TempDir()}, 2},
		{"a device", []string{os.DevNull}, 2},
		{"no argument", nil, 2},
		{"a wrong store number", []string{"--store-number", "a b", recording(call)}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := newCommand()
			cmd.SetArgs(append([]string{"import", "--journal", filepath.Join(t.TempDir(), "journal")}, tt.args...))
			cmd.SetOut(io.Discard)
			require.Equal(t, tt.want, exitCode(cmd.ExecuteContext(t.Context())))
		})
	}
}
