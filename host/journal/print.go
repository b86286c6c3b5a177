package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host/escape"
)

// Filter chooses records. Zero fields choose all.
type Filter struct {
	SaleID       string
	Lane         string
	Rule         string    // matched.rule of the decision, whole
	Since, Until time.Time // from Since on, before Until
}

func (f Filter) keeps(l Line) bool {
	switch {
	case f.SaleID != "" && string(l.SaleID) != f.SaleID,
		f.Lane != "" && string(l.Lane) != f.Lane,
		f.Rule != "" && !bytes.Contains(l.Record, []byte(`"rule":"`+f.Rule+`"`)),
		!f.Since.IsZero() && l.At < f.Since.UnixMilli(),
		!f.Until.IsZero() && l.At >= f.Until.UnixMilli():
		return false
	}
	return true
}

// Cat copies the whole records that the filter keeps to out, line for line as
// they were written. It gives the number of damaged lines passed over.
func Cat(out io.Writer, f Filter, paths ...string) (damaged int64, err error) {
	files, err := Files(paths...)
	if err != nil {
		return 0, err
	}
	for _, path := range files {
		if err := catFile(out, f, path, &damaged); err != nil {
			return damaged, err
		}
	}
	return damaged, nil
}

func catFile(out io.Writer, f Filter, path string, damaged *int64) error {
	r, err := OpenFile(path)
	if err != nil {
		return err
	}
	defer r.Close()
	for {
		item, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("printing %s: %w", path, err)
		case item.Fault != FaultNone:
			*damaged++
		case item.Header == nil && f.keeps(item.Line):
			if _, err := fmt.Fprintf(out, "%s\n", item.Bytes); err != nil {
				return fmt.Errorf("printing %s: %w", path, err)
			}
		}
	}
}

// Text writes the report for people.
func (r *Report) Text(out io.Writer) error {
	var b bytes.Buffer
	verdict := "sound"
	if !r.Sound() {
		verdict = "NOT SOUND"
	}
	fmt.Fprintf(&b, "%s: %s\n", escape.Line(r.Dir), verdict)
	var stores []string
	for _, s := range r.Stores {
		stores = append(stores, strconv.Quote(s))
	}
	fmt.Fprintf(&b, "  store %s, %d files, %d lines = %d whole + %d damaged, seq %d to %d\n",
		strings.Join(stores, " and "), r.Files, r.Lines, r.Whole, r.Lines-r.Whole, r.First, r.Last)
	if r.Origin != "" {
		fmt.Fprintf(&b, "  not written by a till: %s\n", escape.Line(r.Origin))
	}
	if r.Whole == 0 {
		fmt.Fprintf(&b, "  there is no record in it\n")
	}
	for _, fault := range slices.Sorted(maps.Keys(r.Damaged)) {
		fmt.Fprintf(&b, "  damaged: %d %s\n", r.Damaged[fault], fault)
	}
	for _, c := range []struct {
		n    int64
		what string
	}{
		{r.Before, "numbers before the first file: older segments are not here"}, {r.Missing, "numbers missing"},
		{r.Misplace, "records out of place"}, {r.NotKept, "records that the till could not write, by its own note"},
		{r.Suspect, "records that may hold a card number"}, {int64(r.NoHeader), "files without a header"},
		{r.Doubts, "doubts about whole files"}, {int64(r.TornOff), fmt.Sprintf("files with half lines that were set aside, %d bytes", r.Torn)},
	} {
		if c.n > 0 {
			fmt.Fprintf(&b, "  %d %s\n", c.n, c.what)
		}
	}
	for _, m := range r.Modules {
		fmt.Fprintf(&b, "  decided by module %.12s\n", m)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "  %s\n", escape.Line(p))
	}
	_, err := out.Write(b.Bytes())
	return err
}
