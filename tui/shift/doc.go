// Package shift is a shift to try the till by: stories of sales that something
// happens to, each told on the real screen to its end. `make run` plays it.
//
// # A story
//
// A tale is one story under way. It has a till (host/serve) with sales in memory, a
// POS that does as the cards say (host/pos) and a Flexiti that is simulated
// (host/simulator), all its own and in this process: it begins with nothing, and
// leaves nothing behind. Nothing in it is acted: what a key leads to is what
// the POS, the till and Flexiti make of it, whichever key it is. What goes wrong
// stands in the story's row (stories.go), and so does what people type. In the end
// the simulator's ledger says what became of the money (books.go), whatever the
// cards have said. Behind the stories each row of the catalogue is one more (codes.go).
//
// # Two ways to tell it
//
// [Shift] plays on a screen, for somebody who presses the keys. [Print] writes the
// stories down, by keys that follow what the cards advise (advice.go): the same each
// time, and without waiting.
//
// # Time
//
// One clock (clock.go) is all that screen, till, POS and simulator read. It goes as the
// world's does, but skips what is left of a wait that is longer than somebody sits
// through: minutes, never days. Where the stories are printed it stands still but for the waits.
package shift
