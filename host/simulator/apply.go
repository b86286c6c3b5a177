package simulator

import (
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/host/journal"
)

// apply takes a credit application. The test keys, in middle_name, are those of
// page 199688206; page 1731428383 expects 200 for approved, pending and declined
// alike. The members of that 200 are our judgement, and so is that a person
// without a key is approved.
func (c *call) apply() reply {
	in := &c.in
	for _, needed := range []struct{ param, value string }{
		{"first_name", string(in.FirstName)}, {"last_name", string(in.LastName)}, {"dob", string(in.DOB)},
	} {
		if needed.value == "" {
			return c.wrong(needed.param, "required", "")
		}
	}
	switch {
	case !in.Terms.isTrue():
		return c.conflict("tos_agreement_required")
	case in.Location != "" && in.Location != Location:
		return c.conflict("external_location_id_not_found")
	case c.exists(string(in.FirstName), string(in.LastName), string(in.DOB)):
		return c.conflict("customer_already_exists")
	}
	key := string(in.MiddleName)
	switch {
	case key == "D-EMAIL_DBL_TIMEOUT": // a third party's time-out: to be tried again
		return c.conflict("application_create_error")
	case strings.HasPrefix(key, "D-"):
		return c.decided("declined")
	case strings.HasPrefix(key, "P-"):
		return c.decided("pending")
	}
	risk := "L"
	if r, ok := strings.CutPrefix(key, "A-RR_"); ok && r != "" {
		risk = r
	}
	return c.approve(risk)
}

func (c *call) decided(outcome string) reply {
	return good(object{"application_id": c.number(), "application_status": outcome})
}

// approve opens an account with $2,000 of credit.
func (c *call) approve(risk string) reply {
	n := strconv.Itoa(len(c.applied) + 1)
	a := person("21"+strings.Repeat("0", max(0, 6-len(n)))+n, "Was approved since the simulator started", string(c.in.FirstName), Account{
		LastName: string(c.in.LastName), DOB: string(c.in.DOB), PostalCode: string(c.in.PostalCode), Province: string(c.in.Province),
		Risk: risk, Limit: 200000,
	})
	a.Cards[0].Number = "91000000" + strings.Repeat("0", max(0, 7-len(n))) + n + "0"
	if journal.HoldsCardNumber(a.Cards[0].Number) { // it must not be anybody's
		a.Cards[0].Number = a.Cards[0].Number[:15] + "1"
	}
	if strings.HasPrefix(risk, "X") {
		a.Category = "standard"
	}
	c.applied = append(c.applied, a)
	c.know(&a)
	r := object{"application_id": c.number(), "application_status": "approved", "account_number": a.Number, "customer_id": a.CustomerID,
		"vcc_number": a.Cards[0].Number, "credit_limit": Dollars(a.Limit)}
	return good(r)
}

// exists says whether somebody of that name and date of birth has an account.
func (c *call) exists(first, last, dob string) bool {
	for a := range c.everybody() {
		if a.is(first, last, dob) {
			return true
		}
	}
	return false
}
