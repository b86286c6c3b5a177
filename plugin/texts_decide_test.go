package plugin

import (
	"fmt"
	"testing"
)

// decisions gives one decision of each shape that any answer leads to, in
// stores and sales of all kinds, and what pressing its actions leads to; and
// of each that comes up in sales played at random.
func decisions() []Decision {
	var all []Decision
	seen := map[string]bool{}
	isNew := func(d Decision) bool {
		shape := fmt.Sprint(d.Card, d.Family, d.Banner, d.Money, d.MoneyKind, d.Retry, d.Owner, d.Doubt, ids(d.Actions), d.Notice, len(d.Fields), d.About == nil, d.Rest == nil)
		if seen[shape] {
			return false
		}
		seen[shape] = true
		all = append(all, d)
		return true
	}
	var press func(f Facts, s Sale, p Policy, times int)
	press = func(f Facts, s Sale, p Policy, times int) {
		d, after := Decide(f, s, p)
		if !isNew(d) || times == 0 {
			return
		}
		for _, a := range d.Actions {
			press(Facts{At: f.At, Action: a.ID, Operation: f.Operation}, after, p, times-1)
		}
	}
	for _, f := range everyAnswer() {
		f.At = noon
		for _, p := range policiesToTry {
			for _, s := range salesToTry() {
				press(f, s, p, 2)
			}
		}
	}
	for seed := range uint64(300) {
		g := newGenerator(seed)
		g.walk(20, g.policy(), func(_ Facts, _ Sale, d Decision, _ Sale) { isNew(d) })
	}
	return all
}

func TestPromptsFitAndAgreeWithThemselves(t *testing.T) { agree(t, decisions(), true) }
