package simulator

import "encoding/json"

// Read-backs show what became of a payment, as the books stood Config.Lag ago.
// No page shows their filters or their members: that they take reference,
// request_id and account_number, and what they tell, is our judgement.

// number writes a number of the books as JSON has numbers.
func number(id string) json.Number { return json.Number(id) }

// wanted says whether a payment passes the filters of the query.
func (c *call) wanted(p *Payment, reference string) bool {
	for _, f := range [][2]string{{c.ask("reference"), reference}, {c.ask("request_id"), p.RequestID}, {c.ask("account_number"), p.Account}} {
		if f[0] != "" && f[0] != f[1] {
			return false
		}
	}
	return true
}

// listPayments answers GET authorizations, the oldest first.
func (c *call) listPayments() reply {
	list := []object{}
	for _, p := range c.books.payments {
		if c.byID[p.ID] == nil {
			continue // a transaction: no documented read shows those
		}
		if v := c.seen(p); v != nil && c.wanted(v, v.Reference) {
			list = append(list, v.shown())
		}
	}
	return good(list)
}

// showPayment answers GET authorization/{authorizationId}.
func (c *call) showPayment() reply {
	p := c.authorization()
	if p == nil {
		return c.notFound()
	}
	v := c.seen(p)
	if v == nil {
		return c.notFound()
	}
	return good(v.shown())
}

func (p *Payment) shown() object {
	return object{"authorization_id": number(p.ID), "reference": p.Reference, "request_id": p.RequestID, "transaction_type": p.Type,
		"status": p.status(), "amount": Dollars(p.Amount), "captured_amount": Dollars(p.Captured), "returned_amount": Dollars(p.Returned),
		"remaining_authorization_amount": Dollars(p.Held), "date": stamp(p.At)}
}

// listCaptures answers GET captures, the oldest first.
func (c *call) listCaptures() reply {
	list := []object{}
	for _, k := range c.captures {
		v := c.seen(k.payment)
		if v == nil || k.n >= len(v.Captures) {
			continue
		}
		one := &v.Captures[k.n]
		if !c.wanted(v, one.Reference) && !c.wanted(v, v.Reference) {
			continue
		}
		list = append(list, object{"capture_id": number(one.ID), "authorization_id": number(v.ID), "reference": one.Reference,
			"authorization_reference": v.Reference, "request_id": v.RequestID, "amount": Dollars(one.Amount),
			"remaining_capture_amount": Dollars(one.Amount - one.Returned), "date": stamp(one.At)})
	}
	return good(list)
}
