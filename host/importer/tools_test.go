package importer

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// One recording in the manner of each tool: a look-up and a purchase, and
// around them what the tool writes that is none of the POS's calls.
func TestTools(t *testing.T) {
	tests := []struct {
		name, file string
		zoned      bool     // its times tell the till's zone
		want       []string // the rules of the records, and what was skipped
	}{
		{"Chrome", "chrome.har", false, []string{"lookup/200/", "authorization/0/timeout", "1 browser_preflight", "2 not_a_call"}},
		{"Firefox", "firefox.har", true, []string{"authorization/409/credit_exceeded", "authorization/0/", "1 body_not_recorded"}},
		{"Safari", "safari.har", false, []string{"lookup/200/", "authorization/0/reset", "1 not_a_call"}},
		{"Playwright", "playwright.har", false, []string{"authorization/0/refused", "authorization/409/credit_exceeded", "1 body_not_recorded"}},
		{"Charles", "charles.har", true, []string{"lookup/200/", "authorization/409/credit_exceeded", "authorization/0/", "1 not_a_call"}},
		{"Fiddler", "fiddler.har", true, []string{"authorization/409/credit_exceeded", "1 body_not_recorded", "1 not_a_call"}},
		{"mitmproxy", "mitmproxy.har", false, []string{"lookup/200/", "authorization/0/reset", "1 not_a_call"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			r := run(t, dir, "testdata/"+tt.file)
			got := rules(t, dir)
			for _, reason := range slices.Sorted(maps.Keys(r.Skipped)) {
				got = append(got, fmt.Sprintf("%d %s", r.Skipped[reason], reason))
			}
			require.Equal(t, tt.want, got)
			require.Equal(t, 1, r.Sales)
			require.Zero(t, r.Undated)
			all := everything(t, dir)
			require.Contains(t, all, `"amount":"1249.00"`)
			require.Equal(t, tt.zoned, strings.Contains(all, `"utc_offset_min":-300`))
			require.Equal(t, tt.zoned, strings.Contains(all, `"utc_offset_min"`), "no other zone")
			for _, secret := range []string{"Example-Token", "9028aaaa", "828930", "Tremblay", "acme", "req-0001"} {
				require.NotContains(t, all, secret)
			}
		})
	}
}
