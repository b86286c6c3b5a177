package serve

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// README.md is what a POS is written against. Its words are read by people; that
// nothing is missing from it is read here, out of the sources.
func TestReadmeIsComplete(t *testing.T) {
	page, source := text(t, "README.md"), ""
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if !strings.HasSuffix(name, "_test.go") {
			source += text(t, name)
		}
	}
	names := func(t *testing.T, pattern string, atLeast int) (all []string) {
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(source, -1) {
			if name := m[1] + strings.Join(m[2:], ""); !seen[name] {
				seen[name] = true
				all = append(all, name)
			}
		}
		require.GreaterOrEqual(t, len(all), atLeast, "the sources are written otherwise: change the pattern %s", pattern)
		return all
	}

	t.Run("endpoints", func(t *testing.T) {
		table := section(t, page, "# The till over HTTP")
		for _, path := range names(t, `"(/v1/[a-z{}/]+|/[a-z]+)"[:,]`, 9) {
			require.Regexp(t, "(?m)^\\| `(GET|POST) "+regexp.QuoteMeta(path)+"[?`]", table)
		}
	})
	t.Run("headers", func(t *testing.T) {
		for _, name := range names(t, `(?:Header\(\)|header|Header)\.(?:Set|Get)\("([A-Za-z-]+)"`, 8) {
			require.Contains(t, page, name)
		}
		require.Contains(t, page, "`Tillwise-Kept: no`")
		require.Contains(t, page, "`Tillwise-Event: new`")
	})
	t.Run("statuses", func(t *testing.T) {
		byStatus := section(t, page, "### By status")
		codes := map[string]int{}
		for code := 100; code < 600; code++ {
			codes[strings.NewReplacer(" ", "", "-", "").Replace(http.StatusText(code))] = code
		}
		for _, name := range names(t, `http\.Status([A-Z][A-Za-z]+)`, 9) {
			if code := codes[name]; code >= 400 && name != "NotFound" { // which has a row with others
				require.Contains(t, byStatus, strconv.Itoa(code), name)
			}
		}
		require.Contains(t, byStatus, "404")
	})
	var common struct {
		Defs struct {
			Action struct{ Enum []string }
			Error  struct {
				Properties struct{ Kind struct{ Enum []string } }
			}
		} `json:"$defs"`
	}
	// That its lists are those of the code is held in plugin.
	require.NoError(t, json.Unmarshal([]byte(text(t, "../../plugin/schema/common.json")), &common))

	t.Run("actions", func(t *testing.T) {
		rows := rowsOf(section(t, page, "### The actions"))
		require.NotEmpty(t, common.Defs.Action.Enum)
		for _, id := range common.Defs.Action.Enum {
			require.Contains(t, rows, id, "an action without a row")
			for _, cell := range rows[id] {
				require.NotEmpty(t, cell, id)
			}
		}
		require.Len(t, rows, len(common.Defs.Action.Enum), "a row of an action that is none")
	})
	t.Run("errors", func(t *testing.T) {
		rows := rowsOf(section(t, page, "### By kind"))
		kinds := append(common.Defs.Error.Properties.Kind.Enum, string(badRequest), string(pinWrong), string(tooMany))
		require.NotEmpty(t, names(t, `plugin\.ErrorKind = "([a-z_]+)"`, 2))
		for _, kind := range append(kinds, names(t, `plugin\.ErrorKind = "([a-z_]+)"`, 2)...) {
			require.Contains(t, rows, kind)
			require.Len(t, rows[kind], 2, kind)
			require.NotEmpty(t, rows[kind][0], "what %s means", kind)
			require.NotEmpty(t, rows[kind][1], "what to do about %s", kind)
		}
		require.Len(t, rows, len(kinds), "a row of a kind that is none")
	})
	t.Run("members", func(t *testing.T) {
		var members []string
		for _, v := range []any{Choice{}, view{}, whole{}, host.Display{}, plugin.Found{}, plugin.Request{}} {
			for i := range reflect.TypeOf(v).NumField() {
				name, _, _ := strings.Cut(reflect.TypeOf(v).Field(i).Tag.Get("json"), ",")
				members = append(members, name)
			}
		}
		members = append(members, names(t, `p\.text\("([a-z_]+)"`, 4)...)
		for _, name := range members {
			if name == "" || name == "fetched" { // never told
				continue
			}
			require.Regexp(t, `["`+"`"+`]`+name+`["`+"`"+`]`, page)
		}
		for _, name := range names(t, `(tillwise_[a-z_]+)`, 6) {
			require.Contains(t, page, "`"+name)
		}
		for _, name := range []Keeping{KeepingSales, KeepingRecords, "module"} {
			require.Contains(t, section(t, page, "## Watching it"), "`"+string(name)+"`")
		}
	})
	t.Run("limits", func(t *testing.T) {
		limits := section(t, page, "## Limits")
		for want, is := range map[string]bool{
			"| an event | 1 MiB; all that are being read together 64 MiB beyond 16 KiB of each": maxEvent == 1<<20 && maxEvents == 64<<20 && first == 16<<10,
			"cut to 64 KiB":                        maxBody == 64<<10,
			"256 KiB, 32 levels, 16,384 values":    plugin.MaxInput == 256<<10 && plugin.MaxDepth == 32 && plugin.MaxValues == 16384,
			"16 KiB, in 5 seconds; the body in 10": headerWait == 5*time.Second && bodyWait == 10*time.Second,
			"64; 64; 24 characters":                plugin.MaxCall == 64 && maxSettler == 24,
			"| `sale`, where you keep it | 2 KiB":  plugin.MaxSale == 2<<10,
			"| `wait_s` | 60":                      maxWait == time.Minute,
			"| connections | 2,000":                maxConns == 2000,
			"| 256, each at most 64 cards behind":  maxFollowers == 256 && promptQueue == 64,
			"| 32, of 1 MiB at most each":          maxLines == 32,
			"64 of one lane; 1,000":                maxLaneEvents == 64 && maxLanes == 1000 && laneKept == 24*time.Hour,
			"| 8; 64 |":                            maxAnswered == 8 && maxChoices == 64,
			"| 1,000; 5,000 |":                     maxSales == 1000 && maxBound == 5000,
		} {
			require.Contains(t, limits, want)
			require.True(t, is, "not what the program has: %s", want)
		}
		require.Contains(t, page, "after 5 wrong ones in a row none is looked at for a minute")
		require.True(t, maxWrong == 5 && wrongWait == time.Minute && maxDigits == 6 && pulse == 15*time.Second && endGrace == 2*time.Second)
		require.Contains(t, page, "at most 120 days, and 7 days more")
		require.True(t, longest == 120*24*time.Hour && after == 7*24*time.Hour && lock == 48*time.Hour)
	})
	t.Run("links", func(t *testing.T) {
		for _, m := range regexp.MustCompile(`\]\(([^)#]*)(#[^)]*)?\)`).FindAllStringSubmatch(page, -1) {
			target := page
			if m[1] != "" {
				info, err := os.Stat(m[1])
				require.NoError(t, err)
				if info.IsDir() {
					continue
				}
				target = text(t, m[1])
			}
			if m[2] != "" {
				require.Contains(t, anchors(target), m[2])
			}
		}
	})
}

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

// section gives what stands under a heading, up to the next one of its level or above.
func section(t *testing.T, page, heading string) string {
	t.Helper()
	_, rest, ok := strings.Cut("\n"+page, "\n"+heading+"\n")
	require.True(t, ok, "no heading %q", heading)
	level := strings.Index(heading, " ")
	if end := regexp.MustCompile(`(?m)^#{1,` + strconv.Itoa(max(level, 2)) + `} `).FindStringIndex(rest); end != nil {
		rest = rest[:end[0]]
	}
	return rest
}

var row = regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (.*) \\|$")

// rowsOf gives the rows of all tables whose first cell is a name: the other cells by it.
func rowsOf(text string) map[string][]string {
	rows := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(text, -1) {
		rows[m[1]] = strings.Split(m[2], " | ")
	}
	return rows
}

// anchors gives the anchors of a page's headings.
func anchors(page string) (all []string) {
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		all = append(all, "#"+strings.ReplaceAll(name, " ", "-"))
	}
	return all
}
