package tui

import (
	"slices"

	"github.com/gdamore/tcell/v2"
)

// key is a key press after every spelling of it has become one: digits of both
// rows, function keys, both Enters. Letters, digits and signs are their own runes.
type key rune

const (
	keyNone  key = 0
	keyEnter key = '\r'
	keyBack  key = 0x1b
	keyUp    key = 0x100 + iota
	keyDown
	keyPageUp
	keyPageDown
	keyHome
	keyEnd
	keyRedraw
	keyLeave
	keyInterrupt // the same, where q is a letter
	keyOther     // any other key: it means nothing, but it is part of a burst
)

const (
	keyHelp     key = '0'
	keyDoubt    key = '5' // to a sale in doubt
	keyYes      key = '5' // to a question
	keyDetails  key = '6'
	keyHide     key = '7'
	keyHistory  key = '8'
	keyLanguage key = '9'
)

// binding is one row of the key table: what a key is called on the screen, the
// digit and the function key that do it. Help and hints are drawn from it.
type binding struct {
	key   key
	twin  tcell.Key
	label func(*words) string
}

var actionKeys = []binding{
	{'1', tcell.KeyF2, nil}, {'2', tcell.KeyF3, nil}, {'3', tcell.KeyF4, nil}, {'4', tcell.KeyF5, nil},
}

// cardKeys are the keys below a card, the most needed first: it is the last to go.
var cardKeys = []binding{
	{keyHelp, tcell.KeyF1, func(w *words) string { return w.help }},
	{keyDetails, tcell.KeyF6, func(w *words) string { return w.details }},
	{keyLanguage, tcell.KeyF9, func(w *words) string { return w.language }},
	{keyHide, tcell.KeyF7, func(w *words) string { return w.hide }},
	{keyHistory, tcell.KeyF8, func(w *words) string { return w.history }},
	{keyBack, tcell.KeyEscape, func(w *words) string { return w.back }},
}

func hintOf(k key) binding { // the row of the table for a key
	for _, b := range cardKeys {
		if b.key == k {
			return b
		}
	}
	return binding{}
}

var (
	leaveHint   = binding{keyLeave, tcell.KeyCtrlC, func(w *words) string { return w.leave }}
	moveHint    = binding{keyUp, tcell.KeyUp, func(w *words) string { return w.move }}
	openHint    = binding{'1', tcell.KeyF2, func(w *words) string { return w.openIt }}
	filterHint  = binding{'2', tcell.KeyF3, func(w *words) string { return w.filter }}
	textKeys    = []binding{hintOf(keyHelp), hintOf(keyBack), hintOf(keyLanguage), hintOf(keyHide)}
	idleKeys    = []binding{hintOf(keyHelp), openHint, hintOf(keyHistory), hintOf(keyLanguage), hintOf(keyHide)}
	historyKeys = []binding{hintOf(keyHelp), openHint, filterHint, hintOf(keyBack), moveHint, hintOf(keyLanguage), hintOf(keyHide)}
)

// fname is what a function key is called.
func fname(k tcell.Key) string { return tcell.KeyNames[k] }

// keyRow draws the hints of a picture: as many as fit, in the order of the keyboard.
func keyRow(keys []binding, ws *words, w int) line {
	var hints []line
	used := 1
	for _, b := range keys {
		name := string(b.key)
		switch b.key {
		case keyBack:
			name = ws.escKey
		case keyUp:
			name = ws.arrows
		case keyEnter:
			name = ws.enterKey
		case keyLeave:
			name = "q"
		case keyInterrupt:
			name = "Ctrl-C"
		}
		hint := line{{name, chip.on(b.key)}, {" " + b.label(ws), reverse.on(b.key)}}
		if used += hint.width() + 3; used > w+2 {
			break
		}
		hints = append(hints, hint)
	}
	slices.SortStableFunc(hints, func(a, b line) int { return place(a[0].style.key) - place(b[0].style.key) })
	row := styled(" ", reverse)
	for _, hint := range hints {
		row = append(append(row, hint...), span{"   ", reverse})
	}
	return row
}

// place is where a key stands among the hints: digits, arrows, Esc.
func place(k key) int {
	if k == keyBack {
		return 1 << 20
	}
	return int(k)
}

var special = map[tcell.Key]key{
	tcell.KeyEnter: keyEnter, tcell.KeyCtrlJ: keyEnter, // KeyEnter is Ctrl-M
	tcell.KeyEscape: keyBack, tcell.KeyClear: keyBack, tcell.KeyBackspace: keyBack, tcell.KeyBackspace2: keyBack,
	tcell.KeyUp: keyUp, tcell.KeyDown: keyDown, tcell.KeyPgUp: keyPageUp, tcell.KeyPgDn: keyPageDown,
	tcell.KeyHome: keyHome, tcell.KeyEnd: keyEnd, tcell.KeyCtrlL: keyRedraw, tcell.KeyCtrlC: keyLeave, tcell.KeyCtrlD: keyLeave,
}

// moves tells whether a key goes up and down.
func (k key) moves() bool { return k >= keyUp && k <= keyEnd }

// normal turns a terminal's key event into a key.
func normal(ev *tcell.EventKey) key {
	if ev.Key() == tcell.KeyRune {
		switch r := ev.Rune(); {
		case r == 'q' || r == 'Q':
			return keyLeave
		case r >= ' ' && r <= '~' && ev.Modifiers()&(tcell.ModAlt|tcell.ModCtrl|tcell.ModMeta) == 0:
			return key(r)
		}
		return keyOther
	}
	for _, table := range [][]binding{actionKeys, cardKeys} {
		for _, b := range table {
			if b.twin == ev.Key() {
				return b.key
			}
		}
	}
	if k, ok := special[ev.Key()]; ok {
		return k
	}
	return keyOther
}
