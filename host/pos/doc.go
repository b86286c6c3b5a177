// Package pos is a point of sale that does as it is told: the smallest whole
// program between a store, Flexiti and tillwise, to be read before one writes
// one's own, in any language.
//
// # What it knows, and what it does not
//
// It knows how to sell: in which order Flexiti is called, and where a good reply
// has its numbers. It knows nothing of what can go wrong: not one error code, HTTP
// status or card is named here. After each exchange it posts an event to tillwise
// (host/serve/README.md) and reads of the answer decision.actions with their next,
// decision.retry, and of decision.money and decision.about which call is open.
//
// # The loop
//
//	send a call, post what came of it, read the card; then
//	  the first action's next is auto    → wait as retry says, send it
//	  the first action is carry_on       → the sale's own next step
//	  the first action is finish_sale,
//	  and the sale has a step left       → the same
//	  else                               → wait for what the cashier chooses
//
// A call that moves money is announced (pending) before it leaves. Nothing is
// ever sent twice by itself, not by net/http either. What is sent again because a
// card says so has a name (call) of its own, except under its idempotency key. A
// choice that was overtaken is never sent, and nothing goes on because of it.
//
// # Files
//
// sale.go has the loop, pos.go what a program needs to start it, till.go tillwise
// over HTTP: together under 300 lines. The package flexiti below has the requests
// and replies, which a POS of your own has already. The Example sells a sofa.
package pos
