package shift

import (
	"fmt"
	"slices"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// codes are a story for each row of the catalogue: the call that it is about gets
// that answer once, within a sale that makes the call.
func codes() (out []story) {
	for _, r := range plugin.Rules() {
		op := r.Exchange().Operation
		if op == "" {
			op = r.Operation
		}
		d, _ := plugin.Decide(plugin.Recognise(r.Exchange()), plugin.Sale{}, plugin.Policy{})
		s := story{
			Title: say{}, Intro: answeredWith(op, r),
			Order: pos.Order{Account: customer, Amount: "1249.00", Deposit: "1249.00", Plan: "1001", Term: "6", Verify: verifiedBy(r.Code), Steps: stepsWith(op)},
			Goes:  []simulator.Step{{Operation: op, Occurrence: 1, Answer: fmt.Sprintf("%s/%d/%s", op, r.Status, r.Code)}},
		}
		for _, l := range languages {
			s.Title[l] = r.Name() + "  " + plugin.Render(d, plugin.Texts{}, plugin.Locale{Cashier: l}).Headline
		}
		out = append(out, s)
	}
	return out
}

// verifiedBy is the way to verify the customer that a code is about; else one that
// takes no key.
func verifiedBy(code string) plugin.Method {
	switch code {
	case "sms_not_valid_phone", "wrong_verification_code", "verification_code_required":
		return plugin.MethodSMS
	case "piw_mismatch":
		return plugin.MethodPIW
	case "merchant_override_is_not_allowed":
		return plugin.MethodOverride
	case "regular_purchase_bypass_is_not_allowed":
		return plugin.MethodBypass
	}
	return plugin.MethodSecurityQuestion
}

// stepsWith gives the steps of a sale that makes a call.
func stepsWith(op plugin.Operation) []plugin.Operation {
	begins := []plugin.Operation{plugin.OpToken}
	finds := []plugin.Operation{plugin.OpLookup, plugin.OpCalculateInterest, plugin.OpVerify}
	buys := []plugin.Operation{plugin.OpAuthorization, plugin.OpCapture}
	own := []plugin.Operation{op}
	switch op {
	case plugin.OpI18n, plugin.OpTerms, plugin.OpDriversLicense, plugin.OpMerchantsLogin, plugin.OpSearch, plugin.OpUnknown,
		plugin.OpUnknownRead, plugin.OpWidgetInit:
		return slices.Concat(begins, own, finds, buys)
	case plugin.OpApply: // whose answer has the account
		return slices.Concat(begins, own, finds[1:], buys)
	case plugin.OpClose:
		return slices.Concat(begins, finds[:1], own)
	case plugin.OpTransactions:
		return slices.Concat(begins, finds, own)
	case plugin.OpRelease, plugin.OpAuthorizations, plugin.OpAuthorizationGet:
		return slices.Concat(begins, finds, buys[:1], own)
	case plugin.OpReturn, plugin.OpRefund, plugin.OpCaptures:
		return slices.Concat(begins, finds, buys, own)
	}
	return slices.Concat(begins, finds, buys)
}
