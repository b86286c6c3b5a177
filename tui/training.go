package tui

import (
	"context"
	_ "embed"
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
type Training struct{ steps []step }

// step is one question, in both languages.
type step struct {
	card     host.Card
	words    map[plugin.Lang]plugin.Prompt
	customer map[plugin.Lang]string   // what the customer says
	choices  map[plugin.Lang][]string // what could be done first
	right    int                      // index into choices
}

// scenario is one entry of a file. Customer, wrong and right may be left out:
// then the customer says something that fits the card's family, the wrong
// answers are common mistakes, and the right one is the card's first action.
type scenario struct {
	Name      string           `toml:"name"`
	Card      string           `toml:"card"` // the card that must come of it
	Call      string           `toml:"call"` // the POS's name for the request
	Operation plugin.Operation `toml:"operation"`
	Status    int              `toml:"status"`
	Code      string           `toml:"code"`
	Body      string           `toml:"body"` // in place of code, for other replies
	Failure   plugin.Failure   `toml:"failure"`
	Sent      plugin.Sent      `toml:"sent"`
	Format    plugin.Method    `toml:"format"`
	Type      string           `toml:"transaction_type"`
	Amount    string           `toml:"amount"`
	Key       bool             `toml:"idempotency_key"`
	Capture   *bool            `toml:"auto_capture"`
	Result    plugin.Result    `toml:"result"`
	After     string           `toml:"after"` // name of the scenario that went before in the same sale
	Action    plugin.ActionID  `toml:"action"`
	Found     []plugin.Found   `toml:"found"` // empty: a check that found none
	Customer  *text2           `toml:"customer"`
	Right     *text2           `toml:"right"`
	Wrong     *text2s          `toml:"wrong"`
}

type text2 struct {
	English string `toml:"en"`
	French  string `toml:"fr"`
}

type text2s struct {
	English []string `toml:"en"`
	French  []string `toml:"fr"`
}

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
	t, sales := &Training{}, map[string]json.RawMessage{}
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
		if isKey && key != "" && (n < 0 || count == n) && (name == key || strings.HasPrefix(name, key+".") || strings.HasSuffix(name, "."+key)) {
			return i + 1
		}
	}
	return at
}

// check finds what is wrong with a scenario by itself.
func (s *scenario) check(sales map[string]json.RawMessage) error {
	switch {
	case s.Name == "":
		return &scenarioError{"name", "each scenario needs a name"}
	case sales[s.Name] != nil:
		return &scenarioError{"name", "two scenarios are called " + s.Name}
	case s.Card == "":
		return &scenarioError{"card", "name the card that the scenario is about"}
	case s.After != "" && sales[s.After] == nil:
		return &scenarioError{"after", "no scenario before this one is called " + s.After}
	case s.Action != "" && s.After == "":
		return &scenarioError{"action", "an action follows a card: name its scenario in after"}
	case s.Action == "" && s.Operation == "":
		return &scenarioError{"operation", "say which operation Flexiti answered, or which action was chosen"}
	case s.Customer != nil && (s.Customer.English == "" || s.Customer.French == ""):
		return &scenarioError{"customer", "give the customer's words as en and fr"}
	case s.Right != nil && (s.Right.English == "" || s.Right.French == ""):
		return &scenarioError{"right", "give the right answer as en and fr"}
	case s.Wrong != nil && (len(s.Wrong.English) != len(s.Wrong.French) || len(s.Wrong.English) < 1 || len(s.Wrong.English) > 3):
		return &scenarioError{"wrong", "give one to three wrong answers, as many in en as in fr"}
	}
	return nil
}

// event is what the scenario has the till tell the module.
func (s *scenario) event(sale json.RawMessage) host.Event {
	noon, utc := int64(1_795_536_000_000), -300
	ev := host.Event{V: plugin.ABI, At: noon, UTCOffsetMin: &utc, Locale: string(plugin.English), Sale: sale, Action: s.Action}
	if s.Action != "" {
		return ev
	}
	x := plugin.Exchange{
		Call: s.Call, Operation: s.Operation, Status: s.Status, Failure: s.Failure, Sent: s.Sent, Body: s.Body, Found: s.Found, Result: s.Result,
		Request: plugin.Request{Format: s.Format, TransactionType: s.Type, Amount: s.Amount, AutoCapture: s.Capture},
	}
	if s.Key {
		x.Request.IdempotencyKey = plugin.KeySent
	}
	if s.Code != "" {
		body, _ := json.Marshal(map[string]string{"error": s.Code})
		x.Body = string(body)
	}
	ev.Exchange = &x
	return ev
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
	if len(d.Actions) == 0 && s.Right == nil {
		return step{}, nil, &scenarioError{"right", "the card has no action: say what is right"}
	}
	st := step{card: host.Card{SaleID: s.Name, At: ev.At, UTCOffsetMin: ev.UTCOffsetMin, Answer: a},
		words: map[plugin.Lang]plugin.Prompt{}, customer: map[plugin.Lang]string{}, choices: map[plugin.Lang][]string{}}
	sum := fnv.New32a()
	sum.Write([]byte(s.Name))
	for _, l := range languages {
		p := a.Prompt
		if l != p.Locale {
			if p, err = reworded(ctx, e, st.card, l); err != nil {
				return step{}, nil, fmt.Errorf("saying it in %s: %w", l, err)
			}
		}
		st.words[l], st.customer[l] = p, s.customerSays(l, d.Family)
		wrong := s.wrongIn(l, d.Family)
		st.right = int(sum.Sum32() % uint32(len(wrong)+1))
		st.choices[l] = slices.Insert(slices.Clone(wrong), st.right, s.rightIn(l, p))
	}
	return st, a.Sale, nil
}

func (t *text2) in(l plugin.Lang) string {
	if l == plugin.French {
		return t.French
	}
	return t.English
}

func (s *scenario) customerSays(l plugin.Lang, f plugin.Family) string {
	if s.Customer != nil {
		return s.Customer.in(l)
	}
	return wordsOf(l).customerSays[f]
}

func (s *scenario) rightIn(l plugin.Lang, p plugin.Prompt) string {
	if s.Right != nil {
		return s.Right.in(l)
	}
	return p.Actions[0].Text
}

func (s *scenario) wrongIn(l plugin.Lang, f plugin.Family) []string {
	switch {
	case s.Wrong == nil:
		return wordsOf(l).mistakes[f]
	case l == plugin.French:
		return s.Wrong.French
	}
	return s.Wrong.English
}
