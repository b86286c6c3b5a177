package simulator

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/agext/levenshtein"

	"github.com/tillwise/tillwise/host/settings"
	"github.com/tillwise/tillwise/plugin"
)

const (
	maxScenario = 256 << 10 // bytes
	maxLag      = 24 * time.Hour
)

// ParseScenario reads a scenario from TOML: lag, and a table [[step]] for each
// thing that goes wrong. The error is settings.Mistakes: all that is wrong, each
// in a line with the file's name and the line's number.
func ParseScenario(name string, data []byte) (Scenario, error) {
	r := scenarioReader{name: name}
	text := strings.TrimPrefix(string(data), "\uFEFF")
	if len(text) > maxScenario {
		r.note(0, fmt.Errorf("it has more than %d bytes: is it a scenario?", maxScenario))
		return Scenario{}, r.found
	}
	var file map[string]any
	if _, err := toml.Decode(text, &file); err != nil {
		line := 0
		if perr := (toml.ParseError{}); errors.As(err, &perr) {
			line, err = perr.Position.Line, errors.New(perr.Message)
		}
		r.note(line, err)
		return Scenario{}, r.found
	}
	r.look(text)
	s := r.scenario(file)
	if len(r.found) > 0 {
		slices.SortStableFunc(r.found, func(a, b settings.Mistake) int { return a.Line - b.Line })
		return Scenario{}, r.found
	}
	return s, nil
}

type scenarioReader struct {
	name  string
	lines []map[string]int // of the keys: 0 above the first step, and then of each; "" is its head
	found settings.Mistakes
}

func (r *scenarioReader) note(line int, err error) {
	r.found = append(r.found, settings.Mistake{File: r.name, Line: line, What: err.Error()})
}

var (
	stepHead = regexp.MustCompile(`^\s*\[{1,2}\s*step\s*\]`)
	head     = regexp.MustCompile(`^\s*\[{1,2}\s*["']?([A-Za-z0-9_-]+)`)
	keyHead  = regexp.MustCompile(`^\s*["']?([A-Za-z0-9_-]+)["']?\s*=`)
)

// look finds where keys stand. The text is good TOML already.
func (r *scenarioReader) look(text string) {
	r.lines = []map[string]int{{}}
	for i, line := range strings.Split(text, "\n") {
		if stepHead.MatchString(line) {
			r.lines = append(r.lines, map[string]int{"": i + 1})
		} else if h := head.FindStringSubmatch(line); h != nil && r.lines[0][h[1]] == 0 {
			r.lines[0][h[1]] = i + 1
		} else if k := keyHead.FindStringSubmatch(line); k != nil && r.lines[len(r.lines)-1][k[1]] == 0 {
			r.lines[len(r.lines)-1][k[1]] = i + 1
		}
	}
}

// at gives the line of a key, or of its table.
func (r *scenarioReader) at(table int, key string) int {
	if table >= len(r.lines) {
		return 0
	}
	if line := r.lines[table][key]; line != 0 {
		return line
	}
	return r.lines[table][""]
}

func (r *scenarioReader) scenario(file map[string]any) (s Scenario) {
	for key, value := range file {
		switch key {
		case "lag":
			s.Lag = r.duration(0, key, value, maxLag)
		case "step":
			steps, ok := value.([]map[string]any)
			if !ok {
				r.note(max(r.at(0, key), r.at(1, "")), errors.New("step must be a table for each step: [[step]]"))
			}
			for i, table := range steps {
				s.Steps = append(s.Steps, r.step(i+1, table))
			}
		default:
			r.unknown(0, key, "lag", "step")
		}
	}
	return s
}

func (r *scenarioReader) step(table int, keys map[string]any) (st Step) {
	before := len(r.found)
	for key, value := range keys {
		switch key {
		case "operation":
			op, err := parseOperation(r.text(table, key, value))
			if err != nil {
				r.note(r.at(table, key), err)
			}
			st.Operation = op
		case "occurrence":
			n, ok := value.(int64)
			if !ok || n < 1 || n > 1e6 {
				r.note(r.at(table, key), errors.New("occurrence must be a number, 1 for the first call; leave it out for each"))
			}
			st.Occurrence = int(n)
		case "answer":
			st.Answer = r.text(table, key, value)
		case "fault":
			st.Fault = Fault(r.text(table, key, value))
		case "when":
			st.When = When(r.text(table, key, value))
		case "wait":
			st.Wait = r.duration(table, key, value, time.Hour)
		default:
			r.unknown(table, key, "operation", "occurrence", "answer", "fault", "when", "wait")
		}
	}
	if len(r.found) > before {
		return st
	}
	if st.Answer != "" && strings.Count(st.Answer, "/") == 1 && st.Operation != "" { // the operation stands above
		st.Answer = r.row(st.Operation, st.Answer)
	}
	if err := st.check(); err != nil {
		line, step := 0, r.at(table, "")
		named, _, _ := strings.Cut(err.Error(), " ") // some begin with the key that is wrong
		for _, key := range []string{named, "answer", "fault", "when", "wait"} {
			if at := r.at(table, key); line == 0 && at != step {
				line = at
			}
		}
		r.note(cmp.Or(line, step), err)
	}
	return st
}

// row gives the row of an answer without its operation: the operation's own, or
// that of any.
func (r *scenarioReader) row(op plugin.Operation, answer string) string {
	own, any := string(op)+"/"+answer, string(plugin.AnyOperation)+"/"+answer
	if _, ok := catalogue()[own]; !ok {
		if _, ok := catalogue()[any]; ok {
			return any
		}
	}
	return own
}

func (r *scenarioReader) text(table int, key string, value any) string {
	text, ok := value.(string)
	if !ok || text == "" {
		r.note(r.at(table, key), fmt.Errorf("%s must be text in quotes", key))
	}
	return text
}

func (r *scenarioReader) duration(table int, key string, value any, most time.Duration) time.Duration {
	text, _ := value.(string)
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d > most {
		r.note(r.at(table, key), fmt.Errorf(`%s must be a time such as "30s", and at most %v`, key, most))
	}
	return d
}

func (r *scenarioReader) unknown(table int, key string, known ...string) {
	hint := "nearest: " + nearest(key, known)
	if levenshtein.Distance(key, nearest(key, known), nil) > len(key)/2 {
		hint = "there are: " + strings.Join(known, ", ")
	}
	r.note(r.at(table, key), fmt.Errorf("%s is not known (%s)", short(key), hint))
}
