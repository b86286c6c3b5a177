package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
)

const maxInstances = 16 // of the module, of 4 to 16 MiB each

type serveFlags struct {
	serviceFlags
	log   string
	stdio bool
}

func newServeCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "The interface for the POS without a screen, for the lanes of a store",
		Long: "Answers the events that POSs post to http://ADDRESS/v1/events, as tillwise till does, for all lanes of a store and\n" +
			"without a screen: each POS shows the card and posts what the cashier chose. SIGTERM, SIGHUP and SIGINT end it, after the\n" +
			"requests under way. With --stdio a POS starts it as its child: a line of JSON in, a line out, until the input ends. What happens is logged to standard error, and nothing of what an event holds.\n\n" +
			"Sales are kept on the disk before a POS gets its answer, in $STATE_DIRECTORY, else in the system's place for state\n" +
			"(Linux: $XDG_STATE_HOME/tillwise or ~/.local/state/tillwise). One process at a time has that folder.",
		Example: "  tillwise serve --store store.toml --journal /var/lib/tillwise/journal\n" +
			"  tillwise serve --store store.toml --listen 192.0.2.10:7411\n" +
			"  tillwise serve --store store.toml --stdio",
		Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&f.stdio, "stdio", false, "answer lines of JSON on standard input, for a POS that runs this as its child, and listen nowhere")
	cmd.MarkFlagsMutuallyExclusive("stdio", "listen")
	cmd.Flags().StringVar(&f.log, "log", "text", "the log as `FORMAT` text or json, and :debug, :warn or :error behind it for more or less of it")
	return cmd
}

func (f *serveFlags) run(cmd *cobra.Command) error {
	ctx := cmd.Context()
	signal.Ignore(syscall.SIGPIPE) // who reads the log may go: the POS stays
	log, ended, err := openLog(f.log, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer ended()
	how := host.Config{Instances: min(max(4, runtime.GOMAXPROCS(0)), maxInstances)}
	s, err := f.open(ctx, how, func(err error) { log.Error("another module", "error", err) })
	if err != nil {
		return err
	}
	defer s.close(ctx)
	var listener net.Listener
	if !f.stdio {
		if listener, err = listenOn(ctx, f.listen, s.store.Service); err != nil {
			return err
		}
		defer listener.Close()
	}
	server, end, err := s.quietly(log)
	if err != nil {
		return err
	}
	to := "standard input and output"
	if listener != nil {
		to = listener.Addr().String()
	}
	log.Info("serving", "to", to, "version", version(), "module", s.engine.ModuleSHA256()[:8], "open_sales", len(server.Open()))
	if f.stdio {
		err = server.Lines(ctx, cmd.InOrStdin(), cmd.OutOrStdout())
	} else {
		go compile(ctx, s.engine, log) // a POS that starts a child for itself asks one thing at a time
		err = server.Serve(ctx, listener)
	}
	err = errors.Join(err, end(ctx))
	log.Info("ended", "open_sales", len(server.Open()))
	return err
}

// quietly gives a server without a screen, and what ends it. What is not kept is logged.
func (s *service) quietly(log *slog.Logger) (server *serve.Server, end func(context.Context) error, err error) {
	config := s.config()
	config.Log = log
	config.Trouble = tell(log)
	records, err := s.journal()
	if err != nil {
		log.Error("not kept", "what", serve.KeepingRecords, "error", err)
	}
	closeRecords := func() error { return nil }
	if records != nil {
		config.Journal, closeRecords = records, records.Close
	}
	if server, err = serve.New(config); err != nil {
		return nil, nil, errors.Join(err, closeRecords())
	}
	return server, func(ctx context.Context) error {
		return errors.Join(server.Close(context.WithoutCancel(ctx)), closeRecords())
	}, nil
}

// tell tells the log what is not kept, and that it is again: each once, however often it is said.
func tell(log *slog.Logger) func(serve.Keeping, error) {
	var mu sync.Mutex
	said := map[serve.Keeping]string{}
	return func(of serve.Keeping, err error) {
		mu.Lock()
		defer mu.Unlock()
		was := said[of]
		switch {
		case err != nil && err.Error() != was:
			said[of] = err.Error()
			log.Error("not kept", "what", of, "error", err)
		case err == nil && was != "":
			delete(said, of)
			log.Info("kept again", "what", of)
		}
	}
}

// compile has the module go on as compiled code, once that is ready: two hundred
// lanes ask more than interpreted code answers. Where it fails its test that stays.
func compile(ctx context.Context, engine *host.Engine, log *slog.Logger) {
	if err := engine.Compile(ctx); err != nil && ctx.Err() == nil {
		log.Warn("the module stays interpreted, which is right and slower", "error", err)
	} else if err == nil {
		log.Info("the module is compiled")
	}
}
