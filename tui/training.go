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
	steps []step
	hash  string // of the file, so that a round is never taken up with another
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

// LoadTraining reads scenarios and has an engine give their cards. File names
// the source in errors, which tell the line of what is wrong.
func LoadTraining(ctx context.Context, e Engine, file string, data []byte) (*Training, error) {
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
		return nil, fmt.Errorf("%s:%d: %s is no key of a scenario", file, lineOfKey(data, -1, name[strings.LastIndex(name, ".")+1:]), name)
	}
	sum := sha256.Sum256(data)
	t, sales := &Training{hash: hex.EncodeToString(sum[:8])}, map[string]json.RawMessage{}
	for i, s := range doc.Scenario {
		step, sale, err := s.play(ctx, e, sales)
		var wrong *scenarioError
		if errors.As(err, &wrong) {
			return nil, fmt.Errorf("%s:%d: %s: %s", file, lineOfKey(data, i, wrong.key), wrong.key, wrong.what)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, lineOfKey(data, i, ""), err)
		}
		sales[s.Name] = sale
		t.steps = append(t.steps, step)
	}
	return t, nil
}

// scenarioError is what is wrong with a key of a scenario.
type scenarioError struct{ key, what string }

func (e *scenarioError) Error() string { return e.key + ": " + e.what }

// lineOfKey finds a key in the n-th scenario of a file, or in any for -1; the scenario's own line if it has none.
func lineOfKey(data []byte, n int, key string) int {
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
			return i + 1
		}
	}
	return at
}

// play has the engine answer a scenario in both languages.
func (s *scenario) play(ctx context.Context, e Engine, sales map[string]json.RawMessage) (step, json.RawMessage, error) {
	if err := s.check(sales); err != nil {
		return step{}, nil, err
	}
	ev := s.event(sales[s.After])
	a, err := e.Answer(ctx, ev)
	if err != nil {
		return step{}, nil, fmt.Errorf("the module has no answer: %w", err)
	}
	d := a.Decision
	if d.Card.String() != s.Card {
		return step{}, nil, &scenarioError{"card", fmt.Sprintf("the module answers with %s, not with %s", d.Card, s.Card)}
	}
	facts := func(a plugin.Action) bool { return a.ID.Settles() } // are the supervisor's to state
	if s.Right == nil && (len(d.Actions) == 0 || slices.ContainsFunc(d.Actions, facts)) {
		return step{}, nil, &scenarioError{"right", "the card has no first action for a cashier: say what is right"}
	}
	st := step{card: host.Card{SaleID: s.Name, At: ev.At, UTCOffsetMin: ev.UTCOffsetMin, Answer: a},
		words: map[plugin.Lang]plugin.Prompt{}, title: map[plugin.Lang]string{}, customer: map[plugin.Lang]string{}, choices: map[plugin.Lang][]choice{}}
	sum := fnv.New32a()
	sum.Write([]byte(s.Name))
	st.right = int(sum.Sum32() % uint32(len(s.Wrong)+1))
	for _, l := range languages {
		p := a.Prompt
		if l != p.Locale {
			if p, err = reworded(ctx, e, st.card, l); err != nil {
				return step{}, nil, fmt.Errorf("saying it in %s: %w", l, err)
			}
		}
		st.words[l], st.title[l], st.customer[l] = p, s.titleIn(l), s.customerSays(l, d.Family)
		st.choices[l] = slices.Insert(s.wrongIn(l), st.right, choice{text: s.rightIn(l, p)})
	}
	return st, a.Sale, nil
}
