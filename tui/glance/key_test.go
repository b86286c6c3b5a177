package glance

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// offer makes actions: a name with ! asks for something first, with * the till
// may do it by itself, with + it makes a call.
func offer(list string) (out []plugin.Action) {
	for _, s := range strings.Fields(list) {
		a := plugin.Action{ID: plugin.ActionID(strings.TrimRight(s, "!*+"))}
		if strings.ContainsAny(s, "!*+") {
			a.Next = &plugin.Next{Operation: plugin.OpAuthorization, Input: strings.Contains(s, "!"), Auto: strings.Contains(s, "*")}
		}
		out = append(out, a)
	}
	return out
}

func retry(p plugin.RetryPolicy, after int) plugin.Retry {
	return plugin.Retry{Policy: p, AfterS: after}
}

func TestKeyFollowsFromTheDecision(t *testing.T) {
	type decision = plugin.Decision
	after := func(chosen string) plugin.Matched { return plugin.Matched{Rule: "action//" + chosen, By: "action"} }
	tests := []struct {
		name string
		d    decision
		want string // the questions' answers, in order, as on the key sheet
	}{
		{"a payment in doubt, to be checked",
			decision{Family: plugin.FamilyCheck, Banner: plugin.BannerCheckSale, Money: plugin.MoneyUnknown, MoneyKind: plugin.KindPurchase, Doubt: true,
				Retry: retry(plugin.RetryCheckFirst, 0), Owner: plugin.OwnerCashier, Actions: offer("check_status* call_supervisor hold_sale")},
			"maybe; no; 1|?2|?3|?none; till-checks|wait|?keep|?supervisor; being-checked|wait|?choose|?help-comes|?reason; you|?itself|?supervisor; no; no"},
		{"the last check is done",
			decision{Family: plugin.FamilyCheck, Banner: plugin.BannerSupervisor, Money: plugin.MoneyUnknown, MoneyKind: plugin.KindPurchase, Doubt: true,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerSupervisor, Actions: offer("call_supervisor hold_sale")},
			"maybe; no; 1|?2; supervisor|?keep; being-checked|help-comes|wait|?choose|?reason; supervisor; no; no"},
		{"a payment in doubt that has a number",
			decision{Family: plugin.FamilyCheck, Money: plugin.MoneyUnknown, MoneyKind: plugin.KindPayment, Doubt: true,
				Retry: retry(plugin.RetrySameKey, 0), Owner: plugin.OwnerCashier, Actions: offer("resend_same+ call_supervisor")},
			"maybe; no|?yes; 1|?2; till-sends|wait|?supervisor; being-checked|wait|?help-comes|?reason; you|?supervisor; no; no"},
		{"a refund in doubt",
			decision{Family: plugin.FamilyCheck, Money: plugin.MoneyUnknown, MoneyKind: plugin.KindRefund, Doubt: true,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerSupervisor, Actions: offer("call_supervisor")},
			"maybe; no; 1; supervisor; being-checked|help-comes|wait|?reason; supervisor; no; no|?yes"},
		{"a payment under way",
			decision{Family: plugin.FamilyWait, Banner: plugin.BannerWaitMoment, Money: plugin.MoneyUnknown, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerNobody, Actions: offer("keep_waiting call_supervisor")},
			"maybe; no; 1|none|?2; wait|?supervisor; wait|?being-checked|?help-comes|?reason; itself|?supervisor; no; no"},
		{"the supervisor states what is true",
			decision{Family: plugin.FamilyCheck, Banner: plugin.BannerSupervisor, Money: plugin.MoneyUnknown, MoneyKind: plugin.KindPurchase, Doubt: true,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerSupervisor, Actions: offer("hold_sale settle_taken settle_not_taken"), Matched: after("call_supervisor")},
			"maybe; no; none|?1|?2|?3; confirm|supervisor|wait|?keep; being-checked|help-comes|wait|?choose|?reason; supervisor; no; no"},
		{"a refusal",
			decision{Family: plugin.FamilyStop, Banner: plugin.BannerNotToday, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase, Privacy: plugin.PrivacyDiscreet,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerFlexiti, Actions: offer("other_payment hold_sale cancel_sale")},
			"no; no; 1|?2|?3; pay-another-way|?cancel|?keep; choose|pay-another-way|?done|?wait; flexiti; yes; no"},
		{"a wrong answer",
			decision{Family: plugin.FamilyFix, Banner: plugin.BannerOnceMore, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase, Privacy: plugin.PrivacyDiscreet,
				Retry: retry(plugin.RetryLimited, 0), Owner: plugin.OwnerCustomer, Actions: offer("ask_again! other_payment")},
			"no; yes|later; 1|?2; type|?pay-another-way; type|?choose|?pay-another-way|?reason; customer|?you; yes; no"},
		{"an amount that is not covered",
			decision{Family: plugin.FamilyFix, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase, Privacy: plugin.PrivacyDiscreet,
				Retry: retry(plugin.RetryLimited, 0), Owner: plugin.OwnerCustomer, Actions: offer("change_amount! other_payment")},
			"no; yes|later; 1|?2; type|?pay-another-way; choose|type|wait|?pay-another-way; customer|?you; yes; no"},
		{"to be corrected",
			decision{Family: plugin.FamilyFix, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryAfterFix, 0), Owner: plugin.OwnerCashier, Actions: offer("enter_again! call_supervisor")},
			"no; later|?no; 1|?2; type|?supervisor; type|wait|?help-comes|?reason; you|?supervisor; no; no"},
		{"after a pause",
			decision{Family: plugin.FamilyFix, Money: plugin.MoneyNone, Retry: retry(plugin.RetryLater, 5), Owner: plugin.OwnerNobody, Actions: offer("try_again* other_payment")},
			"no; later; 1|none|?2; till-sends|wait|?pay-another-way; wait|?choose|?pay-another-way|?reason; itself|?you; yes; no"},
		{"after days",
			decision{Family: plugin.FamilyFix, Money: plugin.MoneyNone, Retry: retry(plugin.RetryLater, 0), Owner: plugin.OwnerCustomer, Actions: offer("send_code_sms+")},
			"no; later|no; 1; till-sends|type|wait; choose|type|wait|?reason; customer; no; no"},
		{"now",
			decision{Family: plugin.FamilyStop, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindRefund, Retry: retry(plugin.RetryNow, 0), Owner: plugin.OwnerCashier, Actions: offer("try_again+")},
			"no; yes; 1; till-sends|wait; wait|?reason; you; no; no|?yes"},
		{"paid",
			decision{Family: plugin.FamilyApproved, Banner: plugin.BannerDone, Money: plugin.MoneyMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerCashier, Actions: offer("finish_sale")},
			"yes; no; 1; finish; done|?reason; you; no; yes"},
		{"set aside",
			decision{Family: plugin.FamilyApproved, Banner: plugin.BannerDone, Money: plugin.MoneyHeld, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerCashier, Actions: offer("finish_sale call_supervisor")},
			"set-aside; no; 1|?2; finish|?supervisor; done|?help-comes|?reason|?wait; you|?supervisor; no; yes|?no"},
		{"a part is not paid",
			decision{Family: plugin.FamilyStop, Money: plugin.MoneyMoved, MoneyKind: plugin.KindPurchase, Privacy: plugin.PrivacyDiscreet, Rest: &plugin.About{},
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerFlexiti, Actions: offer("pay_rest hold_sale")},
			"yes; no; 1|?2; pay-another-way|?keep; choose|pay-another-way|?wait; flexiti; yes; no"},
		{"paid twice",
			decision{Family: plugin.FamilyCheck, Banner: plugin.BannerSupervisor, Money: plugin.MoneyMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerSupervisor, Actions: offer("call_supervisor hold_sale")},
			"yes; no; 1|?2; supervisor|?keep; help-comes|wait|?being-checked|?choose|?reason; supervisor; no; no"},
		{"refunded",
			decision{Family: plugin.FamilyApproved, Money: plugin.MoneyMoved, MoneyKind: plugin.KindRefund, Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerCashier, Actions: offer("finish_sale")},
			"yes; no; 1; finish; done|?reason; you; no; no|?yes"},
		{"a hold released",
			decision{Family: plugin.FamilyApproved, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindRelease, Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerCashier, Actions: offer("finish_sale")},
			"no; no; 1; finish; done|?reason; you; no; no"},
		{"the customer types",
			decision{Family: plugin.FamilyFix, Banner: plugin.BannerAskInput, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerCustomer, Actions: offer("carry_on other_payment"), Matched: after("ask_again")},
			"no; no|later; 1|?2; carry-on|type|?pay-another-way; choose|type|?done|?pay-another-way|?reason|?wait; customer; yes; no"},
		{"the supervisor was called",
			decision{Family: plugin.FamilyHelp, Banner: plugin.BannerSupervisor, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerSupervisor, Actions: offer("hold_sale other_payment"), Matched: after("call_supervisor")},
			"no; no; 1|2|none; keep|pay-another-way|supervisor|wait; choose|help-comes|wait|?pay-another-way|?reason; supervisor; yes|?no; no"},
		{"another payment was chosen",
			decision{Family: plugin.FamilyStop, Banner: plugin.BannerOtherPayment, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerCashier, Actions: offer("carry_on call_supervisor"), Matched: after("other_payment")},
			"no; no; 1|?2; carry-on|pay-another-way|?supervisor; done|pay-another-way|wait|?help-comes|?reason; you|?supervisor; yes|?no; no|?yes"},
		{"the sale was cancelled",
			decision{Family: plugin.FamilyStop, Banner: plugin.BannerDone, Money: plugin.MoneyNotMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerNobody, Actions: offer("carry_on call_supervisor"), Matched: after("cancel_sale")},
			"no; no; 1|?2; cancel|carry-on|?supervisor; done|wait|?help-comes|?reason; itself|?supervisor|?you; no|?yes; no"},
		{"the sale was finished",
			decision{Family: plugin.FamilyApproved, Banner: plugin.BannerDone, Money: plugin.MoneyMoved, MoneyKind: plugin.KindPurchase,
				Retry: retry(plugin.RetryNever, 0), Owner: plugin.OwnerNobody, Actions: offer("carry_on call_supervisor"), Matched: after("finish_sale")},
			"yes; no; 1|?2; carry-on|finish|?supervisor; done|wait|?help-comes|?reason; itself|?supervisor|?you; no; yes"},
		{"nothing to press", decision{Money: plugin.MoneyNone, Owner: plugin.OwnerNobody, Retry: retry(plugin.RetryNever, 0)},
			"no; no; none; wait; wait; itself|?you; no; no"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for q, e := range keyOf(test.d).of {
				got = append(got, e.text(question(q), plugin.English))
			}
			require.Equal(t, test.want, strings.Join(got, "; "))
		})
	}
}

