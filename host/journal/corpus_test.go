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

// threeSegments gives a folder with two records in each of three segments,
// plain, and a header alone in a fourth.
func threeSegments(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "kept")
	require.NoError(t, os.Mkdir(dir, 0o700))
	for i := range 4 {
		file := header(t, "0412", int64(2*i+1))
		if i < 3 {
			file += record(t, "0412", 2*i+1) + record(t, "0412", 2*i+2)
		}
		require.NoError(t, os.WriteFile(segmentPath(dir, i+1), []byte(file), 0o600))
	}
	return dir
}

func header(t *testing.T, store string, first int64) string {
	t.Helper()
	line, err := AppendHeader(nil, Header{Store: store, Module: moduleA, First: first})
	require.NoError(t, err)
	return string(line)
}

func record(t *testing.T, store string, seq int) string {
	t.Helper()
	e := entry(seq - 1)
	e.Module = moduleA
	line, err := AppendLine(nil, store, int64(seq), 0, e)
	require.NoError(t, err)
	return string(line)
}

// broken is what a test does to a folder of threeSegments.
type broken struct {
	*testing.T
	dir string
}

func (b broken) path(n int) string { return segmentPath(b.dir, n) }

func (b broken) read(n int) string {
	b.Helper()
	all, err := os.ReadFile(b.path(n))
	require.NoError(b, err)
	return string(all)
}

func (b broken) write(name, text string) {
	b.Helper()
	require.NoError(b, os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o600))
}

func (b broken) set(n int, text string) { b.Helper(); b.write(filepath.Base(b.path(n)), text) }

func (b broken) remove(numbers ...int) {
	b.Helper()
	for _, n := range numbers {
		require.NoError(b, os.Remove(b.path(n)))
	}
}

func (b broken) packed(n int) string {
	b.Helper()
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	_, err := zip.Write([]byte(b.read(n)))
	require.NoError(b, err)
	require.NoError(b, zip.Close())
	return out.String()
}

func (b broken) pack(n, bytes int) {
	b.Helper()
	text := b.packed(n)
	b.remove(n)
	b.write(filepath.Base(b.path(n))+".gz", text[:min(bytes, len(text))])
}

const allOfIt = 1 << 20

