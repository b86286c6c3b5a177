package plugin

import "strings"

// The codes that rules name more than once.
const (
	codeDeclined   = "application_declined"
	codePending    = "application_marked_pending"
	codeGeneral    = "general_error"
	codeScope      = "insufficient_scope"
	codeUnreadable = "unreadable" // there was something where a code belongs, and it may not be kept
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

// plainName says whether a name that no documentation knows may be kept: at
// most 48 letters, digits and underscores, and never three digits in a row,
// since a longer run of them could be part of a number that identifies someone.
func plainName(s string) bool {
	if s == "" || len(s) > 48 {
		return false
	}
	digits := 0
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			if digits++; digits == 3 {
				return false
			}
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
			digits = 0
		default:
			return false
		}
	}
	return true
}

// knownParam gives the name of a field if a page names it or it is a plain
// name, else "other". Of a path like sku_data.register_id, the first part that
// is documented counts.
func knownParam(s string) string {
	for part := range strings.SplitSeq(s, ".") {
		if lower := strings.ToLower(part); fieldLabel(lower, English) != "" {
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
