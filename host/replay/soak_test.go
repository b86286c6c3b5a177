package replay

import (
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/generate"
)

// TestSoak holds that memory does not depend on how long a journal is. With
// TILLWISE_SOAK=full it replays five million records by the compiled module.
func TestSoak(t *testing.T) {
	records, engine := 24_000, Engine(&native{})
	if os.Getenv("TILLWISE_SOAK") == "full" {
		records = 5_000_000
		var err error
		engine, _, err = Open(t.Context(), "")
		require.NoError(t, err)
		defer engine.Close(t.Context())
	}
	dir := t.TempDir()
	require.NoError(t, generate.Write(generate.Config{Dir: dir, Seed: 7, Records: records, Stores: 20}))
	var heaps []uint64
	o := Options{Paths: []string{dir}, New: engine, Progress: func(p Progress) {
		if p.Lines*8/int64(records) > int64(len(heaps)) {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heaps = append(heaps, m.HeapAlloc)
			t.Logf("%d records: %d KiB on the heap", p.Lines, m.HeapAlloc>>10)
		}
	}}
	r := run(t, o)
	require.EqualValues(t, records, r.Unchanged)
	require.Greater(t, len(heaps), 3)
	require.Less(t, heaps[len(heaps)-1], heaps[0]+24<<20, "the remembered prompts are all that may grow, up to a bound")
}
