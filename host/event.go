package host

import (
	"bytes"
	"encoding/json"

	"github.com/tillwise/tillwise/plugin"
)

// Event is what a POS hands the module: an exchange, or an action that the
// cashier chose, with the sale so far. Exactly one of Exchange, Facts, Action
// and Decision is set.
type Event struct {
	V              int              `json:"v"` // 1
	EventID        string           `json:"event_id,omitempty"`
	At             int64            `json:"at,omitempty"`             // Unix time, milliseconds
	UTCOffsetMin   *int             `json:"utc_offset_min,omitempty"` // the till's; nil: no clock time is shown
	Locale         string           `json:"locale,omitempty"`
	CustomerLocale string           `json:"customer_locale,omitempty"` // empty: as Locale
	Exchange       *plugin.Exchange `json:"exchange,omitempty"`
	Facts          *plugin.Facts    `json:"facts,omitempty"`
	Action         plugin.ActionID  `json:"action,omitempty"`   // one that the sale's last prompt offered
	Decision       *plugin.Decision `json:"decision,omitempty"` // to be rendered again, in another locale
	Ref            string           `json:"ref,omitempty"`      // the reference of Decision
	Sale           json.RawMessage  `json:"sale,omitempty"`     // what the last answer gave back; nil: a new sale
}

// Answer is what the module returns for an event. Sale and Record are for
// keeping, not for reading: a newer module may have members there that this
// program does not know.
type Answer struct {
	Prompt   plugin.Prompt   `json:"prompt"`
	Decision plugin.Decision `json:"decision"`
	Sale     json.RawMessage `json:"sale"`
	Record   json.RawMessage `json:"record,omitempty"` // nil when the event only renders again, and of a safe answer
}

// maxBody is how much of a reply's body the module gets to see. What documented
// replies say of an error takes a fraction of it.
const maxBody = 64 << 10

// JSON writes an event so that the module can take it, whatever a reply
// brought: a body may be long or full of bytes that JSON writes at length, and
// a sale may come from a damaged file.
func (ev Event) JSON() ([]byte, error) {
	if len(ev.Sale) > 0 && !json.Valid(ev.Sale) {
		ev.Sale = json.RawMessage(`"unreadable"`)
	}
	if ev.Exchange == nil {
		return marshal(ev)
	}
	x := *ev.Exchange
	ev.Exchange = &x
	if len(x.Body) > maxBody {
		x.Body, x.BodyCut = x.Body[:maxBody], true
	}
	for {
		in, err := marshal(ev)
		if err != nil || len(in) <= plugin.MaxInput || x.Body == "" {
			return in, err
		}
		x.Body, x.BodyCut = x.Body[:len(x.Body)/2], true
	}
}

// marshal is json.Marshal without the escapes for HTML, which would make
// replies that are HTML several times longer.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
