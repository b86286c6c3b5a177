package pos_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// cashier is the till over HTTP, and somebody in front of its screen who presses
// the first key of each card that waits for one.
type cashier struct {
	pos.HTTPTill
	server *serve.Server
	screen *host.Card
}

func (c *cashier) Choice(ctx context.Context, saleID string, after int64) (pos.Choice, error) {
	first := c.screen.Decision.Actions[0].ID
	fmt.Printf("%58s\n", "the cashier presses 1: "+c.screen.Prompt.Actions[0].Label)
	if err := c.server.Choose(ctx, serve.Chosen{SaleID: saleID, Action: first}); err != nil {
		return pos.Choice{}, err
	}
	return c.HTTPTill.Choice(ctx, saleID, after)
}

// A sofa is sold for $1,249. Flexiti takes the money, and its answer never comes.
// Nothing in the POS knows of such a thing: it posts what happened, and does what
// the answer says.
func ExamplePOS_Sell() {
	ctx := context.Background()
	clock := time.Date(2026, 11, 24, 14, 32, 7, 0, time.FixedZone("", -5*60*60))
	now := func() time.Time { return clock }
	wait := func(_ context.Context, d time.Duration) error { clock = clock.Add(d); return nil }

	// Flexiti: a simulator, whose answer to the first authorization gets lost.
	lost := simulator.Step{Operation: plugin.OpAuthorization, Occurrence: 1, Fault: simulator.Silent, When: simulator.After}
	flexiti := simulator.New(simulator.Config{Clock: now, Wait: wait, Seed: 1, Scenario: simulator.Scenario{Steps: []simulator.Step{lost}}})

	// tillwise: as `tillwise till` has it, with a screen that prints.
	engine, err := host.New(ctx, host.Config{Deadline: time.Minute}) // a till has two seconds; this runs where tests run
	if err != nil {
		fmt.Println(err)
		return
	}
	defer engine.Close(ctx)
	till := &cashier{screen: new(host.Card)}
	till.server, err = serve.New(serve.Config{Engine: engine, Clock: now, Show: func(c host.Card) {
		*till.screen = c
		fmt.Printf("%-14s %-42s %s\n", c.Prompt.Banner, c.Prompt.Headline, c.Prompt.Money)
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer till.server.Close(ctx)
	listening := httptest.NewServer(till.server.Handler())
	defer listening.Close()
	till.HTTPTill = pos.HTTPTill{URL: listening.URL, Client: listening.Client()}

	// The POS.
	sells := pos.POS{
		Till: till, Lane: "3", Now: now, Wait: wait,
		Flexiti: &http.Client{Transport: flexiti.Transport()}, URL: "https://posapi-mi.flexiti.fi",
		ClientID: "sim-store", ClientSecret: simulator.Secret,
		Ask: func(context.Context, pos.Question) (string, error) { return flexiti.Sent("20000001"), nil }, // the customer reads the code out
	}
	outcome, err := sells.Sell(ctx, pos.Order{
		SaleID: "10-4472", Account: "20000001", Amount: "1249.00", Plan: "1001", Term: "12", Verify: plugin.MethodSMS, AutoCapture: true,
	})
	fmt.Println(outcome.Ended, outcome.Money, err)
	fmt.Printf("taken, by Flexiti's own books: $%.2f\n", float64(flexiti.Ledger().Of("10-4472").Taken())/100)
	// Output:
	// NEXT STEP      Go on in the sales system                  MONEY NOT TAKEN
	// NEXT STEP      The customer's account is found            MONEY NOT TAKEN
	// NEXT STEP      The plans for this amount are ready        MONEY NOT TAKEN
	// NEXT STEP      Flexiti sent the customer a code           MONEY NOT TAKEN
	//                       the cashier presses 1: Type the code
	// ASK AND TYPE   Type or correct it in the sales system     MONEY NOT TAKEN
	// ONE MOMENT     The till is waiting for Flexiti's answer   MONEY MAYBE TAKEN
	// CHECK FIRST    We don't know yet if it went through       MONEY MAYBE TAKEN
	// DONE           Found: it went through, once               MONEY TAKEN
	//                              the cashier presses 1: Finish
	// DONE           This is finished                           MONEY TAKEN
	// finish_sale moved <nil>
	// taken, by Flexiti's own books: $1249.00
}