func TestHarmsFollowFromTheDecision(t *testing.T) {
	tests := []struct {
		name string
		d    plugin.Decision
		want []harm
	}{
		{"in doubt", plugin.Decision{Money: plugin.MoneyUnknown, MoneyKind: plugin.KindPurchase, Doubt: true, Actions: offer("check_status*")}, []harm{sendsAgain, paysTwice, unpaid}},
		{"in doubt, under its number", plugin.Decision{Money: plugin.MoneyUnknown, Doubt: true, Actions: offer("resend_same+")}, []harm{paysTwice, unpaid}},
		{"a refund in doubt", plugin.Decision{Money: plugin.MoneyUnknown, MoneyKind: plugin.KindRefund, Doubt: true, Actions: offer("call_supervisor")}, []harm{sendsAgain, paysTwice}},
		{"paid", plugin.Decision{Money: plugin.MoneyMoved, MoneyKind: plugin.KindPurchase, Actions: offer("finish_sale")}, []harm{sendsAgain, paysTwice}},
		{"paid, but not to be finished", plugin.Decision{Money: plugin.MoneyMoved, MoneyKind: plugin.KindPurchase, Actions: offer("call_supervisor")}, []harm{sendsAgain, paysTwice}},
		{"held, but not to be finished", plugin.Decision{Money: plugin.MoneyHeld, MoneyKind: plugin.KindPurchase, Actions: offer("call_supervisor")}, []harm{sendsAgain, paysTwice, unpaid}},
		{"a part is not paid", plugin.Decision{Money: plugin.MoneyMoved, MoneyKind: plugin.KindPurchase, Rest: &plugin.About{}, Actions: offer("pay_rest")}, []harm{sendsAgain, unpaid}},
		{"refused", plugin.Decision{Money: plugin.MoneyNotMoved, Family: plugin.FamilyStop, Privacy: plugin.PrivacyDiscreet, Actions: offer("other_payment")}, []harm{unpaid, tellsWhy}},
		{"refused, and public", plugin.Decision{Money: plugin.MoneyNotMoved, Family: plugin.FamilyStop, Privacy: plugin.PrivacyPublic, Actions: offer("other_payment")}, []harm{unpaid}},
		{"typed wrongly", plugin.Decision{Money: plugin.MoneyNone, Family: plugin.FamilyFix, Privacy: plugin.PrivacyDiscreet, Actions: offer("ask_again!")}, []harm{unpaid}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { require.Equal(t, test.want, keyOf(test.d).harms) })
	}
}

