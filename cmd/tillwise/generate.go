package main

import (
	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host/generate"
)

func newGenerateCommand() *cobra.Command {
	var c generate.Config
	cmd := &cobra.Command{
		Use:   "generate DIR",
		Short: "Make the journals of a synthetic week, to try replay on",
		Long: "Makes the journals of a week in a few stores that never were, with every rule of the catalogue in them,\n" +
			"given 2000 records or more. The same seed gives the same bytes; every file's header says that it is generated.",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			c.Dir = args[0]
			return generate.Write(c)
		},
	}
	cmd.Flags().Uint64Var(&c.Seed, "seed", 1, "seed of the randomness")
	cmd.Flags().IntVar(&c.Records, "records", 2000, "how many records in all")
	cmd.Flags().IntVar(&c.Stores, "stores", 4, "how many stores, up to 999")
	return cmd
}
