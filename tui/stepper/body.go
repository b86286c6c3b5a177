package stepper

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/tui"
)

// Widths of the columns of a card, in cells.
const (
	nameWidth = 11 // money, if asked
	markWidth = 11 // - recorded
	edge      = 1
	divider   = 2   // between two columns
	wideFrom  = 120 // from this width on the sides stand beside each other
	leastText = 10  // of a column; what is wider than the terminal is cut there
	nbsp      = "\u00a0"
)

// sheet writes parts as rows of tagged text for tview.
type sheet struct {
	look        tui.Look
	width       int
	left, right []string // right is empty where the sides stand below each other
}

func (s *sheet) wide() bool { return s.width >= wideFrom }

// text is the width that is left for words.
func (s *sheet) text() int {
	if s.wide() {
		return (s.width - edge - nameWidth - 2*markWidth - divider) / 2
	}
	return max(s.width-edge-nameWidth-markWidth, leastText)
}

// split is where the right column begins.
func (s *sheet) split() int { return edge + nameWidth + markWidth + s.text() }

// parts writes all of them: what is the same once, or on both sides of a wide sheet.
func (s *sheet) parts(parts []replay.Part) {
	decision := false
	for _, p := range parts {
		if p.Decision && !decision {
			decision = true
			s.add([]string{"", strong(" decision")}, nil)
		}
		was, is := " ", " "
		wasWord, isWord := "", ""
		if p.Differs {
			was, wasWord, is, isWord = "-", "recorded", "+", "new"
		}
		left := s.column(p.Name, was, wasWord, p.Recorded)
		switch {
		case s.wide():
			s.add(left, s.column("", is, isWord, p.New))
		case p.Differs:
			s.add(append(left, s.column("", is, isWord, p.New)...), nil)
		default:
			s.add(left, nil)
		}
	}
}

// add puts rows below what is there, and keeps the columns level.
func (s *sheet) add(left, right []string) {
	s.left, s.right = append(s.left, left...), append(s.right, right...)
	if !s.wide() {
		return
	}
	for len(s.left) < len(s.right) {
		s.left = append(s.left, "")
	}
	for len(s.right) < len(s.left) {
		s.right = append(s.right, "")
	}
}

// column writes one side of a part: a name, its mark, and the words. The mark's
// sign stands on every row of what differs.
func (s *sheet) column(name, sign, word string, phrases []replay.Phrase) (rows []string) {
	var words []marked
	for _, p := range phrases {
		for _, w := range strings.Split(s.look.Clean(p.Text), " ") {
			words = append(words, marked{w, p.Differs})
		}
	}
	if phrases == nil {
		words = []marked{{"(none)", false}}
	}
	lead := edge + nameWidth
	if s.wide() && name == "" {
		lead = 0 // the right column has the names at its left
	}
	head := pad(strings.Repeat(" ", min(lead, edge))+name, lead)
	mark := pad(sign+" "+word, markWidth)
	for _, row := range wrapped(words, s.text()) {
		rows = append(rows, escape(head)+strong(mark)+tagged(row))
		head, mark = pad("", lead), pad(sign, markWidth)
	}
	return rows
}

// note writes a sentence that is none of the card's.
func (s *sheet) note(text string) {
	width := s.width
	if s.wide() {
		width = s.split()
	}
	s.add(append(plainRows(s.look, text, width), ""), nil)
}

// plainRows writes a line of text as rows. Those that follow are indented as it
// is and two more, or to where its second column begins, behind three spaces.
func plainRows(look tui.Look, text string, width int) (rows []string) {
	text = look.Clean(text)
	indent := len(text) - len(strings.TrimLeft(text, " "))
	hang, first := indent+2, ""
	if i := strings.LastIndex(text, "   "); i > indent && i+3 < width/2 {
		hang, first = i+3, text[indent:i+3]
	}
	var words []marked
	for _, w := range strings.Split(text[indent+len(first):], " ") {
		words = append(words, marked{w, false})
	}
	lead := strings.Repeat(" ", edge+indent) + escape(first)
	for _, row := range wrapped(words, max(width-edge-hang, leastText)) {
		rows = append(rows, lead+tagged(row))
		lead = strings.Repeat(" ", edge+hang)
	}
	return rows
}

// marked is a word, and whether it is one that differs.
type marked struct {
	text    string
	differs bool
}

// wrapped breaks words into rows of at most width cells. A word that is longer is cut.
func wrapped(words []marked, width int) (rows [][]marked) {
	var row []marked
	used := 0
	for _, w := range words {
		n := cells(w.text)
		if len(row) > 0 && used+1+n > width {
			rows, row, used = append(rows, row), nil, 0
		}
		for n > width {
			head := cut(w.text, width)
			if head == "" {
				break // one glyph wider than the row
			}
			rows = append(rows, []marked{{head, w.differs}})
			w.text = w.text[len(head):]
			n = cells(w.text)
		}
		if len(row) > 0 {
			used++
		}
		row, used = append(row, w), used+n
	}
	return append(rows, row)
}

// Tags around words that differ: bold and underlined, which shows without a
// colour. [::-] would leave the underline on.
const (
	markOn  = "[::bu]"
	markOff = "[::BU]"
)

// tagged joins a row's words, with tags around those that differ.
func tagged(row []marked) string {
	var b strings.Builder
	differs := false
	for i, w := range row {
		if differs && !w.differs {
			b.WriteString(markOff)
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		if w.differs && !differs {
			b.WriteString(markOn)
		}
		differs = w.differs
		b.WriteString(escape(w.text))
	}
	if differs {
		b.WriteString(markOff)
	}
	return b.String()
}

func strong(s string) string { return "[::b]" + escape(s) + "[::-]" }

// escape has tview take no text for a tag: an empty tag behind each bracket
// leaves none whole. (tview.Escape knows colours and regions, but not links: [:::é].)
// A no-break space is drawn as a space: not every font has it.
func escape(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "[", "[[::]"), nbsp, " ")
}

func cells(s string) int { return uniseg.StringWidth(s) }

func pad(s string, w int) string { return s + strings.Repeat(" ", max(w-cells(s), 0)) }

// cut gives as much of the beginning of s as fits in width cells.
func cut(s string, width int) string {
	used, rest, state := 0, s, -1
	for rest != "" {
		_, next, w, after := uniseg.FirstGraphemeClusterInString(rest, state)
		if used+w > width {
			break
		}
		used, rest, state = used+w, next, after
	}
	return s[:len(s)-len(rest)]
}
