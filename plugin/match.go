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

// match finds the card for what Flexiti answered, or did not.
func (t *turn) match() (CardID, Matched) {
	f, op := t.f, t.op
	switch {
	case f.Status == 0:
		return t.noReply()
	case f.Code == "" && f.succeeded():
		if t.out == outUnknown {
			return kinds[op.kind].trouble, Matched{unknownName(f, ""), byKind, SourceJudgement}
		}
		return t.success(), Matched{ruleName(f.Operation, f.Status, ""), byKind, seed}
	case f.Code != "":
		if r, by := findRule(f); r != nil {
			return op.worded(r.Card), Matched{ruleName(r.Operation, r.Status, r.Code), by, r.Source}
		}
	}
	return t.byStatusAlone()
}

func (f *Facts) succeeded() bool { return f.Status >= 200 && f.Status <= 299 }

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

// worded gives the card of a row, in the wording of the kind of call where the
// row leaves it open.
func (op *operation) worded(id CardID) CardID {
	switch id {
	case troubleByKind:
		return kinds[op.kind].trouble
	case noReplyByKind:
		return kinds[op.kind].noReply
	}
	return id
}

func (t *turn) noReply() (CardID, Matched) {
	m := Matched{ruleName(t.f.Operation, 0, string(t.f.Failure)), byNoReply, SourceJudgement}
	switch {
	case t.f.Failure == FailurePending:
		return working(t.op), m
	case t.f.Sent == SentNo:
		return situations[notSent], m
	}
	return kinds[t.op.kind].noReply, m
}

func working(op *operation) CardID {
	if op.moves() {
		return situations[workingPayment]
	}
	return situations[workingCall]
}

// byStatusAlone is for a reply without a code, or with one that is not
// documented: the code then stays visible in the rule's name.
func (t *turn) byStatusAlone() (CardID, Matched) {
	f := t.f
	r := statusRow(f.Status)
	id, source := t.op.worded(r.card), r.source
	if f.Code == codeUnreadable && f.Status < 300 {
		id = kinds[t.op.kind].trouble
	}
	by := byKind
	if source == SourceJudgement {
		by = byClass
	}
	if f.Code != "" || source == SourceJudgement {
		return id, Matched{unknownName(f, f.Code), by, SourceJudgement}
	}
	return id, Matched{ruleName(f.Operation, f.Status, ""), by, source}
}

// success gives the card for a good answer that could be read.
func (t *turn) success() CardID {
	more := false
	switch t.f.Operation {
	case OpVerify:
		more = t.f.Format != MethodSMS && t.f.Format != MethodEmail && t.f.Format != ""
	case OpAuthorization:
		more = t.out == outTaken
	case OpApply:
		more = t.f.Result == ResultApproved
	}
	if more {
		return t.op.better
	}
	return t.op.done
}
