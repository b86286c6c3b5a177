// Package tui is the cashier's screen: it draws what the module answered, and
// hands back which action the cashier chose. It decides nothing, and it writes
// no sentence of a card: those come ready in a plugin.Prompt. Its own words are
// the headings, the key names, help and the idle screen, in words_en.go and
// words_fr.go.
//
// # Layers
//
// Everything that can be seen is worked out by pure functions from content,
// size, language and look to styled lines (layout.go and the screens beside
// it). A model (model.go) holds what a shift has brought and turns keys and
// time into the next picture. Around the two stand three thin hosts:
//
//   - [Screen] owns a terminal. [Screen.Show] and [Screen.Close] return at once,
//     from any goroutine, before Run and after it; where no terminal can be
//     had it falls back to plain text, and says so.
//   - [Primitive] is the same screen as a tview primitive, for a POS that has a
//     tview application of its own.
//   - [Plain] writes one card as sentences, for screen readers, pipes and logs.
//
// # What never changes
//
// The order on a card is the order of importance: banner and headline, what to
// correct, money, retry, never, what to do, what to say, if asked why, who sorts it out,
// reference. At 80x24 each has its fixed place, so that a cashier learns
// positions; only inputs to correct push the rest down. Where room is
// short, what goes first is what is needed last; the banner, the money line, the
// headline and the first action stay at every size, and the details always hold
// everything. State is a sign and a word; colour only repeats it.
package tui
