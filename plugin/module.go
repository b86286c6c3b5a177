package plugin

// Module is the JSON face of the three stages: what the WebAssembly module
// exports, callable natively too. Returned bytes are valid until the next call.
// It is not safe for concurrent use.
type Module struct {
	policy Policy
	texts  Texts
	out    []byte
}

// Configure takes {"policy":{…},"texts":{…}} and answers {} or an error, after which the old settings stand.
func (m *Module) Configure(in []byte) []byte { return []byte("{}") }

// Answer takes an event and gives an answer.
func (m *Module) Answer(in []byte) []byte {
	return []byte(`{"error":{"kind":"bad_event","detail":"not built yet"}}`)
}

// Decide takes {v, facts, sale, policy} and gives {v, decision, sale}: the middle stage, for replay.
func (m *Module) Decide(in []byte) []byte { return []byte("{}") }

// Describe gives ABI, catalogue version, locales, limits and every card.
func (m *Module) Describe() []byte { return []byte("{}") }
