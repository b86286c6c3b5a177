package plugin

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// What holds of every decision, whatever led to it. The tables here are a
// second writing of the contract's and the guidance's rules, not of the code's.

var (
	waysOutOfACard = []ActionID{ActOtherPayment, ActPayRest, ActCallSupervisor, ActHoldSale, ActFinishSale, ActCancelSale, ActCarryOn}
	allowedInDoubt = []ActionID{
		ActCheckStatus, ActResendSame, ActSignInAgain, ActKeepWaiting, ActCallSupervisor, ActHoldSale,
		ActSettleTaken, ActSettleHeld, ActSettleNotTaken, ActSettleRefunded, ActSettleNotRefunded,
	}
	allowedUnderWay = []ActionID{ActKeepWaiting, ActCheckStatus, ActSignInAgain, ActCallSupervisor, ActHoldSale}

	// bannerFits: what a card may name as its act, by the first thing on its list.
	bannerFits = map[Banner][]ActionID{
		BannerDone:         {ActFinishSale, ActCarryOn},
		BannerNextStep:     {ActCarryOn, ActTryAgain, ActLookUpAgain, ActEnterAgain, ActCallSupervisor},
		BannerOnceMore:     {ActTryAgain, ActAskAgain, ActEnterAgain, ActEnterPIW, ActLookUpAgain},
		BannerCorrectIt:    {ActEnterAgain, ActLookUpAgain, ActChangeAmount, ActSplitPayment, ActChoosePlan, ActShowTerms, ActRefundInstead, ActStartApplication},
		BannerAnotherWay:   {ActSendCodeSMS, ActSendCodeEmail, ActAskSecurityQuestion, ActEnterPIW, ActUseOverride, ActUseBypass, ActRestartVerification},
		BannerAskInput:     {ActCarryOn, ActFinishSale, ActKeepWaiting, ActCallSupervisor},
		BannerOtherPayment: {ActOtherPayment, ActPayRest, ActCarryOn, ActCancelSale},
		BannerNotToday:     {ActOtherPayment, ActPayRest},
		BannerCheckSale:    {ActCheckStatus, ActResendSame},
		BannerSupervisor:   {ActCallSupervisor, ActCallContact, ActHoldSale},
		BannerNoDecision:   {ActHoldSale, ActLookUpAgain, ActCallSupervisor},
		BannerWaitMoment:   {ActHoldSale, ActSignInAgain, ActTryAgain, ActCallSupervisor, ActKeepWaiting},
	}

	// nextOf: the calls that a choice may lead to; what is missing leads to none.
	nextOf = map[ActionID][]Operation{
		ActAskAgain: {OpVerify}, ActAskSecurityQuestion: {OpVerify}, ActSendCodeSMS: {OpVerify}, ActSendCodeEmail: {OpVerify},
		ActEnterPIW: {OpVerify}, ActUseOverride: {OpVerify}, ActUseBypass: {OpVerify}, ActRestartVerification: {OpVerify},
		ActTryAgain: allOperations(), ActEnterAgain: allOperations(), ActChangeAmount: allOperations(), ActSplitPayment: allOperations(),
		ActChoosePlan: {OpCalculateInterest}, ActCheckStatus: {OpAuthorizations, OpAuthorizationGet, OpCaptures},
		ActResendSame: {OpTransactions}, ActSignInAgain: {OpToken}, ActLookUpAgain: {OpLookup, OpSearch}, ActStartApplication: {OpApply},
		ActShowTerms: {OpTerms}, ActRefundInstead: {OpRefund},
	}
	runsByItself = []ActionID{ActCheckStatus, ActSignInAgain, ActTryAgain}
	asksFirst    = []ActionID{
		ActEnterAgain, ActChangeAmount, ActSplitPayment, ActChoosePlan, ActAskAgain, ActAskSecurityQuestion, ActEnterPIW, ActUseOverride,
		ActUseBypass, ActLookUpAgain, ActStartApplication, ActRefundInstead,
	}
	pays = []Operation{OpAuthorization, OpTransactions, OpUnknown}
)

// offersMethod says whether the store has a method, by the documentation of Policy.
func offersMethod(p Policy, m Method) bool {
	switch m {
	case MethodOverride:
		return p.Override
	case MethodBypass:
		return p.Bypass
	}
	if len(p.Methods) == 0 {
		return m == MethodSMS || m == MethodEmail || m == MethodSecurityQuestion
	}
	return slices.Contains(p.Methods, m)
}

