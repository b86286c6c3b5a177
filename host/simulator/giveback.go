package simulator

import (
	"slices"
)

// returnDays is how long goods can come back: page 122028066.
const returnDays = 100

// giveBack returns a capture of a promotional purchase, or a part of it (page 2603516233).
func (c *call) giveBack() reply {
	p := c.authorization()
	if p == nil || len(c.path) != 5 {
		return c.notFound()
	}
	i := slices.IndexFunc(p.Captures, func(one Capture) bool { return one.ID == c.path[3] })
	if i < 0 {
		return c.notFound()
	}
	if refused := c.refusedAccount(p.owner); refused.status != 0 {
		return refused
	}
	one := &p.Captures[i]
	left := one.Amount - one.Returned
	cents, ok := left, true
	if !c.in.FullReturn.isTrue() {
		cents, ok = c.in.Amount.cents()
	}
	switch {
	case p.Type != promotional:
		return c.conflict("wrong_transaction_type")
	case c.now.Sub(one.At) > returnDays*day:
		return c.conflict("return_date_exceeded")
	case !ok:
		return c.wrong("amount", "invalid", string(c.in.Amount))
	case cents > left || left == 0:
		return c.conflict("capture_amount_exceeded")
	}
	one.Returned += cents
	p.Returned += cents
	p.owner.used -= cents
	c.changed(p)
	return good(object{"return_id": number(c.number()), "reference": string(c.in.Reference), "capture_id": number(one.ID), "date": stamp(c.now),
		"amount": Dollars(cents), "remaining_capture_amount": Dollars(left - cents), "remaining_authorization_amount": Dollars(p.Held)})
}

// refund gives money back to the account (page 2603516233). More than the account
// owes is refused (page 1310195738), and more than is left of a capture that the
// request names (judgement).
func (c *call) refund() reply {
	cu := c.customer(c.accountNumber())
	if cu == nil {
		return c.notFound()
	}
	if refused := c.refusedAccount(cu); refused.status != 0 {
		return refused
	}
	cents, ok := c.in.Amount.cents()
	if !ok {
		return c.wrong("amount", "invalid", string(c.in.Amount))
	}
	var of *payment
	var one *Capture
	if id := string(c.in.Capture); id != "" {
		for _, k := range c.captures {
			if k.payment.owner == cu && k.payment.Captures[k.n].ID == id {
				of, one = k.payment, &k.payment.Captures[k.n]
			}
		}
		if one == nil {
			return c.wrong("capture_id", "invalid", id)
		}
	}
	if cents > cu.used || one != nil && cents > one.Amount-one.Returned {
		return c.conflict("refunds_limit_exceeded_amount")
	}
	cu.used -= cents
	if one != nil {
		one.Returned += cents
		of.Returned += cents
		c.changed(of)
	}
	c.refunds = append(c.refunds, Refund{ID: c.number(), Account: cu.Number, Reference: string(c.in.Reference), RequestID: string(c.in.RequestID),
		Capture: string(c.in.Capture), At: c.now, Amount: cents})
	return good(object{}) // as the page shows it
}
