package replay

import (
	"bytes"
	"context"
	"strconv"
	"strings"
)

// job is one record on its way to a worker.
type job struct {
	at, seq               int64
	store, module, record span
}

// span is a part of a batch's bytes.
type span struct{ from, to int }

// batch is a run of records with the bytes that they share.
type batch struct {
	bytes []byte
	jobs  []job
}

func (b *batch) add(text []byte) span {
	from := len(b.bytes)
	b.bytes = append(b.bytes, text...)
	return span{from, len(b.bytes)}
}

func (b *batch) at(s span) []byte { return b.bytes[s.from:s.to] }

// worker replays records one after another. It is used by one goroutine.
type worker struct {
	old, new *module // old is nil when there is none
	tally    *tally
	known    map[string]bool // the new module's rules
	record   recorded
	each     func(*job, *batch, *recorded, []byte, []Diff) // may be nil
}

func (w *worker) replay(ctx context.Context, b *batch) {
	for i := range b.jobs {
		w.one(ctx, b, &b.jobs[i])
	}
}

func (w *worker) one(ctx context.Context, b *batch, j *job) {
	rep := &w.tally.report
	rep.Lines++
	seen(&rep.First, &rep.Last, j.at)
	rep.Stores[string(b.at(j.store))]++
	rep.Recorded[string(b.at(j.module))]++
	r := &w.record
	reason := r.cut(b.at(j.record))
	var now, before []byte
	if reason == "" {
		now, reason = w.new.decide(ctx, r)
	}
	if reason != "" {
		rep.NotReplayable++
		rep.Why[reason]++
		refused := []Diff{{Member: MemberReason, Recorded: "-", New: reason}}
		w.changed(b, j, VerdictChanged, refused)
		if w.each != nil {
			w.each(j, b, r, nil, refused)
		}
		return
	}
	if w.old != nil {
		if before, reason = w.old.decide(ctx, r); reason != "" {
			before = []byte(`{"` + MemberReason + `":"` + reason + `"}`)
		}
	}
	rep.Replayed++
	day := w.tally.day(j.at)
	day.Families[string(familyOf(now))]++
	rule := w.tally.rule(ruleOf(now))
	rule.Records++
	// A documented rule may be about calls that are not: unknown/409/not_found.
	if strings.HasPrefix(rule.Rule, "unknown/") && !w.known[rule.Rule] {
		w.countUnknown()
	}
	diffs, v := w.compare(ctx, before, now)
	if w.each != nil {
		w.each(j, b, r, now, diffs)
	}
	if len(diffs) == 0 {
		rep.Unchanged++
		return
	}
	rep.Changed++
	day.Changed++
	rule.Changed++
	w.changed(b, j, v, diffs)
}

// compare gives what differs between the record and the decisions of now and
// before, and the words where no decision differs.
func (w *worker) compare(ctx context.Context, before, now []byte) ([]Diff, Verdict) {
	r := &w.record
	hasOld := w.old != nil
	sameNew, sameOld := bytes.Equal(r.decision, now), !hasOld || bytes.Equal(r.decision, before)
	if !sameNew || !sameOld {
		if diffs := diffDecisions(r.decision, before, now); len(diffs) > 0 {
			oldNew := hasOld && len(diffDecisions(before, nil, now)) == 0
			recordedOld := hasOld && len(diffDecisions(r.decision, nil, before)) == 0
			recordedNew := len(diffDecisions(r.decision, nil, now)) == 0
			return diffs, verdict(hasOld, recordedOld, recordedNew, oldNew)
		}
	}
	shown := unquote(r.shown)
	fresh := w.new.wordsOf(ctx, r, now)
	recordedNew := bytes.Equal(fresh.shown[:], shown)
	d := Diff{Member: MemberWords, Recorded: recordedWords, New: wordsName(recordedNew, fresh)}
	if !hasOld {
		if recordedNew {
			return nil, ""
		}
		return []Diff{d}, VerdictChanged
	}
	aged := w.old.wordsOf(ctx, r, before)
	recordedOld := bytes.Equal(aged.shown[:], shown)
	if recordedNew && recordedOld {
		return nil, ""
	}
	d.Old = wordsName(recordedOld, aged)
	return []Diff{d}, verdict(true, recordedOld, recordedNew, aged.shown == fresh.shown)
}

const recordedWords = "the recorded ones"

// wordsName names words for a group: the same ones for all days and amounts.
func wordsName(asRecorded bool, w words) string {
	if asRecorded {
		return recordedWords
	}
	return "others, " + string(w.template[:])
}

func (w *worker) changed(b *batch, j *job, v Verdict, diffs []Diff) {
	store := string(b.at(j.store))
	w.tally.join(Group{
		Rule: string(ruleOf(w.record.decision)), Verdict: v, Diffs: diffs, Records: 1,
		Stores: map[string]int64{store: 1}, First: j.at, Last: j.at,
		Samples: []Sample{{j.at, store, j.seq}},
	}, b.at(j.record))
}

func (w *worker) countUnknown() {
	facts := w.record.facts
	status, _ := strconv.Atoi(string(member(facts, "status")))
	w.tally.unknown[unknownKey{
		string(unquote(member(facts, "operation"))), status, string(unquote(member(facts, "code"))),
	}]++
}