// Whatever the cards become: no answer that is right or harmless takes money
// twice, lets unpaid goods go, or tells what the lender keeps to itself.
func TestKeyIsSafeOnEveryCard(t *testing.T) {
	for _, c := range population(t, plugin.English) {
		t.Run(c.SaleID, func(t *testing.T) {
			d := c.Decision
			k := keyOf(d)
			good := func(q question, answer string) bool { return slices.Contains(k.of[q].right, answer) }
			fine := func(q question, answer string) bool { return good(q, answer) || slices.Contains(k.of[q].spare, answer) }
			may := func(ids ...plugin.ActionID) bool {
				return slices.ContainsFunc(d.Actions, func(a plugin.Action) bool { return slices.Contains(ids, a.ID) })
			}
			if d.Doubt || d.Money == plugin.MoneyUnknown {
				require.Equal(t, []string{"maybe"}, k.of[charged].right)
				require.False(t, good(again, "yes") || good(again, "later"))
				require.True(t, !fine(again, "yes") || may(plugin.ActResendSame))
				require.False(t, fine(other, "yes"))
				require.False(t, good(leave, "yes"))
				require.Contains(t, k.harms, paysTwice)
			}
			if d.Money == plugin.MoneyMoved || d.Money == plugin.MoneyHeld {
				chosen := d.Matched.Rule == "action//pay_rest" || d.Matched.Rule == "action//other_payment"
				require.True(t, !fine(other, "yes") || may(plugin.ActPayRest, plugin.ActOtherPayment) || chosen)
				require.False(t, fine(again, "yes"))
			}
			if fine(leave, "yes") && d.MoneyKind != plugin.KindRefund && d.Family != plugin.FamilyStop {
				require.Contains(t, []plugin.Money{plugin.MoneyMoved, plugin.MoneyHeld}, d.Money)
			}
			if d.Privacy == plugin.PrivacyDiscreet && d.Family == plugin.FamilyStop {
				require.False(t, fine(say, "reason"))
				require.Contains(t, k.harms, tellsWhy)
			}
			if may(plugin.ActSettleTaken, plugin.ActSettleRefunded) && d.Matched.Rule == "action//call_supervisor" {
				require.Equal(t, []string{"none"}, k.of[press].right)
			} else {
				require.Contains(t, k.of[press].right, "1")
			}
			for q, e := range k.of {
				require.NotEmpty(t, e.right, questions[q].name.en)
				for _, answer := range append(slices.Clone(e.right), e.spare...) {
					name, ok := question(q).read(answer)
					require.True(t, ok && name == answer, "%s: %s", questions[q].name.en, answer)
				}
			}
		})
	}
}

