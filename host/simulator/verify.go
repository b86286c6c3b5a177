package simulator

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

const (
	day        = 24 * time.Hour
	answerSpan = 2 * day // page 2027782233: more than three wrong answers in 48 hours lock the question
	maxAnswers = 3
)

// verify proves who the customer is, and sends or gives a code for the request
// (pages 1851588883 and 1205370885). A code is good until the next one is asked
// for under the same request_id, as often as it is used: how long, and how often
// it may be mistyped, no page says.
func (c *call) verify() reply {
	cu := c.customer(c.accountNumber())
	switch card := string(c.in.Card); {
	case cu == nil, card != "" && !cu.owns(card):
		return c.notFound() // of the account or of the card, page 1471971453
	case c.in.RequestID == "":
		return c.wrong("request_id", "required", "")
	}
	method := plugin.Method(c.in.Format)
	if method == "" {
		method = plugin.MethodSMS // page 1851588883
	}
	var refused reply
	switch method {
	case plugin.MethodSMS:
		if cu.Phone == "" {
			refused = c.refuse(http.StatusBadRequest, "sms_not_valid_phone")
		}
	case plugin.MethodEmail:
	case plugin.MethodSecurityQuestion:
		refused = c.hear(cu)
	case plugin.MethodPIW: // no request table has it; the code for a wrong one is documented (page 20643845)
		if !strings.EqualFold(string(c.in.Word), cu.Word) {
			refused = c.conflict("piw_mismatch")
		}
	case plugin.MethodOverride:
		if !c.merchant.override {
			refused = c.conflict("merchant_override_is_not_allowed")
		}
	case plugin.MethodBypass:
		if !c.merchant.bypass || !c.fewPurchases(cu) {
			refused = c.conflict("regular_purchase_bypass_is_not_allowed")
		}
	default:
		refused = c.wrong("format", "invalid", string(method))
	}
	if refused.status != 0 {
		return refused
	}
	code := 1000 + int(c.dice.next()%9000)
	cu.last = strconv.Itoa(code)
	if cu.codes == nil {
		cu.codes = map[string]verified{}
	}
	cu.codes[string(c.in.RequestID)] = verified{cu.last, method}
	if method == plugin.MethodSMS || method == plugin.MethodEmail {
		return good(object{"verification_code": "verification_sent_to_" + string(method)})
	}
	return good(object{"verification_code": code})
}

// hear takes a security answer. While the question is locked no answer is looked
// at, and none is counted; the 48 hours slide. Both are our judgement.
func (c *call) hear(cu *customer) reply {
	cu.wrong = slices.DeleteFunc(cu.wrong, func(at time.Time) bool { return c.now.Sub(at) >= answerSpan })
	switch {
	case len(cu.wrong) > maxAnswers:
		return c.conflict("tries_exceed")
	case c.in.Answer != "" && strings.EqualFold(string(c.in.Answer), cu.Answer):
		return reply{}
	}
	if cu.wrong = append(cu.wrong, c.now); len(cu.wrong) > maxAnswers {
		return c.conflict("tries_exceed")
	}
	return c.conflict("secret_answer_mismatch")
}

// fewPurchases says whether a regular purchase may do without verification.
func (c *call) fewPurchases(cu *customer) bool {
	cu.regular = slices.DeleteFunc(cu.regular, func(at time.Time) bool { return c.now.Sub(at) >= day })
	return len(cu.regular) <= bypassPurchases
}

// unproven says why a payment's code does not do, if so. The codes are documented
// for transactions (page 1227260149); that an authorization gets the same, the
// order, and what a code of a bypass gets for another purchase, are our judgement.
func (c *call) unproven(cu *customer, cents int64) reply {
	v, asked := cu.codes[string(c.in.RequestID)]
	switch {
	case c.in.Code == "":
		return c.conflict("verification_code_required")
	case len(cu.codes) == 0 && c.op == plugin.OpAuthorization: // was never asked who they are, page 1755447451
		return c.refuse(http.StatusNotFound, "customer_identity_not_found")
	case !asked, v.method == plugin.MethodBypass && (c.in.Financing.Type != regularPurchase || cents > bypassCents):
		return c.conflict("not_verified")
	case string(c.in.Code) != v.code:
		return c.conflict("wrong_verification_code")
	}
	return reply{}
}
