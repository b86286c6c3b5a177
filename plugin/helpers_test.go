package plugin

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file, or writes the file with -update. Of a
// difference it shows the first lines, and what to do.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
		return
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err, "run the test with -update to make it")
	want, have := strings.Split(string(text), "\n"), strings.Split(string(got), "\n")
	for i := range max(len(want), len(have)) {
		if i < len(want) && i < len(have) && want[i] == have[i] {
			continue
		}
		t.Fatalf("%s:%d is not what the rules and words make of it:\n- %s\n+ %s\nIf that is meant: make generate, and read the difference.",
			path, i+1, strings.Join(want[min(i, len(want)):min(i+3, len(want))], "\n- "), strings.Join(have[min(i, len(have)):min(i+3, len(have))], "\n+ "))
	}
}

// noon is the time of events whose time does not matter: Monday 23 November 2026, 12:00 UTC.
const noon = int64(1795435200000)

// marshal is encoding/json as the module's own writer is documented: without HTML escaping.
func marshal(t testing.TB, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(v))
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// unmarshal is strict: a member that the type lacks is a mistake.
func unmarshal(t testing.TB, b []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(into), "%s", b)
}

// decide runs an exchange through the first two stages.
func decide(x Exchange, s Sale, p Policy) (Decision, Sale) {
	f := Recognise(x)
	f.At = noon
	return Decide(f, s, p)
}

func ids(actions []Action) []ActionID {
	out := make([]ActionID, len(actions))
	for i, a := range actions {
		out[i] = a.ID
	}
	return out
}

func offers(d Decision, id ActionID) bool { return slices.Contains(ids(d.Actions), id) }

func ptr[T any](v T) *T { return &v }

// allOperations: every name of the contract, and the two for what is not documented.
func allOperations() []Operation {
	return []Operation{
		OpToken, OpI18n, OpTerms, OpDriversLicense, OpSearch, OpLookup, OpVerify, OpCalculateInterest, OpClose, OpApply,
		OpTransactions, OpAuthorization, OpRelease, OpCapture, OpReturn, OpRefund, OpAuthorizations, OpAuthorizationGet,
		OpCaptures, OpWidgetInit, OpMerchantsLogin, OpUnknown, OpUnknownRead,
	}
}
