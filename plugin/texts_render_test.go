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
// agree with its own list of actions, its money line and its banner. Here for
// every card in every state of a sale's money, with actions as the contract
// offers them then; texts_decide_test.go has those that answers lead to.

// drawn gives a decision of each card in each state of the money.
func drawn() []Decision {
	var all []Decision
	following := map[CardID]bool{}
	for _, a := range actions {
		following[a.after] = true
	}
	for i := range cards {
		c := &cards[i]
		d := Decision{
			Card: CardID(i), Family: c.family, Banner: BannerDone, Owner: c.owner, Privacy: c.privacy, Matched: Matched{By: "code"},
			About: &About{Operation: OpAuthorization, Amount: "1249.00"}, Retry: Retry{Policy: c.retry, Left: 2},
		}
		switch c.retry {
		case RetryLater:
			d.Retry.AfterS = 5
		case RetryCheckFirst: // only where there is something to check
			d.Retry = Retry{Policy: RetryNever}
		}
		if following[d.Card] {
			d.Matched.By = "action"
		}
		for _, d.MoneyKind = range moneyKinds {
			for _, d.Money = range moneys[1:] {
				calm := d
				free := d.Money == MoneyNone || d.Money == MoneyNotMoved
				pay := free && (d.MoneyKind == KindPurchase || d.MoneyKind == KindPayment)
				calm.Actions = everyOffer(c.actions, pay, d.MoneyKind)
				all = append(all, calm)
				if first := rowOf(c.actions[0]); len(calm.Actions) > 1 && !first.wayOut { // its own way forward is spent
					calm.Actions = calm.Actions[1:]
					calm.Retry = Retry{Policy: RetryNever}
					all = append(all, calm)
				}
				if !free && d.MoneyKind == KindPurchase {
					calm.Retry = Retry{Policy: RetryNever}
					calm.Rest = &About{Operation: OpAuthorization, Amount: "500.00"}
					calm.Actions = everyOffer([]ActionID{ActPayRest, ActCallSupervisor, ActHoldSale}, true, d.MoneyKind)
					all = append(all, calm)
				}
			}
			d.Money = MoneyUnknown
			if d.Card == CardSupervisorSettlesRefund && d.MoneyKind != KindRefund {
				continue
			}
			for _, ways := range [][]ActionID{{ActCheckStatus, ActCallSupervisor, ActHoldSale}, {ActResendSame, ActCallSupervisor}, {ActCallSupervisor, ActHoldSale}} {
				doubt := d
				doubt.Doubt, doubt.Retry.Policy = true, RetryNever
				switch ways[0] {
				case ActCheckStatus:
					doubt.Retry = Retry{Policy: RetryCheckFirst, Left: 2, AfterS: 5}
				case ActResendSame:
					if d.MoneyKind != KindPurchase && d.MoneyKind != KindPayment {
						continue // only a payment has a key
					}
					doubt.Retry.Policy = RetrySameKey
				}
				if english.cards[i].settles {
					doubt.Retry.Policy = RetryNever
					ways = settleFacts
				}
				doubt.Actions = everyOffer(ways, false, d.MoneyKind)
				all = append(all, doubt)
			}
			underWay := d
			underWay.Actions = everyOffer([]ActionID{ActKeepWaiting, ActCallSupervisor, ActHoldSale}, false, d.MoneyKind)
			all = append(all, underWay)
		}
	}
	return all
}

// everyOffer keeps of a card's actions what may be offered: payments only where
// they bar nothing, the facts that fit what is in doubt.
func everyOffer(list []ActionID, pay bool, kind MoneyKind) []Action {
	var out []Action
	for _, id := range list {
		refunds := id == ActSettleRefunded || id == ActSettleNotRefunded
		row := rowOf(id)
		switch {
		case (row.payment || id == ActCancelSale) && !pay, row.settles != 0 && refunds != (kind == KindRefund), len(out) == maxActions:
		case id == ActFinishSale && pay:
		default:
			out = append(out, Action{ID: id})
		}
	}
	if len(out) > 0 && out[0].ID == ActHoldSale && list[0] != ActHoldSale {
		out = append([]Action{{ID: ActCallSupervisor}}, slices.DeleteFunc(out, func(a Action) bool { return a.ID == ActCallSupervisor })...)
	}
	if !slices.ContainsFunc(out, func(a Action) bool { return rowOf(a.ID).wayOut }) {
		out = append(out[:min(len(out), maxActions-1)], Action{ID: ActCallSupervisor})
	}
	return out
}

