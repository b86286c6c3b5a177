package plugin

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertVocabs()
	path, err := filepath.Abs("schema/" + name + ".json")
	require.NoError(t, err)
	s, err := c.Compile(path)
	require.NoError(t, err)
	return s
}

func valid(t *testing.T, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	require.NoError(t, err)
	return s.Validate(v)
}

// Everything that the module says fits the schemas, to the last member.
func TestGeneratedTrafficFitsTheSchemas(t *testing.T) {
	events, answers, records, settings := schema(t, "event"), schema(t, "answer"), schema(t, "record"), schema(t, "settings")
	g := newGenerator(21)
	for range 60 {
		p := g.policy()
		conf := marshal(t, map[string]any{"policy": p, "texts": Texts{Store: "S", Contacts: map[Owner]Contact{OwnerStoreIT: {English: "x"}}}})
		require.NoError(t, valid(t, settings, conf), "%s", conf)
		var m Module
		m.Configure(conf)
		g.walk(8, p, func(f Facts, before Sale, d Decision, _ Sale) {
			for _, e := range []map[string]any{
				{"v": 1, "facts": f, "sale": before},
				{"v": 1, "decision": d, "ref": "7F3K", "sale": before},
				{"v": 1, "at": noon, "locale": "fr-CA", "exchange": g.exchange(), "sale": before},
			} {
				in := marshal(t, e)
				require.NoError(t, valid(t, events, in), "%s", in)
				out := m.Answer(in)
				require.NoError(t, valid(t, answers, out), "%s", out)
				var a struct{ Record json.RawMessage }
				require.NoError(t, json.Unmarshal(out, &a))
				if a.Record != nil {
					require.NoError(t, valid(t, records, a.Record), "%s", a.Record)
				}
			}
		})
	}
}

