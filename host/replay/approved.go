package replay

import (
	"encoding/json"
	"fmt"
	"io"
)

const (
	approvedFormat  = "tillwise-approved"
	approvedVersion = 1
)

// Approval is a change that somebody has looked at and wants: a group without
// its counts, so that it holds for other journals too.
type Approval struct {
	Rule    string  `json:"rule"`
	Verdict Verdict `json:"verdict"`
	Diffs   []Diff  `json:"diffs"`
}

// Approvals is the content of an approved-changes file.
type Approvals struct {
	Format  string     `json:"format"`
	Version int        `json:"version"`
	Changes []Approval `json:"changes"`
}

// Judgement holds a report against what was approved.
type Judgement struct {
	Unapproved []*Group   // changes that nobody has approved
	Approved   []*Group   // changes that were
	Missing    []Approval // approved changes that did not come
}

// Approve gives the approvals of every change in a report.
func Approve(r *Report) *Approvals {
	a := &Approvals{Format: approvedFormat, Version: approvedVersion, Changes: []Approval{}}
	for _, g := range r.Groups {
		a.Changes = append(a.Changes, Approval{g.Rule, g.Verdict, g.Diffs})
	}
	return a
}

// ReadApprovals reads an approved-changes file.
func ReadApprovals(in io.Reader) (*Approvals, error) {
	d := json.NewDecoder(in)
	d.DisallowUnknownFields()
	var a Approvals
	if err := d.Decode(&a); err != nil {
		return nil, fmt.Errorf("reading the approved changes: %w", err)
	}
	if a.Format != approvedFormat || a.Version != approvedVersion {
		return nil, fmt.Errorf("reading the approved changes: the file is not of format %s, version %d; write it with tillwise replay approve", approvedFormat, approvedVersion)
	}
	return &a, nil
}

// Write writes an approved-changes file, to be read by people in a review.
func (a *Approvals) Write(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(a)
}

// Judge sorts the changes of a report into approved and not, and finds the
// approved ones that did not come. a may be nil: nothing is approved.
func Judge(r *Report, a *Approvals) Judgement {
	var j Judgement
	wanted := map[string]bool{}
	if a != nil {
		for _, c := range a.Changes {
			wanted[approvalKey(c)] = true
		}
	}
	came := map[string]bool{}
	for _, g := range r.Groups {
		key := approvalKey(Approval{g.Rule, g.Verdict, g.Diffs})
		came[key] = true
		if wanted[key] {
			j.Approved = append(j.Approved, g)
		} else {
			j.Unapproved = append(j.Unapproved, g)
		}
	}
	if a != nil {
		for _, c := range a.Changes {
			if !came[approvalKey(c)] {
				j.Missing = append(j.Missing, c)
			}
		}
	}
	return j
}

func approvalKey(a Approval) string {
	return groupKey(&Group{Rule: a.Rule, Verdict: a.Verdict, Diffs: a.Diffs})
}

// ExitCode is what a replay ends with: 3 when lines or numbers are not there,
// since no verdict on the rest is a verdict on the whole; 1 when a change is
// not approved or an approved one did not come; 0 otherwise.
func (j Judgement) ExitCode(r *Report) int {
	switch {
	case !r.Complete():
		return 3
	case len(j.Unapproved) > 0 || len(j.Missing) > 0:
		return 1
	default:
		return 0
	}
}
