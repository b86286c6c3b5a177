package plugin

import "github.com/tillwise/tillwise/plugin/internal/json"

// Describe gives ABI, catalogue version, locales, limits and every card.
func (m *Module) Describe() []byte {
	w := &m.codec.w
	w.Reset()
	w.Open('{')
	number(w, "abi", ABI)
	str(w, "catalogue", CatalogueVersion)
	w.Name("locales")
	w.Open('[')
	w.Word(string(English))
	w.Word(string(French))
	w.Close(']')
	w.Name("limits")
	w.Open('{')
	number(w, "input", MaxInput)
	number(w, "depth", MaxDepth)
	number(w, "values", MaxValues)
	number(w, "sale", MaxSale)
	number(w, "actions", maxActions)
	number(w, "fields", maxFields)
	number(w, "call", MaxCall)
	w.Close('}')
	w.Name("cards")
	w.Open('[')
	for i := range cards {
		describe(w, &cards[i])
	}
	w.Close(']')
	w.Close('}')
	return w.Out
}

func describe(w *json.Writer, c *card) {
	w.Open('{')
	str(w, "card", c.name)
	str(w, "family", string(c.family))
	str(w, "retry", string(c.retry))
	str(w, "owner", string(c.owner))
	str(w, "privacy", string(c.privacy))
	w.Name("headline")
	w.Open('{')
	str(w, string(English), english.headline(c.id))
	str(w, string(French), french.headline(c.id))
	w.Close('}')
	w.Name("rules")
	w.Open('[')
	for _, r := range rows {
		if r.Card == c.id || r.Card == troubleByKind && isTrouble(c.id) {
			w.Open('{')
			str(w, "rule", ruleName(r.Operation, r.Status, r.Code))
			str(w, "source", r.Source)
			w.Close('}')
		}
	}
	w.Close(']')
	w.Close('}')
}

// isTrouble says whether a card is what trouble at Flexiti comes to for one kind of call.
func isTrouble(id CardID) bool {
	for _, k := range kinds {
		if k.trouble == id {
			return true
		}
	}
	return false
}

func str(w *json.Writer, name, s string)          { w.Name(name); w.String(s) }
func number(w *json.Writer, name string, n int64) { w.Name(name); w.Int(n) }
