//go:build e2e

package e2e

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pressed is a key of a printed story, and the headline of the card that it is pressed on.
type pressed struct{ headline, key, does string }

// printed is a story as the demo prints it.
type printed struct {
	keys  []pressed
	books string // its last line
}

var (
	happened = regexp.MustCompile(`^(?:What happened|Ce qui s'est passé ?): (.*)$`)
	keyOn    = regexp.MustCompile(`^> \[(\d)\] (.*)$`)
	ofBooks  = regexp.MustCompile(`^(Flexiti's books: |Livres de Flexiti : ).*`)
)

func spaced(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// printedDemo reads what the demo prints: its stories, in order.
func printedDemo(t *testing.T, locale string) (stories []printed) {
	cmd := exec.Command(program, "till", "--demo")
	cmd.Env = []string{"LANG=" + locale}
	out, err := cmd.Output()
	require.NoError(t, err)
	headline := ""
	for _, row := range strings.Split(spaced(string(out)), "\n") {
		switch {
		case strings.HasPrefix(row, "DEMO "), strings.HasPrefix(row, "DÉMO "):
			stories = append(stories, printed{})
		case happened.MatchString(row):
			headline = happened.FindStringSubmatch(row)[1]
		case keyOn.MatchString(row):
			m, one := keyOn.FindStringSubmatch(row), &stories[len(stories)-1]
			one.keys = append(one.keys, pressed{headline, m[1], m[2]})
		case ofBooks.MatchString(row):
			stories[len(stories)-1].books = row
		}
	}
	require.Len(t, stories, 12)
	return stories
}

// Every story is told on the screen to its end, by the keys that it is printed with,
// and ends with what it is printed to end with; two in each terminal.
func TestTheDemo(t *testing.T) {
	const each = 2
	for locale, says := range map[string]struct{ place, seen string }{
		"C.UTF-8": {"DEMO %d of 12", "WHAT YOU HAVE SEEN"}, "fr_CA.UTF-8": {"DÉMO %d sur 12", "CE QUE VOUS AVEZ VU"},
	} {
		stories := printedDemo(t, locale)
		for from := 0; from < len(stories); from += each {
			t.Run(fmt.Sprintf("%s from %d", locale, from+1), func(t *testing.T) {
				t.Parallel()
				tt := open(t, []string{"LANG=" + locale, "TERM=xterm-256color"}, "--demo")
				seen := func(want string) string {
					t.Helper()
					return tt.untilSeen(want, func(s string) bool { return strings.Contains(spaced(s), want) })
				}
				for n := 1; n <= from; n++ {
					seen(fmt.Sprintf(says.place, n))
					tt.press("n")
				}
				for n := from + 1; n <= from+each; n++ {
					place := fmt.Sprintf(says.place, n)
					seen(place)
					tt.press("1")
					for _, k := range stories[n-1].keys {
						card := seen(k.headline)
						require.Contains(t, card, place)
						require.Regexp(t, `q (Leave|Quitter)`, card)
						tt.press(k.key)
						if strings.HasPrefix(k.does, "Confirm") {
							tt.press("5")
						}
					}
					seen(stories[n-1].books)
					tt.press("n")
				}
				if from+each == len(stories) {
					seen(says.seen)
				} else {
					seen(fmt.Sprintf(says.place, from+each+1))
				}
				tt.press("q", "5")
				tt.until("ENDED 0")
			})
		}
	}
}
