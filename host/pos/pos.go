package pos

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// POS sells. Till, Flexiti, URL and Ask are required. It is safe for concurrent
// use if they are: one lane's sales follow one another, each in one goroutine.
type POS struct {
	Till     Till
	Flexiti  *http.Client // its Timeout is how long a call to Flexiti may take; it follows no redirect here
	URL      string       // Flexiti's, with nothing after the host: "https://posapi-mi.flexiti.fi"
	ClientID string
	Secret   string // client_secret
	Lane     string // for the screen's top bar

	// Ask has somebody type what an action asks for first: an amount, a code, an
	// answer. With ErrWalkedAway nothing is sent, and the card stands.
	Ask func(ctx context.Context, q Question) (string, error)

	Now  func() time.Time                                 // nil: time.Now
	Wait func(ctx context.Context, d time.Duration) error // nil: by a timer
}

// ErrWalkedAway is Ask's answer where nobody types anything.
var ErrWalkedAway = errors.New("nobody typed anything")

// Question is what somebody is to type.
type Question struct {
	SaleID    string
	Action    plugin.ActionID  // that was chosen; empty: a step of the sale itself
	Operation plugin.Operation // that will be sent
	Format    plugin.Method    // of a verification
	Fields    []plugin.Field   // that were not accepted, if the card names any
}

// Order is one sale. Amounts are decimal dollars: "1249.00".
type Order struct {
	SaleID  string // this sale's own, as tillwise wants it, at most 40 characters; Flexiti gets it as `reference`
	Account string // the customer's account number
	Amount  string // of the purchase; empty: there is none
	Plan    string // plan_id of a promotional purchase; empty: a regular one
	Term    string
	Verify  plugin.Method // how the customer is verified first

	AutoCapture bool   // the purchase is taken at once; else it is held, and captured as the next step
	Deposit     string // amount of a deposit, before the purchase
	Return      bool   // the goods come straight back
}

// Outcome is how far a sale has come.
type Outcome struct {
	SaleID string
	Ended  plugin.ActionID // finish_sale, other_payment, pay_rest, cancel_sale, or hold_sale: put aside
	Money  plugin.Money    // as the last card to this POS had it
	Cards  int             // how many answers it got

	sale *sale
}

// Sell sells, until the sale has ended or is put aside.
func (p *POS) Sell(ctx context.Context, o Order) (Outcome, error) {
	return p.begin(o).run(ctx)
}

// Resume goes on with a sale that was put aside.
func (p *POS) Resume(ctx context.Context, o Outcome) (Outcome, error) {
	return o.sale.run(ctx)
}
