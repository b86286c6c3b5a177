package simulator

import (
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// Scenario is what goes wrong, and when. ParseScenario reads one from TOML.
type Scenario struct {
	Lag   time.Duration // of read-backs
	Steps []Step        // of those that fit a call the first counts
}

// Step makes one thing of one call go wrong: its answer, or its wire.
type Step struct {
	Operation  plugin.Operation // plugin.AnyOperation: every one
	Occurrence int              // 1 is the first call of the operation, or of all; 0: each of them
	Answer     string           // a row of the catalogue, operation/status/code; or
	Fault      Fault            // what becomes of the reply
	When       When             // the work is done before or after it; empty: Before
	Wait       time.Duration    // how long a slow answer takes; 0: SlowAnswer
}

// Fault is what happens to a reply on its way.
type Fault string

const (
	Slow   Fault = "slow"   // it takes its time
	Reset  Fault = "reset"  // the connection is reset in place of it
	Cut    Fault = "cut"    // the connection ends within its body
	Silent Fault = "silent" // nothing comes
	HTML   Fault = "html"   // a gateway's page comes in place of it, with 502
	Length Fault = "length" // its Content-Length is too small, so that half a body looks whole
)

// When says whether a fault or a row comes before Flexiti's work or after it.
type When string

const (
	Before When = "before" // nothing is done
	After  When = "after"  // all is done, and the reply does not say so
)
