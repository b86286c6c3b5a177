package main

import (
	"context"
	"io"
	"sync"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
	"github.com/tillwise/tillwise/tui/shift"
)

// demo plays a shift on the screen. Where there is no terminal it prints it, and ends.
func (t *till) demo(ctx context.Context, o tui.Options, out io.Writer) error {
	config := shift.Config{Engine: t.engine, Lane: t.store.Till.Lane, Lang: func() plugin.Lang { return o.Lang }}
	if !onTerminal() {
		return shift.Print(ctx, config, o.Look, out)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var screen *tui.Screen
	config.Lang = func() plugin.Lang { return screen.Lang() }
	s := shift.New(config)
	o.Demo, o.Clock = s.Demo(), s.Now
	screen = tui.New(o)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() { s.Run(ctx, screen) })
	return t.show(ctx, screen)
}
