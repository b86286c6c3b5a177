// Package pos is a point of sale that does as it is told: the smallest whole
// program between a store, Flexiti and tillwise, to be read before one writes
// one's own, in any language.
//
// # What it knows, and what it does not
//
// It knows how to sell: which calls Flexiti's API has, what stands in their
// requests, and where a good reply has its numbers. It knows nothing of what
// can go wrong: not one error code, HTTP status or card is named here. After each
// exchange it posts an event to tillwise (host/serve/README.md) and reads of the
// answer decision.actions with their next, decision.retry, and of decision.about
// which payment is meant.
//
// # The loop
//
//	send a call, post what came of it, read the card; then
//	  the first action has a next that is auto  → wait as retry says, send it
//	  the first action is carry_on              → the sale's own next step
//	  the first action is finish_sale, and the
//	  sale has steps of its own left            → the next one
//	  else                                      → wait for the cashier's choice
//
// A call that may move money is announced (pending) before it leaves. Nothing is
// ever sent twice by itself: not by this package, not by net/http under it. What
// is sent again because a card says so has a name (call) of its own, except under
// the same idempotency key.
//
// # Files
//
// pos.go has the loop, calls.go the calls to Flexiti, reply.go what is read of
// a reply, till.go tillwise over HTTP. The Example sells a sofa.
package pos
