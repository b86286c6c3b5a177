package tui

import (
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

var french = words{
	code:     "FR",
	language: "English",

	doNow: "À FAIRE", say: "À DIRE", ifAsked: "SI ON DEMANDE", who: "QUI S'EN OCCUPE", ref: "RÉF.", fields: "À CORRIGER",
	colon: "\u00a0: ", open: "«\u00a0", shut: "\u00a0»",

	lane: "Caisse",
	sale: "Vente", payment: "Paiement", refund: "Remboursement", release: "Réservé",
	ready: "PRÊTE", online: "EN LIGNE", noAnswer: "SANS RÉPONSE", notSent: "HORS LIGNE",
	toCheck: func(n int) string {
		if n == 1 {
			return "1\u00a0VENTE À VÉRIFIER"
		}
		return strconv.Itoa(n) + "\u00a0VENTES À VÉRIFIER"
	},
	beforeEnd: "avant la fin du quart",
	waiting:   "ATTENTE",
	pause:     "ATTENDEZ",
	pauseOver: "APPUYEZ SUR 1",
	sent:      "CHOISI",
	digitOnly: "APPUYEZ SUR",
	below:     "LISEZ LA SUITE\u00a0: FLÈCHE BAS",
	byHand:    "FAITES-LE À LA CAISSE",
	toIt:      "L'ouvrir",
	days:      "jours",
	more:      "autres\u00a0: touche 6",

	help: "Aide", details: "Détails", hide: "Masquer", history: "Historique", back: "Retour",
	move: "Aller", filter: "À vérifier", openIt: "Ouvrir",
	escKey: "Esc", enterKey: "Entrée", clearKey: "Effacer", arrows: "Haut/Bas",

	paused:    "En pause. 7 montre l'écran.",
	readyWord: "Prête", readyText: "Les réponses de Flexiti à cette caisse s'affichent ici.",
	historyTitle: "HISTORIQUE",
	nothing:      "Rien pour le moment.",
	askTrue:      "À partir de maintenant, ceci est tenu pour vrai\u00a0:",
	askYes:       "Oui, c'est ce qui s'est passé",
	askNo:        "Non, revenir",
	askEnds:      "Retour automatique dans",
	askLeave:     "Quitter cet écran? Ce que Flexiti répond ne s'affichera plus ici.",
	leave:        "Quitter",
	stay:         "Rester",
	stillOpen:    "Encore à vérifier avant la fin du quart\u00a0:",
	pinAsk:       "Pour confirmer ce qui est arrivé à l'argent, votre responsable tape son NIP, puis Entrée. Il n'est ni affiché ni gardé.",
	pinWrong:     "Ce NIP ne convient pas. Réessayez, ou attendez une minute après plusieurs erreurs.",
	pinPlain:     "Pour confirmer ce qui est arrivé à l'argent, il faut le NIP de votre responsable, qui se verrait ici. Confirmez-le dans le système de vente.",

	warnings: map[Warning]string{
		WarnListen:  "L'adresse de la caisse est déjà utilisée\u00a0: le système de vente ne peut pas la joindre. Appelez le soutien informatique.",
		WarnJournal: "Le journal ne s'enregistre plus. Les ventes continuent. Appelez le soutien informatique.",
		WarnModule:  "Le module du magasin n'a pas été accepté; le module intégré le remplace. Appelez le soutien informatique.",
		WarnState:   "Cette liste peut se perdre au redémarrage\u00a0: notez les références. Appelez le soutien informatique.",
	},
	thisSale: "CETTE VENTE", before: "AVANT",

	why: "POURQUOI", call: "JOINDRE", rule: "RÈGLE", match: "REPÉRAGE", source: "SOURCE", version: "VERSION",

	helpCard:    "À L'ÉCRAN EN CE MOMENT",
	helpKeys:    "TOUCHES",
	helpActions: "les lignes numérotées sous À FAIRE",
	helpEnter:   "la première ligne; si elle envoie un paiement ou un remboursement, appuyez sur son numéro",
	helpBack:    "retour; ne quitte jamais l'écran",
	helpSigns:   "SIGNES",
	helpFamily: map[plugin.Family]string{
		plugin.FamilyApproved: "tout va bien\u00a0: terminez la vente",
		plugin.FamilyFix:      "se corrige ici\u00a0: faites la première ligne",
		plugin.FamilyWait:     "une attente\u00a0: la première ligne dit comment continuer",
		plugin.FamilyStop:     "pas avec Flexiti cette fois\u00a0: un autre paiement",
		plugin.FamilyCheck:    "on ne sait pas encore si un montant a été facturé ou remboursé\u00a0: faites la première ligne",
		plugin.FamilyHelp:     "ce n'est pas à vous de le corriger\u00a0: faites la première ligne et avisez",
	},
	helpNextStep:   "une étape est faite\u00a0: la vente continue",
	helpNoDecision: "Flexiti n'a pas encore décidé, et ce peut être long\u00a0: faites la première ligne",
	helpMoney: map[plugin.Money]string{
		plugin.MoneyNotMoved: "rien n'a été facturé ni remboursé",
		plugin.MoneyHeld:     "montant réservé, pas encore facturé",
		plugin.MoneyMoved:    "le montant est facturé, ou remboursé",
		plugin.MoneyUnknown:  "on ne le sait pas encore\u00a0: vérifiez avant toute chose",
	},
	helpKindly: "DIRE NON AVEC TACT",
	kindly: []string{
		"Parlez à voix basse. Vous ne voyez pas la raison; Flexiti peut l'expliquer en privé.",
		"Le client tape ou montre ses réponses; personne ne les dit à voix haute.",
		"Proposez une autre façon de payer.",
	},
	trainingWords: frenchTraining,
	demoWords:     frenchDemo,
	today: func(answers, bought, stopped int) string {
		return "DEPUIS LE DÉBUT\u00a0: " + frenchCount(answers, "réponse") + ", " + frenchCount(bought, "achat") + nbsp + "approuvé" + map[bool]string{true: "s"}[bought > 1] + ", " + frenchCount(stopped, "arrêt")
	},
	plainWords: plainWords{
		pMode: "Consignes Flexiti en texte simple\u00a0: ", noTerminal: "il n'y a pas de terminal", dumb: "TERM ne nomme aucun terminal où dessiner",
		pState: "État", pHappened: "Ce qui s'est passé", pSay: "À dire", pAsked: "Si on demande", pWho: "Qui s'en occupe",
		pRef: "Référence", pFix: "À corriger", pCall: "Joindre", pChoose: "Choisissez", pNext: "Puis appuyez sur Entrée.", pPause: "dans",
		pYes: "Tapez 5 puis Entrée pour oui, Entrée seule pour non.", pOther: "Une autre carte est arrivée entre-temps. Choisissez de nouveau pour celle-ci.",
	},
}

// frenchCount: 0 and 1 take the singular.
func frenchCount(n int, noun string) string {
	if n > 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + nbsp + noun
}
