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

// catalogue is every documented row, by its name.
var catalogue = sync.OnceValue(func() map[string]plugin.Rule {
	all := map[string]plugin.Rule{}
	for _, r := range plugin.Rules() {
		all[RowOf(r)] = r
	}
	return all
})

// RowOf gives the name of a row of the catalogue, operation/status/code, as the
// Simulator-Answer header and a scenario take it.
func RowOf(r plugin.Rule) string { return fmt.Sprintf("%s/%d/%s", r.Operation, r.Status, r.Code) }

var (
	code  = regexp.MustCompile(`^[A-Za-z0-9_]{0,48}$`)
	calls = sync.OnceValue(func() (all []string) {
		for op := range handlers {
			all = append(all, string(op))
		}
		all = append(all, string(plugin.OpToken), string(plugin.OpMerchantsLogin), string(plugin.OpUnknown), string(plugin.OpUnknownRead),
			string(plugin.AnyOperation))
		slices.Sort(all)
		return all
	})
)

// parseOperation finds a call by its name, or says which one is nearest.
func parseOperation(name string) (plugin.Operation, error) {
	if slices.Contains(calls(), name) {
		return plugin.Operation(name), nil
	}
	return "", fmt.Errorf("there is no operation %q (nearest: %s)", short(name), nearest(name, calls()))
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
	case !code.MatchString(part[2]):
		return "", reply{}, fmt.Errorf("a code is at most 48 letters, digits and underscores")
	}
	documented := map[string]string{}
	for _, r := range plugin.Rules() {
		documented[r.Code] = r.Example()
	}
	delete(documented, "")
	if example, ok := documented[part[2]]; ok {
		return op, reply{status: status, body: []byte(example)}, nil
	}
	names := make([]string, 0, len(documented))
	for known := range documented {
		names = append(names, known)
	}
	slices.Sort(names)
	if near := nearest(part[2], names); levenshtein.Distance(near, part[2], nil) <= 2 && !strings.HasPrefix(near, strings.ToLower(part[2])) {
		return "", reply{}, fmt.Errorf("no page has the code %s (nearest: %s)", part[2], near)
	}
	return op, reply{status: status, body: []byte(`{"error":"` + part[2] + `"}`)}, nil
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
	part := strings.SplitN(name, "/", 3)
	switch {
	case r.status < 400 || r.status > 499, part[2] == "general_error", part[2] == "gateway_timeout":
		return false
	case part[2] == "": // page 20643845 and 10190869 turn these away at the door
		return r.status == http.StatusUnauthorized || r.status == http.StatusTooManyRequests || r.status >= 465 && r.status <= 467
	}
	return slices.ContainsFunc(plugin.Rules(), func(known plugin.Rule) bool { return known.Code == part[2] })
}
