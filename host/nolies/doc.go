// Package nolies holds tillwise to the one thing that it must never do: say of
// money what is not so. It has no code but tests.
//
// Random sales are played by the POS of host/pos against the Flexiti of
// host/simulator: random people, goods and ways to verify, calls that are refused,
// lost, cut short or carried out long after everybody has given them up, read-backs
// that lag, customers who mistype and walk away, cashiers who press any key that is
// offered, and a supervisor who looks into Flexiti's books before stating anything.
// After each card, the simulator's ledger is asked what really happened to every
// cent, and the card is held against that: its decision, and the words of its money
// line.
//
// # What must hold
//
//   - not taken, held, taken, given back: only if it is so, and of that amount;
//   - no other payment, no cancelled sale beside money that is taken or held;
//   - nobody is charged more than the price by following what is offered, now or
//     when all that was still on its way has come;
//   - each sale comes to its end, and none ends with its money unknown.
//
// One thing nobody at a till can know, and no card is blamed for it: a call that
// was carried out after the supervisor had looked and rightly said that it had not
// been. Such sales are counted.
//
// # Beside the ledger test of the plugin
//
// That one has no wire, and the same rules. It has what needs other tills than this
// one: late answers, calls without names, tills that do not do as they are told.
// Shared is what a kind of action or call means: [plugin.ActionID.Ends],
// [plugin.ActionID.Settles], [plugin.MovesMoney]. The rest is not. Its Flexiti is a
// few lines that answer in facts, not in bodies; its judge looks at the plugin's
// payments from inside; its dice are one row that a story is cut from, where here
// each event has dice of its own. A package for both would have to know both.
//
// A breach prints the story of the sale, as short as it can be made, and the
// script for play that plays it again.
package nolies
