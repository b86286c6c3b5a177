package glance

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// The files of a kit, beside the screens and the questions.
const (
	markFile  = "kit.txt" // tells that a folder is a kit's, so that it may be made anew
	sheetFile = "sheet.csv"
	keyFile   = "key.csv"
	screens   = "screens"
	mark      = "tillwise glance kit "
)

// Make writes a plan's kit into a folder, which it makes if need be: a screen a
// file, the questions, a sheet to fill with rows for so many readers (1 to 99), and
// the key for who leads the test. It gives the number of the kit. It fails, and
// writes nothing, where the folder holds anything but an unfilled kit.
func Make(ctx context.Context, e tui.Engine, p Plan, readers int, dir string) (name string, err error) {
	if readers < 1 || readers > maxReader {
		return "", fmt.Errorf("a sheet has rows for 1 to %d readers, not for %d", maxReader, readers)
	}
	k, err := load(ctx, e, p)
	if err != nil {
		return "", err
	}
	if err := free(dir); err != nil {
		return "", fmt.Errorf("writing the kit: %w", err)
	}
	files := map[string][]byte{
		markFile:                              []byte(mark + k.stem + "\n"),
		sheetFile:                             k.sheet(readers),
		keyFile:                               k.keySheet(),
		"questions." + short(p.Lang) + ".txt": []byte(questionSheet(p.Lang)),
	}
	for n := 1; n <= len(k.cards); n++ {
		files[filepath.Join(screens, fmt.Sprintf("%02d.txt", n))] = fmt.Appendf(nil, "%s\n%*s\n", k.screen(n), width, fmt.Sprintf("%02d", n))
	}
	if err := os.MkdirAll(filepath.Join(dir, screens), 0o755); err != nil {
		return "", fmt.Errorf("writing the kit: %w", err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return "", fmt.Errorf("writing the kit: %w", err)
		}
	}
	return k.stem, nil
}

// free tells whether a kit may be written to a folder, and clears an older kit
// of what the new one need not overwrite.
func free(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	was, err := os.ReadFile(filepath.Join(dir, markFile))
	if err != nil || !strings.HasPrefix(string(was), mark) {
		return fmt.Errorf("%s is not empty, and holds no kit: take another folder", dir)
	}
	sheet, err := os.ReadFile(filepath.Join(dir, sheetFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil && filled(sheet) {
		return fmt.Errorf("the sheet in %s has answers in it: score and keep it, and take another folder", dir)
	}
	old, err := filepath.Glob(filepath.Join(dir, "questions.??.txt"))
	if err != nil {
		return err
	}
	for n := 1; n <= MaxCards; n++ {
		old = append(old, filepath.Join(dir, screens, fmt.Sprintf("%02d.txt", n)))
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// filled tells whether somebody has written into a sheet. What cannot be read
// counts as written.
func filled(sheet []byte) bool {
	rows, err := rowsOf(sheet)
	if err != nil {
		return true
	}
	for i, r := range rows {
		for j, cell := range r.cells {
			if i > 0 && j > 1 && strings.TrimSpace(cell) != "" {
				return true
			}
		}
	}
	return false
}

// table writes rows as the spreadsheets of the language read them: those in
// French want semicolons, and a byte-order mark to know UTF-8 by.
func table(l plugin.Lang, rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if l == plugin.French {
		b.WriteString("\ufeff")
		w.Comma = ';'
	}
	_ = w.WriteAll(rows) // a buffer does not fail
	return b.Bytes()
}

func header(l plugin.Lang, first ...phrase) (out []string) {
	for _, f := range first {
		out = append(out, f.in(l))
	}
	for _, q := range questions {
		out = append(out, q.name.in(l))
	}
	return out
}

// sheet is the sheet to fill: all screens of the first reader, then the next.
func (k *kit) sheet(readers int) []byte {
	rows := [][]string{header(k.plan.Lang, readerColumn, screenColumn)}
	for reader := 1; reader <= readers; reader++ {
		for n := range k.cards {
			rows = append(rows, append([]string{fmt.Sprint(reader), numbered(k.stem, n+1)}, make([]string, numQuestions)...))
		}
	}
	return table(k.plan.Lang, rows)
}

// keySheet tells who leads the test what is right. A word after a question mark
// counts as unsure.
func (k *kit) keySheet() []byte {
	l := k.plan.Lang
	rows := [][]string{header(l, screenColumn, phrase{"scenario", "scénario"}, phrase{"card", "carte"}, phrase{"kind", "genre"})}
	for n, c := range k.cards {
		row := []string{numbered(k.stem, n+1), c.SaleID, c.Decision.Card.String(), strata[stratumOf(c.Decision)].name}
		for q, e := range k.keys[n].of {
			row = append(row, e.text(question(q), l))
		}
		rows = append(rows, row)
	}
	return table(l, rows)
}

// text lists what is right, and with a question mark what counts as unsure.
func (e expected) text(q question, l plugin.Lang) string {
	var out []string
	for _, name := range e.right {
		out = append(out, q.word(name, l))
	}
	for _, name := range e.spare {
		out = append(out, "?"+q.word(name, l))
	}
	return strings.Join(out, "|")
}

// word gives an answer's word in a language.
func (q question) word(name string, l plugin.Lang) string {
	for _, w := range questions[q].words {
		if w.name.en == name {
			return w.name.in(l)
		}
	}
	return name
}
