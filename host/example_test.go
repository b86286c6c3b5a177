package host_test

import (
	"context"
	"fmt"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// A POS asks what to show after Flexiti did not answer a purchase in time, shows
// the prompt, and keeps the sale for the next event.
func ExampleEngine_Answer() {
	ctx := context.Background()
	engine, err := host.New(ctx, host.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer engine.Close(ctx)

	answer, err := engine.Answer(ctx, host.Event{V: plugin.ABI, Locale: "en-CA", Exchange: &plugin.Exchange{
		Method:  "POST",
		URL:     "https://pos.example.test/flexiti/pos-api/v2.5/client-id/acme/authorizations",
		Failure: plugin.FailureTimeout,
	}})
	if err != nil {
		fmt.Println("for the log:", err) // the answer is the safe one, and is shown all the same
	}
	fmt.Println(answer.Decision.Money, answer.Decision.Actions[0].ID)
	fmt.Println(len(answer.Prompt.Actions) == len(answer.Decision.Actions), len(answer.Sale) > 0)
	// Output:
	// unknown check_status
	// true true
}
