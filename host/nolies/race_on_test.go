//go:build race

package nolies

import (
	"testing"

	"github.com/tillwise/tillwise/host/native"
	"github.com/tillwise/tillwise/host/serve"
)

const raceDetector = true

// tillEngine has nothing of the module's, which would take minutes to load here.
func tillEngine(*testing.T) serve.Engine {
	return native.Engine{Settings: `{"policy":` + oneForAll + `}`}
}
