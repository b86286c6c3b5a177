package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// hostile has one of each kind of letter that must not reach a terminal: ESC,
// bell, CR, DEL, C1, direction, zero width, separators, byte-order mark, a tag.
const hostile = "\x1b[2J\a\r\x7f\u009b31m\u202e\u2066\u200f\u061c\u200b\u2028\ufeff\U000e0041"

// asName is hostile with what no file's name can hold left out, and bytes that are no UTF-8.
const asName = hostile + "\xff\xc3("

// A source is a text that a file, an event, a setting or a command line brings.
// It gives the arguments and the standard input that carry it.
type source struct {
	name string
	// bring makes the files in dir.
	bring func(t *testing.T, dir string) (args []string, stdin string)
	verbs []string // in place of VERB; the words before the arguments
}

var (
	readers = []string{"journal check", "journal check --json", "journal cat"}
	// A replay starts a compiler, so there are few; merge writes the other formats of its report.
	replayed = append(readers, "replay --format json", "replay merge", "replay merge --format html", "replay merge --format junit")
)

// line is a journal's line with a right checksum, whatever is in it.
func line(body string) string {
	return fmt.Sprintf("%s,\"crc\":\"%08x\"}\n", body, crc32.Checksum([]byte(body), crc32.MakeTable(crc32.Castagnoli)))
}

// journalWith gives a journal in which text stands in one member after the
// other of the envelope, and in the texts of a record. Raw, most of it is damage.
func journalWith(text string) func(*testing.T, string) ([]string, string) {
	return func(t *testing.T, dir string) ([]string, string) {
		var answer host.Answer
		event := `{"v":1,"at":1795530727000,"exchange":{"operation":"verify","status":409,"body":"{\"error\":\"tries_exceed\"}"}}`
		require.NoError(t, json.Unmarshal(new(plugin.Module).Answer([]byte(event)), &answer))
		record := strings.ReplaceAll(string(answer.Record), "tries_exceed", text)
		header := func(store, module, origin string) string {
			return line(fmt.Sprintf(`{"format":"tillwise-journal","version":1,"store":"%s","module":"%s","first":1,"origin":"%s"`, store, module, origin))
		}
		lines := []string{header(text, "", ""), header("0412", text, ""), header("0412", "", text)}
		for i := range 7 {
			m := []string{"S-1", "0412", "3", "manager", "", "{}"}
			if i == 6 {
				m[5] = record
			} else if i < 5 {
				m[i] = text
			} else {
				m[5] = `{"v":1,"facts":{"code":"` + text + `"}}`
			}
			lines = append(lines, line(fmt.Sprintf(`{"seq":%d,"at":1795530727000,"sale_id":"%s","store":"%s","lane":"%s","settled_by":"%s","module":"%s","record":%s`,
				i+1, m[0], m[1], m[2], m[3], m[4], m[5])))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, "journal-000001.jsonl"), []byte(strings.Join(lines, "")), 0o600))
		return []string{dir}, ""
	}
}

// fileWith gives a file of any name and any text.
func fileWith(name, text string, before ...string) func(*testing.T, string) ([]string, string) {
	return func(t *testing.T, dir string) ([]string, string) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Skip("this disk has no such names")
		}
		return append(before, path), ""
	}
}

// inJSON writes text as JSON with as few escapes as it allows.
func inJSON(text string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(text)
	return strings.TrimSpace(out.String())
}

