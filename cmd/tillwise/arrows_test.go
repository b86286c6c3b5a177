package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const ours = "github.com/tillwise/tillwise/"

// The parts point one way only, so that the plugin can be built into a module
// and a POS can take the host without the screen.
func TestPartsPointOneWay(t *testing.T) {
	tests := []struct {
		name string
		pkg  string
		want []string // of ours, all that it may depend on
	}{
		{name: "the plugin depends on nothing of ours", pkg: "plugin", want: []string{"plugin"}},
		{name: "the module's guest depends on the plugin", pkg: "wasm/guest", want: []string{"plugin", "wasm/guest"}},
		{name: "the embedded module depends on nothing of ours", pkg: "wasm", want: []string{"wasm"}},
		{name: "the host depends on plugin and module", pkg: "host", want: []string{"plugin", "wasm", "host"}},
		{name: "the journal needs neither engine nor screen", pkg: "host/journal", want: []string{"plugin", "wasm", "host/escape", "host/journal"}},
		{name: "the POS that does as it is told knows the plugin's names alone", pkg: "host/pos", want: []string{"plugin", "host/pos/flexiti", "host/pos"}},
		{name: "the simulator has nothing of the till's", pkg: "host/simulator",
			want: []string{"plugin", "host/escape", "host/journal", "host/settings", "host/simulator"}},
		{name: "the tap knows no till and no screen", pkg: "host/tap", want: []string{"plugin", "wasm", "host", "host/exchange", "host/tap"}},
		{name: "the kit knows what is right from the plugin, and no host", pkg: "wasm/conformance",
			want: []string{"plugin", "wasm", "wasm/conformance/handmade", "wasm/conformance"}},
		{name: "the kit's Go adapter is what a program in Go has", pkg: "wasm/conformance/adapter",
			want: []string{"plugin", "wasm", "host", "wasm/conformance/adapter/lines", "wasm/conformance/adapter"}},
		{name: "the screen depends on host and plugin", pkg: "tui", want: []string{"plugin", "wasm", "host/escape", "host", "tui"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, dep := range deps(t, tt.pkg) {
				if rest, mine := strings.CutPrefix(dep, ours); mine && !strings.HasPrefix(rest, "plugin/internal/") {
					require.Contains(t, tt.want, rest)
				}
			}
		})
	}
}

// What these would bring along makes the module half as large again, or breaks
// its promise to depend on no clock, no file and no network.
func TestPluginStaysLean(t *testing.T) {
	for _, dep := range deps(t, "plugin") {
		require.NotContains(t, []string{"fmt", "reflect", "encoding/json", "os", "time", "net", "net/url", "math/rand"}, dep)
	}
}

// Nothing that people run answers without the module's limits and checks.
func TestNativeEngineIsForTests(t *testing.T) {
	require.NotContains(t, deps(t, "cmd/tillwise"), ours+"host/native")
}

func deps(t *testing.T, pkg string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", ours+pkg).Output()
	require.NoError(t, err)
	return strings.Fields(string(out))
}
