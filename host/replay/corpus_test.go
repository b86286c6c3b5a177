package replay

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/generate"
)

var update = flag.Bool("update", false, "generate testdata/week anew")

// TestCorpus holds today's plugin to the committed week: a decision or a word
// that changes by mistake fails here. A change that is meant is looked at with
// tillwise replay, and then the week is generated anew.
func TestCorpus(t *testing.T) {
	const week = "testdata/week"
	if *update {
		require.NoError(t, os.RemoveAll(week))
		require.NoError(t, generate.Write(generate.Config{Dir: week, Seed: 7}))
	}
	r := run(t, Options{Paths: []string{week}, New: &native{}})
	require.Zero(t, Judge(r, nil).ExitCode(r), "%s\nWhere this is meant: go test ./host/replay -run TestCorpus -update", text(t, r, nil))
	require.EqualValues(t, 2000, r.Replayed)
	for _, rule := range r.Rules {
		if rule.Known {
			require.NotZero(t, rule.Records, "%s is not in the corpus", rule.Rule)
		}
	}
}
