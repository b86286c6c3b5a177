package tui

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// native is the plugin itself as an engine: what the module answers, without WebAssembly.
type native struct{}

func (native) Answer(ctx context.Context, ev host.Event) (host.Answer, error) {
	return new(configured).Answer(ctx, ev)
}

// configured is the same with a store's settings.
type configured struct{ m plugin.Module }

func (e *configured) Answer(_ context.Context, ev host.Event) (a host.Answer, err error) {
	in, err := json.Marshal(ev)
	if err != nil {
		return a, err
	}
	out := e.m.Answer(in)
	var failed struct{ Error *plugin.Error }
	if err := json.Unmarshal(out, &failed); err != nil || failed.Error != nil {
		return a, fmt.Errorf("the plugin answered %s (%v)", out, err)
	}
	return a, json.Unmarshal(out, &a)
}
