package tui

import (
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

var englishTraining = trainingWords{
	train: "TRAINING", trainNote: "nothing here reaches Flexiti",
	quit: "Quit", next: "Next",
	askLeaveTraining: "Leave the training? A round that is under way is kept.",

	menuIntro: "You see a customer and a card. Say what you do first.",
	goOn: func(n, of int) string {
		return "Go on where you left (" + strconv.Itoa(n) + " of " + strconv.Itoa(of) + ")"
	},
	short:  func(cards int) string { return "Short round: " + englishCards(cards) },
	full:   func(cards int) string { return "Full round: " + englishCards(cards) },
	byName: "One card, by its name",
	toMenu: "Menu",
	leftOut: func(n int) string {
		if n == 1 {
			return "1 card is left out: this store's settings change what can be done."
		}
		return strconv.Itoa(n) + " cards are left out: this store's settings change what can be done."
	},
	practise: func(cards int) string { return "Practise these again (" + strconv.Itoa(cards) + ")" },
	allRight: "All of them right.", lookAgain: "LOOK AT THESE AGAIN",
	scoreLine: func(right, of int) string { return "SCORE " + strconv.Itoa(right) + " of " + strconv.Itoa(of) },

	customer: "CUSTOMER", yourTurn: "YOUR TURN: what do you do first?",
	markRight: "RIGHT", markWrong: "NOT RIGHT",
	youChose: "You chose", rightIs: "Right is",
	goNext: "Go on",
	customerSays: map[plugin.Family]string{
		plugin.FamilyApproved: "Is it done?",
		plugin.FamilyFix:      "What's wrong? Let me try again.",
		plugin.FamilyWait:     "How long will this take?",
		plugin.FamilyStop:     "Why can't I use it? What's wrong with my account?",
		plugin.FamilyCheck:    "Did it go through? Shall I just pay again?",
		plugin.FamilyHelp:     "Is your machine broken?",
	},

	lookFor: "LOOK FOR", noCard: "No card has this in its name.",
	listCount: func(from, to, of int) string {
		return strconv.Itoa(from) + " to " + strconv.Itoa(to) + " of " + strconv.Itoa(of)
	},

	question:  func(n, of int) string { return "Question " + strconv.Itoa(n) + " of " + strconv.Itoa(of) + "." },
	pCustomer: "Customer",
	typeAnswer: func(n int) string {
		return "Type 1 to " + strconv.Itoa(n) + ", then Enter; or - to go back. " + othersEnglish
	},
	typeMenu: func(n int) string {
		return "Type 1 to " + strconv.Itoa(n) + ", then Enter; or - to end the training. " + othersEnglish
	},
	typeResult: func(n int) string {
		if n == 1 {
			return "Type 1, then Enter; or - to look at the answers once more. " + othersEnglish
		}
		return "Type 1 to " + strconv.Itoa(n) + ", then Enter; or - to look at the answers once more. " + othersEnglish
	},
	typeEnter: "Press Enter to go on; or type - to go back. " + othersEnglish,
	typeList:  "Type a number, or a part of a name, then Enter; or + for more, - to go back.",
	helpTraining: [][2]string{
		{"1-4, F2-F5", "the numbered lines"},
		{"Enter", "go on, when you have read what became of your answer"},
		{"Esc, Clear, -", "one question back; from the menu, out of the training"},
		{"1-9, letters", "in the list: choose, or look for a part of a name"},
		{"+, Page Down", "more of the list"},
	},
}

func englishCards(n int) string {
	if n == 1 {
		return "1 card"
	}
	return strconv.Itoa(n) + " cards"
}

const othersEnglish = "9 Français, 0 Help."
