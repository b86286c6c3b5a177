package simulator

import (
	"net/http"
	"slices"
	"strconv"
)

// plan is a way to finance a purchase. The two names that begin with DP are
// Flexiti's, and who may not have them is documented (page 20643845); numbers,
// terms, rates and fees are our judgement.
type plan struct {
	id, name, category string
	terms              []int // months
	fee                int64 // cents, added to what the purchase needs of the credit
	prime              bool  // for prime customers only
	only, never        string
}

var plans = []plan{
	{id: "1001", name: "Equal Payments", category: "equal_billing", terms: []int{6, 12}},
	{id: "1002", name: "Equal Payments, long", category: "equal_billing", terms: []int{24, 36}, fee: 3900, prime: true},
	{id: "1003", name: "DP - SAC Interest Accrues", category: "deferred_payment", terms: []int{6, 12}, fee: 2900, never: "QC"},
	{id: "1004", name: "DP - SAC No Payments + No Interest Accrued", category: "deferred_payment", terms: []int{6, 12}, fee: 2900, only: "QC"},
}

const (
	regularPurchase = "regular_purchase"
	promotional     = "promotional_purchase"
	rate            = "0.3099"
	bypassCents     = 20000 // page 2290450538: at most $200 …
	bypassPurchases = 3     // … and at most 3 regular purchases in the past 24 hours
)

// suits says whether a customer may have the plan.
func (p *plan) suits(a *Account) bool {
	return (a.Prime() || !p.prime) && (p.only == "" || a.Province == p.only) && (p.never == "" || a.Province != p.never)
}

// chosen gives the plan that a purchase names, or why it cannot have it: a plan or
// a term that the merchant was not given is plan_term_not_set, one that is not for
// this customer plan_term_not_available (page 1755447451).
func (c *call) chosen(a *Account) (*plan, reply) {
	f := &c.in.Financing
	i := slices.IndexFunc(plans, func(p plan) bool { return p.id == string(f.Plan) })
	if i < 0 || !slices.Contains(c.merchant.plans, plans[i].id) {
		return nil, c.conflict("plan_term_not_set")
	}
	term, err := strconv.Atoi(string(f.Term))
	switch p := &plans[i]; {
	case err != nil || !slices.Contains(p.terms, term):
		return nil, c.conflict("plan_term_not_set")
	case !p.suits(a):
		return nil, c.conflict("plan_term_not_available")
	default:
		return p, reply{}
	}
}

// offers shows the plans that the customer may have here for an amount (pages
// 2290450538 and 2603221262).
func (c *call) offers() reply {
	cu := c.customer(c.accountNumber())
	if cu == nil {
		return c.notFound()
	}
	amount := c.in.Amount
	if c.method == http.MethodGet { // as page 1123549432 has it
		amount = scalar(c.ask("amount"))
	}
	cents, ok := amount.cents()
	if !ok {
		return c.wrong("amount", "invalid", string(amount))
	}
	out := offered{Account: cu.Number, Type: cu.Type, Amount: Dollars(cents), Promos: []promo{},
		Customer: offeredTo{Dollars(cu.available()), rate, cu.FirstName, cu.LastName, cu.Category},
		Regular:  regular{Dollars(cents), rate, []fee{}, c.merchant.bypass && cents <= bypassCents && c.fewPurchases(cu)}}
	for _, p := range c.plansFor(cu.Account) {
		one := promo{ID: p.id, Name: p.name}
		for _, n := range p.terms {
			one.Terms = append(one.Terms, term{n, Dollars((cents + p.fee + int64(n) - 1) / int64(n)), p.rates(), p.fees()})
		}
		out.Promos = append(out.Promos, one)
	}
	return good(out)
}

// The answer to calculate-interest.
type (
	offered struct {
		Account  string    `json:"account_number"`
		Type     string    `json:"account_type"`
		Amount   string    `json:"amount"`
		Customer offeredTo `json:"customer"`
		Regular  regular   `json:"regular_purchase"`
		Promos   []promo   `json:"promotional_purchase"`
	}
	offeredTo struct {
		Available string `json:"available_credit"`
		Rate      string `json:"air"`
		FirstName string `json:"first_name"`
		LastName  string `json:"last_name"`
		Category  string `json:"category_type"`
	}
	regular struct {
		Amount string `json:"term_amount"`
		Rate   string `json:"air"`
		Fees   []fee  `json:"fees"`
		Verify bool   `json:"verify"` // regular_purchase_bypass may be used
	}
	promo struct {
		ID    string `json:"plan_id"`
		Name  string `json:"plan_name"`
		Terms []term `json:"terms"`
	}
	term struct {
		Months int          `json:"term"`
		Amount string       `json:"term_amount"`
		Rates  []annualRate `json:"annual_rates"`
		Fees   []fee        `json:"fees"`
	}
	annualRate struct {
		Description string `json:"description"`
		Rate        string `json:"rate"`
		Type        string `json:"type"`
		Message     string `json:"message"`
	}
	fee struct {
		Description string `json:"description"`
		Amount      string `json:"amount"`
	}
	offerType struct { // of lookup
		Name     string `json:"plan_name"`
		ID       string `json:"plan_id"`
		Category string `json:"offer_category"`
		Terms    []int  `json:"term_options"`
	}
)

func (c *call) plansFor(a *Account) (fit []*plan) {
	for i := range plans {
		if p := &plans[i]; p.suits(a) && slices.Contains(c.merchant.plans, p.id) {
			fit = append(fit, p)
		}
	}
	return fit
}

// offerTypes is the same as lookup has it (page 15925414).
func (c *call) offerTypes(cu *customer) []offerType {
	list := []offerType{}
	for _, p := range c.plansFor(cu.Account) {
		list = append(list, offerType{p.name, p.id, p.category, p.terms})
	}
	return list
}

func (p *plan) rates() []annualRate {
	return []annualRate{{Description: p.name, Rate: "0", Type: "promotional"}}
}

func (p *plan) fees() []fee {
	if p.fee == 0 {
		return []fee{}
	}
	return []fee{{"plan fee", Dollars(p.fee)}}
}
