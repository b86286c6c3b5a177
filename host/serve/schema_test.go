package serve

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// posted.json is event.json and what is the service's own, told apart as the
// service tells it: by the members that it takes out, and by what it refuses.
func TestPostedSchema(t *testing.T) {
	var doc, event struct {
		Properties map[string]json.RawMessage
	}
	require.NoError(t, json.Unmarshal([]byte(text(t, "../../plugin/schema/posted.json")), &doc))
	require.NoError(t, json.Unmarshal([]byte(text(t, "../../plugin/schema/event.json")), &event))
	all := map[string]json.RawMessage{}
	for name := range doc.Properties {
		require.NotContains(t, event.Properties, name, "the service's, not the module's")
		all[name] = json.RawMessage(`"x"`)
	}
	in, err := json.Marshal(all)
	require.NoError(t, err)
	p := read(in, nil)
	require.JSONEq(t, `{"event_id":"x"}`, string(p.input(nil, "")), "the module ignores event_id; the rest it never sees")
	own := []string{"display"}
	for _, m := range regexp.MustCompile(`p\.text\("([a-z_]+)"`).FindAllStringSubmatch(text(t, "event.go"), -1) {
		own = append(own, m[1])
	}
	for name := range doc.Properties {
		require.Contains(t, own, name)
	}
	require.Len(t, doc.Properties, len(own))

	compiler := jsonschema.NewCompiler()
	path, err := filepath.Abs("../../plugin/schema/posted.json")
	require.NoError(t, err)
	schema, err := compiler.Compile(path)
	require.NoError(t, err)
	const rest = `"v":1,"exchange":{"operation":"lookup","status":404}`
	for _, tt := range []struct {
		members string
		good    bool
	}{
		{`"sale_id":"10-4471","event_id":"7d1c","display":{"lane":"3","amount":"1249.00"}`, true},
		{`"sale_id":"` + string(slices.Repeat([]byte("x"), 64)) + `"`, true},
		{`"sale_id":"` + string(slices.Repeat([]byte("x"), 65)) + `"`, false},
		{`"sale_id":"10 4471"`, false}, {`"sale_id":""`, false}, {`"sale_id":null`, false}, {`"sale_id":7`, false},
		{`"sale":{}`, true}, {`"sale_id":"10-4471","sale":{}`, false},
		{`"event_id":7`, false}, {`"event_id":null`, false},
		{`"display":7`, true}, {`"display":null`, true},
		{`"pin":"4711"`, true}, {`"pin":4711`, false},
		{`"settled_by":"M. O'Neil-Gagné 12"`, true}, {`"settled_by":"123456"`, true}, {`"settled_by":"1234567"`, false},
		{`"settled_by":"1 2 3 4 5 6 7"`, false}, {`"settled_by":"a@b.example"`, false}, {`"settled_by":"abcdefghijklmnopqrstuvwxy"`, false},
	} {
		body := []byte("{" + tt.members + "," + rest + "}")
		var v any
		require.NoError(t, json.Unmarshal(body, &v))
		p := read(body, nil)
		require.Equal(t, tt.good, p.refusal == nil, "the service on %s", tt.members)
		require.Equal(t, tt.good, schema.Validate(v) == nil, "the schema on %s", tt.members)
	}
	bad := []byte(`{"v":2,"sale_id":"10-4471","exchange":{}}`)
	var v any
	require.NoError(t, json.Unmarshal(bad, &v))
	require.Error(t, schema.Validate(v), "an event it is in any case")
	r := new(plugin.Module).Read(bad)
	require.Equal(t, plugin.BadVersion, r.Mistake.Kind)
}
