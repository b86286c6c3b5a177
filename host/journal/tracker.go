package journal

import "slices"

// Tracker follows the sequence numbers of one journal through all its files.
// The zero value has seen nothing.
type Tracker struct {
	begun     bool
	last      int64
	holes     []hole // numbers skipped so far, lowest first; the newest few
	forgotten int64  // numbers of older holes, which can be filled no more
}

type hole struct{ from, to int64 }

// maxHoles bounds what a Tracker remembers, whatever a file holds.
const maxHoles = 10_000

// See takes the next record's number. It says whether the number was seen
// before; skipped is how many numbers were passed over just now.
// A number that fills an earlier hole is new: the line stands in the wrong
// place, which late says.
func (t *Tracker) See(seq int64) (doubled, late bool, skipped int64) {
	t.begun = true
	if seq > t.last {
		skipped = t.skipTo(seq - 1)
		t.last = seq
		return false, false, skipped
	}
	for i := range t.holes {
		h := &t.holes[i]
		if seq < h.from || seq > h.to {
			continue
		}
		switch rest := (hole{seq + 1, h.to}); {
		case seq == h.from:
			h.from++
		case seq == h.to:
			h.to--
		default:
			h.to = seq - 1
			t.holes = slices.Insert(t.holes, i+1, rest)
		}
		if h := t.holes[i]; h.from > h.to {
			t.holes = slices.Delete(t.holes, i, i+1)
		}
		t.forget()
		return false, true, 0
	}
	return true, false, 0
}

// Missing counts the numbers that have not come.
func (t *Tracker) Missing() int64 {
	n := t.forgotten
	for _, h := range t.holes {
		n += h.to - h.from + 1
	}
	return n
}

// Last is the highest number seen.
func (t *Tracker) Last() int64 { return t.last }

// Begin says that a file's numbers begin at first. Numbers before the first
// file are not missing: old segments may have been taken away. Those between
// files are, and skipped counts them; again says that first
// came before, so that the file is another journal's or stands there twice.
func (t *Tracker) Begin(first int64) (skipped int64, again bool) {
	if !t.begun {
		t.begun, t.last = true, max(first-1, 0)
		return 0, false
	}
	if first <= t.last {
		return 0, true
	}
	return t.skipTo(first - 1), false
}

// skipTo notes that the numbers up to seq have not come.
func (t *Tracker) skipTo(seq int64) int64 {
	skipped := seq - t.last
	if skipped <= 0 {
		return 0
	}
	t.holes = append(t.holes, hole{t.last + 1, seq})
	t.last = seq
	t.forget()
	return skipped
}

// forget lets the oldest hole go when there are too many.
func (t *Tracker) forget() {
	if len(t.holes) > maxHoles {
		t.forgotten += t.holes[0].to - t.holes[0].from + 1
		t.holes = t.holes[1:]
	}
}
