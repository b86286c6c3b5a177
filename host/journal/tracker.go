package journal

// Tracker follows the sequence numbers of one journal through all its files.
// The zero value has seen nothing.
type Tracker struct {
	last  int64
	holes []hole // numbers skipped so far, lowest first
}

type hole struct{ from, to int64 }

// See takes the next record's number. It says whether the number was seen
// before; skipped is how many numbers were passed over just now.
// A number that fills an earlier hole is new: the line stands in the wrong
// place, which late says.
func (t *Tracker) See(seq int64) (doubled, late bool, skipped int64) {
	if seq > t.last {
		skipped = seq - t.last - 1
		if skipped > 0 {
			t.holes = append(t.holes, hole{t.last + 1, seq - 1})
		}
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
			t.holes = append(t.holes[:i+1], append([]hole{rest}, t.holes[i+1:]...)...)
		}
		if t.holes[i].from > t.holes[i].to {
			t.holes = append(t.holes[:i], t.holes[i+1:]...)
		}
		return false, true, 0
	}
	return true, false, 0
}

// Missing counts the numbers that have not come.
func (t *Tracker) Missing() int64 {
	n := int64(0)
	for _, h := range t.holes {
		n += h.to - h.from + 1
	}
	return n
}

// Last is the highest number seen.
func (t *Tracker) Last() int64 { return t.last }

// Begin says that a file's numbers begin at first. Numbers that no file had
// before the first file are not missing: old segments may have been taken away.
func (t *Tracker) Begin(first int64) {
	if t.last == 0 && first > 1 {
		t.last = first - 1
	}
}
