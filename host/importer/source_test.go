package importer

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/unicode"
)

func TestHowARecordingIsWritten(t *testing.T) {
	har := harOf(purchase + "," + refused)
	line := `{"exchange":{"operation":"authorization","status":409,"body":"{\"error\":\"credit_exceeded\"}"}}` + "\n"
	utf16 := func(order unicode.Endianness, text string) string {
		s, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(text)
		require.NoError(t, err)
		return s
	}
	packed := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write([]byte(text))
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return b.String()
	}
	tests := []struct {
		name, recording string
		want            int64 // records; nothing is skipped
	}{
		{"HAR", har, 1},
		{"HAR, a byte-order mark before it", "\ufeff" + har, 1},
		{"HAR, a key before the log", `{"comment":{"log":[{"a":"}"}]},` + har[1:], 1},
		{"HAR, space before it", "\r\n\n " + har, 1},
		{"HAR, another behind it", har + "\n" + har, 2},
		{"HAR, three at once", har + har + har, 3},
		{"HAR, a key behind the entries", har[:len(har)-2] + `,"comment":"x"},"comment":"y"}`, 1},
		{"HAR without an entry", harOf(), 0},
		{"HAR, UTF-16 of Windows", utf16(unicode.LittleEndian, har), 1},
		{"HAR, UTF-16, big-endian", utf16(unicode.BigEndian, har), 1},
		{"HAR, compressed", packed(har), 1},
		{"HAR, compressed, UTF-16", packed(utf16(unicode.LittleEndian, har)), 1},
		{"lines", line + "\n \n" + line, 2},
		{"lines, no end to the last", line + line[:len(line)-1], 2},
		{"lines, a byte-order mark before them", "\ufeff" + line, 1},
		{"lines, UTF-16 of Windows", utf16(unicode.LittleEndian, line+line), 2},
		{"lines, compressed", packed(line), 1},
		{"lines, compressed twice over", packed(line) + packed(line), 2},
		{"lines, a log among their keys", `{"log":"x",` + line[1:], 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := imported(t, tt.recording)
			require.Equal(t, tt.want, r.Records)
			require.Empty(t, r.Skipped)
		})
	}
}

// whenRead calls a function once so many bytes were read.
type whenRead struct {
	in    io.Reader
	after int
	then  func()
}

func (w *whenRead) Read(p []byte) (int, error) {
	n, err := w.in.Read(p)
	if w.after -= n; w.after <= 0 {
		w.then()
	}
	return n, err
}

func TestAnImportCanBeStopped(t *testing.T) {
	const call = `{` + purchase + `,` + refused + `},`
	line := `{"exchange":{"operation":"authorization","status":504}}` + "\n"
	tests := []struct{ name, start, part string }{
		{"in a HAR", `{"log":{"entries":[`, call},
		{"in a HAR's value", `{"log":{"comment":"`, "endless"},
		{"in lines of others", "", `{"exchange":{"url":"https://example.com/"}}` + "\n"},
		{"in lines", "", line},
		{"in a line", "", "endless"},
		{"in zeros", "", "\x00\x00\x00\x00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine, err := engine()
			require.NoError(t, err)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			i := newImporter(Config{Engine: engine, Dir: t.TempDir()})
			endless := &whenRead{&made{start: tt.start, part: tt.part, parts: math.MaxInt}, 1 << 20, stop}
			require.ErrorIs(t, i.read(ctx, endless), context.Canceled)
			require.NoError(t, i.writer.Close())
			require.Empty(t, i.report.Places, "what was not read is not damaged")
		})
	}
}

func TestAFaultOfTheDiskIsNoneOfTheRecording(t *testing.T) {
	har := harOf(purchase + "," + refused)
	for _, start := range []string{"", har[:len(har)/2], "{", "\x1f\x8b", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00"} {
		engine, err := engine()
		require.NoError(t, err)
		i := newImporter(Config{Engine: engine, Dir: t.TempDir()})
		broken := io.MultiReader(strings.NewReader(start), iotest.ErrReader(io.ErrClosedPipe))
		require.ErrorIs(t, i.read(t.Context(), broken), io.ErrClosedPipe)
		require.Empty(t, i.report.Places)
		require.Zero(t, i.report.Records)
	}
}

func TestOnlyFilesAreImported(t *testing.T) {
	dir := t.TempDir()
	tests := []struct{ name, path string }{{"a folder", dir}, {"a device", os.DevNull}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Import(t.Context(), Config{Engine: unused{}, Dir: dir}, tt.path)
			require.ErrorContains(t, err, "it is no regular file: write the recording to one")
		})
	}
}

// unused is an engine that nobody asks.
type unused struct{ Engine }

func (unused) ModuleSHA256() string { return "" }
