package replay

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"slices"
)

// renderExamples puts into each group what its first sample showed and would show.
func renderExamples(ctx context.Context, t *tally, o Options) {
	now := newModule(o.New)
	var old *module
	if o.Old != nil {
		old = newModule(o.Old)
	}
	for _, g := range t.groups {
		var r recorded
		if g.record == nil || r.cut(g.record) != "" {
			continue
		}
		g.Example = example(ctx, &r, now, old)
	}
}

func example(ctx context.Context, r *recorded, now, old *module) *Example {
	e := &Example{Facts: clone(r.facts), Locale: string(unquote(r.locale)), Recorded: clone(r.decision)}
	_, e.RecordedPrompt, e.ExactWords = speaker(ctx, r, old, now)
	if old != nil {
		if d, _ := old.decide(ctx, r); d != nil {
			e.Old, e.OldPrompt = clone(d), clone(old.prompt(ctx, r, d))
		}
	}
	if d, _ := now.decide(ctx, r); d != nil {
		e.New, e.NewPrompt = clone(d), clone(now.prompt(ctx, r, d))
	}
	step := newStep(ctx, r, e.New, now, old)
	e.step = &step
	return e
}

// speaker gives, of the modules at hand, the one whose words have the recorded
// checksum; failing that the first, which is the nearest in age. The prompt is
// the recorded decision in its words, for the recorded locales.
func speaker(ctx context.Context, r *recorded, old, now *module) (m *module, prompt json.RawMessage, exact bool) {
	for _, candidate := range []*module{old, now} {
		if candidate == nil {
			continue
		}
		p := candidate.prompt(ctx, r, r.decision)
		if p == nil {
			continue
		}
		sum := checksum(p)
		exact = bytes.Equal(sum[:], unquote(r.shown))
		if m == nil || exact {
			m, prompt = candidate, clone(p)
		}
		if exact {
			break
		}
	}
	return m, prompt, exact
}

// clone keeps what a record or a module gave. What is no JSON after all becomes
// a string, so that the report stays one that can be written.
func clone(b []byte) json.RawMessage {
	if len(b) == 0 || json.Valid(b) {
		return slices.Clone(b)
	}
	text, _ := json.Marshal(string(b)) // a string always can be
	return text
}

func sizes(files []string) int64 {
	total := int64(0)
	for _, path := range files {
		if info, err := os.Stat(path); err == nil {
			total += info.Size()
		}
	}
	return total
}
