package plugin

import "strconv"

// How a rule was found, from the most to the least specific.
const (
	byAll      = "operation+status+code"
	byOpCode   = "operation+code"
	byStatus   = "status+code"
	byCode     = "code"
	byKind     = "kind+status"
	byClass    = "class"
	byNoReply  = "no_reply"
	byAction   = "action"
	byReadBack = "read_back"
)

// match finds the card for what Flexiti answered, or did not. documented says
// whether the reply's own code is in the catalogue and the status fits a reply.
func match(f Facts) (cardID string, m Matched) {
	op := about(f.Operation)
	switch {
	case f.Status == 0:
		return noReply(f, op)
	case f.Code == "" && f.Status >= 200 && f.Status <= 299:
		return success(f), Matched{ruleName(f.Operation, f.Status, ""), byKind, seed}
	case f.Code != "":
		if r, by := findRule(f); r != nil {
			return forKind(r.Card, op), Matched{ruleName(r.Operation, r.Status, r.Code), by, r.Source}
		}
	}
	return byStatusAlone(f, op)
}

// findRule looks for the row of a code: that of the very call and status, then
// the call's, the status's, any. Of equal rows the one for any operation stands
// for all.
func findRule(f Facts) (best *Rule, by string) {
	rank := 0
	for i := range rows {
		r := &rows[i]
		if r.Code != f.Code {
			continue
		}
		n, how := 1, byCode
		sameOp, sameStatus, any := r.Operation == f.Operation, r.Status == f.Status, r.Operation == AnyOperation
		switch {
		case sameOp && sameStatus:
			n, how = 6, byAll
		case sameOp:
			n, how = 5, byOpCode
		case any && sameStatus:
			n, how = 4, byStatus
		case sameStatus:
			n, how = 3, byStatus
		case any:
			n = 2
		}
		if n > rank {
			rank, best, by = n, r, how
		}
	}
	return best, by
}

func ruleName(op Operation, status int, code string) string {
	return string(op) + "/" + strconv.Itoa(status) + "/" + code
}

// unknownName is the rule's name where nothing is documented.
func unknownName(f Facts, code string) string {
	return "unknown/" + ruleName(f.Operation, f.Status, code)
}

// forKind picks the variant of a card whose advice depends on the kind of call.
func forKind(cardID string, op *operation) string {
	if cardID != "service_trouble" && cardID != "no_reply" {
		return cardID
	}
	if op.money == KindRefund {
		return cardID + "_refund"
	}
	return cardID + "_" + string(op.kind)
}

func noReply(f Facts, op *operation) (string, Matched) {
	m := Matched{ruleName(f.Operation, 0, string(f.Failure)), byNoReply, SourceJudgement}
	if f.Sent == SentNo {
		return "not_sent", m
	}
	return forKind("no_reply", op), m
}

// byStatusAlone is for a reply without a code, or with one that is not
// documented: the code then stays visible in the rule's name.
func byStatusAlone(f Facts, op *operation) (string, Matched) {
	cardID, source := statusCard(f.Status, op)
	if f.Code == codeUnreadable && f.Status < 300 {
		cardID = forKind("service_trouble", op)
	}
	by := byKind
	if source == SourceJudgement {
		by = byClass
	}
	if f.Code != "" || source == SourceJudgement {
		return cardID, Matched{unknownName(f, f.Code), by, SourceJudgement}
	}
	return cardID, Matched{ruleName(f.Operation, f.Status, ""), by, source}
}

// statusCard gives the card for a status and where it is documented. 402 and
// 502 to 504 stand on the page that the project started from, 403 and 465 to
// 467 on later ones; 408, 422, 429 and the rest on none.
func statusCard(status int, op *operation) (cardID, source string) {
	switch status {
	case 401:
		return "unauthorized", seed
	case 402:
		return "request_failed", seed
	case 403:
		return "forbidden", scopes
	case 404:
		if op.kind == kindReadBack {
			return "authorization_not_found", seed
		}
		return "unknown_reply", seed
	case 408:
		return forKind("no_reply", op), SourceJudgement
	case 409:
		return "unknown_reply", seed
	case 429:
		return "too_many_requests", SourceJudgement
	case 465, 466, 467:
		return "blocked", current
	case 500, 502, 503, 504:
		return forKind("service_trouble", op), seed
	}
	if status >= 500 {
		return forKind("service_trouble", op), SourceJudgement
	}
	return "unknown_reply", SourceJudgement
}

// success gives the card for a good answer that could be read.
func success(f Facts) string {
	switch f.Operation {
	case OpToken:
		return "signed_in"
	case OpSearch, OpLookup:
		return "customer_found"
	case OpCalculateInterest:
		return "plans_ready"
	case OpVerify:
		if f.Format == MethodSMS || f.Format == MethodEmail || f.Format == "" {
			return "code_sent"
		}
		return "verified"
	case OpClose:
		return "account_closed"
	case OpApply:
		if f.Result == ResultApproved {
			return "application_approved"
		}
		return "application_no_result"
	case OpTransactions:
		return "payment_posted"
	case OpAuthorization:
		if f.AutoCapture != nil && *f.AutoCapture {
			return "purchase_captured"
		}
		return "purchase_authorized"
	case OpCapture:
		return "purchase_captured"
	case OpRelease:
		return "released"
	case OpReturn:
		return "returned"
	case OpRefund:
		return "refunded"
	case OpAuthorizations, OpAuthorizationGet, OpCaptures, OpUnknownRead:
		return "status_read"
	case OpUnknown:
		return "unknown_reply" // what succeeded is not known
	}
	return "setup_done"
}
