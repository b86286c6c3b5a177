package plugin

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What cards said once, and fresh readers took for something else. The rules
// must find each of these, or they would let it come back.

func TestRulesFindTheOldTexts(t *testing.T) {
	for _, test := range []struct {
		name string
		lang Lang
		kind textKind
		give string
		want string
	}{
		{"a count that the tries contradict", English, kBanner, "TRY ONCE MORE", "a count in a banner"},
		{"the same in French", French, kBanner, "RÉESSAYER UNE FOIS", "a count in a banner"},
		{"approval of the purchase?", English, kLabel, "Store approval", "jargon: Store approval"},
		{"approval, as a headline", English, kHeadline, "Store approval is not set up here", "jargon: Store approval"},
		{"what is that?", English, kLabel, "Identification word", "jargon: Identification word"},
		{"a key to press?", English, kHeadline, "The store's Flexiti key is not accepted", "jargon: key"},
		{"a sign on the wall?", English, kHeadline, "The till's sign-in has run out", "jargon: sign-in"},
		{"a legal word", English, kRetry, "Settle this sale before anything else.", "jargon: Settle"},
		{"the trade's word", English, kHeadline, "Override is not set up for this store", "jargon: Overrid"},
		{"hold what?", English, kMoney, "MONEY HELD, NOT TAKEN", "jargon: HELD"},
		{"too hard", English, kRetry, "Ask Flexiti what became of this sale.", "jargon: what became of"},
		{"who checks?", English, kAction, "Check what became of this sale", "jargon: what became of"},
		{"who sends it?", English, kAction, "Send a code by text to the phone on file", "it does not say who acts"},
		{"who signs in?", English, kAction, "Let the till sign in to Flexiti again", "jargon: sign in"},
		{"who uses it?", English, kAction, "Use another payment", "it does not say who acts"},
		{"untrue where it answered", English, kIfAsked, "Flexiti didn't tell us if it went through, so we check first.", "beside the point: didn't tell us"},
		{"a way out that leads nowhere", English, kIfAsked, "I can't see the reason. Flexiti can tell you privately.", "beside the point: can tell you privately."},
		{"how?", English, kIfAsked, "You can change your phone number with Flexiti.", "beside the point: You can change"},
		{"which screen?", English, kSay, "Could you read the terms and tell the screen if you agree?", "beside the point: tell the screen"},
		{"what is wrong here?", English, kRetry, "You can try again once this is corrected.", "beside the point: this is corrected"},
		{"aloud", English, kSay, "Flexiti declined this today.", "in the customer's sight: declined"},
		{"an exemption from a law", French, kLabel, "Dérogation", "jargon: Dérogation"},
		{"une clé", French, kHeadline, "La clé Flexiti du magasin n'est pas acceptée", "jargon: clé "},
		{"une étape", French, kMoney, "ÉTAPE SANS PAIEMENT", "jargon: ÉTAPE SANS PAIEMENT"},
		{"trois noms", French, kHeadline, "Le mot d'identification ne correspond pas", "jargon: mot d'identification"},
		{"à clarifier", French, kBanner, "À CLARIFIER", "jargon: CLARIFIER"},
		{"perçu", French, kMoney, "RIEN N'A ÉTÉ PERÇU", "jargon: PERÇU"},
		{"le remboursement va à qui?", French, kHeadline, "Ce remboursement revient à votre responsable", "jargon: revient à"},
		{"traduit", French, kAction, "Vérifiez ce qu'est devenue cette vente", "jargon: ce qu'est devenu"},
		{"quelle personne?", French, kAction, "Laissez la personne taper sa réponse de sécurité", "jargon: la personne"},
		{"retourner la marchandise?", French, kNever, "Ne renvoyez jamais cette vente.", "jargon: renvo"},
		{"un retour, encore", French, kRetry, "Il n'y a rien à renvoyer.", "jargon: renvo"},
		{"le service à la clientèle?", French, kOwner, "CLIENTÈLE", "jargon: CLIENTÈLE"},
		{"personne n'intervient", French, kOwner, "AUCUNE INTERVENTION", "jargon: INTERVENTION"},
		{"faux quand Flexiti a répondu", French, kIfAsked, "Flexiti ne nous a pas dit si le paiement est passé.", "beside the point: ne nous a pas dit"},
		{"sans issue", French, kIfAsked, "Je ne vois pas la raison. Flexiti peut vous la donner en privé.", "beside the point: peut vous la donner"},
		{"quel écran?", French, kSay, "Pouvez-vous lire les conditions et indiquer à l'écran si vous les acceptez?", "beside the point: indiquer à l'écran"},
		{"rien à corriger", French, kRetry, "Vous pourrez réessayer après la correction.", "beside the point: après la correction"},
	} {
		t.Run(test.name, func(t *testing.T) { require.Equal(t, test.want, flaw(test.kind, test.give, test.lang)) })
	}
}

