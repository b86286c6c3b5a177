package serve

import (
	"bytes"
	"encoding/json"
	"regexp"
	"unicode/utf8"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// maxBody is how much of a reply's body the module gets to see.
const maxBody = 64 << 10

var saleName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// posted is an event as a POS posts it. Its members stay as they came: it is
// for the module to say which are good, and a newer one may know more of them.
type posted struct {
	members map[string]json.RawMessage // nil: no JSON object
	raw     []byte
	saleID  string // empty: the POS keeps the sale
	eventID string
	display Display
	event   host.Event // as far as it can be read: for what is shown beside the answer
	refusal *plugin.Error
}

func read(raw []byte) posted {
	p := posted{raw: bytes.ToValidUTF8(raw, []byte("\uFFFD"))}
	if json.Unmarshal(p.raw, &p.members) != nil {
		p.members = nil
		return p
	}
	_ = json.Unmarshal(p.raw, &p.event) // what is of the wrong type the module will name
	_ = json.Unmarshal(p.members["display"], &p.display)
	if id, given := p.members["event_id"]; given && json.Unmarshal(id, &p.eventID) != nil {
		p.refuse("event_id must be a string")
	}
	if id, given := p.members["sale_id"]; given {
		if json.Unmarshal(id, &p.saleID) != nil || !saleName.MatchString(p.saleID) {
			p.saleID = ""
			p.refuse("sale_id must be 1 to 64 letters, digits, dots, underscores and dashes")
		} else if _, both := p.members["sale"]; both {
			p.refuse("sale must be absent beside sale_id: the till keeps the sale")
		}
	}
	return p
}

func (p *posted) refuse(detail string) {
	p.refusal = &plugin.Error{Kind: plugin.BadEvent, Detail: detail}
}

// input writes the event for the module, with the sale that is kept for it.
func (p posted) input(sale json.RawMessage, lang plugin.Lang) []byte {
	if p.members == nil {
		return p.raw // the module says what is wrong with it
	}
	members := make(map[string]json.RawMessage, len(p.members)+2)
	for name, value := range p.members {
		switch name {
		case "sale_id", "display":
		case "exchange":
			members[name] = cut(value)
		default:
			members[name] = value
		}
	}
	if len(sale) > 0 {
		members["sale"] = sale
	}
	if _, given := members["locale"]; !given && lang != "" {
		members["locale"] = json.RawMessage(`"` + lang + `"`)
	}
	return encode(members)
}

// cut shortens the body of an exchange to what the module gets to see.
func cut(exchange json.RawMessage) json.RawMessage {
	var members map[string]json.RawMessage
	var body string
	if len(exchange) <= maxBody || json.Unmarshal(exchange, &members) != nil ||
		json.Unmarshal(members["body"], &body) != nil || len(body) <= maxBody {
		return exchange
	}
	end := maxBody
	for end > 0 && !utf8.RuneStart(body[end]) {
		end--
	}
	members["body"], members["body_cut"] = encode(body[:end]), json.RawMessage("true")
	return encode(members)
}

// encode is json.Marshal without the escapes for HTML, which would make replies
// that are HTML several times longer. It gives nil for what cannot be written.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil {
		return nil
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
