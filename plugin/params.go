package plugin

import "strings"

// params are the parameters that a page of Flexiti's names, and "other" for all
// else. Their spoken names stand in the same order with the texts.
var params = [...]string{
	"account_number", "vcc_number", "customer_id", "first_name", "middle_name", "last_name", "dob", "postal_code",
	"address_1", "address_2", "city", "province", "email", "phone_number", "sin", "salutation", "govid_type",
	"govid_issuedby", "govid_number", "govid_expiry", "income", "tos_agreement", "code", "format", "security_qid",
	"security_answer", "piw", "verification_code", "request_id", "widget_session_id", "amount", "transaction_type",
	"financing_option", "plan_id", "term", "reference", "auto_capture", "external_location_id", "external_employee_id",
	"sku_data", "register_id", "full_return", "capture_id", "authorization_id", "lang", "flow", "client_id",
	"client_secret", "grant_type", "refresh_token", "scope", "merchant_username", "merchant_password",
	"payment_protection", "other",
}

// paramIndex finds a documented parameter; -1 is none.
func paramIndex(name string) int {
	for i := range params {
		if params[i] == name {
			return i
		}
	}
	return -1
}

// knownParam gives the name of a field if a page names it or it is a plain
// name, else "other". Of a path like sku_data.register_id, the first part that
// is documented counts.
func knownParam(s string) string {
	for part := range strings.SplitSeq(s, ".") {
		if lower := strings.ToLower(part); paramIndex(lower) >= 0 {
			return lower
		}
	}
	if plainName(s) {
		return s
	}
	return "other"
}

// problemOf sorts what a page or a reply says of a field (open set; pages
// 10190869, 15925402 and 16613382 show invalid, wrong format, required, length).
func problemOf(kind, msg string) Problem {
	for _, text := range []string{kind, msg} {
		text = strings.ToLower(text)
		switch {
		case strings.Contains(text, "required"), strings.Contains(text, "missing"):
			return ProblemRequired
		case strings.Contains(text, "format"):
			return ProblemFormat
		case strings.Contains(text, "length"):
			return ProblemLength
		case strings.Contains(text, "invalid"):
			return ProblemInvalid
		}
	}
	return ProblemOther
}
