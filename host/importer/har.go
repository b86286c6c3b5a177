package importer

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

// har reads a HAR file's entries and adds them in the order of their times. One
// whose time cannot be read keeps its place behind the one before it; the
// module is told that its time is not known.
// Nothing but the whitelisted parts of an entry is held meanwhile.
func (i *importer) har(ctx context.Context, in *bufio.Reader) error {
	var entries []entry
	n, last := int64(0), int64(0)
	held := int64(0)
	defer func() { i.held -= held }()
	err := newWalker(&shortener{in: in}).eachEntry(func(h *harEntry) error {
		i.report.Entries++
		n++
		if h == nil || h.url == "" {
			i.unread(n, SkipUnreadable)
			return nil
		}
		e := h.entry()
		e.n, e.undated = n, e.at == 0
		last = cmp.Or(e.at, last)
		e.order = last
		if reason := leaveOut(&e); reason != "" {
			i.report.skip(reason, 1)
			return nil
		}
		entries = append(entries, e)
		held += e.size()
		return i.hold(e.size())
	})
	if errors.Is(err, errTooMuch) {
		return err
	}
	if err != nil {
		if err := i.breaksOff(n + 1); err != nil {
			return err
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.order, b.order) })
	for _, e := range entries {
		if err := i.add(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// eachEntry reads the entries of a HAR one by one, and those of the HARs behind
// it: recordings are put together with cat. It gives nil for what is none.
func (w walker) eachEntry(f func(*harEntry) error) error {
	for {
		t, err := w.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		entries := false
		if t == json.Delim('{') {
			err = w.object(func(name string) (err error) {
				if name != "log" {
					return w.pass()
				}
				entries, err = w.log(f)
				return err
			})
		} else {
			err = w.rest(t)
		}
		if err == nil && !entries {
			err = f(nil)
		}
		if err != nil {
			return err
		}
	}
}

// log reads a HAR's log and says whether it had entries.
func (w walker) log(f func(*harEntry) error) (entries bool, err error) {
	_, err = w.members(func(name string) (err error) {
		if name != "entries" {
			return w.pass()
		}
		entries, err = w.elements(func() error {
			h, err := w.entry()
			if err != nil {
				return err
			}
			return f(h)
		})
		return err
	})
	return entries, err
}