// What the module rejects, the schema rejects; named errors are answers too.
func TestSchemasRejectWhatTheModuleRejects(t *testing.T) {
	events, settings, answers := schema(t, "event"), schema(t, "settings"), schema(t, "answer")
	bad := []string{
		`[]`, `1`, `{}`, `{"v":1}`, `{"v":2,"action":"hold_sale"}`, `{"v":"1","action":"hold_sale"}`, `{"action":"hold_sale"}`,
		`{"v":1,"exchange":{},"action":"hold_sale"}`, `{"v":1,"exchange":{},"facts":{}}`, `{"v":1,"exchange":[]}`, `{"v":1,"action":7}`, `{"v":1,"action":""}`,
		`{"v":1,"at":"now","exchange":{}}`, `{"v":1,"at":-1,"exchange":{}}`, `{"v":1,"at":1.5,"exchange":{}}`, `{"v":1,"exchange":{"operation":"authorisation"}}`,
		`{"v":1,"locale":7,"exchange":{}}`, `{"v":1,"customer_locale":[],"exchange":{}}`,
		`{"v":1,"exchange":{"status":"409"}}`, `{"v":1,"exchange":{"status":1000}}`, `{"v":1,"exchange":{"status":-1}}`, `{"v":1,"exchange":{"status":4.5}}`,
		`{"v":1,"exchange":{"operation":7}}`, `{"v":1,"exchange":{"failure":"broken"}}`, `{"v":1,"exchange":{"sent":true}}`, `{"v":1,"exchange":{"sent":"maybe"}}`,
		`{"v":1,"exchange":{"result":"approved_2"}}`, `{"v":1,"exchange":{"body_cut":"no"}}`, `{"v":1,"exchange":{"found":{}}}`, `{"v":1,"exchange":{"found":[7]}}`,
		`{"v":1,"exchange":{"found":[{}]}}`, `{"v":1,"exchange":{"found":[{"state":"lost"}]}}`, `{"v":1,"exchange":{"request":[]}}`,
		`{"v":1,"exchange":{"request":{"auto_capture":"yes"}}}`, `{"v":1,"exchange":{"request":{"amount":[]}}}`, `{"v":1,"exchange":{"request":{"idempotency_key":7}}}`,
		`{"v":1,"exchange":{"request":{"amount":"12,50"}}}`, `{"v":1,"exchange":{"call":"` + strings.Repeat("x", MaxCall+1) + `"}}`,
		`{"v":1,"facts":[]}`, `{"v":1,"facts":{"status":"x"}}`, `{"v":1,"facts":{"failure":"x"}}`, `{"v":1,"facts":{"fields":{}}}`,
		`{"v":1,"facts":{"fields":[{"problem":"x"}]}}`, `{"v":1,"facts":{"found":[{"state":"x"}]}}`, `{"v":1,"facts":{"action":"x"}}`,
		`{"v":1,"facts":{"retry_after_s":-1}}`, `{"v":1,"facts":{"has_key":1}}`,
		`{"v":1,"decision":7}`, `{"v":1,"decision":{"family":"x"}}`, `{"v":1,"decision":{"money":"lots"}}`, `{"v":1,"decision":{"retry":{"policy":"x"}}}`,
		`{"v":1,"decision":{"actions":[{"id":"x"}]}}`, `{"v":1,"decision":{"matched":{"rule":"a b"}}}`, `{"v":1,"decision":{},"ref":"0000"}`,
	}
	var m Module
	for _, in := range bad {
		out := m.Answer([]byte(in))
		require.Contains(t, string(out), `{"error":`, in)
		require.NotContains(t, string(out), "action_not_offered", in)
		require.NoError(t, valid(t, answers, out), "%s", out)
		require.Error(t, valid(t, events, []byte(in)), in)
	}
	badSettings := []string{
		`[]`, `{"policy":[]}`, `{"policy":{"methods":"sms"}}`, `{"policy":{"methods":["merchant_override"]}}`, `{"policy":{"methods":[7]}}`,
		`{"policy":{"override":"yes"}}`, `{"policy":{"settled_by":"flexiti"}}`, `{"policy":{"limits":{"answers":4}}}`, `{"policy":{"limits":{"codes":-1}}}`,
		`{"policy":{"methods":[]}}`, `{"policy":{"metods":["sms"]}}`, `{"polcy":{}}`, `{"policy":{"wait_s":0}}`, `{"policy":{"status_held":["On hold"]}}`,
		`{"policy":{"empty_ok":["refunds"]}}`, `{"texts":{"contacts":{"manager":{}}}}`, `{"policy":{"limits":{"reads":1.5}}}`, `{"policy":{"limits":[]}}`, `{"texts":[]}`, `{"texts":{"store":7}}`, `{"texts":{"contacts":[]}}`,
		`{"texts":{"contacts":{"store_it":"x"}}}`, `{"texts":{"contacts":{"store_it":{"en-CA":7}}}}`,
		`{"texts":{"contacts":{"store_it":{"en-CA":"` + strings.Repeat("x", 73) + `"}}}}`,
	}
	for _, in := range badSettings {
		require.Contains(t, string(m.Configure([]byte(in))), `"bad_policy"`, in)
		require.Error(t, valid(t, settings, []byte(in)), in)
	}
}

