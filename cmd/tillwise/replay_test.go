package main

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/tui"
	"github.com/tillwise/tillwise/tui/stepper"
)

// Stepping ends as the report would, whatever was looked at on the way.
func TestStepEndsAsAReplay(t *testing.T) {
	changed := &replay.Report{Changed: 1, Groups: []*replay.Group{{Rule: "verify/409/tries_exceed", Verdict: replay.VerdictChanged,
		Diffs: []replay.Diff{{Member: "owner", Recorded: "customer", New: "flexiti"}}}}}
	step := []replay.Step{{Rule: "verify/409/tries_exceed"}}
	tests := []struct {
		name     string
		step     string
		walk     replay.Walk
		approved *replay.Approvals
		code     int
		out      string
		shown    bool
	}{
		{"nothing changed", "changes", replay.Walk{Report: &replay.Report{}}, nil, 0, "OK: nothing changed\nThere is no change to walk through: --step=all walks through every record.\n", false},
		{"all, and nothing changed", "all", replay.Walk{Steps: step, Report: &replay.Report{}}, nil, 0, "OK: nothing changed\n", true},
		{"not approved", "changes", replay.Walk{Steps: step, Report: changed}, nil, 1, "CHANGED: 1 not approved, 0 approved, 0 expected and missing\n", true},
		{"approved", "changes", replay.Walk{Steps: step, Report: changed}, replay.Approve(changed), 0, "OK: nothing changed but what is approved (1)\n", true},
		{"damaged", "changes", replay.Walk{Steps: step, Report: &replay.Report{Damaged: 2}}, nil, 3,
			"DAMAGED: 2 lines damaged, 0 missing; changes: 0 not approved, 0 approved, 0 expected and missing\n", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("NO_COLOR", "1")
			var out bytes.Buffer
			var shown *stepper.Config
			cmd := &cobra.Command{}
			cmd.SetContext(t.Context())
			cmd.SetOut(&out)
			err := (&replayFlags{step: tt.step}).show(cmd, &tt.walk, tt.approved, func(_ context.Context, c stepper.Config) error { shown = &c; return nil })
			require.Equal(t, tt.code, exitCode(err))
			require.Equal(t, tt.out, out.String())
			require.Equal(t, tt.shown, shown != nil)
			if shown != nil {
				require.Equal(t, tui.ThemeMono, shown.Look.Theme)
			}
		})
	}
	err := (&replayFlags{step: "all"}).show(&cobra.Command{}, &replay.Walk{Steps: step, Report: changed}, nil,
		func(context.Context, stepper.Config) error { return errors.New("no terminal") })
	require.Equal(t, 2, exitCode(err))
}
