package simulator

import (
	"slices"
	"strconv"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// books are what Flexiti knows of money.
type books struct {
	numbers  int64
	payments []*payment
	byID     map[string]*payment // authorizations
	captures []*captured
	refunds  []Refund
}

// payment is one in the books, and how it stood before, where read-backs lag.
type payment struct {
	Payment
	fee    int64 // cents of the credit that its plan needs beside the amount
	owner  *customer
	before []version
}

type captured struct {
	payment *payment
	n       int // its place among the payment's captures
}

type version struct {
	since time.Time
	Payment
}

// number gives the next number. Theirs have up to 16 digits (page 9371728); ten
// cannot be mistaken for a card's.
func (b *books) number() string {
	b.numbers++
	return strconv.FormatInt(7_000_000_000+b.numbers, 10)
}

// payment puts a new payment of the call's into the books.
func (c *call) payment(cu *customer, kind string, cents int64) *payment {
	p := &payment{owner: cu, Payment: Payment{ID: c.number(), Operation: c.op, Type: kind, Account: cu.Number, Reference: string(c.in.Reference),
		RequestID: string(c.in.RequestID), At: c.now, Amount: cents}}
	c.books.payments = append(c.books.payments, p)
	if c.op == plugin.OpAuthorization {
		if c.byID == nil {
			c.byID = map[string]*payment{}
		}
		c.byID[p.ID] = p
	}
	return p
}

// capture takes cents of a payment.
func (c *call) take(p *payment, cents int64) *Capture {
	p.Captured += cents
	p.Captures = append(p.Captures, Capture{ID: c.number(), Reference: string(c.in.Reference), At: c.now, Amount: cents})
	c.captures = append(c.captures, &captured{p, len(p.Captures) - 1})
	return &p.Captures[len(p.Captures)-1]
}

// changed notes how a payment stands now, for read-backs that lag.
func (c *call) changed(p *payment) {
	p.Ended = p.Operation == plugin.OpAuthorization && !p.Declined && p.Held == 0
	if c.lag == 0 {
		return
	}
	v := version{c.now, p.Payment}
	v.Captures = slices.Clone(p.Captures)
	p.before = append(p.before, v)
}

// seen gives a payment as a read-back shows it now, or nil while it does not.
func (c *call) seen(p *payment) *Payment {
	if c.lag == 0 {
		return &p.Payment
	}
	for i := len(p.before) - 1; i >= 0; i-- {
		if v := &p.before[i]; !v.since.After(c.now.Add(-c.lag)) {
			return &v.Payment
		}
	}
	return nil
}

// ledger copies the books.
func (b *books) ledger(now time.Time) Ledger {
	l := Ledger{Notice: Notice, At: now, Payments: make([]Payment, 0, len(b.payments)), Refunds: append([]Refund{}, b.refunds...)}
	for _, p := range b.payments {
		one := p.Payment
		one.Captures = slices.Clone(one.Captures)
		l.Payments = append(l.Payments, one)
	}
	return l
}
