package simulator

import "strings"

// BarcodePrefix and an account's number make the barcode of that customer's
// driver's licence, which a real one is not.
const BarcodePrefix = "@SYNTHETIC-LICENCE-"

// license reads a scanned licence (page 2235695131). A bad scan is wrong_inputs, by judgement.
func (c *call) license() reply {
	number, ok := strings.CutPrefix(string(c.in.Barcode), BarcodePrefix)
	cu := c.customer(number)
	if !ok || cu == nil {
		return c.wrong("code", "invalid", string(c.in.Barcode))
	}
	return good(object{
		"first_name": cu.FirstName, "middle_name": "", "last_name": cu.LastName, "dob": cu.DOB, "address_1": "1 Synthetic Street",
		"city": "Sampleville", "province": cu.Province, "postal_code": cu.PostalCode, "govid_type": "driverslicense",
		"govid_issuedby": cu.Province, "govid_number": "SYNTHETIC-" + cu.Number, "govid_expiry": "2031-01-01",
	})
}

// close closes a Quebec account (page 2235695131). Of another province no page
// says what comes: wrong_inputs, by judgement.
func (c *call) close() reply {
	cu := c.customer(c.accountNumber())
	switch {
	case cu == nil:
		return c.notFound()
	case cu.Province != "QC":
		return c.wrong("account_number", "invalid", cu.Number)
	}
	closed := *cu.Account // the table is everybody's
	closed.Status, closed.Reason = "C", "FCLC"
	cu.Account = &closed
	return good(object{"account_number": cu.Number, "closed": true})
}

// terms gives the cardholder's terms; what a page shows of it was not seen.
func (c *call) terms() reply {
	return good(object{"terms_and_conditions": "Synthetic terms. " + Notice})
}

// options gives texts and lists; what a page shows of it was not seen.
func (c *call) options() reply { return good(object{"form_values": formValues()}) }

func formValues() object {
	return object{"province": []string{"ON", "QC"}, "security_qid": []object{{"id": "1", "text": "What was your first street?"}}}
}

// widget is of the online channel, and only answers (page 149520436).
func (c *call) widget() reply {
	return good(object{"redirection_url": "https://simulator.invalid/widget?token=" + c.hex40()})
}
