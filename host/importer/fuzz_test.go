package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
)

// yes answers everything alike: the module is none of this test's.
type yes struct{ unused }

func (yes) Answer(context.Context, host.Event) (host.Answer, error) {
	return host.Answer{Sale: json.RawMessage(`{}`), Record: json.RawMessage(`{"rule":"x"}`)}, nil
}

// Whatever a recording holds, each of its entries is a record or is skipped,
// and what was not whole has its place.
func FuzzImport(f *testing.F) {
	recordings, err := filepath.Glob("testdata/*.*")
	require.NoError(f, err)
	for _, path := range recordings {
		b, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(harOf(purchase+","+refused, `"startedDateTime":"NaN"`) + "trash"))
	f.Add([]byte("\xff\xfe{\x00\"\x00"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, recording []byte) {
		dir := t.TempDir()
		i := newImporter(Config{Engine: yes{}, Dir: dir})
		require.NoError(t, i.read(t.Context(), bytes.NewReader(recording)))
		require.NoError(t, i.writer.Close())
		r := i.report
		require.Equal(t, r.Entries, r.Records+r.skipped())
		require.Len(t, r.Places, int(min(r.Unread, maxPlaces)))
		require.Equal(t, r.Records > 0, everything(t, dir) != "")
		require.GreaterOrEqual(t, i.held, int64(0))
	})
}
