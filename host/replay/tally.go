package replay

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/tillwise/tillwise/host/journal"
)

// tally gathers a report. Every worker fills its own, and they add up.
type tally struct {
	report  Report // counts and maps; the lists are in the maps below
	groups  map[string]*gathered
	rules   map[string]*Rule
	unknown map[unknownKey]int64
	days    map[int64]*Day
}

// gathered is a group with the record of its first sample, to be rendered at the end.
type gathered struct {
	Group
	record []byte
}

type unknownKey struct {
	operation string
	status    int
	code      string
}

func newTally() *tally {
	return &tally{
		report: Report{
			Format: reportFormat, Version: reportVersion,
			Why: map[string]int64{}, Damage: map[journal.Fault]int64{}, Origins: map[string]int64{},
			Recorded: map[string]int64{}, Stores: map[string]int64{},
		},
		groups: map[string]*gathered{}, rules: map[string]*Rule{},
		unknown: map[unknownKey]int64{}, days: map[int64]*Day{},
	}
}

func (t *tally) rule(name []byte) *Rule {
	r := t.rules[string(name)]
	if r == nil {
		r = &Rule{Rule: string(name)}
		t.rules[r.Rule] = r
	}
	return r
}

const dayMillis = 24 * 60 * 60 * 1000

func (t *tally) day(at int64) *Day {
	n := at / dayMillis
	d := t.days[n]
	if d == nil {
		d = &Day{Day: time.UnixMilli(at).UTC().Format(time.DateOnly), Families: map[string]int64{}}
		t.days[n] = d
	}
	return d
}

// seen widens a span of times. A time of 0 is none.
func seen(first, last *int64, at int64) {
	if at == 0 {
		return
	}
	if *first == 0 || at < *first {
		*first = at
	}
	*last = max(*last, at)
}

func compareSamples(a, b Sample) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Store, b.Store), cmp.Compare(a.Seq, b.Seq))
}

func groupKey(g *Group) string {
	b, _ := json.Marshal([]any{g.Rule, g.Verdict, g.Diffs})
	return string(b)
}

// join adds a group to those that there are. record and example belong to g's first sample.
func (t *tally) join(g Group, record []byte) {
	key := groupKey(&g)
	have := t.groups[key]
	if have == nil {
		g.Stores, g.Samples = maps.Clone(g.Stores), slices.Clone(g.Samples)
		t.groups[key] = &gathered{g, slices.Clone(record)}
		return
	}
	if compareSamples(g.Samples[0], have.Samples[0]) < 0 {
		have.record, have.Example = append(have.record[:0], record...), g.Example
	}
	have.Records += g.Records
	addCounts(have.Stores, g.Stores)
	seen(&have.First, &have.Last, g.First)
	seen(&have.First, &have.Last, g.Last)
	if n := len(have.Samples); n == maxSamples && compareSamples(g.Samples[0], have.Samples[n-1]) > 0 {
		return
	}
	have.Samples = append(have.Samples, g.Samples...)
	slices.SortFunc(have.Samples, compareSamples)
	have.Samples = have.Samples[:min(len(have.Samples), maxSamples)]
}

func addCounts[K comparable](to, from map[K]int64) {
	for k, n := range from {
		to[k] += n
	}
}

// add adds the counts and lists of a finished report.
func (t *tally) add(r *Report) {
	sum := &t.report
	sum.New = r.New
	sum.Old = r.Old
	for _, c := range [...]struct{ to, from *int64 }{
		{&sum.Lines, &r.Lines}, {&sum.Replayed, &r.Replayed}, {&sum.Unchanged, &r.Unchanged}, {&sum.Changed, &r.Changed},
		{&sum.NotReplayable, &r.NotReplayable}, {&sum.Damaged, &r.Damaged}, {&sum.Missing, &r.Missing},
		{&sum.Misplaced, &r.Misplaced}, {&sum.NotKept, &r.NotKept},
	} {
		*c.to += *c.from
	}
	seen(&sum.First, &sum.Last, r.First)
	seen(&sum.First, &sum.Last, r.Last)
	addCounts(sum.Why, r.Why)
	addCounts(sum.Damage, r.Damage)
	addCounts(sum.Origins, r.Origins)
	addCounts(sum.Recorded, r.Recorded)
	addCounts(sum.Stores, r.Stores)
	for _, g := range r.Groups {
		t.join(*g, nil)
	}
	for _, rule := range r.Rules {
		have := t.rule([]byte(rule.Rule))
		have.Known = have.Known || rule.Known
		have.Records += rule.Records
		have.Changed += rule.Changed
	}
	for _, u := range r.Unknown {
		t.unknown[unknownKey{u.Operation, u.Status, u.Code}] += u.Records
	}
	for _, d := range r.Days {
		at, _ := time.Parse(time.DateOnly, d.Day)
		have := t.day(at.UnixMilli())
		have.Changed += d.Changed
		addCounts(have.Families, d.Families)
	}
}

// finish gives the report with its lists in order.
func (t *tally) finish() *Report {
	r := t.report
	r.Groups, r.Rules, r.Unknown, r.Days = []*Group{}, []Rule{}, []UnknownCode{}, []Day{}
	for _, g := range t.groups {
		r.Groups = append(r.Groups, &g.Group)
	}
	slices.SortFunc(r.Groups, func(a, b *Group) int {
		return cmp.Or(
			cmp.Compare(gravityOf(a.Diffs[0].Member), gravityOf(b.Diffs[0].Member)),
			cmp.Compare(b.Records, a.Records),
			cmp.Compare(groupKey(a), groupKey(b)))
	})
	for _, rule := range t.rules {
		r.Rules = append(r.Rules, *rule)
	}
	slices.SortFunc(r.Rules, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.Rule, b.Rule))
	})
	for k, n := range t.unknown {
		r.Unknown = append(r.Unknown, UnknownCode{k.operation, k.status, k.code, n})
	}
	slices.SortFunc(r.Unknown, func(a, b UnknownCode) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.Operation, b.Operation),
			cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code))
	})
	for _, d := range t.days {
		r.Days = append(r.Days, *d)
	}
	slices.SortFunc(r.Days, func(a, b Day) int { return cmp.Compare(a.Day, b.Day) })
	return &r
}
