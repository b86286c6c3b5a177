package stepper

import (
	"strconv"
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// Names of the pages between the bars.
const (
	pageCard  = "card"
	pageFacts = "facts"
	pageRules = "rules"
	pageHelp  = "help"
)

// view is the whole picture: bars above and below, and pages between them. What
// is on it follows from the walk at each drawing.
type view struct {
	*tview.Flex
	config Config
	leave  func()
	walk   *walk
	lang   plugin.Lang
	chosen bool // by the person: then the records do not choose it
	page   string
	tops   map[string]int // first row of each page that is scrolled
	rows   int            // of the page's text
	around int            // rows that the bars take
	asking bool           // where to go
	wrong  error          // with what was typed
	focus  func(tview.Primitive)

	bar, footer         *tview.TextView
	pages               *tview.Pages
	columns             *tview.Flex
	left, right, reader *tview.TextView
	table               *tview.Table
	input               *tview.InputField
}

func newView(c Config, leave func()) *view {
	base := baseOf(c.Look)
	fore, back, _ := base.Decompose()
	text := func() *tview.TextView {
		t := tview.NewTextView().SetDynamicColors(true).SetWrap(false).SetTextStyle(base)
		t.SetBackgroundColor(back)
		return t
	}
	v := &view{Flex: tview.NewFlex(), config: c, leave: leave, walk: newWalk(c.Steps), tops: map[string]int{}, focus: func(tview.Primitive) {},
		page: pageCard, bar: text(), footer: text(), left: text(), right: text(), reader: text(),
		pages: tview.NewPages(), columns: tview.NewFlex(), table: tview.NewTable(), input: tview.NewInputField()}
	v.table.SetSelectable(true, false).SetFixed(1, 0).SetSelectedStyle(base.Reverse(true)).SetBordersColor(fore).SetSelectedFunc(v.chooseRule).SetBackgroundColor(back)
	v.input.SetFormAttributes(0, fore, back, fore, back) // the only way to the background of what is inside
	v.input.SetLabel(" Go to: ").SetPlaceholder("17, seq 1234, 0412:1234, or part of a rule").SetLabelStyle(base.Bold(true)).SetFieldStyle(base.Underline(true)).
		SetPlaceholderStyle(base.Underline(true)).SetDoneFunc(v.asked).SetChangedFunc(func(string) { v.wrong = nil }).SetBackgroundColor(back)
	v.columns.AddItem(v.left, 0, 1, true).AddItem(v.right, 0, 1, false)
	v.pages.AddPage(pageFacts, v.reader, true, false).AddPage(pageHelp, v.reader, true, false).AddPage(pageRules, v.table, true, false).AddPage(pageCard, v.columns, true, true)
	v.SetDirection(tview.FlexRow).AddItem(v.bar, 0, 0, false).AddItem(v.pages, 0, 1, true).AddItem(v.input, 0, 0, false).AddItem(v.footer, footerRows, 0, false)
	v.turn(0)
	return v
}

// baseOf is the style of plain text: no theme of a walk says anything by colour.
func baseOf(k tui.Look) tcell.Style {
	if k.Theme == tui.ThemeContrast {
		return tcell.StyleDefault.Foreground(tcell.PaletteColor(15)).Background(tcell.PaletteColor(0))
	}
	return tcell.StyleDefault
}

// turn goes to a record, in the language in which it was recorded unless one was chosen.
func (v *view) turn(to int) {
	v.walk.at = to
	if l := v.walk.step().Locale; !v.chosen {
		v.lang = plugin.LangOf(string(l))
	}
	v.tops[pageCard], v.tops[pageFacts] = 0, 0
}

func (v *view) switchLanguage() { v.lang, v.chosen = other(v.lang), true }

func (v *view) open(page string) {
	v.page = page
	v.pages.SwitchToPage(page)
}

// ask opens the line that takes where to go.
func (v *view) ask() {
	v.asking, v.wrong = true, nil
	v.input.SetText("")
	v.focus(v.input)
}

// asked takes what was typed there.
func (v *view) asked(key tcell.Key) {
	switch key {
	case tcell.KeyEnter:
		to, err := v.walk.find(v.input.GetText())
		if v.wrong = err; err != nil {
			return
		}
		v.turn(to)
	case tcell.KeyEscape:
		v.wrong = nil
	default:
		return
	}
	v.asking = false
	v.focus(v.pages)
}

// listRules opens the list of rules, at the one of this record.
func (v *view) listRules() {
	v.table.Clear()
	row := func(at int, selectable bool, cells ...string) {
		for i, text := range cells {
			cell := tview.NewTableCell(" " + escape(v.config.Look.Clean(text)) + " ").SetSelectable(selectable).SetStyle(baseOf(v.config.Look).Bold(!selectable))
			if i < len(cells)-1 {
				cell.SetAlign(tview.AlignRight)
			} else {
				cell.SetExpansion(1)
			}
			v.table.SetCell(at, i, cell)
		}
	}
	row(0, false, "changed", "records", "rule")
	changed := 0
	v.table.Select(1, 0)
	for i, r := range v.walk.rules() {
		row(i+2, true, strconv.Itoa(r.changed), strconv.Itoa(r.records), ruleName(r.rule))
		changed += r.changed
		if r.rule == v.walk.step().Rule {
			v.table.Select(i+2, 0)
		}
	}
	row(1, true, strconv.Itoa(changed), strconv.Itoa(len(v.walk.steps)), "all rules")
	v.open(pageRules)
}

func (v *view) chooseRule(row, _ int) {
	if row < 2 {
		v.walk.all()
	} else {
		v.walk.only(v.walk.rules()[row-2].rule)
	}
	v.turn(v.walk.at)
	v.open(pageCard)
}

// InputHandler implements tview.Primitive. No key is a card's.
func (v *view) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return v.WrapInputHandler(func(ev *tcell.EventKey, focus func(tview.Primitive)) {
		v.focus = focus
		if v.asking {
			v.input.InputHandler()(ev, focus)
			return
		}
		for _, b := range v.bindings() {
			if b.has(ev) {
				b.do()
				return
			}
		}
		if v.page == pageRules {
			v.table.InputHandler()(ev, focus)
		}
	})
}

