package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/wasm/conformance"
)

func newConformCommand() *cobra.Command {
	var name, junit, jsonFile, modules string
	cmd := &cobra.Command{
		Use:   "conform [flags] -- COMMAND…",
		Short: "Ask a host in any language whether it runs the module rightly",
		Long: "Starts the command, which is a host of the module that takes JSON lines on its standard input and answers each on its\n" +
			"standard output (wasm/conformance/README.md), and asks it point by point: the vectors, whole conversations with their\n" +
			"sale, settings, every kind of error, the limits, many calls in a row, lanes at once, and modules that trap, loop, grow\n" +
			"or lie. Each line may take 30 seconds. What the command says on its standard error is passed on.\n\n" +
			"It exits with 0 when every point holds, 1 when one does not. A point that the host says it cannot hold, as a deadline in\n" +
			"an engine that has none, is named as not offered and counts for nothing.",
		Example: "  tillwise conform -- node wasm/sdk/js/conformance/adapter.mjs\n" +
			"  tillwise conform --junit conform.xml -- ./my-host --lines",
		Args: func(_ *cobra.Command, args []string) error {
			if modules == "" && len(args) == 0 {
				return usageError{fmt.Errorf("the command of the host is missing: tillwise conform -- COMMAND")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if modules != "" {
				if err := os.MkdirAll(modules, 0o755); err != nil {
					return fmt.Errorf("making the folder for the modules: %w", err)
				}
				return conformance.WriteModules(modules)
			}
			report, err := conformance.Kit{Command: args, Errors: cmd.ErrOrStderr()}.Run()
			if err != nil {
				return err
			}
			if name != "" {
				report.Name = name
			}
			if err := report.Text(cmd.OutOrStdout()); err != nil {
				return err
			}
			for _, f := range []struct {
				path  string
				write func(io.Writer) error
			}{{junit, report.JUnit}, {jsonFile, report.JSON}} {
				if err := writeReport(f.path, f.write); err != nil {
					return err
				}
			}
			if _, failed, _ := report.Count(); failed > 0 {
				return exit{1, fmt.Errorf("points that do not hold: %d", failed)}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what to call the host; as it calls itself without it")
	cmd.Flags().StringVar(&junit, "junit", "", "write the points as JUnit to this file")
	cmd.Flags().StringVar(&jsonFile, "json", "", "write the counts and times as JSON to this file")
	cmd.Flags().StringVar(&modules, "modules", "", "write the kit's modules into this folder instead, for a host that has to prepare them")
	return cmd
}

func writeReport(path string, write func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
