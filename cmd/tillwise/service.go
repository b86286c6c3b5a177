package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/host/settings"
)

// serviceFlags are the flags of every verb that answers a POS.
type serviceFlags struct {
	listen, store, journal, state, module, sha256 string
}

func (f *serviceFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:7411", "the `ADDRESS` for the POS; others than loopback need a token and a certificate in the settings")
	flags.StringVar(&f.store, storeFlag, "", storeUsage)
	flags.StringVar(&f.journal, "journal", "", "keep records in this `DIR`, for tillwise replay")
	flags.StringVar(&f.state, "state", "", "keep the sales in this `DIR` in place of the system's own; none keeps them in memory only")
	flags.StringVar(&f.module, "module", "", "run the module in this `FILE` in place of the embedded one")
	flags.StringVar(&f.sha256, "sha256", "", "the `HASH` that the module file must have")
	cmd.MarkFlagsRequiredTogether("module", "sha256")
}

// service is what stands under a verb that answers a POS: the store's settings,
// and the engine that decides by them.
type service struct {
	asked       *serviceFlags
	store       settings.Settings
	engine      *host.Engine
	wrongModule bool // the embedded module stands in for the one asked for
}

// open reads the settings and starts the engine, within the limits of how. What
// is wrong with the module must not keep a till from starting: say hears of it.
func (f *serviceFlags) open(ctx context.Context, how host.Config, say func(error)) (*service, error) {
	store, err := readStore(f.store)
	if err != nil {
		return nil, err
	}
	how.Settings, how.SHA256 = store.JSON, f.sha256
	var trouble error
	if f.module != "" {
		how.Module, trouble = os.ReadFile(f.module)
	}
	engine, err := host.New(ctx, how)
	if err != nil {
		return nil, fmt.Errorf("starting the engine: %w", err)
	}
	if trouble == nil {
		trouble = engine.Fallback()
	}
	if trouble != nil {
		say(fmt.Errorf("the embedded module decides, in place of %s: %w", f.module, trouble))
	}
	return &service{f, store, engine, trouble != nil}, nil
}

// close frees the engine.
func (s *service) close(ctx context.Context) { s.engine.Close(context.WithoutCancel(ctx)) }

// config is what the flags and the settings say of the service over HTTP.
func (s *service) config() serve.Config {
	c := serve.Config{Engine: s.engine, Listen: s.asked.listen, Token: s.store.Service.Token, Lane: s.store.Till.Lane,
		State: stateFolder(s.asked.state)}
	if len(s.store.Service.Supervisors) > 0 {
		c.Supervisor = s.store.Service.Supervisor
	}
	return c
}

// journal opens the journal that was asked for; nil: none was. With an error
// there is one all the same, which tries again.
func (s *service) journal() (*journal.Writer, error) {
	if s.asked.journal == "" {
		return nil, nil
	}
	w := journal.New(journal.Config{Dir: s.asked.journal, Store: s.store.Till.Store, Module: s.engine.ModuleSHA256()})
	return w, w.Ready()
}
