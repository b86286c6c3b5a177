package wasm_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

var update = flag.Bool("update", false, "write vectors.jsonl anew, its answers as the plugin gives them natively")

func vectors(t testing.TB) []wasm.Vector {
	all, err := wasm.Vectors()
	require.NoError(t, err)
	return all
}

// Every rule of the catalogue is in the vectors by its example, in one language
// or the other, and every story of stories_test.go; the rest is written by hand.
// To add one, write its name and event in a new line, run with -update and read
// what came of it.
func TestVectorsAreTheNativeAnswers(t *testing.T) {
	all := vectors(t)
	place := map[string]int{}
	for i, v := range all {
		_, twice := place[v.Name]
		require.False(t, twice, "two vectors are called %q", v.Name)
		place[v.Name] = i
	}
	put := func(name string, event json.RawMessage, again bool) {
		i, have := place[name]
		if !*update {
			require.True(t, have, "%s has no vector: run with -update", name)
			return
		}
		v := wasm.Vector{Name: name, Event: event, Input: event}
		switch {
		case !have:
			place[name] = len(all)
			all = append(all, v)
		case again:
			all[i] = v
		}
	}
	for i, r := range plugin.Rules() {
		put(r.Name(), example(t, r, i), false)
	}
	for _, v := range told(t) {
		put(v.Name, v.Event, true)
	}
	var file bytes.Buffer
	m := new(plugin.Module)
	for _, v := range all {
		answer := m.Answer(v.Input)
		fmt.Fprintf(&file, `{"name":%q,"event":%s,"answer":%s}`+"\n", v.Name, v.Event, answer)
		if !*update {
			same(t, string(answer), string(v.Answer), "vector of the", v.Name)
		}
	}
	if *update {
		require.NoError(t, os.WriteFile("vectors.jsonl", file.Bytes(), 0o644))
	}
}

func example(t testing.TB, r plugin.Rule, i int) json.RawMessage {
	event := map[string]any{"v": 1, "at": int64(1795530727000), "utc_offset_min": -300, "locale": []string{"en-CA", "fr-CA"}[i%2], "exchange": r.Exchange()}
	out, err := json.Marshal(event)
	require.NoError(t, err)
	return out
}

// What Go built, what was made of it and the plugin itself say the same, byte
// for byte, in both engines. A compiler of either kind that gets something
// wrong shows here.
func TestRawSealedAndNativeAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares: the race detector has nothing to find here")
	}
	engines := map[string]wazero.RuntimeConfig{
		"interpreter": wazero.NewRuntimeConfigInterpreter(),
		"compiler":    wazero.NewRuntimeConfig(),
	}
	raw := build(t)
	all := vectors(t)
	for name, config := range engines {
		t.Run(name, func(t *testing.T) {
			modules := map[string]*module{"raw": start(t, config, raw), "sealed": start(t, config, wasm.Module)}
			native := new(plugin.Module)
			for _, v := range all {
				want := string(native.Answer(v.Input))
				for kind, m := range modules {
					same(t, want, m.call(t, "tillwise_answer", v.Input), kind, v.Name)
				}
				decide := decideInput(v)
				want = string(native.Decide(decide))
				for kind, m := range modules {
					same(t, want, m.call(t, "tillwise_decide", decide), kind, "deciding "+v.Name)
				}
			}
			for kind, m := range modules {
				same(t, string(native.Describe()), m.call(t, "tillwise_describe", nil), kind, "describe")
			}
		})
	}
}

// same compares without printing kilobytes of JSON: one place where the two part
// tells enough.
func same(t *testing.T, want, got, kind, what string) {
	t.Helper()
	if got == want {
		return
	}
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	around := func(s string) string { return s[max(0, at-60):min(len(s), at+60)] }
	t.Fatalf("the %s module and the plugin part in %q, at byte %d (is what is committed older than the plugin? run make generate, and read what changed)\nplugin: …%s…\nmodule: …%s…",
		kind, what, at, around(want), around(got))
}

