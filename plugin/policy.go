package plugin

import "slices"

// Bounds and defaults of what a sale may repeat. Flexiti documents one of them
// only: a fourth wrong security answer within 48 hours locks the question (page
// 2027782233). The rest is our judgement, on the careful side.
const (
	defaultAnswers = 2
	maxAnswers     = 3
	defaultCodes   = 3
	defaultReads   = 2
	defaultChecks  = 2
	maxLimit       = 9
	defaultWaitS   = 60 // before a payment under way may be checked
	wordTries      = 2  // personal identification words
	amountTries    = 1  // other amounts after one that was too high
	createTries    = 2  // applications that a third-party timeout ended
	verifyTries    = 2  // verifications without an answer, by one method
	resendTries    = 2  // resends of one payment under its key

	questionWindow = int64(48 * 60 * 60 * 1000) // ms
)

var defaultMethods = []Method{MethodSMS, MethodEmail, MethodSecurityQuestion}

// InForce gives the policy with its defaults filled in.
func (p Policy) InForce() Policy {
	if len(p.Methods) == 0 {
		p.Methods = defaultMethods
	}
	if p.SettledBy == "" {
		p.SettledBy = OwnerSupervisor
	}
	p.WaitS = p.waitS()
	p.Limits = Limits{Answers: p.answers(), Codes: p.codes(), Reads: p.reads(), Checks: p.checks()}
	return p
}

func limit(set, byDefault int) int {
	if set == 0 {
		return byDefault
	}
	return set
}

func (p Policy) answers() int { return limit(p.Limits.Answers, defaultAnswers) }
func (p Policy) codes() int   { return limit(p.Limits.Codes, defaultCodes) }
func (p Policy) reads() int   { return limit(p.Limits.Reads, defaultReads) }
func (p Policy) checks() int  { return limit(p.Limits.Checks, defaultChecks) }
func (p Policy) waitS() int   { return limit(p.WaitS, defaultWaitS) }

// autoCapture says whether an authorization is to be captured at once, by its
// request or else by the store's setting; nil: not known.
func (p Policy) autoCapture(asked *bool) *bool {
	if asked != nil {
		return asked
	}
	return p.AutoCapture
}

// offers says whether the store has the method at all.
func (p Policy) offers(m Method) bool {
	switch m {
	case MethodOverride:
		return p.Override
	case MethodBypass:
		return p.Bypass
	}
	if len(p.Methods) == 0 {
		return slices.Contains(defaultMethods, m)
	}
	return slices.Contains(p.Methods, m)
}
