package importer

import (
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// made is a file that is made while it is read: a start, one part again and
// again, an end. It looks now and then at how much is held meanwhile.
type made struct {
	start, part, end string
	parts            int
	read, next       int
	rest             string
	peak             uint64
}

func (m *made) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if m.rest == "" {
			switch {
			case m.start != "":
				m.rest, m.start = m.start, ""
			case m.parts > 0:
				m.rest = m.part
				m.parts--
			case m.end != "":
				m.rest, m.end = m.end, ""
			case n == 0:
				return 0, io.EOF
			default:
				return n, nil
			}
		}
		copied := copy(p[n:], m.rest)
		m.rest = m.rest[copied:]
		n += copied
	}
	if m.read += n; m.read >= m.next {
		m.next += 8 << 20
		m.peak = max(m.peak, held())
	}
	return n, nil
}

func held() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func TestSoakMemoryIsBoundedWhateverARecordingHolds(t *testing.T) {
	if raceDetector {
		t.Skip("one goroutine, and fifty times slower")
	}
	const mib = 1 << 20
	huge := 48 * mib // six times what is allowed to be held; `make soak` takes 300
	if os.Getenv("TILLWISE_SOAK") == "full" {
		huge = 300 * mib
	}
	const entry = `{"log":{"entries":[{` + purchase + `,`
	tests := []struct {
		name, start, part, end string
		size                   int
		skipped                map[string]int64
		records                int64
	}{
		{"a body", entry + `"response":{"status":409,"content":{"text":"`, strings.Repeat("x", 4096), `"}}}]}}`, huge, map[string]int64{}, 1},
		{"a body of escapes", entry + `"response":{"status":409,"content":{"text":"`, strings.Repeat(`\u0022`, 1024), `"}}}]}}`, 12 * mib, map[string]int64{}, 1},
		{"a value that nobody asks for", entry + refused + `,"comment":"`, strings.Repeat("x", 4096), `"}]}}`, 12 * mib, map[string]int64{}, 1},
		{"a key", entry + refused + `,"`, strings.Repeat("x", 4096), `":1}]}}`, 12 * mib, map[string]int64{}, 1},
		{"a number", entry + refused + `,"time":`, strings.Repeat("1", 4096), `}]}}`, 12 * mib, map[string]int64{}, 1},
		{"space", entry + refused, strings.Repeat(" \n", 2048), `}]}}`, 12 * mib, map[string]int64{}, 1},
		{"many headers", entry + refused + `,"headers":[1`, strings.Repeat(`,{"name":"x","value":"y"}`, 100), `]}]}}`, 10 * mib, map[string]int64{}, 1},
		{"depth", entry + refused + `,"comment":`, strings.Repeat("[", 4096), ``, huge, map[string]int64{SkipUnreadable: 1}, 0},
		{"a line", `{"exchange":{"operation":"lookup","body":"`, strings.Repeat("x", 4096), `"}}`, huge, map[string]int64{SkipTooLong: 1}, 0},
		{"entries of other sites", `{"log":{"entries":[{"request":{"url":"x"}}`, strings.Repeat(`,{"request":{"url":"https://example.com/"}}`, 1<<10), `]}}`,
			10 * mib, map[string]int64{SkipForeign: 1 + 10*mib/(43*1024)*1024}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine, err := engine()
			require.NoError(t, err)
			i := newImporter(Config{Engine: engine, Dir: t.TempDir()})
			file := &made{start: tt.start, part: tt.part, end: tt.end, parts: tt.size / len(tt.part)}
			before := held()
			require.NoError(t, i.read(t.Context(), file))
			require.NoError(t, i.writer.Close())
			require.Equal(t, tt.skipped, i.report.Skipped)
			require.Equal(t, tt.records, i.report.Records)
			require.Less(t, file.peak, before+8*mib)
		})
	}
}

// What must be held until it is in order is refused when it is too much, and not cut.
func TestTooMuchIsRefused(t *testing.T) {
	if raceDetector {
		t.Skip("one goroutine, and fifty times slower")
	}
	call := purchase + "," + refused
	line := func(sale string) string {
		return `{"sale_id":"` + sale + `","exchange":{"operation":"authorization","status":504}}` + "\n"
	}
	manySales := ""
	for n := range 40 {
		manySales += line("S-" + strconv.Itoa(n))
	}
	tests := []struct {
		name, recording string
		want            error
	}{
		{"a few calls", harOf(call, call), nil},
		{"many calls", harOf(slices.Repeat([]string{call}, 40)...), errTooMuch},
		{"one long body", harOf(purchase + `,"response":{"status":409,"content":{"text":"` + strings.Repeat("x", 20000) + `"}}`), errTooMuch},
		{"many calls of other sites", harOf(slices.Repeat([]string{`"request":{"url":"https://example.com/"}`}, 400)...), nil},
		{"many lines of one sale", strings.Repeat(line("S-1"), 40), nil},
		{"many sales", manySales, errTooMuch},
		{"many lines of no sale", strings.Repeat(line(""), 40), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine, err := engine()
			require.NoError(t, err)
			i := newImporter(Config{Engine: engine, Dir: t.TempDir()})
			i.limit = 16 << 10
			require.ErrorIs(t, i.read(t.Context(), strings.NewReader(tt.recording)), tt.want)
			require.NoError(t, i.writer.Close())
		})
	}
}
