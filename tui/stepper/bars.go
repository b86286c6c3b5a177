package stepper

import (
	"fmt"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/plugin"
)

const footerRows = 2

var languages = map[plugin.Lang]string{plugin.English: "English", plugin.French: "French"}

func other(l plugin.Lang) plugin.Lang {
	if l == plugin.French {
		return plugin.English
	}
	return plugin.French
}

// topRows says what is looked at: where in the walk, which rule, in whose words.
func (v *view) topRows(w int) []string {
	s, k := v.walk.step(), v.config.Look
	place := fmt.Sprintf("%d of %d", v.walk.at+1, len(v.walk.shown))
	if v.config.Beyond > 0 && !v.walk.filtered {
		place += fmt.Sprintf(" (and %d more)", v.config.Beyond)
	}
	when := time.UnixMilli(s.At).UTC().Format("2006-01-02 15:04Z")
	first := fmt.Sprintf(" REPLAY  READ-ONLY  %s  store %s  seq %d  %s", place, s.Store, s.Seq, when)
	if cells(first) > w {
		first = fmt.Sprintf(" REPLAY READ-ONLY %s %s:%d %s", place, s.Store, s.Seq, when)
	}
	second := " " + ruleName(s.Rule)
	if v.walk.filtered {
		second += "  (only this rule is shown)"
	}
	third := " " + languages[v.lang] + ", " + s.Words(v.lang) + "; "
	if !s.WordsKnown() {
		third = " " + languages[v.lang] + ", new words; "
	}
	rows := []string{
		"[::rb]" + escape(pad(k.Clean(first), w)) + "[::-]",
		strong(k.Clean(second)),
		escape(k.Clean(third + v.changes(w-cells(third)))),
	}
	if w >= wideFrom && v.page == pageCard {
		sheet := sheet{width: w}
		lead := edge + nameWidth
		rows = append(rows, strong(pad(pad("", lead)+"- recorded", sheet.split())+"| + new"))
	}
	return rows
}

func ruleName(rule string) string {
	if rule == "" {
		return "(no rule recorded)"
	}
	return rule
}

// changes names the members that differ, as many as fit.
func (v *view) changes(w int) string {
	diffs := v.walk.step().Diffs
	if len(diffs) == 0 {
		return "nothing changed"
	}
	out := "changed: " + diffs[0].Member
	for i, d := range diffs[1:] {
		more := fmt.Sprintf(" and %d more", len(diffs)-1-i)
		if cells(out+", "+d.Member+more) > w {
			return out + more
		}
		out += ", " + d.Member
	}
	return out
}

// keyRows writes the keys that do something now, as many as there is room for.
func (v *view) keyRows(w int) string {
	rows := []string{v.notice()}
	if rows[0] == "" {
		rows = nil
	}
	row := ""
	for _, b := range v.bindings() {
		switch {
		case b.hint == "":
		case row != "" && cells(row+"  "+b.hint) > w-1:
			rows, row = append(rows, row), " "+b.hint
		case row == "":
			row = " " + b.hint
		default:
			row += "  " + b.hint
		}
	}
	rows = append(rows, row)
	for len(rows) < footerRows {
		rows = append(rows, "")
	}
	for i := range rows {
		rows[i] = escape(pad(cut(rows[i], w), w))
	}
	return "[::rb]" + strings.Join(rows[:footerRows], "\n") + "[::-]"
}

// notice is what is wrong with what was typed.
func (v *view) notice() string {
	if v.wrong == nil {
		return ""
	}
	return " " + v.config.Look.Clean(v.wrong.Error())
}

// helpText lists every key, also those that do nothing now.
var helpText = strings.Split(fmt.Sprintf(`Replay is read-only: no key here reaches a till or changes a journal.

Right, n, Space   the next record
Left, p           the record before
c                 the next record that changed
b, C              the one before that changed
Up, Down, PgUp, PgDn, Home, End   move through the text of a card
g                 go to a record: its position (17), its number in the journal (seq 1234; with its store: 0412:1234), or the next one of a rule (verify/409)
r                 the rules, with their records and changes; Enter shows only one
f                 what the rules read of the exchange, and what differs
l, 9              English or French, on both sides
?, 0              this page
Esc               back; clears the filter; leaves when there is nothing to go back from
q, Ctrl-C         leave

- recorded marks what the record holds, + new what the new module says. Inside, the words that differ are bold and underlined. What stands once is the same on both sides.

"Recorded words" are the very words that the cashier saw, by their checksum. "Recorded decision, today's words": the decision is the recorded one; its words are those of the module at hand, in the language that you chose for cashier and customer. --old FILE with the module that decided then shows its words.

A walk holds the first %d records in memory. "And 5 more" are beyond: name fewer files, or take a part of the sales with --shard.`, replay.MaxSteps), "\n")
