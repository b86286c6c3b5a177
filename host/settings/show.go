package settings

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// Show gives all that is in force as a file in TOML, what the store has not set
// marked as default. The token and the PINs are not in it.
func (s Settings) Show() string {
	var file struct {
		Policy plugin.Policy
		Texts  plugin.Texts
	}
	var set struct {
		Policy map[string]json.RawMessage
	}
	_ = json.Unmarshal(s.JSON, &file) // nil, or checked when it was read
	_ = json.Unmarshal(s.JSON, &set)
	var limits map[string]json.RawMessage
	_ = json.Unmarshal(set.Policy["limits"], &limits)

	var b strings.Builder
	line := func(key string, value any, byDefault bool) {
		text, err := json.Marshal(value) // of texts, numbers and lists of texts TOML is written alike
		if err != nil || string(text) == "null" {
			text = []byte("[]")
		}
		b.WriteString(key + " = " + strings.ReplaceAll(string(text), `","`, `", "`))
		if byDefault {
			b.WriteString("  # default")
		}
		b.WriteString("\n")
	}
	b.WriteString("[till]\n")
	t := s.Till
	line("store", t.Store, t.Store == "")
	line("lane", t.Lane, t.Lane == "")
	line("language", t.Language, t.Language == "")
	line("contrast", t.Contrast, !t.Contrast)
	line("touch", t.Touch, !t.Touch)

	b.WriteString("\n[service]\n")
	if s.Service.Token != "" {
		b.WriteString("# a token: set\n")
	}
	if s.Service.TLSCert != "" {
		b.WriteString("# a certificate: set\n")
	}
	for _, who := range sorted(s.Service.Supervisors) {
		fmt.Fprintf(&b, "# %s may settle, with a PIN\n", who)
	}

	b.WriteString("\n[policy]\n")
	p := file.Policy.InForce()
	policy := func(key string, value any) { line(key, value, set.Policy[key] == nil) }
	policy("methods", p.Methods)
	policy("override", p.Override)
	policy("bypass", p.Bypass)
	policy("split_payment", p.SplitPayment)
	policy("settled_by", p.SettledBy)
	policy("wait_s", p.WaitS)
	if p.AutoCapture != nil {
		policy("auto_capture", *p.AutoCapture)
	}
	policy("status_held", p.StatusHeld)
	policy("status_taken", p.StatusTaken)
	policy("empty_ok", p.EmptyOK)

	b.WriteString("\n[policy.limits]\n")
	limit := func(key string, value int) { line(key, value, limits[key] == nil) }
	limit("answers", p.Limits.Answers)
	limit("codes", p.Limits.Codes)
	limit("reads", p.Limits.Reads)
	limit("checks", p.Limits.Checks)

	b.WriteString("\n[texts]\n")
	line("store", file.Texts.Store, file.Texts.Store == "")
	for _, owner := range sorted(file.Texts.Contacts) {
		fmt.Fprintf(&b, "\n[texts.contacts.%s]\n", owner)
		c := file.Texts.Contacts[owner]
		if c.English != "" {
			line(string(plugin.English), c.English, false)
		}
		if c.French != "" {
			line(string(plugin.French), c.French, false)
		}
	}
	return b.String()
}

func sorted[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