// Old lines again, each on the card that it stood on.
func TestRulesFindTheOldCards(t *testing.T) {
	act := func(list ...ActionID) (all []Action) {
		for _, id := range list {
			all = append(all, Action{ID: id})
		}
		return all
	}
	lost := Decision{Card: CardNoReplyPayment, Family: FamilyCheck, Banner: BannerCheckSale, Owner: OwnerCashier, Doubt: true, Money: MoneyUnknown, MoneyKind: KindPurchase, Retry: Retry{Policy: RetryCheckFirst, Left: 2}, Actions: act(ActCheckStatus, ActCallSupervisor)}
	lostRefund := Decision{Card: CardNoReplyRefund, Family: FamilyCheck, Banner: BannerSupervisor, Owner: OwnerSupervisor, Doubt: true, Money: MoneyUnknown, MoneyKind: KindRefund, Retry: Retry{Policy: RetryNever}, Actions: act(ActCallSupervisor, ActHoldSale)}
	busy := Decision{Card: CardTooManyRequests, Family: FamilyWait, Banner: BannerOnceMore, Owner: OwnerCashier, Money: MoneyNotMoved, MoneyKind: KindPurchase, Retry: Retry{Policy: RetryLater, AfterS: 5}, Actions: act(ActTryAgain, ActOtherPayment)}
	for _, test := range []struct {
		name string
		give Decision
		old  func(p *Prompt)
		want string
	}{
		{"nothing forbids a debit card", lost, func(p *Prompt) { p.Never = "Never send this sale again." }, "nothing forbids another payment beside money that nobody knows of"},
		{"nor that the goods go", lost, func(p *Prompt) { p.Never = "Take no other payment." }, "nothing keeps the goods beside money that nobody knows of"},
		{"nor cash for a refund", lostRefund, func(p *Prompt) { p.Never = "Never send this refund again." }, "nothing forbids another payment beside money that nobody knows of"},
		{"a check without a key to check", lostRefund, func(p *Prompt) { p.Headline = "This refund needs a check first" }, "a check is spoken of, and no action checks"},
		{"a refund worded as a sale", lostRefund, func(p *Prompt) { p.Say = "I'm making sure you don't pay twice. One moment." }, "paying is spoken of, on a refund"},
		{"no answer to why", lost, func(p *Prompt) { p.IfAsked = "" }, "no if_asked"},
		{"wait, and go", busy, func(p *Prompt) { p.Banner = "ONE MOMENT" }, "the banner says to wait, and the first action is to go"},
		{"go, and wait", busy, func(p *Prompt) { p.Retry = "You can send it again now." }, "wait and go at once"},
		{"try again, in a doubt", lost, func(p *Prompt) { p.Retry = "You can try again now." }, "trying again, beside money that nobody knows of"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := Render(test.give, Texts{}, Locale{Cashier: English})
			require.Empty(t, misfit(test.give, p, English)+contradiction(test.give, p, English), "as it is now")
			test.old(&p)
			found := misfit(test.give, p, English)
			if found == "" {
				found = contradiction(test.give, p, English)
			}
			require.Equal(t, test.want, found)
		})
	}
	t.Run("one headline for two acts", func(t *testing.T) {
		asks := map[string]ActionID{}
		last := lost
		last.Card, last.Actions = CardFoundNone, act(ActCallSupervisor, ActHoldSale)
		p := Prompt{Headline: "The check found nothing yet"}
		require.Empty(t, twin(lost, p, asks))
		require.Equal(t, `the headline "The check found nothing yet" asks for check_status and for call_supervisor`, twin(last, p, asks))
	})
	t.Run("a release worded as a payment", func(t *testing.T) {
		require.True(t, wordedAsPayment("Never send this again or take another payment.", English))
		require.True(t, wordedAsPayment("Le paiement est encore en doute.", French))
		require.False(t, wordedAsPayment("My supervisor is finding out if your refund went through.", English))
	})
}