func orElse(n, byDefault int) int {
	if n == 0 {
		return byDefault
	}
	return n
}

// breach gives the first rule that a decision breaks, or nothing.
func breach(f Facts, p Policy, d Decision, after Sale) string {
	list := ids(d.Actions)
	switch {
	case len(list) == 0 || len(list) > 4:
		return "one to four actions"
	case len(slices.Compact(slices.Sorted(slices.Values(list)))) != len(list):
		return "an action twice"
	case !slices.ContainsFunc(list, func(id ActionID) bool { return slices.Contains(waysOutOfACard, id) }):
		return "a way out"
	case !slices.Contains(bannerFits[d.Banner], list[0]):
		return "the banner " + string(d.Banner) + " names another act than the first action " + string(list[0])
	case list[0].Settles():
		return "a statement about money on the first key"
	case f.Action == ActCallSupervisor && d.Card != CardTillTrouble && list[0] != ActHoldSale:
		return "the supervisor's first key does more than put the sale aside"
	case f.Action == ActCallSupervisor && d.Card != CardTillTrouble && slices.Contains(list, ActCallSupervisor):
		return "the supervisor is there, and is called"
	case d.Banner == BannerDone && list[0] != ActFinishSale && after.Closed == "":
		return "done, where the sale cannot be finished and is not over"
	case d.Retry.Left < 0 || d.Retry.AfterS < 0 || d.Retry.Until < 0:
		return "a negative budget"
	}
	for _, b := range []string{breachOfMoney(f, p, d, after), breachOfMethods(f, p, d, after), breachOfRetry(d, list), breachOfNext(d), breachOfDoubt(d, after, list)} {
		if b != "" {
			return b
		}
	}
	return ""
}

// moneyIn is the worst that a sale's payments let be said, by contract 8.1, and
// whether one of them is open, held or taken.
func moneyIn(s Sale) (worst Money, live bool) {
	rank := []Money{MoneyNone, MoneyNotMoved, MoneyHeld, MoneyMoved, MoneyUnknown}
	worst = MoneyNone
	for _, p := range s.Payments {
		is := MoneyNotMoved
		switch {
		case p.State == StateInDoubt || p.State == StateUnderWay:
			is = MoneyUnknown
		case p.State == StateRefused:
		case p.Taken != 0 || p.Back != 0:
			is = MoneyMoved
		case p.Held != 0:
			is = MoneyHeld
		}
		live = live || is == MoneyUnknown || p.Taken != 0 || p.Held != 0
		if slices.Index(rank, is) > slices.Index(rank, worst) {
			worst = is
		}
	}
	return worst, live
}

func breachOfMoney(f Facts, p Policy, d Decision, after Sale) string {
	list := ids(d.Actions)
	has := func(id ActionID) bool { return slices.Contains(list, id) }
	worst, live := moneyIn(after)
	asked := f.Action == ActCallSupervisor
	something := slices.ContainsFunc(after.Payments, func(q Payment) bool {
		return q.State == StateKnown && (q.Taken != 0 || q.Held != 0 || q.Back != 0 || q.Released)
	})
	settling := slices.ContainsFunc(list, ActionID.Settles)
	switch {
	case worst != MoneyNone && d.Money != worst:
		return "the money line says " + string(d.Money) + " where the sale's payments say " + string(worst)
	case worst == MoneyNone && d.Money != MoneyNone && d.Money != MoneyNotMoved:
		return "money without a payment"
	case (d.About == nil) != (len(after.Payments) == 0):
		return "about is there when there is a payment"
	case (live || after.Suspect && (!asked || something)) && (has(ActOtherPayment) || has(ActCancelSale)):
		return "another payment, or an end, beside money taken, held, under way or in doubt"
	case has(ActPayRest) && (after.Rest == nil || after.Rest.Operation == OpCapture || after.Suspect || d.Money == MoneyUnknown):
		return "a payment for a rest that there is not"
	case has(ActFinishSale) && (!something || d.Money == MoneyUnknown || !asked && (after.Rest != nil || after.Suspect)) && f.Action != ActCarryOn:
		return "a sale that cannot be finished is finished"
	case something && d.Money != MoneyUnknown && after.Rest == nil && !after.Suspect && after.Closed == "" && !has(ActFinishSale) && f.Action != ActCarryOn:
		return "money that moved, and no way to finish"
	case !slices.ContainsFunc(list, ActionID.Ends) && !has(ActCallSupervisor) && !settling && f.Action != ActCarryOn && after.Closed == "" && !asked:
		return "no way to an end"
	case settling && !(d.Doubt && (p.SettledBy == OwnerCashier || asked)):
		return "a doubt that is settled by the wrong one"
	case about(f.Operation).kind == kindRefund && f.Action == "" && (has(ActOtherPayment) || has(ActStartApplication)):
		return "a payment for a refund"
	}
	for _, a := range d.Actions {
		if a.Next == nil || !live && !after.Suspect || !slices.Contains(pays, a.Next.Operation) || a.ID == ActResendSame {
			continue
		}
		if after.Rest == nil || after.Rest.Operation != a.Next.Operation || after.Suspect {
			return "a call that pays again beside money: " + string(a.ID)
		}
	}
	return ""
}

