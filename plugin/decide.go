package plugin

import "slices"

// Decide says what is to be done about the facts of one event, and what the
// sale remembers of it. It is total and pure: the same facts, sale and policy
// give the same decision, whatever the time or the till. A sale that ReadSale
// has accepted, or the zero Sale, is expected; the sale passed in is not changed.
func Decide(f Facts, s Sale, p Policy) (Decision, Sale) {
	if f.Action != "" {
		return decideAction(f, s, p)
	}
	cardID, m := match(f)
	t := newTurn(f, s, p, cardID, m)
	t.s.Closed = ""
	if t.op.kind == kindPayment {
		t.s.Paying = f.Operation
	}
	t.readBack()
	t.count()
	t.doubt()
	return t.finish()
}

// turn is one decision in the making.
type turn struct {
	f    Facts
	s    Sale
	p    Policy
	op   *operation
	card card
	d    Decision
	not  []ActionID // actions of the card that this turn rules out
}

func newTurn(f Facts, s Sale, p Policy, cardID string, m Matched) turn {
	t := turn{f: f, s: s, p: p, op: about(f.Operation)}
	t.d = Decision{Money: moneyOf(f, documented(f.Code)), MoneyKind: moneyKind(f), Matched: m}
	t.d.Fields = append(noFields, f.Fields...)
	t.use(cardID)
	return t
}

var noFields = []Field{}

// use makes the decision that of a card, before the sale has its say.
func (t *turn) use(cardID string) {
	c := cardOf(cardID)
	t.card = c
	t.d.Card, t.d.Family, t.d.Banner, t.d.Owner, t.d.Privacy = c.id, c.family, c.banner, c.owner, c.privacy
	t.d.Retry = Retry{Policy: c.retry}
	if c.retry == RetryLimited {
		t.d.Retry.Left = 1
	}
}

// moneyKind: the oldest API had purchases among the transactions (page 10092715).
func moneyKind(f Facts) MoneyKind {
	kind := about(f.Operation).money
	if kind == KindPayment && (f.TransactionType == "promotional_purchase" || f.TransactionType == "regular_purchase") {
		return KindPurchase
	}
	return kind
}

// finish gives the decision its actions, its banner and the sale its memory.
func (t *turn) finish() (Decision, Sale) {
	d, s := &t.d, &t.s
	ids := t.allowed(t.card.actions)
	t.retryFits(ids)
	if d.Card == "code_sent" && ids[0] != ActEnterAgain {
		d.Banner = "" // no code can be typed any more
	}
	if s.Doubt != nil {
		ids = t.inDoubt(ids)
	}
	d.Actions = make([]Action, len(ids))
	next := make([]Next, len(ids)) // one piece of memory for all of them
	for i, id := range ids {
		d.Actions[i].ID = id
		if n, ok := t.next(id); ok {
			next[i] = n
			d.Actions[i].Next = &next[i]
		}
	}
	if d.Banner == "" {
		d.Banner = bannerOf(ids[0], d)
	}
	if s.Replaced {
		d.Notice = NoticeSaleReplaced
	}
	s.Last = &Last{
		Card: d.Card, Operation: t.f.Operation, Format: t.f.Format,
		Kind: d.MoneyKind, Money: d.Money, Owner: d.Owner, Offered: d.Actions,
	}
	return *d, s.sealed()
}

// retryFits takes back a promise of another try that no action keeps: the sale
// or the store has left nothing to try again with.
func (t *turn) retryFits(ids []ActionID) {
	d := &t.d
	lost := d.Card == "no_reply_verify" || d.Card == "service_trouble_verify"
	kept := slices.ContainsFunc(ids, func(id ActionID) bool {
		switch id {
		case ActTryAgain, ActAskAgain, ActEnterAgain, ActChangeAmount, ActSplitPayment:
			return true
		case ActEnterPIW:
			return lost || d.Card == "piw_mismatch"
		}
		return lost && methodOf(id) != ""
	})
	if ids[0] == ActOtherPayment && t.card.actions[0] != ActOtherPayment {
		d.Family, d.Owner = FamilyStop, OwnerCashier
	}
	switch {
	case d.Card == "tries_exceed": // what it says of later is the lock's own end
	case d.Retry.Policy == RetryLimited && !kept,
		d.Card == "signed_in" && !kept,
		slices.Contains(waysOut, ids[0]) && !slices.Contains(waysOut, t.card.actions[0]):
		d.Retry = Retry{Policy: RetryNever}
	}
}

