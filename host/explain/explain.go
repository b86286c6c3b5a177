// Package explain finds what a code of Flexiti's stands for: the call and the
// reply that a POS would have met it by, as an exchange that the module answers
// with the card a cashier would see. A code may come in any of its spellings, and
// may mean different things for different calls: Flexiti's not_found has seven
// meanings. What else it could have meant comes beside.
package explain

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/tillwise/tillwise/plugin"
)

// CheckOperation says why a name is no operation that Flexiti documents, with the
// nearest that is; none is the name of any.
func CheckOperation(name string) error {
	if name == "" || slices.Contains(operations, plugin.Operation(name)) {
		return nil
	}
	near := slices.MinFunc(operations, func(a, b plugin.Operation) int {
		return levenshtein.Distance(name, string(a), nil) - levenshtein.Distance(name, string(b), nil)
	})
	return fmt.Errorf("there is no operation %q: did you mean %s?", name, near)
}

// operations are all that Flexiti documents.
var operations = []plugin.Operation{
	plugin.OpToken, plugin.OpI18n, plugin.OpTerms, plugin.OpDriversLicense, plugin.OpSearch, plugin.OpLookup, plugin.OpVerify,
	plugin.OpCalculateInterest, plugin.OpClose, plugin.OpApply, plugin.OpTransactions, plugin.OpAuthorization, plugin.OpRelease,
	plugin.OpCapture, plugin.OpReturn, plugin.OpRefund, plugin.OpAuthorizations, plugin.OpAuthorizationGet, plugin.OpCaptures,
	plugin.OpWidgetInit, plugin.OpMerchantsLogin,
}

// Meaning is what a code stands for.
type Meaning struct {
	Exchange   plugin.Exchange
	Operations []plugin.Operation // that it means something else for: one of them tells the meanings apart
	Near       []string           // documented codes, at most three, where no page has this one
}

// Code gives the meaning of a code; an empty one is a reply without a code. Status 0
// and no operation stand for the documented ones, or for 409 where there is none.
func Code(code string, status int, op plugin.Operation) Meaning {
	m := Meaning{Exchange: plugin.Exchange{Operation: op, Status: status, Body: bodyWith(code)}}
	rules := rulesFor(code, status, op)
	if len(rules) == 0 {
		if status == 0 {
			m.Exchange.Status = 409 // where Flexiti reports most of what went wrong
		}
		if code != "" && len(rulesFor(code, 0, "")) == 0 {
			m.Near = nearCodes(code)
		}
		return m
	}
	r := rules[0]
	if op == "" && slices.ContainsFunc(rules, func(o plugin.Rule) bool { return o.Card != r.Card }) {
		for _, o := range rules {
			if !slices.Contains(m.Operations, o.Operation) && slices.Contains(operations, o.Operation) {
				m.Operations = append(m.Operations, o.Operation)
			}
		}
		for _, vague := range []plugin.Operation{plugin.OpUnknown, plugin.AnyOperation} {
			if i := slices.IndexFunc(rules, func(o plugin.Rule) bool { return o.Operation == vague }); i >= 0 {
				r = rules[i]
				break
			}
		}
	}
	if status == 0 {
		m.Exchange.Status = r.Status
	}
	if op == "" && slices.Contains(operations, r.Operation) {
		m.Exchange.Operation = r.Operation
	}
	m.Exchange.Body = r.Example()
	return m
}

// rulesFor gives the documented rows with a code, in any of its spellings:
// those of the operation itself before those of any.
func rulesFor(code string, status int, op plugin.Operation) (out []plugin.Rule) {
	canonical := plugin.Recognise(plugin.Exchange{Status: 409, Body: bodyWith(code)}).Code
	if canonical == "" {
		return nil
	}
	for _, r := range plugin.Rules() {
		if r.Code == canonical && (status == 0 || status == r.Status) && (op == "" || op == r.Operation || r.Operation == plugin.AnyOperation) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b plugin.Rule) int { return rank(a, op) - rank(b, op) })
	return out
}

func rank(r plugin.Rule, op plugin.Operation) int {
	if op != "" && r.Operation == op {
		return 0
	}
	return 1
}

// nearCodes gives the documented codes that a code may be a misspelling of, at most three.
func nearCodes(code string) (out []string) {
	distance := func(a string) int { return levenshtein.Distance(strings.ToLower(code), a, nil) }
	for _, r := range plugin.Rules() {
		if distance(r.Code) <= max(2, len(code)/3) && !slices.Contains(out, r.Code) {
			out = append(out, r.Code)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return distance(a) - distance(b) })
	return out[:min(3, len(out))]
}

func bodyWith(code string) string {
	if code == "" {
		return ""
	}
	body, err := json.Marshal(map[string]string{"error": code})
	if err != nil {
		return ""
	}
	return string(body)
}
