package journal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	moduleA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	moduleB = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	day     = 24 * 60 * 60 * 1000
	monday  = 20_780 * day
)

func entry(n int) Entry {
	return Entry{
		At: monday + int64(n), SaleID: fmt.Sprintf("S-%d", n/3), Lane: "3",
		Record: []byte(fmt.Sprintf(`{"v":1,"ref":"7F3K","facts":{"at":%d,"code":"n%d"}}`, monday+int64(n), n)),
	}
}

// read gives the records of a folder by seq, and the faults met.
func read(t *testing.T, dir string) (records map[int64]string, faults []Fault) {
	t.Helper()
	files, err := Files(dir)
	require.NoError(t, err)
	records = map[int64]string{}
	for _, path := range files {
		r, err := OpenFile(path)
		require.NoError(t, err)
		for {
			item, err := r.Next()
			if err != nil {
				break
			}
			switch {
			case item.Fault != FaultNone:
				faults = append(faults, item.Fault)
			case item.Header == nil:
				if _, twice := records[item.Line.Seq]; twice {
					faults = append(faults, FaultDoubled)
				}
				records[item.Line.Seq] = string(item.Line.Record)
			}
		}
		require.NoError(t, r.Close())
	}
	return records, faults
}

func requireSound(t *testing.T, dir string, records int) {
	t.Helper()
	got, faults := read(t, dir)
	require.Empty(t, faults)
	require.Len(t, got, records)
	for n := range records {
		require.Equal(t, string(entry(n).Record), got[int64(n+1)])
	}
}

func TestWriterKeepsWhatItAcknowledged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "journal")
	for n := range 30 {
		w := New(Config{Dir: dir, Store: "0412", Module: moduleA}) // a till that restarts all the time
		require.NoError(t, w.Append(entry(n)))
		require.NoError(t, w.Close())
	}
	requireSound(t, dir, 30)
	files, err := Files(dir)
	require.NoError(t, err)
	require.Len(t, files, 1)
	info, err := os.Stat(files[0])
	require.NoError(t, err)
	require.Zero(t, info.Mode().Perm()&0o077&^unixOnly, "others can read the journal")
}

func TestWriterBeginsSegments(t *testing.T) {
	tests := []struct {
		name    string
		config  func(n int) Config
		daily   bool
		records int
		want    int // files
	}{
		{"by size", func(int) Config { return Config{Module: moduleA, MaxSize: 2000} }, false, 30, 5},
		{"by day", func(int) Config { return Config{Module: moduleA} }, true, 6, 6},
		{"by module", func(n int) Config { return Config{Module: []string{moduleA, moduleB}[n/3]} }, false, 6, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for n := range tt.records {
				c := tt.config(n)
				c.Dir, c.Store = dir, "0412"
				w := New(c)
				e := entry(n)
				if tt.daily {
					e.At += int64(n) * day
				}
				require.NoError(t, w.Append(e))
				require.NoError(t, w.Close())
			}
			requireSound(t, dir, tt.records)
			files, err := Files(dir)
			require.NoError(t, err)
			require.Len(t, files, tt.want)
			for _, path := range files[:len(files)-1] {
				require.True(t, strings.HasSuffix(path, ".gz"), "%s is closed and not compressed", path)
			}
			require.True(t, strings.HasSuffix(files[len(files)-1], ".jsonl"))
			reports, err := Check(dir)
			require.NoError(t, err)
			require.True(t, reports[0].Sound())
		})
	}
}

// Records that are written together are written as they would be one by one,
// over days, full segments and records that are refused.
func TestTogetherIsAsOneByOne(t *testing.T) {
	const records = 60
	write := func(together int) (files map[string]string, stats Stats) {
		dir := t.TempDir()
		w := New(Config{Dir: dir, Store: "0412", Module: moduleA, MaxSize: 2000})
		var some []Entry
		for n := range records {
			e := entry(n)
			e.At += int64(n/17) * day
			if n%7 == 3 || n%7 == 4 {
				e.Record = []byte(`[]`)
			}
			if some = append(some, e); len(some) == together || n == records-1 {
				if err := w.Append(some...); err != nil {
					require.ErrorContains(t, err, "it is no JSON object")
				}
				some = nil
			}
		}
		require.NoError(t, w.Close())
		reports, err := Check(dir)
		require.NoError(t, err)
		require.True(t, reports[0].Sound())
		require.Equal(t, w.Stats().Written, int64(reports[0].Whole))
		paths, err := Files(dir)
		require.NoError(t, err)
		files = map[string]string{}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			require.NoError(t, err)
			files[filepath.Base(path)] = string(content)
		}
		return files, w.Stats()
	}
	want, stats := write(1)
	require.Equal(t, Stats{Written: 43, Missed: 17}, stats)
	require.Greater(t, len(want), 5)
	for _, together := range []int{2, 5, 16, records} {
		got, stats := write(together)
		require.Equal(t, want, got, "%d at once", together)
		require.Equal(t, Stats{Written: 43, Missed: 17}, stats)
	}
}

func TestSecondWriterIsRefusedAndTakesOver(t *testing.T) {
	dir := t.TempDir()
	first := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	second := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	require.NoError(t, first.Append(entry(0)))
	require.ErrorIs(t, second.Append(entry(1)), ErrInUse)
	require.NoError(t, first.Close())
	require.NoError(t, second.Append(entry(1)))
	require.Equal(t, Stats{Written: 1, Missed: 1}, second.Stats())
	require.NoError(t, second.Close())
	requireSound(t, dir, 2)
	reports, err := Check(dir)
	require.NoError(t, err)
	require.EqualValues(t, 1, reports[0].NotKept, "the journal itself says that a record is not there")
}

