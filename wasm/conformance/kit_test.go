package conformance

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/wasm/conformance/adapter/lines"
)

// hostVar names what this binary is when the kit starts it.
const hostVar = "TILLWISE_CONFORMANCE_HOST"

// TestMain is a host where the kit has started it as one, and else the tests.
func TestMain(m *testing.M) {
	kind := os.Getenv(hostVar)
	if kind == "" {
		os.Exit(m.Run())
	}
	if err := fake(kind); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// fake is the Go host, compiled or not, or with a mistake.
func fake(kind string) error {
	return lines.Serve(context.Background(), kind == "compiled", os.Stdin, os.Stdout)
}

// asked is a kit that asks this binary as a host of some kind.
func asked(t *testing.T, kind string) Kit {
	t.Setenv(hostVar, kind)
	return Kit{Command: []string{os.Args[0]}, Errors: t.Output(), Fast: true, Calls: 200, Limit: 30 * time.Second}
}

// The Go host holds every point.
func TestGoHostHolds(t *testing.T) {
	for _, kind := range []string{"compiled", "interpreter"} {
		t.Run(kind, func(t *testing.T) {
			report, err := asked(t, kind).Run()
			require.NoError(t, err)
			require.NoError(t, report.Text(t.Output()))
			_, failed, _ := report.Count()
			require.Zero(t, failed)
		})
	}
}
