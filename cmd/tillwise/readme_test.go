package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// The README opens with what `explain` prints. It is written by hand, and this
// notices when it no longer holds.
func TestReadmeShowsWhatExplainPrints(t *testing.T) {
	if raceDetector {
		t.Skip("as TestScripts: nothing runs beside anything here")
	}
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, samples, _ := strings.Cut(string(text), "```console\n")
	samples, _, _ = strings.Cut(samples, "```")
	var script, files strings.Builder
	script.WriteString("env LANG=C.UTF-8\n")
	for i, sample := range strings.Split(samples, "$ ")[1:] {
		command, printed, _ := strings.Cut(sample, "\n")
		require.True(t, strings.HasPrefix(command, "tillwise explain "), command)
		fmt.Fprintf(&script, "exec %s\ncmp stdout README.%d\n", command, i)
		fmt.Fprintf(&files, "-- README.%d --\n%s", i, printed)
	}
	require.Equal(t, 2, strings.Count(script.String(), "exec "), "one sample in each language")
	path := filepath.Join(t.TempDir(), "readme.txtar")
	require.NoError(t, os.WriteFile(path, []byte(script.String()+files.String()), 0o600))
	testscript.Run(t, testscript.Params{Files: []string{path}})
}
