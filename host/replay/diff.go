package replay

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// Diff is one member of a decision that is not the same everywhere. Values are
// JSON's, without quotes; amounts, times and waiting times are left out, as "…",
// since they differ from record to record.
type Diff struct {
	Member   string `json:"member"`
	Recorded string `json:"recorded"`
	Old      string `json:"old,omitempty"`
	New      string `json:"new"`
}

// Verdict says which of three decisions stands alone.
type Verdict string

const (
	VerdictChanged  Verdict = "changed"  // there was no old module: new is not as recorded
	VerdictNew      Verdict = "new"      // old is as recorded, new is not: this version's doing
	VerdictBoth     Verdict = "both"     // neither is as recorded, and they differ too
	VerdictEarlier  Verdict = "earlier"  // old and new agree against the recording: an earlier version's doing
	VerdictRestored Verdict = "restored" // new is as recorded again, old was not
)

// MemberWords and MemberReason are members of a Diff that no decision has:
// other words for the same decision, and why there is no decision.
const (
	MemberWords  = "words"
	MemberReason = "not_replayable"
)

// gravity orders members: what a customer may lose money by comes first.
var gravity = []string{"money", "retry", "doubt", MemberReason, "family", "banner", "actions", "owner", "privacy",
	"money_kind", "rest", "about", "card", "fields", "notice", "matched", MemberWords}

func gravityOf(member string) int {
	if i := slices.Index(gravity, member); i >= 0 {
		return i
	}
	return len(gravity) // a member of a later version
}

// diffDecisions compares decisions member by member, the gravest first. old is
// nil when there is no old module. It is empty when they only differ in how
// their JSON is written.
func diffDecisions(recorded, old, new []byte) []Diff {
	was, before, now := members(recorded), members(old), members(new)
	names := map[string]bool{}
	for _, m := range []map[string]any{was, before, now} {
		for name := range m {
			names[name] = true
		}
	}
	var diffs []Diff
	for name := range names {
		same := reflect.DeepEqual(was[name], now[name]) && (old == nil || reflect.DeepEqual(was[name], before[name]))
		if same {
			continue
		}
		d := Diff{Member: name, Recorded: brief(was[name]), New: brief(now[name])}
		if old != nil {
			d.Old = brief(before[name])
		}
		diffs = append(diffs, d)
	}
	sortDiffs(diffs)
	return diffs
}

func sortDiffs(diffs []Diff) {
	slices.SortFunc(diffs, func(a, b Diff) int {
		if d := gravityOf(a.Member) - gravityOf(b.Member); d != 0 {
			return d
		}
		return strings.Compare(a.Member, b.Member)
	})
}

func members(decision []byte) map[string]any {
	var m map[string]any
	if decision != nil {
		d := json.NewDecoder(bytes.NewReader(decision))
		d.UseNumber()
		_ = d.Decode(&m) // what is no object has no members
	}
	return m
}

// varying are the members that are another's in each record.
var varying = []string{"until", "after_s", "since", "amount"}

// brief writes a member's value so that records of one kind give one text.
func brief(v any) string { return written(v, varying) }

// written writes a member's value for people, without the values of some members.
func written(v any, hidden []string) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case string:
		return v
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = written(e, hidden)
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return writtenObject(v, hidden)
	default:
		b, _ := json.Marshal(v)
		return string(b)
	}
}

func writtenObject(v map[string]any, hidden []string) string {
	if id, ok := v["id"]; ok { // an action
		if next, ok := v["next"].(map[string]any); ok {
			return written(id, hidden) + " (" + written(next, hidden) + ")"
		}
		return written(id, hidden)
	}
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, name)
	}
	slices.Sort(names)
	var parts []string
	for _, name := range names {
		switch text := written(v[name], hidden); {
		case text == "0" || text == "false" || text == "":
		case slices.Contains(hidden, name):
			parts = append(parts, name+" …")
		case text == "true":
			parts = append(parts, name)
		default:
			parts = append(parts, name+" "+text)
		}
	}
	return strings.Join(parts, ", ")
}

func verdict(hasOld, recordedOld, recordedNew, oldNew bool) Verdict {
	switch {
	case !hasOld:
		return VerdictChanged
	case recordedOld:
		return VerdictNew
	case recordedNew:
		return VerdictRestored
	case oldNew:
		return VerdictEarlier
	default:
		return VerdictBoth
	}
}
