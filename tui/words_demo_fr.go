package tui

import "strconv"

var frenchDemo = demoWords{
	demo:        "DÉMO",
	demoOf:      func(n, of int) string { return strconv.Itoa(n) + " sur " + strconv.Itoa(of) },
	demoCodeOf:  func(n, of int) string { return "code " + strconv.Itoa(n) + " sur " + strconv.Itoa(of) },
	demoNextKey: "Suiv.", demoBeforeKey: "Préc.",
	demoBegin: "Commencer", demoBegins: "La vente commence.", demoAgain: "Revoir cette histoire",
	demoToCard: "Revenir à la carte",
	demoNext:   "Histoire suivante", demoNextCode: "Code suivant",
	demoByCode: "Tout code d'erreur de Flexiti", demoNoCode: "Aucun code n'a cela dans son nom.",
	demoToStories: "Revenir aux histoires",
	demoSeen:      "Ce que vous avez vu", demoSeenTitle: "CE QUE VOUS AVEZ VU",
	demoBack:     "Revenir à l'histoire",
	demoNote:     "À vous la caisse! Rien ici n'est réel. Rien ne se rend à Flexiti, et les longues attentes sont écourtées\u00a0: l'horloge avance.",
	askLeaveDemo: "Quitter la démo? Rien n'y était réel, et rien n'est gardé.",
	demoType: func(n int) string {
		offers := "Tapez 1"
		if n > 1 {
			offers += " à " + strconv.Itoa(n)
		}
		return offers + ", puis Entrée; ou n pour l'histoire suivante, p pour la précédente, q pour quitter. " + othersFrench
	},
	helpDemo: [][2]string{
		{"n, p", "l'histoire suivante, la précédente"},
		{"q, Ctrl-C", "quitter la démo"},
	},
}
