package journal

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// harmless are hashes, and the number that the card schemes publish for tests,
// which tests of the guards need.
var harmless = regexp.MustCompile(`[0-9a-f]{64}|4111111111111111`)

// Test data is made up, and must stay so: no file of it may hold a card number.
func TestTestdataHoldsNoCard(t *testing.T) {
	files := 0
	require.NoError(t, filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		slashed := filepath.ToSlash(path)
		if err != nil || d.IsDir() || !strings.Contains(slashed, "/testdata/") && !strings.HasSuffix(slashed, ".jsonl") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if strings.HasSuffix(path, ".gz") {
			zip, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				return err
			}
			if data, err = io.ReadAll(zip); err != nil {
				return err
			}
		}
		files++
		for line := range bytes.Lines(harmless.ReplaceAll(data, nil)) {
			require.False(t, recordHoldsCard(line), "%s: %.200s", path, line)
		}
		return nil
	}))
	require.NotZero(t, files)
}
