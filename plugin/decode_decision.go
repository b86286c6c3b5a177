package plugin

import (
	"slices"
	"strings"
)

// readMatched holds a rule's name to what one can be, since a code is part of it.
func readMatched(r *reader, v value) Matched {
	m := Matched{
		Rule:   r.text(v.get("rule"), "decision.matched.rule"),
		By:     r.text(v.get("by"), "decision.matched.by"),
		Source: r.text(v.get("source"), "decision.matched.source"),
	}
	for part := range strings.SplitSeq(m.Rule, "/") {
		if part != "" && !plainName(part) && !isStatus(part) {
			r.fail("decision.matched.rule", "the rule of an answer")
		}
	}
	for part := range strings.SplitSeq(m.By, "+") {
		if part != "" && !plainName(part) {
			r.fail("decision.matched.by", "one of those that the contract names")
		}
	}
	if m.Source != "" && m.Source != SourceJudgement && !isPage(m.Source) {
		r.fail("decision.matched.source", "a page or judgement")
	}
	return m
}

func isStatus(s string) bool { return len(s) == 3 && strings.Trim(s, "0123456789") == "" }

// isPage says whether the source is one of the pages behind the catalogue.
func isPage(s string) bool {
	return s == current || slices.ContainsFunc(rows, func(r Rule) bool { return r.Source == s })
}

// readDecision reads a decision that is to be rendered again.
func readDecision(r *reader, v value) Decision {
	var d Decision
	if !r.object(v, "decision") {
		return d
	}
	retry := v.get("retry")
	d = Decision{
		Card:   cardOf(r.text(v.get("card"), "decision.card")).id,
		Family: oneOf(r, v.get("family"), "decision.family", FamilyApproved, FamilyFix, FamilyWait, FamilyStop, FamilyCheck, FamilyHelp),
		Banner: oneOf(r, v.get("banner"), "decision.banner", BannerDone, BannerOnceMore, BannerCorrectIt, BannerAnotherWay,
			BannerOtherPayment, BannerCheckSale, BannerSupervisor, BannerNoDecision, BannerWaitMoment),
		Money:     oneOf(r, v.get("money"), "decision.money", moneys...),
		MoneyKind: oneOf(r, v.get("money_kind"), "decision.money_kind", moneyKinds...),
		Retry: Retry{
			Policy: oneOf(r, retry.get("policy"), "decision.retry.policy", RetryNow, RetryAfterFix, RetryLimited, RetryLater,
				RetrySameKey, RetryCheckFirst, RetryNever),
			Left:   int(r.number(retry.get("left"), "decision.retry.left", 0, maxLimit)),
			AfterS: int(r.number(retry.get("after_s"), "decision.retry.after_s", 0, 1<<20)),
			Until:  r.number(retry.get("until"), "decision.retry.until", 0, maxInteger),
		},
		Owner:   oneOf(r, v.get("owner"), "decision.owner", owners...),
		Privacy: oneOf(r, v.get("privacy"), "decision.privacy", PrivacyPublic, PrivacyDiscreet),
		Doubt:   r.boolean(v.get("doubt"), "decision.doubt"),
		Actions: readActions(r, v.get("actions")),
		Fields:  readFields(r, v.get("fields"), "decision.fields"),
		Matched: readMatched(r, v.get("matched")),
		Notice:  oneOf(r, v.get("notice"), "decision.notice", NoticeSaleReplaced),
	}
	return d
}
