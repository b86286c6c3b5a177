// Package stepper walks through replayed records in a terminal: all that a
// record's card says, and beside it what a new module would have it say, with
// the differences marked. It is read-only, and looks it: no key of it is a
// card's, and its bar says so on every picture.
package stepper

import (
	"context"
	"fmt"
	"sync"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/tui"
)

// Config says what to walk through and how it looks.
type Config struct {
	Steps  []replay.Step // at least one
	Beyond int64         // records that the walk could not hold
	Look   tui.Look
}

// Run shows the steps until the person leaves or ctx ends. It needs a terminal.
func Run(ctx context.Context, c Config) error { return run(ctx, c, nil) }

// run shows the steps on a screen, nil for the terminal's.
func run(ctx context.Context, c Config, screen tcell.Screen) error {
	app := tview.NewApplication()
	if screen != nil {
		app.SetScreen(screen)
	}
	// Stop does nothing before there is a screen to close: wait for the first
	// picture. It never waits for the loop, as QueueUpdate would when that has ended.
	var first sync.Once
	release := func() bool { return true }
	app.SetAfterDrawFunc(func(tcell.Screen) { first.Do(func() { release = context.AfterFunc(ctx, app.Stop) }) })
	defer func() { release() }()
	if err := app.SetRoot(newView(c, app.Stop), true).Run(); err != nil {
		return fmt.Errorf("showing the steps: %w", err)
	}
	return nil
}
