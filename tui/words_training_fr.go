package tui

import (
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

var frenchTraining = trainingWords{
	train: "FORMATION", trainNote: "rien ici n'atteint Flexiti",
	quit: "Quitter", next: "Suivant",
	askLeaveTraining: "Quitter la formation? Une série commencée est gardée.",

	menuIntro: "Vous voyez un client et une carte. Dites ce que vous faites d'abord.",
	goOn: func(n, of int) string {
		return "Reprendre où vous étiez (" + strconv.Itoa(n) + nbsp + "sur" + nbsp + strconv.Itoa(of) + ")"
	},
	short:  func(cards int) string { return "Courte\u00a0: " + frenchCount(cards, "carte") },
	full:   func(cards int) string { return "Complète\u00a0: " + frenchCount(cards, "carte") },
	byName: "Une seule carte, par son nom",
	toMenu: "Menu",
	leftOut: func(n int) string {
		if n == 1 {
			return "1 carte est laissée de côté\u00a0: les réglages du magasin changent ce qu'on y fait."
		}
		return strconv.Itoa(n) + " cartes sont laissées de côté\u00a0: les réglages du magasin changent ce qu'on y fait."
	},
	practise: func(cards int) string { return "Refaire celles-ci (" + strconv.Itoa(cards) + ")" },
	allRight: "Toutes les réponses sont bonnes.", lookAgain: "À REVOIR",
	scoreLine: func(right, of int) string {
		return "RÉSULTAT " + strconv.Itoa(right) + nbsp + "sur" + nbsp + strconv.Itoa(of)
	},

	customer: "LE CLIENT", yourTurn: "À VOUS\u00a0: que faites-vous d'abord?",
	markRight: "C'EST CELA", markWrong: "PAS CELA",
	youChose: "Vous avez choisi", rightIs: "La bonne est",
	goNext: "Continuer",
	customerSays: map[plugin.Family]string{
		plugin.FamilyApproved: "Est-ce que c'est fait?",
		plugin.FamilyFix:      "Qu'est-ce qui ne va pas? Laissez-moi réessayer.",
		plugin.FamilyWait:     "Ce sera long?",
		plugin.FamilyStop:     "Pourquoi ça ne marche pas? Qu'est-ce qu'il a, mon compte?",
		plugin.FamilyCheck:    "Est-ce que c'est passé? Je paie encore une fois?",
		plugin.FamilyHelp:     "Votre machine est brisée?",
	},

	lookFor: "CHERCHER", noCard: "Aucune carte n'a cela dans son nom.",
	listCount: func(from, to, of int) string {
		return strconv.Itoa(from) + " à " + strconv.Itoa(to) + nbsp + "sur" + nbsp + strconv.Itoa(of)
	},

	question: func(n, of int) string {
		return "Question " + strconv.Itoa(n) + nbsp + "sur" + nbsp + strconv.Itoa(of) + "."
	},
	pCustomer: "Le client",
	typeAnswer: func(n int) string {
		return "Tapez 1 à " + strconv.Itoa(n) + ", puis Entrée; ou - pour reculer. " + othersFrench
	},
	typeMenu: func(n int) string {
		return "Tapez 1 à " + strconv.Itoa(n) + ", puis Entrée; ou - pour quitter la formation. " + othersFrench
	},
	typeResult: func(n int) string {
		if n == 1 {
			return "Tapez 1, puis Entrée; ou - pour revoir les réponses. " + othersFrench
		}
		return "Tapez 1 à " + strconv.Itoa(n) + ", puis Entrée; ou - pour revoir les réponses. " + othersFrench
	},
	typeEnter: "Appuyez sur Entrée pour continuer; ou tapez - pour reculer. " + othersFrench,
	typeList:  "Tapez un numéro, ou une partie d'un nom, puis Entrée; ou + pour la suite, - pour reculer.",
	helpTraining: [][2]string{
		{"1-4, F2-F5", "les lignes numérotées"},
		{"Entrée", "continuer, après avoir lu ce que donne votre réponse"},
		{"Esc, Effacer, -", "une question en arrière; au menu, quitter la formation"},
		{"1-9, lettres", "dans la liste\u00a0: choisir, ou chercher une partie d'un nom"},
		{"+, Page suiv.", "la suite de la liste"},
	},
}

const othersFrench = "9 English, 0 Aide."
