package plugin

import "strings"

// The codes that rules name more than once.
const (
	codeDeclined   = "application_declined"
	codePending    = "application_marked_pending"
	codeGeneral    = "general_error"
	codeScope      = "insufficient_scope"
	codeUnreadable = "unreadable" // there was something where a code belongs, and it may not be kept

	codeNotFound       = "not_found"
	codeGatewayTimeout = "gateway_timeout"      // page 699432980; says nothing of what was done
	codeEnded          = "authorization_ended"  // page 122028066
	codeAmountExceeded = "auth_amount_exceeded" // page 122028066
)

// knownCode gives a code in its one spelling. Codes compare without case
// (page 699432980 writes one in lower case that page 20643845 capitalises).
// Codes that stand for reasons which the lender keeps to itself become their
// group's. A code that no page documents stays as it came if it is short and
// plain, so that the details can show it; anything else could be data.
func knownCode(s string) string {
	s = strings.TrimSpace(s)
	code := strings.ToLower(s)
	switch {
	case code == "":
		return ""
	case code == "generic_error": // the older name, page 122028066
		return codeGeneral
	case code == "wrong_input": // the example's spelling, page 22020136
		return "wrong_inputs"
	case strings.HasPrefix(code, codeDeclined):
		return codeDeclined
	case strings.HasPrefix(code, codePending):
		return codePending
	case strings.HasPrefix(code, "insufficient scope"): // the sentence that page 308248579 prints as the code
		return codeScope
	case documented(code):
		return code
	case plainName(s):
		return s
	}
	return codeUnreadable
}

// documented says whether any row of the catalogue has the code.
func documented(code string) bool {
	for i := range rows {
		if rows[i].Code == code {
			return true
		}
	}
	return false
}

// refusalCode says whether a code is documented as a refusal: those of the
// gateway and of the backend (page 10190869) do not say what was done.
func refusalCode(code string) bool {
	return code != "" && code != codeGeneral && code != codeGatewayTimeout && documented(code)
}

// plainName says whether a name that no documentation knows may be kept: at
// most 48 letters, digits and underscores, never three digits in a row, since a
// longer run of them could be part of a number that identifies someone. For the
// same reason it has letters of one case only, as all of Flexiti's codes have,
// and a person's name has not; and at most two digits in all, so that neither a
// postal code nor a number in pieces passes.
func plainName(s string) bool {
	if s == "" || len(s) > 48 {
		return false
	}
	digits, lower, upper := 0, false, false
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			lower = true
		case c >= 'A' && c <= 'Z':
			upper = true
		case c != '_':
			return false
		}
	}
	return digits <= 2 && !(lower && upper)
}
