package plugin

import (
	"hash/crc32"
	"slices"
)

// Sale is the memory of one sale. It is opaque to the POS, which hands back
// what the last answer gave it; the zero value is a sale that has just begun.
// Check guards the members of version 1: a newer module that adds members
// guards them by a check of their own, so that either can read the other's.
type Sale struct {
	V           int       `json:"v,omitempty"`
	Answers     int       `json:"answers,omitempty"`      // wrong security answers in the last 48 hours
	AnswersAt   int64     `json:"answers_at,omitempty"`   // when the first of them was given, Unix milliseconds
	LockedUntil int64     `json:"locked_until,omitempty"` // security question locked until then; Forever: end not known
	Words       int       `json:"words,omitempty"`        // wrong personal identification words
	Codes       int       `json:"codes,omitempty"`        // wrong verification codes
	Amounts     int       `json:"amounts,omitempty"`      // amounts that Flexiti would not cover
	RuledOut    []Method  `json:"ruled_out,omitempty"`    // verification methods that cannot be used in this sale
	SignIns     int       `json:"sign_ins,omitempty"`     // 401s in a row
	Repeats     int       `json:"repeats,omitempty"`      // cards in a row that asked to repeat Repeated
	Repeated    Operation `json:"repeated,omitempty"`
	Paying      Operation `json:"paying,omitempty"`   // the last call that moves money
	Pending     *Next     `json:"pending,omitempty"`  // what is to be sent again once the till has signed in
	Last        *Last     `json:"last,omitempty"`     // what the last card was about, and what it offered
	Doubt       *Doubt    `json:"doubt,omitempty"`    // money whose fate is not known
	Closed      ActionID  `json:"closed,omitempty"`   // the action that ended the sale
	Replaced    bool      `json:"replaced,omitempty"` // an unreadable sale stood here
	Check       string    `json:"check,omitempty"`    // CRC-32C of the members above
}

// Forever stands for a lock whose end is not known.
const Forever int64 = -1

// Last is what an action event needs to know of the card that offered it.
type Last struct {
	Card      string    `json:"card,omitempty"`
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
	Since       int64     `json:"since,omitempty"`     // Unix milliseconds
	Checks      int       `json:"checks,omitempty"`    // read-backs that settled nothing
	Resends     int       `json:"resends,omitempty"`   // resends under the same key
	UnderWay    bool      `json:"under_way,omitempty"` // its answer may still come, and then settles it
}

// questionLocked says whether Flexiti takes no security answer at that time.
func (s Sale) questionLocked(at int64) bool {
	return s.LockedUntil == Forever || s.LockedUntil > 0 && (at == 0 || at < s.LockedUntil)
}

// answersUsed counts the wrong security answers that still matter at that time.
func (s Sale) answersUsed(at int64) int {
	if at > 0 && s.AnswersAt > 0 && at-s.AnswersAt >= questionWindow {
		return 0
	}
	return s.Answers
}

// ruleOut takes a verification method out of this sale.
func (s *Sale) ruleOut(m Method) {
	if !slices.Contains(s.RuledOut, m) {
		s.RuledOut = append(slices.Clip(s.RuledOut), m)
	}
}

// closed is what stays of a sale that has ended: what Flexiti counts against
// the security question wherever it is asked, and any doubt.
func (s Sale) closed(by ActionID) Sale {
	return Sale{
		Answers: s.Answers, AnswersAt: s.AnswersAt, LockedUntil: s.LockedUntil,
		Doubt: s.Doubt, Replaced: s.Replaced && s.Doubt != nil, Closed: by,
	}
}

// replacement stands in for a sale that could not be read: as if money were in
// doubt and the security question locked.
func replacement() Sale {
	return Sale{
		LockedUntil: Forever, Replaced: true,
		Doubt: &Doubt{Operation: OpUnknown, Kind: KindPurchase},
	}
}

// sealed gives the sale its version and its check.
func (s Sale) sealed() Sale {
	s.V, s.Check = 1, ""
	w := list{out: make([]byte, 0, MaxSale/2)}
	appendSale(&w, s)
	s.Check = checksum(w.out)
	return s
}

// checksum is CRC-32C in eight hex digits.
func checksum(b []byte) string {
	sum := crc32.Checksum(b, castagnoli)
	out := make([]byte, 8)
	for i := range out {
		out[i] = hexDigits[sum>>(28-4*i)&15]
	}
	return string(out)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)
