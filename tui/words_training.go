package tui

import "github.com/tillwise/tillwise/plugin"

// trainingWords are what only the training says.
type trainingWords struct {
	train, trainNote string // the title, and what must be known of it
	quit, next       string // labels of keys, at most 12 cells
	askLeaveTraining string

	// menu and result
	menuIntro           string
	goOn                func(n, of int) string // a round that was left at question n
	short, full         func(cards int) string
	byName, toMenu      string
	leftOut             func(cards int) string // that do not fit the store's settings
	practise            func(cards int) string
	allRight, lookAgain string
	scoreLine           func(right, of int) string

	// question and verdict
	customer, yourTurn   string
	markRight, markWrong string // beside a sign
	youChose, rightIs    string // before the number and the text of an answer
	goNext               string
	customerSays         map[plugin.Family]string // where a scenario does not say

	// list
	lookFor, noCard string
	listCount       func(from, to, of int) string

	// plain text: the question's number, and what can be typed
	question                         func(n, of int) string
	pCustomer                        string
	typeAnswer, typeMenu, typeResult func(answers int) string
	typeEnter, typeList              string
	helpTraining                     [][2]string // keys, and what they do
}
