package importer

import (
	"encoding/json"
	"errors"

	"github.com/tillwise/tillwise/plugin"
)

// maxHeld bounds what an import holds, whatever the recordings hold: the sales
// so far, and the calls of a HAR until they can be put in order.
const maxHeld = 256 << 20

var errTooMuch = errors.New("there are more calls to Flexiti in it than an import can hold (256 MiB): " +
	"split it, and import each part in a run of its own, the oldest first")

// entry is one exchange of a recording, whatever the format.
type entry struct {
	n        int64 // its place in the recording, from 1
	at       int64 // Unix milliseconds; 0: not known
	order    int64 // in a HAR: at, or that of the entry before
	offset   *int
	locale   string
	lane     string
	sale     string // whatever tells sales apart, in clear; never written
	undated  bool   // there should be a time, and it cannot be read
	cached   bool   // the browser asked nobody
	missing  string // why the recording does not say what came of it
	exchange plugin.Exchange
}

// sale is what an import knows of one until its end.
type sale struct {
	state    json.RawMessage // what the last answer gave back
	recorded bool
}

// overhead is what an entry or a sale takes beside its texts.
const overhead = 512

func (e *entry) size() int64 {
	x := &e.exchange
	n := overhead + len(e.sale) + len(x.URL) + len(x.Body) + len(x.Request.Amount) + len(x.Request.IdempotencyKey) +
		len(x.Request.TransactionType) + len(x.Request.Format)
	for _, value := range x.Headers {
		n += len(value)
	}
	return int64(n)
}

// hold counts what is going to be held.
func (i *importer) hold(bytes int64) error {
	if i.held += bytes; i.held > i.limit {
		return errTooMuch
	}
	return nil
}
