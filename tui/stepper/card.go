package stepper

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/host/replay"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// card writes the record's two sides.
func (v *view) card(w int) *sheet {
	s, sheet := v.walk.step(), &sheet{look: v.config.Look, width: w}
	recorded, new := v.signed(s.Recorded), v.signed(s.New)
	if _, ok := recorded.Prompts[v.lang]; !ok {
		sheet.note("Recorded: there is no card of it in " + languages[v.lang] + ".")
	}
	if _, ok := new.Prompts[v.lang]; !ok {
		sheet.note("New: there is no card (" + reason(s) + ").")
	}
	if !s.WordsKnown() {
		sheet.note("The recorded words are others, and not known: --old FILE with the module that decided then shows them. These are the new ones.")
		recorded = new
	}
	parts := replay.Parts(recorded, new, v.lang)
	differ := slices.ContainsFunc(parts, func(p replay.Part) bool { return p.Differs })
	if len(s.Diffs) > 0 && !differ && s.WordsKnown() {
		sheet.note(sameNote(s, v.lang))
	}
	sheet.parts(parts)
	return sheet
}

// sameNote says where to look for what differs, when it is not on this card.
func sameNote(s *replay.Step, l plugin.Lang) string {
	if !slices.ContainsFunc(s.Diffs, func(d replay.Diff) bool { return d.Recorded != d.New }) {
		return "Recorded and new are the same: only the old module decides otherwise. f shows how."
	}
	return "Recorded and new are the same in " + languages[l] + ". l shows the other language."
}

// signed gives a side with the banner as the cashier sees it, behind its sign.
func (v *view) signed(s replay.Side) replay.Side {
	p, ok := s.Prompts[v.lang]
	if !ok {
		return s
	}
	p.Banner = tui.Sign(s.Decision) + " " + p.Banner
	s.Prompts = map[plugin.Lang]plugin.Prompt{v.lang: p}
	return s
}

// reason says why there is no new card.
func reason(s *replay.Step) string {
	for _, d := range s.Diffs {
		if d.Member == replay.MemberReason {
			return d.New
		}
	}
	return "the module has no words in this language"
}

// factLines are what differs, and what the rules read of the exchange: all that was kept of it.
func (v *view) factLines() []string {
	s := v.walk.step()
	lines := []string{"What differs", ""}
	for _, d := range s.Diffs {
		line := fmt.Sprintf("  %s: recorded %s; new %s", d.Member, d.Recorded, d.New)
		if d.Old != "" {
			line = fmt.Sprintf("  %s: recorded %s; old %s; new %s", d.Member, d.Recorded, d.Old, d.New)
		}
		lines = append(lines, line)
	}
	if len(s.Diffs) == 0 {
		lines = append(lines, "  nothing")
	}
	facts, _ := json.MarshalIndent(s.Facts, "  ", "  ")
	return append(append(lines, "", "Facts", ""), strings.Split("  "+string(facts), "\n")...)
}
