package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/importer"
)

func newImportCommand() *cobra.Command {
	var c importer.Config
	cmd := &cobra.Command{
		Use:   "import RECORDING...",
		Short: "Turn recorded traffic (HAR, JSON lines) into a journal",
		Long: "Answers the Flexiti calls of recordings as a till would have and keeps the records in a journal.\n" +
			"Recordings are HAR 1.2 files or JSON lines of exchanges, the oldest first. Only what may be kept reaches\n" +
			"the disk; what was skipped is counted by reason. Exit 0 when all is well, 3 when something could not be read\n" +
			"(the report says where), 2 when it could not be done.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, err := host.New(cmd.Context(), host.Config{})
			if err != nil {
				return err
			}
			defer engine.Close(cmd.Context())
			c.Engine = engine
			report, err := importer.Import(cmd.Context(), c, args...)
			if err == nil || report.Entries > 0 {
				fmt.Fprint(cmd.OutOrStdout(), report.Text())
			}
			if err != nil {
				return err
			}
			if report.Unread > 0 {
				return exit{3, fmt.Errorf("importing: %d entries could not be read whole: see the report for where they stand", report.Unread)}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&c.Dir, "journal", "", "folder of the journal to write")
	cmd.Flags().StringVar(&c.Store, "store-number", "", "store to name in the journal")
	cmd.Flags().StringVar(&c.Locale, "locale", "en-CA", "cashier's language where a recording names none")
	cobra.CheckErr(cmd.MarkFlagRequired("journal"))
	return cmd
}
