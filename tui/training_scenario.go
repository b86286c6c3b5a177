package tui

import (
	"encoding/json"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// scenario is one entry of a file. Title, customer and right may be left out:
// then it is called by its name, the customer says something that fits the
// card's family, and the right answer is the card's first action.
type scenario struct {
	Name      string           `toml:"name"`
	Title     *text2           `toml:"title"`
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
	Wrong     []mistake        `toml:"wrong"`
}

// text2 is a text in both languages.
type text2 struct {
	English string `toml:"en"`
	French  string `toml:"fr"`
}

func (t *text2) whole() bool { return t == nil || t.English != "" && t.French != "" }

func (t *text2) in(l plugin.Lang) string {
	if l == plugin.French {
		return t.French
	}
	return t.English
}

// mistake is a wrong answer. A merchant's own file may leave out what would come of it.
type mistake struct {
	text2
	Because *text2 `toml:"because"`
}

// check finds what is wrong with a scenario by itself.
func (s *scenario) check(sales map[string]json.RawMessage) error {
	switch {
	case s.Name == "":
		return &scenarioError{key: "name", what: "each scenario needs a name"}
	case sales[s.Name] != nil:
		return &scenarioError{key: "name", what: "two scenarios are called " + s.Name}
	case s.Card == "":
		return &scenarioError{key: "card", what: "name the card that the scenario is about"}
	case s.After != "" && sales[s.After] == nil:
		return &scenarioError{key: "after", what: "no scenario before this one is called " + s.After}
	case s.Action != "" && s.After == "":
		return &scenarioError{key: "action", what: "an action follows a card: name its scenario in after"}
	case s.Action == "" && s.Operation == "":
		return &scenarioError{key: "operation", what: "say which operation Flexiti answered, or which action was chosen"}
	case !s.Title.whole():
		return &scenarioError{key: "title", what: "give what it is called as en and fr"}
	case !s.Customer.whole():
		return &scenarioError{key: "customer", what: "give the customer's words as en and fr"}
	case !s.Right.whole():
		return &scenarioError{key: "right", what: "give the right answer as en and fr"}
	case len(s.Wrong) < 1 || len(s.Wrong) > 3:
		return &scenarioError{key: "wrong", what: "give one to three wrong answers, each as [[scenario.wrong]] with en and fr"}
	}
	for _, w := range s.Wrong {
		if !w.whole() || !w.Because.whole() {
			return &scenarioError{key: "wrong", what: "give each wrong answer, and what would come of it, as en and fr"}
		}
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

func (s *scenario) titleIn(l plugin.Lang) string {
	if s.Title != nil {
		return s.Title.in(l)
	}
	return s.Name
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

func (s *scenario) wrongIn(l plugin.Lang) []choice {
	out := make([]choice, len(s.Wrong))
	for i, w := range s.Wrong {
		out[i].text = w.in(l)
		if w.Because != nil {
			out[i].because = w.Because.in(l)
		}
	}
	return out
}
