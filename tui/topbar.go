package tui

import (
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

// lineState is what the last answer tells about the line to Flexiti.
type lineState uint8

const (
	lineReady   lineState = iota // nothing asked yet
	lineAnswers                  // the last exchange had a reply
	lineNoReply                  // it had none
)

func lineOf(d plugin.Decision) lineState {
	if d.Matched.By == "no_reply" {
		return lineNoReply
	}
	return lineAnswers
}

func (l lineState) word(ws *words) string {
	switch l {
	case lineAnswers:
		return ws.online
	case lineNoReply:
		return ws.noReply
	}
	return ws.ready
}

// topBar is the one row above a card. What does not fit goes from the left's
// end: the amount first, then the sale.
func topBar(v cardView, ws *words, w int, k Look) []line {
	c := v.card
	right := ws.code
	if t := clock(c.At, c.UTCOffsetMin, c.Prompt.Locale); t != "" {
		right += "   " + t
	}
	if v.toSettle > 0 {
		right = ws.toSettle + nbsp + strconv.Itoa(v.toSettle) + "   " + right
	}
	right = v.line.word(ws) + "   " + right
	parts := []string{"FLEXITI"}
	if c.Display.Lane != "" {
		parts = append(parts, ws.lane+nbsp+c.Display.Lane)
	}
	if s := c.saleName(); s != "" {
		parts = append(parts, ws.sale+nbsp+s)
	}
	if c.Display.Amount != "" {
		parts = append(parts, amount(c.Display.Amount, c.Prompt.Locale))
	}
	return []line{barRow(parts, right, w, k)}
}

// barRow joins parts with gaps, dropping the last ones that leave no room for right.
func barRow(parts []string, right string, w int, k Look) line {
	left := line{{k.spell(parts[0]), strong}}
	for _, p := range parts[1:] {
		p = k.spell(p)
		if left.width()+3+cells(p)+2+cells(right)+2 > w {
			break
		}
		left = append(left, span{"   " + p, plain})
	}
	return ends(left, text(right), w)
}
