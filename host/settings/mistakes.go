package settings

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/rivo/uniseg"

	"github.com/tillwise/tillwise/plugin"
)

// Mistake is one thing that is wrong with a file.
type Mistake struct {
	File string
	Line int    // 0: not known
	Path string // of the key, such as policy.methods; empty: of no key
	What string // which key, and what it must be; never a value
}

// Mistakes are all that is wrong with a file, in its order.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	out := make([]string, len(m))
	for i, one := range m {
		out[i] = one.What
		switch {
		case one.Line > 0:
			out[i] = fmt.Sprintf("%s:%d: %s", one.File, one.Line, one.What)
		case one.File != "":
			out[i] = one.File + ": " + one.What
		}
	}
	return strings.Join(out, "\n")
}

func (m *Mistakes) add(more Mistakes) { *m = append(*m, more...) }

func (m Mistakes) in(path string) {
	for i := range m {
		m[i].File = path
	}
}

// place gives each mistake the line of its key, or of the table above it.
func (m Mistakes) place(at map[string]int) {
	for i := range m {
		for path := m[i].Path; m[i].Line == 0 && path != ""; {
			m[i].Line = at[path]
			path = path[:max(0, strings.LastIndexByte(path, '.'))]
		}
	}
	slices.SortFunc(m, func(a, b Mistake) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.What, b.What)) })
}

var (
	tableLine = regexp.MustCompile(`^\s*\[\[?\s*([^\]#]+?)\s*\]`)
	keyLine   = regexp.MustCompile(`^\s*([A-Za-z0-9_"'.\- \t]+?)\s*=`)
)

// lines finds where the keys of a file in TOML stand. The decoder does not tell,
// and its text is good TOML already: a look at how each line begins is enough.
func lines(text string) map[string]int {
	at := map[string]int{}
	table := ""
	note := func(path string, line int) {
		path = strings.NewReplacer(`"`, "", `'`, "", " ", "", "\t", "").Replace(path)
		if at[path] == 0 {
			at[path] = line
		}
	}
	for i, line := range strings.Split(text, "\n") {
		if t := tableLine.FindStringSubmatch(line); t != nil {
			table = t[1] + "."
			note(t[1], i+1)
		} else if k := keyLine.FindStringSubmatch(line); k != nil {
			note(table+k[1], i+1)
		}
	}
	return at
}

// unknown is a key that there is not. Its name is shown where that can be a name.
func unknown(path string, known ...string) Mistake {
	near := slices.MinFunc(known, func(a, b string) int {
		return levenshtein.Distance(last(path), a, nil) - levenshtein.Distance(last(path), b, nil)
	})
	hint := "nearest: " + near
	if 2*levenshtein.Distance(last(path), near, nil) > len(near) {
		hint = "there are: " + strings.Join(known, ", ")
	}
	shown := path
	if !plainKey.MatchString(last(path)) {
		shown = strings.TrimSuffix(path, last(path)) + "a key"
	}
	return Mistake{Path: path, What: shown + " is not known (" + hint + ")"}
}

var plainKey = regexp.MustCompile(`^[A-Za-z_-]{1,40}$`)

func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

const maxContact = 72 // cells: what a card has room for

// checkContacts keeps a contact within its line on the card: the module counts
// characters, and a card has cells.
func checkContacts(raw []byte) (found Mistakes) {
	var file struct{ Texts plugin.Texts }
	if json.Unmarshal(raw, &file) != nil {
		return nil
	}
	for owner, c := range file.Texts.Contacts {
		for lang, said := range map[plugin.Lang]string{plugin.English: c.English, plugin.French: c.French} {
			if uniseg.StringWidth(said) > maxContact || strings.ContainsFunc(said, func(r rune) bool { return r < ' ' }) {
				path := fmt.Sprintf("texts.contacts.%s.%s", owner, lang)
				found = append(found, Mistake{Path: path, What: fmt.Sprintf("%s must be one line of at most %d cells", path, maxContact)})
			}
		}
	}
	return found
}
