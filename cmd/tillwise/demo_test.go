package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Every row of the catalogue has its turn in the demo, on a call that it is
// about, and so has every way to get no reply.
func TestDemoShowsEveryRule(t *testing.T) {
	steps := demoSteps()
	rules := plugin.Rules()
	require.Len(t, steps, len(rules)+12)
	for i, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			var ev map[string]any
			require.NoError(t, json.Unmarshal(step.event(i+1, i+1, len(steps), printedAt), &ev))
			delete(ev, "sale_id")
			in, err := json.Marshal(ev)
			require.NoError(t, err)
			var a host.Answer
			require.NoError(t, json.Unmarshal(new(plugin.Module).Answer(in), &a))
			if i < len(rules) {
				require.Equal(t, step.name, a.Decision.Matched.Rule)
			} else {
				require.Equal(t, "no_reply", a.Decision.Matched.By)
			}
		})
	}
}
