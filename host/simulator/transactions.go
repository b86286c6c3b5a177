package simulator

import (
	"net/http"
	"slices"
)

// dailyCents is what may be paid on an account in 24 hours (page 20643845: $10,000
// in a day). That the hours slide, and that all three types count, is our judgement.
const dailyCents = 1000000

// keyed is a success under an idempotency key.
type keyed struct {
	context string // x-context-hash
	reply   reply
}

// transact posts a deposit, a payment made in the store or a trade-in (page
// 9601087). What of the credit each moves is our judgement: a deposit uses it,
// the two others free it.
func (c *call) transact() reply {
	key := ""
	if k := c.header.Get("X-Idempotency-Key"); k != "" {
		key = c.client + " " + k
		if first, ok := c.keys[key]; ok {
			return c.again(first)
		}
	}
	r := c.post()
	if key != "" && r.status == http.StatusOK {
		if c.keys == nil {
			c.keys = map[string]keyed{}
		}
		c.keys[key] = keyed{c.header.Get("X-Context-Hash"), r}
	}
	return r
}

// again answers a second request with a key: with the first one's success (page
// 9601087). Where both told a context and these differ, Flexiti says that the
// body changed; with which status and code no page says, so ours is a code that
// no page has. Only a success takes a key, and it keeps it: both judgement too.
func (c *call) again(first keyed) reply {
	context := c.header.Get("X-Context-Hash")
	if context != "" && first.context != "" && context != first.context {
		return c.conflict("context_mismatch")
	}
	return first.reply
}

func (c *call) post() reply {
	cu, refused := c.payer()
	if refused.status != 0 {
		return refused
	}
	cents, ok := c.in.Amount.cents()
	kind := string(c.in.Type)
	switch {
	case !slices.Contains([]string{"deposit", "instore_payment", "tradein"}, kind):
		return c.conflict("invalid_transaction_type")
	case !ok:
		return c.wrong("amount", "invalid", string(c.in.Amount))
	case cu.Inactive:
		return c.conflict("user_not_active")
	case !cu.normal():
		return c.conflict("user_not_able_to_purchase")
	}
	if refused := c.unproven(cu, cents); refused.status != 0 {
		return refused
	}
	if kind == "deposit" && cents > cu.available() {
		return c.conflict("not_enough_credit")
	}
	sum := cents
	cu.payments = slices.DeleteFunc(cu.payments, func(p paid) bool { return c.now.Sub(p.at) >= day })
	for _, p := range cu.payments {
		sum += p.cents
	}
	if sum > dailyCents {
		return c.conflict("limit_payment_amount_24")
	}
	cu.payments = append(cu.payments, paid{c.now, cents})
	if kind == "deposit" {
		cu.used += cents
	} else {
		cu.used -= cents
	}
	p := c.payment(cu, kind, cents)
	p.Captured = cents
	return good(object{"transaction_id": number(p.ID), "transaction_type": kind, "amount": Dollars(cents), "date": stamp(c.now)})
}
