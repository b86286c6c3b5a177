package tui

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Scenarios are the ones built in: they lead to every card a cashier can meet.
//
//go:embed scenarios.toml
var Scenarios []byte

// Training is a set of scenarios that are ready to be played: each asks what to
// do first on a card that the module itself gave. Nothing of it reaches Flexiti.
type Training struct {
	steps   []step
	leftOut int    // scenarios that do not fit the store's settings
	hash    string // of the file, so that a round is never taken up with another
}

// step is one question, in both languages.
type step struct {
	card     host.Card
	words    map[plugin.Lang]plugin.Prompt
	title    map[plugin.Lang]string
	customer map[plugin.Lang]string   // what the customer says
	choices  map[plugin.Lang][]choice // what could be done first
	right    int                      // index into choices
}

// choice is an answer that is offered. A wrong one says what would come of it.
type choice struct{ text, because string }

var languages = []plugin.Lang{plugin.English, plugin.French}

// side is an engine that plays scenarios, and the sales that it left.
type side struct {
	engine Engine
	sales  map[string]json.RawMessage // by the scenario's name
}

// LoadTraining reads scenarios and has an engine give their cards. File names
// the source in errors, which tell the line of what is wrong. Where the scenarios
// were written for another engine, such as one with default settings, meant is
// that one; it may be nil. What e answers in another way than meant is then left
// out: its answers would teach what the store does not do.
func LoadTraining(ctx context.Context, e, meant Engine, file string, data []byte) (*Training, error) {
	all, err := readScenarios(file, data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	t := &Training{hash: hex.EncodeToString(sum[:8])}
	own := side{e, map[string]json.RawMessage{}}
	written := own
	if meant != nil {
		written = side{meant, map[string]json.RawMessage{}}
	}
	for i, s := range all {
		a, err := s.answer(ctx, written)
		fits := err == nil
		if fits && meant != nil {
			written.sales[s.Name] = a.Sale
			as := a.Decision.Actions
			a, err = s.answer(ctx, own)
			fits, err = err == nil && slices.EqualFunc(as, a.Decision.Actions, sameAction), ctx.Err()
		}
		var st step
		if fits {
			st, err = s.step(ctx, e, a)
		}
		var wrong *scenarioError
		switch {
		case errors.As(err, &wrong):
			return nil, fmt.Errorf("%s:%d: %s: %s", file, lineOfKey(data, i, wrong.key, wrong.nth), wrong.key, wrong.what)
		case err != nil:
			return nil, fmt.Errorf("%s:%d: %w", file, lineOfKey(data, i, "", 0), err)
		case !fits:
			t.leftOut++
			continue
		}
		own.sales[s.Name] = a.Sale
		t.steps = append(t.steps, st)
	}
	if len(t.steps) == 0 {
		return nil, fmt.Errorf("%s: none of the scenarios fits the store's settings", file)
	}
	return t, nil
}

func sameAction(a, b plugin.Action) bool { return a.ID == b.ID }

func readScenarios(file string, data []byte) ([]scenario, error) {
	var doc struct {
		Scenario []scenario `toml:"scenario"`
	}
	md, err := toml.Decode(string(data), &doc)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return nil, fmt.Errorf("%s:%d: %s", file, syntax.Position.Line, syntax.Message)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", file, err)
	case len(doc.Scenario) == 0:
		return nil, fmt.Errorf("%s:1: no [[scenario]]", file)
	}
	if unknown := md.Undecoded(); len(unknown) > 0 {
		name := unknown[0].String()
		return nil, fmt.Errorf("%s:%d: %s is no key of a scenario", file, lineOfKey(data, -1, name[strings.LastIndex(name, ".")+1:], 0), name)
	}
	return doc.Scenario, nil
}

// scenarioError is what is wrong with a key of a scenario, or with the nth of those.
type scenarioError struct {
	key, what string
	nth       int // from 0
}

func (e *scenarioError) Error() string { return e.key + ": " + e.what }

// lineOfKey finds a key in the n-th scenario of a file, or in any for -1: its nth place, or the last
// that there is; the scenario's own line if it has none.
func lineOfKey(data []byte, n int, key string, nth int) int {
	at, count := 1, -1
	for i, l := range strings.Split(string(data), "\n") {
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "[[scenario]]") {
			if count++; count == n {
				at = i + 1
			}
			continue
		}
		name, _, isKey := strings.Cut(l, "=")
		name = strings.TrimSpace(name)
		isKey = isKey && (name == key || strings.HasPrefix(name, key+".") || strings.HasSuffix(name, "."+key)) ||
			strings.HasPrefix(l, "[[scenario."+key+"]]")
		if isKey && key != "" && (n < 0 || count == n) {
			if at = i + 1; nth == 0 {
				break
			}
			nth--
		}
	}
	return at
}

// answer has an engine answer a scenario.
func (s *scenario) answer(ctx context.Context, on side) (a host.Answer, err error) {
	if err := s.check(on.sales); err != nil {
		return a, err
	}
	if a, err = on.engine.Answer(ctx, s.event(on.sales[s.After])); err != nil {
		return a, fmt.Errorf("the module has no answer: %w", err)
	}
	if id := a.Decision.Card; id.String() != s.Card {
		return a, &scenarioError{key: "card", what: fmt.Sprintf("the module answers with %s, not with %s", id, s.Card)}
	}
	return a, nil
}

// step makes a question of what an engine answered, in both languages.
func (s *scenario) step(ctx context.Context, e Engine, a host.Answer) (st step, err error) {
	d := a.Decision
	facts := func(a plugin.Action) bool { return a.ID.Settles() } // are the supervisor's to state
	if s.Right == nil && (len(d.Actions) == 0 || slices.ContainsFunc(d.Actions, facts)) {
		return st, &scenarioError{key: "right", what: "the card has no first action for a cashier: say what is right"}
	}
	ev := s.event(nil)
	st = step{card: host.Card{SaleID: s.Name, At: ev.At, UTCOffsetMin: ev.UTCOffsetMin, Answer: a},
		words: map[plugin.Lang]plugin.Prompt{}, title: map[plugin.Lang]string{}, customer: map[plugin.Lang]string{}, choices: map[plugin.Lang][]choice{}}
	sum := fnv.New32a()
	sum.Write([]byte(s.Name))
	st.right = int(sum.Sum32() % uint32(len(s.Wrong)+1))
	for _, l := range languages {
		p := a.Prompt
		if l != p.Locale {
			if p, err = reworded(ctx, e, st.card, l); err != nil {
				return st, fmt.Errorf("saying it in %s: %w", l, err)
			}
		}
		st.words[l], st.title[l], st.customer[l] = p, s.titleIn(l), s.customerSays(l, d.Family)
		right, wrong := s.rightIn(l, p), s.wrongIn(l)
		if err := differ(right, wrong); err != nil {
			return st, err
		}
		st.choices[l] = slices.Insert(wrong, st.right, choice{text: right})
	}
	return st, nil
}

// differ tells which wrong answer is the right one, or another wrong one.
func differ(right string, wrong []choice) error {
	for i, c := range wrong {
		same := func(other choice) bool {
			return strings.EqualFold(strings.TrimSpace(other.text), strings.TrimSpace(c.text))
		}
		switch {
		case same(choice{text: right}):
			return &scenarioError{"wrong", "this is the right answer as well: " + c.text, i}
		case slices.ContainsFunc(wrong[:i], same):
			return &scenarioError{"wrong", "this wrong answer is there twice: " + c.text, i}
		}
	}
	return nil
}
