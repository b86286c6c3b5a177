package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui/glance"
)

func newGlanceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "glance",
		Short: "Test with cashiers whether the cards are understood at a glance",
		Long: "Makes a kit to test with a few cashiers whether the cards are understood at a glance: screens to print, questions,\n" +
			"a sheet to fill and the key; and scores the filled sheet. Its README, tui/glance/README.md, says how to go about it.",
		Example: "  tillwise glance make --lang fr --seed 1 --out group-1\n" +
			"  tillwise glance score group-1/sheet.csv",
		Args: cobra.NoArgs,
		RunE: help,
	}
	cmd.AddCommand(newGlanceMakeCommand(), newGlanceScoreCommand())
	return cmd
}

type glanceFlags struct {
	lang    string
	seed    uint64
	cards   int
	readers int
	out     string
}

func newGlanceMakeCommand() *cobra.Command {
	var f glanceFlags
	cmd := &cobra.Command{
		Use:   "make",
		Short: "Make a kit: screens, questions, a sheet to fill and the key",
		Long: "Writes a kit into a folder. The same language, seed and number of cards give the same kit; groups with seeds next to\n" +
			"each other see other cards, as far as there are any. key.csv is for who leads the test, all else for the readers.\n" +
			"A folder that holds anything but a kit that nobody has filled is left as it is.",
		Example: "  tillwise glance make --lang fr --seed 1 --out group-1",
		Args:    exactly(0, "no arguments: the folder is named with --out"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.lang, "lang", "en", "the language of the screens and the questions: en or fr")
	flags.Uint64Var(&f.seed, "seed", 1, "which cards: a `NUMBER` for each group")
	flags.IntVar(&f.cards, "cards", 30, fmt.Sprintf("how many cards, %d to %d", glance.MinCards, glance.MaxCards))
	flags.IntVar(&f.readers, "readers", 10, "how many readers the sheet has rows for")
	flags.StringVar(&f.out, "out", "", "the `DIR` to write the kit into (needed)")
	return cmd
}

func (f *glanceFlags) run(cmd *cobra.Command) error {
	if l := strings.ToLower(f.lang); !strings.HasPrefix(l, "en") && !strings.HasPrefix(l, "fr") {
		return usageError{errors.New("--lang must be en or fr")}
	}
	if f.out == "" {
		return usageError{errors.New("name a folder for the kit with --out")}
	}
	engine, err := openEngine(cmd.Context(), "")
	if err != nil {
		return err
	}
	defer engine.Close(context.WithoutCancel(cmd.Context()))
	name, err := glance.Make(cmd.Context(), engine, glance.Plan{Lang: plugin.LangOf(f.lang), Seed: f.seed, Cards: f.cards}, f.readers, f.out)
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: kit %s, %d screens, rows for %d readers\n", f.out, name, f.cards, f.readers)
	return nil
}

func newGlanceScoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "score FILE",
		Short: "Say how the cards of a filled sheet were understood",
		Long: "Reads a kit's filled sheet, with commas, semicolons or tabs and answers in English or French, and reports how each\n" +
			"card was understood, how often a mistake would have cost money or privacy, and which cards to mend first. Intervals are\n" +
			"Wilson's. The sheet names its kit: nothing else is needed. Exit 0 when it was scored, whatever came of it; 2 when it\n" +
			"could not be, and then all that is wrong with it is said, each with its line and column.",
		Example: "  tillwise glance score group-1/sheet.csv",
		Args:    exactly(1, "one filled sheet"),
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, err := openEngine(cmd.Context(), "")
			if err != nil {
				return err
			}
			defer engine.Close(context.WithoutCancel(cmd.Context()))
			report, err := readFile(args[0], func(sheet io.Reader) (*bytes.Buffer, error) {
				var b bytes.Buffer
				return &b, glance.Score(cmd.Context(), engine, sheet, &b)
			})
			if err != nil {
				return fmt.Errorf("scoring a sheet: %w", err)
			}
			_, err = report.WriteTo(cmd.OutOrStdout())
			return err
		},
	}
}
