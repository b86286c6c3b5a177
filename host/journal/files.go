package journal

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	segmentPrefix = "journal-"
	plainSuffix   = ".jsonl"
	gzipSuffix    = ".jsonl.gz"
	tornSuffix    = ".torn"
	lockName      = "journal.lock"
)

// Files gives the journal files below each of the paths, folder by folder and
// in the order of their names, each once. A path that is a file counts
// whatever its name; in folders, *.jsonl and *.jsonl.gz do, and a plain file
// stands for its compressed twin.
func Files(paths ...string) ([]string, error) {
	var found []string
	seen := map[string]bool{}
	add := func(path string) {
		if clean := filepath.Clean(path); !seen[clean] {
			seen[clean] = true
			found = append(found, clean)
		}
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("looking for journals: %w", err)
		}
		if !info.IsDir() {
			add(path)
			continue
		}
		err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.Type().IsRegular() && isJournalName(p) {
				add(p)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("looking for journals: %w", err)
		}
	}
	found = slices.DeleteFunc(found, func(p string) bool {
		return strings.HasSuffix(p, ".gz") && seen[strings.TrimSuffix(p, ".gz")]
	})
	return found, nil
}

func isJournalName(path string) bool {
	return strings.HasSuffix(path, plainSuffix) || strings.HasSuffix(path, gzipSuffix)
}

// segment is one file of a writer's folder.
type segment struct {
	number int
	path   string
	plain  bool
}

// segments lists a folder's segments in order; of twins, only the plain one.
func segments(dir string) ([]segment, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	byNumber := map[int]segment{}
	for _, e := range entries {
		s := segment{path: filepath.Join(dir, e.Name()), plain: strings.HasSuffix(e.Name(), plainSuffix)}
		name := strings.TrimSuffix(strings.TrimSuffix(e.Name(), gzipSuffix), plainSuffix)
		if _, err := fmt.Sscanf(name, segmentPrefix+"%06d", &s.number); err != nil || !isJournalName(e.Name()) {
			continue
		}
		if twin, ok := byNumber[s.number]; !ok || !twin.plain {
			byNumber[s.number] = s
		}
	}
	list := make([]segment, 0, len(byNumber))
	for _, s := range byNumber {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b segment) int { return a.number - b.number })
	return list, nil
}

func segmentPath(dir string, number int) string {
	return filepath.Join(dir, fmt.Sprintf("%s%06d%s", segmentPrefix, number, plainSuffix))
}