// bannerOf names the act that the first action is.
func bannerOf(first ActionID, d *Decision) Banner {
	if first == ActEnterPIW && d.Card != "piw_mismatch" {
		return BannerAnotherWay
	}
	switch first {
	case ActTryAgain, ActAskAgain:
		return BannerOnceMore
	case ActLookUpAgain:
		if d.Retry.Policy == RetryAfterFix {
			return BannerCorrectIt
		}
		return BannerOnceMore
	case ActEnterAgain, ActEnterPIW:
		if d.Retry.Policy == RetryLimited {
			return BannerOnceMore
		}
		return BannerCorrectIt
	case ActChangeAmount, ActSplitPayment, ActChoosePlan, ActShowTerms, ActRefundInstead, ActStartApplication:
		return BannerCorrectIt
	case ActSendCodeSMS, ActSendCodeEmail, ActAskSecurityQuestion, ActUseOverride, ActUseBypass, ActRestartVerification:
		return BannerAnotherWay
	case ActCheckStatus, ActResendSame, ActSettleTaken:
		return BannerCheckSale
	case ActSignInAgain, ActHoldSale:
		return BannerWaitMoment
	case ActFinishSale:
		return BannerDone
	case ActCallSupervisor, ActCallContact:
		return BannerSupervisor
	}
	return BannerOtherPayment
}

// count spends the budgets of the sale, and lets what is spent change the card.
func (t *turn) count() {
	f, s, d := t.f, &t.s, &t.d
	if f.Status != 0 && f.Status != 401 && f.Operation != OpToken {
		s.SignIns = 0
	}
	if f.Operation != OpToken && f.Status != 401 {
		s.Pending = nil
	}
	switch d.Card {
	case "invalid_token", "unauthorized":
		t.signIn()
	case "secret_answer_mismatch":
		t.spendAnswer()
	case "tries_exceed":
		s.LockedUntil = Forever
		if f.At > 0 {
			s.LockedUntil = f.At + questionWindow
			d.Retry.Until = s.LockedUntil
		}
	case "piw_mismatch":
		s.Words = min(s.Words+1, wordTries)
		t.limited(wordTries-s.Words, ActEnterPIW)
	case "wrong_verification_code":
		s.Codes = min(s.Codes+1, t.p.codes())
		t.limited(t.p.codes()-s.Codes, ActEnterAgain, ActSendCodeSMS, ActSendCodeEmail)
	case "not_enough_credit", "credit_exceeded":
		s.Amounts = min(s.Amounts+1, amountTries+1)
		t.limited(amountTries+1-s.Amounts, ActChangeAmount, ActSplitPayment)
	case "merchant_override_is_not_allowed":
		s.ruleOut(MethodOverride)
	case "sms_not_valid_phone":
		s.ruleOut(MethodSMS)
	case "regular_purchase_bypass_is_not_allowed":
		s.ruleOut(MethodBypass)
	case "application_create_error":
		t.limited(createTries-t.repeat(), ActTryAgain)
	case "no_reply_verify", "service_trouble_verify":
		t.verifyUnanswered()
	case "no_reply_read", "no_reply_readback", "no_reply_setup",
		"service_trouble_read", "service_trouble_readback", "service_trouble_setup":
		t.later(2)
	case "not_sent":
		t.later(5)
	case "too_many_requests":
		t.later(10)
	default:
		s.Repeats, s.Repeated = 0, ""
	}
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

// spendAnswer counts a wrong security answer. Answers of more than 48 hours ago count no more.
func (t *turn) spendAnswer() {
	s := &t.s
	if t.f.At > 0 && s.AnswersAt > 0 && t.f.At-s.AnswersAt >= questionWindow {
		s.Answers = 0
	}
	if s.Answers == 0 {
		s.AnswersAt = t.f.At
	}
	s.Answers = min(s.Answers+1, maxAnswers)
	left := t.p.answers() - s.Answers
	if s.questionLocked(t.f.At) {
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
			s.Pending = &Next{Operation: t.f.Operation, Format: t.f.Format, Auto: t.repeatsItself()}
		}
		return
	}
	d.Family, d.Owner, d.Retry = FamilyHelp, OwnerStoreIT, Retry{Policy: RetryNever}
	t.card.actions = callStoreIT
}

// repeatsItself says whether the POS may send the call again without the cashier.
func (t *turn) repeatsItself() bool {
	switch t.op.kind {
	case kindRead, kindReadBack, kindSetup:
		return true
	}
	return false
}
