package serve

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/journal"
)

// frozen is a journal on a disk that stands still until it is thawed.
type frozen struct {
	*journal.Writer
	thaw chan struct{}
}

func (f frozen) Append(entries ...journal.Entry) error {
	<-f.thaw
	return f.Writer.Append(entries...)
}

// However long a disk stands still, each record is kept or noted as not kept.
func TestFrozenDiskLosesNothingInSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const records = keepLimit + 300
		dir := t.TempDir()
		w := journal.New(journal.Config{Dir: dir, Store: "0412"})
		f := frozen{w, make(chan struct{})}
		said := 0
		k := newKeeper(f, func(error) { said++ })
		for n := range records {
			k.keep(journal.Entry{At: int64(n), Record: []byte(`{}`)})
		}
		close(f.thaw)
		require.NoError(t, k.close(t.Context()))
		require.NoError(t, w.Close())
		reports, err := journal.Check(dir)
		require.NoError(t, err)
		require.Zero(t, journal.ExitCode(reports, nil))
		require.EqualValues(t, keepLimit+1, reports[0].Whole, "one hung, and the others waited")
		require.EqualValues(t, records, reports[0].Whole+reports[0].NotKept)
		require.Equal(t, records-keepLimit-1, said)
	})
}