func TestEveryCardAgreesWithItself(t *testing.T) { agree(t, drawn(), false) }

// agree renders decisions and tells, by rule and card, which prompts do not
// fit or contradict themselves, and which two of real ones look alike and ask for other acts.
func agree(t *testing.T, all []Decision, real bool) {
	t.Log(len(all), "decisions of different shapes")
	for _, l := range []Lang{English, French} {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			broken, asks := map[string]string{}, map[string]ActionID{}
			for _, d := range all {
				p := Render(d, Texts{}, Locale{Cashier: l, UTCOffsetMin: ptr(-300)})
				rules := []string{misfit(d, p, l), contradiction(d, p, l)}
				if real {
					rules = append(rules, twin(d, p, asks))
				}
				for _, rule := range rules {
					if key := rule + ", on " + d.Card.String(); rule != "" && broken[key] == "" {
						broken[key] = fmt.Sprintf("%+v\n%s %s %v %v", p, d.MoneyKind, d.Money, d.Doubt, ids(d.Actions))
					}
				}
			}
			for key, example := range broken {
				t.Errorf("%s\n%s", key, example)
			}
		})
	}
}

// verifies are the actions that are one act to whoever reads the headline.
var verifies = []ActionID{ActSendCodeSMS, ActSendCodeEmail, ActAskSecurityQuestion, ActEnterPIW, ActUseOverride, ActUseBypass}

// twin tells of a prompt whose headline asks for another act elsewhere: asks
// remembers what each headline has asked for. Where the supervisor chooses, the
// first line is no advice; what follows a choice of the cashier's says what was
// chosen, and its list is a way on or a way back.
func twin(d Decision, p Prompt, asks map[string]ActionID) string {
	first := d.Actions[0].ID
	if d.Matched.By == "action" && !d.Doubt || english.cards[min(d.Card, numCards-1)].act == toDecide || slices.ContainsFunc(ids(d.Actions), ActionID.Settles) && first == ActHoldSale {
		return ""
	}
	if slices.Contains(verifies, first) && !(first == ActEnterPIW && d.Card == CardPIWMismatch) {
		first = ActSendCodeSMS
	}
	other, known := asks[p.Headline]
	if !known {
		asks[p.Headline] = first
	} else if other != first {
		return fmt.Sprintf("the headline %q asks for %s and for %s", p.Headline, other, first)
	}
	return ""
}

// misfit names the first part of a prompt that is missing or too long.
func misfit(d Decision, p Prompt, l Lang) string {
	money := kMoney
	if d.Rest != nil {
		money = kRest
	}
	type part struct {
		kind  textKind
		texts []string
	}
	parts := []part{
		{kBanner, []string{p.Banner}}, {kHeadline, []string{p.Headline}}, {money, []string{p.Money}}, {kRetry, []string{p.Retry}},
		{kSay, []string{p.Say}}, {kIfAsked, []string{p.IfAsked}}, {kOwner, []string{p.Owner}}, {kDisplay, p.CustomerDisplay[:1]},
	}
	if d.Notice == "" { // the notice stands before the reason, and may run over
		parts = append(parts, part{kWhy, []string{p.Why}})
	}
	for _, a := range p.Actions {
		parts = append(parts, part{kLabel, []string{a.Label}}, part{kAction, []string{a.Text}})
	}
	for _, part := range parts {
		for _, s := range part.texts {
			switch {
			case strings.TrimSpace(s) == "" || strings.ContainsAny(s, "{}"):
				return "no " + string(part.kind)
			case uniseg.StringWidth(s) > part.kind.limit(l):
				return "too long: " + string(part.kind)
			}
		}
	}
	if uniseg.StringWidth(p.Never) > kNever.limit(l) || strings.ContainsAny(p.Never, "{}") {
		return "too long: never"
	}
	return ""
}