func TestLostFolderIsUsedAgain(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "disk", "journal")
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	err := w.Append(entry(0))
	require.ErrorContains(t, err, "sales go on without it")
	require.NoError(t, os.Mkdir(filepath.Join(parent, "disk"), 0o700))
	require.NoError(t, w.Append(entry(1)))

	require.NoError(t, os.Rename(filepath.Join(parent, "disk"), filepath.Join(parent, "away")))
	require.Error(t, w.Append(entry(2)))
	require.NoError(t, os.Rename(filepath.Join(parent, "away"), filepath.Join(parent, "disk")))
	require.NoError(t, w.Append(entry(3)))
	require.NoError(t, w.Close())
	records, faults := read(t, dir)
	require.Empty(t, faults)
	require.Equal(t, map[int64]string{1: string(entry(1).Record), 2: string(entry(3).Record)}, records)
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("nothing is read-only for root, and folders are not on Windows")
	}
	dir := t.TempDir()
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	require.NoError(t, os.Chmod(dir, 0o500))
	require.Error(t, w.Ready())
	require.Error(t, w.Append(entry(0)))
	require.NoError(t, os.Chmod(dir, 0o700))
	require.NoError(t, w.Append(entry(0)))
	require.NoError(t, w.Close())
	requireSound(t, dir, 1)
}

// A crash can leave any prefix of what was written.
func TestCutAtEveryByte(t *testing.T) {
	source := t.TempDir()
	w := New(Config{Dir: source, Store: "0412", Module: moduleA})
	for n := range 3 {
		require.NoError(t, w.Append(entry(n)))
	}
	require.NoError(t, w.Close())
	whole, err := os.ReadFile(segmentPath(source, 1))
	require.NoError(t, err)
	for cut := range len(whole) + 1 {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(segmentPath(dir, 1), whole[:cut], 0o600))
		lines := max(strings.Count(string(whole[:cut]), "\n")-1, 0)
		w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
		require.NoError(t, w.Append(entry(lines)))
		require.NoError(t, w.Close())
		requireSound(t, dir, lines+1)
		kept := 0
		if torn, err := os.ReadFile(segmentPath(dir, 1) + tornSuffix); err == nil {
			kept = len(torn)
		}
		require.Equal(t, cut-1-strings.LastIndexByte(string(whole[:cut]), '\n'), kept, "cut at %d: bytes set aside", cut)
	}
}

func TestGuard(t *testing.T) {
	tests := []struct {
		name   string
		sale   string
		record string
		want   error
	}{
		{"honest", "S-1", `{"facts":{"at":1795530727006,"amount":"1249.00"}}`, nil},
		{"card in a string", "S-1", `{"code":"4111111111111111"}`, ErrCardNumber},
		{"card in groups", "S-1", `{"code":"4111 1111-1111 1111"}`, ErrCardNumber},
		{"card in a sentence", "S-1", `{"code":"card 5555555555554444!"}`, ErrCardNumber},
		{"card as a name", "S-1", `{"5555555555554444":1}`, ErrCardNumber},
		{"card as a number", "S-1", `{"code":4111111111111111}`, ErrCardNumber},
		{"one digit off", "S-1", `{"code":"4111111111111112"}`, nil},
		{"too long for a card", "S-1", `{"code":"41111111111111111111111"}`, nil},
		{"sale id that looks like one", "4111111111111111", `{}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
			require.ErrorIs(t, w.Append(Entry{At: monday, SaleID: tt.sale, Record: []byte(tt.record)}), tt.want)
			require.NoError(t, w.Close())
			all, err := os.ReadFile(segmentPath(dir, 1))
			require.NoError(t, err)
			require.NotContains(t, string(all), "4111111111111111\"")
			reports, err := Check(dir)
			require.NoError(t, err)
			require.True(t, reports[0].Sound())
		})
	}
}

// Every millisecond of a minute can stand in a record: one in ten passes the check of card numbers.
func TestGuardLetsTimesPass(t *testing.T) {
	for at := int64(1795530727000); at < 1795530728000; at++ {
		require.False(t, recordHoldsCard(fmt.Appendf(nil, `{"facts":{"at":%d},"before":{"last":{},"answers_at":%d}}`, at, at)))
	}
}

func TestAppendRefusesWhatIsNoRecord(t *testing.T) {
	tests := []struct{ name, store, sale, record string }{
		{"no JSON", "0412", "S-1", `{"v":1`},
		{"no object", "0412", "S-1", `[1]`},
		{"two lines of JSON", "0412", "S-1", "{}\n{}"},
		{"a sale id with a quote", "0412", `S"1`, `{}`},
		{"too long", "0412", "S-1", `{"v":"` + strings.Repeat("x", MaxLine) + `"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			w := New(Config{Dir: dir, Store: tt.store, Module: moduleA})
			require.Error(t, w.Append(Entry{At: monday, SaleID: tt.sale, Record: []byte(tt.record)}))
			require.NoError(t, w.Append(entry(0)))
			require.NoError(t, w.Close())
			requireSound(t, dir, 1)
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	w := New(Config{Dir: b.TempDir(), Store: "0412", Module: moduleA})
	e := entry(1)
	for b.Loop() {
		require.NoError(b, w.Append(e))
	}
	require.NoError(b, w.Close())
}
