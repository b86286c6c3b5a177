package plugin

// Sale is the memory of one sale. It is opaque to the POS, which hands back
// what the last answer gave it; the zero value is a sale that has just begun.
// Check guards the members of version 1: a newer module that adds members
// guards them by a check of their own, so that either can read the other's.
type Sale struct {
	V           int      `json:"v,omitempty"`
	Answers     int      `json:"answers,omitempty"`      // wrong security answers in the last 48 hours
	AnswersAt   int64    `json:"answers_at,omitempty"`   // when the first of them was given, Unix milliseconds
	LockedUntil int64    `json:"locked_until,omitempty"` // security question locked until then; Forever: end not known
	Codes       int      `json:"codes,omitempty"`        // wrong verification codes
	RuledOut    []Method `json:"ruled_out,omitempty"`    // verification methods that cannot be used in this sale
	SignIns     int      `json:"sign_ins,omitempty"`     // 401s in a row
	Repeats     int      `json:"repeats,omitempty"`      // cards in a row that asked to repeat Last.Operation
	Last        *Last    `json:"last,omitempty"`         // what the last card was about, and what it offered
	Doubt       *Doubt   `json:"doubt,omitempty"`        // money whose fate is not known
	Closed      ActionID `json:"closed,omitempty"`       // the action that ended the sale
	Replaced    bool     `json:"replaced,omitempty"`     // an unreadable sale stood here
	Check       string   `json:"check,omitempty"`        // CRC-32C of the members above
}

// Forever stands for a lock whose end is not known.
const Forever int64 = -1

// Last is what an action event needs to know of the card that offered it.
type Last struct {
	Operation Operation `json:"operation,omitempty"`
	Format    Method    `json:"format,omitempty"`
	Kind      MoneyKind `json:"kind,omitempty"`
	Money     Money     `json:"money,omitempty"`
	Owner     Owner     `json:"owner,omitempty"`
	Offered   []Action  `json:"offered,omitempty"`
}

// Doubt is a call that moves money and whose outcome is not known.
type Doubt struct {
	Operation   Operation `json:"operation"`
	Kind        MoneyKind `json:"kind"`
	Amount      string    `json:"amount,omitempty"`
	AutoCapture *bool     `json:"auto_capture,omitempty"`
	HasKey      bool      `json:"has_key,omitempty"`
	Since       int64     `json:"since,omitempty"`   // Unix milliseconds
	Checks      int       `json:"checks,omitempty"`  // read-backs that settled nothing
	Resends     int       `json:"resends,omitempty"` // resends under the same key
}
