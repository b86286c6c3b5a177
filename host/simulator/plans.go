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
	promos := []object{}
	for _, p := range c.plansFor(cu.Account) {
		var terms []object
		for _, n := range p.terms {
			terms = append(terms, object{"term": n, "term_amount": dollars((cents + p.fee + int64(n) - 1) / int64(n)), "annual_rates": p.rates(), "fees": p.fees()})
		}
		promos = append(promos, object{"plan_id": p.id, "plan_name": p.name, "terms": terms})
	}
	return good(object{
		"account_number": cu.Number, "account_type": cu.Type, "amount": dollars(cents),
		"customer": object{"available_credit": dollars(cu.available()), "air": rate, "first_name": cu.FirstName, "last_name": cu.LastName,
			"category_type": cu.Category},
		"regular_purchase": object{"term_amount": dollars(cents), "air": rate, "fees": []object{},
			"verify": c.merchant.bypass && cents <= bypassCents && c.fewPurchases(cu)},
		"promotional_purchase": promos,
	})
}

func (c *call) plansFor(a *Account) (fit []*plan) {
	for i := range plans {
		if p := &plans[i]; p.suits(a) && slices.Contains(c.merchant.plans, p.id) {
			fit = append(fit, p)
		}
	}
	return fit
}

// offerTypes is the same as lookup has it (page 15925414).
func (c *call) offerTypes(cu *customer) []object {
	list := []object{}
	for _, p := range c.plansFor(cu.Account) {
		list = append(list, object{"plan_name": p.name, "plan_id": p.id, "offer_category": p.category, "term_options": p.terms})
	}
	return list
}

func (p *plan) rates() []object {
	return []object{{"description": p.name, "rate": "0", "type": "promotional", "message": ""}}
}

func (p *plan) fees() []object {
	if p.fee == 0 {
		return []object{}
	}
	return []object{{"description": "plan fee", "amount": dollars(p.fee)}}
}
