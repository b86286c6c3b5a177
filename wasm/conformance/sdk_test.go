//go:build sdk

package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is the repository, seen from here.
const root = "../.."

// hosts are all that the kit is run on, in the order of the table.
var hosts = []string{"js", "js-chromium", "python", "java", "rust", "c", "go-compiled", "go-interpreter"}

// manifest says how a package's adapter is built and run, where its package lies
// when it is made, and which mistakes the kit has to find in it.
type manifest struct {
	Build    []string          `json:"build"`
	Run      []string          `json:"run"`
	Modules  string            `json:"modules"` // a folder for the kit's modules, of a package that prepares them; "": none
	Package  string            `json:"package"` // a pattern, from the package's folder
	Mistakes []mistake         `json:"mistakes"`
	Cannot   map[string]string `json:"cannot"`

	dir string
}

// readManifest gives fs.ErrNotExist of a package that is not there.
func readManifest(name string) (m manifest, err error) {
	switch name {
	case "go-compiled", "go-interpreter":
		m = manifest{Build: []string{"go", "build", "-o", "bin/conformance/adapter", "./wasm/conformance/adapter"}, Run: []string{"bin/conformance/adapter"}}
		if name == "go-compiled" {
			m.Run = append(m.Run, "--compiled")
		}
		m.dir, err = filepath.Abs(root)
		return m, err
	}
	pkg, browser := strings.CutSuffix(name, "-chromium")
	if m.dir, err = filepath.Abs(filepath.Join(root, "wasm/sdk", pkg)); err != nil {
		return m, err
	}
	raw, err := os.ReadFile(filepath.Join(m.dir, "conformance/mistakes.json"))
	if err != nil {
		return m, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err = d.Decode(&m); browser {
		m.Run = []string{"node", "conformance/browser.mjs"}
	}
	return m, err
}

// built is the manifest of a host that is ready to run.
func built(t testing.TB, name string) manifest {
	t.Helper()
	m, err := readManifest(name)
	if _, bench := t.(*testing.B); bench && errors.Is(err, fs.ErrNotExist) {
		t.Skipf("there is no package %s here", name)
	}
	require.NoError(t, err)
	require.NotEmpty(t, m.Run, "mistakes.json has to say how the adapter is run")
	if out, err := m.build(m.dir); err != nil {
		if _, bench := t.(*testing.B); bench {
			t.Skipf("%s cannot be built here: %s", name, lastLine(out))
		}
		t.Fatalf("building the adapter: %v\n%s", err, out)
	}
	return m
}

func (m manifest) build(dir string) ([]byte, error) {
	if m.Modules != "" {
		if err := os.MkdirAll(filepath.Join(dir, m.Modules), 0o755); err != nil {
			return nil, err
		}
		if err := WriteModules(filepath.Join(dir, m.Modules)); err != nil {
			return nil, err
		}
	}
	if len(m.Build) == 0 {
		return nil, nil
	}
	cmd := exec.Command(m.Build[0], m.Build[1:]...)
	cmd.Dir = dir
	return cmd.CombinedOutput()
}

func lastLine(out []byte) string {
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	return string(lines[len(lines)-1])
}

// Every package holds every point that it offers to hold.
func TestKit(t *testing.T) {
	for _, name := range hosts {
		t.Run(name, func(t *testing.T) {
			m := built(t, name)
			report, err := Kit{Command: m.Run, Dir: m.dir, Errors: t.Output()}.Run()
			require.NoError(t, err)
			require.NoError(t, report.Text(t.Output()))
			dir := filepath.Join(root, "bin/conformance")
			require.NoError(t, os.MkdirAll(dir, 0o755))
			var file bytes.Buffer
			require.NoError(t, report.JSON(&file))
			require.NoError(t, os.WriteFile(filepath.Join(dir, name+".json"), file.Bytes(), 0o644))
			_, failed, _ := report.Count()
			require.Zero(t, failed, "points that do not hold")
		})
	}
}

// Each package's folder is a host of the table, and each of them is there.
func TestEveryPackageIsAsked(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(root, "wasm/sdk/*/README.md"))
	require.NoError(t, err)
	for _, path := range found {
		name := filepath.Base(filepath.Dir(path))
		require.True(t, slices.Contains(hosts, name), "%s: add it to hosts", path)
	}
}
