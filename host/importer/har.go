package importer

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"slices"
)

var errShape = errors.New("not the shape of a HAR")

// har reads a HAR file's entries and adds them in the order of their times. One
// whose time cannot be read keeps its place behind the one before it; the
// module is told that its time is not known.
// Nothing but the whitelisted parts of an entry is held meanwhile.
func (i *importer) har(ctx context.Context, in *bufio.Reader) error {
	if r, _, err := in.ReadRune(); err == nil && r != '\ufeff' {
		_ = in.UnreadRune() // the first rune was just read
	}
	var entries []entry
	last := int64(0)
	err := newWalker(in).eachEntry(func(h harEntry) {
		i.report.Entries++
		e, readable := h.entry()
		if !readable {
			i.skip(SkipUnreadable)
			return
		}
		if last = cmp.Or(e.at, last); e.at == 0 {
			i.report.Undated++
		}
		e.order = last
		entries = append(entries, e)
	})
	if err != nil { // the rest of the file is not to be read: as many entries as it may hold count as one
		i.report.Entries++
		i.skip(SkipUnreadable)
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.order, b.order) })
	for _, e := range entries {
		if err := i.add(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// eachEntry walks to log.entries and reads them one by one.
func (w walker) eachEntry(f func(harEntry)) error {
	return w.shaped(w.members(func(name string) error {
		if name != "log" {
			return w.pass()
		}
		return w.shaped(w.members(func(name string) error {
			if name != "entries" {
				return w.pass()
			}
			return w.shaped(w.elements(func() error {
				h, err := w.entry()
				if err == nil {
					f(h)
				}
				return err
			}))
		}))
	}))
}

func (w walker) shaped(as bool, err error) error {
	if err == nil && !as {
		return errShape
	}
	return err
}
