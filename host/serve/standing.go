package serve

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

const (
	longest = 120 * 24 * time.Hour // that a sale is kept because of its money
	after   = 7 * 24 * time.Hour   // that it is kept when nothing of it is open
	lock    = 48 * time.Hour       // that Flexiti remembers a wrong security answer: design, section 3
)

// standing is why a sale must be kept.
type standing struct {
	money  bool  // some is unknown, under way or held, or it cannot be read
	answer int64 // when the last wrong security answer was given, or until when the question is locked less 48 hours; Unix milliseconds
	closed bool
}

func standingOf(state json.RawMessage) standing {
	if len(state) == 0 {
		return standing{}
	}
	var sale plugin.Sale
	if json.Unmarshal(state, &sale) != nil {
		return standing{money: true}
	}
	st := standing{closed: sale.Closed != ""}
	st.money = slices.ContainsFunc(sale.Payments, func(p plugin.Payment) bool {
		return p.State == plugin.StateUnderWay || p.State == plugin.StateInDoubt || p.Held != 0
	})
	for _, given := range sale.Answers {
		st.answer = max(st.answer, given)
	}
	if sale.LockedUntil != plugin.Forever {
		st.answer = max(st.answer, sale.LockedUntil-lock.Milliseconds())
	}
	return st
}

// binds says whether a sale, last used then, must not be let go of now.
func (st standing) binds(used, now time.Time) bool {
	return st.money && now.Sub(used) < longest || st.answer > 0 && now.Sub(time.UnixMilli(st.answer)) < lock
}

// past says whether a sale has had its time.
func (st standing) past(used, now time.Time) bool {
	keep := after
	if st.money {
		keep += longest
	}
	return now.Sub(used) >= keep && !st.binds(used, now)
}