// Every member of a type stands in its schema, under the same name.
func TestSchemasHaveTheMembersOfTheTypes(t *testing.T) {
	cases := []struct {
		name, schema string
		path         []string
		members      []string
	}{
		{"exchange", "event", []string{"properties", "exchange"}, listed((*codec).exchange)},
		{"request", "event", []string{"properties", "exchange", "properties", "request"}, listed((*codec).request)},
		{"found", "event", []string{"properties", "exchange", "properties", "found", "items"}, listed((*codec).found)},
		{"facts", "common", []string{"$defs", "factsMembers"}, listed((*codec).facts)},
		{"facts that come in", "common", []string{"$defs", "factsIn"}, listed((*codec).facts)},
		{"found facts", "common", []string{"$defs", "factsMembers", "properties", "found", "items"}, listed((*codec).foundFact)},
		{"about", "common", []string{"$defs", "about"}, listed((*codec).about)},
		{"decision", "common", []string{"$defs", "decisionMembers"}, listed((*codec).decision)},
		{"decision that comes in", "common", []string{"$defs", "decisionIn"}, listed((*codec).decision)},
		{"retry", "common", []string{"$defs", "decisionMembers", "properties", "retry"}, listed((*codec).retry)},
		{"action", "common", []string{"$defs", "decisionMembers", "properties", "actions", "items"}, listed((*codec).action)},
		{"next", "common", []string{"$defs", "decisionMembers", "properties", "actions", "items", "properties", "next"}, listed((*codec).next)},
		{"matched", "common", []string{"$defs", "decisionMembers", "properties", "matched"}, listed((*codec).matched)},
		{"policy", "common", []string{"$defs", "policy"}, listed((*codec).policy)},
		{"limits", "common", []string{"$defs", "policy", "properties", "limits"}, listed((*codec).limits)},
		{"texts", "settings", []string{"properties", "texts"}, listed((*codec).texts)},
		{"contacts", "settings", []string{"properties", "texts", "properties", "contacts"}, listed((*codec).contacts)},
		{"record", "record", nil, listed((*codec).record)},
		{"error", "common", []string{"$defs", "error"}, listed((*codec).error)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, err := os.ReadFile("schema/" + c.schema + ".json")
			require.NoError(t, err)
			var doc map[string]any
			require.NoError(t, json.Unmarshal(text, &doc))
			for _, step := range append(c.path, "properties") {
				require.Contains(t, doc, step)
				doc = doc[step].(map[string]any)
			}
			require.ElementsMatch(t, slices.Collect(maps.Keys(doc)), c.members)
		})
	}
}

// Every list of names in the schemas is the one in the code.
func TestSchemasNameWhatTheCodeNames(t *testing.T) {
	text, err := os.ReadFile("schema/common.json")
	require.NoError(t, err)
	var doc struct {
		Defs map[string]struct{ Enum []string } `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(text, &doc))
	var ops, actions []string
	for _, op := range allOperations() {
		ops = append(ops, string(op))
	}
	for _, a := range actionIDs {
		actions = append(actions, string(a))
	}
	require.ElementsMatch(t, ops, doc.Defs["operation"].Enum)
	require.ElementsMatch(t, actions, doc.Defs["action"].Enum)
}

var jsonBlock = regexp.MustCompile("(?s)```json\n(.*?)```")

// The examples that integrators copy are true.
func TestExamplesInThePagesAreValid(t *testing.T) {
	of := map[string]*jsonschema.Schema{}
	for _, name := range []string{"event", "answer", "record", "settings"} {
		of[name] = schema(t, name)
	}
	for _, page := range []string{"../README.md", "../wasm/README.md"} {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		examples := jsonBlock.FindAllStringSubmatch(string(text), -1)
		require.NotEmpty(t, examples, page)
		for _, block := range examples {
			example := block[1]
			if strings.Contains(example, "…") {
				continue // an outline, not an example
			}
			require.True(t, json.Valid([]byte(example)), example)
			name := "event"
			switch {
			case strings.Contains(example, `"prompt"`) || strings.Contains(example, `"error":{`):
				name = "answer"
			case strings.Contains(example, `"catalogue"`):
				name = "record"
			case strings.Contains(example, `"policy"`) || strings.Contains(example, `"texts"`):
				name = "settings"
			}
			require.NoError(t, valid(t, of[name], []byte(example)), "as %s: %s", name, example)
		}
	}
}

var catBlock = regexp.MustCompile(`(?m)^\$ cat \S+\n((?:[{ ].*\n)+)`)

// So are the events that the pages post.
func TestPostedEventsInThePagesAreValid(t *testing.T) {
	posted := schema(t, "posted")
	for _, page := range []string{"../README.md", "../host/serve/README.md"} {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		events := catBlock.FindAllStringSubmatch(string(text), -1)
		require.NotEmpty(t, events, page)
		for _, event := range events {
			require.NoError(t, valid(t, posted, []byte(event[1])), event[1])
		}
	}
}
