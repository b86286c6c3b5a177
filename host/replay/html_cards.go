package replay

import (
	"encoding/json"
	"slices"

	"github.com/tillwise/tillwise/plugin"
)

// pair is two sides of a group's example in one language, for the page.
type pair struct {
	Right    string // what stands beside the recorded side: new, or old
	Lang     plugin.Lang
	Language string
	Words    string // whose words the recorded side is in
	Unknown  bool   // the recorded side is not known: the parts are the other's alone
	Note     string
	Parts    []Part
}

var languages = map[plugin.Lang]string{plugin.English: "English", plugin.French: "French"}

// pairs sets a group's recorded card beside the new one, and beside the old
// module's where that is a third opinion: in the recorded language first, then
// in the other.
func pairs(g *Group) (out []pair) {
	s := g.Example.inWords()
	s.Diffs = g.Diffs
	order := []plugin.Lang{plugin.English, plugin.French}
	if s.Locale == plugin.French {
		slices.Reverse(order)
	}
	for _, l := range order {
		_, was := s.Recorded.Prompts[l]
		if _, is := s.New.Prompts[l]; !was && !is {
			continue
		}
		p := pair{Right: "new", Lang: l, Language: languages[l], Words: s.Words(l)}
		if s.WordsKnown() && was {
			p.Parts = Parts(s.Recorded, s.New, l)
		} else {
			p.Unknown, p.Words, p.Note = true, "new words", "The recorded words are not known: --old with the module that decided then shows them."
			p.Parts = Parts(s.New, s.New, l)
		}
		out = append(out, p)
		if old := Parts(s.Recorded, s.Old, l); len(s.Old.Raw) > 0 && anyDiffers(old) && anyDiffers(Parts(s.New, s.Old, l)) {
			out = append(out, pair{Right: "old", Lang: l, Language: languages[l], Words: s.Words(l), Parts: old})
		}
	}
	if g.Example.step == nil && len(out) > 0 {
		out[len(out)-1].Note += " In the recorded language only: a report that was read from JSON has no other."
	}
	return out
}

func anyDiffers(parts []Part) bool {
	return slices.ContainsFunc(parts, func(p Part) bool { return p.Differs })
}

// inWords gives an example as a step; what JSON kept of it, where it was read from there.
func (e *Example) inWords() Step {
	if e.step != nil {
		return *e.step
	}
	l := plugin.Lang(e.Locale)
	read := func(decision, prompt json.RawMessage) Side {
		s := Side{Raw: decision, Prompts: map[plugin.Lang]plugin.Prompt{}}
		if p := promptOf(prompt); p != nil {
			s.Prompts[l] = *p
		}
		return s
	}
	return Step{
		Locale: l, ExactWords: e.ExactWords, OldWords: !e.ExactWords && e.Old != nil,
		Recorded: read(e.Recorded, e.RecordedPrompt), Old: read(e.Old, e.OldPrompt), New: read(e.New, e.NewPrompt),
	}
}
