package tui

import (
	"slices"
	"strings"
)

// Layout is pure: content, size and look in, rows out. A picture is made of
// blocks. Each has its natural rows, the rows kept for it as far as there is room
// (so that zones do not move), and a rank: when the picture is too tall, blocks
// shrink to their short form or go, lowest rank first. What has no rank stays.

type block struct {
	rows  []line
	keep  int    // rows reserved, the first block first
	short []line // what it shrinks to, at rank shrinkAt
	// ranks at which the block shrinks and goes; 0: never
	shrinkAt, dropAt int
}

const lastRank = 6

// fit stacks blocks into h rows, giving up what may go, and tells whether they then
// fit; the last of them stand at the bottom edge.
func fit(blocks []block, foot, h int) (rows []line, fits bool) {
	kept := slices.Clone(blocks)
	total := height(kept)
	for i, b := range kept {
		rows := slices.Clip(b.rows)
		for len(rows) < b.keep && total < h {
			rows = append(rows, nil)
			total++
		}
		kept[i].rows = rows
	}
	for rank := 1; rank <= lastRank && total > h; rank++ {
		for i, b := range kept {
			kept[i].rows = b.at(rank)
		}
		total = height(kept)
	}
	edge := len(kept) - foot
	rows = stack(kept[:edge], 0)
	rows = append(rows, make([]line, max(0, h-total))...)
	return append(rows, stack(kept[edge:], 0)...), total <= h
}

// at is what is left of a block at a rank.
func (b block) at(rank int) []line {
	switch rank {
	case b.shrinkAt:
		return b.short
	case b.dropAt:
		return nil
	}
	return b.rows
}

// stack gives the rows of blocks, after all ranks up to one.
func stack(blocks []block, rank int) (rows []line) {
	for _, b := range blocks {
		for r := 1; r <= rank; r++ {
			b.rows = b.at(r)
		}
		rows = append(rows, b.rows...)
	}
	return rows
}

// height is how many rows blocks have by themselves.
func height(blocks []block) (n int) {
	for _, b := range blocks {
		n += len(b.rows)
	}
	return n
}

// ends puts left and right at the two edges of a row, one cell in. Where both
// do not fit, right goes.
func ends(left, right line, w int) line {
	gap := w - 2 - left.width() - right.width()
	if len(right) == 0 || gap < 2 {
		return append(line{{" ", plain}}, left...)
	}
	out := append(line{{" ", plain}}, left...)
	return append(append(out, span{strings.Repeat(" ", gap), plain}), right...)
}

// hang wraps s behind a head: the head stands on the first row, and the rows
// below it are indented to where the text begins.
func hang(head line, indent int, s string, st style, w int) []line {
	var out []line
	for _, row := range wrap(s, w-indent-1) {
		l := line{{strings.Repeat(" ", indent), plain}}
		if len(out) == 0 {
			l = append(append(line{}, head...), span{strings.Repeat(" ", max(0, indent-head.width())), plain})
		}
		out = append(out, append(l, span{row, st}))
	}
	return out
}

// crop cuts rows at the right edge, as a last resort, and fills reversed ones
// up to it. The screen's own words are spelled here: their spelling is no longer
// than they are.
func crop(rows []line, w int, k Look) []line {
	out := make([]line, len(rows))
	for i, row := range rows {
		left := w
		for _, s := range row {
			whole := k.Letters.spell(s.text)
			t := cut(whole, left)
			left -= cells(t)
			if t != "" {
				out[i] = append(out[i], span{t, s.style})
			}
			if len(t) < len(whole) {
				break
			}
		}
		if n := len(row); n > 0 && row[n-1].style.reverse && left > 0 {
			out[i] = append(out[i], span{strings.Repeat(" ", left), row[n-1].style})
		}
	}
	return out
}

// Clean makes a text from anywhere fit to be drawn: on one row, with nothing in it that
// steers the terminal, in the letters that there are.
func (k Look) Clean(s string) string { return k.Letters.spell(clean(s)) }
