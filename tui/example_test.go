package tui_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/gdamore/tcell/v2"
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
	newest := map[string]json.RawMessage{} // on the disk, in a real POS
	go func() {
		for chosen := range screen.Events() {
			// What was chosen, on the newest sale that you hold: another answer may have come since.
			answer, err := engine.Answer(context.Background(), host.Event{V: plugin.ABI, Action: chosen.Action, Ref: chosen.Ref, Sale: newest[chosen.SaleID]})
			if err != nil {
				fmt.Println(err) // for the log: the answer is a card in any case
			}
			newest[chosen.SaleID] = answer.Sale
			screen.Show(host.Card{SaleID: chosen.SaleID, Answer: answer})
		}
	}()
	screen.Show(aCard())
	// Until screen.Close is called, or the context ends.
	if err := screen.Run(context.Background()); err != nil {
		fmt.Println(err)
	}
}

// A POS with a tview application shows the same screen in a place of its own, beside
// widgets of its own. The application here runs on a simulated terminal.
func ExamplePrimitive() {
	app := tview.NewApplication()
	guidance := tui.NewPrimitive(app, tui.Options{Lane: "04"})
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		for {
			select {
			case chosen := <-guidance.Events():
				fmt.Println(chosen.Action) // as in the example of Screen
			case <-ended:
				return
			}
		}
	}()

	terminal := tcell.NewSimulationScreen("UTF-8")
	app.SetScreen(terminal).SetRoot(tview.NewFlex().
		AddItem(tview.NewInputField().SetLabel("Item "), 20, 0, true).
		AddItem(guidance, 0, 1, false), true)
	app.SetAfterDrawFunc(func(tcell.Screen) {
		if row := textOf(terminal, 2); strings.Contains(row, "CHECK THE SALE") {
			fmt.Println(strings.Join(strings.Fields(row), " "))
			guidance.Stop() // in place of app.Stop
		}
	})
	guidance.Show(aCard()) // from any goroutine, at any time
	if err := app.Run(); err != nil {
		fmt.Println(err)
	}
	// Output: [?] CHECK THE SALE
}

// textOf is a row of a terminal.
func textOf(terminal tcell.SimulationScreen, row int) (text string) {
	width, _ := terminal.Size()
	for x := range width {
		r, _, _, _ := terminal.GetContent(x, row)
		text += string(r)
	}
	return text
}

func ExamplePlain() {
	if err := tui.Plain(os.Stdout, aCard(), tui.Look{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Sale: 10-4466
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
