package journal

import "bytes"

// fileCheck is a checker on its way through one file.
type fileCheck struct {
	*checker
	segment segment
	name    string
	lines   int64
	header  *Header // the last one read of version 1
	tracker *Tracker
	crlf    bool // what was said once for the file
	strange bool
}

func (f *fileCheck) item(item Item) {
	f.lines++
	if item.Fault == FaultCRLF && !f.crlf {
		f.crlf = true
		f.doubt("%s:%d: its lines end with CRLF: was it copied as text? Copy it again, byte for byte", f.name, item.Number)
	}
	if item.Number == 1 && item.Header == nil {
		f.report.NoHeader++
		f.problem("%s:1: no header%s", f.name, hint(item.Bytes))
	}
	if item.Header != nil {
		f.head(item)
		return
	}
	f.line(item)
}

// hint tells a file that an editor has saved.
func hint(first []byte) string {
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(first, []byte(mark)) {
			return ": it begins with a byte-order mark; was it saved as text?"
		}
	}
	return ""
}

func (f *fileCheck) head(item Item) {
	h := item.Header
	if h.Version != Version {
		f.doubt("%s:%d: it is of version %d, and this program reads version %d", f.name, item.Number, h.Version, Version)
		return
	}
	f.header = h
	f.report.Stores, f.report.Origin = note(f.report.Stores, []byte(h.Store)), h.Origin
	if f.tracker == nil {
		f.tracker = f.checker.tracker(f.segment, h.Store)
	}
	if !f.tracker.begun {
		f.report.Before += h.First - 1
		if f.segment.number == 1 && h.First > 1 {
			f.doubt("%s: it is the first segment, and its numbers begin with %d", f.name, h.First)
		}
	}
	last := f.tracker.Last()
	switch skipped, again := f.tracker.Begin(h.First); {
	case again:
		f.doubt("%s:%d: the numbers begin with %d again, after %d of store %q: is it of another journal, or there twice?",
			f.name, item.Number, h.First, last, f.report.Stores[0])
	case skipped > 0:
		f.problem("%s:%d: numbers %d to %d are missing before this file", f.name, item.Number, last+1, h.First-1)
	}
}

func (f *fileCheck) line(item Item) {
	rep := f.report
	rep.Lines++
	if item.Fault != FaultNone {
		rep.Damaged[item.Fault]++
		if item.Fault != FaultCRLF { // said once
			f.problem("%s:%d: %s", f.name, item.Number, item.Fault)
		}
		return
	}
	l := item.Line
	if f.tracker == nil {
		f.tracker = f.checker.tracker(f.segment, string(l.Store))
	}
	if f.header != nil && string(l.Store) != f.header.Store && !f.strange {
		f.strange = true
		f.doubt("%s:%d: a record of store %q stands in a file of store %q", f.name, item.Number, l.Store, f.header.Store)
	}
	doubled, late, skipped := f.tracker.See(l.Seq)
	if doubled {
		rep.Damaged[FaultDoubled]++
		f.problem("%s:%d: %s: seq %d was read before", f.name, item.Number, FaultDoubled, l.Seq)
		return
	}
	rep.Whole++
	rep.NotKept += l.Missed
	if rep.First == 0 || l.Seq < rep.First {
		rep.First = l.Seq
	}
	rep.Last = max(rep.Last, l.Seq)
	rep.Modules = note(rep.Modules, l.Module)
	if late {
		rep.Misplace++
		f.problem("%s:%d: seq %d stands after a later one", f.name, item.Number, l.Seq)
	}
	if skipped > 0 {
		f.problem("%s:%d: seq %d comes after %d: what is between is missing", f.name, item.Number, l.Seq, l.Seq-skipped-1)
	}
	if recordHoldsCard(l.Record) || HoldsCardNumber(l.SettledBy) {
		rep.Suspect++
		f.problem("%s:%d: seq %d may hold a card number", f.name, item.Number, l.Seq)
	}
}
