package replay

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

const (
	maxListed = 20 // unknown codes and unmet rules that the text names
	maxShown  = 12 // changes that it shows in full; the others get a line each
)

// WriteText writes the report for people at a terminal.
func (r *Report) WriteText(out io.Writer, j Judgement) error {
	var b bytes.Buffer
	r.textCounts(&b)
	textGroups(&b, j.Unapproved, "CHANGED", maxShown)
	textGroups(&b, j.Approved, "approved", 0)
	for _, m := range j.Missing {
		fmt.Fprintf(&b, "\nMISSING  %s: this approved change did not come\n", ruleName(m.Rule))
		textDiffs(&b, m.Diffs)
	}
	r.textTraffic(&b)
	fmt.Fprintf(&b, "\n%s\n", r.Summary(j))
	_, err := out.Write(b.Bytes())
	return err
}

func (r *Report) textCounts(b *bytes.Buffer) {
	fmt.Fprintf(b, "new module  %s  catalogue %s\n", short(r.New.SHA256), r.New.Catalogue)
	if r.Old != nil {
		fmt.Fprintf(b, "old module  %s  catalogue %s\n", short(r.Old.SHA256), r.Old.Catalogue)
	}
	for _, sha := range slices.Sorted(maps.Keys(r.Recorded)) {
		fmt.Fprintf(b, "recorded by %s  %d records\n", short(sha), r.Recorded[sha])
	}
	for _, origin := range slices.Sorted(maps.Keys(r.Origins)) {
		fmt.Fprintf(b, "not written by a till: %s (%d files)\n", origin, r.Origins[origin])
	}
	if len(r.Shards) > 0 {
		fmt.Fprintf(b, "shards      %s\n", strings.Join(r.Shards, " "))
	}
	if r.First != 0 {
		fmt.Fprintf(b, "from        %s to %s, %d stores\n", moment(r.First), moment(r.Last), len(r.Stores))
	}
	fmt.Fprintf(b, "lines       %d = %d replayed + %d not replayable + %d damaged\n", r.Lines, r.Replayed, r.NotReplayable, r.Damaged)
	fmt.Fprintf(b, "replayed    %d = %d unchanged + %d changed\n", r.Replayed, r.Unchanged, r.Changed)
	for _, why := range slices.Sorted(maps.Keys(r.Why)) {
		fmt.Fprintf(b, "  not replayable: %d %s\n", r.Why[why], why)
	}
	for _, fault := range slices.Sorted(maps.Keys(r.Damage)) {
		fmt.Fprintf(b, "  damaged: %d %s\n", r.Damage[fault], fault)
	}
	for _, c := range []struct {
		n    int64
		what string
	}{{r.Missing, "missing: numbers that no file has"}, {r.Misplaced, "out of place, replayed all the same"}, {r.NotKept, "not kept: a till could not write them"}} {
		if c.n > 0 {
			fmt.Fprintf(b, "  %d %s\n", c.n, c.what)
		}
	}
}

// textGroups writes groups, the first few of them in full.
func textGroups(b *bytes.Buffer, groups []*Group, mark string, full int) {
	for i, g := range groups {
		if i < full {
			textGroup(b, g, mark)
			continue
		}
		if i == full {
			fmt.Fprintln(b)
		}
		var members []string
		for _, d := range g.Diffs {
			members = append(members, d.Member)
		}
		fmt.Fprintf(b, "%s  %s  %d records: %s\n", mark, ruleName(g.Rule), g.Records, strings.Join(members, ", "))
	}
	if len(groups) > full && full > 0 {
		fmt.Fprintln(b, "(--format html shows all of them in full)")
	}
}

func textGroup(b *bytes.Buffer, g *Group, mark string) {
	fmt.Fprintf(b, "\n%s  %s  %d records, %s to %s, stores %s\n", mark, ruleName(g.Rule), g.Records,
		moment(g.First), moment(g.Last), strings.Join(slices.Sorted(maps.Keys(g.Stores)), " "))
	if g.Verdict != VerdictChanged {
		fmt.Fprintf(b, "  %s\n", verdictText[g.Verdict])
	}
	textDiffs(b, g.Diffs)
	var at []string
	for _, s := range g.Samples {
		at = append(at, fmt.Sprintf("%s:%d", s.Store, s.Seq))
	}
	fmt.Fprintf(b, "  samples (store:seq) %s\n", strings.Join(at, " "))
	if g.Example != nil {
		textExample(b, g)
	}
}

var verdictText = map[Verdict]string{
	VerdictNew:      "the old module decides as recorded: the new one makes the change",
	VerdictBoth:     "neither module decides as recorded, nor as the other",
	VerdictEarlier:  "both modules agree against the recording: an earlier version made the change",
	VerdictRestored: "the new module decides as recorded again, the old one does not",
}

func textDiffs(b *bytes.Buffer, diffs []Diff) {
	for _, d := range diffs {
		if d.Old != "" {
			fmt.Fprintf(b, "  %-10s recorded %s | old %s | new %s\n", d.Member, d.Recorded, d.Old, d.New)
		} else {
			fmt.Fprintf(b, "  %-10s %s -> %s\n", d.Member, d.Recorded, d.New)
		}
	}
}

func (r *Report) textTraffic(b *bytes.Buffer) {
	if len(r.Unknown) > 0 {
		fmt.Fprintf(b, "\nreplies that no rule documents, the commonest first\n")
		for i, u := range r.Unknown {
			if i == maxListed {
				fmt.Fprintf(b, "  and %d more: --format json has all\n", len(r.Unknown)-maxListed)
				break
			}
			fmt.Fprintf(b, "  %8d  %s %d %s\n", u.Records, u.Operation, u.Status, u.Code)
		}
	}
	var unmet []string
	known := 0
	for _, rule := range r.Rules {
		if rule.Known {
			known++
			if rule.Records == 0 {
				unmet = append(unmet, rule.Rule)
			}
		}
	}
	fmt.Fprintf(b, "\nrules       %d of %d were hit\n", known-len(unmet), known)
	for i, rule := range unmet {
		if i == maxListed {
			fmt.Fprintf(b, "  and %d more never hit: --format json has all\n", len(unmet)-maxListed)
			break
		}
		fmt.Fprintf(b, "  never hit: %s\n", rule)
	}
}

// Summary is the verdict in one line.
func (r *Report) Summary(j Judgement) string {
	switch {
	case !r.Complete():
		return fmt.Sprintf("DAMAGED: %d lines damaged, %d missing; changes: %d not approved, %d approved, %d expected and missing",
			r.Damaged, r.Missing, len(j.Unapproved), len(j.Approved), len(j.Missing))
	case len(j.Unapproved)+len(j.Missing) > 0:
		return fmt.Sprintf("CHANGED: %d not approved, %d approved, %d expected and missing", len(j.Unapproved), len(j.Approved), len(j.Missing))
	case len(j.Approved) > 0:
		return fmt.Sprintf("OK: nothing changed but what is approved (%d)", len(j.Approved))
	default:
		return "OK: nothing changed"
	}
}

func short(sha string) string {
	if len(sha) > 12 {
		return sha[:12]
	}
	return sha
}

func ruleName(rule string) string {
	if rule == "" {
		return "(no rule recorded)"
	}
	return rule
}

func moment(at int64) string { return time.UnixMilli(at).UTC().Format("2006-01-02 15:04Z") }

func junitTime(at int64) string { return time.UnixMilli(at).UTC().Format("2006-01-02T15:04:05") }