// What a line promises, in words of either language.
var (
	saysPayOtherwise = regexp.MustCompile(`(?i)another payment|pay another way|how (else )?would you like to pay|payer autrement|autre (mode de )?paiement\.|comment voulez-vous payer`)
	saysCode         = regexp.MustCompile(`(?i)can send a code|new code|get a code|peut envoyer un code|recevoir un code`)
	saysType         = regexp.MustCompile(`(?i)please type|tapez[^.]*s'il vous plaît`)
	saysOnceMore     = regexp.MustCompile(`(?i)once more|de nouveau|encore une fois|may i|peut-on`)
	saysSupervisor   = regexp.MustCompile(`(?i)my supervisor|notre responsable`)
	saysNothingTaken = regexp.MustCompile(`(?i)nothing was taken|money was not|rien n'a été facturé|rien n'a passé`)
	saysWentThrough  = regexp.MustCompile(`(?i)^it went through|you paid once|^all done|it's approved|(^|[.] )le paiement a passé[.,]|vous avez payé|c'est fait|c'est approuvé`)
	saysPay          = regexp.MustCompile(`(?i)\bpay[ .?]|\bpayer[ .?]|payiez`)
	saysTaken        = regexp.MustCompile(`money was (not )?taken|paiement (n'a pas|a) passé`)
	saysTriesLeft    = regexp.MustCompile(`(?i)tr(y|ies) left|can send it again|then send it again|look once more|reste.*essai|then press 1|puis appuyez sur 1|puis recommencez|pouvez recommencer|puis cherchez`)
	saysCheck        = regexp.MustCompile(`(?i)\bcheck(s|ing)?\b|vérifi(e|ez|er|ons)\b|vérifications?\b`)
	pastCheck        = regexp.MustCompile(`(?i)\b(the|from the) check\b|la vérification\b|^vérification (sans|pas)|(vérifi|Vérifi|VÉRIFI)[^.]*(identité|IDENTITÉ)|identité[^.]*vérifi\pL+|code de vérification`)
	saysWait         = regexp.MustCompile(`ONE MOMENT|UN INSTANT`)
	sendsThisSale    = []ActionID{ActTryAgain, ActEnterAgain, ActChangeAmount}
	leavesTheCard    = []ActionID{ActOtherPayment, ActPayRest, ActCallSupervisor, ActHoldSale, ActFinishSale, ActCancelSale}
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
	onCard := strings.Join([]string{p.Headline, p.Retry, spoken}, " ")
	never := forbidsPayment.ReplaceAllString(p.Never, "")
	chosen := d.Matched.By == "action"
	unsure := d.Doubt || d.Money == MoneyUnknown
	// A code that Flexiti documents for other calls only, in answer to a refund.
	ofOtherCalls := !d.Doubt && slices.Contains([]string{"status+code", "code"}, d.Matched.By)
	aboutPayments := d.Card == CardPaidTwice || d.Card == CardLateSuccess
	switch {
	case saysPayOtherwise.MatchString(onCard+" "+never) && !does(ActOtherPayment, ActPayRest) && d.Card != CardOtherPaymentChosen:
		return "another payment is spoken of and not offered"
	case saysCode.MatchString(spoken) && !does(ActSendCodeSMS, ActSendCodeEmail):
		return "a code is spoken of and not offered"
	case saysType.MatchString(p.Say) && !chosen && !does(ActEnterAgain, ActAskAgain, ActEnterPIW):
		return "the customer is asked to type, and no action lets them"
	case saysOnceMore.MatchString(p.Say) && slices.Contains(leavesTheCard, first):
		return "once more is spoken of, and the first action leaves the card"
	case saysSupervisor.MatchString(p.Say) && !chosen && !does(ActCallSupervisor) && !slices.ContainsFunc(list, ActionID.Settles):
		return "the supervisor is spoken of and not offered"
	case saysNothingTaken.MatchString(onCard) && d.Money != MoneyNotMoved && d.Money != MoneyNone && d.MoneyKind != KindRefund && d.Card != CardSaleCancelled:
		// What was given back earlier in the sale is no contradiction.
		return "nothing taken, beside another money line"
	case saysWentThrough.MatchString(p.Say) && unsure:
		return "it went through, beside a doubt"
	case saysTriesLeft.MatchString(p.Retry) && !slices.ContainsFunc(list, func(id ActionID) bool { return !slices.Contains(leavesTheCard, id) }):
		return "another try is promised, and no action sends anything"
	case unsure && again[l].MatchString(p.Banner+onCard+p.Never+actionTexts(p)):
		return "trying again, beside money that nobody knows of"
	case unsure && does(sendsThisSale...):
		return "a request is sent again beside money that nobody knows of"
	case d.MoneyKind == KindRefund && saysTaken.MatchString(actionTexts(p)):
		return "money taken, on a refund"
	case d.MoneyKind == KindRefund && !ofOtherCalls && !does(ActOtherPayment, ActPayRest) && !chosen && !aboutPayments && saysPay.MatchString(spoken):
		return "paying is spoken of, on a refund"
	case unsure && !forbidsPayment.MatchString(p.Never):
		return "nothing forbids another payment beside money that nobody knows of"
	case unsure && d.MoneyKind != KindRefund && !keepsGoods.MatchString(p.Never):
		return "nothing keeps the goods beside money that nobody knows of"
	case !does(ActCheckStatus) && slices.ContainsFunc([]string{p.Banner, p.Headline, p.Retry, p.Never, p.Say, p.IfAsked}, checks):
		return "a check is spoken of, and no action checks"
	case saysWait.MatchString(p.Banner) && !slices.Contains([]ActionID{ActKeepWaiting, ActCarryOn, ActHoldSale, ActCallSupervisor}, first):
		return "the banner says to wait, and the first action is to go"
	case p.Banner == textOf(wordsIn(l).banners[:], bannerPlace, BannerSupervisor) && first != ActCallSupervisor:
		return "the banner calls the supervisor, and the first action does not"
	case first == ActFinishSale && d.Owner != OwnerCashier && !chosen:
		return "the cashier finishes, and somebody else is to sort it out"
	case d.Retry.AfterS > 0 && strings.Contains(p.Retry, "now"):
		return "wait and go at once"
	}
	return ""
}

