package tui

import "time"

// Barcode scanners and card readers often type like a keyboard, and a key that is
// held down repeats itself. Neither may press anything.
//
// A scanner is told by its speed: it sends a character every 5 to 60 ms, and Enter
// or Tab at the end. So a key waits a blink before it counts: if another follows
// within that time, it was a machine, and the whole burst is dropped. A card's track
// goes from % or ; to its end sentinel, and no character of it is kept.
//
// A key that is held is told by its repeating: terminals say nothing of a key that
// is let go. It comes again after 0.25 to 1 s, and then every 30 to 500 ms: as a burst,
// or else before it has been still for long enough to have been let go.
const (
	typedGap  = 120 * time.Millisecond // between the keys of a machine there is less
	quiet     = 300 * time.Millisecond // after a machine's burst, before a key counts
	repeatGap = 750 * time.Millisecond // a key that comes again within this has not been let go
	swipeGap  = 500 * time.Millisecond // a track that stops for longer is over, sentinel or not
	tapGap    = 300 * time.Millisecond // between two touches of one target: a finger bounces
)

type guard struct {
	turns  bool      // n and p turn a demo's stories over: pressed again, each counts
	last   key       // that came
	at     time.Time // and when
	held   key       // waits to be counted
	burst  bool      // a machine types
	swipe  bool      // a card's track goes by
	target key       // that was touched last
	tapped time.Time
}

// press takes a key at a time, and gives the keys that count now: at most two.
func (g *guard) press(k key, now time.Time) (out []key) {
	if due, ok := g.due(now); ok {
		out = append(out, due)
	}
	if k.moves() { // a list is gone through with its key held down
		return append(out, k)
	}
	gap, repeated := now.Sub(g.at), k == g.last && now.Sub(g.at) < repeatGap && (!g.turns || k.steps() == 0)
	g.last, g.at = k, now
	if g.swipe && gap < swipeGap {
		g.swipe = k != '?'
		return out
	}
	g.burst = gap < typedGap || g.burst && gap < quiet
	if g.swipe = k == '%' || k == ';'; g.swipe || g.burst || repeated {
		g.held = keyNone
		return out
	}
	g.held = k
	return out
}

// until is when the held key counts; zero: there is none.
func (g *guard) until() time.Time {
	if g.held == keyNone {
		return time.Time{}
	}
	return g.at.Add(typedGap)
}

// due gives the held key once its time has passed.
func (g *guard) due(now time.Time) (key, bool) {
	if g.held == keyNone || now.Before(g.until()) {
		return keyNone, false
	}
	k := g.held
	g.held = keyNone
	return k, true
}

// tap takes the key of what a finger has touched, and tells whether it counts.
func (g *guard) tap(k key, now time.Time) bool {
	bounced := k == g.target && now.Sub(g.tapped) < tapGap
	g.target, g.tapped = k, now
	return !bounced
}
