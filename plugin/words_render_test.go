package plugin

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"
)

// The same rules again, of whole prompts: what a card says must fit, and must
// agree with its own list of actions, its money line and its banner.

// decisions gives one decision of each shape that any answer leads to, in
// stores and sales of all kinds, and what pressing its actions leads to; and
// of each that comes up in sales played at random.
func decisions() []Decision {
	var all []Decision
	seen := map[string]bool{}
	isNew := func(d Decision) bool {
		shape := fmt.Sprint(d.Card, d.Family, d.Banner, d.Money, d.MoneyKind, d.Retry, d.Owner, d.Doubt, ids(d.Actions), d.Notice, len(d.Fields))
		if seen[shape] {
			return false
		}
		seen[shape] = true
		all = append(all, d)
		return true
	}
	var press func(f Facts, s Sale, p Policy, times int)
	press = func(f Facts, s Sale, p Policy, times int) {
		d, after := Decide(f, s, p)
		if !isNew(d) || times == 0 {
			return
		}
		for _, a := range d.Actions {
			press(Facts{At: f.At, Action: a.ID, Operation: f.Operation}, after, p, times-1)
		}
	}
	for _, f := range everyAnswer() {
		f.At = noon
		for _, p := range policiesToTry {
			for _, s := range salesToTry() {
				press(f, s, p, 2)
			}
		}
	}
	for seed := range uint64(300) {
		g := newGenerator(seed)
		g.walk(20, g.policy(), func(_ Facts, _ Sale, d Decision, _ Sale) { isNew(d) })
	}
	return all
}

func TestPromptsFitAndAgreeWithThemselves(t *testing.T) {
	all := decisions()
	t.Log(len(all), "decisions of different shapes")
	for _, l := range []Lang{English, French} {
		t.Run(string(l), func(t *testing.T) {
			b := map[string]string{}
			for _, d := range all {
				p := Render(d, Texts{}, Locale{Cashier: l, UTCOffsetMin: ptr(-300)})
				for _, rule := range []string{misfit(d, p, l), contradiction(d, p, l)} {
					if key := rule + ", on " + d.Card; rule != "" && b[key] == "" {
						b[key] = fmt.Sprintf("%s\n%v", marshal(t, p), ids(d.Actions))
					}
				}
			}
			for key, example := range b {
				t.Errorf("%s\n%s", key, example)
			}
		})
	}
}

// misfit names the first part of a prompt that is missing or too long.
func misfit(d Decision, p Prompt, l Lang) string {
	if name := gap(d, p); name != "" {
		return "no " + name
	}
	parts := []struct {
		kind  fieldKind
		texts []string
	}{
		{kBanner, []string{p.Banner}}, {kHeadline, []string{p.Headline}}, {kMoney, []string{p.Money}}, {kRetry, []string{p.Retry}},
		{kNever, []string{p.Never}}, {kSay, []string{p.Say}}, {kIfAsked, []string{p.IfAsked}}, {kOwner, []string{p.Owner}},
		{kDisplay, p.CustomerDisplay[:]},
	}
	if d.Notice == "" { // the notice stands before the reason, and may run over
		parts = append(parts, struct {
			kind  fieldKind
			texts []string
		}{kWhy, []string{p.Why}})
	}
	for _, part := range parts {
		for _, s := range part.texts {
			if uniseg.StringWidth(s) > part.kind.limit(l) {
				return "too long: " + string(part.kind)
			}
		}
	}
	return ""
}

// What a line promises, in words of either language.
var (
	saysPayOtherwise = regexp.MustCompile(`(?i)another payment|pay another way|how (else )?would you like to pay|payer autrement|autre mode de paiement|comment voulez-vous payer`)
	saysCode         = regexp.MustCompile(`(?i)can send a code|new code|get a code|peut envoyer un code|recevoir un code`)
	saysType         = regexp.MustCompile(`(?i)type it|le taper|la taper`)
	saysOnceMore     = regexp.MustCompile(`(?i)once more|de nouveau|puis-je (re|vérifier)|may i`)
	saysSupervisor   = regexp.MustCompile(`(?i)my supervisor|notre responsable`)
	saysNothingTaken = regexp.MustCompile(`(?i)nothing was taken|money was not|rien n'a été facturé|rien n'est passé`)
	saysWentThrough  = regexp.MustCompile(`(?i)^it went through|you paid once|^all done|it's approved|le paiement est passé\.|vous avez payé|c'est fait|c'est approuvé`)
	saysPay          = regexp.MustCompile(`(?i)\bpay[ .?]|\bpayer[ .?]|payiez`)
	saysTaken        = regexp.MustCompile(`money was (not )?taken|paiement (n'est pas|est) passé`)
	saysNever        = regexp.MustCompile(`Never send this (sale|refund|return) again|Ne renvoyez jamais`)
	saysTriesLeft    = regexp.MustCompile(`(?i)tr(y|ies) left|can try again|then try again|reste.*essai|réessayer (maintenant\.|après)|puis réessayez`)
	sendsThisSale    = []ActionID{ActTryAgain, ActEnterAgain, ActChangeAmount}
)