// checks says whether a line tells to check, or that somebody is at it. What a
// check has found is told wherever it matters.
func checks(s string) bool { return saysCheck.MatchString(pastCheck.ReplaceAllString(s, "")) }

func actionTexts(p Prompt) string {
	var b strings.Builder
	for _, a := range p.Actions {
		b.WriteString(" " + a.Label + " " + a.Text)
	}
	return b.String()
}

// Words that ask for another payment are marked, so that others stand in their
// place where none is offered.
func TestWordsThatAskForAnotherPaymentAreMarked(t *testing.T) {
	for _, w := range []*language{&english, &french} {
		for i, words := range w.cards {
			full := w.own(CardID(i), KindPurchase)
			asks := saysPayOtherwise.MatchString(full.headline + " " + full.say + " " + full.ifAsked)
			require.Equal(t, asks && CardID(i) != CardOtherPaymentChosen, words.pays, cards[i].name)
		}
	}
}

func TestRetryLines(t *testing.T) {
	later := int64(noon + 3*3600*1000)
	for _, test := range []struct {
		name   string
		give   Decision
		offset *int
		en, fr string
	}{
		{"now", Decision{Retry: Retry{Policy: RetryNow}}, nil, "You can send it again now.", "Vous pouvez recommencer maintenant."},
		{"one left", Decision{Retry: Retry{Policy: RetryLimited, Left: 1}}, nil, "1 try left.", "Il reste 1\u00a0essai."},
		{"three left", Decision{Retry: Retry{Policy: RetryLimited, Left: 3}}, nil, "3 tries left.", "Il reste 3\u00a0essais."},
		{"a pause", Decision{Retry: Retry{Policy: RetryLater, AfterS: 5}}, nil, "Wait 5 seconds; then press 1.", "Attendez 5\u00a0s, puis appuyez sur 1."},
		{"a time", Decision{Retry: Retry{Policy: RetryLater, Until: later}}, ptr(-300), "Don't send it again before Monday 10:00.", "Ne recommencez pas avant lundi à 10\u00a0h\u00a000."},
		{"a time without a clock", Decision{Retry: Retry{Policy: RetryLater, Until: later}}, nil, "Don't send it again now.", "Ne recommencez pas maintenant."},
		{"the card's own time", Decision{Card: CardTriesExceed, Retry: Retry{Policy: RetryLater, Until: later}}, ptr(-300), "No security question until Monday 10:00.", "Pas de question de sécurité avant lundi à 10\u00a0h\u00a000."},
		{"the card's own time without a clock", Decision{Card: CardTriesExceed, Retry: Retry{Policy: RetryLater, Until: later}}, nil, "Don't send it again now.", "Ne recommencez pas maintenant."},
		{"checks left, with a pause", Decision{Doubt: true, Retry: Retry{Policy: RetryCheckFirst, Left: 2, AfterS: 5}}, nil, "Check again in 5 s (2 checks left).", "Attendez 5\u00a0s, vérifiez; il reste 2\u00a0vérifications."},
		{"the last check, with a pause", Decision{Doubt: true, Retry: Retry{Policy: RetryCheckFirst, Left: 1, AfterS: 5}}, nil, "Check once more in 5 s; then your supervisor.", "Attendez 5\u00a0s, vérifiez; sinon, votre responsable."},
		{"the last check", Decision{Doubt: true, Retry: Retry{Policy: RetryCheckFirst, Left: 1}}, nil, "Don't send it again; check once, then your supervisor.", "Ne recommencez pas; 1\u00a0vérification, puis responsable."},
		{"checks without a count", Decision{Doubt: true, Retry: Retry{Policy: RetryCheckFirst}}, nil, "Don't send it again; check first.", "Ne recommencez pas; vérifiez d'abord."},
		{"in doubt", Decision{Doubt: true, Retry: Retry{Policy: RetryNever}}, nil, "Don't send it again; ask your supervisor.", "Ne recommencez pas; demandez à votre responsable."},
		{"under way", Decision{Money: MoneyUnknown, Retry: Retry{Policy: RetryAfterFix}}, nil, "Don't send anything; the answer can still come.", "Ne recommencez pas; la réponse peut encore arriver."},
		{"a success", Decision{Family: FamilyApproved, Retry: Retry{Policy: RetryNever}}, nil, "Nothing more to send; you can finish.", "Rien d'autre à envoyer; vous pouvez terminer."},
		{"input", Decision{Card: CardInputChangeAmount, Retry: Retry{Policy: RetryNever}}, nil, "Nothing has been sent yet.", "Rien n'est encore envoyé."},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.en, Render(test.give, Texts{}, Locale{Cashier: English, UTCOffsetMin: test.offset}).Retry)
			require.Equal(t, test.fr, Render(test.give, Texts{}, Locale{Cashier: French, UTCOffsetMin: test.offset}).Retry)
		})
	}
}

