package main

import (
	"context"
	"fmt"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/settings"
)

// storeFlag is the name of the flag for a store's settings, the same for every verb.
const storeFlag = "store"

const storeUsage = "the store's settings, a `FILE` in TOML"

// readStore reads a store's settings; without a file they are the defaults.
func readStore(path string) (settings.Settings, error) {
	if path == "" {
		return settings.Settings{}, nil
	}
	s, err := settings.Read(path)
	if err != nil {
		return s, usageError{err}
	}
	return s, nil
}

// openEngine starts the embedded module with a store's settings.
func openEngine(ctx context.Context, store string) (*host.Engine, error) {
	s, err := readStore(store)
	if err != nil {
		return nil, err
	}
	engine, err := host.New(ctx, host.Config{Settings: s.JSON})
	if err != nil {
		return nil, fmt.Errorf("starting the engine: %w", err)
	}
	return engine, nil
}
