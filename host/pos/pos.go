package pos

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// POS sells. All but Lane is required. It is safe for concurrent use if what it
// is made of is; one sale is one goroutine's.
type POS struct {
	Till         Till
	Flexiti      *http.Client // its Timeout bounds a call to Flexiti
	URL          string       // Flexiti's, with nothing after the host: "https://posapi-mi.flexiti.fi"
	ClientID     string
	ClientSecret string
	Lane         string // for the top of the screen

	// Ask has somebody type what an action asks for first: an amount, a code, an
	// answer. With ErrWalkedAway nothing is sent, and the card stands.
	Ask func(ctx context.Context, q Question) (string, error)

	Now  func() time.Time
	Wait func(ctx context.Context, d time.Duration) error // returns ctx's error where that ends first
}

// ErrWalkedAway is Ask's answer where nobody types anything.
var ErrWalkedAway = errors.New("nobody typed anything")

// Question is what somebody is to type.
type Question struct {
	SaleID    string
	Action    plugin.ActionID  // that was chosen: carry_on for a step of the sale itself
	Operation plugin.Operation // that will be sent
	Format    plugin.Method    // of a verification
	Fields    []plugin.Field   // that were not accepted, where the card names any: the first is asked for
}

// Order is one sale. Amounts are decimal dollars: "1249.00".
type Order struct {
	SaleID  string // this sale's own, as tillwise wants it, at most 40 characters: Flexiti gets it as `reference`
	Account string // the customer's number
	Amount  string // of the purchase; empty: there is none
	Plan    string // plan_id of a promotional purchase; empty: a regular one
	Term    string
	Verify  plugin.Method // how the customer is verified first

	AutoCapture bool   // the purchase is taken at once; else it is held, and captured as the next step
	Deposit     string // amount of a deposit, before the purchase; empty: there is none
	Return      bool   // the goods come straight back

	Steps []plugin.Operation // the sale's own calls; empty: those that the above has need of
}

// Outcome is how far a sale has come.
type Outcome struct {
	SaleID string
	Ended  plugin.ActionID // the choice that ended it, or hold_sale: put aside
	Money  plugin.Money    // as the last card that this POS got has it
	Cards  int             // how many it got

	sale *sale
}

// Sell sells, until the sale has ended or is put aside. After an error the sale
// is open still, and tillwise has what is known of it.
func (p *POS) Sell(ctx context.Context, o Order) (Outcome, error) { return p.begin(o).run(ctx) }

// Resume goes on with a sale that was put aside.
func (p *POS) Resume(ctx context.Context, o Outcome) (Outcome, error) { return o.sale.run(ctx) }
