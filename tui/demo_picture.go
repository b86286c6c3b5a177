package tui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/tillwise/tillwise/plugin"
)

var (
	storyHint  = binding{keyNext, tcell.KeyRune, func(w *words) string { return w.demoNextKey }}
	beforeHint = binding{keyBefore, tcell.KeyRune, func(w *words) string { return w.demoBeforeKey }}
	demoKeys   = []binding{leaveHint, storyHint, beforeHint, hintOf(keyHelp), hintOf(keyLanguage), hintOf(keyHide)}
	seenKeys   = []binding{leaveHint, beforeHint, hintOf(keyHelp), hintOf(keyBack), hintOf(keyLanguage), hintOf(keyHide)}
	codesKeys  = []binding{interrupt, hintOf(keyBack), moveHint, openByEnter}
	interrupt  = binding{keyInterrupt, tcell.KeyCtrlC, leaveHint.label}
)

// where is the demo and the place in it, as every bar has it.
func (d *demo) where(ws *words, w int) string {
	n, of := d.place()
	switch {
	case w < narrow:
		return ws.demo + " " + strconv.Itoa(n) + "/" + strconv.Itoa(of)
	case d.isCode():
		return ws.demo + " " + ws.demoCodeOf(n, of)
	}
	return ws.demo + " " + ws.demoOf(n, of)
}

// keys are those that do something on the page.
func (d *demo) keys() []binding {
	switch d.page {
	case demoCodes:
		return codesKeys
	case demoSeen:
		return seenKeys
	case demoStory:
	}
	return demoKeys
}

// aroundCards puts the demo's keys before those of a page of a till at work.
func aroundCards(keys []binding) []binding {
	keys = slices.DeleteFunc(slices.Clone(keys), func(b binding) bool { return b.key == keyLeave })
	return append([]binding{leaveHint, storyHint, beforeHint}, keys...)
}

// rows is the page.
func (d *demo) rows(ws *words, lang plugin.Lang, card bool, k Look, w int) (rows []line) {
	add := func(s string, st style) { rows = append(rows, hang(nil, 1, k.Clean(s), st, w)...) }
	offers := func() {
		for i, o := range d.offers(card) {
			if i == 0 {
				rows = append(rows, nil)
			}
			rows = append(rows, numbered(i+1, o.say(ws), w)...)
		}
	}
	switch d.page {
	case demoCodes:
		return d.codes.rows(ws, ws.demoNoCode, d.codeTitle(lang), k, w)
	case demoSeen:
		add(ws.demoSeenTitle, strong)
		for i, s := range slices.Concat(d.Stories, d.Codes) {
			how, seen := d.seen[i]
			if !seen && i >= len(d.Stories) {
				continue
			}
			mark, st := "-", plain
			if seen {
				mark, st = "+", strong
			}
			number := ""
			if i < len(d.Stories) {
				number = strconv.Itoa(i+1) + " "
			}
			rows = append(rows, hang(text(" "+mark), 3, k.Clean(number+s.Title[lang]), st, w)...)
			if seen {
				rows = append(rows, hang(nil, 5, k.Clean(how[lang]), plain, w)...)
			}
		}
		offers()
		return rows
	case demoStory:
	}
	s := d.story()
	if w >= narrow {
		rows = append(rows, nil)
	}
	add(s.Title[lang], strong)
	if w >= narrow || d.state != storyOver { // what it led to, and where to go, has the room
		add(s.Intro[lang], plain)
	}
	if d.state != storyNew && d.told != nil {
		rows = append(rows, nil)
		add(d.told[lang], strong)
	}
	if d.state == storyUnderWay && !card {
		rows = append(rows, nil)
		add(ws.demoBegins, plain)
	}
	offers()
	rows = append(rows, nil)
	add(ws.demoNote, plain)
	return rows
}

func (d *demo) codeTitle(lang plugin.Lang) func(i int) string {
	return func(i int) string { return d.Codes[i].Title[lang] }
}

// line is what stands above the cards: the story, or what is to be known of it. It is
// one row, but two where a narrow screen would cut off what is told.
func (d *demo) line(ws *words, lang plugin.Lang, k Look, w int) []line {
	s, st := d.story().Title[lang], plain
	if d.told != nil {
		s, st = d.told[lang], strong
	}
	var right line
	if d.state == storyOver {
		right = line{{" [" + string(keyNext) + "] " + d.sayNext(ws) + " ", reverse.on(keyNext)}}
	}
	s = k.Clean(s)
	if w < narrow && d.told != nil {
		told := wrap(s, w-2)
		if len(told) > 2 {
			told = []string{told[0], strings.Join(told[1:], " ")}
		}
		out := make([]line, len(told))
		for i, t := range told {
			out[i] = ends(line{{cut(t, max(0, w-2)), st}}, nil, w)
		}
		return out
	}
	if cells(s)+right.width()+4 > w {
		right = nil
	}
	return []line{ends(line{{cut(s, max(0, w-2)), st}}, right, w)}
}

// plain is the page as sentences. It ends with what can be typed.
func (d *demo) plain(lang plugin.Lang, card bool, k Look) string {
	ws, out := wordsOf(lang), &sentences{look: k}
	if d.page == demoCodes {
		d.codes.plain(out, ws, ws.demoNoCode, d.codeTitle(lang))
		return out.String()
	}
	if d.page == demoStory {
		out.add(d.where(ws, narrow) + ".")
	}
	for _, row := range d.rows(ws, lang, card, k, 1<<10) {
		if s := row.String(); s != "" {
			out.add(s)
		}
	}
	if n := len(d.offers(card)); n > 0 {
		out.add(ws.demoType(n))
	}
	return out.String()
}
