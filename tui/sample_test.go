package tui

import (
	"strings"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// The samples are cards as the module writes them. They are synthetic.

func offset(min int) *int { return &min }

// at gives a moment of the test's day.
func at(hour, min int) int64 {
	return time.Date(2026, 11, 23, hour+5, min, 0, 0, time.UTC).UnixMilli()
}

func sampleCard(l plugin.Lang) host.Card {
	c := host.Card{
		SaleID: "s-4471", Display: host.Display{Lane: "04", Sale: "10-4471", Amount: "1249.00"},
		At: at(14, 32), UTCOffsetMin: offset(-300),
		Answer: host.Answer{Decision: plugin.Decision{
			Card: plugin.CardSecretAnswerMismatch, Family: plugin.FamilyFix, Banner: plugin.BannerOnceMore, Money: plugin.MoneyNotMoved,
			MoneyKind: plugin.KindPurchase, Retry: plugin.Retry{Policy: plugin.RetryLimited, Left: 1}, Owner: plugin.OwnerCustomer,
			Privacy: plugin.PrivacyDiscreet,
			Actions: []plugin.Action{
				{ID: plugin.ActAskAgain, Next: &plugin.Next{Operation: plugin.OpVerify, Format: plugin.MethodSecurityQuestion}},
				{ID: plugin.ActSendCodeSMS, Next: &plugin.Next{Operation: plugin.OpVerify, Format: plugin.MethodSMS}},
				{ID: plugin.ActOtherPayment},
			},
			Matched: plugin.Matched{Rule: "verify/409/secret_answer_mismatch", By: "operation+status+code", Source: "20643845"},
		}, Prompt: plugin.Prompt{
			Locale: plugin.English, Ref: "7F3K", Banner: "TRY AGAIN", Headline: "Security answer did not match",
			Money: "MONEY NOT TAKEN", Retry: "1 try is left, then use a code", Never: "Never say the answer out loud.",
			Actions: []plugin.PromptAct{
				{Label: "Ask again", Text: "Let the customer type the answer again, in private"},
				{Label: "Send a text", Text: "Send a code by text to the phone on file"},
				{Label: "Other payment", Text: "Ask for another payment"},
			},
			Say:     "That answer doesn't match what Flexiti has. Would you like to try once more, or get a code on your phone?",
			IfAsked: "I can't see the reason. Flexiti can tell you privately.",
			Owner:   "The customer", Why: "The answer typed is not the one that Flexiti has on file.", Contact: "Supervisor desk: dial 4411",
		}},
	}
	if l == plugin.French {
		c.Prompt = plugin.Prompt{
			Locale: plugin.French, Ref: "7F3K", Banner: "RÉESSAYER", Headline: "La réponse de sécurité ne correspond pas",
			Money: "RIEN N'A ÉTÉ FACTURÉ", Retry: "Il reste 1\u00a0essai, puis utilisez un code", Never: "Ne dites jamais la réponse à voix haute.",
			Actions: []plugin.PromptAct{
				{Label: "Redemander", Text: "Laissez le client taper la réponse de nouveau, à l'abri des regards"},
				{Label: "Envoyer un texto", Text: "Envoyez un code par texto au numéro inscrit au dossier"},
				{Label: "Autre paiement", Text: "Demandez un autre mode de paiement"},
			},
			Say:     "La réponse ne correspond pas au dossier Flexiti. Voulez-vous réessayer une fois ou recevoir un code par texto?",
			IfAsked: "Je ne vois pas la raison. Flexiti peut vous l'expliquer en privé.",
			Owner:   "Le client ou la cliente", Why: "La réponse tapée n'est pas celle que Flexiti a au dossier.", Contact: "Bureau du responsable\u00a0: poste 4411",
		}
	}
	return c
}

// checkCard is a sale whose money is in doubt.
func checkCard(l plugin.Lang) host.Card {
	c := sampleCard(l)
	c.SaleID, c.Display.Sale = "s-4466", "10-4466"
	c.Decision.Card, c.Decision.Family, c.Decision.Banner = plugin.CardNoReplyPayment, plugin.FamilyCheck, plugin.BannerCheckSale
	c.Decision.Money, c.Decision.Doubt, c.Decision.Privacy = plugin.MoneyUnknown, true, plugin.PrivacyPublic
	c.Decision.Matched = plugin.Matched{Rule: "authorization/0/timeout", By: "no_reply", Source: "judgement"}
	c.Decision.Actions = []plugin.Action{{ID: plugin.ActCheckStatus, Next: &plugin.Next{Operation: plugin.OpAuthorizations}},
		{ID: plugin.ActCallSupervisor}, {ID: plugin.ActHoldSale}}
	p := &c.Prompt
	p.Ref, p.Banner, p.Headline, p.Money = "5R8D", "CHECK THE SALE", "No answer from Flexiti", "MAYBE TAKEN"
	p.Retry, p.Never = "Check the sale before anything else", "Never send this sale a second time."
	p.Actions = []plugin.PromptAct{{Label: "Check the sale", Text: "Check the state of this sale"},
		{Label: "Supervisor", Text: "Call your supervisor with the reference"}, {Label: "Keep for later", Text: "Keep this for later, and serve the next customer"}}
	p.Say, p.IfAsked, p.Owner = "I'm making sure that you don't pay twice. This takes a minute.", "", "Your supervisor"
	if l == plugin.French {
		p.Banner, p.Headline, p.Money = "VÉRIFIER LA VENTE", "Aucune réponse de Flexiti", "PEUT-ÊTRE FACTURÉ"
		p.Retry, p.Never = "Vérifiez la vente avant toute chose", "N'envoyez pas cette vente une deuxième fois."
		p.Actions = []plugin.PromptAct{{Label: "Vérifier la vente", Text: "Vérifiez l'état de cette vente"},
			{Label: "Responsable", Text: "Appelez votre responsable avec la référence"}, {Label: "Mettre de côté", Text: "Mettez tout de côté et passez au client suivant"}}
		p.Say, p.Owner = "Je m'assure que vous ne payez pas deux fois. Ça prend une minute.", "Votre responsable"
	}
	return c
}

// doneCard closes a sale.
func doneCard(l plugin.Lang) host.Card {
	c := sampleCard(l)
	c.SaleID, c.Display.Sale = "s-4470", "10-4470"
	c.Decision.Card, c.Decision.Family, c.Decision.Banner = plugin.CardPurchaseCaptured, plugin.FamilyApproved, plugin.BannerDone
	c.Decision.Money, c.Decision.Privacy, c.Decision.Actions = plugin.MoneyMoved, plugin.PrivacyPublic, []plugin.Action{{ID: plugin.ActFinishSale}}
	c.Prompt.Ref, c.Prompt.Banner, c.Prompt.Headline, c.Prompt.Money = "9QWA", "DONE", "Flexiti approved the purchase", "MONEY TAKEN"
	c.Prompt.Retry, c.Prompt.Never, c.Prompt.Say, c.Prompt.IfAsked = "Nothing more to send", "", "Flexiti approved it. Here is your receipt.", ""
	c.Prompt.Actions = []plugin.PromptAct{{Label: "Finish", Text: "Finish the sale and print the receipt"}}
	if l == plugin.French {
		c.Prompt.Banner, c.Prompt.Headline, c.Prompt.Money = "TERMINÉ", "Flexiti a approuvé l'achat", "LE MONTANT EST FACTURÉ"
		c.Prompt.Retry, c.Prompt.Say = "Rien d'autre à envoyer", "Flexiti a approuvé l'achat. Voici votre reçu."
		c.Prompt.Actions = []plugin.PromptAct{{Label: "Terminer", Text: "Terminez la vente et imprimez le reçu"}}
	}
	return c
}

// waitCard advises to wait.
func waitCard(l plugin.Lang) host.Card {
	c := sampleCard(l)
	c.Decision.Family, c.Decision.Banner, c.Decision.Privacy = plugin.FamilyWait, plugin.BannerWaitMoment, plugin.PrivacyPublic
	c.Decision.Card, c.Decision.Retry = plugin.CardWorking, plugin.Retry{Policy: plugin.RetryNever}
	c.Decision.Actions = []plugin.Action{{ID: plugin.ActKeepWaiting}, {ID: plugin.ActOtherPayment}}
	c.Prompt.Banner, c.Prompt.Headline, c.Prompt.Retry, c.Prompt.Never = "ONE MOMENT", "Flexiti is working on it", "Nothing to send yet", ""
	c.Prompt.Say, c.Prompt.IfAsked, c.Prompt.Owner = "One moment, please.", "", "It sorts itself out"
	c.Prompt.Actions = []plugin.PromptAct{{Label: "Keep waiting", Text: "Keep waiting for Flexiti's answer"}, c.Prompt.Actions[2]}
	if l == plugin.French {
		c.Prompt.Banner, c.Prompt.Headline = "UN INSTANT", "Flexiti s'en occupe"
		c.Prompt.Retry, c.Prompt.Say, c.Prompt.Owner = "Rien à envoyer pour l'instant", "Un instant, s'il vous plaît.", "Ça se règle tout seul"
		c.Prompt.Actions[0] = plugin.PromptAct{Label: "Attendre", Text: "Attendez la réponse de Flexiti"}
	}
	return c
}

// pauseCard asks to do the same again after four seconds.
func pauseCard(l plugin.Lang) host.Card {
	c := sampleCard(l)
	c.SaleID, c.Display.Sale = "s-4472", "10-4472"
	c.Decision.Card, c.Decision.Privacy = plugin.CardNotSent, plugin.PrivacyPublic
	c.Decision.Retry = plugin.Retry{Policy: plugin.RetryLater, AfterS: 4}
	c.Decision.Matched = plugin.Matched{Rule: "lookup/0/refused", By: "no_reply", Source: "judgement"}
	c.Decision.Actions = []plugin.Action{{ID: plugin.ActTryAgain, Next: &plugin.Next{Operation: plugin.OpLookup}}, {ID: plugin.ActOtherPayment}}
	c.Prompt.Ref, c.Prompt.Headline, c.Prompt.Retry, c.Prompt.Never = "2B6M", "Nothing was sent to Flexiti", "Wait 4 seconds, then try again", ""
	c.Prompt.Actions = []plugin.PromptAct{{Label: "Try again", Text: "Look the account up again"}, c.Prompt.Actions[2]}
	c.Prompt.Say, c.Prompt.IfAsked, c.Prompt.Owner = "We lost the connection for a moment. I'll try again.", "", "You"
	if l == plugin.French {
		c.Prompt.Headline, c.Prompt.Retry = "Rien n'a été envoyé à Flexiti", "Attendez 4\u00a0secondes, puis réessayez"
		c.Prompt.Actions[0] = plugin.PromptAct{Label: "Réessayer", Text: "Cherchez le compte de nouveau"}
		c.Prompt.Say, c.Prompt.Owner = "La connexion a été coupée un instant. Je réessaie.", "Vous"
	}
	return c
}

// refundCard is a refund whose fate nobody knows.
func refundCard(l plugin.Lang) host.Card {
	c := checkCard(l)
	c.SaleID, c.Display.Sale = "s-4473", "10-4473"
	c.Decision.Card, c.Decision.MoneyKind, c.Decision.Banner = plugin.CardNoReplyRefund, plugin.KindRefund, plugin.BannerSupervisor
	c.Decision.About = &plugin.About{Operation: plugin.OpRefund, Amount: "200.00"}
	c.Decision.Actions = c.Decision.Actions[1:]
	p := &c.Prompt
	p.Ref, p.Banner, p.Money, p.Retry, p.Actions = "8CXE", "CALL YOUR SUPERVISOR", "MAYBE REFUNDED", "Nothing more until this is confirmed", p.Actions[1:]
	p.Never, p.Say = "Never refund this a second time.", "My supervisor is checking your refund. One moment, please."
	if l == plugin.French {
		p.Banner, p.Money, p.Retry = "APPELER LE RESPONSABLE", "PEUT-ÊTRE REMBOURSÉ", "Plus rien avant une confirmation"
		p.Never, p.Say = "Ne remboursez pas une deuxième fois.", "Mon responsable vérifie votre remboursement. Un instant, s'il vous plaît."
	}
	return c
}

// undecidedCard is an application that Flexiti has not decided.
func undecidedCard(l plugin.Lang) host.Card {
	c := waitCard(l)
	c.SaleID, c.Display.Sale = "s-4474", "10-4474"
	c.Decision.Card, c.Decision.Banner, c.Decision.Matched.By = plugin.CardApplicationMarkedPending, plugin.BannerNoDecision, "operation+code"
	c.Decision.Actions = []plugin.Action{{ID: plugin.ActHoldSale}, {ID: plugin.ActOtherPayment}}
	c.Prompt.Ref, c.Prompt.Banner, c.Prompt.Headline = "4HVT", "NO DECISION YET", "Flexiti is still looking at the application"
	c.Prompt.Retry, c.Prompt.Never, c.Prompt.Say = "Nothing to send until Flexiti answers", "", "Flexiti needs more time. I'll keep your order here."
	c.Prompt.Actions = []plugin.PromptAct{{Label: "Keep for later", Text: "Keep this for later, and serve the next customer"}, c.Prompt.Actions[1]}
	if l == plugin.French {
		c.Prompt.Banner, c.Prompt.Headline = "PAS ENCORE DE DÉCISION", "Flexiti étudie encore la demande"
		c.Prompt.Retry, c.Prompt.Say = "Rien à envoyer avant la réponse de Flexiti", "Flexiti a besoin de plus de temps. Je garde votre commande ici."
		c.Prompt.Actions[0] = plugin.PromptAct{Label: "Mettre de côté", Text: "Mettez tout de côté et passez au client suivant"}
	}
	return c
}

// fullCard has every text at its limit, and n fields.
func fullCard(l plugin.Lang, n int) host.Card {
	c := sampleCard(l)
	c.Decision.Actions = append(c.Decision.Actions, plugin.Action{ID: plugin.ActCallSupervisor})
	size := map[bool][]int{false: {20, 40, 22, 56, 60, 60, 20, 140, 24, 72, 240}, true: {25, 52, 27, 56, 74, 74, 20, 150, 30, 72, 300}}[l == plugin.French]
	f := func(i int, s string) string {
		words := strings.Repeat(s+" ", 300)
		out := strings.TrimSpace(string([]rune(words)[:size[i]]))
		return out + strings.Repeat("!", size[i]-cells(out))
	}
	upper, lower := "WORDS OF A BANNER", "the words that say what to do here"
	if l == plugin.French {
		upper, lower = "MOTS DE LA BANNIÈRE À", "les mots qui disent au client et à vous quoi vérifier ici"
	}
	c.Prompt = plugin.Prompt{Locale: l, Ref: "7F3K", Banner: f(0, upper), Headline: f(1, lower), Money: f(2, upper), Retry: f(3, lower), Never: f(4, lower),
		Say: f(7, lower), IfAsked: f(7, lower), Owner: f(8, lower), Contact: f(9, lower), Why: f(10, lower)}
	for range 4 {
		c.Prompt.Actions = append(c.Prompt.Actions, plugin.PromptAct{Label: f(6, lower), Text: f(5, lower)})
	}
	for range n {
		c.Prompt.Fields = append(c.Prompt.Fields, plugin.PromptField{Param: "email", Label: strings.Repeat("x", 24) + " label", Problem: "is required"})
	}
	return c
}
