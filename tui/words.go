package tui

import (
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// words is the screen's own text in one language: all but the cards. One
// variable of it stands in words_en.go and one in words_fr.go; a test finds
// what either leaves out. Widths are display cells.
type words struct {
	code     string // EN, FR: at most 2
	language string // the other language's name, on its key

	// headings of a card, at most 15
	doNow, say, ifAsked, who, ref, fields string
	colon                                 string
	open, shut                            string // quotation marks

	// top bar
	lane                              string
	sale, payment, refund, release    string // what is being done, before the sale's number
	ready, online, noAnswer, notSent  string
	toCheck                           func(n int) string // how many sales have money in doubt
	waiting                           string             // followed by a time
	sent, digitOnly, below, pauseOver string             // after a key: chosen; this key only; what it does is not in sight; and when a pause is over
	byHand                            string             // after a key whose call is made on the POS
	toIt                              string             // on the key to a sale in doubt
	days                              string             // since a sale is in doubt
	pause                             string             // followed by what is left of a pause
	more                              string             // "+%d more, key 6"

	// keys, at most 12
	help, details, hide, history, back, move, filter, openIt string
	escKey, enterKey, clearKey, arrows                       string

	paused                          string // on the hidden screen
	readyWord, readyText            string // on the idle screen
	historyTitle                    string
	nothing                         string // in an empty list
	askTrue, askYes, askNo, askEnds string // before money is settled; the last is followed by a time
	askLeave, leave, stay           string // before the screen is left
	stillOpen                       string // above the sales that are open when the screen has gone
	pinAsk, pinWrong                string // before somebody says what happened to the money, where the store asks for a PIN
	pinPlain                        string // and where it would be seen

	warnings         map[Warning]string
	thisSale, before string // headings of the rail

	// headings of the details
	why, call, rule, match, source, version string

	// help
	helpCard, helpKeys, helpActions, helpEnter, helpBack, helpSigns, helpKindly string
	helpFamily                                                                  map[plugin.Family]string
	helpNoDecision, helpNextStep                                                string // of the cards on which Flexiti has not decided
	helpMoney                                                                   map[plugin.Money]string
	kindly                                                                      []string

	beforeEnd string                                    // after toCheck, on the idle screen
	today     func(answers, bought, stopped int) string // the shift's figures
	plainWords
	trainingWords
	demoWords
}

// plainWords are what only the plain text says.
type plainWords struct {
	noTerminal, dumb                                                                                      string // why there is no screen
	pMode, pState, pHappened, pSay, pAsked, pWho, pRef, pFix, pCall, pChoose, pNext, pPause, pOther, pYes string
}

var chrome = map[plugin.Lang]*words{plugin.English: &english, plugin.French: &french}

// wordsOf gives the screen's texts for a language; English for one it does not know.
func wordsOf(l plugin.Lang) *words {
	if w, ok := chrome[l]; ok {
		return w
	}
	return &english
}

// helpOf says what a card's sign stands for.
func (w *words) helpOf(d plugin.Decision) string {
	if d.Banner == plugin.BannerNoDecision {
		return w.helpNoDecision
	}
	return w.helpFamily[d.Family]
}

// quoted puts s in the language's quotation marks, unless it has some already.
func (w *words) quoted(s string) string {
	if s == "" || strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "«") {
		return s
	}
	return w.open + s + w.shut
}

func other(l plugin.Lang) plugin.Lang {
	if l == plugin.French {
		return plugin.English
	}
	return plugin.French
}
