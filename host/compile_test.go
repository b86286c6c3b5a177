package host_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm/conformance/handmade"
)

// Compiled code is given up at the deadline as interpreted code is, and the next
// call is answered.
func TestCompiledModuleThatNeverReturns(t *testing.T) {
	forever := []byte{handmade.Loop, handmade.Block, handmade.Branch, 0, handmade.End, handmade.Unreachable}
	module := handmade.Module{Faces: map[string][]byte{"tillwise_decide": forever}, Answer: `{"v":1}`}.Bytes()
	e := newEngine(t, host.Config{Module: module, Instances: 1, Deadline: 100 * time.Millisecond})
	require.NoError(t, e.Compile(t.Context()))
	for range 3 {
		_, err := e.DecideJSON(t.Context(), []byte("{}"))
		requireKind(t, err, plugin.DeadlinePassed)
		out, err := e.AnswerJSON(t.Context(), []byte("{}"))
		require.NoError(t, err)
		require.Equal(t, `{"v":1}`, string(out))
	}
}

// What does not pass the test is not gone over to.
func TestModuleThatCannotBeCompiledGoesOn(t *testing.T) {
	module := handmade.Module{Faces: map[string][]byte{"tillwise_answer": {handmade.Unreachable}}}.Bytes()
	e := newEngine(t, host.Config{Module: module, Instances: 1, Deadline: time.Minute})
	requireKind(t, e.Compile(t.Context()), plugin.ModuleFailed)
	out, err := e.DecideJSON(t.Context(), []byte("{}"))
	require.NoError(t, err)
	require.Equal(t, "{}", string(out))
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	require.Error(t, e.Compile(cancelled))
}
