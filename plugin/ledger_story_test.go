package plugin

import (
	"fmt"
	"strconv"
	"strings"
)

// The story of a sale that broke a rule: as short as it can be, a line for each event.

// shrink leaves out of a sale what its breach does not need, and tells the rest.
func shrink(sc script, at breachAt) []string {
	p := new(play)
	same := func(sc script) bool {
		p.run(sc, false)
		return p.book.broken == at.rule && p.book.card == at.card
	}
	for range 3 {
		for i := range maxSteps {
			less := sc
			less.cut |= 1 << i
			if less != sc && same(less) {
				sc = less
			}
		}
		for i := range 10 {
			less := sc
			less.plain |= 1 << i
			if less != sc && same(less) {
				sc = less
			}
		}
	}
	p.run(sc, true)
	return append([]string{fmt.Sprintf("  seed %d, cut %#x, plain %#x; price %s, %s", sc.seed, sc.cut, sc.plain, dollarsOf(p.price), p.habits)}, p.book.story...)
}

func (h habits) String() string {
	var s []string
	for _, x := range []struct {
		is   bool
		word string
	}{{h.names, "names calls"}, {h.pending, "says pending"}, {h.ids, "ids in found"}, {h.auto, "auto_capture"}, {!h.tells, "by policy"}, {h.keys, "keys"}, {h.policy.SettledBy != "", "cashier settles"}} {
		if x.is {
			s = append(s, x.word)
		}
	}
	return strings.Join(s, ", ")
}

func (b *judge) tell(p *play, what string) {
	if b.telling {
		b.story = append(b.story, "  "+what)
	}
}

func (b *judge) tellCard(p *play, what string) {
	if !b.telling {
		return
	}
	d := &p.d
	line := fmt.Sprintf("  %s → %s: %s %s", what, d.Card, d.Money, d.MoneyKind)
	if d.About != nil {
		line += fmt.Sprintf(" (%s %s)", d.About.Operation, d.About.Amount)
	}
	if d.Doubt {
		line += " doubt"
	}
	if d.Rest != nil {
		line += fmt.Sprintf(" rest %s %s", d.Rest.Operation, d.Rest.Amount)
	}
	for _, a := range d.Actions {
		line += " [" + string(a.ID)
		if a.Next != nil {
			line += ">" + string(a.Next.Operation)
		}
		line += "]"
	}
	b.story = append(b.story, line)
}

func (b *judge) request(q *fxRequest) string {
	s := string(q.op)
	if movesMoney(q.op) {
		s += " " + dollarsOf(q.amount)
		if q.untold {
			s += " (untold)"
		}
	}
	if q.name != "" {
		s += " " + q.name
	}
	return s
}

// exchange is the request's side of an exchange.
func (b *judge) exchange(q *fxRequest, x Exchange) string {
	s := b.request(q) + ": " + strconv.Itoa(x.Status) + " " + string(x.Failure)
	if x.Sent != "" {
		s += " sent " + string(x.Sent)
	}
	if len(x.Body) > 48 {
		x.Body = x.Body[:48] + "…"
	}
	s += x.Body
	if x.Found != nil {
		s += fmt.Sprintf(" found %v", x.Found)
	}
	return s
}

func (c *tally) add(o *tally) {
	c.sales, c.cards, c.idle = c.sales+o.sales, c.cards+o.cards, c.idle+o.idle
	for i := range c.said {
		c.said[i] += o.said[i]
	}
	for i := range c.ends {
		c.ends[i] += o.ends[i]
	}
}

func (c *tally) String() string {
	s := fmt.Sprintf("%d sales, %d cards; money", c.sales, c.cards)
	for i, m := range monies {
		s += fmt.Sprintf(" %s %d,", m, c.said[i])
	}
	s += fmt.Sprintf(" unknown with every answer in %d; ends", c.idle)
	for i, id := range endsSale {
		s += fmt.Sprintf(" %s %d,", id, c.ends[i])
	}
	return strings.TrimSuffix(s, ",")
}
