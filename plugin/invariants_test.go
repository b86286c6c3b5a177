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
	waysOutOfACard = []ActionID{ActOtherPayment, ActCallSupervisor, ActHoldSale, ActFinishSale, ActCancelSale}
	allowedInDoubt = []ActionID{ActCheckStatus, ActResendSame, ActSignInAgain, ActCallSupervisor, ActHoldSale, ActSettleTaken, ActSettleNotTaken}

	// bannerFits: what a card may name as its act, by the first thing on its list.
	bannerFits = map[Banner][]ActionID{
		BannerDone:         {ActFinishSale, ActHoldSale, ActLookUpAgain, ActEnterAgain, ActTryAgain},
		BannerOnceMore:     {ActTryAgain, ActAskAgain, ActEnterAgain, ActEnterPIW, ActLookUpAgain},
		BannerCorrectIt:    {ActEnterAgain, ActLookUpAgain, ActChangeAmount, ActSplitPayment, ActChoosePlan, ActShowTerms, ActRefundInstead, ActStartApplication},
		BannerAnotherWay:   {ActSendCodeSMS, ActSendCodeEmail, ActAskSecurityQuestion, ActEnterPIW, ActUseOverride, ActUseBypass, ActRestartVerification},
		BannerOtherPayment: {ActOtherPayment, ActFinishSale},
		BannerCheckSale:    {ActSettleTaken, ActCheckStatus, ActResendSame},
		BannerSupervisor:   {ActCallSupervisor, ActCallContact, ActSettleTaken, ActHoldSale},
		BannerNoDecision:   {ActHoldSale, ActLookUpAgain, ActCallSupervisor},
		BannerWaitMoment:   {ActHoldSale, ActSignInAgain, ActTryAgain, ActCallSupervisor},
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
	has := func(id ActionID) bool { return slices.Contains(list, id) }
	switch {
	case len(list) == 0 || len(list) > 4:
		return "one to four actions"
	case len(slices.Compact(slices.Sorted(slices.Values(list)))) != len(list):
		return "an action twice"
	case !slices.ContainsFunc(list, func(id ActionID) bool { return slices.Contains(waysOutOfACard, id) }):
		return "a way out"
	case !slices.Contains(bannerFits[d.Banner], list[0]):
		return "the banner names another act than the first action"
	case d.Doubt != (after.Doubt != nil):
		return "the decision knows of a doubt when the sale does"
	case d.Retry.Left < 0 || d.Retry.AfterS < 0 || d.Retry.Until < 0:
		return "a negative budget"
	case d.Money == MoneyUnknown && (has(ActOtherPayment) || has(ActCancelSale) || has(ActFinishSale)):
		return "a way to end a sale whose money is not known"
	case d.MoneyKind == KindRefund && (has(ActOtherPayment) || has(ActStartApplication)):
		return "a payment for a refund"
	}
	for _, id := range []ActionID{ActSettleTaken, ActSettleNotTaken} {
		if has(id) && !(d.Doubt && (p.SettledBy == OwnerCashier || strings.HasPrefix(d.Card, "supervisor_settles"))) {
			return "a doubt that is settled by the wrong one"
		}
	}
	for _, b := range []string{breachOfMethods(f, p, d, after), breachOfRetry(d, list), breachOfNext(d), breachOfDoubt(d, after, list)} {
		if b != "" {
			return b
		}
	}
	if n := len(written(func(w *jsonList) { appendSale(w, after) })); n >= MaxSale {
		return "a sale of 1 KiB or more"
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
		fresh := f.At == 0 || after.AnswersAt == 0 || f.At < after.AnswersAt+48*3600*1000
		switch {
		case m == "":
		case !offersMethod(p, m) && !(a.ID == ActEnterPIW && d.Card == "piw_mismatch") && !(a.ID == ActAskAgain && f.Format == MethodSecurityQuestion):
			return "a method that the store has not got: " + string(m)
		case slices.Contains(after.RuledOut, m):
			return "a method that is ruled out: " + string(m)
		case m == MethodSecurityQuestion && locked:
			return "a security question that is locked"
		case m == MethodSecurityQuestion && fresh && after.Answers >= orElse(p.Limits.Answers, 2):
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
		if slices.Contains(waysOutOfACard, first) && d.Card != "user_not_active" && d.Card != "refunds_limit_exceeded_amount" {
			return "try again once it is corrected, and no action that corrects it first"
		}
	case RetryLimited:
		uses := map[string]ActionID{
			"secret_answer_mismatch": ActAskAgain, "piw_mismatch": ActEnterPIW, "wrong_verification_code": ActEnterAgain,
			"not_enough_credit": ActChangeAmount, "credit_exceeded": ActChangeAmount, "application_create_error": ActTryAgain,
		}[d.Card]
		if d.Retry.Left < 1 || slices.Contains(waysOutOfACard, first) || uses != "" && first != uses {
			return "tries left, and no action to use them"
		}
	case RetryLater:
		if d.Card != "tries_exceed" && (d.Retry.AfterS < 1 || first != ActTryAgain) {
			return "later, and no pause or no action"
		}
	case RetrySameKey:
		if first != ActResendSame {
			return "the same key, and another action first"
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
		case a.Next != nil && a.Next.Auto && (!slices.Contains(runsByItself, a.ID) || MovesMoney(a.Next.Operation)):
			return "a call that must wait for the cashier is made by itself: " + string(a.ID)
		}
	}
	return ""
}

func breachOfDoubt(d Decision, after Sale, list []ActionID) string {
	if after.Doubt == nil {
		return ""
	}
	if d.Money != MoneyUnknown {
		return "money is in doubt, and the card claims to know"
	}
	for _, a := range d.Actions {
		switch {
		case !slices.Contains(allowedInDoubt, a.ID):
			return "in doubt, an action that could charge twice: " + string(a.ID)
		case a.ID == ActResendSame && !(after.Doubt.HasKey && after.Doubt.Operation == OpTransactions):
			return "a resend without a key"
		case a.Next != nil && MovesMoney(a.Next.Operation) && a.ID != ActResendSame:
			return "in doubt, a call that moves money: " + string(a.ID)
		}
	}
	if list[0] == ActHoldSale {
		return "in doubt, holding the sale as the advice"
	}
	return ""
}

// jsonList is the writer, under a name that no local variable hides.
type jsonList = list

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
	key := rule + ", on " + d.Card
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
