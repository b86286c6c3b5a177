package plugin

import "slices"

// Budgets: what a sale may repeat, and what a card spends of it.

// count spends the budgets of the sale, and lets what is spent change the card.
func (t *turn) count() {
	f, s, d := &t.f, &t.s, &t.d
	if t.out == outLeaving {
		return
	}
	if f.Operation == OpVerify {
		s.Asked = ""
	}
	if f.Status != 0 && f.Status != 401 && f.Operation != OpToken {
		s.SignIns = 0
	}
	if f.Operation != OpToken && f.Status != 401 {
		s.Pending = nil
	}
	switch t.card.does {
	case signsIn:
		t.signIn()
	case spendsAnswer:
		t.spendAnswer()
	case locksQuestion:
		s.LockedUntil = Forever
		if f.At > 0 {
			s.LockedUntil = f.At + questionWindow
			d.Retry.Until = s.LockedUntil
		}
	case spendsWord:
		s.Words = min(s.Words+1, wordTries)
		t.limited(wordTries-s.Words, ActEnterPIW)
	case spendsCode:
		s.Codes = min(s.Codes+1, t.p.codes())
		t.limited(t.p.codes()-s.Codes, ActEnterAgain, ActSendCodeSMS, ActSendCodeEmail)
	case spendsAmount:
		s.Amounts = min(s.Amounts+1, amountTries+1)
		t.limited(amountTries+1-s.Amounts, ActChangeAmount, ActSplitPayment)
	case spendsCreation:
		t.limited(createTries-t.repeat(), ActTryAgain)
	case spendsVerification:
		t.verifyUnanswered()
	case rulesOutOverride:
		s.ruleOut(MethodOverride)
	case rulesOutSMS:
		s.ruleOut(MethodSMS)
	case rulesOutBypass:
		s.ruleOut(MethodBypass)
	case waitsForReply:
		t.later(2)
	case waitsForStore:
		t.later(5)
	case waitsForFlexiti:
		t.later(10)
	default:
		s.Repeats, s.Repeated = 0, ""
		if t.answerUnread() {
			t.noteAnswer()
		}
	}
}

// answerUnread says whether this is a refusal of a security answer that cannot
// be read: it may have counted, as a lost one may.
func (t *turn) answerUnread() bool {
	f := &t.f
	good := f.succeeded() && f.Code == ""
	return f.Operation == OpVerify && f.Format == MethodSecurityQuestion && f.Status != 0 && !good &&
		f.Status != 401 && f.Status != 429 && !refusalCode(f.Code)
}

// limited leaves so many more tries, or none: then the actions are not offered.
func (t *turn) limited(left int, ids ...ActionID) {
	if left > 0 {
		t.d.Retry = Retry{Policy: RetryLimited, Left: left}
		return
	}
	t.d.Retry, t.d.Banner = Retry{Policy: RetryNever}, ""
	t.not = append(t.not, ids...)
}

// repeat counts the cards in a row that asked to send the same call again.
func (t *turn) repeat() int {
	s := &t.s
	if s.Repeated != t.f.Operation {
		s.Repeats, s.Repeated = 0, t.f.Operation
	}
	s.Repeats = min(s.Repeats+1, maxLimit+1)
	return s.Repeats
}

// later asks to wait before the request is sent again, longer each time (first,
// then twice as long, …) and never less than Flexiti's own Retry-After; after
// the last repeat it asks for another way on.
func (t *turn) later(first int) {
	n := t.repeat()
	if n > t.p.reads() {
		t.limited(0, ActTryAgain)
		return
	}
	t.d.Retry = Retry{Policy: RetryLater, AfterS: max(first<<(n-1), t.f.RetryAfterS)}
}

// noteAnswer counts a security answer that was wrong, or may have been. Of
// those of more than 48 hours ago none counts.
func (t *turn) noteAnswer() {
	s, at := &t.s, t.f.At
	given := make([]int64, 0, maxAnswers+1)
	for _, g := range s.Answers {
		if at == 0 || g == 0 || at-g < questionWindow {
			given = append(given, g)
		}
	}
	given = append(given, at)
	s.Answers = slices.Clip(given[max(0, len(given)-maxAnswers):])
}

func (t *turn) spendAnswer() {
	t.noteAnswer()
	left := t.p.answers() - t.s.answersUsed(t.f.At)
	if t.s.questionLocked(t.f.At) {
		left = 0
	}
	t.limited(left, ActAskAgain, ActAskSecurityQuestion)
}

// verifyUnanswered: a lost answer to the security question may have counted as
// a try; any other method may be used once more.
func (t *turn) verifyUnanswered() {
	method := t.f.Format
	if method == MethodSecurityQuestion {
		t.spendAnswer()
		return
	}
	t.not = append(t.not, ActAskAgain)
	if method == "" {
		method = MethodSMS // Flexiti's default, page 1851588883
	}
	left := verifyTries - t.repeat()
	t.limited(left)
	if left <= 0 {
		t.s.ruleOut(method)
	}
}

// signIn: after one 401 the POS signs in by itself; after a second one without
// a good answer between them, somebody has to look.
func (t *turn) signIn() {
	s, d := &t.s, &t.d
	s.SignIns = min(s.SignIns+1, 2)
	if s.SignIns == 1 {
		if t.f.Operation != OpToken {
			s.Pending = &Next{Operation: t.f.Operation, Format: t.f.Format, Auto: kinds[t.op.kind].repeats}
		}
		return
	}
	d.Family, d.Owner, d.Retry = FamilyHelp, OwnerStoreIT, Retry{Policy: RetryNever}
	withStoreIT := *t.card
	withStoreIT.actions = callStoreIT
	t.card = &withStoreIT
}
