package tui

import (
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

var french = words{
	code:     "FR",
	language: "English",

	doNow: "À FAIRE", say: "À DIRE", ifAsked: "SI ON DEMANDE", who: "QUI", ref: "RÉF.", fields: "À CORRIGER",
	colon: "\u00a0: ", open: "«\u00a0", shut: "\u00a0»",

	lane: "Caisse", sale: "Vente", train: "FORMATION",
	ready: "PRÊT", online: "EN LIGNE", noReply: "SANS RÉPONSE",
	toSettle:  "À CLARIFIER",
	waiting:   "ATTENTE",
	sent:      "CHOISI",
	again:     "APPUYEZ ENCORE POUR CONFIRMER",
	digitOnly: "APPUYEZ SUR",
	more:      "autres\u00a0: touche 6",

	help: "Aide", details: "Détails", hide: "Masquer", history: "Historique", back: "Retour",
	move: "Aller", filter: "À clarifier", openIt: "Ouvrir",
	escKey: "Échap", enterKey: "Entrée", clearKey: "Effacer", arrows: "Haut/Bas",

	paused:    "En pause. 7 montre l'écran.",
	readyWord: "Prêt", readyText: "Les réponses de Flexiti à cette caisse s'affichent ici.",
	historyTitle: "HISTORIQUE",
	nothing:      "Rien pour le moment.",
	pinAsk:       "La personne responsable tape son NIP, puis Entrée. Il n'est ni affiché ni gardé.",
	pinWrong:     "Ce NIP ne convient pas. Réessayez, ou attendez une minute après plusieurs erreurs.",
	pinPlain:     "Il faut un NIP, que le texte simple montrerait. Réglez la vente au point de vente.",

	warnings: map[Warning]string{
		WarnListen:  "L'adresse de la caisse est déjà utilisée\u00a0: le système de vente ne peut pas la joindre. Avisez le soutien TI.",
		WarnJournal: "Le journal ne s'enregistre plus. Les ventes continuent. Avisez le soutien TI.",
		WarnModule:  "Le module du magasin n'a pas été accepté; le module intégré le remplace. Avisez le soutien TI.",
		WarnState:   "Cette liste peut se perdre au redémarrage\u00a0: notez les références. Avisez le soutien TI.",
	},
	thisSale: "CETTE VENTE", before: "AVANT",

	why: "POURQUOI", call: "JOINDRE", rule: "RÈGLE", match: "REPÉRAGE", source: "SOURCE", version: "VERSION",

	helpCard:    "À L'ÉCRAN EN CE MOMENT",
	helpKeys:    "TOUCHES",
	helpActions: "les lignes numérotées sous À FAIRE",
	helpEnter:   "la première ligne, sauf si elle déplace ou clarifie une somme",
	helpBack:    "retour; ne quitte jamais le programme",
	helpSigns:   "SIGNES",
	helpFamily: map[plugin.Family]string{
		plugin.FamilyApproved: "tout va bien\u00a0: terminez la vente",
		plugin.FamilyFix:      "se corrige ici\u00a0: faites la première ligne",
		plugin.FamilyWait:     "Flexiti n'a pas encore décidé",
		plugin.FamilyStop:     "pas avec Flexiti cette fois\u00a0: un autre paiement",
		plugin.FamilyCheck:    "somme peut-être facturée\u00a0: vérifiez d'abord la vente",
		plugin.FamilyHelp:     "il faut l'aide de quelqu'un\u00a0: appelez",
	},
	helpMoney: map[plugin.Money]string{
		plugin.MoneyNone:     "étape sans paiement",
		plugin.MoneyNotMoved: "rien n'a été facturé ni remboursé",
		plugin.MoneyHeld:     "montant réservé, pas encore facturé",
		plugin.MoneyMoved:    "le montant est facturé, ou remboursé",
		plugin.MoneyUnknown:  "on ne le sait pas encore\u00a0: vérifiez avant toute chose",
	},
	helpKindly: "DIRE NON AVEC TACT",
	kindly: []string{
		"Parlez à voix basse. Vous ne voyez pas la raison; Flexiti peut l'expliquer en privé.",
		"La personne tape ou montre ses réponses; personne ne les dit à voix haute.",
		"Proposez une autre façon de payer.",
	},
	trainNote: "rien ici n'atteint Flexiti", customer: "LA PERSONNE", yourTurn: "À VOUS\u00a0: que faites-vous d'abord?",
	rightAnswer: "C'EST CELA.", wrongAnswer: "PAS CELLE-LÀ. La bonne est\u00a0:", trainAgain: "Recommencer", next: "Suivant", quit: "Quitter",
	customerSays: map[plugin.Family]string{
		plugin.FamilyApproved: "Est-ce que c'est fait?",
		plugin.FamilyFix:      "Qu'est-ce qui ne va pas? Laissez-moi réessayer.",
		plugin.FamilyWait:     "Ce sera long?",
		plugin.FamilyStop:     "Pourquoi ça ne marche pas? Qu'est-ce qu'il a, mon compte?",
		plugin.FamilyCheck:    "Est-ce que c'est passé? Je paie encore une fois?",
		plugin.FamilyHelp:     "Votre machine est brisée?",
	},
	mistakes: map[plugin.Family][]string{
		plugin.FamilyApproved: {"Renvoyez le paiement, par précaution", "Demandez aussi un autre paiement à la personne", "Commencez une demande, au cas où"},
		plugin.FamilyFix:      {"Dites à la personne que son crédit est en cause", "Renvoyez la même chose jusqu'à ce que ça passe", "Tapez n'importe quoi de plausible pour continuer"},
		plugin.FamilyWait:     {"Dites à la personne que Flexiti a dit non", "Promettez à la personne que ça va marcher", "Éteignez et rallumez la caisse"},
		plugin.FamilyStop:     {"Devinez la raison et dites-la à la personne", "Essayez de petits montants jusqu'à ce qu'un passe", "Dites à voix haute que Flexiti a dit non"},
		plugin.FamilyCheck:    {"Renvoyez la vente, par précaution", "Demandez tout de suite un autre paiement", "Dites à la personne que rien n'a été facturé"},
		plugin.FamilyHelp:     {"Réessayez jusqu'à ce que ça marche", "Dites à la personne que son compte est en cause", "Laissez la personne essayer sur son téléphone"},
	},
	scoreLine: func(right, of int) string {
		return "RÉSULTAT " + strconv.Itoa(right) + nbsp + "sur" + nbsp + strconv.Itoa(of)
	},
	countSettle: func(n int) string {
		if n == 1 {
			return "À CLARIFIER\u00a0: 1\u00a0vente à vérifier avant la fin du quart"
		}
		return "À CLARIFIER\u00a0: " + strconv.Itoa(n) + "\u00a0ventes à vérifier avant la fin du quart"
	},
	today: func(n map[plugin.Family]int) string {
		all := 0
		for _, c := range n {
			all += c
		}
		return "AUJOURD'HUI\u00a0: " + frenchCount(all, "réponse") + ", " + frenchCount(n[plugin.FamilyApproved], "approuvée") + ", " +
			strconv.Itoa(n[plugin.FamilyWait]) + nbsp + "en attente, " + frenchCount(n[plugin.FamilyStop], "arrêtée") + ", " +
			strconv.Itoa(n[plugin.FamilyCheck]) + nbsp + "à vérifier"
	},
	plainWords: plainWords{
		pMode: "Consignes Flexiti en texte simple\u00a0: ", noTerminal: "il n'y a pas de terminal", dumb: "TERM ne nomme aucun terminal où dessiner",
		pState: "État", pHappened: "Ce qui s'est passé", pRetry: "Réessayer", pDo: "À faire", pSay: "À dire", pAsked: "Si on demande", pWho: "Qui",
		pRef: "Référence", pFix: "À corriger", pCall: "Joindre", pChoose: "Choisissez", pNext: "Puis appuyez sur Entrée.",
	},
}

// frenchCount: 0 and 1 take the singular.
func frenchCount(n int, noun string) string {
	if n > 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + nbsp + noun
}