func sources() []source {
	const event = `{"v":1,"exchange":{"operation":"verify","status":409,"body":"{\"error\":\"x\"}"}}`
	stdin := func(text string) func(*testing.T, string) ([]string, string) {
		return func(*testing.T, string) ([]string, string) { return nil, text }
	}
	argument := func(args ...string) func(*testing.T, string) ([]string, string) {
		return func(*testing.T, string) ([]string, string) { return args, "" }
	}
	set := func(text string) func(*testing.T, string) ([]string, string) {
		return fileWith("store.toml", text, "tries_exceed", "--store")
	}
	entry := func(member, text string) string {
		e := map[string]string{"operation": "verify", "body": `{"error":"tries_exceed"}`, "url": "/verify"}
		e[member] = text
		return fmt.Sprintf(`{"at":1795530727000,"sale_id":"S-1","lane":%s,"exchange":{"operation":%s,"url":%s,"status":409,"body":%s}}`,
			inJSON(e["lane"]), inJSON(e["operation"]), inJSON(e["url"]), inJSON(e["body"]))
	}
	return []source{
		{"a journal, raw", journalWith(hostile), replayed},
		{"a journal, no UTF-8", journalWith("\xff\xc3("), replayed},
		{"a journal, escaped", journalWith(strings.Trim(inJSON(hostile), `"`)), replayed},
		{"the name of a file", fileWith(asName+".jsonl", "no journal"), append(readers, "replay merge", "replay approve", "verify")},
		{"the name of a file that is not there", argument(asName), append(readers, "replay", "replay merge", "verify", "import --journal kept", "catalogue")},
		{"the name of a foreign file", func(t *testing.T, dir string) ([]string, string) {
			args, _ := journalWith("x")(t, dir)
			_, _ = fileWith("journal-"+asName+"\nkept: sound.jsonl", "")(t, dir)
			return args, ""
		}, readers},
		{"an event", stdin(strings.Replace(event, "verify", hostile, 1) + "\n"), []string{"decide"}},
		{"an event's code", stdin(fmt.Sprintf(`{"v":1,"exchange":{"operation":"verify","status":409,"body":%s}}`, inJSON(`{"error":`+inJSON(hostile)+`}`)) + "\n"), []string{"decide"}},
		{"an event's body", stdin(strings.Replace(event, `{\"error`, hostile, 1) + "\n"), []string{"decide"}},
		{"an event's member", stdin(`{"v":1,` + inJSON(hostile) + `:1}` + "\n" + asName + "\n"), []string{"decide"}},
		{"a code", argument(hostile), []string{"explain", "explain --json", "explain --op", "explain --status", "explain --lang", asName}},
		{"an operation", argument("x", "--op", asName), []string{"explain"}},
		{"a flag", argument("--" + asName), []string{"explain", "decide", "journal cat", "replay"}},
		{"a flag's value", argument("--since", asName, "x"), []string{"journal cat"}},
		{"a shard", argument("--shard", asName, "x"), []string{"replay"}},
		{"a format", argument("--format", asName, "x"), []string{"replay"}},
		{"settings' name", fileWith(asName+".toml", "x = 1", "tries_exceed", "--store"), []string{"explain"}},
		{"settings' key", set(inJSON(hostile) + ` = 1`), []string{"explain"}},
		{"settings' value", set("language = " + inJSON(hostile)), []string{"explain"}},
		{"a contact", set("[texts.contacts.supervisor]\nen-CA = \"1\\u202e\\u009b\\u001b\""), []string{"explain", "explain --json"}},
		{"settings that are none", set(asName), []string{"explain"}},
		{"a recording's name", fileWith(asName+".har", "{", "--journal", "kept"), []string{"import"}},
		{"a recording's code", fileWith("r.jsonl", entry("body", `{"error":`+inJSON(hostile)+`}`), "--journal", "kept"), []string{"import"}},
		{"a recording's operation", fileWith("r.jsonl", entry("operation", hostile), "--journal", "kept"), []string{"import"}},
		{"a recording's lane", fileWith("r.jsonl", entry("lane", hostile), "--journal", "kept"), []string{"import"}},
		{"a recording's address", fileWith("r.har", `{"log":{"entries":[{"request":{"method":"GET","url":`+inJSON("https://posapi.flexiti.fi/"+hostile)+`},"response":{"status":404}}]}}`, "--journal", "kept"), []string{"import"}},
		{"a report's rule", fileWith("r.json", `{"format":"tillwise-replay","version":1,"rules":[{"rule":`+inJSON(hostile)+`,"records":1}],"groups":[]}`),
			[]string{"replay merge", "replay merge --format html", "replay merge --format junit", "replay approve"}},
		{"a module", fileWith("m.wasm", "\x00asm\x01\x00\x00\x00\x02\x0b\x01\x05\x1b[2J\x07\x01a\x00\x00"), []string{"verify"}},
	}
}

func forbidden(r rune) bool {
	return r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}

// Nothing that the program is given reaches the terminal as it is: no letter
// steers it, turns the text around or cannot be seen, on either stream, and what
// is JSON or XML stays so.
func TestNothingForeignReachesTheTerminal(t *testing.T) {
	if raceDetector {
		t.Skip("the interpreter is fifty times slower there, and one thing comes after the other")
	}
	for _, s := range sources() {
		t.Run(s.name, func(t *testing.T) {
			report := ""
			for _, verb := range s.verbs {
				dir := t.TempDir()
				t.Chdir(dir)
				args, stdin := s.bring(t, dir)
				if strings.HasPrefix(verb, "replay merge") && report != "" {
					args, _ = fileWith("report.json", report)(t, dir)
				}
				var out, errs bytes.Buffer
				code := run(append(strings.Fields(verb), args...), strings.NewReader(stdin), &out, &errs)
				what := fmt.Sprintf("%s ended with %d\n%q\n%q", verb, code, out.String(), errs.String())
				for _, text := range []string{out.String(), errs.String()} {
					require.True(t, utf8.ValidString(text), what)
					require.Negative(t, strings.IndexFunc(text, forbidden), what)
				}
				require.NotContains(t, errs.String(), "panic", what)
				require.NotContains(t, out.String()+errs.String(), "\nkept: sound", what)
				switch {
				case strings.Contains(verb, "json"), verb == "journal cat", verb == "decide":
					requireJSON(t, out.Bytes(), what)
				case strings.Contains(verb, "junit"):
					requireXML(t, out.Bytes(), what)
				}
				require.NotEmpty(t, out.String()+errs.String(), what)
				if verb == "replay --format json" {
					require.NotEmpty(t, out.String(), what)
					report = out.String()
				}
			}
		})
	}
}

func requireJSON(t *testing.T, text []byte, what string) {
	t.Helper()
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var v any
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			require.NoError(t, err, what)
		}
	}
}

func requireXML(t *testing.T, text []byte, what string) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			require.NoError(t, err, what)
		}
	}
}
