package journal

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhoSettled(t *testing.T) {
	tests := []struct {
		name string
		who  string
		want string // as the line has it
	}{
		{"nobody", "", `"lane":"3","module":"`},
		{"plain", "supervisor-7", `"lane":"3","settled_by":"supervisor-7","module":"`},
		{"French", "Chef d’équipe", `"settled_by":"Chef d’équipe","module":"`},
		{"a quote and a backslash", `a"b\`, `"settled_by":"a\"b\\","module":"`},
		{"what looks like the next member", `","module":"x`, `"settled_by":"\",\"module\":\"x","module":"`},
		{"controls", "a\x1b\nb", `"settled_by":"a\u001b\nb","module":"`},
		{"as long as may be", strings.Repeat("é", 24), strings.Repeat("é", 24)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
			e := entry(0)
			e.SettledBy = tt.who
			require.NoError(t, w.Append(e))
			require.NoError(t, w.Close())
			var out bytes.Buffer
			_, err := Cat(&out, Filter{}, dir)
			require.NoError(t, err)
			require.Contains(t, out.String(), tt.want)
			r, err := OpenFile(segmentPath(dir, 1))
			require.NoError(t, err)
			defer r.Close()
			_, err = r.Next()
			require.NoError(t, err)
			item, err := r.Next()
			require.NoError(t, err)
			require.Equal(t, FaultNone, item.Fault)
			require.Equal(t, tt.who, item.Line.SettledBy)
			require.Equal(t, moduleA, string(item.Line.Module))
			require.Equal(t, string(e.Record), string(item.Line.Record))
		})
	}
}

func TestWhoSettledIsGuarded(t *testing.T) {
	tests := []struct{ name, who, want string }{
		{"too long", strings.Repeat("é", 25), "more than 24 characters"},
		{"a card number", "4111.1111.1111.1111", "may be a card number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := entry(0)
			e.SettledBy = tt.who
			_, err := AppendLine(nil, "0412", 1, 0, e)
			require.ErrorContains(t, err, tt.want)
			require.NotContains(t, err.Error(), tt.who)
		})
	}
}

// What the caller had to drop is noted in the next line, and telling so waits
// for no disk: here somebody holds the writer as a hanging Append does.
func TestLostRecordsAreNoted(t *testing.T) {
	dir := t.TempDir()
	w := New(Config{Dir: dir, Store: "0412", Module: moduleA})
	w.mu.Lock()
	w.Lost(2)
	w.Lost(1)
	w.mu.Unlock()
	require.Error(t, w.Append(Entry{Record: []byte(`[]`)}))
	require.NoError(t, w.Append(entry(0)))
	require.NoError(t, w.Append(entry(1)))
	require.Equal(t, Stats{Written: 2, Missed: 4}, w.Stats())
	require.NoError(t, w.Close())
	reports, err := Check(dir)
	require.Zero(t, ExitCode(reports, err))
	require.EqualValues(t, 4, reports[0].NotKept)
}
