//go:build !wasip1

// The module never asks for these, and would be other bytes with them.

package plugin

// Exchange is a call, and a reply to it that leads to the rule. All values in it
// are made up. A rule for any operation gets a call that has no rule of its own.
func (r Rule) Exchange() Exchange {
	x := Exchange{Operation: r.Operation, Status: r.Status, Body: r.Example()}
	switch r.Operation {
	case AnyOperation:
		for _, x.Operation = range anywhere {
			if met, _ := findRule(Recognise(x)); met != nil && met.Operation == r.Operation && met.Status == r.Status {
				break
			}
		}
	case OpUnknown: // has no name that an event may bear
		x.Operation, x.Method, x.URL = "", "POST", "/"
	case OpUnknownRead:
		x.Operation, x.Method, x.URL = "", "GET", "/"
	}
	return x
}

// anywhere are calls on which a rule for any operation may be met, those of every sale first.
var anywhere = [...]Operation{
	OpLookup, OpVerify, OpCalculateInterest, OpAuthorization, OpCapture, OpTransactions, OpCaptures, OpSearch, OpApply, OpReturn, OpRefund, OpToken,
}