// A budget is told as it stands, whatever a policy makes of it.
func TestRetryLinesTellTheCount(t *testing.T) {
	for left := 1; left <= 9; left++ {
		for _, l := range []Lang{English, French} {
			d := Decision{Card: CardWrongVerificationCode, Retry: Retry{Policy: RetryLimited, Left: left}}
			p := Render(d, Texts{}, Locale{Cashier: l})
			require.Contains(t, p.Retry, fmt.Sprint(left))
			require.Equal(t, left > 1, regexp.MustCompile(`tries|essais`).MatchString(p.Retry), p.Retry)
		}
	}
}

func TestMoneyLines(t *testing.T) {
	paid := &About{Operation: OpAuthorization, Amount: "1249.00"}
	rest := func(op Operation, amount string) *About { return &About{Operation: op, Amount: amount} }
	for _, test := range []struct {
		name   string
		give   Decision
		en, fr string
	}{
		{"taken", Decision{Money: MoneyMoved, MoneyKind: KindPurchase}, "MONEY TAKEN", "LE MONTANT EST FACTURÉ"},
		{"a deposit taken", Decision{Money: MoneyMoved, MoneyKind: KindPayment}, "PAYMENT TAKEN", "PAIEMENT REÇU"},
		{"refunded", Decision{Money: MoneyMoved, MoneyKind: KindRefund}, "MONEY REFUNDED", "LE MONTANT EST REMBOURSÉ"},
		{"a hold released", Decision{Money: MoneyNotMoved, MoneyKind: KindRelease}, "NOT SET ASIDE OR TAKEN", "NI RÉSERVÉ, NI FACTURÉ"},
		{"a release in doubt", Decision{Money: MoneyUnknown, MoneyKind: KindRelease, Doubt: true}, "MAYBE STILL SET ASIDE", "PEUT-ÊTRE ENCORE RÉSERVÉ"},
		{"a release refused", Decision{Money: MoneyHeld, MoneyKind: KindRelease}, "SET ASIDE, NOT TAKEN", "RÉSERVÉ, PAS FACTURÉ"},
		{"part taken", Decision{Money: MoneyMoved, About: paid, Rest: rest(OpAuthorization, "50.5")}, "TAKEN $1,249.00, TO PAY $50.50", "PAYÉ 1\u00a0249,00\u00a0$, IL RESTE 50,50\u00a0$"},
		{"part of a deposit taken", Decision{Money: MoneyMoved, MoneyKind: KindPayment, About: paid, Rest: rest(OpTransactions, "0.05")}, "TAKEN $1,249.00, TO PAY $0.05", "PAYÉ 1\u00a0249,00\u00a0$, IL RESTE 0,05\u00a0$"},
		{"held, capture refused", Decision{Money: MoneyHeld, About: paid, Rest: rest(OpCapture, "1249")}, "SET ASIDE $1,249.00, TO TAKE $1,249.00", "RÉSERVÉ 1\u00a0249,00\u00a0$, À FACTURER 1\u00a0249,00\u00a0$"},
		{"part held", Decision{Money: MoneyHeld, About: paid, Rest: rest(OpAuthorization, "007.00")}, "SET ASIDE $1,249.00, TO PAY $7.00", "RÉSERVÉ 1\u00a0249,00\u00a0$, IL RESTE 7,00\u00a0$"},
		{"a rest of an amount that cannot be read", Decision{Money: MoneyMoved, About: paid, Rest: rest(OpAuthorization, AmountUnreadable)}, "PART TAKEN, PART NOT", "PAYÉ EN PARTIE SEULEMENT"},
		{"a part of an amount not known", Decision{Money: MoneyHeld, Rest: rest(OpAuthorization, "5")}, "PART SET ASIDE, PART NOT", "RÉSERVÉ EN PARTIE SEULEMENT"},
		{"a capture of an amount not known", Decision{Money: MoneyHeld, About: paid, Rest: rest(OpCapture, "")}, "SET ASIDE, NOT TAKEN", "RÉSERVÉ, PAS FACTURÉ"},
		{"a rest beside a doubt", Decision{Money: MoneyUnknown, Doubt: true, About: paid, Rest: rest(OpAuthorization, "5")}, "MONEY MAYBE TAKEN", "PEUT-ÊTRE FACTURÉ"},
		{"a rest beside a refund", Decision{Money: MoneyMoved, MoneyKind: KindRefund, About: paid, Rest: rest(OpAuthorization, "5")}, "MONEY REFUNDED", "LE MONTANT EST REMBOURSÉ"},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.en, Render(test.give, Texts{}, Locale{Cashier: English}).Money)
			require.Equal(t, test.fr, Render(test.give, Texts{}, Locale{Cashier: French}).Money)
		})
	}
}

