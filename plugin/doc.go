// Package plugin turns what Flexiti answered a till, or did not, into what the
// cashier is to do: three pure stages, and the catalogue and the words behind them.
//
//	exchange ──Recognise──► facts ──Decide(sale, policy)──► decision ──Render(texts, locale)──► prompt
//
// Each stage returns for every input and keeps nothing: time, the sale's memory
// and the store's settings come in with the call. Module is the same in JSON, as
// the WebAssembly module exports it.
//
// # Where to look
//
// The catalogue is data: rules.go says what each documented reply means,
// operations.go what is known of a call, cards.go what a card asks for and
// spends, actions.go what an action does, texts_en.go and texts_fr.go the words.
// What applies the rows knows no card by name: match.go finds the row,
// evidence.go says what an exchange proves, call.go, fold.go and ledger.go keep
// the money, budgets.go counts tries, offers.go picks the actions.
//
// # The money of a sale
//
// A sale remembers each payment that one of its calls may have made, and what
// is known of it. All that is said of money is the worst of these:
//
//	              leaves                 answered
//	(no payment) ────────► under way ─────────────────► known: held, taken,
//	     │                   │    │                     given back, over
//	     │ lost or unclear   │    └───► refused          │ ▲  │ ▲
//	     ▼                   ▼ lost, unclear, another    │ │  └─┘ capture, release,
//	   in doubt ◄────────────┘ money call, supervisor    │ │      return, refund
//	     │  ▲                  is called                 │ │
//	     │  └─ Flexiti says that the hold is over ───────┘ │
//	     └──── read-back, its own answer, a resend under ──┘ (or refused)
//	           its key, the supervisor's word
//
// reference.md, section 6, has every state and what moves it, made from the code.
package plugin
