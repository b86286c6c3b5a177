package shift

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

const (
	en = plugin.English
	fr = plugin.French
)

var languages = []plugin.Lang{en, fr}

// What somebody types, or says, while the cashier looks at a card.
var (
	typesCode   = say{en: "The customer reads the code from their phone, and types it.", fr: "Le client lit le code sur son téléphone et le tape."}
	typesAnswer = say{en: "The customer types an answer, in private.", fr: "Le client tape une réponse, à l'abri des regards."}
	typesWord   = say{en: "The customer types their identification word.", fr: "Le client tape son mot d'identification."}
	fillsIn     = say{en: "The customer fills in the application.", fr: "Le client remplit la demande."}
	choosesPlan = say{en: "The customer chooses a plan.", fr: "Le client choisit un plan."}
	givesNumber = say{en: "The number is typed again.", fr: "Le numéro est tapé de nouveau."}
	typesAgain  = say{en: "What was wrong is typed again.", fr: "Ce qui n'allait pas est tapé de nouveau."}
	cannotGoOn  = say{en: "The sales system can do no more here.", fr: "Le système de vente ne peut rien faire de plus."}
)

// with puts a text where another one leaves room for it.
func (text say) with(s say) say {
	out := say{}
	for l, t := range text {
		out[l] = strings.ReplaceAll(t, "{}", s[l])
	}
	return out
}

var (
	namesAmount = say{en: "The customer names one amount: {}.", fr: "Le client choisit un montant\u00a0: {}."}
	byTelephone = say{en: "Your supervisor calls Flexiti. Its books: {}.", fr: "Votre responsable appelle Flexiti. Ses livres\u00a0: {}."} // at most 78 cells
	ownBooks    = say{en: "Flexiti's books: {}.", fr: "Livres de Flexiti\u00a0: {}."}

	// What stands in the books.
	nothing   = say{en: "nothing taken", fr: "rien de facturé"}
	takenOnce = say{en: "{} taken, once", fr: "{} facturés, une seule fois"}
	paidOnce  = say{en: "{} paid on the account, once", fr: "{} versés au compte, une seule fois"}
	setAside  = say{en: "{} set aside, not taken", fr: "{} réservés, non facturés"}
	givenBack = say{en: "{} given back", fr: "{} remboursés"}
	notBack   = say{en: "nothing given back", fr: "rien de remboursé"}
)

// joined sets texts one behind the other.
func joined(between string, parts ...say) say {
	out := say{}
	for _, l := range languages {
		texts := make([]string, len(parts))
		for i, p := range parts {
			texts[i] = p[l]
		}
		out[l] = strings.Join(texts, between)
	}
	return out
}

// takenTimes is for what was taken more than once.
func takenTimes(n int) say {
	return say{en: "{} taken, in " + strconv.Itoa(n) + " payments", fr: "{} facturés, en " + strconv.Itoa(n) + "\u00a0paiements"}
}

// answeredWith says what a story of a row of the catalogue is about.
func answeredWith(op plugin.Operation, r plugin.Rule) say {
	answer := say{en: r.Code, fr: r.Code}
	if r.Code == "" {
		answer = say{en: "without a code", fr: "sans code"}
	}
	return say{
		en: fmt.Sprintf("A sale in which Flexiti's first answer to the step %s is %d %s.", op, r.Status, answer[en]),
		fr: fmt.Sprintf("Une vente où la première réponse de Flexiti à l'étape %s est %d %s.", op, r.Status, answer[fr]),
	}
}

// What is printed around the stories.
var (
	printedPlace = say{en: "DEMO", fr: "DÉMO"}
	printedStart = say{
		en: "Twelve sales that go wrong, and what the cashier's screen says. Nothing is real, and nothing reaches Flexiti. After > stands what the cashier presses.",
		fr: "Douze ventes qui tournent mal, et ce que dit l'écran de la caisse. Rien n'est réel, et rien ne se rend à Flexiti. Après > se trouve la touche choisie à la caisse.",
	}
	printedEnd = say{en: "WHAT YOU HAVE SEEN", fr: "CE QUE VOUS AVEZ VU"}
)