// What stands in the place of a card's own words, and when.
func TestWordsFollowWhatIsOffered(t *testing.T) {
	act := func(list ...ActionID) []Action { return everyOffer(list, true, KindPurchase) }
	for _, test := range []struct {
		name string
		give Decision
		want string // the headline, and what is said
	}{
		{"a refusal", Decision{Card: CardApplicationDeclined, Money: MoneyNotMoved, Actions: act(ActOtherPayment)}, "Not with Flexiti: pay another way / Flexiti isn't possible this time. How else would you like to pay?"},
		{"a refusal beside money taken", Decision{Card: CardApplicationDeclined, Money: MoneyMoved, Actions: act(ActCallSupervisor)}, "Your supervisor has to help with this / My supervisor will look at this. One moment, please."},
		{"a refusal with a rest to pay", Decision{Card: CardUserNotAbleToPurchase, Money: MoneyMoved, Rest: &About{}, Actions: act(ActPayRest, ActCallSupervisor)}, "A part is done; the rest is still to pay / One part is done. How would you like to pay the rest?"},
		{"a refused release", Decision{Card: CardForbidden, Money: MoneyHeld, MoneyKind: KindRelease, Actions: act(ActCallContact, ActCallSupervisor)}, "Call your store's computer help / I'm calling for help with this. One moment, please."},
		{"a refused refund", Decision{Card: CardGeneralError, Money: MoneyNotMoved, MoneyKind: KindRefund, Actions: act(ActCallSupervisor)}, "This refund needs your supervisor / My supervisor will help with your refund. One moment, please."},
		{"tries left", Decision{Card: CardSecretAnswerMismatch, Retry: Retry{Policy: RetryLimited, Left: 1}, Actions: act(ActAskAgain, ActSendCodeSMS)}, "That is not the security answer / That doesn't match. Please type your answer once more."},
		{"no tries left", Decision{Card: CardSecretAnswerMismatch, Retry: Retry{Policy: RetryNever}, Actions: act(ActSendCodeSMS)}, "Verify the customer in another way / Flexiti wants to be sure it's you. Let's do it in another way."},
		{"nothing left but another payment", Decision{Card: CardWrongVerificationCode, Retry: Retry{Policy: RetryNever}, Actions: act(ActOtherPayment)}, "Not with Flexiti: pay another way / Flexiti isn't possible this time. How else would you like to pay?"},
		{"a payment in doubt", Decision{Card: CardNoReplyPayment, Doubt: true, Money: MoneyUnknown, Actions: act(ActCheckStatus)}, "We don't know yet if it went through / I'm checking with Flexiti if it went through, so you don't pay twice. One moment, please."},
		{"a release in doubt", Decision{Card: CardFoundNone, Doubt: true, Money: MoneyUnknown, MoneyKind: KindRelease, Actions: act(ActCheckStatus)}, "Flexiti doesn't show it yet / I'm checking with Flexiti if the amount is still set aside. One moment, please."},
		{"the supervisor, about a release", Decision{Card: CardSupervisorSettles, Doubt: true, Money: MoneyUnknown, MoneyKind: KindRelease, Actions: act(ActSettleTaken)}, "Supervisor: is it still set aside? / My supervisor is finding out if the amount is still set aside."},
		{"a refusal while in doubt", Decision{Card: CardUserNotAbleToPurchase, Doubt: true, Money: MoneyUnknown, Actions: act(ActCheckStatus)}, "We don't know yet if it went through / I'm checking with Flexiti if it went through, so you don't pay twice. One moment, please."},
		{"a discreet card while in doubt", Decision{Card: CardSecretAnswerMismatch, Doubt: true, Money: MoneyUnknown, MoneyKind: KindRefund, Actions: act(ActCallSupervisor)}, "Ask your supervisor if it was refunded / My supervisor will find out if your refund went through. One moment, please."},
		{"a refusal while under way", Decision{Card: CardUserNotAbleToPurchase, Money: MoneyUnknown, Actions: act(ActKeepWaiting)}, "The till is waiting for Flexiti's answer / One moment, please. I'm waiting for Flexiti's answer."},
		{"a card of another module's", Decision{Card: numCards + 7, Actions: act(ActCallSupervisor)}, "The till does not know what to do here / My supervisor will look at this. One moment, please."},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := Render(test.give, Texts{}, Locale{Cashier: English})
			require.Equal(t, test.want, p.Headline+" / "+p.Say)
		})
	}
}

