package host_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// BenchmarkFirstCard is what a till waits for after it was switched on: a
// process of its own (this test binary), the module loaded without a cache, and
// one card. The module's size is reported beside it.
func BenchmarkFirstCard(b *testing.B) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	require.NoError(b, err)
	_, err = w.Write(wasm.Module)
	require.NoError(b, err)
	require.NoError(b, w.Close())
	for b.Loop() {
		require.NoError(b, exec.Command(os.Args[0], "-test.run=^TestFirstCard$").Run())
	}
	b.ReportMetric(float64(len(wasm.Module))/1e6, "MB-module")
	b.ReportMetric(float64(packed.Len())/1e3, "kB-gzip")
}

// TestFirstCard is the process that BenchmarkFirstCard starts, and a test of its own.
func TestFirstCard(t *testing.T) {
	e, err := host.New(t.Context(), host.Config{})
	require.NoError(t, err)
	_, err = e.Answer(t.Context(), sample())
	require.NoError(t, err)
}

// BenchmarkCard is a card on the till: the event as Go types, the interpreter,
// and the answer as Go types.
func BenchmarkCard(b *testing.B) {
	e, err := host.New(b.Context(), host.Config{Instances: 1})
	require.NoError(b, err)
	defer e.Close(context.Background())
	ev := sample()
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		if _, err := e.Answer(b.Context(), ev); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}

// BenchmarkAnswer is tillwise_answer, JSON to JSON: natively, and in wazero's
// two engines.
func BenchmarkAnswer(b *testing.B) {
	in, err := json.Marshal(sample())
	require.NoError(b, err)
	b.Run("native", func(b *testing.B) {
		m := new(plugin.Module)
		b.ReportAllocs()
		for b.Loop() {
			m.Answer(in)
		}
	})
	for name, compiled := range map[string]bool{"interpreter": false, "compiler": true} {
		b.Run(name, func(b *testing.B) {
			e, err := host.New(b.Context(), host.Config{Compiled: compiled, Instances: 1, Calls: 1 << 30})
			require.NoError(b, err)
			defer e.Close(context.Background())
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.AnswerJSON(b.Context(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDecide is what replay does for each record, compiled.
func BenchmarkDecide(b *testing.B) {
	var a struct {
		Record struct{ Facts, Before, Policy json.RawMessage }
	}
	require.NoError(b, json.Unmarshal([]byte(native(b, sample())), &a))
	in, err := json.Marshal(map[string]any{"v": 1, "facts": a.Record.Facts, "sale": a.Record.Before, "policy": a.Record.Policy})
	require.NoError(b, err)
	e, err := host.New(b.Context(), host.Config{Compiled: true, Instances: 1, Calls: 1 << 30})
	require.NoError(b, err)
	defer e.Close(context.Background())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.DecideJSON(b.Context(), in); err != nil {
			b.Fatal(err)
		}
	}
}
