// Package settings reads what a store sets, from a file in TOML.
//
// A file has three tables. Policy and texts are the settings of the module, the
// same as tillwise_configure takes them as JSON; the module itself says which
// values are good. Till is what only the program around it needs. The sample
// file documents every key, and it is also the list of the keys there are: a
// key that the sample does not have is an error, because a setting that is
// spelled wrong and silently not followed is found out at the counter.
package settings

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/agext/levenshtein"
	"github.com/rivo/uniseg"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// Sample is a file with every key, documented.
//
//go:embed store.sample.toml
var Sample string

const (
	maxFile    = 64 << 10 // bytes
	maxContact = 72       // cells: what a card has room for
)

// Settings are a store's settings.
type Settings struct {
	Till Till
	JSON []byte // {"policy":{…},"texts":{…}} for host.Config.Settings
}

// Till is what the program around the module needs.
type Till struct {
	Store    string      // the store's number in the journal, or empty
	Lane     string      // this till's number, or empty
	Language plugin.Lang // at the start; empty: as the system has it
	Contrast bool        // draw white on black
	Touch    bool        // taps count as keys
}

// Read reads a file. Errors name the file, the key and what to write instead.
func Read(path string) (Settings, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Settings{}, fmt.Errorf("reading the store's settings: %w", err)
	}
	if info.Size() > maxFile {
		return Settings{}, fmt.Errorf("reading the store's settings: %s has more than %d bytes: is it the right file?", path, maxFile)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Settings{}, fmt.Errorf("reading the store's settings: %w", err)
	}
	s, err := Parse(string(text))
	if err != nil {
		return Settings{}, fmt.Errorf("the store's settings in %s: %w", path, err)
	}
	return s, nil
}

// Parse reads the text of a file.
func Parse(text string) (Settings, error) {
	var file struct {
		Till   Till `toml:"till"`
		Policy any  `toml:"policy"` // any: what is no table the module refuses, and the decoder would drop
		Texts  any  `toml:"texts"`
	}
	found, err := toml.Decode(text, &file)
	if err != nil {
		if perr := (toml.ParseError{}); errors.As(err, &perr) {
			return Settings{}, fmt.Errorf("line %d: %s", perr.Position.Line, perr.Message)
		}
		return Settings{}, errors.New(strings.TrimPrefix(err.Error(), "toml: "))
	}
	if err := checkKeys(found.Keys()); err != nil {
		return Settings{}, err
	}
	if err := file.Till.check(); err != nil {
		return Settings{}, err
	}
	if err := checkContacts(file.Texts); err != nil {
		return Settings{}, err
	}
	out, err := json.Marshal(map[string]any{"policy": orEmpty(file.Policy), "texts": orEmpty(file.Texts)})
	if err != nil {
		return Settings{}, fmt.Errorf("writing the settings as JSON: %w", err)
	}
	var refusal struct{ Error *plugin.Error }
	if err := json.Unmarshal(new(plugin.Module).Configure(out), &refusal); err != nil {
		return Settings{}, fmt.Errorf("reading what the module says of the settings: %w", err)
	}
	if refusal.Error != nil {
		return Settings{}, errors.New(refusal.Error.Detail)
	}
	return Settings{Till: file.Till, JSON: out}, nil
}

// noDefault are the keys of the sample that have no default: they stand behind a #.
var noDefault = regexp.MustCompile(`(?m)^#(\w)`)

// checkKeys compares keys with those of the sample.
func checkKeys(keys []toml.Key) error {
	var sample map[string]any
	documented, err := toml.Decode(noDefault.ReplaceAllString(Sample, "$1"), &sample)
	if err != nil {
		return fmt.Errorf("reading the sample: %w", err)
	}
	var known []string
	for _, k := range documented.Keys() {
		for i := range k { // with the tables above it, which need no header of their own
			if name := k[:i+1].String(); !slices.Contains(known, name) {
				known = append(known, name)
			}
		}
	}
	for _, k := range keys {
		if !slices.Contains(known, k.String()) {
			return fmt.Errorf("there is no key %s: did you mean %s?", k, nearest(k.String(), known))
		}
	}
	return nil
}

func nearest(key string, known []string) string {
	return slices.MinFunc(known, func(a, b string) int {
		return levenshtein.Distance(key, a, nil) - levenshtein.Distance(key, b, nil)
	})
}

func (t Till) check() error {
	if !journal.PlainName(t.Store) {
		return errors.New("till.store must be at most 64 letters, digits, dots, underscores and dashes")
	}
	if !journal.PlainName(t.Lane) {
		return errors.New("till.lane must be at most 64 letters, digits, dots, underscores and dashes")
	}
	if !slices.Contains([]plugin.Lang{"", plugin.English, plugin.French}, t.Language) {
		return errors.New(`till.language must be "en-CA" or "fr-CA"`)
	}
	return nil
}

// checkContacts keeps a contact within its line on the card. Of what is not a
// string the module speaks.
func checkContacts(table any) error {
	texts, _ := table.(map[string]any)
	contacts, _ := texts["contacts"].(map[string]any)
	for owner, languages := range contacts {
		languages, _ := languages.(map[string]any)
		for language, said := range languages {
			if said, _ := said.(string); uniseg.StringWidth(said) > maxContact || strings.ContainsAny(said, "\n\r\t") {
				return fmt.Errorf("texts.contacts.%s.%s must be one line of at most %d characters", owner, language, maxContact)
			}
		}
	}
	return nil
}

func orEmpty(table any) any {
	if table == nil {
		return map[string]any{}
	}
	return table
}
