package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/tillwise/tillwise/host/escape"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/tui"
	"github.com/tillwise/tillwise/tui/stepper"
)

const replayExits = "Exit 0 when nothing changed but what is approved, 1 when something did or an approved change did not come,\n" +
	"2 when it could not be done, 3 when lines are damaged or missing."

func newReplayCommand() *cobra.Command {
	var f replayFlags
	cmd := &cobra.Command{
		Use:   "replay PATH...",
		Short: "Decide recorded answers again and show what changed",
		Long: "Decides every record of the journals again by the new module, and by the old one if given, and compares with\n" +
			"what was recorded: first the decisions, then the words. Paths are journals, folders of them, compressed or not.\n" + replayExits,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			approved, err := f.ready()
			if err != nil {
				return err
			}
			if f.step != "" {
				return f.walk(cmd, args, approved)
			}
			report, err := f.run(cmd, args)
			if err != nil {
				return err
			}
			return f.write(cmd, report, approved)
		},
	}
	f.output(cmd)
	f.modules(cmd)
	cmd.Flags().StringVar(&f.step, "step", "", "walk through `changes` or all records card by card, read-only")
	cmd.Flags().Lookup("step").NoOptDefVal = "changes"
	cmd.Flags().StringVar(&f.shard, "shard", "", "replay one part of the sales, such as 2/4; replay merge adds the json reports up")
	cmd.AddCommand(newReplayMergeCommand(), newReplayApproveCommand())
	return cmd
}

func newReplayMergeCommand() *cobra.Command {
	var f replayFlags
	cmd := &cobra.Command{
		Use:   "merge REPORT...",
		Short: "Add the json reports of shards up to the report of the whole",
		Long:  "Adds the json reports of shards up. With all shards there, the result is what one replay of the whole writes.\n" + replayExits,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			approved, err := f.ready()
			if err != nil {
				return err
			}
			var reports []*replay.Report
			for _, path := range args {
				report, err := readFile(path, replay.ReadReport)
				if err != nil {
					return err
				}
				reports = append(reports, report)
			}
			merged, err := replay.Merge(reports...)
			if err != nil {
				return err
			}
			return f.write(cmd, merged, approved)
		},
	}
	f.output(cmd)
	return cmd
}

func newReplayApproveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "approve REPORT",
		Short: "Write the approved-changes file that a json report would pass with",
		Long: "Prints an approved-changes file with every change of a json report, for replay --approved.\n" +
			"Read the report first, and let somebody review the file: it is what your cashiers will see.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			report, err := readFile(args[0], replay.ReadReport)
			if err != nil {
				return err
			}
			return replay.Approve(report).Write(cmd.OutOrStdout())
		},
	}
}

type replayFlags struct {
	old, new, approved, shard, format, step string
}

func (f *replayFlags) output(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.approved, "approved", "", "file of changes that are wanted; one that does not come is a failure too")
	cmd.Flags().StringVar(&f.format, "format", "text", strings.Join(replay.Formats, ", "))
}

func (f *replayFlags) modules(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.new, "new", "", "module to decide by (the built-in one)")
	cmd.Flags().StringVar(&f.old, "old", "", "module to compare with, beside the recording")
}

// ready checks the flags before hours of work.
func (f *replayFlags) ready() (*replay.Approvals, error) {
	if err := replay.CheckFormat(f.format); err != nil {
		return nil, usageError{err}
	}
	if f.approved == "" {
		return nil, nil
	}
	return readFile(f.approved, replay.ReadApprovals)
}

// run replays the paths and gives the report.
func (f *replayFlags) run(cmd *cobra.Command, paths []string) (report *replay.Report, err error) {
	err = f.with(cmd, paths, func(o replay.Options) error {
		report, err = replay.Run(cmd.Context(), o)
		return err
	})
	return report, err
}

// walk shows the records one by one, and ends as the report would.
func (f *replayFlags) walk(cmd *cobra.Command, paths []string, approved *replay.Approvals) error {
	if f.step != "changes" && f.step != "all" {
		return usageError{fmt.Errorf("--step=%s: use --step, or --step=all to walk through what has not changed too", f.step)}
	}
	if !term.IsTerminal(int(os.Stdout.Fd())) || !term.IsTerminal(int(os.Stdin.Fd())) {
		return errors.New("--step needs a terminal: use --format text or html where there is none")
	}
	var w *replay.Walk
	err := f.with(cmd, paths, func(o replay.Options) (err error) {
		w, err = replay.Steps(cmd.Context(), o, f.step == "all")
		return err
	})
	if err != nil {
		return err
	}
	return f.show(cmd, w, approved, stepper.Run)
}

// show has a walk gone through, and says what came of the replay.
func (f *replayFlags) show(cmd *cobra.Command, w *replay.Walk, approved *replay.Approvals, run func(context.Context, stepper.Config) error) error {
	if len(w.Steps) > 0 {
		c := stepper.Config{Steps: w.Steps, Beyond: w.Beyond, Look: tui.Look{Letters: tui.LettersFor(os.Getenv)}}
		if os.Getenv("NO_COLOR") != "" {
			c.Look.Theme = tui.ThemeMono
		}
		if err := run(cmd.Context(), c); err != nil {
			return err
		}
	}
	j := replay.Judge(w.Report, approved)
	fmt.Fprintln(cmd.OutOrStdout(), w.Report.Summary(j)) // the screen is gone: this is what the exit code means
	if len(w.Steps) == 0 && f.step != "all" {
		fmt.Fprintln(cmd.OutOrStdout(), "There is no change to walk through: --step=all walks through every record.")
	}
	return verdict(w.Report, j)
}

// with opens the modules, calls do, and closes them.
func (f *replayFlags) with(cmd *cobra.Command, paths []string, do func(replay.Options) error) error {
	ctx := cmd.Context()
	o := replay.Options{Paths: paths}
	if f.shard != "" {
		if _, err := fmt.Sscanf(f.shard, "%d/%d", &o.Shard, &o.Shards); err != nil || o.Shard < 1 || o.Shard > o.Shards {
			return usageError{fmt.Errorf("--shard %q: use i/n with i from 1 to n, such as 2/4", f.shard)}
		}
	}
	if _, err := journal.Files(paths...); err != nil { // before the seconds that a module takes
		return err
	}
	var err error
	if o.New, err = openModule(cmd, f.new); err != nil {
		return err
	}
	defer o.New.Close(ctx)
	if f.old != "" {
		if o.Old, err = openModule(cmd, f.old); err != nil {
			return err
		}
		defer o.Old.Close(ctx)
	}
	// It writes its line over, and has nothing in it but numbers of ours.
	progress, done := replay.ProgressTo(escape.Raw(cmd.ErrOrStderr()), term.IsTerminal(int(os.Stderr.Fd())), time.Now)
	defer done()
	o.Progress = progress
	return do(o)
}

func openModule(cmd *cobra.Command, path string) (replay.Engine, error) {
	engine, note, err := replay.Open(cmd.Context(), path)
	if note != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), "tillwise:", note)
	}
	return engine, err
}

func (f *replayFlags) write(cmd *cobra.Command, r *replay.Report, approved *replay.Approvals) error {
	j := replay.Judge(r, approved)
	if err := r.Write(cmd.OutOrStdout(), f.format, j); err != nil {
		return err
	}
	return verdict(r, j)
}

// verdict is what a replay ends with.
func verdict(r *replay.Report, j replay.Judgement) error {
	if code := j.ExitCode(r); code != 0 {
		return exit{code: code}
	}
	return nil
}
