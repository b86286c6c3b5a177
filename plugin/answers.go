package plugin

import (
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin/internal/json"
)

// What counts as an answer. A good status alone says little: a portal, a
// gateway or a refusal can stand behind it. So a 2xx is an answer only if it
// looks like the documented one of its call, and nothing in it refuses.

// documentedMembers of good answers, one of which must be there: pages 9404505,
// 15925414, 9371728, 1851588883, 2290450538, 2603516233, 2235695131 and
// 149520436. Of the other calls no page shows the answer (page 9601087 cuts its
// tables): an object with something in it will do.
var documentedMembers = map[Operation][]string{
	OpToken:             {"access_token"},
	OpLookup:            {"account_number", "customer_id"},
	OpVerify:            {"verification_code"},
	OpCalculateInterest: {"regular_purchase", "promotional_purchase"},
	OpReturn:            {"return_id"},
	OpDriversLicense:    {"first_name", "last_name", "govid_number"},
	OpWidgetInit:        {"redirection_url"},
}

// answersWithList says whether a good answer is an array (pages 9371728 and 9601087).
func answersWithList(op Operation) bool {
	return op == OpSearch || op == OpAuthorizations || op == OpCaptures
}

// readGood reads the body of a 2xx into the facts.
func (f *Facts) readGood(v json.Value) {
	kind, customer := v.Kind(), f.Operation == OpSearch || f.Operation == OpLookup
	empty := kind >= json.Array && v.First().Kind() == json.Missing
	switch {
	case f.Status == 202, kind < json.Array, refuses(v):
		f.Code = codeUnreadable
	case customer && empty && kind == json.Array:
		f.Code = codeNotFound // nobody found
	case customer && cannotBuy(v):
		f.Code = "user_not_able_to_purchase"
	case answersWithList(f.Operation):
		if kind != json.Array || !saysEach(v) {
			f.Code = codeUnreadable
		}
	case empty && kind == json.Object && documentedMembers[f.Operation] == nil:
		f.State = StateEmpty
	case !hasOneOf(v, documentedMembers[f.Operation]) || !says(v) || !f.readStatus(v):
		f.Code, f.State = codeUnreadable, ""
	default:
		f.readNumbers(v)
	}
}

// refuses looks for a sign of a refusal, however deep it stands: some gateways
// wrap what they pass on. Names compare without case.
func refuses(v json.Value) bool {
	for m := v.First(); m.Kind() != json.Missing; m = m.Next() {
		switch strings.ToLower(m.Key()) {
		case "error", "errors", "fault":
			if !isEmpty(m) {
				return true
			}
		case "success":
			if s, _ := m.Str(); m.Present() && isEmpty(m) || strings.EqualFold(s, "false") {
				return true
			}
		}
		if refuses(m) {
			return true
		}
	}
	return false
}

// says tells whether an object says more than a message.
func says(v json.Value) bool {
	for m := v.First(); v.Kind() == json.Object && m.Kind() != json.Missing; m = m.Next() {
		switch strings.ToLower(m.Key()) {
		case "error", "errors", "fault", "message", "title", "detail":
		default:
			if m.Present() {
				return true
			}
		}
	}
	return false
}

func saysEach(list json.Value) bool {
	for e := list.First(); e.Kind() != json.Missing; e = e.Next() {
		if !says(e) {
			return false
		}
	}
	return true
}

func hasOneOf(v json.Value, members []string) bool {
	return v.Kind() == json.Object && (members == nil ||
		slices.ContainsFunc(members, func(name string) bool { return v.Get(name).Present() }))
}

// readStatus says whether `status` and `code` are those of a success. The
// status word of an authorization goes into the facts, since the policy may
// know it; two different words say nothing.
func (f *Facts) readStatus(v json.Value) bool {
	for m := v.First(); m.Kind() != json.Missing; m = m.Next() {
		name := strings.ToLower(m.Key())
		if name != "status" && name != "code" || !m.Present() {
			continue
		}
		s, isText := m.Str()
		word := strings.ToLower(strings.TrimSpace(s))
		switch n, _ := m.Integer(); {
		case name == "status" && f.Operation == OpAuthorization && isStatusWord(word):
			if f.State != "" && f.State != word {
				return false
			}
			f.State = word
		case isText && isGoodWord(word), n >= 200 && n <= 299:
		case name == "status" && f.Operation == OpAuthorizationGet && isText: // the authorization's state, and not the call's
		default:
			return false
		}
	}
	return true
}

// isStatusWord says whether a word may be kept: at most 24 letters and underscores.
func isStatusWord(s string) bool {
	return s != "" && len(s) <= 24 && s != StateEmpty && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}

func isGoodWord(s string) bool {
	return len(s) == 3 && s[0] == '2' && strings.Trim(s, "0123456789") == "" ||
		slices.Contains(wordsGood, s) || slices.Contains(wordsHeld, s) || slices.Contains(wordsTaken, s)
}

// isEmpty says whether a member holds nothing: null, false, "", 0, [] or {}.
func isEmpty(m json.Value) bool {
	switch m.Kind() {
	case json.String:
		s, _ := m.Str()
		return strings.TrimSpace(s) == ""
	case json.Bool:
		b, _ := m.Bool()
		return !b
	case json.Number:
		n, ok := m.Integer()
		return ok && n == 0
	}
	return m.First().Kind() == json.Missing
}

// readNumbers takes what a good answer tells of its payment or its code. The
// number in the path stands above that in the reply: it says what was meant.
func (f *Facts) readNumbers(v json.Value) {
	switch f.Operation {
	case OpAuthorization, OpCapture:
		if f.Authorization == 0 {
			f.Authorization = idOf(v.Get("authorization_id"))
		}
		if f.Capture == 0 {
			f.Capture = idOf(v.Get("capture_id"))
		}
	case OpVerify:
		if f.Format == "" {
			f.Format = sentinelFormat(v)
		}
	}
}

func idOf(v json.Value) Hash {
	if v.Kind() == json.Number {
		return hashOf(v.Raw())
	}
	s, _ := v.Str()
	return hashOf(s)
}

// sentinelFormat tells from a verify reply where a code went: a text reply is
// "verification_sent_to_sms" or "…_email" (page 1851588883), a number is the code itself.
func sentinelFormat(v json.Value) Method {
	s, _ := v.Get("verification_code").Str()
	switch {
	case strings.HasSuffix(s, "sent_to_sms"):
		return MethodSMS
	case strings.HasSuffix(s, "sent_to_email"):
		return MethodEmail
	}
	return ""
}

// cannotBuy says whether every account in the reply is one that cannot buy:
// only status N with reason NNOR can (pages 209780774, 9371728). The status and
// the reason themselves go no further.
func cannotBuy(v json.Value) bool {
	if v.Kind() == json.Object {
		status, okStatus := v.Get("account_status").Str()
		reason, okReason := v.Get("account_status_reason_code").Str()
		return okStatus && status != "N" || okReason && reason != "NNOR"
	}
	some := false
	for e := v.First(); e.Kind() != json.Missing; e = e.Next() {
		if some = true; e.Kind() != json.Object || !cannotBuy(e) {
			return false
		}
	}
	return some
}
