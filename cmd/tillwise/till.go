package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/host/settings"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
	"github.com/tillwise/tillwise/wasm"
)

const builtIn = "built-in" // what --training plays when it names no file

type tillFlags struct {
	serviceFlags
	training    string
	demo, plain bool
}

func newTillCommand() *cobra.Command {
	var f tillFlags
	cmd := &cobra.Command{
		Use:   "till",
		Short: "The cashier's screen, and the interface for the POS beside it",
		Long: "Shows the cashier a card for each event that the POS posts to http://ADDRESS/v1/events, and tells the POS what the\n" +
			"cashier chose. Without a terminal the cards are written as plain text. SIGTERM, SIGHUP and SIGINT end it.\n\n" +
			"Sales are kept on the disk before the POS gets its answer, in $STATE_DIRECTORY, else in the system's place for state\n" +
			"(Linux: $XDG_STATE_HOME/tillwise or ~/.local/state/tillwise). One till at a time has that folder.\n\n" +
			"The environment is followed as elsewhere: NO_COLOR takes the colours away, ACCESSIBLE writes plain text for screen\n" +
			"readers, LC_ALL, LC_CTYPE and LANG tell which letters the terminal has, and the language at the start.",
		Example: "  tillwise till --store store.toml --journal /var/lib/tillwise/journal\n" +
			"  tillwise till --demo\n" +
			"  tillwise till --training\n" +
			"  tillwise till --module new.wasm --sha256 \"$(sha256sum < new.wasm | cut -c-64)\"",
		Args: func(cmd *cobra.Command, args []string) error {
			if f.training == builtIn && len(args) == 1 {
				return usageError{fmt.Errorf("the file of --training stands behind an equals sign: --training=%s", args[0])}
			}
			return exactly(0, "no arguments")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.training, "training", "", "train a cashier, with the scenarios built in or with those of a `FILE`")
	flags.Lookup("training").NoOptDefVal = builtIn
	flags.BoolVar(&f.demo, "demo", false, "play a shift with a Flexiti that is simulated, and print it where there is no terminal")
	flags.BoolVar(&f.plain, "plain", false, "write plain text in place of drawing a screen")
	cmd.MarkFlagsMutuallyExclusive("demo", "training")
	return cmd
}

func (f *tillFlags) run(cmd *cobra.Command) error {
	ctx := cmd.Context()
	say := func(err error) { fmt.Fprintf(cmd.ErrOrStderr(), "tillwise: %v\n", err) }
	s, err := f.open(ctx, host.Config{}, say)
	if err != nil {
		return err
	}
	defer s.close(ctx)
	o := f.options(s.store.Till, s.engine)
	signal.Ignore(syscall.SIGPIPE) // who reads the plain text may go: the till stays
	t := &till{flags: f, service: s, say: say,
		open: func(ctx context.Context) (net.Listener, error) { return listenOn(ctx, f.listen, s.store.Service) },
		answer: func(ctx context.Context, server *serve.Server, l net.Listener) error {
			return server.Serve(ctx, l)
		}}
	switch {
	case f.demo:
		return t.demo(ctx, o, cmd.OutOrStdout())
	case f.training != "":
		return t.train(ctx, o)
	}
	return t.work(ctx, o)
}

// options are the screen's, from settings, flags and environment.
func (f *tillFlags) options(store settings.Till, engine *host.Engine) tui.Options {
	o := tui.Options{
		Engine:  engine,
		Lang:    store.Language,
		Lane:    store.Lane,
		Version: fmt.Sprintf("tillwise %s, catalogue %s, module %.8s", version(), plugin.CatalogueVersion, engine.ModuleSHA256()),
		Look:    tui.Look{Letters: tui.LettersFor(os.Getenv)},
		Mouse:   store.Touch,
	}
	if engine.ModuleSHA256() != wasm.SHA256(wasm.Module) {
		o.Version = fmt.Sprintf("tillwise %s, module %.8s", version(), engine.ModuleSHA256())
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if o.Lang == "" && os.Getenv(name) != "" {
			o.Lang = plugin.LangOf(os.Getenv(name))
		}
	}
	switch {
	case os.Getenv("NO_COLOR") != "":
		o.Look.Theme = tui.ThemeMono
	case store.Contrast:
		o.Look.Theme = tui.ThemeContrast
	}
	switch {
	case f.plain:
		o.Plain = "--plain"
	case os.Getenv("ACCESSIBLE") != "":
		o.Plain = "ACCESSIBLE"
	}
	return o
}

func onTerminal() bool {
	return term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd()))
}
