package replay

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/journal"
)

func TestNothingChanged(t *testing.T) {
	r := run(t, Options{Paths: []string{week(t, 600)}, New: &native{}})
	require.EqualValues(t, 600, r.Unchanged)
	require.Empty(t, r.Groups)
	require.Len(t, r.Stores, 4)
	require.Len(t, r.Days, 8) // shops close after midnight UTC
	require.NotEmpty(t, r.Unknown)
	require.Zero(t, Judge(r, nil).ExitCode(r))
	require.Contains(t, text(t, r, nil), "OK: nothing changed")
	require.Contains(t, text(t, r, nil), "generated, seed 7")
}

func TestChangedRuleIsFoundAndGrouped(t *testing.T) {
	tests := []struct {
		name string
		new  *native
		want []Diff // of the first group
	}{
		{
			"money", ruleMoney("moved"),
			[]Diff{{Member: "money", Recorded: "not_moved", New: "moved"}},
		},
		{
			"words", replaced("answer", "Flexiti", "FLEXITI"),
			[]Diff{{Member: MemberWords, Recorded: recordedWords}},
		},
		{
			"refused", &native{patch: func(face string, out []byte) []byte {
				if face == "decide" && bytes.Contains(out, []byte(`"rule":"verify/409/piw_mismatch"`)) {
					return []byte(`{"error":{"kind":"module_failed","detail":"x"}}`)
				}
				return out
			}},
			[]Diff{{Member: MemberReason, Recorded: "-", New: "module_failed"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := run(t, Options{Paths: []string{week(t, 2000)}, New: tt.new})
			require.NotEmpty(t, r.Groups)
			g := r.Groups[0]
			if tt.name == "words" {
				require.Regexp(t, "^others, [0-9a-f]{8}$", g.Diffs[0].New)
				g.Diffs[0].New = ""
			} else {
				require.Len(t, r.Groups, 1)
				require.Equal(t, "verify/409/piw_mismatch", g.Rule)
			}
			require.Equal(t, tt.want, g.Diffs)
			require.NotEmpty(t, g.Samples)
			require.Equal(t, 1, Judge(r, nil).ExitCode(r))
			require.Contains(t, text(t, r, nil), "CHANGED  "+g.Rule)
		})
	}
}

func TestMoneyAndRetryComeFirst(t *testing.T) {
	engine := &native{patch: func(face string, out []byte) []byte {
		if face == "decide" {
			out = bytes.ReplaceAll(out, []byte(`"owner":"customer"`), []byte(`"owner":"flexiti"`))
			out = bytes.ReplaceAll(out, []byte(`"policy":"after_fix"`), []byte(`"policy":"now"`))
			out = bytes.ReplaceAll(out, []byte(`"money":"unknown"`), []byte(`"money":"not_moved"`))
		}
		return out
	}}
	r := run(t, Options{Paths: []string{week(t, 2000)}, New: engine})
	var first []string
	for _, g := range r.Groups {
		first = append(first, g.Diffs[0].Member)
	}
	require.True(t, slices.IsSortedFunc(first, func(a, b string) int { return gravityOf(a) - gravityOf(b) }), "%v", first)
	require.Equal(t, "money", first[0])
	require.Contains(t, first, "retry")
	require.Contains(t, first, "owner")
}

func TestThreeWays(t *testing.T) {
	tests := []struct {
		name     string
		old, new *native
		want     Verdict
	}{
		{"new stands alone", &native{}, ruleMoney("moved"), VerdictNew},
		{"the recording stands alone", ruleMoney("moved"), ruleMoney("moved"), VerdictEarlier},
		{"old stands alone", ruleMoney("moved"), &native{}, VerdictRestored},
		{"three opinions", ruleMoney("held"), ruleMoney("moved"), VerdictBoth},
	}
	dir := week(t, 2000)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := run(t, Options{Paths: []string{dir}, Old: tt.old, New: tt.new})
			require.Len(t, r.Groups, 1)
			require.Equal(t, tt.want, r.Groups[0].Verdict)
			require.Contains(t, text(t, r, nil), verdictText[tt.want])
		})
	}
}

