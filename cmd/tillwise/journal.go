package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host/journal"
)

func newJournalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "journal",
		Short: "Look into the journals that tills keep",
		Args:  cobra.NoArgs,
		RunE:  help,
	}
	cmd.AddCommand(newJournalCheckCommand(), newJournalCatCommand())
	return cmd
}

func newJournalCheckCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check PATH...",
		Short: "Say what of a journal is whole, torn, missing or doubtful",
		Long: "Reads journals, folders and compressed files through and says, folder by folder, what is whole,\n" +
			"torn, missing or doubtful. Nothing is changed. Exit 0 when there is a journal and all of it is sound, 3 when it is\n" +
			"not, 2 when there is none or it could not be read. That the oldest segments are not there, that half lines were set\n" +
			"aside and that a till noted records it could not write is said, and is sound. Records cut off the very end cannot be seen.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			reports, err := journal.Check(args...)
			if err != nil {
				return err
			}
			for _, r := range reports {
				if !asJSON {
					err = r.Text(cmd.OutOrStdout())
				} else {
					err = json.NewEncoder(cmd.OutOrStdout()).Encode(r)
				}
				if err != nil {
					return err
				}
			}
			if code := journal.ExitCode(reports, nil); code != 0 {
				return exit{code: code}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object for each folder")
	return cmd
}

func newJournalCatCommand() *cobra.Command {
	var filter journal.Filter
	var since, until string
	cmd := &cobra.Command{
		Use:   "cat PATH...",
		Short: "Print the records of a journal, one JSON line each",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if filter.Since, err = parseTime(since); err != nil {
				return fmt.Errorf("--since: %w", err)
			}
			if filter.Until, err = parseTime(until); err != nil {
				return fmt.Errorf("--until: %w", err)
			}
			damaged, err := journal.Cat(cmd.OutOrStdout(), filter, args...)
			if err != nil {
				return err
			}
			if damaged > 0 {
				return exit{3, fmt.Errorf("%d damaged lines are not printed: see tillwise journal check", damaged)}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&filter.SaleID, "sale", "", "only records of this sale id")
	cmd.Flags().StringVar(&filter.Lane, "lane", "", "only records of this lane")
	cmd.Flags().StringVar(&filter.Rule, "rule", "", "only records of this rule, such as verify/409/tries_exceed")
	cmd.Flags().StringVar(&since, "since", "", "only records from this time on: 2026-11-23 or 2026-11-23T09:00:00-05:00")
	cmd.Flags().StringVar(&until, "until", "", "only records before this time")
	return cmd
}

// parseTime reads a day (UTC) or a time with its zone; nothing gives the zero time.
func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, fmt.Errorf("%q is neither a day (2026-11-23) nor a time (2026-11-23T09:00:00-05:00)", s)
	}
	return t, nil
}
