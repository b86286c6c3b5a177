// Package native is the plugin as an engine: what the module answers, without
// WebAssembly, and so at once. It is for tests of what stands around an engine; a
// till has the module, whose limits and checks nothing here replaces.
package native

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Engine answers as a *host.Engine does. It is safe for concurrent use: it has no
// state.
type Engine struct {
	Settings string // a store's, as JSON; empty: the defaults
}

// Take answers an event, as host.Engine.Take does. The event is read only.
func (e Engine) Take(_ context.Context, event []byte) (raw []byte, a host.Answer, err error) {
	m := new(plugin.Module)
	if e.Settings != "" {
		if out := m.Configure([]byte(e.Settings)); string(out) != "{}" {
			return out, a, fmt.Errorf("configuring the plugin: %s", out)
		}
	}
	raw = m.Answer(bytes.Clone(event)) // which may write in what it reads
	var reply struct {
		host.Answer
		Error *plugin.Error `json:"error"`
	}
	switch err := json.Unmarshal(raw, &reply); {
	case err != nil:
		return raw, a, fmt.Errorf("reading the plugin's answer: %w", err)
	case reply.Error != nil:
		return raw, a, reply.Error
	}
	return raw, reply.Answer, nil
}

// Answer answers an event, as host.Engine.Answer does.
func (e Engine) Answer(ctx context.Context, ev host.Event) (host.Answer, error) {
	event, err := json.Marshal(ev)
	if err != nil {
		return host.Answer{}, fmt.Errorf("writing an event: %w", err)
	}
	_, a, err := e.Take(ctx, event)
	return a, err
}

// Describe gives the catalogue.
func (Engine) Describe(context.Context) ([]byte, error) { return new(plugin.Module).Describe(), nil }

// Safe gives the card for what cannot be answered.
func (Engine) Safe(ev host.Event) host.Answer { return new(host.Engine).Safe(ev) }

// Fallback says that nothing stands in for another module.
func (Engine) Fallback() error { return nil }

// Instances says that one call runs at once.
func (Engine) Instances() int { return 1 }

// ModuleSHA256 says that there is no module.
func (Engine) ModuleSHA256() string { return "" }
