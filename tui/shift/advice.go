package shift

import (
	"slices"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

const followed = 3 // times that an advice is

// advised gives a cashier who does what the cards advise: the first thing on the
// list, but what a story is about where it is offered, and what is true where a
// supervisor states what became of the money.
func (t *tale) advised() func(host.Card) int {
	keys := slices.Clone(t.Keys)
	times := map[plugin.ActionID]int{}
	return func(c host.Card) int {
		actions := c.Decision.Actions
		if len(actions) == 0 {
			return 0
		}
		at := func(id plugin.ActionID) int {
			return 1 + slices.IndexFunc(actions, func(a plugin.Action) bool { return a.ID == id })
		}
		for i, id := range keys {
			if n := at(id); n > 0 {
				keys = slices.Delete(keys, i, i+1)
				return n
			}
		}
		if slices.ContainsFunc(actions, func(a plugin.Action) bool { return a.ID.Settles() }) {
			return at(truth(t.flexiti.Ledger(), c.Decision))
		}
		if times[actions[0].ID]++; times[actions[0].ID] > followed {
			if i := slices.IndexFunc(actions, func(a plugin.Action) bool { return a.ID.Ends() || a.ID == plugin.ActHoldSale }); i >= 0 {
				return i + 1 // it leads nowhere: the customer has waited for long enough
			}
		}
		return 1
	}
}
