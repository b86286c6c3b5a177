package replay

import (
	"fmt"
	"io"
	"time"
)

// ProgressTo gives a function for Options.Progress that says how far a replay
// is: on a line that is written over, four times a second, when a person
// watches; on a line of its own every half minute when not.
func ProgressTo(out io.Writer, watched bool, now func() time.Time) (progress func(Progress), done func()) {
	every := 30 * time.Second
	if watched {
		every = time.Second / 4
	}
	start := now()
	last := start
	shown := false
	progress = func(p Progress) {
		at := now()
		if at.Sub(last) < every || p.Total == 0 {
			return
		}
		last, shown = at, true
		spent := at.Sub(start)
		rate := float64(p.Lines) / spent.Seconds()
		line := fmt.Sprintf("replay: %d lines, %.0f %%, %.0f a second", p.Lines, 100*float64(p.Bytes)/float64(p.Total), rate)
		if p.Bytes > 0 {
			left := time.Duration(float64(spent) * float64(p.Total-p.Bytes) / float64(p.Bytes))
			line += ", " + left.Round(time.Second).String() + " left"
		}
		if watched {
			fmt.Fprintf(out, "\r%s\x1b[K", line)
		} else {
			fmt.Fprintln(out, line)
		}
	}
	done = func() {
		if watched && shown {
			fmt.Fprint(out, "\r\x1b[K")
		}
	}
	return progress, done
}
