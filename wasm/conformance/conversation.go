package conformance

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"github.com/tillwise/tillwise/plugin"
)

// conversation is a sale from its first event on: what a POS met, and what the
// cashier chose.
type conversation struct {
	name     string
	settings []byte
	seed     uint64
}

const (
	walks      = 24
	walkLength = 12
)

// conversations are walks through the rules: calls of a till in any order, their
// replies, and choices among what the cards offer. The same ones in every run.
func conversations() (all []conversation) {
	policies := []string{``, `{"policy":{"methods":["sms","security_question"],"split_payment":true},"texts":{"store":"Meubles Exemple","contacts":{"supervisor":{"en-CA":"Ask at the desk","fr-CA":"Voir au comptoir"}}}}`,
		`{"policy":{"override":true,"bypass":true,"auto_capture":true}}`}
	for _, p := range policies {
		for range walks / len(policies) {
			c := conversation{name: fmt.Sprintf("walk %d", len(all)+1), seed: uint64(len(all))}
			if p != "" {
				c.settings = []byte(p)
			}
			all = append(all, c)
		}
	}
	return all
}

// play gives the walk's events, without their sale. What is chosen depends on what
// the cards offer, and those are the module's.
func (c conversation) play(m *plugin.Module) (events [][]byte) {
	rules := plugin.Rules()
	random := rand.New(rand.NewPCG(c.seed, 13))
	sale, at := "{}", int64(1795530727000)
	var offered []plugin.Action
	for range walkLength {
		at += random.Int64N(90_000)
		event := map[string]any{"v": 1, "at": at, "utc_offset_min": -300, "locale": []string{"en-CA", "fr-CA"}[random.IntN(2)], "customer_locale": []string{"", "en-CA", "fr-CA"}[random.IntN(3)]}
		if len(offered) > 0 && random.IntN(2) == 0 {
			event["action"] = offered[random.IntN(len(offered))].ID
		} else {
			event["exchange"] = exchange(random, rules)
		}
		raw, err := marshal(event)
		if err != nil {
			panic(err) // cannot happen: names and numbers
		}
		events = append(events, raw)
		out := string(m.Answer(withSale(raw, sale)))
		sale = saleAfter(sale, out)
		var a struct {
			Decision struct{ Actions []plugin.Action }
		}
		if json.Unmarshal([]byte(out), &a) == nil && len(a.Decision.Actions) > 0 {
			offered = a.Decision.Actions
		}
	}
	return events
}

// exchange is a call with a reply that leads to some rule, or one without a reply.
func exchange(random *rand.Rand, rules []plugin.Rule) plugin.Exchange {
	x := rules[random.IntN(len(rules))].Exchange()
	amount, auto := fmt.Sprintf("%d.%02d", 20+random.IntN(3), random.IntN(2)*50), random.IntN(2) == 0
	x.Request = plugin.Request{Amount: amount, AutoCapture: &auto}
	switch random.IntN(6) {
	case 0:
		x.Status, x.Body, x.Failure = 0, "", []plugin.Failure{"timeout", "pending", "reset", "refused"}[random.IntN(4)]
	case 1:
		x.Operation = "authorization"
		x.Status, x.Body, x.Call = 200, `{"authorization_id":"a-1","status":"captured"}`, fmt.Sprintf("call-%d", random.IntN(3))
	}
	return x
}
