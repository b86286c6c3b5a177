package tui

import "slices"

const (
	wideWidth, wideHeight = 100, 30 // from this size on there is a rail at the right
	railMin, railMax      = 34, 48
)

// widePage is a card with a rail beside it. Nothing on the rail is needed to
// act, and it tells nothing that a discreet card keeps behind the details.
func (m *model) widePage(v cardView, w, h int) []line {
	rail := max(railMin, min(w-81, railMax))
	left := w - rail - 1
	rows := layoutCard(v, left, h, m.look)
	side := crop(m.railRows(v, rail), rail, m.look)
	for i := range rows {
		gap := max(0, left-rows[i].width()) + 1
		if i < len(side) {
			rows[i] = append(append(rows[i], span{pad("", gap), plain}), side[i]...)
		}
	}
	return rows
}

func (m *model) railRows(v cardView, w int) (rows []line) {
	ws := wordsOf(v.card.Prompt.Locale)
	head := func(s string) { rows = append(rows, nil, styled(" "+s, strong)) }
	row := func(e *entry, sale bool) {
		c := e.in(m.lang)
		s := " " + pad(clock(c.At, c.UTCOffsetMin, v.card.Prompt.Locale), 8)
		if sale {
			s += pad(cut(m.look.spell(saleName(c)), 10), 11)
		}
		s += pad(sign(c.Decision), 5)
		if banner := m.look.spell(c.Prompt.Banner); cells(s+banner) <= w {
			s += banner
		}
		rows = append(rows, text(s))
	}
	head(ws.thisSale)
	var sale, others []*entry
	for _, e := range slices.Backward(m.entries) {
		if e.card.SaleID == v.card.SaleID {
			sale = append(sale, e)
		} else if len(others) < 5 {
			others = append(others, e)
		}
	}
	for _, e := range slices.Backward(sale[:min(len(sale), 8)]) {
		row(e, false)
	}
	if why := m.look.spell(v.card.Prompt.Why); why != "" && !m.discreet() {
		head(ws.why)
		rows = append(rows, hang(nil, 1, why, plain, w)...)
	}
	if len(others) > 0 {
		head(ws.before)
	}
	for _, e := range others {
		row(e, true)
	}
	return rows
}
