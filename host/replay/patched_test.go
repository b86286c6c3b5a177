package replay

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// changedModule builds the module as it would be with one line of the
// catalogue written otherwise, and gives its file.
func changedModule(t *testing.T, file, from, to string) string {
	t.Helper()
	dir := t.TempDir()
	source, err := filepath.Abs(filepath.Join("../../plugin", file))
	require.NoError(t, err)
	text, err := os.ReadFile(source)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), from), "%s has changed: choose another line to change", file)
	changed := filepath.Join(dir, file)
	require.NoError(t, os.WriteFile(changed, []byte(strings.Replace(string(text), from, to, 1)), 0o600))
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{source: changed}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600))

	raw, sealed := filepath.Join(dir, "raw.wasm"), filepath.Join(dir, "sealed.wasm")
	build := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-trimpath", "-buildvcs=false",
		"-ldflags=-s -w -buildid=", "-buildmode=c-shared", "-o", raw, "../../wasm/guest")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	for _, cmd := range []*exec.Cmd{build, exec.Command("go", "run", "../../wasm/seal", raw, sealed)} {
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	return sealed
}

// A merchant's whole way with one changed rule: it is found in a module that
// was really built, approved, and missed when it does not come.
func TestChangedModule(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a module")
	}
	const line = `{CardPlanTermNotAvailable, "plan_term_not_available", FamilyFix, "", RetryAfterFix,`
	path := changedModule(t, "cards.go", line, strings.Replace(line, "RetryAfterFix", "RetryNow", 1))
	dir := week(t, 2000)
	ctx := t.Context()
	old, note, err := Open(ctx, "")
	require.NoError(t, err)
	require.Empty(t, note)
	defer old.Close(ctx)
	changed, note, err := Open(ctx, path)
	require.NoError(t, err)
	require.Empty(t, note)
	defer changed.Close(ctx)

	same := run(t, Options{Paths: []string{dir}, New: old})
	require.Zero(t, Judge(same, nil).ExitCode(same), "the corpus is decided by the plugin as the module decides")

	r := run(t, Options{Paths: []string{dir}, New: changed, Old: old})
	require.NotEmpty(t, r.Groups)
	require.Equal(t, "authorization/409/plan_term_not_available", r.Groups[0].Rule)
	require.Equal(t, VerdictNew, r.Groups[0].Verdict)
	require.Equal(t, "retry", r.Groups[0].Diffs[0].Member)
	require.True(t, r.Groups[0].Example.ExactWords)
	require.Equal(t, 1, Judge(r, nil).ExitCode(r))
	approved := Approve(r)
	require.Zero(t, Judge(r, approved).ExitCode(r))
	require.Equal(t, 1, Judge(same, approved).ExitCode(same))
	for _, format := range Formats {
		var out strings.Builder
		require.NoError(t, r.Write(&out, format, Judge(r, nil)))
		require.Contains(t, out.String(), "authorization/409/plan_term_not_available", format)
	}
}
