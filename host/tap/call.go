package tap

import (
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/exchange"
	"github.com/tillwise/tillwise/plugin"
)

// call is one request, and what came of it so far.
type call struct {
	asked
	name  string
	start int64 // where it began among the POS's bytes
	end   int64 // where it ended; 0: it has not
	body  body
	sent  exchange.Sent
	sale  string // its name at the till; empty: not known yet
	alone bool   // nothing tells its sale
	lost  bool   // that its reply did not come has been told
	done  bool   // its reply came, perhaps before all of it was sent
}

func (c *call) money() bool { return c.ours && plugin.MovesMoney(c.operation) }

// event is what the till gets.
type event struct {
	V            int             `json:"v"`
	SaleID       string          `json:"sale_id"`
	At           int64           `json:"at"`
	UTCOffsetMin int             `json:"utc_offset_min"`
	Display      host.Display    `json:"display"`
	Exchange     plugin.Exchange `json:"exchange"`
}

// event gives the call as an event about it; what came of it is for the caller to say.
func (c *call) event(at time.Time) event {
	_, offset := at.Zone()
	e := event{V: plugin.ABI, SaleID: c.sale, At: at.UnixMilli(), UTCOffsetMin: offset / 60,
		Display: host.Display{Amount: c.sent.Request.Amount}}
	e.Exchange = plugin.Exchange{Call: c.name, Method: c.method, URL: c.path, Request: c.sent.Request}
	if c.operation != plugin.OpUnknown && c.operation != plugin.OpUnknownRead {
		e.Exchange.Operation = c.operation // a path that was told by a slip has lost it
	}
	return e
}

// amount is what an amount must be for the module: contract, 8.5.
var amount = regexp.MustCompile(`^[0-9]{1,7}(\.[0-9]{1,2})?$`)

// read takes from a whole request what is kept of it. What is no amount is not known.
func (c *call) read() {
	text, _ := c.body.text(c.encoding)
	c.sent = exchange.ReadSent(text, nil)
	c.body.forget()
	if !amount.MatchString(c.sent.Request.Amount) {
		c.sent.Request.Amount = ""
	}
	c.sent.Request.IdempotencyKey = c.key
	if len(c.key) > maxKey {
		c.sent.Request.IdempotencyKey = plugin.KeySent
	}
}

const maxKey = 64 // as the service takes it

// name the sale of a call, once: what is said of one call is said in one sale.
func (t *talk) name(c *call, ofReply string) {
	if c.sale != "" {
		return
	}
	reference := exchange.SaleOf(c.reference, ofReply, c.sent.RequestID)
	if c.alone = reference == ""; c.alone {
		c.sale = c.name
		return
	}
	c.sale = t.line.tap.hidden(reference)
}

// callName is nobody else's: the run, the connection, and the place on it.
func (t *talk) callName() string {
	t.count++
	return fmt.Sprintf("%s-%d-%d", t.line.tap.name, t.line.n, t.count)
}

func (e event) encode() []byte {
	text, err := json.Marshal(e)
	if err != nil {
		panic(err) // plain fields: it cannot be
	}
	return text
}
