package replay

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/journal"
)

const benchRecords = 20_000

// BenchmarkReplay is the whole way: compressed files, the compiled module, the report.
func BenchmarkReplay(b *testing.B) {
	dir := week(b, benchRecords)
	engine, note, err := Open(b.Context(), "")
	require.NoError(b, err)
	require.Empty(b, note)
	defer engine.Close(b.Context())
	for _, workers := range []int{1, 2} {
		b.Run(map[int]string{1: "one worker", 2: "two workers"}[workers], func(b *testing.B) {
			for b.Loop() {
				r, err := Run(b.Context(), Options{Paths: []string{dir}, New: engine, Workers: workers})
				require.NoError(b, err)
				require.EqualValues(b, benchRecords, r.Replayed)
			}
			b.ReportMetric(benchRecords*float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// BenchmarkRecord says where the time of BenchmarkReplay goes: what the module
// takes for one record, compiled, against the same decision made natively and
// against all that is done around it.
func BenchmarkRecord(b *testing.B) {
	dir := week(b, benchRecords)
	records := cutRecords(b, dir)
	engine, note, err := Open(b.Context(), "")
	require.NoError(b, err)
	require.Empty(b, note)
	defer engine.Close(b.Context())
	decide := func(e Engine) func(*testing.B) {
		return func(b *testing.B) {
			m := newModule(e)
			for i := 0; b.Loop(); i++ {
				m.decide(b.Context(), &records[i%len(records)])
			}
		}
	}
	b.Run("decision, compiled module", decide(engine))
	b.Run("decision, native", decide(&native{}))
	b.Run("reading, checking, counting", func(b *testing.B) {
		for b.Loop() {
			r, err := Run(b.Context(), Options{Paths: []string{dir}, New: &native{idle: true}, Workers: 1})
			require.NoError(b, err)
			require.EqualValues(b, benchRecords, r.Lines)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRecords, "ns/record")
	})
}

func cutRecords(t testing.TB, dir string) []recorded {
	var lines bytes.Buffer
	_, err := journal.Cat(&lines, journal.Filter{}, dir)
	require.NoError(t, err)
	var records []recorded
	for line := range bytes.Lines(lines.Bytes()) {
		var r recorded
		require.Empty(t, r.cut(member(line, "record")))
		records = append(records, r)
	}
	return records
}