func TestEveryActionHasAnAct(t *testing.T) {
	for _, c := range population(t, plugin.English) {
		for _, a := range c.Decision.Actions {
			require.NotEmpty(t, acts[a.ID].then, a.ID)
			require.NotEmpty(t, acts[a.ID].say, a.ID)
		}
		require.NotEmpty(t, owners[c.Decision.Owner])
	}
	require.Len(t, acts, 34, "as many as the contract has")
}

func TestAnswersAreReadInBothLanguages(t *testing.T) {
	tests := []struct {
		name string
		q    question
		cell string
		want string
	}{
		{"as it stands", charged, "set-aside", "set-aside"},
		{"without the hyphen", charged, " Set aside ", "set-aside"},
		{"French, without accents", charged, "RESERVE", "set-aside"},
		{"French, with accents", charged, "Peut-être", "maybe"},
		{"composed otherwise", charged, "re\u0301serve\u0301", "set-aside"},
		{"one letter", again, "y", "yes"},
		{"one letter, French", again, "O", "yes"},
		{"a question mark", who, "?", "unsure"},
		{"nothing", who, "  ", ""},
		{"nobody is the till", who, "personne", "itself"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := test.q.read(test.cell)
			require.True(t, ok)
			require.Equal(t, test.want, got)
		})
	}
	for q := range questions {
		meant := map[string]string{}
		for _, w := range append(slices.Clone(questions[q].words), unsure) {
			for _, name := range []string{folded(w.name.en), folded(w.name.fr)} {
				require.Contains(t, []string{"", w.name.en}, meant[name], "%s means two things", name)
				meant[name] = w.name.en
			}
		}
		_, ok := question(q).read("perhaps")
		require.False(t, ok)
	}
}
