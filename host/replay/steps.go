package replay

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/tillwise/tillwise/plugin"
)

// MaxSteps is how many records one walk holds in memory.
const MaxSteps = 2000

// Walk is a replay to be gone through record by record.
type Walk struct {
	Steps  []Step // in the order of the files
	Beyond int64  // how many more there would be: MaxSteps left them out
	Report *Report
}

// Step is one record to look at: what the cashier saw, and would see.
type Step struct {
	Sample
	Rule          string // as recorded
	Diffs         []Diff // none: nothing changed
	Facts         json.RawMessage
	Locale        plugin.Lang // the recorded one
	Customer      plugin.Lang // the recorded one of what the customer hears; empty: as Locale
	Recorded, New Side
	Old           Side // empty where there is no old module
	// ExactWords says that the recorded prompt, in the recorded locales, has the
	// checksum that was recorded.
	ExactWords bool
	// OldWords says that the old module words the recorded side; otherwise it is the new one.
	OldWords bool
}

// Side is one decision and its words in both languages. Each prompt is in one
// language throughout, the customer's words too.
type Side struct {
	Decision plugin.Decision
	Raw      json.RawMessage // the decision as it was written, with members that Decision does not know
	Prompts  map[plugin.Lang]plugin.Prompt
}

// Steps replays and gives the records to walk through: those that differ, or all.
func Steps(ctx context.Context, o Options, all bool) (*Walk, error) {
	type kept struct {
		step        Step
		record, now []byte
	}
	var w Walk
	var found []kept
	o.Workers = 1
	o.each = func(j *job, b *batch, r *recorded, now []byte, diffs []Diff) {
		if len(diffs) == 0 && !all {
			return
		}
		if len(found) == MaxSteps {
			w.Beyond++
			return
		}
		found = append(found, kept{
			Step{Sample: Sample{j.at, string(b.at(j.store)), j.seq}, Rule: string(ruleOf(r.decision)), Diffs: diffs},
			slices.Clone(b.at(j.record)), slices.Clone(now),
		})
	}
	var err error
	if w.Report, err = Run(ctx, o); err != nil {
		return nil, err
	}
	now := newModule(o.New)
	var old *module
	if o.Old != nil {
		old = newModule(o.Old)
	}
	for _, k := range found {
		var r recorded
		r.cut(k.record)
		s := newStep(ctx, &r, k.now, now, old)
		s.Sample, s.Rule, s.Diffs = k.step.Sample, k.step.Rule, k.step.Diffs
		w.Steps = append(w.Steps, s)
	}
	return &w, nil
}

// newStep renders what a record's sides say. decided is the new decision, nil for none.
func newStep(ctx context.Context, r *recorded, decided []byte, now, old *module) Step {
	s := Step{Facts: clone(r.facts), Locale: plugin.Lang(unquote(r.locale)), Customer: plugin.Lang(unquote(r.customer))}
	var words *module
	if words, _, s.ExactWords = speaker(ctx, r, old, now); words != nil {
		s.Recorded, s.OldWords = side(ctx, words, r, r.decision), words == old
	}
	s.New = side(ctx, now, r, decided)
	if old != nil {
		before, _ := old.decide(ctx, r)
		s.Old = side(ctx, old, r, before)
	}
	return s
}

// side renders a decision in both languages. What the module cannot render
// stays empty, and whoever shows it says so.
func side(ctx context.Context, m *module, r *recorded, decision []byte) Side {
	s := Side{Raw: clone(decision), Prompts: map[plugin.Lang]plugin.Prompt{}}
	if len(decision) == 0 {
		return s
	}
	_ = json.Unmarshal(decision, &s.Decision)
	in := *r
	in.customer = nil // as the cashier
	for _, lang := range []plugin.Lang{plugin.English, plugin.French} {
		in.locale = []byte(`"` + lang + `"`)
		var p plugin.Prompt
		if raw := m.prompt(ctx, &in, s.Raw); raw != nil && json.Unmarshal(raw, &p) == nil {
			p.Ref = string(unquote(r.ref)) // what the store quotes, whatever is decided now
			s.Prompts[lang] = p
		}
	}
	return s
}

// WordsKnown is false where nothing but the words changed, and no module at
// hand has the old ones: showing other words for them would show no difference.
func (s *Step) WordsKnown() bool {
	return s.ExactWords || len(s.Diffs) == 0 || s.Diffs[0].Member != MemberWords
}

// Words says whose words the recorded side is in, when it is shown in a language.
func (s *Step) Words(l plugin.Lang) string {
	switch {
	case s.ExactWords && l == s.Locale && (s.Customer == "" || s.Customer == l):
		return "recorded words"
	case s.OldWords:
		return "recorded decision, the old module's words"
	}
	return "recorded decision, today's words"
}
