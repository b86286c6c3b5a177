package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// checker makes one folder's report.
type checker struct {
	report   *Report
	trackers map[string]*Tracker // of the folder, and of each store in files that have other names
}

func newChecker(dir string) *checker {
	return &checker{
		report:   &Report{Dir: dir, Stores: []string{}, Damaged: map[Fault]int64{}, Modules: []string{}, Problems: []string{}},
		trackers: map[string]*Tracker{},
	}
}

func (c *checker) problem(format string, args ...any) {
	if r := c.report; len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// doubt is a problem with a whole file, or with the folder.
func (c *checker) doubt(format string, args ...any) {
	c.report.Doubts++
	c.problem(format, args...)
}

func (c *checker) folder(f *folder) error {
	for _, err := range f.odd {
		c.doubt("%v", err)
	}
	for _, name := range f.foreign {
		c.doubt("%s is not named as a segment is, and was not read: take it away, or give it the name that it had", name)
	}
	if f.whole && len(f.segments) == 0 {
		c.doubt("there is no segment")
	}
	for _, s := range f.twins {
		if err := c.twin(s); err != nil {
			return err
		}
	}
	for i, s := range f.segments {
		if i > 0 && s.number > f.segments[i-1].number+1 {
			c.doubt("%s is not there, and may not be alone", filepath.Base(segmentPath("", f.segments[i-1].number+1)))
		}
		if s.odd != nil {
			continue
		}
		if err := c.file(s); err != nil {
			return fmt.Errorf("checking %s: %w", s.path, err)
		}
	}
	for _, name := range f.torn {
		info, err := os.Lstat(filepath.Join(f.dir, name))
		if err != nil {
			return fmt.Errorf("checking %s: %w", f.dir, err)
		}
		c.report.Torn += info.Size()
		c.report.TornOff++
	}
	for _, t := range c.trackers {
		c.report.Missing += t.Missing()
	}
	return nil
}

// twin compares a compressed segment with the plain one beside it.
func (c *checker) twin(s segment) error {
	if s.odd != nil {
		return nil // it was named already
	}
	plain := s.path[:len(s.path)-len(gzipEnd)]
	if info, err := os.Lstat(plain); err != nil || !info.Mode().IsRegular() {
		return err
	}
	same, err := sameContent(plain, s.path)
	if err != nil {
		return fmt.Errorf("checking %s: %w", s.path, err)
	}
	if !same {
		c.doubt("%s does not hold what %s does; the plain one was read", filepath.Base(s.path), filepath.Base(plain))
	}
	return nil
}

// tracker gives the one that follows a file's numbers. All segments of a folder
// have one sequence, whatever their stores; files that were named otherwise are
// taken for one journal for each store.
func (c *checker) tracker(s segment, store string) *Tracker {
	if IsSegment(s.path) {
		store = ""
	}
	if c.trackers[store] == nil {
		c.trackers[store] = &Tracker{}
	}
	return c.trackers[store]
}

func (c *checker) file(s segment) error {
	r, err := OpenFile(s.path)
	if err != nil {
		return err
	}
	defer r.Close()
	c.report.Files++
	f := fileCheck{checker: c, segment: s, name: filepath.Base(s.path)}
	if s.plain && r.packed {
		c.doubt("%s is compressed, and its name does not say so: give it the end %s", f.name, gzipEnd)
	}
	for {
		item, err := r.Next()
		if errors.Is(err, io.EOF) {
			if f.lines == 0 {
				c.report.NoHeader++
				c.problem("%s is empty: its header, and what it held, are gone", f.name)
			}
			return nil
		}
		if err != nil {
			return err
		}
		f.item(item)
	}
}

// note adds a name to a list, unless it is there or there are too many.
func note(list []string, name []byte) []string {
	if len(list) < maxNames && !slices.Contains(list, string(name)) {
		list = append(list, string(name))
	}
	return list
}
