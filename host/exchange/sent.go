package exchange

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// Parameters are those of a request that something is made of.
var Parameters = []string{"request_id", "format", "transaction_type", "amount", "auto_capture"}

// Sent is what is kept of a request's body.
type Sent struct {
	RequestID string // tells sales apart; in clear
	Request   plugin.Request
}

// ReadSent reads a request's body, JSON or a form. Form are the parameters of a
// form that was recorded in pieces; nil: there is none.
func ReadSent(body string, form map[string]string) Sent {
	p := parametersOf(body, form)
	return Sent{p.text("request_id"), p.request()}
}

type parameters map[string]any

func parametersOf(body string, form map[string]string) parameters {
	p := parameters{}
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if d.Decode(&p) == nil {
		return p
	}
	p = parameters{}
	if values, err := url.ParseQuery(body); err == nil {
		for name := range values {
			if slices.Contains(Parameters, name) {
				p[name] = values.Get(name)
			}
		}
	}
	for name, value := range form {
		p[name] = value
	}
	return p
}

// text gives a parameter that is a string or a number.
func (p parameters) text(name string) string {
	switch v := p[name].(type) {
	case string:
		return strings.Clone(v) // of a form it is a part of the whole
	case json.Number:
		return v.String()
	}
	return ""
}

var plain = regexp.MustCompile(`^[A-Za-z_]{1,32}$`)

// name gives a parameter whose documented values are all names; what cannot be one
// may be anything.
func (p parameters) name(name string) string {
	if text := p.text(name); plain.MatchString(text) {
		return text
	}
	return ""
}

// request keeps the little of a request that a decision may depend on.
func (p parameters) request() plugin.Request {
	r := plugin.Request{
		Format: plugin.Method(p.name("format")), TransactionType: p.name("transaction_type"), Amount: p.text("amount"),
	}
	if option, ok := p["financing_option"].(map[string]any); ok && r.TransactionType == "" {
		r.TransactionType = parameters(option).name("transaction_type")
	}
	switch v := p["auto_capture"].(type) {
	case bool:
		r.AutoCapture = &v
	case string:
		yes := strings.EqualFold(v, "true")
		r.AutoCapture = &yes
	}
	return r
}
