package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	ownCommand  = regexp.MustCompile(`(?m)(?:^|[` + "`" + `=" ])(?:sudo )?(?:[\w./:\\-]*[/\\])?tillwise(?:-new|\.exe)? ((?:till|serve|verify|replay|settings|journal)\b[^` + "`\n" + `|"]*)`)
	inThisTree  = regexp.MustCompile(`\b(?:host|cmd|plugin|tui|wasm)/[\w./@-]+`)
	setByDropIn = regexp.MustCompile(`(?m)^Environment="?(\w+)=`)
)

// What the page and the units have somebody type is what the program takes, and
// the files that they name are there.
func TestRunningForReal(t *testing.T) {
	units, err := filepath.Glob("systemd/*.service")
	require.NoError(t, err)
	require.Len(t, units, 2)
	set := map[string]bool{}
	for _, path := range append(units, "RUNNING.md") {
		t.Run(path, func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			page := strings.NewReplacer("${LISTEN}", "127.0.0.1:7411", "$OPTIONS", "").Replace(string(text))
			commands := ownCommand.FindAllStringSubmatch(page, -1)
			require.NotEmpty(t, commands)
			for _, m := range commands {
				cmd, args, err := newCommand().Find(strings.Fields(m[1]))
				require.NoError(t, err, m[0])
				require.NoError(t, cmd.ParseFlags(args), m[0])
				require.NoError(t, cmd.ValidateFlagGroups(), m[0])
				require.NoError(t, cmd.ValidateArgs(cmd.Flags().Args()), m[0])
			}
			for _, file := range inThisTree.FindAllString(page, -1) {
				_, err := os.Stat(filepath.Join("../..", strings.TrimSuffix(file, ".")))
				require.NoError(t, err)
			}
			for _, m := range setByDropIn.FindAllStringSubmatch(page, -1) {
				set[m[1]] = true
				if path == "RUNNING.md" {
					require.Contains(t, []string{"LISTEN", "OPTIONS"}, m[1], "the units know no other")
				}
			}
		})
	}
	for _, path := range units {
		unit, err := os.ReadFile(path)
		require.NoError(t, err)
		start := regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindSubmatch(unit)
		for _, name := range []string{"${LISTEN}", "$OPTIONS"} {
			require.True(t, slices.Contains(strings.Fields(string(start[1])), name), "%s: a drop-in sets %s", path, name)
		}
	}
	require.True(t, set["LISTEN"] && set["OPTIONS"])
}
