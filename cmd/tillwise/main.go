// Command tillwise tells the cashier what to do when Flexiti answers a till
// with anything but a plain yes. Each verb has a file of its own, and what it
// does is in the packages beside.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host/escape"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run runs the program and gives its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	defer watch(ctx)() // before ctx is done for want of further use
	// All that any verb prints goes through these two, so that nothing that a
	// file, an event, a setting or a module brings along can steer the terminal.
	out, errs := escape.NewWriter(stdout), escape.NewWriter(stderr)
	root := newCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(errs)
	cmd, err := root.ExecuteContextC(ctx)
	err = inOurWords(err)
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil && err.Error() != "" {
		fmt.Fprintf(errs, "tillwise: %v\n", err)
		if usage := (usageError{}); errors.As(err, &usage) {
			fmt.Fprintf(errs, "See %s --help.\n", cmd.CommandPath())
		}
	}
	_ = errs.Flush() // there is nowhere left to say that it failed
	return exitCode(err)
}

func newCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "tillwise",
		Short: "What to do at the till when Flexiti answers anything but yes",
		Long: "Tillwise tells the cashier what to do when Flexiti answers a till with anything but a plain yes:\n" +
			"was the customer charged, can I try again, what do I press, what do I say.\n\n" +
			"Every verb exits with 0 when all is well, 2 when it was called wrongly or could not be done. 1 and 3 are the verb's own.",
		Example: "  tillwise till --demo                      the cashier's screen, with a simulated Flexiti behind it\n" +
			"  tillwise explain credit_exceeded --lang fr  what a code shows\n" +
			"  tillwise decide < events.jsonl             answers for events",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	cmd.CompletionOptions.DisableDefaultCmd = true
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	cmd.AddCommand(newTillCommand(), newServeCommand(), newTapCommand(), newSimulateCommand(), newExplainCommand(), newDecideCommand(), newCatalogueCommand(),
		newVerifyCommand(), newSettingsCommand(), newJournalCommand(), newReplayCommand(), newConformCommand(), newImportCommand(), newGenerateCommand(), newGlanceCommand())
	return cmd
}

// version is what the program was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
