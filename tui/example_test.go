package tui_test

import (
	"context"
	"fmt"
	"os"

	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// aCard stands for what host.Engine.Answer gave.
func aCard() host.Card {
	a := host.Answer{
		Prompt: plugin.Prompt{
			Locale: plugin.English, Ref: "5R8D", Banner: "CHECK THE SALE", Headline: "No answer from Flexiti", Money: "MONEY MAYBE TAKEN",
			Retry: "Check the sale before anything else.", Never: "Never send this sale again.",
			Actions: []plugin.PromptAct{{Label: "Check the sale", Text: "Check if this sale went through"}, {Label: "Supervisor", Text: "Call your supervisor"}},
			Say:     "I'm making sure you don't pay twice. It takes a minute.", Owner: "Your supervisor",
		},
		Decision: plugin.Decision{
			Card: plugin.CardNoReplyPayment, Family: plugin.FamilyCheck, Banner: plugin.BannerCheckSale, Money: plugin.MoneyUnknown, Doubt: true,
			Actions: []plugin.Action{{ID: plugin.ActCheckStatus, Next: &plugin.Next{Operation: plugin.OpAuthorizations}}, {ID: plugin.ActCallSupervisor}},
		},
	}
	return host.Card{SaleID: "10-4466", Answer: a}
}

// A POS that has no screen of its own for this gives the cashier a terminal.
// Show and Close may be called from anywhere, at any time.
func ExampleScreen() {
	engine, err := host.New(context.Background(), host.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer engine.Close(context.Background())

	screen := tui.New(tui.Options{Engine: engine, Lane: "04", Look: tui.Look{Letters: tui.LettersFor(os.Getenv)}})
	go func() {
		for chosen := range screen.Events() {
			// Send {"action": chosen.Action, "sale": chosen.Sale} through the engine, and show its answer.
			screen.Show(host.Card{SaleID: chosen.SaleID})
		}
	}()
	screen.Show(aCard())
	// Until screen.Close is called, or the context ends.
	if err := screen.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
}

// A POS with a tview application shows the same card in a place of its own.
func ExamplePrimitive() {
	chosen := make(chan tui.Event, 1)
	guidance := tui.NewPrimitive(tui.Options{Lane: "04"}, func(e tui.Event) { chosen <- e })
	guidance.Show(aCard()) // later: app.QueueUpdateDraw(func() { guidance.Show(card) })

	app := tview.NewApplication().SetRoot(tview.NewFlex().
		AddItem(tview.NewBox().SetTitle("The sale"), 0, 1, false).
		AddItem(guidance, 80, 0, true), true)
	_ = app // app.Run()
}

func ExamplePlain() {
	if err := tui.Plain(os.Stdout, aCard(), tui.Look{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// State: [?] CHECK THE SALE
	// What happened: No answer from Flexiti
	// (?) MONEY MAYBE TAKEN
	// Check the sale before anything else.
	// Never send this sale again.
	// [1] Check if this sale went through
	// [2] Call your supervisor
	// Say: I'm making sure you don't pay twice. It takes a minute.
	// Who sorts it out: Your supervisor
	// Reference: 5 R 8 D
}