// Draw implements tview.Primitive.
func (v *view) Draw(screen tcell.Screen) {
	_, _, w, _ := v.GetRect()
	v.fill(w)
	v.Flex.Draw(screen)
}

// fill gives the bars and the page their text.
func (v *view) fill(w int) {
	top, ask := v.topRows(w), 0
	if v.asking {
		ask = 1
	}
	v.around = len(top) + ask + footerRows
	v.ResizeItem(v.bar, len(top), 0)
	v.ResizeItem(v.input, ask, 0)
	v.bar.SetText(strings.Join(top, "\n"))
	switch v.page {
	case pageCard:
		v.fillCard(w)
	case pageFacts:
		v.fillReader(v.factLines(), w)
	case pageHelp:
		v.fillReader(helpText, w)
	}
	v.footer.SetText(v.keyRows(w))
}

func (v *view) fillCard(w int) {
	s := v.card(w)
	v.rows = len(s.left)
	v.left.SetText(strings.Join(s.left, "\n")).ScrollTo(v.top(), 0)
	if !s.wide() {
		v.columns.ResizeItem(v.left, 0, 1).ResizeItem(v.right, 0, 0)
		return
	}
	for len(s.right) < v.bodyHeight() { // the line between the columns goes down to the bar
		s.right = append(s.right, "")
	}
	v.columns.ResizeItem(v.left, s.split(), 0).ResizeItem(v.right, 0, 1)
	v.right.SetText("| "+strings.Join(s.right, "\n| ")).ScrollTo(v.top(), 0)
}

func (v *view) fillReader(lines []string, w int) {
	var rows []string
	for _, line := range lines {
		rows = append(rows, plainRows(v.config.Look, line, w)...)
	}
	v.rows = len(rows)
	v.reader.SetText(strings.Join(rows, "\n")).ScrollTo(v.top(), 0)
}

func (v *view) bodyHeight() int {
	_, _, _, h := v.GetRect()
	return max(h-v.around, 0)
}

// last is the lowest row that can stand at the top.
func (v *view) last() int { return max(v.rows-v.bodyHeight(), 0) }

// top is the row that stands there.
func (v *view) top() int { return min(v.tops[v.page], v.last()) }