func breachOfMethods(f Facts, p Policy, d Decision, after Sale) string {
	for _, a := range d.Actions {
		m := map[ActionID]Method{
			ActSendCodeSMS: MethodSMS, ActSendCodeEmail: MethodEmail, ActAskSecurityQuestion: MethodSecurityQuestion,
			ActAskAgain: MethodSecurityQuestion, ActUseOverride: MethodOverride, ActUseBypass: MethodBypass, ActEnterPIW: MethodPIW,
		}[a.ID]
		locked := after.LockedUntil == Forever || after.LockedUntil > 0 && (f.At == 0 || f.At < after.LockedUntil)
		used := 0
		for _, at := range after.Answers {
			if f.At == 0 || at == 0 || f.At < at+48*3600*1000 {
				used++
			}
		}
		switch {
		case m == "":
		case !offersMethod(p, m) && !(a.ID == ActEnterPIW && d.Card == CardPIWMismatch) && !(a.ID == ActAskAgain && f.Format == MethodSecurityQuestion):
			return "a method that the store has not got: " + string(m)
		case slices.Contains(after.RuledOut, m):
			return "a method that is ruled out: " + string(m)
		case m == MethodSecurityQuestion && locked:
			return "a security question that is locked"
		case m == MethodSecurityQuestion && used >= orElse(p.Limits.Answers, 2):
			return "a security question whose answers are used up"
		case (m == MethodSMS || m == MethodEmail) && after.Codes >= orElse(p.Limits.Codes, 3):
			return "a code after too many wrong ones"
		case m == MethodPIW && after.Words >= 2:
			return "a word after too many wrong ones"
		}
	}
	if !p.SplitPayment && offers(d, ActSplitPayment) {
		return "a split payment that the store does not do"
	}
	return ""
}

func breachOfRetry(d Decision, list []ActionID) string {
	first := list[0]
	sendsAgain := slices.Contains(list, ActTryAgain) || slices.Contains(list, ActAskAgain) || slices.Contains(list, ActResendSame)
	switch d.Retry.Policy {
	case RetryNever:
		if sendsAgain || first == ActCheckStatus {
			return "an action that sends again where the retry line says that it is of no use"
		}
	case RetryNow:
		if first != ActTryAgain && first != ActSignInAgain {
			return "try again now, and no action for it"
		}
	case RetryAfterFix:
		if slices.Contains(waysOutOfACard, first) && d.Card != CardUserNotActive && d.Card != CardRefundsLimitExceededAmount {
			return "try again once it is corrected, and no action that corrects it first"
		}
	case RetryLimited:
		uses := map[CardID]ActionID{
			CardSecretAnswerMismatch: ActAskAgain, CardPIWMismatch: ActEnterPIW, CardWrongVerificationCode: ActEnterAgain,
			CardNotEnoughCredit: ActChangeAmount, CardCreditExceeded: ActChangeAmount, CardApplicationCreateError: ActTryAgain,
		}[d.Card]
		if d.Retry.Left < 1 || slices.Contains(waysOutOfACard, first) || uses != "" && first != uses {
			return "tries left, and no action to use them"
		}
	case RetryLater:
		if d.Card != CardTriesExceed && (d.Retry.AfterS < 1 || first != ActTryAgain) {
			return "later, and no pause or no action"
		}
	case RetrySameKey:
		if !slices.Contains(list, ActResendSame) {
			return "the same key, and no resend"
		}
	case RetryCheckFirst:
		if !slices.Contains([]ActionID{ActCheckStatus, ActLookUpAgain, ActSignInAgain}, first) {
			return "check first, and another action first"
		}
	default:
		return "no retry policy"
	}
	return ""
}

