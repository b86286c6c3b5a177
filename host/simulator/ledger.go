package simulator

import (
	"slices"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// Ledger is what really happened to every dollar, whatever the replies said. All
// amounts are in cents.
type Ledger struct {
	Notice   string    `json:"notice"`
	At       time.Time `json:"at"`
	Payments []Payment `json:"payments"` // in the order in which they were made
	Refunds  []Refund  `json:"refunds"`
}

// Payment is one authorization or transaction that Flexiti dealt with.
type Payment struct {
	ID        string           `json:"id"` // authorization_id, or transaction_id
	Operation plugin.Operation `json:"operation"`
	Type      string           `json:"type"` // transaction_type
	Account   string           `json:"account_number"`
	Reference string           `json:"reference,omitempty"`  // the merchant's own; transactions have none
	RequestID string           `json:"request_id,omitempty"` // that ties it to its verification
	At        time.Time        `json:"at"`
	Amount    int64            `json:"amount_cents"`   // that was asked for
	Held      int64            `json:"held_cents"`     // that is held now
	Captured  int64            `json:"captured_cents"` // that was ever taken
	Returned  int64            `json:"returned_cents"` // that was given back of it, by returns and by refunds that name the capture
	Declined  bool             `json:"declined,omitempty"`
	Released  bool             `json:"released,omitempty"` // some of what was held was given back
	Ended     bool             `json:"ended,omitempty"`    // nothing is held any more: captured, released or both
	Captures  []Capture        `json:"captures,omitempty"`
}

// Capture is one time that money of an authorization was taken.
type Capture struct {
	ID        string    `json:"id"`
	Reference string    `json:"reference,omitempty"`
	At        time.Time `json:"at"`
	Amount    int64     `json:"amount_cents"`
	Returned  int64     `json:"returned_cents"`
}

// Refund is money given back to an account.
type Refund struct {
	ID        string    `json:"id"`
	Account   string    `json:"account_number"`
	Reference string    `json:"reference,omitempty"`
	RequestID string    `json:"request_id,omitempty"`
	Capture   string    `json:"capture_id,omitempty"` // that it names; then the capture's Returned counts it
	At        time.Time `json:"at"`
	Amount    int64     `json:"amount_cents"`
}

// Of gives the part of the ledger that has the name as its reference or as its
// request_id: one sale's, where the POS gives each sale its own.
func (l Ledger) Of(name string) Ledger {
	l.Payments = slices.DeleteFunc(slices.Clone(l.Payments), func(p Payment) bool { return p.Reference != name && p.RequestID != name })
	l.Refunds = slices.DeleteFunc(slices.Clone(l.Refunds), func(r Refund) bool { return r.Reference != name && r.RequestID != name })
	return l
}

// Held is all that is held now, in cents.
func (l Ledger) Held() (cents int64) {
	for _, p := range l.Payments {
		cents += p.Held
	}
	return cents
}

// Taken is all that was taken and not given back, in cents.
func (l Ledger) Taken() (cents int64) {
	for _, p := range l.Payments {
		cents += p.Captured
	}
	return cents - l.Returned()
}

// Returned is all that was given back, in cents: by returns and by refunds, whether
// or not these name a capture.
func (l Ledger) Returned() (cents int64) {
	for _, p := range l.Payments {
		cents += p.Returned
	}
	for _, r := range l.Refunds {
		if r.Capture == "" { // else the payment has it
			cents += r.Amount
		}
	}
	return cents
}

// Ledger gives what really happened, as it stands now.
func (s *Simulator) Ledger() Ledger {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books.ledger(s.clock())
}

// Sent gives the last verification code that the customer was sent, or the till
// was given for them; empty where there was none, or there is no such account.
func (s *Simulator) Sent(account string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cu := s.people[account]; cu != nil {
		return cu.last
	}
	return ""
}
