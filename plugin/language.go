package plugin

// language is all that cards say in one language. Texts may hold {n} for a
// number and {when} for a day and time; nothing else is ever filled in.
type language struct {
	banners               []entry // by banner
	money                 []entry // by "kind/money"; by money alone where the kind makes no difference
	retries               []entry // by retry policy, with variants: see retryLine
	owners                []entry // by owner
	problems              []entry // by problem
	fields                []entry // by documented parameter
	actions               []actionWords
	variants              []actionVariant
	cards                 []cardWords // by card id, sorted
	doubt                 cardWords   // what every card but those of family check says while money is in doubt
	doubtRefund           cardWords   // the same, for a refund
	refund                cardWords   // what a card that offers another payment says about a refund instead; its headline for discreet ones
	spentVerify, spentPay cardWords   // what a card says when nothing is left to try again, by the first action: verify, or pay another way
	resend                string      // the never line while the same payment may be sent under its key
	replaced              string      // the notice that the sale was replaced
	weekdays              [7]string   // from Sunday
	dayTime               string      // a day and time, with {day}, {hour} and {minute}
	display               [2]entry    // customer display: approved, and everything else; key and text are its two lines
}

// cardWords is what one card says. Empty Never and Retry mean none, and the one of its policy.
type cardWords struct {
	id       string
	headline string // a fact in the customer's world: at most 40 cells in English, 52 in French
	retry    string // in place of the policy's line: at most 56 cells
	never    string // one whole sentence: at most 60 cells in English, 74 in French
	say      string // to the customer: at most 140 cells in English, 150 in French
	ifAsked  string // when the customer asks why: as say
	why      string // for the details page: at most 240 cells in English, 300 in French
}

// actionWords is an action on a key: label at most 20 cells, text 60 in English and 74 in French.
type actionWords struct {
	id          ActionID
	label, text string
}

// actionVariant is the text of an action on one card, where the usual one does not fit.
type actionVariant struct {
	card string
	id   ActionID
	text string
}

type entry struct{ key, text string }

func find(list []entry, key string) string {
	for i := range list {
		if list[i].key == key {
			return list[i].text
		}
	}
	return ""
}

func wordsIn(l Lang) *language {
	if l == French {
		return &french
	}
	return &english
}

func (l *language) card(id string) *cardWords {
	for i := range l.cards {
		if l.cards[i].id == id {
			return &l.cards[i]
		}
	}
	return &cardWords{}
}

func (l *language) action(cardID string, id ActionID) PromptAct {
	var act PromptAct
	for i := range l.actions {
		if l.actions[i].id == id {
			act = PromptAct{l.actions[i].label, l.actions[i].text}
		}
	}
	for i := range l.variants {
		if l.variants[i].card == cardID && l.variants[i].id == id {
			act.Text = l.variants[i].text
		}
	}
	return act
}

// fieldLabel gives the spoken name of a documented parameter, or nothing.
func fieldLabel(param string, l Lang) string { return find(wordsIn(l).fields, param) }
