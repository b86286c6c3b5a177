package tui

import "strconv"

var englishDemo = demoWords{
	demo:        "DEMO",
	demoOf:      func(n, of int) string { return strconv.Itoa(n) + " of " + strconv.Itoa(of) },
	demoCodeOf:  func(n, of int) string { return "code " + strconv.Itoa(n) + " of " + strconv.Itoa(of) },
	demoNextKey: "Next", demoBeforeKey: "Previous",
	demoBegin: "Begin", demoBegins: "The sale begins.", demoAgain: "Tell it again",
	demoToCard: "Back to the card",
	demoNext:   "Next story", demoNextCode: "Next code",
	demoByCode: "Any of Flexiti's error codes", demoNoCode: "No code has this in its name.",
	demoToStories: "Back to the stories",
	demoSeen:      "What you have seen", demoSeenTitle: "WHAT YOU HAVE SEEN",
	demoBack:     "Back to the story",
	demoNote:     "You are the cashier; nothing is real. Nothing reaches Flexiti, and long waits are cut short: the clock moves on.",
	askLeaveDemo: "Leave the demo? Nothing in it was real, and nothing is kept.",
	demoType: func(n int) string {
		offers := "Type 1"
		if n > 1 {
			offers += " to " + strconv.Itoa(n)
		}
		return offers + ", then Enter; or n for the next story, p for the one before, q to leave. " + othersEnglish
	},
	helpDemo: [][2]string{
		{"n, p", "the next story, the one before"},
		{"q, Ctrl-C", "leave the demo"},
	},
}