// What is done to a journal, what check says of it, and how the program ends.
var corpus = []struct {
	name   string
	damage func(b broken)
	says   string
	want   int
}{
	{"nothing", func(broken) {}, "kept: sound", 0},
	{"a segment compressed", func(b broken) { b.pack(2, allOfIt) }, "kept: sound", 0},
	{"compressed, and not gone yet", func(b broken) { b.write("journal-000002.jsonl.gz", b.packed(2)) }, "kept: sound", 0},
	{"a half line set aside", func(b broken) { b.write("journal-000003.jsonl.torn", `{"seq":7`) }, "1 files with half lines that were set aside, 8 bytes", 0},
	{"left half compressed", func(b broken) { b.write("journal-000002.jsonl.123.tmp", "x") }, "kept: sound", 0},
	{"the oldest taken away", func(b broken) { b.remove(1) }, "2 numbers before the first file: older segments are not here", 0},
	{"all but the header-only one taken away", func(b broken) { b.remove(1, 2, 3) }, "there is no record in it", 0},
	{"the store numbered anew", func(b broken) { b.set(4, header(b.T, "0413", 7)+record(b.T, "0413", 7)) }, `store "0412" and "0413"`, 0},

	{"first empty", func(b broken) { b.set(1, "") }, "journal-000001.jsonl is empty", 3},
	{"last empty", func(b broken) { b.set(4, "") }, "journal-000004.jsonl is empty", 3},
	{"last with records empty", func(b broken) { b.remove(4); b.set(3, "") }, "journal-000003.jsonl is empty", 3},
	{"an empty compressed one", func(b broken) { b.pack(2, 0) }, "journal-000002.jsonl.gz is empty", 3},
	{"first cut to its header", func(b broken) { b.set(1, header(b.T, "0412", 1)) }, "journal-000002.jsonl:1: numbers 1 to 2 are missing before this file", 3},
	{"middle cut to its header", func(b broken) { b.set(2, header(b.T, "0412", 3)) }, "numbers 3 to 4 are missing before this file", 3},
	{"first's header cut", func(b broken) { b.set(1, b.read(1)[:40]) }, "journal-000001.jsonl:1: no header", 3},
	{"last's header cut", func(b broken) { b.set(4, b.read(4)[:40]) }, "journal-000004.jsonl:1: no header", 3},
	{"last line cut", func(b broken) { b.set(3, strings.TrimSuffix(b.read(3), "\n")) }, "journal-000003.jsonl:3: torn", 3},
	{"a compressed one cut", func(b broken) { b.pack(2, 150) }, "damaged: 1 gzip", 3},
	{"one missing in the middle", func(b broken) { b.remove(2) }, "journal-000002.jsonl is not there", 3},
	{"one missing before a header-only one", func(b broken) { b.remove(3) }, "numbers 5 to 6 are missing before this file", 3},
	{"a header-only one missing", func(b broken) { b.set(4, header(b.T, "0412", 7)); b.set(5, header(b.T, "0412", 7)); b.remove(4) }, "journal-000004.jsonl is not there", 3},
	{"the first begins late", func(b broken) { b.set(1, header(b.T, "0412", 2)+record(b.T, "0412", 2)) }, "it is the first segment, and its numbers begin with 2", 3},
	{"numbers restart", func(b broken) { b.set(4, b.read(1)) }, "the numbers begin with 1 again, after 6", 3},
	{"numbers restart without a record", func(b broken) { b.set(4, header(b.T, "0412", 1)) }, "the numbers begin with 1 again, after 6", 3},
	{"another store's segment", func(b broken) { b.set(4, header(b.T, "0999", 4)+record(b.T, "0999", 4)) }, "the numbers begin with 4 again", 3},
	{"another store's record", func(b broken) { b.set(4, header(b.T, "0412", 7)+record(b.T, "0999", 7)) }, `a record of store "0999" stands in a file of store "0412"`, 3},
	{"twins that differ", func(b broken) { b.write("journal-000002.jsonl.gz", b.packed(1)) }, "journal-000002.jsonl.gz does not hold what journal-000002.jsonl does", 3},
	{"a twin that is cut", func(b broken) { b.write("journal-000002.jsonl.gz", b.packed(2)[:150]) }, "journal-000002.jsonl.gz does not hold", 3},
	{"a twin with its sum cut off", func(b broken) { p := b.packed(2); b.write("journal-000002.jsonl.gz", p[:len(p)-4]) }, "journal-000002.jsonl.gz does not hold", 3},
	{"a copy beside", func(b broken) { b.write("journal-000001 (copy).jsonl", b.read(1)) }, "journal-000001 (copy).jsonl is not named as a segment is", 3},
	{"another number's spelling", func(b broken) { b.write("journal-0000001.jsonl", b.read(1)) }, "journal-0000001.jsonl is not named as a segment is", 3},
	{"a backup beside", func(b broken) { b.write("journal-000001.jsonl.bak", b.read(1)) }, "journal-000001.jsonl.bak is not named", 3},
	{"only a copy", func(b broken) { b.remove(1, 2, 3, 4); b.write("journal-000001 (copy).jsonl", "") }, "there is no segment", 3},
	{"compressed under a plain name", func(b broken) { b.set(2, b.packed(2)) }, "journal-000002.jsonl is compressed, and its name does not say so", 3},
	{"copied as text", func(b broken) { b.set(3, strings.ReplaceAll(b.read(3), "\n", "\r\n")) }, "journal-000003.jsonl:1: its lines end with CRLF: was it copied as text?", 3},
	{"a header copied as text", func(b broken) { b.set(4, strings.ReplaceAll(b.read(4), "\n", "\r\n")) }, "journal-000004.jsonl:1: its lines end with CRLF", 3},
	{"saved by an editor", func(b broken) { b.set(1, "\ufeff"+b.read(1)) }, "it begins with a byte-order mark", 3},
	{"a newer version's header", func(b broken) {
		b.set(4, strings.Replace(header(b.T, "0412", 7), `"version":1`, `"version":2`, 1))
	}, "it is of version 2", 3},
	{"raw controls under a right checksum", func(b broken) {
		b.set(4, header(b.T, "0412", 7)+sealedLine("{\"seq\":7,\"at\":1,\"sale_id\":\"\",\"store\":\"\x1b[2J\",\"lane\":\"\",\"module\":\"\",\"record\":{}"))
	}, "journal-000004.jsonl:2: shape", 3},
	{"a folder in a segment's place", func(b broken) { b.remove(2); require.NoError(b, os.Mkdir(b.path(2), 0o700)) }, "journal-000002.jsonl is a folder", 3},

	{"all gone", func(b broken) { b.remove(1, 2, 3, 4) }, "there is none in", 2},
	{"all but the lock gone", func(b broken) { b.remove(1, 2, 3, 4); b.write(lockName, "") }, "there is none in", 2},
	{"the folder gone", func(b broken) { require.NoError(b, os.RemoveAll(b.dir)) }, "looking for journals", 2},
}

func sealedLine(body string) string { return string(seal([]byte(body), 0)) }

func TestCheckTellsTheTruth(t *testing.T) {
	for _, tt := range corpus {
		t.Run(tt.name, func(t *testing.T) {
			dir := threeSegments(t)
			tt.damage(broken{t, dir})
			reports, err := Check(dir)
			var said bytes.Buffer
			if err != nil {
				said.WriteString(err.Error())
			}
			for _, r := range reports {
				require.NoError(t, r.Text(&said))
			}
			require.Contains(t, said.String(), tt.says)
			require.Equal(t, tt.want, ExitCode(reports, err), said.String())
			require.NotContains(t, said.String(), "\x1b")
		})
	}
}

// Whatever is wrong, a till goes on in the folder, and nothing that stood there
// is lost: each line is still in a segment or was set aside.
func TestWriterGoesOnBesideDamage(t *testing.T) {
	for _, tt := range corpus {
		t.Run(tt.name, func(t *testing.T) {
			dir := threeSegments(t)
			tt.damage(broken{t, dir})
			before := everyLine(t, dir)
			w := New(Config{Dir: dir, Store: "0412", Module: moduleB})
			require.NoError(t, w.Append(Entry{At: monday, SaleID: "new", Record: []byte(`{}`)}))
			require.NoError(t, w.Close())
			after := everyLine(t, dir)
			require.Subset(t, after, before)
			require.Contains(t, strings.Join(after, ""), `"sale_id":"new"`)
		})
	}
}

// everyLine gives each line with its end in a folder's files, and each half line.
func everyLine(t *testing.T, dir string) (lines []string) {
	t.Helper()
	entries, _ := os.ReadDir(dir) // it may be gone
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if !e.Type().IsRegular() || strings.HasSuffix(path, ".tmp") {
			continue
		}
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		if zip, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
			var out bytes.Buffer
			_, _ = out.ReadFrom(zip) // as far as it goes
			data = out.Bytes()
		}
		lines = append(lines, strings.SplitAfter(string(data), "\n")...)
	}
	return lines
}
