package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Report is what Check finds in one folder, or in files that stand in one folder.
type Report struct {
	Dir      string          `json:"dir"`
	Store    string          `json:"store"`
	Origin   string          `json:"origin,omitempty"` // who wrote it, when it was no till
	Files    int             `json:"files"`
	Lines    int64           `json:"lines"` // without headers: whole + damaged
	Whole    int64           `json:"whole"`
	Damaged  map[Fault]int64 `json:"damaged"`
	First    int64           `json:"first"` // lowest and highest seq, 0 when there is no record
	Last     int64           `json:"last"`
	Missing  int64           `json:"missing"`    // numbers between First and Last that are not there
	Misplace int64           `json:"misplaced"`  // whole records that stand after a later one
	NotKept  int64           `json:"not_kept"`   // records that the till could not write, as it noted itself
	Suspect  int64           `json:"suspect"`    // whole records that hold what may be a card number
	NoHeader int             `json:"no_header"`  // files whose first line is no header
	Torn     int64           `json:"torn_bytes"` // bytes set aside in .torn files
	Modules  []string        `json:"modules"`    // SHA-256 of each module that decided, in order of appearance
	Problems []string        `json:"problems"`   // the first few faults, with file and line
}

// maxProblems is how many faults a report names one by one.
const maxProblems = 20

// Sound says whether nothing is damaged, missing or doubtful.
func (r *Report) Sound() bool {
	return len(r.Damaged) == 0 && r.Missing == 0 && r.Misplace == 0 && r.Suspect == 0 && r.NoHeader == 0
}

// Check reads journals through and says, folder by folder, what is whole,
// torn, missing or doubtful. It changes nothing.
func Check(paths ...string) ([]*Report, error) {
	files, err := Files(paths...)
	if err != nil {
		return nil, err
	}
	var reports []*Report
	byDir := map[string]*checker{}
	for _, path := range files {
		dir := filepath.Dir(path)
		c := byDir[dir]
		if c == nil {
			c = &checker{report: &Report{Dir: dir, Damaged: map[Fault]int64{}, Modules: []string{}, Problems: []string{}}, modules: map[string]bool{}, trackers: map[string]*Tracker{}}
			byDir[dir] = c
			reports = append(reports, c.report)
		}
		if err := c.file(path); err != nil {
			return nil, err
		}
	}
	for _, c := range byDir {
		for _, t := range c.trackers {
			c.report.Missing += t.Missing()
			c.report.Last = max(c.report.Last, t.Last())
		}
	}
	return reports, nil
}

type checker struct {
	report   *Report
	trackers map[string]*Tracker // by store: each has a sequence of its own
	modules  map[string]bool
}

func (c *checker) tracker(store string) *Tracker {
	t := c.trackers[store]
	if t == nil {
		t = &Tracker{}
		c.trackers[store] = t
	}
	return t
}

func (c *checker) problem(path string, line int64, what string) {
	if r := c.report; len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf("%s:%d: %s", filepath.Base(path), line, what))
	}
}

func (c *checker) file(path string) error {
	r, err := OpenFile(path)
	if err != nil {
		return err
	}
	defer r.Close()
	c.report.Files++
	if info, err := os.Stat(strings.TrimSuffix(path, ".gz") + tornSuffix); err == nil {
		c.report.Torn += info.Size()
	}
	for {
		item, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("checking %s: %w", path, err)
		}
		if item.Number == 1 && item.Header == nil {
			c.report.NoHeader++
			c.problem(path, 1, "no header")
		}
		if item.Header != nil {
			c.report.Store, c.report.Origin = item.Header.Store, item.Header.Origin
			c.tracker(item.Header.Store).Begin(item.Header.First)
			continue
		}
		c.line(path, item)
	}
}

func (c *checker) line(path string, item Item) {
	rep := c.report
	rep.Lines++
	if item.Fault != FaultNone {
		rep.Damaged[item.Fault]++
		c.problem(path, item.Number, string(item.Fault))
		return
	}
	l := item.Line
	doubled, late, skipped := c.tracker(string(l.Store)).See(l.Seq)
	if doubled {
		rep.Damaged[FaultDoubled]++
		c.problem(path, item.Number, fmt.Sprintf("%s: seq %d was read before", FaultDoubled, l.Seq))
		return
	}
	rep.Whole++
	rep.NotKept += l.Missed
	if late {
		rep.Misplace++
		c.problem(path, item.Number, fmt.Sprintf("seq %d stands after a later one", l.Seq))
	}
	if rep.First == 0 || l.Seq < rep.First {
		rep.First = l.Seq
	}
	if skipped > 0 && rep.Whole > 1 {
		c.problem(path, item.Number, fmt.Sprintf("%d numbers before seq %d are missing here", skipped, l.Seq))
	}
	if recordHoldsCard(l.Record) {
		rep.Suspect++
		c.problem(path, item.Number, fmt.Sprintf("seq %d may hold a card number", l.Seq))
	}
	if !c.modules[string(l.Module)] {
		c.modules[string(l.Module)] = true
		rep.Modules = append(rep.Modules, string(l.Module))
	}
}
