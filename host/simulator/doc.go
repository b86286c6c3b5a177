// Package simulator is a Flexiti that answers: the endpoints of its POS API with
// state behind them, so that a till can be tried from a desk.
//
// It is a simulator built on Flexiti's public documentation, and not Flexiti.
// All people and numbers in it are synthetic. What a page documents is marked
// with the page; where no page shows a shape or an order, the choice is our
// judgement and the comment says so. README.md has the whole from outside.
//
// # Shape
//
//	request ─► parse ─► fault before? ─► row on demand? ─► work under one lock ─► fault after? ─► reply
//
// The work is done whole or not at all, before a byte of the reply is written,
// so no fault and no client that goes away can leave half of it in the books.
// The reply may lie; the ledger does not.
//
//   - simulator.go, call.go, input.go: a request's way through
//   - token.go, merchants.go: who may ask for what
//   - people.go, people_list.go, customer.go, papers.go, apply.go, plans.go, verify.go: customers
//   - purchase.go, giveback.go, transactions.go, readback.go, books.go: money
//   - ledger.go, pages.go: the truth, in Go and over HTTP
//   - row.go, fault.go, scenario.go, scenario_toml.go: what goes wrong, on demand
//   - serve.go, transport.go: the same over a connection and without a network
//
// # Protection
//
// Where the documentation promises no protection the simulator gives none, so
// that a till cannot lean on luck: a verification code is good for its request
// until a newer one is asked for, and may be used twice; x-reference-id
// de-duplicates nothing; x-idempotency-key works on transactions alone (page
// 9601087); the same purchase sent twice is two purchases.
//
// # Time
//
// Config.Clock is the only clock and Config.Wait the only way to wait, so a
// hundred days pass in a test at once.
package simulator
