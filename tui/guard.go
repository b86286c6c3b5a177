package tui

import "time"

// Barcode scanners and card readers often type like a keyboard. No hand types
// as fast as they do, so a digit or Enter waits a blink before it counts: if
// another key follows within that time, it was a machine, and the whole burst
// is dropped. A card's track goes from % or ; to its end sentinel, and no
// character of it is kept.

const (
	burstGap = 30 * time.Millisecond  // between keys of a machine there is less
	swipeGap = 500 * time.Millisecond // a track that stops for longer is over, sentinel or not
)

type guard struct {
	last  time.Time // of the last key
	held  key       // waits to be counted
	swipe bool
}

// press takes a key at a time, and gives the keys that count now: at most two.
func (g *guard) press(k key, now time.Time) (out []key) {
	if due, ok := g.due(now); ok {
		out = append(out, due)
	}
	gap := now.Sub(g.last)
	first := g.last.IsZero()
	g.last = now
	if g.swipe && (first || gap < swipeGap) {
		g.swipe = k != '?'
		g.held = keyNone
		return out
	}
	if (k < ' ' || k > '~') && k != keyEnter {
		return append(out, k) // no machine's: an arrow that is held down comes as fast
	}
	g.swipe = k == '%' || k == ';'
	if g.held = k; g.swipe || !first && gap < burstGap {
		g.held = keyNone
	}
	return out
}

// due gives the held key once its time has passed.
func (g *guard) due(now time.Time) (key, bool) {
	if g.held == keyNone || now.Sub(g.last) < burstGap {
		return keyNone, false
	}
	k := g.held
	g.held = keyNone
	return k, true
}
