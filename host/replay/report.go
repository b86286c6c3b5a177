package replay

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/tillwise/tillwise/host/journal"
)

const (
	reportFormat  = "tillwise-replay"
	reportVersion = 1
	maxSamples    = 5
)

// Report is the outcome of one replay. All counts are of lines, headers left
// out: Lines = Replayed + NotReplayable + Damaged, and Replayed = Unchanged + Changed.
type Report struct {
	Format        string                  `json:"format"`
	Version       int                     `json:"version"`
	New           Module                  `json:"new"`
	Old           *Module                 `json:"old,omitempty"`
	Shards        []string                `json:"shards,omitempty"` // "1/4"; none: the whole
	Lines         int64                   `json:"lines"`
	Replayed      int64                   `json:"replayed"`
	Unchanged     int64                   `json:"unchanged"`
	Changed       int64                   `json:"changed"`
	NotReplayable int64                   `json:"not_replayable"`
	Damaged       int64                   `json:"damaged"`
	Why           map[string]int64        `json:"not_replayable_by_reason"`
	Damage        map[journal.Fault]int64 `json:"damaged_by_fault"`
	Missing       int64                   `json:"missing"`   // seq numbers that no file has
	Misplaced     int64                   `json:"misplaced"` // whole records after a later one; replayed
	NotKept       int64                   `json:"not_kept"`  // records that a till noted it could not write
	First         int64                   `json:"first"`     // Unix milliseconds of the earliest and latest record, 0 without any
	Last          int64                   `json:"last"`
	Origins       map[string]int64        `json:"origins"`  // files by who wrote them, where it was no till
	Recorded      map[string]int64        `json:"recorded"` // records by the SHA-256 of the module that decided them
	Stores        map[string]int64        `json:"stores"`   // records by store
	Groups        []*Group                `json:"groups"`   // the gravest first
	Rules         []Rule                  `json:"rules"`    // every rule known or met, the never met ones included
	Unknown       []UnknownCode           `json:"unknown"`  // replies that fell to the unknown card, the commonest first
	Days          []Day                   `json:"days"`     // UTC days in order
}

// Module is one that decided.
type Module struct {
	SHA256    string `json:"sha256"`
	Catalogue string `json:"catalogue"`
}

// Group is every record of one rule that changed in one way.
type Group struct {
	Rule    string           `json:"rule"` // as recorded
	Verdict Verdict          `json:"verdict"`
	Diffs   []Diff           `json:"diffs"`
	Records int64            `json:"records"`
	Stores  map[string]int64 `json:"stores"`
	First   int64            `json:"first"`
	Last    int64            `json:"last"`
	Samples []Sample         `json:"samples"` // the earliest few
	Example *Example         `json:"example,omitempty"`
}

// Sample says where to find a record.
type Sample struct {
	At    int64  `json:"at"`
	Store string `json:"store"`
	Seq   int64  `json:"seq"`
}

// Example is a group's first sample in full: what the cashier saw, and would see.
type Example struct {
	Facts          json.RawMessage `json:"facts"`
	Locale         string          `json:"locale"`
	Recorded       json.RawMessage `json:"recorded"`
	Old            json.RawMessage `json:"old,omitempty"`
	New            json.RawMessage `json:"new,omitempty"`
	RecordedPrompt json.RawMessage `json:"recorded_prompt,omitempty"`
	OldPrompt      json.RawMessage `json:"old_prompt,omitempty"`
	NewPrompt      json.RawMessage `json:"new_prompt,omitempty"`
	// ExactWords says that RecordedPrompt has the checksum that was recorded.
	// Otherwise it is the recorded decision in the words of a module at hand.
	ExactWords bool `json:"exact_words"`

	step *Step // in both languages; nil when the report was read from JSON, which keeps the recorded one
}

// recordedWordsKnown is false where nothing but the words changed, and no
// module at hand has the old ones: showing today's would show no difference.
func (g *Group) recordedWordsKnown() bool {
	return g.Example.RecordedPrompt != nil && (g.Example.ExactWords || g.Diffs[0].Member != MemberWords)
}

// Rule is one rule of the catalogue and the traffic that hit it, as the new module decides.
type Rule struct {
	Rule    string `json:"rule"`
	Known   bool   `json:"known"` // the new module's catalogue has it
	Records int64  `json:"records"`
	Changed int64  `json:"changed"`
}

// UnknownCode is a reply that no rule documents.
type UnknownCode struct {
	Operation string `json:"operation"`
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Records   int64  `json:"records"`
}

// Day counts the outcomes of a UTC day by the family that the new module gives.
type Day struct {
	Day      string           `json:"day"` // 2026-11-23
	Families map[string]int64 `json:"families"`
	Changed  int64            `json:"changed"`
}

// Complete says whether every line was whole and every number there.
func (r *Report) Complete() bool { return r.Damaged == 0 && r.Missing == 0 }

// ReadReport reads a report that WriteJSON wrote.
func ReadReport(in io.Reader) (*Report, error) {
	var r Report
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return nil, fmt.Errorf("reading a replay's report: %w", err)
	}
	if r.Format != reportFormat || r.Version != reportVersion {
		return nil, fmt.Errorf("reading a replay's report: it is not of format %s, version %d; write it with --format json", reportFormat, reportVersion)
	}
	return &r, nil
}

// WriteJSON writes the report as indented JSON. Equal reports give equal bytes.
func (r *Report) WriteJSON(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(r)
}
