package plugin

import "slices"

// maxActions is how many actions a card offers: its keys are 1 to 4.
const maxActions = 4

// waysOut are the actions that leave a card without Flexiti's help.
var waysOut = []ActionID{ActOtherPayment, ActCallSupervisor, ActHoldSale, ActFinishSale, ActCancelSale}

// allowed keeps of a card's actions those that this sale and store can offer,
// at most four, with a way out among them.
func (t *turn) allowed(ids []ActionID) []ActionID {
	out := make([]ActionID, 0, len(ids)+1)
	for _, id := range ids {
		if id == ActOtherPayment && t.d.MoneyKind == KindRefund {
			id = ActCallSupervisor // nobody pays for a refund
		}
		if t.offers(id) && !slices.Contains(t.not, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	if slices.Contains(out, ActAskAgain) {
		out = slices.DeleteFunc(out, func(id ActionID) bool { return id == ActAskSecurityQuestion })
	}
	wayOut := slices.IndexFunc(out, func(id ActionID) bool { return slices.Contains(waysOut, id) })
	switch {
	case wayOut < 0:
		return append(out[:min(len(out), maxActions-1)], ActCallSupervisor)
	case len(out) > maxActions:
		last := out[max(wayOut, maxActions-1)]
		out = append(out[:maxActions-1:maxActions-1], last)
	}
	return out
}

// offers says whether the sale and the policy leave room for an action.
func (t *turn) offers(id ActionID) bool {
	if m := methodOf(id); m != "" {
		return t.canVerify(m)
	}
	switch id {
	case ActOtherPayment, ActCancelSale:
		// A payment that is under way, held or taken is no time to take another.
		return t.f.Action == "" || t.d.Money == MoneyNone || t.d.Money == MoneyNotMoved
	case ActEnterAgain:
		return !takesCode(t.d.Card) || t.s.Codes < t.p.codes()
	case ActStartApplication:
		return t.d.MoneyKind != KindRefund
	case ActSplitPayment:
		return t.p.SplitPayment
	case ActTryAgain:
		return t.d.Card != "signed_in" || t.s.Pending != nil
	case ActFinishSale:
		return t.s.Doubt == nil
	}
	return true
}

// takesCode says whether entering again on this card means the verification code.
func takesCode(cardID string) bool {
	return cardID == "code_sent" || cardID == "verification_code_required" || cardID == "wrong_verification_code"
}

func (t *turn) canVerify(m Method) bool {
	asked := m == MethodPIW && t.d.Card == "piw_mismatch" // the store has it, whatever its settings say
	if !t.p.offers(m) && !asked || slices.Contains(t.s.RuledOut, m) {
		return false
	}
	switch m {
	case MethodSecurityQuestion:
		return !t.s.questionLocked(t.f.At) && t.s.answersUsed(t.f.At) < t.p.answers()
	case MethodSMS, MethodEmail:
		return t.s.Codes < t.p.codes()
	case MethodPIW:
		return t.s.Words < wordTries
	case MethodBypass: // a bypass is for regular purchases only, page 1851588883
		return t.f.TransactionType != "promotional_purchase"
	}
	return true
}

// methodOf gives the way to verify that an action begins.
func methodOf(id ActionID) Method {
	switch id {
	case ActAskAgain, ActAskSecurityQuestion:
		return MethodSecurityQuestion
	case ActSendCodeSMS:
		return MethodSMS
	case ActSendCodeEmail:
		return MethodEmail
	case ActEnterPIW:
		return MethodPIW
	case ActUseOverride:
		return MethodOverride
	case ActUseBypass:
		return MethodBypass
	}
	return ""
}

// next gives the call that the POS should make when the action is chosen.
func (t *turn) next(id ActionID) (n Next, ok bool) {
	if m := methodOf(id); m != "" {
		return Next{Operation: OpVerify, Format: m}, true
	}
	switch id {
	case ActTryAgain:
		if t.d.Card == "signed_in" {
			return *t.s.Pending, true
		}
		return Next{Operation: t.f.Operation, Format: t.f.Format, Auto: t.repeatsItself()}, true
	case ActEnterAgain:
		if t.f.Operation == OpVerify && t.d.Card == "code_sent" {
			return Next{Operation: t.paying()}, true
		}
		return Next{Operation: t.f.Operation, Format: t.f.Format}, true
	case ActRestartVerification:
		return Next{Operation: OpVerify}, true
	case ActChangeAmount, ActSplitPayment:
		return Next{Operation: t.f.Operation}, true
	case ActChoosePlan:
		return Next{Operation: OpCalculateInterest}, true
	case ActCheckStatus:
		return Next{Operation: t.s.Doubt.readBack(), Auto: true}, true
	case ActResendSame:
		return Next{Operation: t.s.Doubt.Operation}, true
	case ActSignInAgain:
		return Next{Operation: OpToken, Auto: true}, true
	case ActLookUpAgain:
		if t.f.Operation == OpSearch {
			return Next{Operation: OpSearch}, true
		}
		return Next{Operation: OpLookup}, true
	case ActStartApplication:
		return Next{Operation: OpApply}, true
	case ActShowTerms:
		return Next{Operation: OpTerms}, true
	case ActRefundInstead:
		return Next{Operation: OpRefund}, true
	}
	return Next{}, false
}

// paying is the payment that this sale is about: the last one sent, else a purchase.
func (t *turn) paying() Operation {
	if t.s.Paying != "" && t.s.Paying != OpUnknown {
		return t.s.Paying
	}
	return OpAuthorization
}

// Offers says whether the sale's last prompt offered the action.
func (s Sale) Offers(id ActionID) bool { return s.offered(id) != nil }

func (s Sale) offered(id ActionID) *Action {
	if s.Last != nil {
		for i := range s.Last.Offered {
			if s.Last.Offered[i].ID == id {
				return &s.Last.Offered[i]
			}
		}
	}
	return nil
}

// decideAction decides what comes after the cashier's choice. An action that
// was not offered changes nothing and gets the safe card; Answer names it as an error.
func decideAction(f Facts, s Sale, p Policy) (Decision, Sale) {
	chosen := s.offered(f.Action)
	if chosen == nil {
		t := newTurn(f, s, p, "till_trouble", Matched{"action//" + string(f.Action), byAction, SourceJudgement})
		d, _ := t.finish()
		return d, s
	}
	last := *s.Last
	f.Operation, f.Format = last.Operation, last.Format
	switch {
	case s.Doubt != nil && (f.Action == ActSettleTaken || f.Action == ActSettleNotTaken):
		f.Operation, f.Format = s.Doubt.Operation, ""
	case chosen.Next != nil:
		f.Operation, f.Format = chosen.Next.Operation, chosen.Next.Format
	}
	t := newTurn(f, s, p, actionCard(f.Action, chosen.Next, s), Matched{"action//" + string(f.Action), byAction, SourceJudgement})
	t.d.Money, t.d.MoneyKind = last.Money, last.Kind
	switch f.Action {
	case ActFinishSale, ActCancelSale, ActOtherPayment:
		t.s = s.closed(f.Action)
	case ActSettleTaken:
		t.d.Money, t.s.Doubt = MoneyMoved, nil
	case ActSettleNotTaken:
		t.d.Money, t.s.Doubt = MoneyNotMoved, nil
	case ActCallContact:
		t.d.Owner = last.Owner
	case ActCallSupervisor:
		if last.Money == MoneyUnknown && s.Doubt == nil {
			// Nobody waits any longer for the answer to a payment under way.
			t.s.Doubt = &Doubt{Operation: last.Operation, Kind: last.Kind, Since: f.At, UnderWay: true}
			t.use(actionCard(f.Action, nil, t.s))
		}
	}
	if t.d.Card == "working_payment" {
		t.d.Money, t.d.MoneyKind = MoneyUnknown, t.op.money
	}
	return t.finish()
}

// actionCard names the card that follows a choice.
func actionCard(id ActionID, next *Next, s Sale) string {
	refund := s.Doubt != nil && s.Doubt.Kind == KindRefund
	switch {
	case next != nil && MovesMoney(next.Operation):
		return "working_payment"
	case next != nil:
		return "working"
	case id == ActHoldSale && s.Doubt == nil && cardOf(s.Last.Card).family == FamilyApproved:
		return "carry_on"
	case id == ActHoldSale:
		return "sale_held"
	case id == ActFinishSale:
		return "sale_finished"
	case id == ActCancelSale:
		return "sale_cancelled"
	case id == ActOtherPayment:
		return "other_payment_chosen"
	case id == ActCallContact:
		return "contact_called"
	case id == ActSettleTaken && refund:
		return "settled_refunded"
	case id == ActSettleTaken:
		return "settled_taken"
	case id == ActSettleNotTaken && refund:
		return "settled_not_refunded"
	case id == ActSettleNotTaken:
		return "settled_not_taken"
	case s.Doubt != nil && refund:
		return "supervisor_settles_refund"
	case s.Doubt != nil:
		return "supervisor_settles"
	}
	return "supervisor_called"
}

// actionInDoubt keeps of an action card what a doubt allows.
func (t *turn) actionInDoubt(ids []ActionID) []ActionID {
	switch t.d.Card {
	case "supervisor_settles", "supervisor_settles_refund":
		return ids
	case "sale_held":
		t.d.Banner = ""
		out := t.waysToSettle()
		t.settleFirst(out[0], 0)
		return slices.DeleteFunc(out, func(id ActionID) bool { return id == ActHoldSale })
	}
	return []ActionID{ActCallSupervisor, ActHoldSale}
}
