package generate

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[name] = string(b)
		return err
	}))
	return all
}

func TestSameSeedSameBytes(t *testing.T) {
	a, b, other := t.TempDir(), t.TempDir(), t.TempDir()
	require.NoError(t, Write(Config{Dir: a, Seed: 7, Records: 300}))
	require.NoError(t, Write(Config{Dir: b, Seed: 7, Records: 300}))
	require.NoError(t, Write(Config{Dir: other, Seed: 8, Records: 300}))
	require.Equal(t, contents(t, a), contents(t, b))
	require.NotEqual(t, contents(t, a), contents(t, other))
	require.Len(t, contents(t, a), 4*7)
}

func TestGeneratedJournalsAreSoundAndMeetEveryRule(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, Write(Config{Dir: dir, Seed: 7}))
	reports, err := journal.Check(dir)
	require.NoError(t, err)
	whole := int64(0)
	for _, r := range reports {
		require.True(t, r.Sound(), "%+v", r)
		require.Contains(t, r.Origin, "generated")
		whole += r.Whole
	}
	require.EqualValues(t, 2000, whole)
	var records bytes.Buffer
	_, err = journal.Cat(&records, journal.Filter{}, dir)
	require.NoError(t, err)
	for _, r := range plugin.Rules() {
		rule := string(r.Operation) + "/" + strconv.Itoa(r.Status) + "/" + r.Code
		require.Contains(t, records.String(), `"rule":"`+rule+`"`)
	}
	for _, what := range []string{
		`"failure":"pending"`, `"call":`, `"key":`, `"authorization":`, `"capture":`, `"found":[]`, `"found":[{"state":"held"`, `"found":[{"state":"captured"`,
		`"action":"finish_sale"`, `"money":"unknown","money_kind":"purchase"`, `"money":"held"`, `"money":"moved","money_kind":"refund"`, `"money_kind":"payment"`,
		`"card":"found_captured"`, `"card":"working_payment"`, `"card":"paid_twice"`, `"card":"late_success"`, `"card":"supervisor_settles"`, `"card":"input_`, `"by":"read_back"`,
	} {
		require.Contains(t, records.String(), what)
	}
}

func TestImpossibleSizes(t *testing.T) {
	for _, c := range []Config{{Records: -1}, {Stores: -1}, {Stores: 1000}} {
		c.Dir = t.TempDir()
		require.Error(t, Write(c))
	}
}
