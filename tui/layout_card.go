package tui

import (
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// cardView is a card and what the screen knows around it.
type cardView struct {
	card    host.Card
	timing  string // at the banner's right end: what is left of a pause, that it is over, or how long it has been waited
	first   keyState
	chosen  int    // key of the action that was chosen; 0: none yet
	note    string // what the last key led to
	toCheck int    // sales whose money is in doubt
	line    lineState
	touch   bool // for fingers: a free row below each action, where there is room
}

// keyState is how the first action stands out.
type keyState uint8

const (
	keyFirst keyState = iota // the one that is advised
	keyWaits                 // not yet: its pause is not over
	keyDue                   // now: it is over
)

// styles of the first action's key and of its text.
func (s keyState) styles() (key, text style) {
	switch s {
	case keyWaits:
		return plain, plain
	case keyDue:
		return style{bold: true, reverse: true}, strong
	}
	return strong, strong
}

const (
	narrow = 60 // below this width a card is compact
	airy   = 30 // from this height on it has blank rows between its zones
)

// layoutCard is the main picture.
func layoutCard(v cardView, w, h int, k Look) []line {
	blocks := cardBlocks(v, w, h, k, false)
	if v.touch {
		if spaced := cardBlocks(v, w, h, k, true); height(spaced) <= h {
			blocks = spaced
		}
	}
	return crop(fit(blocks, 2, h), w, k)
}

// cardBlocks are a card's zones. The ranks say what goes first when room is short.
func cardBlocks(v cardView, w, h int, k Look, spaced bool) []block {
	p, d := spellPrompt(v.card.Prompt, k), v.card.Decision
	ws := wordsOf(v.card.Prompt.Locale)
	compact := w < narrow
	blank := block{keep: 0}
	if h >= airy {
		blank = block{rows: []line{nil}, dropAt: 1}
	}
	family := style{bold: true, reverse: true, colour: familyColour(d.Family)}
	bannerLeft := line{{sign(d) + " " + p.Banner, family}}
	banner := ends(bannerLeft, line{{bannerRight(v, ws, compact), family}}, w)
	for i := range banner {
		banner[i].style = family
	}
	bannerRows := []line{banner}
	if h >= airy {
		edge := styled(" ", family)
		bannerRows = []line{edge, banner, edge}
	}
	indent := 5
	if compact {
		indent = 1
	}
	headline := hang(nil, indent, p.Headline, strong, w)
	money := hang(styled(" "+moneySign(d.Money), strong), 5, p.Money, strong, w)
	first, others, labels := actionRows(v, p, w)
	zone := func(head, s string) []line { return zoneRows(ws, head, s, w) }
	doNow := ends(styled(ws.doNow, strong), styled(v.note, strong), w)
	who := ends(line{{pad(ws.who, gutter(ws)-1), strong}, {p.Owner, plain}}, line{{ws.ref + "  ", strong}, {p.Ref, plain}}, w)
	// Below the owner; a long one begins further left, so as to stay on one row.
	contact := hang(nil, max(indent, min(gutter(ws), w-1-cells(p.Contact))), p.Contact, plain, w)
	if spaced {
		first, others = apart(first, w), apart(others, w)
	}
	blocks := []block{
		{rows: topBar(v, ws, w, k), dropAt: 8},
		{rows: []line{rule("═", w, k)}, dropAt: 3},
		{rows: bannerRows, shrinkAt: 1, short: []line{banner}},
		{rows: headline, short: headline[:min(1, len(headline))], shrinkAt: 17, dropAt: 20},
		{rows: fieldRows(ws, p, w, 3), short: fieldRows(ws, p, w, 1), shrinkAt: 8, dropAt: 11},
		{rows: money, dropAt: 21},
		{rows: hang(nil, indent, p.Retry, plain, w), keep: 1, dropAt: 14},
		{rows: hang(nil, indent, p.Never, strong, w), keep: 1, dropAt: 12},
		{rows: []line{rule("─", w, k)}, dropAt: 2},
		blank,
		{rows: []line{doNow}, dropAt: 5},
		{rows: first, keep: 1, short: labels[:min(1, len(labels))], shrinkAt: 13},
		{rows: others, keep: 3, short: packed(labels, w), shrinkAt: 10, dropAt: 18},
		{rows: []line{nil}, dropAt: 1},
		{rows: zone(ws.say, ws.quoted(p.Say)), keep: 3, dropAt: 9},
		blank,
		{rows: zone(ws.ifAsked, ws.quoted(p.IfAsked)), keep: 3, dropAt: 6},
		blank,
		{rows: []line{who}, dropAt: 7},
		{rows: contact, keep: 1, dropAt: 4},
		{rows: []line{rule("─", w, k)}, dropAt: 2},
		{rows: []line{keyRow(cardKeys, ws, w)}, short: []line{keyRow(cardKeys[:1], ws, w)}, shrinkAt: 16, dropAt: 19},
	}
	if compact { // its time and language stand beside the banner
		blocks[0].rows, blocks[1].rows = nil, nil
	}
	return blocks
}

// bannerRight is what stands at the banner's right end.
func bannerRight(v cardView, ws *words, compact bool) string {
	if v.timing != "" {
		return v.timing
	}
	if compact {
		if v.note != "" {
			return v.note
		}
		return v.card.Prompt.Ref + " " + ws.code
	}
	return ""
}

// actionRows gives the first action, the others, and all of them by label only.
func actionRows(v cardView, p plugin.Prompt, w int) (first, others, labels []line) {
	for i, a := range p.Actions {
		if i == 4 {
			break
		}
		keySt, st := strong, plain
		if i == 0 {
			keySt, st = v.first.styles()
		}
		if v.chosen == i+1 {
			st = reverse
		}
		pressed := key('1' + i)
		st = st.on(pressed)
		head := line{{" ", plain}, {"[" + strconv.Itoa(i+1) + "]", keySt.on(pressed)}}
		rows := hang(head, 5, a.Text, st, w)
		if i == 0 {
			first = rows
		} else {
			others = append(others, rows...)
		}
		labels = append(labels, append(head, span{" ", plain}, span{a.Label, st}))
	}
	return first, others, labels
}

// apart sets actions a row apart. The row between belongs to the action above
// it, so that a finger finds it.
func apart(rows []line, w int) (out []line) {
	keyOf := func(i int) key { return rows[i][len(rows[i])-1].style.key }
	for i, row := range rows {
		out = append(out, row)
		if i+1 == len(rows) || keyOf(i+1) != keyOf(i) {
			out = append(out, styled(pad("", w), plain.on(keyOf(i))))
		}
	}
	return out
}

// packed puts the labels of all actions but the first as many to a row as fit.
func packed(labels []line, w int) (rows []line) {
	for i := 1; i < len(labels); i++ {
		if n := len(rows); n > 0 && rows[n-1].width()+1+labels[i].width() < w {
			rows[n-1] = append(append(rows[n-1], span{" ", plain}), labels[i]...)
			continue
		}
		rows = append(rows, labels[i])
	}
	return rows
}

// zoneRows is a heading in the left column with its text beside it; in a
// compact card the text begins on the heading's row and goes on below it.
func zoneRows(ws *words, head, s string, w int) []line {
	if s == "" {
		return nil
	}
	if w >= narrow {
		return hang(line{{" " + head, strong}}, gutter(ws), s, plain, w)
	}
	rows := hang(nil, 1, head+" "+s, plain, w)
	if len(rows) > 0 && strings.HasPrefix(rows[0][1].text, head) {
		rest := rows[0][1].text[len(head):]
		rows[0] = line{rows[0][0], {head, strong}, {rest, plain}}
	}
	return rows
}

// fieldRows lists the inputs to correct, as many as so many rows take; the rest are counted.
func fieldRows(ws *words, p plugin.Prompt, w, room int) []line {
	for n := len(p.Fields); n > 0; n-- {
		parts := make([]string, 0, n+1)
		for _, f := range p.Fields[:n] {
			parts = append(parts, strings.ReplaceAll(fieldText(f, p.Locale), " ", nbsp))
		}
		if left := len(p.Fields) - n; left > 0 {
			parts = append(parts, strings.ReplaceAll("+"+strconv.Itoa(left)+" "+ws.more, " ", nbsp))
		}
		if rows := zoneRows(ws, ws.fields, strings.Join(parts, "; "), w); len(rows) <= room || n == 1 {
			return rows[:min(len(rows), room)]
		}
	}
	return nil
}

// fieldText is one input and what is wrong with it.
func fieldText(f plugin.PromptField, l plugin.Lang) string {
	if f.Problem == "" {
		return f.Label
	}
	return f.Label + wordsOf(l).colon + f.Problem
}

// gutter is the width of the column of headings.
func gutter(ws *words) int {
	return max(cells(ws.say), cells(ws.ifAsked), cells(ws.who), cells(ws.fields)) + 3
}

func pad(s string, w int) string { return s + strings.Repeat(" ", max(0, w-cells(s))) }

// spellPrompt makes every text of a prompt fit the look, before it is measured.
func spellPrompt(p plugin.Prompt, k Look) plugin.Prompt {
	for _, s := range []*string{&p.Ref, &p.Banner, &p.Headline, &p.Money, &p.Retry, &p.Never, &p.Say, &p.IfAsked, &p.Owner, &p.Why, &p.Contact} {
		*s = k.spell(*s)
	}
	p.Actions = append([]plugin.PromptAct(nil), p.Actions...)
	for i, a := range p.Actions {
		p.Actions[i] = plugin.PromptAct{Label: k.spell(a.Label), Text: k.spell(a.Text)}
	}
	p.Fields = append([]plugin.PromptField(nil), p.Fields...)
	for i, f := range p.Fields {
		p.Fields[i] = plugin.PromptField{Param: k.spell(f.Param), Label: k.spell(f.Label), Problem: k.spell(f.Problem)}
	}
	return p
}
