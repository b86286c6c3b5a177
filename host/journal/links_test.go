//go:build !windows

package journal

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A name in the journal's folder can lead to a file that is anybody's.
func TestOnlyPlainFilesAreWritten(t *testing.T) {
	link := func(t *testing.T, target, at string) { require.NoError(t, os.Symlink(target, at)) }
	fifo := func(t *testing.T, _, at string) { require.NoError(t, syscall.Mkfifo(at, 0o600)) }
	tests := []struct {
		name string
		at   string
		make func(t *testing.T, target, at string)
		want string
	}{
		{"a linked segment", "journal-000005.jsonl", link, "journal-000005.jsonl is a link"},
		{"a linked compressed segment", "journal-000005.jsonl.gz", link, "journal-000005.jsonl.gz is a link"},
		{"a pipe", "journal-000005.jsonl", fifo, "journal-000005.jsonl is a pipe"},
		{"a folder", "journal-000005.jsonl", func(t *testing.T, _, at string) { require.NoError(t, os.Mkdir(at, 0o700)) }, "journal-000005.jsonl is a folder"},
		{"a link to a device", "journal-000005.jsonl", func(t *testing.T, _, at string) { link(t, os.DevNull, at) }, "journal-000005.jsonl is a link"},
		{"a linked place for half lines", "journal-000004.jsonl.torn", link, "journal-000004.jsonl.torn is a link"},
		{"a linked lock", lockName, link, "journal.lock is a link"},
		{"a pipe for a lock", lockName, fifo, "journal.lock is a pipe"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := threeSegments(t)
			b := broken{t, dir}
			b.set(4, b.read(4)+`{"seq":7`) // so that the writer has something to set aside
			target := filepath.Join(t.TempDir(), "somebody's")
			require.NoError(t, os.WriteFile(target, []byte("not ours"), 0o600))
			tt.make(t, target, filepath.Join(dir, tt.at))
			w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
			require.ErrorContains(t, w.Append(entry(6)), tt.want)
			require.NoError(t, w.Close())
			kept, err := os.ReadFile(target)
			require.NoError(t, err)
			require.Equal(t, "not ours", string(kept))

			require.NoError(t, os.Remove(filepath.Join(dir, tt.at))) // and it needs no restart
			require.NoError(t, w.Append(entry(6)))
			require.NoError(t, w.Close())
			reports, err := Check(dir)
			require.Zero(t, ExitCode(reports, err))
			require.EqualValues(t, 1, reports[0].NotKept)
		})
	}
}

// A link that comes while the segment is open is not written through either.
func TestSegmentExchangedForALink(t *testing.T) {
	dir := t.TempDir()
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	require.NoError(t, w.Append(entry(0)))
	moved := filepath.Join(t.TempDir(), "moved")
	require.NoError(t, os.Rename(segmentPath(dir, 1), moved))
	require.NoError(t, os.Symlink(moved, segmentPath(dir, 1)))
	before, err := os.ReadFile(moved)
	require.NoError(t, err)
	require.ErrorContains(t, w.Append(entry(1)), "is a link")
	require.NoError(t, w.Close())
	after, err := os.ReadFile(moved)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

// A backup made of hard links must stay what it was when it was made.
func TestSegmentWithASecondNameIsNotWritten(t *testing.T) {
	dir := threeSegments(t)
	b := broken{t, dir}
	b.set(4, b.read(4)+`{"seq":7`)
	backup := filepath.Join(t.TempDir(), "backup")
	require.NoError(t, os.Link(segmentPath(dir, 4), backup))
	want := b.read(4)
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	require.NoError(t, w.Append(entry(6)))
	require.NoError(t, w.Close())
	got, err := os.ReadFile(backup)
	require.NoError(t, err)
	require.Equal(t, want, string(got))
	records, _ := read(t, dir)
	require.Len(t, records, 7)
}

func TestCheckOfLinksAndPipes(t *testing.T) {
	elsewhere := threeSegments(t)
	tests := []struct {
		name string
		make func(t *testing.T, dir string) (path string)
		says string
		want int
	}{
		{"the folder is a link", func(t *testing.T, dir string) string {
			require.NoError(t, os.Symlink(elsewhere, dir+"/here"))
			return dir + "/here"
		}, "", 0},
		{"the file is a link", func(t *testing.T, dir string) string {
			require.NoError(t, os.Symlink(segmentPath(elsewhere, 1), dir+"/here"))
			return dir + "/here"
		}, "", 0},
		{"the file is a pipe", func(t *testing.T, dir string) string {
			require.NoError(t, syscall.Mkfifo(dir+"/here", 0o600))
			return dir + "/here"
		}, "here is a pipe", 2},
		{"the file is a device", func(*testing.T, string) string { return os.DevNull }, "is a device", 2},
		{"a link to nothing", func(t *testing.T, dir string) string {
			require.NoError(t, os.Symlink("nothing", dir+"/here"))
			return dir + "/here"
		}, "no such file", 2},
		{"a link to a folder below", func(t *testing.T, dir string) string {
			require.NoError(t, os.Symlink(elsewhere, dir+"/here"))
			return dir
		}, "is a link to a folder, which is not followed", 3},
		{"a segment is a link", func(t *testing.T, dir string) string {
			require.NoError(t, os.Symlink(segmentPath(elsewhere, 1), segmentPath(dir, 1)))
			return dir
		}, "journal-000001.jsonl is a link", 3},
		{"a segment is a pipe", func(t *testing.T, dir string) string {
			require.NoError(t, syscall.Mkfifo(segmentPath(dir, 1), 0o600))
			return dir
		}, "journal-000001.jsonl is a pipe", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := tt.make(t, t.TempDir())
			reports, err := Check(path)
			require.Equal(t, tt.want, ExitCode(reports, err), "%v %+v", err, reports)
			switch tt.want {
			case 2:
				require.ErrorContains(t, err, tt.says)
			case 3:
				require.Contains(t, reports[0].Problems[0], tt.says)
				_, err := Files(path)
				require.ErrorContains(t, err, tt.says, "nobody reads half a journal without knowing")
			}
		})
	}
}
