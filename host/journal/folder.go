package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// folder is what of a journal stands in one folder.
type folder struct {
	dir      string
	whole    bool      // the folder was asked for, not only files in it
	segments []segment // in order; of twins, only the plain one
	twins    []segment // compressed ones that stand beside a plain one
	torn     []string  // names of files with half lines that were set aside
	foreign  []string  // names that could be taken for a segment's
	odd      []error   // segments that are no plain files, folders that are links
	below    []string  // folders in it
}

func readFolder(dir string) (*folder, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, whole: true}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		s, ours := segmentOf(dir, e.Name())
		switch {
		case ours, helperName.MatchString(e.Name()):
			s.odd = refuse(path, e.Type())
			if s.odd != nil {
				f.odd = append(f.odd, s.odd)
			} else if !ours && strings.HasSuffix(path, tornSuffix) {
				f.torn = append(f.torn, e.Name())
			}
			if ours {
				f.segments = append(f.segments, s)
			}
		case isForeign(e.Name()):
			f.foreign = append(f.foreign, e.Name())
		case e.IsDir():
			f.below = append(f.below, path)
		case e.Type()&fs.ModeSymlink != 0:
			if to, err := os.Stat(path); err == nil && to.IsDir() {
				f.odd = append(f.odd, fmt.Errorf("%s is a link to a folder, which is not followed: name it as a path of its own", path))
			}
		}
	}
	f.order()
	return f, nil
}

// order sorts the segments and puts compressed twins apart.
func (f *folder) order() {
	slices.SortStableFunc(f.segments, func(a, b segment) int { return a.number - b.number })
	plain := map[string]bool{}
	for _, s := range f.segments {
		plain[s.path] = true
	}
	f.segments = slices.DeleteFunc(f.segments, func(s segment) bool {
		base, packed := strings.CutSuffix(s.path, gzipEnd)
		twin := packed && plain[base]
		if twin {
			f.twins = append(f.twins, s)
		}
		return twin
	})
}

// find gives the folders with anything of a journal below each of the paths,
// and for paths that are files the folders where they stand. A path may be a
// link; links below it are not followed.
func find(paths []string) ([]*folder, error) {
	var found []*folder
	byDir := map[string]*folder{}
	var named []string
	for _, path := range paths {
		path = filepath.Clean(path)
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("looking for journals: %w", err)
		}
		if !info.IsDir() {
			if err := refuse(path, info.Mode()); err != nil {
				return nil, fmt.Errorf("looking for journals: %w", err)
			}
			named = append(named, path)
			continue
		}
		any, err := walk(path, byDir, &found)
		if err != nil {
			return nil, fmt.Errorf("looking for journals: %w", err)
		}
		if !any {
			return nil, fmt.Errorf("looking for journals: there is none in %s: nothing there is named %s", path, filepath.Base(segmentPath("", 1)))
		}
	}
	for _, path := range named {
		dir := filepath.Dir(path)
		f := byDir[dir]
		if f == nil {
			f = &folder{dir: dir}
			byDir[dir] = f
			found = append(found, f)
		}
		if !slices.ContainsFunc(f.segments, func(s segment) bool { return s.path == path }) {
			f.segments = append(f.segments, segment{path: path})
		}
	}
	for _, f := range found {
		if !f.whole {
			f.order()
		}
	}
	return found, nil
}

// walk reads a folder and those below it, and says whether anything was there.
func walk(dir string, byDir map[string]*folder, found *[]*folder) (any bool, err error) {
	f, err := readFolder(dir)
	if err != nil {
		return false, err
	}
	any = len(f.segments)+len(f.torn)+len(f.foreign)+len(f.odd) > 0
	if any && byDir[dir] == nil {
		byDir[dir] = f
		*found = append(*found, f)
	}
	for _, below := range f.below {
		there, err := walk(below, byDir, found)
		if err != nil {
			return false, err
		}
		any = any || there
	}
	return any, nil
}

// Files gives the journal files below each of the paths, folder by folder, in
// the order of their numbers, each once. A path that is a file counts whatever
// its name; in folders only journal-000001.jsonl and the like do, and a plain
// file stands for its compressed twin. It fails where there is no journal, and
// where a segment is a link, a pipe or anything else but a plain file.
func Files(paths ...string) ([]string, error) {
	folders, err := find(paths)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, f := range folders {
		if err := errors.Join(f.odd...); err != nil {
			return nil, fmt.Errorf("looking for journals: %w", err)
		}
		for _, s := range f.segments {
			files = append(files, s.path)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("looking for journals: there is none in %s", strings.Join(paths, ", "))
	}
	return files, nil
}
