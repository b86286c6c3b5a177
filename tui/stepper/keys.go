package stepper

import (
	"slices"
	"strings"

	"github.com/gdamore/tcell/v2"
)

// binding is what keys do. Those that do nothing now have none, so that the
// footer, which shows the hints of all there are, shows no dead key.
type binding struct {
	keys  []tcell.Key
	runes string
	hint  string // empty: another hint says it, or it need not be said
	do    func()
}

func (b *binding) has(ev *tcell.EventKey) bool {
	if ev.Key() == tcell.KeyRune {
		return strings.ContainsRune(b.runes, ev.Rune())
	}
	return slices.Contains(b.keys, ev.Key())
}

// bindings gives the keys of the page that is shown.
func (v *view) bindings() (keys []binding) {
	if v.asking {
		return []binding{{hint: "Enter go"}, {hint: "Esc close"}} // the input field's own
	}
	add := func(ok bool, b binding) {
		if ok {
			keys = append(keys, b)
		}
	}
	page := v.page
	esc := binding{keys: []tcell.Key{tcell.KeyEscape}, hint: "Esc back", do: func() { v.open(pageCard) }}
	switch page {
	case pageRules:
		keys = []binding{{hint: "Up Down choose"}, {hint: "Enter show only this rule"}} // the table's own
		esc.runes = "r"
	case pageHelp:
		v.addScroll(add)
		esc.runes = "?0"
	case pageFacts:
		v.addMoves(add)
		v.addScroll(add)
		esc.runes = "f"
	case pageCard:
		v.addMoves(add)
		v.addScroll(add)
		add(true, binding{runes: "g", hint: "g go to", do: v.ask})
		add(true, binding{runes: "r", hint: "r rules", do: v.listRules})
		add(true, binding{runes: "f", hint: "f facts", do: func() { v.open(pageFacts) }})
		add(true, binding{runes: "l9", hint: "l " + languages[other(v.lang)], do: v.switchLanguage})
		esc.hint, esc.do = "", v.leave
		if v.walk.filtered {
			esc.hint, esc.do = "Esc all rules", func() { v.walk.all() }
		}
	}
	keys = append(keys, esc)
	add(page == pageCard, binding{runes: "?0", hint: "? help", do: func() { v.open(pageHelp) }})
	return append(keys, binding{runes: "q", hint: "q leave", do: v.leave})
}

func (v *view) addMoves(add func(bool, binding)) {
	w := v.walk
	add(w.at+1 < len(w.shown), binding{keys: []tcell.Key{tcell.KeyRight}, runes: "n ", hint: "Right next", do: func() { v.turn(w.at + 1) }})
	add(w.at > 0, binding{keys: []tcell.Key{tcell.KeyLeft}, runes: "p", hint: "Left back", do: func() { v.turn(w.at - 1) }})
	next, before := w.change(1), w.change(-1)
	c := binding{runes: "c", hint: "c next change", do: func() { v.turn(next) }}
	b := binding{runes: "bC", hint: "b change before", do: func() { v.turn(before) }}
	if !w.unchanged() { // then they are Right and Left
		c.hint, b.hint = "", ""
	}
	add(next >= 0, c)
	add(before >= 0, b)
}

func (v *view) addScroll(add func(bool, binding)) {
	top, last := v.top(), v.last()
	page := max(v.bodyHeight()-1, 1)
	to := func(row int) func() { return func() { v.tops[v.page] = max(0, min(row, last)) } }
	add(top < last, binding{keys: []tcell.Key{tcell.KeyPgDn}, hint: "PgDn more", do: to(top + page)})
	add(top < last, binding{keys: []tcell.Key{tcell.KeyDown}, do: to(top + 1)})
	add(top < last, binding{keys: []tcell.Key{tcell.KeyEnd}, do: to(last)})
	add(top > 0, binding{keys: []tcell.Key{tcell.KeyPgUp}, hint: "PgUp up", do: to(top - page)})
	add(top > 0, binding{keys: []tcell.Key{tcell.KeyUp}, do: to(top - 1)})
	add(top > 0, binding{keys: []tcell.Key{tcell.KeyHome}, do: to(0)})
}