// contradiction names the first line of a prompt that promises what its
// actions do not offer, or claims what its money line does not.
func contradiction(d Decision, p Prompt, l Lang) string {
	list := ids(d.Actions)
	first := list[0]
	does := func(any ...ActionID) bool {
		return slices.ContainsFunc(any, func(id ActionID) bool { return offers(d, id) })
	}
	spoken := p.Say + " " + p.IfAsked
	onCard := strings.Join([]string{p.Headline, p.Retry, p.Never, spoken}, " ")
	chosen := d.Matched.By == byAction
	unsure := d.Doubt || d.Money == MoneyUnknown
	// A code that Flexiti documents for other calls only, in answer to a refund.
	ofOtherCalls := d.MoneyKind == KindRefund && !d.Doubt && (d.Matched.By == byStatus || d.Matched.By == byCode)
	switch {
	case saysPayOtherwise.MatchString(onCard) && !does(ActOtherPayment) && d.Card != "other_payment_chosen" && !ofOtherCalls:
		return "another payment is spoken of and not offered"
	case saysCode.MatchString(spoken) && !does(ActSendCodeSMS, ActSendCodeEmail):
		return "a code is spoken of and not offered"
	case saysType.MatchString(p.Say) && !does(ActEnterAgain, ActAskAgain, ActEnterPIW):
		return "the customer is asked to type, and no action lets them"
	case saysOnceMore.MatchString(p.Say) && slices.Contains(waysOutOfACard, first):
		return "once more is spoken of, and the first action leaves the card"
	case saysSupervisor.MatchString(p.Say) && !chosen && !does(ActCallSupervisor):
		return "the supervisor is spoken of and not offered"
	case saysNothingTaken.MatchString(onCard) && d.Money != MoneyNotMoved && d.Money != MoneyNone && d.Card != "supervisor_settles" && d.Card != "sale_cancelled":
		return "nothing taken, beside another money line"
	case saysWentThrough.MatchString(p.Say) && unsure:
		return "it went through, beside a doubt"
	case saysTriesLeft.MatchString(p.Retry) && !slices.ContainsFunc(list, func(id ActionID) bool { return !slices.Contains(waysOutOfACard, id) }):
		return "another try is promised, and no action sends anything"
	case unsure && again[l].MatchString(onCard+actionTexts(p)):
		return "trying again, beside money that nobody knows of"
	case unsure && does(sendsThisSale...):
		return "a request is sent again beside money that nobody knows of"
	case saysNever.MatchString(p.Never) && does(ActResendSame, ActTryAgain):
		return "never again, beside an action that does it"
	case d.MoneyKind == KindRefund && saysTaken.MatchString(actionTexts(p)):
		return "money taken, on a refund"
	case d.MoneyKind == KindRefund && !ofOtherCalls && saysPay.MatchString(spoken):
		return "paying is spoken of, on a refund"
	case d.Doubt && p.Never == "":
		return "a doubt without a never line"
	}
	return ""
}

func actionTexts(p Prompt) string {
	var b strings.Builder
	for _, a := range p.Actions {
		b.WriteString(" " + a.Label + " " + a.Text)
	}
	return b.String()
}

// A budget is told as it stands, whatever a policy makes of it.
func TestRetryLinesTellTheCount(t *testing.T) {
	for left := 1; left <= 9; left++ {
		for _, l := range []Lang{English, French} {
			d := Decision{Card: "wrong_verification_code", Retry: Retry{Policy: RetryLimited, Left: left}}
			p := Render(d, Texts{}, Locale{Cashier: l})
			require.Contains(t, p.Retry, fmt.Sprint(left))
			require.Equal(t, left > 1, regexp.MustCompile(`tries|essais`).MatchString(p.Retry), p.Retry)
		}
	}
}
