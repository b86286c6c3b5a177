package replay

import (
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// reported is a replay with a change of each sort in it: one approved, one
// not, one that did not come, and damage.
func reported(t *testing.T) (*Report, *Approvals) {
	dir := week(t, 2000)
	damage(t, dir)
	engine := ruleMoney("moved")
	patch := engine.patch
	engine.patch = func(face string, out []byte) []byte {
		if face == "decide" && bytes.Contains(out, []byte(`"rule":"verify/409/tries_exceed"`)) {
			out = bytes.Replace(out, []byte(`"owner":"cashier"`), []byte(`"owner":"flexiti"`), 1)
		}
		return patch(face, out)
	}
	r := run(t, Options{Paths: []string{dir}, New: engine})
	a := Approve(r)
	require.Greater(t, len(a.Changes), 1)
	a.Changes = append(a.Changes[1:], Approval{
		Rule: "token/400/invalid_client", Verdict: VerdictChanged, Diffs: []Diff{{Member: "owner", Recorded: "store_it", New: "flexiti"}},
	})
	return r, a
}

func TestFormats(t *testing.T) {
	r, a := reported(t)
	j := Judge(r, a)
	for _, format := range []string{"text", "junit", "html"} {
		t.Run(format, func(t *testing.T) {
			var first, second bytes.Buffer
			require.NoError(t, r.Write(&first, format, j))
			require.NoError(t, r.Write(&second, format, j))
			require.Equal(t, first.String(), second.String())
			for _, want := range []string{"verify/409/piw_mismatch", "verify/409/tries_exceed", "token/400/invalid_client", "2 lines damaged"} {
				require.Contains(t, first.String(), want)
			}
		})
	}
	require.Error(t, r.Write(&bytes.Buffer{}, "pdf", j))
}

func TestJUnit(t *testing.T) {
	r, a := reported(t)
	var out bytes.Buffer
	require.NoError(t, r.WriteJUnit(&out, Judge(r, a)))
	var got junitSuites
	require.NoError(t, xml.Unmarshal(out.Bytes(), &got))
	require.Equal(t, 2, got.Suite.Failures, "one not approved, one that did not come")
	require.Equal(t, 1, got.Suite.Errors)
	require.Len(t, got.Suite.Cases, got.Suite.Tests)
	require.Less(t, got.Suite.Tests, 300, "one case for each rule, not for each record")
	failed := 0
	for _, c := range got.Suite.Cases {
		if c.Failure != nil {
			failed++
			require.NotEmpty(t, c.Failure.Text)
		}
	}
	require.Equal(t, 2, failed)
	if dir := os.Getenv("TILLWISE_REPORT_DIR"); dir != "" { // for checks by tools that Go has not
		require.NoError(t, os.WriteFile(filepath.Join(dir, "replay.junit.xml"), out.Bytes(), 0o600))
	}
}
