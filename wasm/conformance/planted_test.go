//go:build sdk

package conformance

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// mistake is one place in a package's code, and what it is made to be there.
type mistake struct {
	Name  string `json:"name"`
	File  string `json:"file"`
	Old   string `json:"old"`
	New   string `json:"new"`
	Point string `json:"point"` // the one that has to find it
}

// demanded are the mistakes that are planted in every package where its language
// lets them be made.
var demanded = []string{"reused after a trap", "answer read after the next call", "two threads on one instance"}

// The kit finds the mistakes that hosts make: each is planted in a copy of the
// package, built, and asked.
func TestPlanted(t *testing.T) {
	for _, name := range hosts {
		if strings.HasPrefix(name, "go-") || strings.HasSuffix(name, "-chromium") {
			continue // TestFindsMistakes plants them in a host made for it; the browser runs the package that Node runs
		}
		t.Run(name, func(t *testing.T) {
			m := built(t, name)
			for _, want := range demanded {
				planted := slices.ContainsFunc(m.Mistakes, func(x mistake) bool { return x.Name == want })
				require.True(t, planted != (m.Cannot[want] != ""), "%q has to be planted, or else to have a reason under cannot", want)
			}
			dir := mirror(t, name)
			t.Run("nothing planted", func(t *testing.T) {
				faults := m.faults(t, dir, m.Mistakes...)
				for _, x := range m.Mistakes {
					fault, asked := faults[x.Point]
					require.True(t, asked, "%s: the kit has no point %s, or the host does not offer it", x.Name, x.Point)
					require.Empty(t, fault, x.Point)
				}
			})
			for _, x := range m.Mistakes {
				t.Run(x.Name, func(t *testing.T) {
					path := filepath.Join(dir, x.File)
					right, err := os.ReadFile(path)
					require.NoError(t, err)
					require.Equal(t, 1, strings.Count(string(right), x.Old), "how often %s has what is to be changed:\n%s", x.File, x.Old)
					require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(right), x.Old, x.New, 1)), 0o644))
					defer func() { require.NoError(t, os.WriteFile(path, right, 0o644)) }()
					fault := m.faults(t, dir, x)[x.Point]
					require.NotEmpty(t, fault, "the kit does not find it at %s", x.Point)
					t.Logf("found: %s", fault)
				})
			}
		})
	}
}

// faults builds what is in dir and asks it the points that have to find the
// mistakes: what does not hold of each.
func (m manifest) faults(t *testing.T, dir string, mistakes ...mistake) map[string]string {
	t.Helper()
	points := []string{} // and not nil, which is all
	for _, x := range mistakes {
		points = append(points, x.Point)
	}
	out, err := m.build(dir)
	require.NoError(t, err, "building the adapter:\n%s", out)
	report, err := Kit{Command: m.Run, Dir: dir, Errors: t.Output(), Points: points, Fast: true}.Run()
	require.NoError(t, err)
	faults := map[string]string{}
	for _, p := range report.Points {
		if p.NotOffered == "" {
			faults[p.Name] = p.Fault
		}
	}
	return faults
}

// mirror is the repository in another place: of the package a copy with all that is
// built, its times kept so that little is built anew; of the rest links.
func mirror(t *testing.T, name string) string {
	t.Helper()
	from, err := filepath.Abs(root)
	require.NoError(t, err)
	to := t.TempDir()
	for _, part := range []string{"wasm", "sdk", name} {
		entries, err := os.ReadDir(from)
		require.NoError(t, err)
		for _, e := range entries {
			if e.Name() != part && e.Name() != ".git" {
				require.NoError(t, os.Symlink(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())))
			}
		}
		from, to = filepath.Join(from, part), filepath.Join(to, part)
		if part != name {
			require.NoError(t, os.Mkdir(to, 0o755))
		}
	}
	out, err := exec.Command("cp", "-a", from, to).CombinedOutput()
	require.NoError(t, err, "copying the package: %s", out)
	return to
}
