package tui

import (
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// cardView is a card and what the screen knows around it.
type cardView struct {
	card   host.Card
	timing string // at the banner's right end: what is left of a pause, that it is over, or how long it has been waited
	waits  bool   // the first action's pause is not over
	chosen int    // key of the action that was chosen; 0: none yet
	note   string // what the last key led to
	doubts bool   // a bar of sales in doubt stands above
	touch  bool   // for fingers: a free row below each action, where there is room
	top    int    // rows scrolled past
	blur   bool   // keys go elsewhere: in a POS's application another has the focus
}

const (
	narrow = 60 // below this width a card is compact
	low    = 19 // and below this height
	tall   = 28 // and from this one on it ends above the bottom edge: what belongs together stays so
	airy   = 27 // from this height on it has a taller banner and a blank row between all its zones
)

// placed is a card in its place.
type placed struct {
	rows   []line
	unseen map[key]bool // keys of actions that are not in sight, or not wholly
	long   bool         // there is more above or below
	top    int          // rows scrolled past: as many as there are
}

// zones are a card's blocks: what stays on top, what may scroll, and what stands at
// the bottom edge where there is room.
type zones struct{ top, body, foot []block }

// layoutCard is the main picture. Where it does not fit it gives up, in this order,
// blank rows, the taller banner and long lists of fields; what is still too much scrolls
// below the banner and the money, and a key whose action is not wholly in sight is unseen.
func layoutCard(v cardView, w, h int, k Look) placed {
	z := cardZones(v, w, h, k, v.touch)
	if v.touch && z.height() > h {
		z = cardZones(v, w, h, k, false)
	}
	blocks := append(append(append([]block{}, z.top...), z.body...), z.foot...)
	if rows, fits := fit(blocks, len(z.foot), min(h, max(tall, height(blocks)))); fits {
		return placed{rows: crop(rows, w, k), unseen: unseenOf(rows, rows)}
	}
	top := stack(z.top, lastRank)
	top = top[:min(len(top), max(h-1, 1))]
	rest := append(stack(z.body, lastRank), stack(z.foot, lastRank)...)
	room := max(h-len(top), 0)
	out := placed{long: true, top: max(0, min(v.top, len(rest)-room))}
	seen := rest[out.top:min(len(rest), out.top+room)]
	out.unseen = unseenOf(rest, seen)
	out.rows = crop(append(top, seen...), w, k)
	return out
}

// unseenOf are the keys of actions of which not every row is seen.
func unseenOf(rows, seen []line) map[key]bool {
	out := map[key]bool{}
	for k := key('1'); k <= '4'; k++ {
		n := countKey(seen, k)
		out[k] = n == 0 || n != countKey(rows, k)
	}
	return out
}

func (z zones) height() int { return height(z.top) + height(z.body) + height(z.foot) }

// countKey is on how many rows something presses a key.
func countKey(rows []line, k key) (n int) {
	for _, row := range rows {
		for _, s := range row {
			if s.style.key == k {
				n++
				break
			}
		}
	}
	return n
}

func cardZones(v cardView, w, h int, k Look, spaced bool) zones {
	p, d := spellPrompt(v.card.Prompt, k), v.card.Decision
	ws := wordsOf(p.Locale)
	family := style{bold: true, reverse: true, colour: familyColour(d.Family)}
	right := v.timing
	small := w < narrow || h < low
	if right == "" && small {
		right = v.note
	}
	banner := ends(line{{Sign(d) + " " + p.Banner, family}}, line{{right, family}}, w)
	for i := range banner {
		banner[i].style = family
	}
	who := ends(line{{pad(ws.who, gutter(ws)-1), strong}, {p.Owner, plain}}, line{{ws.ref + "  ", strong}, {p.Ref, plain}}, w)
	// Below the owner; a long one begins further left, so as to stay on one row.
	contact := hang(nil, max(1, min(gutter(ws), w-1-cells(p.Contact))), p.Contact, plain, w)
	if small {
		return smallZones(v, p, ws, banner, who, contact, w, h, k)
	}
	first, others, _ := actionRows(v, p, w)
	if spaced {
		first, others = apart(first, w), apart(others, w)
	}
	headline := hang(nil, 5, p.Headline, family, w)
	for _, row := range headline {
		row[0].style = family
	}
	// The banner's upper edge stands where the bar of a sale in doubt stands otherwise,
	// so that nothing moves when one comes.
	var gap, edge, lower block
	if band := styled(" ", family); h >= airy {
		gap, edge, lower = block{rows: []line{nil}, dropAt: 5}, block{rows: []line{band}, dropAt: 1}, block{rows: []line{band}, dropAt: 1}
	} else if !v.doubts {
		edge = block{rows: []line{band}, dropAt: 5}
	}
	if v.doubts {
		gap.rows = nil
	}
	between := func(at int) block { return block{rows: []line{nil}, dropAt: at} }
	return zones{top: []block{
		gap,
		edge,
		{rows: []line{banner}},
		{rows: headline},
		lower,
		{rows: fieldRows(ws, p, w, 3), short: fieldRows(ws, p, w, 1), shrinkAt: 6},
		between(4),
		{rows: moneyRows(v, p, family, w, k)},
	}, body: []block{
		{rows: hang(nil, 5, p.Retry, plain, w), keep: 1},
		{rows: hang(nil, 5, p.Never, strong, w), keep: 1},
		between(3),
		{rows: []line{ends(styled(ws.doNow, strong), styled(v.note, strong), w)}},
		{rows: first, keep: 1},
		{rows: others, keep: 3},
		between(2),
		{rows: zoneRows(ws, ws.say, ws.quoted(p.Say), w), keep: 2},
		{rows: zoneRows(ws, ws.ifAsked, ws.quoted(p.IfAsked), w), keep: 1},
	}, foot: []block{
		between(1),
		{rows: []line{who}},
		{rows: contact, keep: 1},
	}}
}

// smallZones are those of a narrow or low terminal: what is needed to act stands
// first, with the actions' labels where their texts do not fit.
func smallZones(v cardView, p plugin.Prompt, ws *words, banner, who line, contact []line, w, h int, k Look) zones {
	family := style{bold: true, reverse: true, colour: familyColour(v.card.Decision.Family)}
	head := hang(nil, 1, p.Headline, strong, w)
	top := []block{{rows: []line{banner}}, {rows: head[:min(len(head), 2)]}, {rows: moneyRows(v, p, family, w, k)[:1]}}
	switch { // so that the first action is in sight at any height
	case h < 3:
		top = top[:1]
	case h < 4:
		top = []block{top[0], top[2]}
	case h < 8:
		top[1].rows = head[:min(len(head), 1)]
	}
	first, others, labels := actionRows(v, p, w)
	actions := append(first, others...)
	fields, never := fieldRows(ws, p, w, 2), hang(nil, 1, p.Never, strong, w)
	if height(top)+len(fields)+len(never)+len(actions) > h {
		actions = labels
	}
	body := []block{{rows: fields}, {rows: never}, {rows: actions}}
	if height(top)+height(body) > h { // nothing may push the first action out
		body = []block{{rows: actions}, {rows: fields}, {rows: never}}
	}
	return zones{top: top, body: append(body,
		block{rows: hang(nil, 1, p.Retry, plain, w)},
		block{rows: zoneRows(ws, ws.say, ws.quoted(p.Say), w)},
		block{rows: zoneRows(ws, ws.ifAsked, ws.quoted(p.IfAsked), w)},
		block{rows: []line{who}},
		block{rows: contact},
	)}
}

// moneyRows are the money line, with the amount that it is about, in the family's colour.
func moneyRows(v cardView, p plugin.Prompt, family style, w int, k Look) []line {
	s, sum := moneyLine(v.card, p, k)
	if sum != "" && cells(s)+cells(sum)+4 <= w {
		s += "   " + sum
	}
	var rows []line
	for _, row := range wrap(s, w-2) {
		rows = append(rows, styled(" "+row+" ", family))
	}
	return append(rows, make([]line, max(0, 1-len(rows)))...)
}

// actionRows gives the first action, the others, and all of them by label only.
func actionRows(v cardView, p plugin.Prompt, w int) (first, others, labels []line) {
	for i, a := range p.Actions[:min(len(p.Actions), 4)] {
		pressed := key('1' + i)
		mark, keySt, st := " ", chip, plain
		if i == 0 {
			mark, st = ">", strong
			if v.waits {
				mark, keySt, st = " ", plain, plain
			}
		}
		if v.blur {
			mark, keySt = " ", plain
		}
		if v.chosen == i+1 {
			st = reverse
		}
		st = st.on(pressed)
		head := line{{mark, strong}, {"[" + strconv.Itoa(i+1) + "]", keySt.on(pressed)}}
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
		*s = k.Clean(*s)
	}
	p.Actions = append([]plugin.PromptAct(nil), p.Actions...)
	for i, a := range p.Actions {
		p.Actions[i] = plugin.PromptAct{Label: k.Clean(a.Label), Text: k.Clean(a.Text)}
	}
	p.Fields = append([]plugin.PromptField(nil), p.Fields...)
	for i, f := range p.Fields {
		p.Fields[i] = plugin.PromptField{Param: k.Clean(f.Param), Label: k.Clean(f.Label), Problem: k.Clean(f.Problem)}
	}
	return p
}
