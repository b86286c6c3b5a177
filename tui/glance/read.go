package glance

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/tillwise/tillwise/plugin"
)

// Mistakes are all that is wrong with a sheet, in its order, each with its line
// and column. A sheet with mistakes is not scored: a part would look like the whole.
type Mistakes []string

func (m Mistakes) Error() string {
	return fmt.Sprintf("nothing was scored, for the sheet has mistakes (%d):\n%s", len(m), strings.Join(m, "\n"))
}

// maxSheet is more than 99 readers of 60 cards can fill.
const maxSheet = 4 << 20

// row is one row of a table, and the line that it begins on.
type row struct {
	line  int
	cells []string
}

// rowsOf reads a table as spreadsheets write them: commas, semicolons or tabs,
// with or without a byte-order mark, in UTF-8 or else in Windows' Latin letters.
func rowsOf(data []byte) ([]row, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		var err error
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil {
			return nil, fmt.Errorf("reading its letters: %w", err)
		}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1 // quotation marks are not taken lazily: a stray one would swallow the rows below it
	head, _, _ := bytes.Cut(data, []byte("\n"))
	for _, c := range []rune{';', '\t'} {
		if bytes.ContainsRune(head, c) {
			r.Comma = c
		}
	}
	var rows []row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("it is no table with commas, semicolons or tabs: %w", err)
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, row{line, cells})
	}
}

// filling is a row that somebody filled: what one reader made of one screen.
type filling struct {
	reader  int
	screen  int
	answers [numQuestions]string // empty: none was written
}

// columns finds out which column of a sheet is which.
type columns struct {
	reader, screen int
	of             [numQuestions]int
}

func columnsOf(head row) (c columns, mistakes []string) {
	find := func(name phrase) int {
		i := slices.IndexFunc(head.cells, func(cell string) bool {
			return folded(cell) == folded(name.en) || folded(cell) == folded(name.fr)
		})
		if i < 0 {
			mistakes = append(mistakes, fmt.Sprintf("line %d: there is no column %q: keep the first line as the kit has it", head.line, name.en))
		}
		return i
	}
	c.reader, c.screen = find(readerColumn), find(screenColumn)
	for q := range questions {
		c.of[q] = find(questions[q].name)
	}
	return c, mistakes
}

// readSheet reads a filled sheet, and says of which kit it is. Rows without an
// answer are left out: not every reader sees every screen.
func readSheet(in io.Reader) (p Plan, stem string, out []filling, err error) {
	data, err := io.ReadAll(io.LimitReader(in, maxSheet+1))
	if err != nil {
		return p, "", nil, err
	}
	if len(data) > maxSheet {
		return p, "", nil, fmt.Errorf("it is larger than any sheet (%d MiB)", maxSheet>>20)
	}
	rows, err := rowsOf(data)
	if err != nil {
		return p, "", nil, err
	}
	if len(rows) == 0 {
		return p, "", nil, errors.New("it is empty: fill the sheet of a kit")
	}
	c, wrong := columnsOf(rows[0])
	if len(wrong) > 0 {
		return p, "", nil, Mistakes(wrong)
	}
	lang := plugin.English
	if folded(rows[0].cells[c.reader]) == folded(readerColumn.fr) {
		lang = plugin.French
	}
	seen := map[[2]int]int{} // the line of a reader's screen
	for _, r := range rows[1:] {
		wrongHere := func(column int, format string, args ...any) {
			wrong = append(wrong, fmt.Sprintf("line %d, column %d (%s): %s", r.line, column+1, strings.TrimSpace(rows[0].cells[column]), fmt.Sprintf(format, args...)))
		}
		cell := func(i int) string {
			if i < len(r.cells) {
				return strings.TrimSpace(r.cells[i])
			}
			return ""
		}
		var f filling
		empty := true
		for q, i := range c.of {
			name, ok := question(q).read(cell(i))
			f.answers[q] = name
			empty = empty && cell(i) == ""
			if !ok {
				wrongHere(i, "%q is none of its answers: %s", shortened(cell(i)), question(q).allowed(lang))
			}
		}
		if empty {
			continue
		}
		plan, kitOf, n, err := parseCode(strings.ToLower(cell(c.screen)))
		switch {
		case err != nil:
			wrongHere(c.screen, "%q: %v", shortened(cell(c.screen)), err)
		case stem == "":
			p, stem = plan, kitOf
		case stem != kitOf:
			wrongHere(c.screen, "it is of another kit than %s: score one kit at a time", stem)
		}
		f.screen = n
		if f.reader, err = strconv.Atoi(cell(c.reader)); err != nil || f.reader < 1 || f.reader > maxReader {
			wrongHere(c.reader, "%q is no reader's number from 1 to %d: write no names", shortened(cell(c.reader)), maxReader)
		} else if before := seen[[2]int{f.reader, n}]; before > 0 && n > 0 {
			wrongHere(c.screen, "reader %d has answered this screen on line %d already", f.reader, before)
		}
		seen[[2]int{f.reader, n}] = r.line
		out = append(out, f)
	}
	switch {
	case len(wrong) > 0:
		return p, stem, nil, Mistakes(wrong)
	case len(out) == 0:
		return p, stem, nil, errors.New("nobody has answered yet: fill its rows first")
	}
	return p, stem, out, nil
}

// shortened is a cell for a message.
func shortened(s string) string {
	const most = 30
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
