//go:build !race

// The race detector makes the compiler take a minute, and what runs beside what here
// TestCompiledModuleThatNeverReturns and the tests of the pool have as well.

package host

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// Calls go on while the module is compiled: none is lost, and each has the same answer.
func TestCompileLosesNoCall(t *testing.T) {
	e, err := New(t.Context(), Config{Instances: 2, Deadline: time.Minute})
	require.NoError(t, err)
	defer func() { require.NoError(t, e.Close(t.Context())) }()
	in := []byte(`{"v":1,"exchange":{"operation":"verify","status":409,"body":"{\"error\":\"secret_answer_mismatch\"}"}}`)
	want := string(new(plugin.Module).Answer(append([]byte(nil), in...)))
	stop := make(chan struct{})
	var calls sync.WaitGroup
	for range 2 {
		calls.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				out, err := e.AnswerJSON(t.Context(), in)
				if err != nil || string(out) != want {
					t.Errorf("%s: %v", out, err)
					return
				}
			}
		})
	}
	require.NoError(t, e.Compile(t.Context()))
	require.Len(t, e.retired, 1)
	require.True(t, e.pool.load.config.Compiled)
	for range 100 {
		out, err := e.AnswerJSON(t.Context(), in)
		require.NoError(t, err)
		require.Equal(t, want, string(out))
	}
	close(stop)
	calls.Wait()
}
