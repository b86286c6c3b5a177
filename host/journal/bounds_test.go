package journal

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever a file holds, looking at it takes no more memory than a small one does.
func TestLookingTakesLittleMemory(t *testing.T) {
	const size = 64 << 20
	tests := []struct {
		name  string
		write func(t *testing.T, out io.Writer)
	}{
		{"one line", func(t *testing.T, out io.Writer) {
			part := strings.Repeat("x", 1<<20)
			for range size >> 20 {
				_, err := io.WriteString(out, part)
				require.NoError(t, err)
			}
		}},
		{"empty lines", func(t *testing.T, out io.Writer) {
			_, err := io.WriteString(out, strings.Repeat("\n", 1<<15))
			require.NoError(t, err)
		}},
		{"holes, and a module for each record", func(t *testing.T, out io.Writer) {
			var line []byte
			for n := range 3 * maxHoles {
				e := entry(n)
				e.Module = fmt.Sprintf("%064x", n)
				var err error
				line, err = AppendLine(line[:0], "0412", int64(2*n+1), 0, e)
				require.NoError(t, err)
				_, err = out.Write(line)
				require.NoError(t, err)
			}
		}},
		{"headers of many stores", func(t *testing.T, out io.Writer) {
			for n := range 2000 {
				_, err := io.WriteString(out, header(t, fmt.Sprint(n), int64(n+1)))
				require.NoError(t, err)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bomb.gz")
			f, err := os.Create(path)
			require.NoError(t, err)
			zip, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
			require.NoError(t, err)
			tt.write(t, zip)
			require.NoError(t, zip.Close())
			require.NoError(t, f.Close())

			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			reports, err := Check(path)
			require.NoError(t, err)
			_, err = Cat(io.Discard, Filter{}, path)
			require.NoError(t, err)
			runtime.ReadMemStats(&after)
			require.False(t, reports[0].Sound())
			require.Less(t, len(fmt.Sprint(reports[0])), 64<<10)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(size/2), "with all that was thrown away on the way")
		})
	}
}

// A Tracker forgets where its oldest holes were, never how many numbers they had.
func TestTrackerForgetsNoNumber(t *testing.T) {
	var tracker Tracker
	for n := range int64(3 * maxHoles) {
		tracker.See(2*n + 1)
	}
	require.EqualValues(t, 3*maxHoles-1, tracker.Missing())
	require.LessOrEqual(t, len(tracker.holes), maxHoles)
	for n := range int64(10) { // splitting makes no more of them either
		tracker.See(6*maxHoles + 100*n + 50)
		tracker.See(6*maxHoles + 100*n + 20)
	}
	require.LessOrEqual(t, len(tracker.holes), maxHoles)
}
