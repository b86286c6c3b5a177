// Package tui is the cashier's screen: it draws what the module answered, and
// hands back which action the cashier chose. It decides nothing, and it writes
// no sentence of a card: those come ready in a plugin.Prompt. Its own words are
// the headings, the key names, help and the idle screen, in words_en.go and
// words_fr.go.
//
// # Layers
//
// The screen is one tview primitive, [Primitive]: a bar, the sales in doubt, a page
// and the keys, put together from tview's Flex, Pages, Table (what is open, the
// history), TextView (details, help, training) and InputField (a PIN). A POS puts it
// into a tview application of its own; [Screen] is an application around it, on a
// terminal. A model (model.go) holds what a shift has brought and turns keys and
// time into what is shown next. [Plain] writes a card as sentences, for screen
// readers, pipes and logs, and a Screen without a terminal speaks the same way.
//
// A [Demo] stands around the cards: its place is in every bar, its row above the cards, its
// pages before and after them. What happens in it is the package shift's, below this one.
//
// # What is ours, and why
//
// The card is drawn by a primitive of ours, from rows that pure functions work out
// from content, size, language and look: no widget of tview's keeps every zone in
// its place, gives up what is needed least when it gets small, or reads no marks in
// a text that comes from elsewhere. A finger is matched to what stands there when
// it comes down: tview's buttons wait for it to go up at the same cell, and take two
// quick ones for a double click. A question is a page of ours and no Modal, whose
// text is 26 columns wide at 80. The guard against scanners and held keys is ours,
// and so is the goroutine that owns tview's queue (pump.go).
//
// # What never changes
//
// The order on a card is the order of importance: banner and headline, what to
// correct, money, retry, never, what to do, what to say, if asked why, who sorts it out,
// reference. At 80x24 each has its fixed place, so that a cashier learns
// positions; only inputs to correct push the rest down. Where room is short the banner
// and the money stay on top, the rest scrolls, and what is not in sight cannot be
// pressed. A sale in doubt stays in sight on every page but a question, which has the
// keys for itself. State is a sign and a word; colour only repeats it.
package tui
