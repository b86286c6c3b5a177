package stepper

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/host/replay"
)

// walk is where the person is among the steps, and which of them are in sight.
type walk struct {
	steps    []replay.Step
	filtered bool   // only those of one rule are in sight
	rule     string // which; records without a rule have the empty one
	shown    []int  // into steps, in order; never empty
	at       int    // into shown
}

func newWalk(steps []replay.Step) *walk {
	w := &walk{steps: steps}
	w.all()
	return w
}

func (w *walk) step() *replay.Step { return &w.steps[w.shown[w.at]] }

func (w *walk) changed(i int) bool { return len(w.steps[w.shown[i]].Diffs) > 0 }

// unchanged tells whether anything in sight is as it was.
func (w *walk) unchanged() bool {
	return slices.ContainsFunc(w.shown, func(i int) bool { return len(w.steps[i].Diffs) == 0 })
}

// change gives the nearest change in a direction, 1 or -1; -1 where there is none.
func (w *walk) change(by int) int {
	for i := w.at + by; i >= 0 && i < len(w.shown); i += by {
		if w.changed(i) {
			return i
		}
	}
	return -1
}

// all takes every step in sight again, and stays where it is.
func (w *walk) all() { w.keep(false, "", func(*replay.Step) bool { return true }) }

// only leaves one rule in sight.
func (w *walk) only(rule string) {
	w.keep(true, rule, func(s *replay.Step) bool { return s.Rule == rule })
}

// keep filters, and stays at the record where that is still in sight; else it goes to the next one.
func (w *walk) keep(filtered bool, rule string, in func(*replay.Step) bool) {
	here := 0
	if len(w.shown) > 0 {
		here = w.shown[w.at]
	}
	w.filtered, w.rule, w.shown, w.at = filtered, rule, nil, -1
	for i := range w.steps {
		if in(&w.steps[i]) {
			if w.at < 0 && i >= here {
				w.at = len(w.shown)
			}
			w.shown = append(w.shown, i)
		}
	}
	w.at = max(w.at, 0)
}

// ruleCount is a rule in the list, with what it has in the whole walk.
type ruleCount struct {
	rule             string
	changed, records int
}

// rules lists the rules, those with most changes first.
func (w *walk) rules() (list []ruleCount) {
	at := map[string]int{}
	for i := range w.steps {
		s := &w.steps[i]
		if _, ok := at[s.Rule]; !ok {
			at[s.Rule] = len(list)
			list = append(list, ruleCount{rule: s.Rule})
		}
		r := &list[at[s.Rule]]
		r.records++
		if len(s.Diffs) > 0 {
			r.changed++
		}
	}
	slices.SortFunc(list, func(a, b ruleCount) int {
		return cmp.Or(cmp.Compare(b.changed, a.changed), cmp.Compare(b.records, a.records), cmp.Compare(a.rule, b.rule))
	})
	return list
}

var errGoTo = errors.New("type a position such as 17, seq 1234, a store and number such as 0412:1234, or part of a rule")

// find gives the place that somebody typed: the next match after this record,
// from the beginning again where there is none.
func (w *walk) find(typed string) (int, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, errGoTo
	}
	if strings.Trim(typed, "0123456789") == "" {
		if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(w.shown) {
			return n - 1, nil
		}
		return 0, fmt.Errorf("there is no record %s here: 1 to %d", typed, len(w.shown))
	}
	match, what := matcher(typed)
	for i := range w.shown {
		to := (w.at + 1 + i) % len(w.shown)
		if match(&w.steps[w.shown[to]]) {
			return to, nil
		}
	}
	if w.filtered {
		return 0, fmt.Errorf("there is no %s in this rule: clear the filter with Esc to look in all", what)
	}
	return 0, fmt.Errorf("there is no %s in this walk", what)
}

// matcher reads what was typed: a number in a journal, or part of a rule.
func matcher(typed string) (match func(*replay.Step) bool, what string) {
	store, number, numbered := "", "", false
	if rest, ok := strings.CutPrefix(strings.ToLower(typed), "seq"); ok {
		number, numbered = strings.TrimSpace(rest), true
	} else if i := strings.LastIndexByte(typed, ':'); i > 0 {
		store, number, numbered = typed[:i], strings.TrimSpace(typed[i+1:]), true
	}
	if seq, err := strconv.ParseInt(number, 10, 64); numbered && err == nil {
		return func(s *replay.Step) bool { return s.Seq == seq && (store == "" || s.Store == store) }, "record " + typed
	}
	part := strings.ToLower(typed)
	return func(s *replay.Step) bool { return strings.Contains(strings.ToLower(s.Rule), part) }, fmt.Sprintf("rule with %q", typed)
}