func TestApprovedChangesFailBothWays(t *testing.T) {
	dir := week(t, 2000)
	before := run(t, Options{Paths: []string{dir}, New: &native{}})
	after := run(t, Options{Paths: []string{dir}, New: ruleMoney("moved")})
	other := run(t, Options{Paths: []string{dir}, New: ruleMoney("held")})
	var file bytes.Buffer
	require.NoError(t, Approve(after).Write(&file))
	approved, err := ReadApprovals(&file)
	require.NoError(t, err)

	require.Zero(t, Judge(after, approved).ExitCode(after))
	require.Contains(t, text(t, after, approved), "OK: nothing changed but what is approved (1)")
	require.Equal(t, 1, Judge(before, approved).ExitCode(before))
	require.Contains(t, text(t, before, approved), "MISSING  verify/409/piw_mismatch: this approved change did not come")
	require.Equal(t, 1, Judge(other, approved).ExitCode(other))
	require.Contains(t, text(t, other, approved), "CHANGED: 1 not approved, 0 approved, 1 expected and missing")
}

func TestShardsMergeIntoTheWhole(t *testing.T) {
	dir := week(t, 2000)
	damage(t, dir)
	engine := replaced("decide", `"owner":"customer"`, `"owner":"flexiti"`)
	whole := asJSON(t, run(t, Options{Paths: []string{dir}, New: engine, Old: &native{}, Workers: 2}))
	var shards []*Report
	for _, i := range []int{3, 1, 2} {
		r := run(t, Options{Paths: []string{dir}, New: engine, Old: &native{}, Shard: i, Shards: 3})
		read, err := ReadReport(strings.NewReader(asJSON(t, r)))
		require.NoError(t, err)
		require.NotZero(t, read.Replayed)
		shards = append(shards, read)
	}
	part, err := Merge(shards[0], shards[1])
	require.NoError(t, err)
	require.Equal(t, []string{"1/3", "3/3"}, part.Shards)
	merged, err := Merge(part, shards[2])
	require.NoError(t, err)
	require.Equal(t, whole, asJSON(t, merged))
	_, err = Merge(shards[0], shards[0])
	require.ErrorContains(t, err, "comes twice")
}

func TestDamageIsCountedAndDecidesTheExitCode(t *testing.T) {
	dir := week(t, 100)
	damage(t, dir)
	r := run(t, Options{Paths: []string{dir}, New: &native{}})
	require.EqualValues(t, 102, r.Lines)
	require.EqualValues(t, 2, r.Damaged)
	require.Equal(t, 3, Judge(r, nil).ExitCode(r))
	require.Contains(t, text(t, r, nil), "DAMAGED: 2 lines damaged")
}

func TestPieceOfAJournal(t *testing.T) {
	var lines bytes.Buffer
	_, err := journal.Cat(&lines, journal.Filter{Rule: "lookup/200/"}, week(t, 700))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "lookups.jsonl")
	require.NoError(t, os.WriteFile(path, lines.Bytes(), 0o600))
	r := run(t, Options{Paths: []string{path}, New: &native{}})
	require.NotZero(t, r.Unchanged)
	require.Zero(t, Judge(r, nil).ExitCode(r), "what was left out on purpose is not missing")
}

func TestMissingSegmentIsDamage(t *testing.T) {
	dir := week(t, 700)
	require.NoError(t, os.Remove(filepath.Join(dir, "store-0412", "journal-000003.jsonl.gz")))
	r := run(t, Options{Paths: []string{dir}, New: &native{}})
	require.EqualValues(t, 25, r.Missing)
	require.Equal(t, 3, Judge(r, nil).ExitCode(r))
}

func TestModuleThatFailsIsNoPass(t *testing.T) {
	r := run(t, Options{Paths: []string{week(t, 100)}, New: &native{fail: true}})
	require.EqualValues(t, 100, r.NotReplayable)
	require.Equal(t, 1, Judge(r, nil).ExitCode(r))
}

func TestCut(t *testing.T) {
	tests := []struct{ name, record, want string }{
		{"whole", `{"v":1,"facts":{"a":"}\""},"locale":"en-CA","before":{},"policy":{},"decision":{},"shown":"00000000"}`, ""},
		{"spaces and another order", "{ \"shown\" : \"0\", \"decision\":{} , \"policy\": {},\"before\":{}, \"locale\":\"x\",\"facts\":{},\t\"v\":1 }", ""},
		{"other version", `{"v":2}`, "record_version"},
		{"member missing", `{"v":1,"facts":{}}`, "record_incomplete"},
		{"no object", `[]`, "record_not_json"},
		{"cut", `{"v":1,"facts":{`, "record_not_json"},
		{"cut string", `{"v":1,"fa`, "record_not_json"},
		{"nothing", ``, "record_not_json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorded
			require.Equal(t, tt.want, r.cut([]byte(tt.record)))
		})
	}
}

func FuzzCut(f *testing.F) {
	f.Add([]byte(`{"v":1,"facts":{"a":["\\"]}}`))
	f.Fuzz(func(_ *testing.T, record []byte) {
		var r recorded
		r.cut(record)
	})
}