// Where nothing is left to try, the details say so instead of inviting a try.
func TestSpentTriesAreTheReason(t *testing.T) {
	d := Decision{Card: CardPIWMismatch, Retry: Retry{Policy: RetryLimited, Left: 1}, Actions: []Action{{ID: ActEnterPIW}, {ID: ActSendCodeSMS}}}
	require.Equal(t, english.cards[CardPIWMismatch].why, Render(d, Texts{}, Locale{}).Why)
	d.Retry, d.Actions = Retry{Policy: RetryNever}, d.Actions[1:]
	require.Equal(t, english.spent, Render(d, Texts{}, Locale{}).Why)
}

// A customer hears and sees their own language.
func TestCustomerLocale(t *testing.T) {
	d := Decision{Card: CardPurchaseCaptured, Family: FamilyApproved, Money: MoneyMoved, Actions: []Action{{ID: ActFinishSale}}}
	p := Render(d, Texts{}, Locale{Cashier: French, Customer: English})
	require.Equal(t, "L'achat a passé", p.Headline)
	require.Equal(t, "It's approved. Here's your receipt.", p.Say)
	require.Equal(t, [2]string{"Approved", "Thank you"}, p.CustomerDisplay)
	d.Rest = &About{Operation: OpCapture}
	require.Equal(t, [2]string{"One moment, please", ""}, Render(d, Texts{}, Locale{Cashier: English}).CustomerDisplay)
}

