package journal

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const (
	segmentPrefix = "journal-"
	plainSuffix   = ".jsonl"
	gzipEnd       = ".gz"
	gzipSuffix    = plainSuffix + gzipEnd
	tornSuffix    = ".torn"
	lockName      = "journal.lock"

	gzipMagic = "\x1f\x8b" // the first two bytes of a compressed file
)

// segment is one file of a journal.
type segment struct {
	number int // 0: a file that was named by its path, whatever its name
	path   string
	plain  bool  // by its name
	odd    error // why it is not to be opened
}

var (
	segmentName = regexp.MustCompile(`^journal-(\d{6,18})\.jsonl(\.gz)?$`)
	helperName  = regexp.MustCompile(`^journal-\d{6,18}\.jsonl(\.torn|\.\d+\.tmp)$`) // set aside, or half compressed
)

func segmentPath(dir string, number int) string {
	return filepath.Join(dir, fmt.Sprintf("%s%06d%s", segmentPrefix, number, plainSuffix))
}

// segmentOf reads a segment's name. It must be the very name that a writer
// gives: what was copied, renamed or numbered by somebody else is no segment.
func segmentOf(dir, name string) (s segment, ok bool) {
	parts := segmentName.FindStringSubmatch(name)
	if parts == nil {
		return s, false
	}
	n, err := strconv.Atoi(parts[1])
	path := segmentPath(dir, n)
	if err != nil || n == 0 || name != filepath.Base(path)+parts[2] {
		return s, false
	}
	return segment{number: n, path: path + parts[2], plain: parts[2] == ""}, true
}

// IsSegment says whether a file is named as a writer names a segment, such as
// journal-000001.jsonl or journal-000001.jsonl.gz.
func IsSegment(path string) bool {
	_, ok := segmentOf(filepath.Dir(path), filepath.Base(path))
	return ok
}

// isForeign says whether a name that is no segment's could be taken for one.
func isForeign(name string) bool {
	name = strings.ToLower(name)
	return name != lockName && !helperName.MatchString(name) &&
		(strings.HasPrefix(name, segmentPrefix) || strings.HasSuffix(name, plainSuffix) || strings.HasSuffix(name, gzipSuffix))
}
