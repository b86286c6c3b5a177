//go:build sdk

package conformance

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the table anew")

const (
	tablePage  = root + "/wasm/sdk/README.md"
	tableStart = "<!-- table -->\n"
	tableEnd   = "<!-- /table -->"
	tableHead  = "| host | engine | points that hold | not offered | start to first card | a card | package |\n|---|---|---|---|---|---|---|\n"
)

// names are what the table calls a host.
var names = map[string]string{
	"js": "JavaScript in Node", "js-chromium": "JavaScript in Chromium", "python": "Python", "java": "Java", "rust": "Rust", "c": "C", "go-compiled": "Go, compiled", "go-interpreter": "Go",
}

// measures are what TestKit has left of a host.
type measures struct {
	Engine     string  `json:"engine"`
	Passed     int     `json:"passed"`
	Failed     int     `json:"failed"`
	NotOffered int     `json:"not_offered"`
	StartMS    float64 `json:"start_to_first_card_ms"`
	CardUS     float64 `json:"card_us"`
}

// The table compares the hosts by what TestKit has measured, in one place and at one
// time. Without -update it is held to what does not depend on the machine.
func TestTable(t *testing.T) {
	page, err := os.ReadFile(tablePage)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(page), tableStart)
	require.True(t, found, "%s has to have a line %s", tablePage, tableStart)
	table, after, found := strings.Cut(rest, tableEnd)
	require.True(t, found, "%s has to have a line %s", tablePage, tableEnd)
	if *update {
		table = makeTable(t)
		require.NoError(t, os.WriteFile(tablePage, []byte(before+tableStart+table+tableEnd+after), 0o644))
	}
	rows, found := strings.CutPrefix(table, tableHead)
	require.True(t, found, "the table's head is not this program's: run with -update after the kit was run on every host")
	lines := strings.Split(strings.TrimSuffix(rows, "\n"), "\n")
	require.Len(t, lines, len(hosts), "a row for each host")
	points := 0
	for i, line := range lines {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		require.Len(t, cells, 7, line)
		require.Equal(t, names[hosts[i]], cells[0], "the rows are in the order of hosts")
		var holds, notOffered int
		_, err := fmt.Sscan(cells[2]+" "+cells[3], &holds, &notOffered)
		require.NoError(t, err, line)
		if points == 0 {
			points = holds + notOffered
		}
		require.Equal(t, points, holds+notOffered, "every host is asked as many points: %s", line)
		if m, err := readMeasures(hosts[i]); !errors.Is(err, fs.ErrNotExist) {
			require.NoError(t, err)
			require.Equal(t, []int{m.Passed, m.NotOffered}, []int{holds, notOffered}, "%s: run with -update", hosts[i])
		}
	}
}

func makeTable(t *testing.T) string {
	table := tableHead
	for _, name := range hosts {
		m, err := readMeasures(name)
		require.NoError(t, err, "run the kit on it first: make sdk-%s", name)
		require.Zero(t, m.Failed, "%s does not hold every point", name)
		table += fmt.Sprintf("| %s | %s | %d | %d | %.0f ms | %s | %s |\n", names[name], m.Engine, m.Passed, m.NotOffered, m.StartMS, took(m.CardUS), packageSize(t, name))
	}
	return table
}

func readMeasures(name string) (m measures, err error) {
	raw, err := os.ReadFile(filepath.Join(root, "bin/conformance", name+".json"))
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(raw, &m)
}

func took(us float64) string {
	if us < 1000 {
		return fmt.Sprintf("%.0f µs", us)
	}
	return fmt.Sprintf("%.1f ms", us/1000)
}

// packageSize is that of the package's file; a Go program takes the host as source.
func packageSize(t *testing.T, name string) string {
	m, err := readManifest(name)
	require.NoError(t, err)
	if m.Package == "" {
		return "—"
	}
	found, err := filepath.Glob(filepath.Join(m.dir, m.Package))
	require.NoError(t, err)
	require.Len(t, found, 1, "%s: %s has to name one file: make -C wasm/sdk/%s package", name, m.Package, name)
	info, err := os.Stat(found[0])
	require.NoError(t, err)
	return fmt.Sprintf("%.1f MB", float64(info.Size())/1e6)
}
