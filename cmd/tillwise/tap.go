package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/host/tap"
)

const tapAddress = "127.0.0.1:7413"

type tapFlags struct {
	tillFlags
	upstream, dial string
	noScreen       bool
}

func newTapCommand() *cobra.Command {
	var f tapFlags
	cmd := &cobra.Command{
		Use:   "tap",
		Short: "Stand between a POS that nobody changes and Flexiti, and show the cashier what to do",
		Long: "Passes a POS's connections to Flexiti and back, byte by byte, and shows the cashier a card for each answer that passes, as\n" +
			"tillwise till does. It changes nothing, repeats nothing and sends nothing of its own: what a card's key asks for, the\n" +
			"cashier does on the POS. Whatever fails in it, the bytes pass. host/tap/README.md says how to put it in.\n\n" +
			"Sales are kept as by tillwise till. Without a terminal the cards are written as plain text.",
		Example: "  tillwise tap --upstream https://posapi.flexiti.fi --listen 127.0.0.1:7413\n" +
			"  tillwise tap --upstream https://posapi.flexiti.fi --no-screen --journal /var/lib/tillwise/journal",
		Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.Lookup("listen").DefValue, f.listen = tapAddress, tapAddress
	flags.Lookup("listen").Usage = "the `ADDRESS` for the POS; others than loopback need a certificate in the settings"
	flags.StringVar(&f.upstream, "upstream", "", "Flexiti's `URL`, scheme and host, such as https://posapi.flexiti.fi")
	flags.StringVar(&f.dial, "dial", "", "dial this `ADDRESS` in place of the URL's host, whose certificate it must have")
	flags.BoolVar(&f.plain, "plain", false, "write plain text in place of drawing a screen")
	flags.BoolVar(&f.noScreen, "no-screen", false, "show no cards: keep sales and records only, and log to standard error")
	_ = cmd.MarkFlagRequired("upstream")
	cmd.MarkFlagsMutuallyExclusive("plain", "no-screen")
	return cmd
}

func (f *tapFlags) run(cmd *cobra.Command) error {
	ctx := cmd.Context()
	upstream, err := tap.ParseUpstream(f.upstream, f.dial)
	if err != nil {
		return usageError{err}
	}
	signal.Ignore(syscall.SIGPIPE)
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
	say := func(err error) { fmt.Fprintf(cmd.ErrOrStderr(), "tillwise: %v\n", err) }
	s, err := f.open(ctx, host.Config{}, say)
	if err != nil {
		return err
	}
	defer s.close(ctx)
	l, err := listenForTap(ctx, f.listen, s)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := upstream.Check(ctx, portOf(l)); err != nil {
		say(err)
	}
	if f.noScreen {
		return f.alone(ctx, s, upstream, l, log)
	}
	follow := slog.New(slog.DiscardHandler) // it would write over the screen
	var t *tap.Tap
	screen := &till{flags: &f.tillFlags, service: s, say: say,
		open: func(context.Context) (net.Listener, error) { return l, nil },
		answer: func(ctx context.Context, server *serve.Server, l net.Listener) error {
			t = newTap(upstream, server, follow)
			return t.Serve(ctx, l)
		}}
	o := f.options(s.store.Till, s.engine)
	o.ByHand = true
	err = screen.work(ctx, o)
	if t != nil {
		sayCounts(say, t.Counts())
	}
	return err
}

// alone follows without a screen.
func (f *tapFlags) alone(ctx context.Context, s *service, upstream tap.Upstream, l net.Listener, log *slog.Logger) error {
	server, end, err := s.quietly(log)
	if err != nil {
		return err
	}
	t := newTap(upstream, server, log)
	log.Info("tapping", "address", l.Addr().String(), "upstream", upstream.String(), "version", version(),
		"module", s.engine.ModuleSHA256()[:8], "open_sales", len(server.Open()))
	err = errors.Join(t.Serve(ctx, l), end(ctx))
	c := t.Counts()
	log.Info("ended", "open_sales", len(server.Open()), "connections", c.Connections, "calls", c.Calls, "unsecured", c.Unsecured, "unreached", c.Unreached,
		"dropped", c.Dropped, "unread", c.Unread, "untold", c.Untold)
	return err
}

// newTap puts a tap before a till.
func newTap(upstream tap.Upstream, server *serve.Server, log *slog.Logger) *tap.Tap {
	t := tap.New(tap.Config{Upstream: upstream, Hide: server.Hide, Log: log,
		Post: func(ctx context.Context, event []byte) error {
			if reply := server.Take(ctx, event); reply.Status >= 300 {
				return fmt.Errorf("status %d", reply.Status)
			}
			return nil
		}})
	t.Resume(server.Open())
	return t
}

// sayCounts says what a tap could not follow, once the screen is gone.
func sayCounts(say func(error), c tap.Counts) {
	for _, of := range []struct {
		n    int64
		what string
	}{
		{c.Unsecured, "connections on which the POS did not come to TLS: see that it trusts the certificate, and says https"},
		{c.Unreached, "connections for which Flexiti could not be reached"},
		{c.Unread, "connections that could not be followed to their end"},
		{c.Untold, "events that the till could not take"},
	} {
		if of.n > 0 {
			say(errors.New(strconv.FormatInt(of.n, 10) + " " + of.what + " (host/tap/README.md)"))
		}
	}
}

func portOf(l net.Listener) int {
	if a, ok := l.Addr().(*net.TCPAddr); ok {
		return a.Port
	}
	return 0
}

// listenForTap opens the address for a tap. What passes through needs Flexiti's own
// tokens, so no other is asked for; but it is not for the network to read.
func listenForTap(ctx context.Context, address string, s *service) (net.Listener, error) {
	name, err := hostOf(address, tapAddress)
	if err != nil {
		return nil, err
	}
	if !loopback(name) && s.store.Service.TLSCert == "" {
		return nil, usageError{fmt.Errorf("%s can be reached from the network: set service.tls_cert and tls_key in the store's settings, "+
			"or listen on 127.0.0.1", address)}
	}
	l, err := openPort(ctx, address, "tap")
	if err != nil {
		return nil, err
	}
	return withTLS(l, s.store.Service, "http/1.1")
}
