package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host/simulator"
)

func newSimulateCommand() *cobra.Command {
	var listen, scenario string
	cmd := &cobra.Command{
		Use:   "simulate",
		Short: "A Flexiti that answers, to try a POS against",
		Long: "Answers the calls of Flexiti's POS API with state behind them, and keeps a ledger of what really happened to every dollar.\n" +
			"It is a simulator built on Flexiti's public documentation, and not Flexiti: all people, numbers and money are synthetic.\n\n" +
			"A request's headers make it go wrong: Simulator-Answer gives a row of the catalogue, Simulator-Fault breaks the reply before or\n" +
			"after the work was done. A scenario in TOML does the same without a change to the POS. GET /simulator says what else there is.",
		Example: "  tillwise simulate\n" +
			"  tillwise simulate --listen 127.0.0.1:8080 --scenario lost.toml",
		Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return simulate(cmd.Context(), listen, scenario, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:7412", "the `ADDRESS` to answer at")
	cmd.Flags().StringVar(&scenario, "scenario", "", "what goes wrong, and when, from this `FILE` in TOML")
	return cmd
}

// simulate answers until ctx is done. A broken scenario is told before the address is opened.
func simulate(ctx context.Context, listen, scenario string, out io.Writer) error {
	var c simulator.Config
	if scenario != "" {
		text, err := os.ReadFile(scenario)
		if err != nil {
			return fmt.Errorf("reading the scenario: %w", err)
		}
		if c.Scenario, err = simulator.ParseScenario(scenario, text); err != nil {
			return err
		}
	}
	if _, err := hostOf(listen, "127.0.0.1:7412"); err != nil {
		return err
	}
	l, err := openPort(ctx, listen, "simulator")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, simulator.Greeting(l.Addr().String())); err != nil {
		return errors.Join(err, l.Close())
	}
	return simulator.New(c).Serve(ctx, l)
}
