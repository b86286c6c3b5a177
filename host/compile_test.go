package host_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Compiled code is given up at the deadline as interpreted code is, and the next
// call is answered.
func TestCompiledModuleThatNeverReturns(t *testing.T) {
	forever := []byte{loop, block, branch, 0, end, unreachable}
	module := handmade{faces: map[string][]byte{"tillwise_decide": forever}, answer: `{"v":1}`}.bytes()
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
	module := handmade{faces: map[string][]byte{"tillwise_answer": {unreachable}}}.bytes()
	e := newEngine(t, host.Config{Module: module, Instances: 1, Deadline: time.Minute})
	requireKind(t, e.Compile(t.Context()), plugin.ModuleFailed)
	out, err := e.DecideJSON(t.Context(), []byte("{}"))
	require.NoError(t, err)
	require.Equal(t, "{}", string(out))
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	require.Error(t, e.Compile(cancelled))
}
