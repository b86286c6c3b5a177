package journal

// Report is what Check finds in one folder, or in files that stand in one folder.
type Report struct {
	Dir      string          `json:"dir"`
	Stores   []string        `json:"stores"`           // in order of appearance
	Origin   string          `json:"origin,omitempty"` // who wrote it, when it was no till
	Files    int             `json:"files"`
	Lines    int64           `json:"lines"` // without headers: whole + damaged
	Whole    int64           `json:"whole"`
	Damaged  map[Fault]int64 `json:"damaged"`
	First    int64           `json:"first"` // lowest and highest seq, 0 when there is no record
	Last     int64           `json:"last"`
	Before   int64           `json:"before"`     // numbers before the first file's, of segments that are not here
	Missing  int64           `json:"missing"`    // numbers between the first and the last that are not there
	Misplace int64           `json:"misplaced"`  // whole records that stand after a later one
	NotKept  int64           `json:"not_kept"`   // records that the till could not write, as it noted itself
	Suspect  int64           `json:"suspect"`    // whole records that hold what may be a card number
	NoHeader int             `json:"no_header"`  // files whose first line is no header, empty ones too
	Doubts   int64           `json:"doubts"`     // what is wrong with a whole file or with the folder
	Torn     int64           `json:"torn_bytes"` // bytes of half lines that a writer set aside in .torn files
	TornOff  int             `json:"torn_files"` // those files
	Modules  []string        `json:"modules"`    // SHA-256 of each module that decided, in order of appearance
	Problems []string        `json:"problems"`   // the first few faults, with file and line
}

const (
	maxProblems = 20  // faults that a report names one by one
	maxNames    = 100 // stores, and modules, that it names
)

// Sound says whether nothing is damaged, missing or doubtful.
//
// Three things are told and are sound all the same. Segments missing before the
// first one: whoever needs the room may take the oldest away. Half lines in
// .torn files: no Append had said that they are kept. Records that a till noted
// as not kept: the journal is what it was when it was written.
func (r *Report) Sound() bool {
	return len(r.Damaged) == 0 && r.Missing == 0 && r.Misplace == 0 && r.Suspect == 0 && r.NoHeader == 0 && r.Doubts == 0
}

// ExitCode is what a program that checks ends with: 0 when there is a journal
// and all of it is sound, 3 when it is not, 2 when it could not be read.
func ExitCode(reports []*Report, err error) int {
	if err != nil || len(reports) == 0 {
		return 2
	}
	for _, r := range reports {
		if !r.Sound() {
			return 3
		}
	}
	return 0
}

// Check reads journals through and says, folder by folder, what is whole,
// torn, missing or doubtful. It changes nothing. It fails where there is no
// journal, or where one cannot be read.
//
// What it cannot see is whole lines cut off the very end, or a last segment
// that was taken away: nothing after them says that they were there.
func Check(paths ...string) ([]*Report, error) {
	folders, err := find(paths)
	if err != nil {
		return nil, err
	}
	var reports []*Report
	for _, f := range folders {
		c := newChecker(f.dir)
		if err := c.folder(f); err != nil {
			return nil, err
		}
		reports = append(reports, c.report)
	}
	return reports, nil
}
