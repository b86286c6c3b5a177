// Package settings reads what a store sets, from a file in TOML, or in JSON as
// tillwise_configure takes it.
//
// A file has four tables. Policy and texts are the settings of the module, and
// the module itself says what is wrong with them, in either form. Till and
// service are what only the program around it needs. Every mistake is told at
// once, with its line, since a setting that is spelled wrong and silently not
// followed is found out at the counter. The sample file documents every key.
package settings

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/tillwise/tillwise/plugin"
)

// Sample is a file with every key, documented.
//
//go:embed store.sample.toml
var Sample string

const maxFile = 64 << 10 // bytes

// Settings are a store's settings.
type Settings struct {
	Till    Till
	Service Service
	JSON    []byte // {"policy":{…},"texts":{…}} for host.Config.Settings
}

// Till is what the program around the module needs.
type Till struct {
	Store    string      // the store's number in the journal, or empty
	Lane     string      // this till's number, or empty
	Language plugin.Lang // at the start; empty: as the system has it
	Contrast bool        // draw white on black
	Touch    bool        // taps count as keys
}

// Read reads a file: JSON where its name ends in .json, else TOML. The error of a
// file that was read is Mistakes.
func Read(path string) (Settings, error) {
	text, err := readFile(path)
	if err != nil {
		return Settings{}, fmt.Errorf("reading the store's settings: %w", err)
	}
	parse := parseTOML
	if strings.EqualFold(filepath.Ext(path), ".json") {
		parse = parseJSON
	}
	s, mistakes := parse(text, filepath.Dir(path))
	if len(mistakes) > 0 {
		mistakes.in(path)
		return Settings{}, mistakes
	}
	return s, nil
}

// readFile reads a plain file, as far as settings go. A pipe is never waited for.
func readFile(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is no plain file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = fmt.Errorf("%s has more than %d bytes: is it the right file?", path, maxFile)
	}
	return strings.TrimPrefix(string(text), "\uFEFF"), err
}

// tooDeep is what costs the decoder memory without bound: a key of many parts, and
// tables within tables. No setting has more than four.
var tooDeep = regexp.MustCompile(`(["'\w-]+\s*\.\s*){17}|(\[\s*){17}|(\{\s*["'\w-]+\s*=\s*){17}`)

// parseTOML reads the text of a file in TOML. Paths in it are relative to dir.
func parseTOML(text, dir string) (Settings, Mistakes) {
	if at := tooDeep.FindStringIndex(text); at != nil {
		return Settings{}, Mistakes{{Line: 1 + strings.Count(text[:at[0]], "\n"), What: "no key has so many parts"}}
	}
	var file map[string]any
	if _, err := toml.Decode(text, &file); err != nil {
		if perr := (toml.ParseError{}); errors.As(err, &perr) {
			return Settings{}, Mistakes{{Line: perr.Position.Line, What: perr.Message}}
		}
		return Settings{}, Mistakes{{What: strings.TrimPrefix(err.Error(), "toml: ")}}
	}
	var s Settings
	var found Mistakes
	module := map[string]any{"policy": map[string]any{}, "texts": map[string]any{}}
	for name, value := range file {
		switch name {
		case "till":
			found.add(s.Till.read(value))
		case "service":
			found.add(s.Service.read(value, dir))
		case "policy", "texts":
			module[name] = value
		default:
			found.add(Mistakes{unknown(name, "till", "service", "policy", "texts")})
		}
	}
	raw, err := json.Marshal(module)
	if err != nil { // a number that JSON has not, such as inf
		return Settings{}, Mistakes{{What: "policy and texts hold a value that no setting takes"}}
	}
	found.add(check(raw))
	s.JSON = raw
	found.place(lines(text))
	return s, found
}

// parseJSON reads the text of a file in JSON. It sets the module alone.
func parseJSON(text, _ string) (Settings, Mistakes) {
	return Settings{JSON: []byte(text)}, check([]byte(text))
}

// check has the module say what is wrong with policy and texts.
func check(raw []byte) (found Mistakes) {
	var refusal struct{ Error *plugin.Error }
	if err := json.Unmarshal(new(plugin.Module).Configure(raw), &refusal); err != nil {
		return Mistakes{{What: "the module does not say what it makes of them"}}
	}
	if refusal.Error != nil {
		for _, one := range strings.Split(refusal.Error.Detail, "; ") {
			path, _, _ := strings.Cut(one, " ")
			found = append(found, Mistake{Path: path, What: one})
		}
		return found
	}
	return checkContacts(raw)
}
