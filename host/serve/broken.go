package serve

import (
	"bytes"
	"encoding/json"

	"github.com/tillwise/tillwise/plugin"
)

// glimpse reads as much as there is of an event that does not come whole: the
// sale and the lane that it names, and the call that it is about. What it does not tell may
// be any call that moves money.
func glimpse(raw []byte) (saleID, lane string, op plugin.Operation) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber() // one that is too large for a float hides no sale
	seen := map[string]string{}
	walk(d, "", func(path, value string) { seen[path] = value })
	if saleID = seen["sale_id"]; !saleName.MatchString(saleID) {
		saleID = ""
	}
	if lane = seen["lane"]; !laneName(lane) {
		lane = ""
	}
	switch {
	case seen["exchange.operation"] != "":
		op = plugin.Operation(seen["exchange.operation"])
	case seen["exchange.url"] != "" && seen["exchange.method"] != "":
		op = plugin.OperationOf(seen["exchange.method"], seen["exchange.url"])
	case seen["action"] != "":
		return saleID, lane, plugin.OpUnknownRead
	default:
		op = plugin.OpUnknown
	}
	return saleID, lane, op
}

// walk goes through an object's texts (empty for what is none), as far as it can be
// read. It goes no deeper than an exchange's members.
func walk(d *json.Decoder, path string, tell func(path, value string)) {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return
		}
		key, _ := name.(string)
		if path == "" && key == "exchange" {
			walk(d, "exchange.", tell)
			continue
		}
		var value any
		if d.Decode(&value) != nil {
			return
		}
		text, _ := value.(string) // what is none takes away the one before it: the last counts
		tell(path+key, text)
	}
	_, _ = d.Token()
}
