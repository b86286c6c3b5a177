package journal

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// wholeJournal gives the header and eight lines, each with its newline.
func wholeJournal(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	for n := range 8 {
		require.NoError(t, w.Append(entry(n)))
	}
	require.NoError(t, w.Close())
	all, err := os.ReadFile(segmentPath(dir, 1))
	require.NoError(t, err)
	return strings.SplitAfter(strings.TrimSuffix(string(all), "\n"), "\n")
}

func join(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.TrimSuffix(l, "\n") + "\n")
	}
	return b.String()
}

func TestDamageIsReportedTruthfully(t *testing.T) {
	l := wholeJournal(t)
	all := join(l...)
	flip := func(line string, at int) string { return line[:at] + string(line[at]^1) + line[at+1:] }
	other := strings.Replace(l[0], `"version":1`, `"version":2`, 1)
	mixed, err := AppendLine(nil, "0412", 9, 0, Entry{At: monday, Module: moduleB, Record: []byte(`{}`)})
	require.NoError(t, err)
	type want struct {
		whole, missing, misplaced int64
		damaged                   map[Fault]int64
		noHeader, modules         int
	}
	none := map[Fault]int64{}
	tests := []struct {
		name string
		file string
		want want
	}{
		{"whole", all, want{whole: 8, damaged: none, modules: 1}},
		{"empty file", "", want{damaged: none, noHeader: 1}},
		{"only a header", l[0], want{damaged: none}},
		{"cut", all[:len(all)-30], want{whole: 7, damaged: map[Fault]int64{FaultTorn: 1}, modules: 1}},
		{"a line doubled", join(append(l[:5:5], l[4:]...)...), want{whole: 8, damaged: map[Fault]int64{FaultDoubled: 1}, modules: 1}},
		{"the file doubled", all + all, want{whole: 8, damaged: map[Fault]int64{FaultDoubled: 8}, modules: 1}},
		{"a line lost", join(append(l[:4:4], l[5:]...)...), want{whole: 7, missing: 1, damaged: none, modules: 1}},
		{"reordered", join(l[0], l[1], l[4], l[2], l[3], l[5], l[6], l[7], l[8]), want{whole: 8, misplaced: 2, damaged: none, modules: 1}},
		{"a bit flipped", join(l[0], l[1], flip(l[2], 90), l[3]), want{whole: 2, missing: 1, damaged: map[Fault]int64{FaultChecksum: 1}, modules: 1}},
		{"a newline lost", strings.Replace(all, "\n"+l[3], "?"+l[3], 1), want{whole: 6, missing: 2, damaged: map[Fault]int64{FaultChecksum: 1}, modules: 1}},
		{"zeros", join(l[0], l[1], strings.Repeat("\x00", 700), l[3]), want{whole: 2, missing: 1, damaged: map[Fault]int64{FaultChecksum: 1}, modules: 1}},
		{"an empty line", join(l[0], l[1], "", l[2]), want{whole: 2, damaged: map[Fault]int64{FaultChecksum: 1}, modules: 1}},
		{"a huge line", join(l[0], l[1], strings.Repeat("x", 3*MaxLine), l[2]), want{whole: 2, damaged: map[Fault]int64{FaultTooLong: 1}, modules: 1}},
		{"a huge line without end", join(l[0], l[1]) + strings.Repeat("x", 3*MaxLine), want{whole: 1, damaged: map[Fault]int64{FaultTooLong: 1}, modules: 1}},
		{"wrong header", join("#!/bin/sh", l[1], l[2]), want{whole: 2, damaged: map[Fault]int64{FaultChecksum: 1}, noHeader: 1, modules: 1}},
		{"no header", join(l[1:]...), want{whole: 8, damaged: none, noHeader: 1, modules: 1}},
		{"other version", join(other, l[1], l[2]), want{damaged: map[Fault]int64{FaultVersion: 2}}},
		{"other version behind ours", join(l[0], l[1], other, l[2], l[0], l[3]), want{whole: 2, missing: 1, damaged: map[Fault]int64{FaultVersion: 1}, modules: 1}},
		{"mixed modules", all + string(mixed), want{whole: 9, damaged: none, modules: 2}},
		{"another file altogether", "{\"a\":1}\n{\"a\":2}\n", want{damaged: map[Fault]int64{FaultChecksum: 2}, noHeader: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(segmentPath(dir, 1), []byte(tt.file), 0o600))
			reports, err := Check(dir)
			require.NoError(t, err)
			r := reports[0]
			got := want{r.Whole, r.Missing, r.Misplace, r.Damaged, r.NoHeader, len(r.Modules)}
			require.Equal(t, tt.want, got)
			damaged := int64(0)
			for _, n := range r.Damaged {
				damaged += n
			}
			require.Equal(t, r.Lines, r.Whole+damaged)

			// Whatever was found there, a till can go on in the folder and costs it nothing.
			before, _ := read(t, dir)
			w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
			if tt.name == "the file doubled" || strings.HasPrefix(tt.name, "a line doubled") {
				return // its reader counts doubles as faults
			}
			require.NoError(t, w.Append(entry(100)))
			require.NoError(t, w.Close())
			after, _ := read(t, dir)
			require.Len(t, after, len(before)+1)
		})
	}
}

func TestCutGzip(t *testing.T) {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	for range 50 {
		_, err := zip.Write([]byte(join(wholeJournal(t)...)))
		require.NoError(t, err)
	}
	require.NoError(t, zip.Close())
	for _, cut := range []int{2, 9, packed.Len() / 2, packed.Len() - 3} {
		path := filepath.Join(t.TempDir(), "journal-000001.jsonl.gz")
		require.NoError(t, os.WriteFile(path, packed.Bytes()[:cut], 0o600))
		reports, err := Check(path)
		require.NoError(t, err)
		require.False(t, reports[0].Sound(), "cut at %d", cut)
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(`{"format":"tillwise-journal","version":1}` + "\n"))
	f.Add([]byte(`{"seq":1,"at":1,"sale_id":"","store":"","lane":"","module":"","record":{},"crc":"00000000"}` + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x.jsonl")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		_, err := Check(path)
		require.NoError(t, err)
	})
}
