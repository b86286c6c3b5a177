package tui

// demoWords are what only the demo says.
type demoWords struct {
	demo                             string // in every bar, before the place
	demoOf, demoCodeOf               func(n, of int) string
	demoNextKey, demoBeforeKey       string // labels of keys, at most 12 cells
	demoBegin, demoBegins, demoAgain string
	demoToCard                       string
	demoNext, demoNextCode           string
	demoByCode, demoNoCode           string
	demoToStories                    string // from the codes, back to where they were gone to from
	demoSeen                         string // what leads to the page
	demoSeenTitle                    string // and its title
	demoBack                         string
	demoNote                         string // on every story
	askLeaveDemo                     string
	demoType                         func(offers int) string // what can be typed
	helpDemo                         [][2]string
}
