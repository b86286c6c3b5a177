//go:build !race

package nolies

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
)

const raceDetector = false

// engine is one for all: to compile the module takes its time.
var engine = sync.OnceValues(func() (*host.Engine, error) {
	return host.New(context.Background(), host.Config{Compiled: true, Deadline: time.Minute, Settings: []byte(`{"policy":` + oneForAll + `}`)})
})

func tillEngine(t *testing.T) serve.Engine {
	e, err := engine()
	require.NoError(t, err)
	return e
}

// TestThroughTheModule is not for the race detector: the module has no goroutine,
// and would take minutes to load there.
func TestThroughTheModule(t *testing.T) {
	e, err := engine()
	require.NoError(t, err)
	playMany(t, 1, many(20_000, 0), func() *lane { return inModule(e) })
}
