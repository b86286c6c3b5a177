package wasm_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// README.md is what the module is embedded by: its tables have every export with
// its type, every limit with its value, and every kind of error.
func TestReadmeIsTheContract(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	table := func(heading string) map[string][]string {
		_, text, ok := strings.Cut(string(page), "\n## "+heading+"\n")
		require.True(t, ok, heading)
		text, _, _ = strings.Cut(text, "\n## ")
		rows := map[string][]string{}
		for _, m := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (.*) \\|$").FindAllStringSubmatch(text, -1) {
			rows[m[1]] = strings.Split(m[2], " | ")
		}
		return rows
	}

	m := start(t, wazero.NewRuntimeConfigInterpreter(), wasm.Module)
	want := map[string]string{"memory": "memory"}
	for name, f := range m.ExportedFunctionDefinitions() {
		var params, results []string
		for i, p := range f.ParamTypes() {
			params = append(params, map[bool]string{true: "size", false: "length"}[name == "tillwise_buffer" && i == 0]+": "+api.ValueTypeName(p))
		}
		for _, r := range f.ResultTypes() {
			results = append(results, " → "+api.ValueTypeName(r))
		}
		want[name] = "(" + strings.Join(params, ", ") + ")" + strings.Join(results, "")
	}
	got := map[string]string{}
	for name, cells := range table("Exports") {
		got[name] = cells[0]
	}
	require.Equal(t, want, got)

	var described struct{ Limits map[string]int }
	require.NoError(t, json.Unmarshal([]byte(m.call(t, "tillwise_describe", nil)), &described))
	limits := table("Limits")
	require.ElementsMatch(t, slices.Collect(maps.Keys(described.Limits)), slices.Collect(maps.Keys(limits)))
	for name, value := range described.Limits {
		require.Equal(t, fmt.Sprint(value), limits[name][0], name)
	}

	kinds := table("Errors")
	for _, kind := range []plugin.ErrorKind{plugin.BadJSON, plugin.BadEvent, plugin.BadVersion, plugin.BadFacts, plugin.BadPolicy, plugin.TooLarge, plugin.TooDeep, plugin.ActionNotOffered} {
		require.Len(t, kinds[string(kind)], 2, "%s: what it means, and what to do", kind)
	}
	for _, kind := range []plugin.ErrorKind{plugin.ModuleFailed, plugin.DeadlinePassed, plugin.WrongModule} {
		require.Contains(t, string(page), "`"+string(kind)+"`")
	}
}
