package importer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever could not be read is counted, and named by its place and not by what it says.
func TestPlaces(t *testing.T) {
	whole := purchase + "," + refused
	line := `{"exchange":{"operation":"authorization","status":409,"body":"{\"error\":\"credit_exceeded\"}"}}` + "\n"
	dated := `"startedDateTime":"2026-11-23T09:00:00-05:00",`
	har := harOf(dated+whole, dated+whole)
	tests := []struct {
		name, recording string
		records         int64
		want            []string
	}{
		{"nothing", "", 0, []string{"line 1: empty"}},
		{"blank lines", " \n\n", 0, []string{"line 3: empty"}},
		{"garbage", "no recording, Tremblay\n", 0, []string{"line 1: unreadable"}},
		{"a picture", "\x89PNG\r\n\x1a\n", 0, []string{"line 1: unreadable", "line 2: unreadable"}},
		{"a web page", "<html>\n</html>", 0, []string{"line 1: unreadable", "line 2: unreadable"}},
		{"compressed, and cut", "\x1f\x8b\x08\x00\x00\x00", 0, []string{"line 1: unreadable"}},
		{"a bad line between good ones", line + "{\n" + "\n" + line + `{"at":1}`, 2, []string{"line 2: unreadable", "line 5: line_of_no_exchange"}},
		{"a line too long", line + strings.Repeat(" ", 2<<20) + "\n" + line, 2, []string{"line 2: line_too_long"}},
		{"a HAR cut in its second entry", har[:len(har)-40], 1, []string{"entry 2: unreadable"}},
		{"a HAR cut between its entries", har[:strings.LastIndex(har, `,{"started`)], 1, []string{"entry 2: unreadable"}},
		{"a HAR cut before its end", har[:len(har)-1], 2, []string{"entry 3: unreadable"}},
		{"a HAR cut before its entries", `{"log":{"version":"1.2"`, 0, []string{"entry 1: unreadable"}},
		{"a HAR of another shape", `{"log":{"entries":{"a":1}}}`, 0, []string{"entry 1: unreadable"}},
		{"a HAR without a list", `{"log":{}}`, 0, []string{"entry 1: unreadable"}},
		{"a HAR with trash behind", har + "trash", 2, []string{"entry 3: unreadable"}},
		{"a HAR with another value behind", har + "[1]", 2, []string{"entry 3: unreadable"}},
		{"entries that are none", `{"log":{"entries":[7,null,{"request":{}}]}}`, 0, []string{"entry 1: unreadable", "entry 2: unreadable", "entry 3: unreadable"}},
		{"a status that is none", harOf(dated + purchase + `,"response":{"status":"fine"}`), 0, []string{"entry 1: unreadable"}},
		{"no body", harOf(dated+whole, dated+purchase+`,"response":{"status":200,"content":{"size":9}}`), 1, []string{"entry 2: body_not_recorded"}},
		{"no time", harOf(dated+whole, whole), 2, []string{"entry 2: no_time"}},
		{"refused by the module", `{"exchange":{"operation":"authorisation","status":200}}`, 0, []string{"line 1: bad_event"}},
		{"another site, however broken", harOf(`"request":{"method":"GET","url":"https://example.com/"},"response":{"status":"?"}`), 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := imported(t, tt.recording)
			var places []string
			for _, place := range r.Places {
				_, place, _ = strings.Cut(place, `recording", `)
				places = append(places, place)
			}
			require.Equal(t, tt.want, places)
			require.EqualValues(t, len(tt.want), r.Unread)
			require.Equal(t, tt.records, r.Records)
			require.NotContains(t, r.Text(), "Tremblay")
		})
	}
}

func TestAReportStaysShort(t *testing.T) {
	r, _ := imported(t, strings.Repeat("rubbish\n", 5000))
	require.EqualValues(t, 5000, r.Skipped[SkipUnreadable])
	require.Len(t, strings.Split(r.Text(), "\n"), maxPlaces+5)
	require.Contains(t, r.Text(), fmt.Sprintf("  and %d more\n", 5000-maxPlaces))
}

// A recording that another one follows is named beside its entries.
func TestPlacesNameTheirRecording(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "a.har"), filepath.Join(dir, "b\x1b[2J.jsonl")
	require.NoError(t, os.WriteFile(first, []byte(`{"log":{`), 0o600))
	require.NoError(t, os.WriteFile(second, []byte("{"), 0o600))
	r := run(t, t.TempDir(), first, second)
	require.Contains(t, r.Text(), `a.har", entry 1: unreadable`)
	require.Contains(t, r.Text(), `b\x1b[2J.jsonl", line 1: unreadable`)
}
