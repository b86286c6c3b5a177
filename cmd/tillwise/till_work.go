package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/tui"
)

// till is one run of the cashier's screen.
type till struct {
	*service
	flags *tillFlags
	say   func(error) // on standard error, while nothing is drawn
	// open gives the address for the POS, and answer answers there until ctx is done.
	open   func(ctx context.Context) (net.Listener, error)
	answer func(ctx context.Context, server *serve.Server, l net.Listener) error
}

// train plays scenarios. No POS has anything to do with it.
func (t *till) train(ctx context.Context, o tui.Options) (err error) {
	name, scenarios := t.flags.training, tui.Scenarios
	var meant tui.Engine // none: a merchant's own scenarios are written for the merchant's settings
	switch {
	case name != builtIn:
		if scenarios, err = os.ReadFile(name); err != nil {
			return usageError{fmt.Errorf("reading the scenarios: %w", err)}
		}
	case t.flags.store != "":
		defaults, err := host.New(ctx, host.Config{})
		if err != nil {
			return fmt.Errorf("starting the engine with default settings: %w", err)
		}
		defer defaults.Close(context.WithoutCancel(ctx))
		meant = defaults
	}
	o.Training, err = tui.LoadTraining(ctx, t.engine, meant, name, scenarios)
	switch {
	case ctx.Err() != nil:
		return nil // ended before it began
	case err != nil:
		return usageError{fmt.Errorf("the scenarios: %w", err)}
	}
	o.Progress = trainingProgress(stateFolder(t.flags.state))
	return t.show(ctx, tui.New(o))
}

// work answers the POS and shows the cards, until ctx is done.
func (t *till) work(ctx context.Context, o tui.Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	listener, err := t.open(ctx)
	if err != nil {
		return err
	}
	var server *serve.Server
	o.Open = func() []host.Card { return server.Open() }
	if len(t.store.Service.Supervisors) > 0 {
		o.Supervisor = func(pin string) (string, error) { return server.Supervisor(pin) }
	}
	screen := tui.New(o)
	screen.Warn(tui.WarnModule, t.engine.Fallback() != nil)
	warnings := map[serve.Keeping]tui.Warning{serve.KeepingSales: tui.WarnState, serve.KeepingRecords: tui.WarnJournal}
	config := t.config()
	config.Lang = screen.Lang
	config.Show = func(c host.Card) {
		screen.Warn(tui.WarnModule, t.wrongModule || t.engine.Fallback() != nil)
		screen.Show(c)
	}
	config.Trouble = func(of serve.Keeping, err error) { screen.Warn(warnings[of], err != nil) }
	screen.Warn(tui.WarnState, config.State == "")
	records, err := t.journal()
	if err != nil {
		t.say(err)
		screen.Warn(tui.WarnJournal, true)
	}
	if records != nil {
		defer records.Close()
		config.Journal = records
	}
	if server, err = serve.New(config); err != nil {
		return err
	}
	defer server.Close(context.WithoutCancel(ctx))

	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() { choices(ctx, screen, server) })
	running.Go(func() {
		if t.answer(ctx, server, listener) != nil {
			screen.Warn(tui.WarnListen, true)
		}
	})
	return t.show(ctx, screen)
}

// show runs the screen. That the terminal went away is an end like any other:
// whoever starts the till again gives it a new one.
func (t *till) show(ctx context.Context, screen *tui.Screen) error {
	err := screen.Run(ctx)
	if errors.Is(err, tui.ErrTerminalGone) || ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("showing the screen: %w", err)
	}
	return nil
}

// choices hands on what the cashier chooses.
func choices(ctx context.Context, screen *tui.Screen, server *serve.Server) {
	for {
		select {
		case <-ctx.Done():
			return
		case ev := <-screen.Events():
			// An error is on the screen as a card already.
			_ = server.Choose(context.WithoutCancel(ctx), serve.Chosen{SaleID: ev.SaleID, Ref: ev.Ref, Action: ev.Action, SettledBy: ev.SettledBy, Locale: ev.Locale})
		}
	}
}
