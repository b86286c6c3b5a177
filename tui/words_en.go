package tui

import (
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

var english = words{
	code:     "EN",
	language: "Français",

	doNow: "DO NOW", say: "SAY", ifAsked: "IF ASKED", who: "WHO SORTS IT", ref: "REF", fields: "CORRECT",
	colon: ": ", open: `"`, shut: `"`,

	lane: "Lane",
	sale: "Sale", payment: "Payment", refund: "Refund", release: "Set aside",
	ready: "READY", online: "ONLINE", noAnswer: "NO ANSWER", notSent: "NO CONNECTION",
	toCheck: func(n int) string {
		if n == 1 {
			return "1 SALE TO CHECK"
		}
		return strconv.Itoa(n) + " SALES TO CHECK"
	},
	beforeEnd: "before the end of the shift",
	waiting:   "WAITING",
	pause:     "WAIT",
	pauseOver: "PRESS 1 NOW",
	sent:      "CHOSEN",
	digitOnly: "PRESS",
	below:     "READ ON FIRST: DOWN",
	byHand:    "DO IT ON THE TILL",
	toIt:      "Go to it",
	days:      "days",
	more:      "more: key 6",

	help: "Help", details: "Details", hide: "Hide", history: "History", back: "Back",
	move: "Move", filter: "To check", openIt: "Open",
	escKey: "Esc", enterKey: "Enter", clearKey: "Clear", arrows: "Up/Down",

	paused:    "Paused. 7 shows the screen.",
	readyWord: "Ready", readyText: "What Flexiti answers to this lane appears here.",
	historyTitle: "HISTORY",
	nothing:      "Nothing here yet.",
	askTrue:      "From now on this counts as true:",
	askYes:       "Yes, this is what happened",
	askNo:        "No, go back",
	askEnds:      "Goes back by itself in",
	askLeave:     "Leave this screen? What Flexiti answers is then not seen here any more.",
	leave:        "Leave",
	stay:         "Stay",
	stillOpen:    "Still to check before the end of the shift:",
	pinAsk:       "To confirm what happened to the money, your supervisor types their PIN, then Enter. It is not shown and not kept.",
	pinWrong:     "That PIN will not do. Try again, or wait a minute after several wrong ones.",
	pinPlain:     "To confirm what happened to the money takes your supervisor's PIN, which would show here. Confirm it in the sales system.",

	warnings: map[Warning]string{
		WarnListen:  "The till's address is in use: no POS can reach it. Call your store's computer help.",
		WarnJournal: "Records are not being kept. Sales go on. Call your store's computer help.",
		WarnModule:  "The store's own module was not accepted; the built-in one is used. Call your store's computer help.",
		WarnState:   "This list may be lost at a restart: write the references down. Call your store's computer help.",
	},
	thisSale: "THIS SALE", before: "BEFORE IT",

	why: "WHY", call: "CALL", rule: "RULE", match: "MATCH", source: "SOURCE", version: "VERSION",

	helpCard:    "ON THE SCREEN NOW",
	helpKeys:    "KEYS",
	helpActions: "the numbered lines under DO NOW",
	helpEnter:   "the first line; for one that sends a payment or a refund, press its number",
	helpBack:    "back; never leaves the screen",
	helpSigns:   "SIGNS",
	helpFamily: map[plugin.Family]string{
		plugin.FamilyApproved: "all is well: finish the sale",
		plugin.FamilyFix:      "can be put right here: do the first line",
		plugin.FamilyWait:     "a wait: the first line says how to go on",
		plugin.FamilyStop:     "not with Flexiti this time: another payment",
		plugin.FamilyCheck:    "nobody knows yet if money was taken or given back: do the first line",
		plugin.FamilyHelp:     "not yours to put right: do the first line, and tell who can",
	},
	helpNextStep:   "a step went well: the sale goes on",
	helpNoDecision: "Flexiti has not decided yet, and it may take long: do the first line",
	helpMoney: map[plugin.Money]string{
		plugin.MoneyNotMoved: "no money was taken or given back",
		plugin.MoneyHeld:     "an amount is set aside, not taken yet",
		plugin.MoneyMoved:    "the money was taken, or given back",
		plugin.MoneyUnknown:  "nobody knows yet: check before anything else",
	},
	helpKindly: "SAYING NO KINDLY",
	kindly: []string{
		"Speak quietly. You cannot see the reason; Flexiti can explain it in private.",
		"The customer types answers, or points; nobody says them aloud.",
		"Offer another way to pay.",
	},
	trainingWords: englishTraining,
	demoWords:     englishDemo,
	today: func(answers, bought, stopped int) string {
		count := func(n int, noun string) string {
			if n != 1 {
				noun += "s"
			}
			return strconv.Itoa(n) + " " + noun
		}
		return "SINCE THE START: " + count(answers, "answer") + ", " + count(bought, "purchase") + " approved, " + strconv.Itoa(stopped) + " stopped"
	},
	plainWords: plainWords{
		pMode: "Flexiti guidance in plain text: ", noTerminal: "there is no terminal", dumb: "TERM names no terminal that can be drawn on",
		pState: "State", pHappened: "What happened", pSay: "Say", pAsked: "If asked", pWho: "Who sorts it out",
		pRef: "Reference", pFix: "Correct", pCall: "Call", pChoose: "Choose", pNext: "Then press Enter.", pPause: "in",
		pYes: "Type 5 and Enter for yes, only Enter for no.", pOther: "Another card came in between. Choose again for this one.",
	},
}
