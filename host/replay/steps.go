package replay

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/tillwise/tillwise/plugin"
)

// MaxSteps is how many records one walk holds in memory.
const MaxSteps = 2000

// Step is one record to look at: what the cashier saw, and would see.
type Step struct {
	Sample
	Rule          string // as recorded
	Diffs         []Diff // none: nothing changed
	Facts         json.RawMessage
	Locale        plugin.Lang // the recorded one
	Recorded, New Side
	// ExactWords says that the recorded prompt, in the recorded locale, has the
	// checksum that was recorded; otherwise it is in the words of today's module.
	ExactWords bool
}

// Side is one decision and its words in both languages.
type Side struct {
	Decision plugin.Decision
	Prompts  map[plugin.Lang]plugin.Prompt
}

// Steps replays and gives the records to walk through, in the order of the
// files: those that differ, or all. beyond counts what MaxSteps left out.
func Steps(ctx context.Context, o Options, all bool) (steps []Step, beyond int64, err error) {
	type kept struct {
		step   Step
		record []byte
		now    []byte
	}
	var found []kept
	o.Workers = 1
	o.each = func(j *job, b *batch, r *recorded, now []byte, diffs []Diff) {
		if len(diffs) == 0 && !all {
			return
		}
		if len(found) == MaxSteps {
			beyond++
			return
		}
		found = append(found, kept{
			Step{Sample: Sample{j.at, string(b.at(j.store)), j.seq}, Rule: string(ruleOf(r.decision)), Diffs: diffs},
			slices.Clone(b.at(j.record)), slices.Clone(now),
		})
	}
	if _, err := Run(ctx, o); err != nil {
		return nil, 0, err
	}
	m := newModule(o.New)
	old := m
	if o.Old != nil {
		old = newModule(o.Old)
	}
	for _, k := range found {
		var r recorded
		r.cut(k.record)
		k.step.Facts, k.step.Locale = r.facts, plugin.Lang(unquote(r.locale))
		if p := old.prompt(ctx, &r, r.decision); p != nil {
			sum := checksum(p)
			k.step.ExactWords = bytes.Equal(sum[:], unquote(r.shown))
		}
		k.step.Recorded = side(ctx, old, r, r.decision)
		k.step.New = side(ctx, m, r, k.now)
		steps = append(steps, k.step)
	}
	return steps, beyond, nil
}

// side renders a decision in both languages. What the module cannot render
// stays empty, and the screen says so.
func side(ctx context.Context, m *module, r recorded, decision []byte) Side {
	s := Side{Prompts: map[plugin.Lang]plugin.Prompt{}}
	_ = json.Unmarshal(decision, &s.Decision)
	for _, lang := range []plugin.Lang{plugin.English, plugin.French} {
		r.locale = []byte(`"` + lang + `"`)
		var p plugin.Prompt
		if raw := m.prompt(ctx, &r, decision); raw != nil && json.Unmarshal(raw, &p) == nil {
			s.Prompts[lang] = p
		}
	}
	return s
}
