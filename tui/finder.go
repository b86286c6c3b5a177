package tui

import "strings"

// finder is a list that is searched by typing: digits choose, letters look for a
// part of a name, arrows move the mark. Keys go in, pictures come out.
type finder struct {
	n      int
	name   func(i int) string // all that an entry can be found by, in every language
	filter string
	cursor int
}

const (
	listPage = 9   // entries of a page of the list: as many as there are digits
	typeBack = '-' // Esc for those who type lines, or have only digits
	typeMore = '+' // the next page of the list, for the same
)

func newFinder(n int, name func(i int) string) finder { return finder{n: n, name: name} }

// takes tells whether a key that every page has is the list's own.
func (f *finder) takes(k key) bool {
	return k > '0' && k <= '~' || k == ' ' || k >= keyUp && k <= keyEnd
}

// key is a key on the list: it opens an entry, or else gives -1. Left tells that the
// list is left.
func (f *finder) key(k key) (open int, left bool) {
	found := f.found()
	first := f.cursor - f.cursor%listPage
	move := func(to int) { f.cursor = max(0, min(to, len(found)-1)) }
	at := -1
	switch back := k == keyBack || k == typeBack; {
	case back && f.filter != "":
		f.look("")
	case back:
		return -1, true
	case k == keyEnter:
		at = f.cursor
	case k == keyUp:
		move(f.cursor - 1)
	case k == keyDown:
		move(f.cursor + 1)
	case k == keyPageUp:
		move(first - listPage)
	case k == keyPageDown:
		move(first + listPage)
	case k == typeMore && first+listPage < len(found):
		f.cursor = first + listPage
	case k == keyHome, k == typeMore:
		f.cursor = 0
	case k == keyEnd:
		move(len(found))
	case k >= '1' && k <= '9':
		at = first + int(k-'1')
	case k >= ' ' && k <= '~' && k != '0':
		f.look(f.filter + string(rune(k)))
	}
	if at < 0 || at >= len(found) {
		return -1, false
	}
	return found[at], false
}

// look looks for a part of a name.
func (f *finder) look(part string) { f.filter, f.cursor = part, 0 }

// found are the entries whose name has the part that was typed, whatever its accents.
func (f *finder) found() (out []int) {
	fold := func(s string) string { return strings.ToLower(LettersASCII.spell(strings.ReplaceAll(s, nbsp, " "))) }
	part := strings.TrimSpace(fold(f.filter))
	for i := range f.n {
		if strings.Contains(fold(f.name(i)), part) {
			out = append(out, i)
		}
	}
	return out
}

// listed are the entries of the page of the list that the mark is on.
func (f *finder) listed() (found []int, first int) {
	found = f.found()
	first = f.cursor - f.cursor%listPage
	return found[first:min(first+listPage, len(found))], first
}

// counted says which entries are shown, of how many.
func (f *finder) counted(ws *words, first, shown int) string {
	if shown == 0 {
		return ""
	}
	return ws.listCount(first+1, first+shown, len(f.found()))
}

// rows is the list, by its titles; none says that nothing was found.
func (f *finder) rows(ws *words, none string, title func(i int) string, k Look, w int) []line {
	shown, first := f.listed()
	head := text(ws.lookFor + ws.colon + f.filter + "_")
	rows := []line{ends(head, text(f.counted(ws, first, len(shown))), w)}
	for i, n := range shown {
		key, mark, st := key('1'+i), " ", plain
		if first+i == f.cursor {
			mark, st = ">", reverse
		}
		row := cut(k.Clean(title(n)), max(0, w-6))
		rows = append(rows, line{{mark, plain}, {"[" + string(key) + "]", chip.on(key)}, {" ", plain}, {row, st.on(key)}})
	}
	if len(shown) == 0 {
		rows = append(rows, hang(nil, 1, none, plain, w)...)
	}
	return rows
}

// plain is the same as sentences.
func (f *finder) plain(out *sentences, ws *words, none string, title func(i int) string) {
	shown, first := f.listed()
	for i, n := range shown {
		out.add(numberOf(i) + title(n))
	}
	if len(shown) == 0 {
		out.add(none)
	} else {
		out.add(f.counted(ws, first, len(shown)) + ".")
	}
	out.add(ws.typeList)
}