// Settings and what is wrong with them cross the border like everything else.
func TestConfigureAgrees(t *testing.T) {
	m := start(t, wazero.NewRuntimeConfigInterpreter(), wasm.Module)
	native := new(plugin.Module)
	event := vectors(t)[0].Input
	for _, settings := range []string{
		`{"policy":{"override":true,"methods":["sms"]},"texts":{"contacts":{"supervisor":{"en-CA":"Dial 1"}}}}`,
		`{"policy":{"methods":1}}`, `{"policy":`, `[]`, `{}`,
	} {
		same(t, string(native.Configure([]byte(settings))), m.call(t, "tillwise_configure", []byte(settings)), "sealed", settings)
		same(t, string(native.Answer(event)), m.call(t, "tillwise_answer", event), "sealed", "after "+settings)
	}
}

func TestBufferHasALimit(t *testing.T) {
	m := start(t, wazero.NewRuntimeConfigInterpreter(), wasm.Module)
	tests := []struct {
		name string
		size int32
		want bool
	}{
		{"nothing", 0, true},
		{"the limit", plugin.MaxInput, true},
		{"above", plugin.MaxInput + 1, false},
		{"negative", -1, false},
		{"the most negative", -1 << 31, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := m.ExportedFunction("tillwise_buffer").Call(t.Context(), api.EncodeI32(tt.size))
			require.NoError(t, err)
			require.Equal(t, tt.want, out[0] != 0)
			out, err = m.ExportedFunction("tillwise_answer").Call(t.Context(), api.EncodeI32(tt.size))
			require.NoError(t, err, "a length out of bounds is an error, not a trap")
			answer, _ := m.Memory().Read(uint32(out[0]>>32), uint32(out[0]))
			require.Equal(t, !tt.want, bytes.Contains(answer, []byte(plugin.TooLarge)))
		})
	}
}

// decideInput is what replay asks of a vector's record.
func decideInput(v wasm.Vector) []byte {
	var a struct {
		Record struct{ Facts, Before, Policy json.RawMessage }
	}
	if json.Unmarshal(v.Answer, &a) != nil || a.Record.Facts == nil {
		return []byte(`{"v":1}`)
	}
	return fmt.Appendf(nil, `{"v":1,"facts":%s,"sale":%s,"policy":%s}`, a.Record.Facts, a.Record.Before, a.Record.Policy)
}

// build makes the module that was sealed into the committed one.
func build(t *testing.T) []byte {
	out := filepath.Join(t.TempDir(), "raw.wasm")
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-buildmode=c-shared", "-o", out, "./guest")
	c.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	said, err := c.CombinedOutput()
	require.NoError(t, err, string(said))
	raw, err := os.ReadFile(out)
	require.NoError(t, err)
	return raw
}

type module struct{ api.Module }

func start(t *testing.T, config wazero.RuntimeConfig, code []byte) *module {
	ctx := t.Context()
	r := wazero.NewRuntimeWithConfig(ctx, config)
	t.Cleanup(func() { r.Close(ctx) })
	wasi_snapshot_preview1.MustInstantiate(ctx, r) // for the raw one
	m, err := r.InstantiateWithConfig(ctx, code, wazero.NewModuleConfig().WithStartFunctions("_initialize"))
	require.NoError(t, err)
	return &module{m}
}

func (m *module) call(t *testing.T, face string, input []byte) string {
	ctx := t.Context()
	var args []uint64
	if input != nil {
		at, err := m.ExportedFunction("tillwise_buffer").Call(ctx, uint64(len(input)))
		require.NoError(t, err)
		if at[0] == 0 {
			return string(new(plugin.Module).Answer(input)) // too large, and every host has to say so itself
		}
		require.True(t, m.Memory().Write(uint32(at[0]), input))
		args = []uint64{uint64(len(input))}
	}
	out, err := m.ExportedFunction(face).Call(ctx, args...)
	require.NoError(t, err)
	view, ok := m.Memory().Read(uint32(out[0]>>32), uint32(out[0]))
	require.True(t, ok)
	return string(view)
}
