package importer

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhen(t *testing.T) {
	const at = 1795442400000
	minutes := func(n int) *int { return &n }
	tests := []struct {
		name   string
		want   int64
		offset *int
	}{
		{"2026-11-23T09:00:00-05:00", at, minutes(-300)},
		{"2026-11-23T09:00:00.000-05:00", at, minutes(-300)},
		{"2026-11-23T09:00:00.000-0500", at, minutes(-300)},
		{"2026-11-23T09:00:00.0000000-05:00", at, minutes(-300)},
		{"2026-11-23T09:00:00-05", at, minutes(-300)},
		{"2026-11-23 09:00:00-05:00", at, minutes(-300)},
		{"2026-11-23T10:30:00-03:30", at, minutes(-210)},
		{"2026-11-23T14:00:00.000Z", at, nil},
		{"2026-11-23T14:00:00.000+00:00", at, nil},
		{"2026-11-23T14:00:00.000+0000", at, nil},
		{"2026-11-23T14:00:00.000000", at, nil},
		{" 2026-11-23T14:00Z", at, nil},
		{"NaN-NaN-NaNTNaN:NaN:NaN.NaNZ", 0, nil},
		{"0001-01-01T00:00:00Z", 0, nil},
		{"yesterday", 0, nil},
		{"", 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, offset := when(tt.name)
			require.Equal(t, tt.want, got)
			require.Equal(t, tt.offset, offset)
		})
	}
}

func TestMilliseconds(t *testing.T) {
	tests := []struct {
		name string
		want int64
	}{{"120.5", 120}, {"-1", 0}, {"NaN", 0}, {"1e300", 0}, {"", 0}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, milliseconds(tt.name)) })
	}
}

// Entries come in the order of their times; one without keeps its place.
func TestUndatedEntriesKeepTheirPlace(t *testing.T) {
	call := func(started, code string) string {
		return `"startedDateTime":` + started + `,` + purchase + `,"response":{"status":409,"content":{"text":"{\"error\":\"` + code + `\"}"}}`
	}
	const early, late, none = `"2026-11-23T09:00:00-05:00"`, `"2026-11-23T10:00:00-05:00"`, `"NaN-NaN"`
	tests := []struct {
		name    string
		entries []string
		undated int64
		want    []string
	}{
		{"all dated", []string{call(late, "credit_exceeded"), call(early, "not_verified")}, 0, []string{"not_verified", "credit_exceeded"}},
		{"behind the late one", []string{call(late, "credit_exceeded"), call(none, "wrong_inputs"), call(early, "not_verified")}, 1,
			[]string{"not_verified", "credit_exceeded", "wrong_inputs"}},
		{"behind the early one", []string{call(early, "not_verified"), call(`null`, "wrong_inputs"), call(late, "credit_exceeded")}, 1,
			[]string{"not_verified", "wrong_inputs", "credit_exceeded"}},
		{"first", []string{call(`7`, "wrong_inputs"), call(early, "not_verified")}, 1, []string{"wrong_inputs", "not_verified"}},
		{"none dated", []string{call(none, "credit_exceeded"), call(none, "not_verified")}, 2, []string{"credit_exceeded", "not_verified"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, all := imported(t, harOf(tt.entries...))
			require.Equal(t, tt.undated, r.Undated)
			for i := range tt.want {
				tt.want[i] = "authorization/409/" + tt.want[i]
			}
			require.Equal(t, tt.want, rulesIn(all))
		})
	}
}
