package importer

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// wantedParameters are those of a request that something is made of.
var wantedParameters = []string{"request_id", "format", "transaction_type", "amount", "auto_capture"}

// parameters are what a request's body held, as JSON or as a form.
type parameters map[string]any

func parametersOf(h *harEntry) parameters {
	p := parameters{}
	d := json.NewDecoder(strings.NewReader(h.sent))
	d.UseNumber()
	if d.Decode(&p) == nil {
		return p
	}
	p = parameters{}
	if form, err := url.ParseQuery(h.sent); err == nil {
		for name := range form {
			p[name] = form.Get(name)
		}
	}
	for name, value := range h.params {
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

// request keeps the little of a request that a decision may depend on.
func (p parameters) request() plugin.Request {
	r := plugin.Request{
		Format: plugin.Method(p.text("format")), TransactionType: p.text("transaction_type"), Amount: p.text("amount"),
	}
	if option, ok := p["financing_option"].(map[string]any); ok && r.TransactionType == "" {
		r.TransactionType = parameters(option).text("transaction_type")
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
