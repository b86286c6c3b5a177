package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

const demoPause = 1500 * time.Millisecond

// printedAt is when what is printed happened: it is the same each time.
var printedAt = time.Date(2026, 11, 24, 9, 32, 7, 0, time.FixedZone("", -5*60*60))

// demoStep is one exchange of the demo.
type demoStep struct {
	name     string
	exchange plugin.Exchange
}

// demoSteps are an exchange for every row of the catalogue, and every way to
// get no reply to a question and to a payment.
func demoSteps() (steps []demoStep) {
	add := func(name string, x plugin.Exchange) {
		x.Request.Amount = "1249.00"
		steps = append(steps, demoStep{name, x})
	}
	for _, r := range plugin.Rules() {
		add(fmt.Sprintf("%s/%d/%s", r.Operation, r.Status, r.Code), r.Exchange())
	}
	for _, op := range []plugin.Operation{plugin.OpLookup, plugin.OpAuthorization} {
		for _, f := range []plugin.Failure{plugin.FailureTimeout, plugin.FailureRefused, plugin.FailureReset, plugin.FailureDNS, plugin.FailureTLS, plugin.FailureCancelled} {
			add(fmt.Sprintf("%s, no reply: %s", op, f), plugin.Exchange{Operation: op, Failure: f})
		}
	}
	return steps
}

// event is a step as a POS would post it, for its n-th sale at a time. Where the lane
// stands on the screen, the demo says how far it is.
func (s demoStep) event(n, step, of int, at time.Time) []byte {
	_, offset := at.Zone()
	event, err := json.Marshal(map[string]any{
		"v": plugin.ABI, "sale_id": fmt.Sprintf("demo-%d", n), "at": at.UnixMilli(), "utc_offset_min": offset / 60, "exchange": s.exchange,
		"display": host.Display{Lane: fmt.Sprintf("demo %d/%d", step, of), Sale: fmt.Sprintf("10-%d", 4470+n), Amount: s.exchange.Request.Amount},
	})
	if err != nil { // never: an exchange is strings and numbers
		panic(err)
	}
	return event
}

// printDemo writes the demo's cards one after the other.
func printDemo(ctx context.Context, engine serve.Engine, lang plugin.Lang, look tui.Look, out io.Writer) error {
	var failed error
	server, err := serve.New(serve.Config{
		Engine: engine,
		Lang:   func() plugin.Lang { return lang },
		Show:   func(c host.Card) { failed = tui.Plain(out, c, look) },
	})
	if err != nil {
		return err
	}
	defer server.Close(ctx)
	steps := demoSteps()
	for i, step := range steps {
		if _, failed = fmt.Fprintf(out, "--- %s\n", step.name); failed == nil {
			server.Take(ctx, step.event(i+1, i+1, len(steps), printedAt))
		}
		if failed != nil {
			return fmt.Errorf("printing the cards: %w", failed)
		}
		if ctx.Err() != nil {
			return nil
		}
		fmt.Fprintln(out)
	}
	return nil
}

// playDemo posts one exchange after the other, and then begins again with other
// sales. The next comes when the cashier has chosen something, and has seen for a
// moment what that leads to.
func playDemo(ctx context.Context, server *serve.Server, chosen <-chan struct{}) {
	steps := demoSteps()
	for n := 0; ; n++ {
		server.Take(ctx, steps[n%len(steps)].event(n+1, n%len(steps)+1, len(steps), time.Now()))
		select {
		case <-ctx.Done():
			return
		case <-chosen:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(demoPause):
		}
		for len(chosen) > 0 {
			<-chosen // keys pressed during the pause were for a card that is gone
		}
	}
}
