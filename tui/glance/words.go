package glance

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/tillwise/tillwise/plugin"
)

// question is one thing that a reader is asked about each screen.
type question uint8

const (
	charged question = iota
	again
	press
	then
	say
	who
	other
	leave

	numQuestions
)

// phrase is in English and in French.
type phrase struct{ en, fr string }

func (p phrase) in(l plugin.Lang) string {
	if l == plugin.French {
		return p.fr
	}
	return p.en
}

// word is an answer: what is written on the sheet, and what it means. The
// English word is its name everywhere else.
type word struct{ name, means phrase }

// asked is a question as readers get it.
type asked struct {
	name, text phrase
	words      []word
}

var (
	yes = word{phrase{"yes", "oui"}, phrase{}}
	no  = word{phrase{"no", "non"}, phrase{}}
	// unsure may answer every question.
	unsure = word{phrase{"unsure", "incertain"}, phrase{"I can't tell from the screen", "l'écran ne me le dit pas"}}
)

// questions are the columns of the sheet, in their order.
var questions = [numQuestions]asked{
	charged: {
		phrase{"charged", "facturé"},
		phrase{"Was the customer's money taken? For a refund: was it given back?", "Le montant a-t-il été facturé? Pour un remboursement\u00a0: a-t-il été remis?"},
		[]word{
			{yes.name, phrase{"it was taken (a refund: given back)", "il est facturé (un remboursement\u00a0: remis)"}},
			{no.name, phrase{"nothing was taken (a refund: not given back), or no money was involved", "rien n'est facturé, ou remis; ou il ne s'agit pas d'argent"}},
			{phrase{"maybe", "peut-être"}, phrase{"nobody knows yet", "personne ne le sait encore"}},
			{phrase{"set-aside", "réservé"}, phrase{"the amount is reserved, and not taken yet", "le montant est réservé, pas encore facturé"}},
		},
	},
	again: {
		phrase{"again", "renvoyer"},
		phrase{"May you send the same thing to Flexiti again now?", "Pouvez-vous renvoyer la même chose à Flexiti maintenant?"},
		[]word{
			{yes.name, phrase{"now, as it is", "maintenant, tel quel"}},
			{no.name, phrase{"it must not be sent, or it would not help", "il ne faut pas, ou cela ne servirait à rien"}},
			{phrase{"later", "plus-tard"}, phrase{"only after something is corrected, or after a pause", "seulement après une correction ou une pause"}},
		},
	},
	press: {
		phrase{"press", "touche"},
		phrase{"Which key do you press first?", "Sur quelle touche appuyez-vous d'abord?"},
		[]word{
			{phrase{"1", "1"}, phrase{}}, {phrase{"2", "2"}, phrase{}}, {phrase{"3", "3"}, phrase{}}, {phrase{"4", "4"}, phrase{}},
			{phrase{"none", "aucune"}, phrase{"no key yet", "pas encore de touche"}},
		},
	},
	then: {
		phrase{"then", "ensuite"},
		phrase{"What comes then?", "Que se passe-t-il ensuite?"},
		[]word{
			{phrase{"type", "taper"}, phrase{"you or the customer type or choose something", "vous ou la personne tapez ou choisissez quelque chose"}},
			{phrase{"wait", "attendre"}, phrase{"you wait for what is under way", "vous attendez ce qui est en cours"}},
			{phrase{"till-checks", "caisse-vérifie"}, phrase{"the till asks Flexiti what became of it", "la caisse demande à Flexiti ce qu'il en est"}},
			{phrase{"till-sends", "caisse-envoie"}, phrase{"the till sends something", "la caisse envoie quelque chose"}},
			{phrase{"pay-another-way", "autre-paiement"}, phrase{"the customer pays with something else", "la personne paie autrement"}},
			{phrase{"supervisor", "responsable"}, phrase{"your supervisor comes and looks", "votre responsable vient et regarde"}},
			{phrase{"it-help", "soutien"}, phrase{"you call the help desk", "vous appelez le soutien"}},
			{phrase{"finish", "terminer"}, phrase{"you finish the sale", "vous terminez la vente"}},
			{phrase{"carry-on", "continuer"}, phrase{"you go on at the till", "vous continuez à la caisse"}},
			{phrase{"keep", "garder"}, phrase{"the sale is put aside", "la vente est mise de côté"}},
			{phrase{"cancel", "annuler"}, phrase{"the sale is cancelled", "la vente est annulée"}},
			{phrase{"confirm", "confirmer"}, phrase{"somebody states what was found out", "quelqu'un confirme ce qui a été constaté"}},
		},
	},
	say: {
		phrase{"say", "dire"},
		phrase{"What do you tell the customer?", "Que dites-vous à la personne?"},
		[]word{
			{phrase{"done", "fait"}, phrase{"it is done, or all is well", "c'est fait, ou tout va bien"}},
			{phrase{"wait", "attendre"}, phrase{"one moment, please", "un instant, s'il vous plaît"}},
			{phrase{"type", "taper"}, phrase{"please type or tell me something", "tapez ou dites-moi quelque chose, s'il vous plaît"}},
			{phrase{"choose", "choisir"}, phrase{"which one would you like?", "lequel voulez-vous?"}},
			{phrase{"pay-another-way", "autre-paiement"}, phrase{"how would you like to pay?", "comment voulez-vous payer?"}},
			{phrase{"being-checked", "on-vérifie"}, phrase{"I'm checking what happened", "je vérifie ce qui s'est passé"}},
			{phrase{"help-comes", "aide-arrive"}, phrase{"I'm getting help", "je demande de l'aide"}},
			{phrase{"reason", "raison"}, phrase{"I tell them what is behind it: their credit, their account", "je dis ce qu'il y a derrière : leur crédit, leur compte"}},
		},
	},
	who: {
		phrase{"who", "qui"},
		phrase{"Who sorts it out?", "Qui règle la situation?"},
		[]word{
			{phrase{"you", "vous"}, phrase{"the cashier", "à la caisse"}},
			{phrase{"customer", "client"}, phrase{}},
			{phrase{"supervisor", "responsable"}, phrase{}},
			{phrase{"it", "soutien"}, phrase{"the store's help desk", "le soutien du magasin"}},
			{phrase{"flexiti", "flexiti"}, phrase{}},
			{phrase{"itself", "personne"}, phrase{"nobody has to: the till does it", "personne\u00a0: la caisse s'en charge"}},
		},
	},
	other: {
		phrase{"other", "autre"},
		phrase{"May the customer pay another way right now? (Get a refund another way?)",
			"Peut-on payer autrement tout de suite? (Ou être remboursé autrement?)"},
		[]word{yes, no},
	},
	leave: {
		phrase{"leave", "partir"},
		phrase{"May the customer leave the store with the goods right now?", "La personne peut-elle partir avec la marchandise tout de suite?"},
		[]word{yes, no},
	},
}

// Columns beside the questions.
var (
	readerColumn = phrase{"reader", "lecteur"}
	screenColumn = phrase{"screen", "écran"}
)

// shorthand is what else may be written.
var shorthand = map[string]string{"y": "yes", "o": "yes", "n": "no", "?": "unsure"}

// read gives the name of the answer that a cell holds, in either language and
// however it is written; "" is an empty cell.
func (q question) read(cell string) (name string, ok bool) {
	cell = folded(cell)
	if cell == "" {
		return "", true
	}
	if s, short := shorthand[cell]; short {
		cell = s
	}
	for _, w := range append(slices.Clone(questions[q].words), unsure) {
		if cell == folded(w.name.en) || cell == folded(w.name.fr) {
			return w.name.en, true
		}
	}
	return "", false
}

// allowed lists what may be written for a question.
func (q question) allowed(l plugin.Lang) string {
	var names []string
	for _, w := range append(slices.Clone(questions[q].words), unsure) {
		names = append(names, w.name.in(l))
	}
	return strings.Join(names, ", ")
}

// folded is a text without case, accents, spaces and hyphens.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.IsSpace(r) || strings.ContainsRune("-_'’\ufeff", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
