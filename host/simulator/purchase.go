package simulator

import "encoding/json"

// authorize makes a purchase: it holds the amount, and takes it at once where
// auto_capture says so (page 9601087). The full table of its answer was not
// seen: the members and the order of the checks are our judgement.
func (c *call) authorize() reply {
	cu, refused := c.payer()
	if refused.status != 0 {
		return refused
	}
	cents, ok := c.in.Amount.cents()
	kind := string(c.in.Financing.Type)
	switch {
	case !ok:
		return c.wrong("amount", "invalid", string(c.in.Amount))
	case c.in.AutoCapture != "true" && c.in.AutoCapture != "false":
		return c.wrong("auto_capture", "required", string(c.in.AutoCapture))
	case kind != regularPurchase && kind != promotional:
		return c.wrong("financing_option", "invalid", kind)
	}
	if !cu.normal() || cu.Inactive || cu.FreezesLater {
		return c.decline(cu, kind, cents, "user_not_able_to_purchase")
	}
	if refused := c.unproven(cu, cents); refused.status != 0 {
		return refused
	}
	if !c.merchant.preauth && !c.in.AutoCapture.isTrue() {
		return c.conflict("auth_not_allowed")
	}
	rates, fee := []annualRate{{Description: "Regular purchase", Rate: rate, Type: "regular"}}, int64(0)
	if kind == promotional {
		p, refused := c.chosen(cu.Account)
		if refused.status != 0 {
			return refused
		}
		rates, fee = p.rates(), p.fee
	}
	if cents+fee > cu.available() { // page 20643845: the amount plus fees
		return c.decline(cu, kind, cents, "credit_exceeded")
	}
	p := c.payment(cu, kind, cents)
	p.fee, p.Held = fee, cents
	cu.used += cents + fee
	if kind == regularPurchase {
		cu.regular = append(cu.regular, c.now)
	}
	out := authorized{ID: number(p.ID), Reference: p.Reference, Amount: Dollars(cents), Rates: rates, Date: stamp(c.now)}
	if c.in.AutoCapture.isTrue() {
		p.Held = 0
		out.Capture = number(c.take(p, cents).ID)
	}
	out.Status, out.Remaining = p.status(), Dollars(p.Held)
	c.changed(p)
	return good(out)
}

type authorized struct {
	ID        json.Number  `json:"authorization_id"`
	Status    string       `json:"status"`
	Reference string       `json:"reference"`
	Amount    string       `json:"amount"`
	Capture   json.Number  `json:"capture_id,omitempty"` // with auto_capture
	Remaining string       `json:"remaining_authorization_amount"`
	Rates     []annualRate `json:"annual_rates"`
	Date      string       `json:"date"`
}

// decline refuses a purchase, and keeps that in the books: read-backs list it as
// unauthorized (judgement, after the state of that name on page 122028066).
func (c *call) decline(cu *customer, kind string, cents int64, code string) reply {
	p := c.payment(cu, kind, cents)
	p.Declined = true
	c.changed(p)
	return c.conflict(code)
}

// authorization gives the one that the path names, or nil.
func (c *call) authorization() *payment {
	if len(c.path) < 2 || c.path[0] != "authorization" {
		return nil
	}
	return c.byID[c.path[1]]
}

// release gives back what is held, all of it where the request has no amount (judgement).
func (c *call) release() reply {
	p, cents, refused := c.held(true)
	if refused.status != 0 {
		return refused
	}
	p.Held -= cents
	p.Released = true
	p.owner.used -= cents
	if p.Held == 0 && p.Captured == 0 {
		p.owner.used -= p.fee
	}
	c.changed(p)
	return good(object{"authorization_id": number(p.ID), "released_amount": Dollars(cents), "remaining_authorization_amount": Dollars(p.Held),
		"date": stamp(c.now)})
}

// capture takes what is held (page 2962194444); the amount is required.
func (c *call) capture() reply {
	p, cents, refused := c.held(false)
	if refused.status != 0 {
		return refused
	}
	p.Held -= cents
	one := c.take(p, cents)
	c.changed(p)
	return good(object{"capture_id": number(one.ID), "authorization_id": number(p.ID), "reference": one.Reference, "amount": Dollars(cents),
		"remaining_authorization_amount": Dollars(p.Held), "date": stamp(c.now)})
}

// held gives the authorization in the path and how much of its hold is meant
// (pages 21758042 and 122028066). `all` says that no amount means all.
func (c *call) held(all bool) (*payment, int64, reply) {
	p := c.authorization()
	switch {
	case p == nil:
		return nil, 0, c.notFound()
	case p.Declined:
		return nil, 0, c.conflict("not_permitted") // it has the "unauthorized" status
	case p.Held == 0:
		return nil, 0, c.conflict("authorization_ended")
	case all && c.in.Amount == "":
		return p, p.Held, reply{}
	}
	cents, ok := c.in.Amount.cents()
	switch {
	case !ok:
		return nil, 0, c.wrong("amount", "invalid", string(c.in.Amount))
	case cents > p.Held:
		return nil, 0, c.conflict("auth_amount_exceeded")
	}
	return p, cents, reply{}
}

// status is a payment's, in the words of our own answers; closed and
// unauthorized are documented (page 122028066).
func (p *Payment) status() string {
	switch {
	case p.Declined:
		return "unauthorized"
	case p.Captured > 0:
		return "captured"
	case p.Held > 0:
		return "authorized"
	}
	return "closed"
}
