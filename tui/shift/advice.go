package shift

import (
	"slices"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// advised gives a cashier who does what the cards advise: the first thing on the
// list, but what a story is about where it is offered, and what is true where a
// supervisor states what became of the money.
func (t *tale) advised() func(host.Card) int {
	keys := slices.Clone(t.Keys)
	return func(c host.Card) int {
		actions := c.Decision.Actions
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
		return min(1, len(actions))
	}
}
