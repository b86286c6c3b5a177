package shift

import (
	"time"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// customer sells: an ordinary one of the simulator's people.
const customer = "20000001"

// stories are told in this order: what costs most when it goes wrong comes first.
var stories = []story{
	{
		Title: say{en: "A payment without an answer, and taken", fr: "Un paiement sans réponse, et facturé"},
		Intro: say{
			en: "A sofa for $1,249.00. Flexiti takes the money, but its answer is lost on the way. Whoever tries again now charges the customer twice.",
			fr: "Un sofa à 1\u00a0249,00\u00a0$. Flexiti facture l'achat, mais sa réponse se perd en chemin. Recommencer maintenant, c'est facturer deux fois."},
		Order: pos.Order{Account: customer, Amount: "1249.00", Verify: plugin.MethodSMS, AutoCapture: true},
		Goes:  []simulator.Step{{Operation: plugin.OpAuthorization, Occurrence: 1, Fault: simulator.Silent, When: simulator.After}},
	},
	{
		Title: say{en: "A payment without an answer, and not taken", fr: "Un paiement sans réponse, et non facturé"},
		Intro: say{
			en: "The line breaks before the payment reaches Flexiti. At the till it looks just like the story before: only a check can tell them apart.",
			fr: "La ligne coupe avant que le paiement se rende à Flexiti. À la caisse, cela ressemble à l'histoire d'avant\u00a0: seule une vérification fait la différence."},
		Order: pos.Order{Account: customer, Amount: "1249.00", Verify: plugin.MethodSecurityQuestion, AutoCapture: true},
		Goes:  []simulator.Step{{Operation: plugin.OpAuthorization, Occurrence: 1, Fault: simulator.Reset}},
	},
	{
		Title: say{en: "A security question that is locked", fr: "Une question de sécurité bloquée"},
		Intro: say{
			en: "The customer has given wrong answers elsewhere today, and Flexiti takes no more of them. There are other ways to show who they are.",
			fr: "Des réponses erronées ont été données ailleurs aujourd'hui, et Flexiti n'en accepte plus. Il y a d'autres façons de prouver son identité."},
		Order: pos.Order{Account: customer, Amount: "899.00", Verify: plugin.MethodSecurityQuestion, AutoCapture: true},
		Goes:  []simulator.Step{{Operation: plugin.OpVerify, Occurrence: 1, Answer: "verify/409/tries_exceed"}},
	},
	{
		Title: say{en: "An amount that is refused", fr: "Un montant refusé"},
		Intro: say{
			en: "Flexiti does not cover all of it, and does not say how much it would. Don't try several: the customer names one amount, and pays the rest another way.",
			fr: "Flexiti ne couvre pas tout et ne dit pas combien il couvrirait. Ne tâtonnez pas\u00a0: le client choisit un seul montant et paie le reste autrement."},
		Order: pos.Order{Account: "20000004", Amount: "649.00", Verify: plugin.MethodSecurityQuestion, AutoCapture: true},
		Types: map[plugin.ActionID][]string{plugin.ActChangeAmount: {"80.00"}},
	},
	{
		Title: say{en: "An application without a decision yet", fr: "Une demande de crédit encore à l'étude"},
		Intro: say{
			en: "The customer has no account and applies for one in the store. Flexiti wants to look at it first. That can take a while: the sale is kept.",
			fr: "Le client n'a pas de compte et en demande un au magasin. Flexiti veut d'abord étudier la demande. Cela peut être long\u00a0: la vente est mise de côté."},
		Order: pos.Order{Account: "20009999", Amount: "1249.00", Verify: plugin.MethodSMS, AutoCapture: true},
		Types: map[plugin.ActionID][]string{plugin.ActStartApplication: {
			`{"first_name":"Sasha","middle_name":"P-REVIEW_MISC","last_name":"Sample","dob":"1991-02-03"}`}},
		Keys: []plugin.ActionID{plugin.ActStartApplication},
	},
	{
		Title: say{en: "A sign-in that has expired", fr: "Une connexion expirée"},
		Intro: say{
			en: "The till has been signed in to Flexiti for too long, and the payment is turned away at the door. The till signs in again by itself.",
			fr: "La caisse est connectée à Flexiti depuis trop longtemps, et le paiement est refusé à l'entrée. La caisse se reconnecte d'elle-même."},
		Order: pos.Order{Account: customer, Amount: "349.00", Verify: plugin.MethodSecurityQuestion, AutoCapture: true},
		Goes:  []simulator.Step{{Operation: plugin.OpAuthorization, Occurrence: 1, Answer: "authorization/401/invalid_token"}},
	},
	{
		Title: say{en: "A refund without an answer", fr: "Un remboursement sans réponse"},
		Intro: say{
			en: "The customer brings the lamp back. Nothing shows the till what became of the refund, so nobody refunds it in cash: somebody asks Flexiti.",
			fr: "Le client rapporte la lampe. Rien ne montre à la caisse si le remboursement a passé\u00a0: on ne rembourse pas en argent comptant, on demande à Flexiti."},
		Order: pos.Order{Account: customer, Amount: "189.00", Plan: "1001", Term: "6", Verify: plugin.MethodSecurityQuestion, AutoCapture: true, Return: true},
		Goes:  []simulator.Step{{Operation: plugin.OpReturn, Occurrence: 1, Fault: simulator.Silent, When: simulator.After}},
	},
	{
		Title: say{en: "An answer that nobody knows", fr: "Une réponse de Flexiti inconnue"},
		Intro: say{
			en: "Flexiti can give a new answer without notice. What it means for the money is not known, so nothing is claimed: the till checks.",
			fr: "Flexiti peut donner une nouvelle réponse sans préavis. On ne sait pas ce qu'elle dit de l'argent\u00a0: rien n'est affirmé, la caisse vérifie."},
		Order: pos.Order{Account: customer, Amount: "1249.00", Verify: plugin.MethodSecurityQuestion, AutoCapture: true},
		Goes:  []simulator.Step{{Operation: plugin.OpAuthorization, Occurrence: 1, Answer: "authorization/409/purchase_under_review"}},
	},
	{
		Title: say{en: "A wrong code, and then the right one", fr: "Un mauvais code, puis le bon"},
		Intro: say{
			en: "A slip of the finger. Trying again is safe here, and the card says so.",
			fr: "Une faute de frappe. Ici, on peut réessayer sans crainte, et la carte le dit."},
		Order: pos.Order{Account: customer, Amount: "459.00", Verify: plugin.MethodSMS, AutoCapture: true},
		Types: map[plugin.ActionID][]string{plugin.ActEnterAgain: {"0000"}},
	},
	{
		Title: say{en: "An amount set aside, and then let go", fr: "Un montant réservé, puis libéré"},
		Intro: say{
			en: "The sofa is ordered and the amount set aside. When it is to be taken, Flexiti has let it go. The sofa is not paid for, and the card says so.",
			fr: "Le sofa est commandé et le montant, réservé. Au moment de le facturer, Flexiti l'a libéré. L'achat n'est pas payé, et la carte le dit."},
		Order:  pos.Order{Account: customer, Amount: "1249.00", Verify: plugin.MethodSecurityQuestion},
		Lapses: true,
	},
	{
		Title: say{en: "A purchase that Flexiti will not finance", fr: "Un achat que Flexiti ne finance pas"},
		Intro: say{
			en: "Why is between the customer and Flexiti. The card says what to do and what to say, and gives nothing away to who stands behind.",
			fr: "La raison reste entre le client et Flexiti. La carte dit quoi faire et quoi dire, sans rien dévoiler à qui attend derrière."},
		Order: pos.Order{Account: "20000011", Amount: "749.00", Verify: plugin.MethodSecurityQuestion, AutoCapture: true},
	},
	{
		Title: say{en: "A payment that takes minutes", fr: "Un paiement qui prend plusieurs minutes"},
		Intro: say{
			en: "Flexiti is slow. The payment is on its way: send nothing else, and wait. Here each key that you press lets most of a minute pass.",
			fr: "Flexiti est lent. Le paiement est en route\u00a0: n'envoyez rien d'autre, attendez. Ici, chaque touche fait passer presque une minute."},
		Order: pos.Order{Account: customer, Amount: "2199.00", Verify: plugin.MethodSecurityQuestion, AutoCapture: true},
		Goes:  []simulator.Step{{Operation: plugin.OpAuthorization, Occurrence: 1, Fault: simulator.Slow, When: simulator.After, Wait: 2 * time.Minute}},
		Long:  true,
	},
}
