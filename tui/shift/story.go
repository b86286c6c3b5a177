package shift

import (
	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// say is a text in both languages.
type say map[plugin.Lang]string

// story is a sale that something happens to.
type story struct {
	Title, Intro say
	Order        pos.Order
	Goes         []simulator.Step // what goes wrong at Flexiti, or on the way
	Lapses       bool             // what is held is given back before it is captured
	Long         bool             // the payment takes minutes: each key lets some of them pass
	// Types is what is typed where an action asks for it, the first time, the second …;
	// else it is what is right.
	Types map[plugin.ActionID][]string
	// Keys are the actions that are told of, where the first on the card is not: each
	// is chosen once, as soon as it is offered.
	Keys []plugin.ActionID
}
