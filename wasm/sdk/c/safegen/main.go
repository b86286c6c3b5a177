// Command safegen writes the safe cards of safe.json as tables in C.
//
//	go run safegen/main.go ../safe.json > build/cards.c
//
// Decisions and prompts stay JSON text: the library puts an answer together from
// their members, and need not know them all.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

type card struct {
	Words    int             `json:"words"`
	Decision json.RawMessage `json:"decision"`
}

type safe struct {
	V        int    `json:"v"`
	TooLarge string `json:"too_large"`
	Paths    []struct {
		Last, Before, Third, Operation string
	} `json:"paths"`
	Operations map[string]struct {
		Moves     bool `json:"moves"`
		ReadsBack bool `json:"reads_back"`
		Fresh     card `json:"fresh"`
		Known     card `json:"known"`
	} `json:"operations"`
	Words []map[string]json.RawMessage `json:"words"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "safegen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%d arguments were given: give the path of safe.json", len(args))
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("reading the safe cards: %w", err)
	}
	var s safe
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("reading the safe cards of %s: %w", args[0], err)
	}
	if s.V != 1 || len(s.Operations) == 0 || len(s.Words) == 0 {
		return fmt.Errorf("%s is no version 1 of the safe cards: make it anew with make generate", args[0])
	}
	_, err = os.Stdout.WriteString(s.tables())
	return err
}

func (s safe) tables() string {
	var b strings.Builder
	b.WriteString("/* Made of safe.json by safegen; do not edit. */\n#include <stddef.h>\n\n#include \"cards.h\"\n\n")
	fmt.Fprintf(&b, "const char safe_too_large[] = %s;\n\n", literal(s.TooLarge))

	b.WriteString("const struct safe_path safe_paths[] = {\n")
	for _, p := range s.Paths {
		fmt.Fprintf(&b, "\t{%s, %s, %s, %s},\n", optional(p.Last), optional(p.Before), optional(p.Third), literal(p.Operation))
	}
	b.WriteString("\t{NULL, NULL, NULL, NULL},\n};\n\n")

	names := make([]string, 0, len(s.Operations))
	for name := range s.Operations {
		names = append(names, name)
	}
	slices.Sort(names)
	b.WriteString("const struct safe_operation safe_operations[] = {\n")
	for _, name := range names {
		o := s.Operations[name]
		fmt.Fprintf(&b, "\t{%s, %t, %t,\n\t\t{%d, %s},\n\t\t{%d, %s}},\n", literal(name), o.Moves, o.ReadsBack,
			o.Fresh.Words, compact(o.Fresh.Decision), o.Known.Words, compact(o.Known.Decision))
	}
	b.WriteString("\t{NULL, false, false, {0, NULL}, {0, NULL}},\n};\n\n")

	b.WriteString("const struct safe_words safe_words[] = {\n")
	for _, w := range s.Words {
		fmt.Fprintf(&b, "\t{%s,\n\t\t%s},\n", compact(w["en-CA"]), compact(w["fr-CA"]))
	}
	b.WriteString("};\n")
	return b.String()
}

// compact gives JSON as a literal, without space around its members: the library
// finds members by text.
func compact(raw json.RawMessage) string {
	var b bytes.Buffer
	if err := json.Compact(&b, raw); err != nil {
		panic(err) // cannot happen: it has been read as JSON
	}
	return literal(b.String())
}

func optional(s string) string {
	if s == "" {
		return "NULL"
	}
	return literal(s)
}

// literal is a string in C, in ASCII: not every compiler takes a source for UTF-8.
func literal(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\' || c == '?':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, "\\%03o", c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
