package simulator

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/agext/levenshtein"

	"github.com/tillwise/tillwise/plugin"
)

// catalogue is every documented row, by its name, as the Simulator-Answer header and
// a scenario take it.
var catalogue = sync.OnceValue(func() map[string]plugin.Rule {
	all := map[string]plugin.Rule{}
	for _, r := range plugin.Rules() {
		all[r.Name()] = r
	}
	return all
})

var (
	codeShape  = regexp.MustCompile(`^[A-Za-z0-9_]{1,48}$`)
	operations = sync.OnceValue(func() (all []string) {
		for _, op := range append(plugin.Operations(), plugin.OpUnknown, plugin.OpUnknownRead, plugin.AnyOperation) {
			all = append(all, string(op))
		}
		slices.Sort(all)
		return all
	})
)

// parseOperation finds a call by its name, or says which one is nearest.
func parseOperation(name string) (plugin.Operation, error) {
	if slices.Contains(operations(), name) {
		return plugin.Operation(name), nil
	}
	return "", fmt.Errorf("there is no operation %q (nearest: %s)", short(name), nearest(name, operations()))
}

// parseRow reads operation/status/code. A row of the catalogue gives its example.
// A status alone, and a code that no page has, give what they say: Flexiti adds
// codes without notice (page 342163571). A code that is almost a documented one
// is a slip.
func parseRow(name string) (plugin.Operation, reply, error) {
	part := strings.SplitN(name, "/", 3)
	if len(part) != 3 {
		return "", reply{}, fmt.Errorf("an answer is operation/status/code, such as authorization/409/credit_exceeded, or lookup/503/ without a code")
	}
	op, err := parseOperation(part[0])
	if err != nil {
		return "", reply{}, err
	}
	status, err := strconv.Atoi(part[1])
	if r, ok := catalogue()[name]; ok {
		return op, reply{status: r.Status, body: []byte(r.Example())}, nil
	}
	switch {
	case err != nil || status < 300 || status > 599:
		return "", reply{}, fmt.Errorf("%q is no status of a refusal, 300 to 599", short(part[1]))
	case part[2] == "":
		return op, reply{status: status}, nil
	case !codeShape.MatchString(part[2]):
		return "", reply{}, fmt.Errorf("a code is at most 48 letters, digits and underscores")
	}
	var known []string
	for _, r := range plugin.Rules() {
		if r.Code == part[2] {
			return op, reply{status: status, body: []byte(r.Example())}, nil
		}
		known = append(known, r.Code)
	}
	if near := nearest(part[2], known); !slices.Contains(known, canonical(part[2])) && levenshtein.Distance(near, part[2], nil) <= 2 {
		return "", reply{}, fmt.Errorf("no page has the code %s (nearest: %s)", part[2], near)
	}
	return op, reply{status: status, body: []byte(`{"error":"` + part[2] + `"}`)}, nil
}

// canonical gives a code in the catalogue's spelling, where it is one of those that
// pages spell in several ways.
func canonical(code string) string {
	return plugin.Recognise(plugin.Exchange{Operation: plugin.OpLookup, Status: http.StatusConflict, Body: `{"error":"` + code + `"}`}).Code
}

func nearest(name string, known []string) string {
	return slices.MinFunc(known, func(a, b string) int {
		return levenshtein.Distance(name, a, nil) - levenshtein.Distance(name, b, nil)
	})
}

// short keeps what is quoted in an error to a line.
func short(s string) string {
	if len(s) > 48 {
		return s[:48] + "…"
	}
	return s
}

// refuses tells whether a row documents that nothing was done. What is left open,
// a 5xx, general_error, a code that no page has, can come after the work too.
func refuses(name string, r reply) bool {
	code := canonical(strings.SplitN(name, "/", 3)[2])
	switch {
	case r.status < 400 || r.status > 499, code == "general_error", code == "gateway_timeout":
		return false
	case code == "": // page 20643845 and 10190869 turn these away at the door
		return r.status == http.StatusUnauthorized || r.status == http.StatusTooManyRequests || r.status >= 465 && r.status <= 467
	}
	return slices.ContainsFunc(plugin.Rules(), func(known plugin.Rule) bool { return known.Code == code })
}