func breachOfNext(d Decision) string {
	for _, a := range d.Actions {
		calls := nextOf[a.ID]
		switch {
		case (a.Next == nil) != (calls == nil):
			return "next where there is no call, or none where there is one: " + string(a.ID)
		case a.Next != nil && !slices.Contains(calls, a.Next.Operation):
			return "next names a call that the action does not make: " + string(a.ID)
		case a.Next != nil && a.Next.Input != slices.Contains(asksFirst, a.ID):
			return "input where nothing is asked for, or none where something is: " + string(a.ID)
		case a.Next != nil && a.Next.Auto && (!slices.Contains(runsByItself, a.ID) || MovesMoney(a.Next.Operation)):
			return "a call that must wait for the cashier is made by itself: " + string(a.ID)
		}
	}
	return ""
}

func breachOfDoubt(d Decision, after Sale, list []ActionID) string {
	doubt := slices.ContainsFunc(after.Payments, func(p Payment) bool { return p.State == StateInDoubt })
	keyed := slices.ContainsFunc(after.Payments, func(p Payment) bool {
		return p.State == StateInDoubt && p.HasKey && p.Operation == OpTransactions
	})
	allowed := allowedUnderWay
	switch {
	case d.Doubt != doubt:
		return "the decision knows of a doubt when the sale does"
	case doubt:
		allowed = allowedInDoubt
	case d.Money != MoneyUnknown:
		return ""
	}
	for _, a := range d.Actions {
		switch {
		case !slices.Contains(allowed, a.ID) && d.Banner != BannerAskInput:
			return "in doubt, an action that could charge twice: " + string(a.ID)
		case a.ID == ActResendSame && !keyed:
			return "a resend without a key"
		case a.Next != nil && MovesMoney(a.Next.Operation) && a.ID != ActResendSame:
			return "in doubt, a call that moves money: " + string(a.ID)
		}
	}
	if list[0] == ActHoldSale && !slices.ContainsFunc(list, ActionID.Settles) {
		return "in doubt, holding the sale as the advice"
	}
	return ""
}

// gap gives the first text that is missing from a prompt, or nothing.
func gap(d Decision, p Prompt) string {
	texts := map[string]string{
		"banner": p.Banner, "headline": p.Headline, "money": p.Money, "retry": p.Retry, "say": p.Say, "if_asked": p.IfAsked,
		"owner": p.Owner, "why": p.Why, "customer_display": p.CustomerDisplay[0],
	}
	for i, a := range p.Actions {
		texts["label of "+string(d.Actions[i].ID)], texts["text of "+string(d.Actions[i].ID)] = a.Label, a.Text
	}
	for _, f := range p.Fields {
		texts["label of "+f.Param], texts["problem of "+f.Param] = f.Label, f.Problem
	}
	for name, text := range texts {
		if strings.TrimSpace(text) == "" || strings.ContainsAny(text, "{}") {
			return name
		}
	}
	switch {
	case strings.ContainsAny(p.Never, "{}"):
		return "never"
	case len(p.Actions) != len(d.Actions):
		return "actions"
	}
	return ""
}

// breaches collects what goes wrong, with the first event that shows it, by rule and card.
type breaches map[string]string

// see notes a decision that breaks a rule, or whose card lacks a text in one of the languages.
func (b breaches) see(t *testing.T, f Facts, before Sale, p Policy, d Decision, after Sale, langs ...Lang) {
	b.note(t, breach(f, p, d, after), f, before, p, d)
	for _, l := range langs {
		if name := gap(d, Render(d, Texts{}, Locale{Cashier: l, UTCOffsetMin: f.UTCOffsetMin})); name != "" {
			b.note(t, "no text in "+string(l)+": "+name, f, before, p, d)
		}
	}
}

func (b breaches) note(t *testing.T, rule string, f Facts, before Sale, p Policy, d Decision) {
	key := rule + ", on " + d.Card.String()
	if rule != "" && b[key] == "" {
		b[key] = fmt.Sprintf("  event  %s\n  before %s\n  policy %s\n  card   %s", marshal(t, f), marshal(t, before), marshal(t, p), marshal(t, d))
	}
}

func (b breaches) report(t *testing.T) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(b)) {
		t.Errorf("%s\n%s", key, b[key])
	}
}
