package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

const (
	maxBody    = 64 << 10 // of a reply: how much of its body the module gets to see
	maxSettler = 24       // characters of settled_by
	maxDigits  = 6        // of them: more could be a number of somebody's
)

var saleName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// posted is an event as a POS posts it. Its members stay as they came, by their
// exact names: it is for the module to say which are good, and a newer one may
// know more of them.
type posted struct {
	raw       []byte
	members   map[string]json.RawMessage // nil: no JSON object
	saleID    string                     // empty: the POS keeps the sale
	own       string                     // the name here of a sale that the POS keeps, where it tells
	eventID   string
	lane      string // whose event it is
	display   host.Display
	pin       string
	settledBy string
	broken    *plugin.Error // why it did not come whole
	refusal   *plugin.Error // what is wrong with what is the service's own
}

// read takes an event apart. Broken is why it did not come whole; nil: it did.
func read(raw []byte, broken *plugin.Error) posted {
	p := posted{raw: bytes.ToValidUTF8(bytes.TrimPrefix(raw, []byte("\uFEFF")), []byte("\uFFFD")), broken: broken}
	if broken != nil || json.Unmarshal(p.raw, &p.members) != nil || p.members == nil {
		p.members = nil
		return p
	}
	_ = json.Unmarshal(p.members["display"], &p.display)
	p.text("event_id", &p.eventID, func(string) bool { return true }, "a string")
	p.text("lane", &p.lane, laneName, "1 to 32 letters, digits, dots, underscores and dashes, and no card number")
	p.text("pin", &p.pin, func(string) bool { return true }, "a string")
	p.text("settled_by", &p.settledBy, settler, "at most 24 letters, and no more than 6 digits")
	if p.text("sale_id", &p.saleID, saleName.MatchString, "1 to 64 letters, digits, dots, underscores and dashes"); p.saleID != "" {
		if _, both := p.members["sale"]; both {
			p.refuse("sale must be absent beside sale_id: the till keeps the sale")
		}
	}
	return p
}

// text reads a member that is the service's own.
func (p *posted) text(name string, to *string, good func(string) bool, want string) {
	value, given := p.members[name]
	if !given {
		return
	}
	if string(value) == "null" || json.Unmarshal(value, to) != nil || !good(*to) {
		*to = ""
		p.refuse(name + " must be " + want)
	}
}

func settler(who string) bool {
	digits := 0
	for _, r := range who {
		if unicode.IsDigit(r) {
			digits++
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .'-_", r) {
			return false
		}
	}
	return utf8.RuneCountInString(who) <= maxSettler && digits <= maxDigits
}

func (p *posted) refuse(detail string) {
	if p.refusal == nil {
		p.refusal = &plugin.Error{Kind: plugin.BadEvent, Detail: detail}
	}
}

// input writes the event for the module, with the sale that is kept for it.
func (p *posted) input(sale json.RawMessage, lang plugin.Lang) []byte {
	members := make(map[string]json.RawMessage, len(p.members)+2)
	for name, value := range p.members {
		switch name {
		case "sale_id", "lane", "display", "pin", "settled_by":
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
	return fit(members)
}

// fit writes an event, and cuts the body of its exchange to what the module takes.
func fit(members map[string]json.RawMessage) []byte {
	in := encode(members)
	var exchange map[string]json.RawMessage
	var body string
	if len(members["exchange"]) <= maxBody || json.Unmarshal(members["exchange"], &exchange) != nil || json.Unmarshal(exchange["body"], &body) != nil {
		return in
	}
	for most := maxBody; len(body) > maxBody || len(in) > plugin.MaxInput && body != ""; most = len(body) / 2 {
		end := min(most, len(body))
		for end > 0 && end < len(body) && !utf8.RuneStart(body[end]) {
			end--
		}
		body = body[:end]
		exchange["body"], exchange["body_cut"] = encode(body), json.RawMessage("true")
		members["exchange"] = encode(exchange)
		in = encode(members)
	}
	return in
}

// key is an event that a POS which keeps its sales sends again: its event_id and
// its content. Empty: no event_id.
func (p *posted) key() string {
	if p.eventID == "" {
		return ""
	}
	return hashOf([]byte(p.eventID + "\x00" + p.content()))
}

// content is what of an event makes it the same one when it comes again: what it
// is about, and not when or in which language it was told. Empty: no event_id.
func (p *posted) content() string {
	if p.eventID == "" || p.members == nil {
		return ""
	}
	about := map[string]any{}
	for _, name := range []string{"exchange", "facts", "action", "decision"} {
		if value, given := p.members[name]; given {
			about[name] = canonical(value)
		}
	}
	if p.saleID == "" {
		about["sale"] = canonical(p.members["sale"])
	}
	return hashOf(encode(about))
}

// canonical gives a JSON value that is written the same, however it came.
func canonical(raw json.RawMessage) (v any) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	_ = d.Decode(&v)
	return v
}

func hashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
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
