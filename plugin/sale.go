package plugin

import "slices"

// Sale is the memory of one sale. It is opaque to the POS, which hands back
// what the last answer gave it; the zero value is a sale that has just begun.
// In JSON a check guards its members: a newer module that adds members guards
// them by a check of their own, so that either can read the other's.
type Sale struct {
	V           int       `json:"v,omitempty"`
	Payments    []Payment `json:"payments,omitempty"`      // what the sale's calls may have done, the oldest first: see ledger.go
	Rest        *About    `json:"rest,omitempty"`          // a payment or a capture that was refused beside another one: the goods are not paid
	Dropped     bool      `json:"dropped,omitempty"`       // a refused payment made room: a read-back may show it
	Denied      bool      `json:"denied,omitempty"`        // somebody stated of a payment that it was not taken
	Suspect     bool      `json:"suspect,omitempty"`       // perhaps paid twice, or after the sale had ended: the supervisor finishes it
	Split       bool      `json:"split,omitempty"`         // the next payment is one part of several
	Closed      ActionID  `json:"closed,omitempty"`        // the action that ended the sale
	Answers     []int64   `json:"wrong_answers,omitempty"` // when wrong security answers were given, Unix milliseconds (0: not known), the newest three
	LockedUntil int64     `json:"locked_until,omitempty"`  // security question locked until then; Forever: end not known
	Words       int       `json:"words,omitempty"`         // wrong personal identification words
	Codes       int       `json:"codes,omitempty"`         // wrong verification codes
	Amounts     int       `json:"amounts,omitempty"`       // amounts that Flexiti would not cover
	RuledOut    []Method  `json:"ruled_out,omitempty"`     // verification methods that cannot be used in this sale
	SignIns     int       `json:"sign_ins,omitempty"`      // 401s in a row
	Repeats     int       `json:"repeats,omitempty"`       // cards in a row that asked to repeat Repeated
	Repeated    Operation `json:"repeated,omitempty"`
	Pending     *Next     `json:"pending,omitempty"`  // what is to be sent again once the till has signed in
	Asked       Method    `json:"asked,omitempty"`    // how the module itself last asked to verify
	Last        *Last     `json:"last,omitempty"`     // what the last card was about, and what it offered
	Replaced    bool      `json:"replaced,omitempty"` // an unreadable sale stood here
}

// saleVersion is the version of Sale. Version 1 knew a doubt and no payments;
// it is read still, so that a till can change modules in the middle of a sale.
const saleVersion = 2

// Forever stands for a lock whose end is not known.
const Forever int64 = -1

// Payment is one call that moves money, or a payment with all that was done
// about it since: captures, releases, returns and refunds that were answered.
type Payment struct {
	Operation     Operation    `json:"op"`
	Type          string       `json:"type,omitempty"` // transaction_type
	AutoCapture   *bool        `json:"auto,omitempty"` // of an authorization, where it is known
	Amount        string       `json:"amount,omitempty"`
	Since         int64        `json:"since,omitempty"` // Unix milliseconds
	Call          Hash         `json:"call,omitempty"`
	Key           Hash         `json:"key,omitempty"`
	HasKey        bool         `json:"has_key,omitempty"`
	Authorization Hash         `json:"authorization,omitempty"`
	Capture       Hash         `json:"capture,omitempty"`
	State         PaymentState `json:"state"`
	Held          Cents        `json:"held,omitempty"`      // of a known payment: set aside and not taken
	Taken         Cents        `json:"taken,omitempty"`     // taken and not given back
	Back          Cents        `json:"back,omitempty"`      // given back: a return, a refund, a hold that was released
	Released      bool         `json:"released,omitempty"`  // a hold was given back
	Folded        []Hash       `json:"folded,omitempty"`    // the calls of its captures, releases, returns and refunds, the newest four
	Checks        int          `json:"checks,omitempty"`    // read-backs that settled nothing
	Resends       int          `json:"resends,omitempty"`   // resends under the same key
	Resending     bool         `json:"resending,omitempty"` // one of them is under way
	Announced     bool         `json:"announced,omitempty"` // the POS itself has said that it is under way
	Split         bool         `json:"split,omitempty"`     // one part of several
	Stated        ActionID     `json:"stated,omitempty"`    // what somebody stated of it
}

// Cents is an amount of money. SomeCents stands for one that is not known.
type Cents int64

// SomeCents is an amount that is more than nothing, and not known.
const SomeCents Cents = -1

// Last is what an action event needs to know of the card that offered it.
type Last struct {
	Card      CardID     `json:"card"`
	Operation Operation  `json:"operation,omitempty"`
	Format    Method     `json:"format,omitempty"`
	Type      string     `json:"type,omitempty"` // transaction_type
	Owner     Owner      `json:"owner,omitempty"`
	Offered   []ActionID `json:"offered,omitempty"`
	Ref       string     `json:"ref,omitempty"` // the card's; empty where only Decide was called
}

// Offers says whether the sale's last prompt offered the action.
func (s Sale) Offers(id ActionID) bool { return s.Last != nil && slices.Contains(s.Last.Offered, id) }

// InDoubt says whether money of the sale is in doubt.
func (s Sale) InDoubt() bool { return s.doubtful() != nil }

// questionLocked says whether Flexiti takes no security answer at that time.
func (s Sale) questionLocked(at int64) bool {
	return s.LockedUntil == Forever || s.LockedUntil > 0 && (at == 0 || at < s.LockedUntil)
}

// answersUsed counts the wrong security answers of the 48 hours before that time.
func (s Sale) answersUsed(at int64) int {
	n := 0
	for _, given := range s.Answers {
		if at == 0 || given == 0 || at-given < questionWindow {
			n++
		}
	}
	return n
}

// ruleOut takes a verification method out of this sale.
func (s *Sale) ruleOut(m Method) {
	if !slices.Contains(s.RuledOut, m) {
		s.RuledOut = append(slices.Clip(s.RuledOut), m)
	}
}

// replacement stands in for a sale that could not be read: as if money were in
// doubt and the security question locked.
func replacement() Sale {
	return Sale{
		V: saleVersion, LockedUntil: Forever, Replaced: true,
		Payments: []Payment{{Operation: OpSeveral, State: StateInDoubt}},
	}
}