// Render gives words whatever it is given, and leaves names that it does not know out.
func TestRenderIsTotal(t *testing.T) {
	d := Decision{
		Card: 255, Family: "x", Banner: "x", Money: "x", MoneyKind: "x", Owner: "x", Privacy: "x", Notice: NoticeSaleReplaced,
		Retry: Retry{Policy: "x", Left: -1, AfterS: -1, Until: -1}, Rest: &About{Amount: "x"}, Actions: []Action{{ID: "x"}},
		Fields: []Field{{Param: "x", Problem: "x"}},
	}
	for _, d := range []Decision{{}, d} {
		p := Render(d, Texts{}, Locale{Cashier: "zz", UTCOffsetMin: ptr(1 << 30)})
		require.Equal(t, English, p.Locale)
		require.NotEmpty(t, p.Headline)
		require.NotEmpty(t, p.Money)
		require.NotEmpty(t, p.Retry)
		require.NotEmpty(t, p.Say)
		require.NotEmpty(t, p.IfAsked)
		require.NotEmpty(t, p.Why)
		require.Len(t, p.Actions, len(d.Actions))
		require.Len(t, p.Fields, len(d.Fields))
		require.NotNil(t, p.Actions)
		require.NotNil(t, p.Fields)
	}
}

func TestContacts(t *testing.T) {
	texts := Texts{Contacts: map[Owner]Contact{
		OwnerStoreIT: {English: "Help desk, 4411", French: "Soutien, poste 4411"}, OwnerFlexiti: {English: "Flexiti's desk", French: "Chez Flexiti"},
	}}
	for _, test := range []struct {
		name string
		give Decision
		lang Lang
		want string
	}{
		{"the owner's", Decision{Owner: OwnerStoreIT}, English, "Help desk, 4411"},
		{"in French", Decision{Owner: OwnerStoreIT}, French, "Soutien, poste 4411"},
		{"nobody's", Decision{Owner: OwnerSupervisor}, French, ""},
		{"where the reason stays with the lender", Decision{Owner: OwnerCashier, Privacy: PrivacyDiscreet}, French, "Chez Flexiti"},
		{"but the owner's first", Decision{Owner: OwnerStoreIT, Privacy: PrivacyDiscreet}, English, "Help desk, 4411"},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, Render(test.give, texts, Locale{Cashier: test.lang}).Contact)
		})
	}
}

func BenchmarkRender(b *testing.B) {
	d := drawn()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Render(d[i%len(d)], Texts{}, Locale{Cashier: French, UTCOffsetMin: ptr(-300)})
	}
}
