package conformance

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// asked is a kit that asks this binary as a host of some kind: see TestMain.
func asked(t *testing.T, kind string, points ...string) Kit {
	return Kit{Command: []string{os.Args[0], hostArg, kind}, Errors: t.Output(), Fast: true, Calls: 200, Points: points}
}

// The Go host holds every point. What is compiled is asked with all calls by TestKit.
func TestGoHostHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("a host is a process of its own, and in this binary a slow one")
	}
	for _, groups := range [][]string{
		{"vectors", "conversations", "sales", "errors", "limits"}, {"settings", "calls", "lanes", "hostile", "safe", "closing"},
	} {
		t.Run(groups[0], func(t *testing.T) {
			t.Parallel()
			report, err := asked(t, "right", groups...).Run()
			require.NoError(t, err)
			require.NoError(t, report.Text(t.Output()))
			_, failed, notOffered := report.Count()
			require.Zero(t, failed)
			require.Zero(t, notOffered)
		})
	}
}

// Mistakes that hosts make, as the kit sees them.
func TestFindsMistakes(t *testing.T) {
	if testing.Short() {
		t.Skip("a host is a process of its own, and in this binary a slow one")
	}
	for kind, point := range map[string]string{
		"asks a trapped instance again":    "hostile/traps",
		"lends an instance twice":          "lanes/one call at a time for an instance",
		"reads answers too late":           "calls/answers outlast the next call",
		"says nothing of errors":           "closing/a closed engine has a card",
		"mixes up sales":                   "sales/walk 1",
		"forgets the sale beside an error": "safe/authorization, en-CA, in a sale that has begun",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			report, err := asked(t, kind, point).Run()
			require.NoError(t, err)
			require.NotEmpty(t, faultOf(report, point))
		})
	}
}

// A host that fails altogether is a finding too, and never the end of the kit.
func TestFindsHostsThatFail(t *testing.T) {
	for kind, says := range map[string]string{
		"hangs":   "it gave no line within 300ms",
		"dies":    "it ended",
		"babbles": `"\x1b[2Jhello"`,
		"lies":    "at byte 1 there was to be",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			kit := asked(t, kind, "calls", "closing")
			kit.Limit = 300 * time.Millisecond
			report, err := kit.Run()
			require.NoError(t, err)
			require.Contains(t, faultOf(report, "calls/many in a row"), says)
			_, failed, _ := report.Count()
			require.Greater(t, failed, 2, "what follows is not taken for right")
			var text strings.Builder
			require.NoError(t, report.Text(&text))
			require.NotContains(t, text.String(), "\x1b", "nothing of the host's steers the terminal")
		})
	}
}

// What cannot be asked at all is an error, and no report.
func TestHostThatDoesNotOpen(t *testing.T) {
	_, err := Kit{Command: []string{"/nowhere/at-all"}}.Run()
	require.ErrorContains(t, err, "starting the host")
	_, err = asked(t, "refuses").Run()
	require.ErrorContains(t, err, "wrong_module")
}

// What a host does not offer counts for nothing.
func TestNotOffered(t *testing.T) {
	report, err := asked(t, "offers nothing", "hostile").Run()
	require.NoError(t, err)
	passed, failed, notOffered := report.Count()
	require.Zero(t, passed+failed)
	require.Positive(t, notOffered)
	var text strings.Builder
	require.NoError(t, report.Text(&text))
	require.Contains(t, text.String(), "hostile/traps: not offered, the host opens no module but its own")
}

func faultOf(r Report, point string) string {
	if i := slices.IndexFunc(r.Points, func(p Point) bool { return p.Name == point }); i >= 0 {
		return r.Points[i].Fault
	}
	return ""
}
