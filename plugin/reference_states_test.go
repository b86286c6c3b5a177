package plugin

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func (p *page) choices(t *testing.T) {
	p.line("## 5. After the cashier's choice")
	p.line("")
	p.line("Each action with the card that follows it, as chosen from a card that offers it first or nearly so. Where an action makes a call, the till")
	p.line("is working until the next answer.")
	var out [][]string
	offers := offersOfAll()
	for i, a := range actions {
		o, ok := offers[a.id]
		require.True(t, ok, "no card offers %s", a.id)
		after, _ := Decide(Facts{Action: a.id, At: noon}, o.sale, o.policy)
		row := []string{code(string(a.id)), english.actions[i].text, french.actions[i].text, cardLink(o.card)}
		out = append(out, append(row, told(after)...))
	}
	p.table(slices.Concat([]string{"Action", "English", "Français", "From"}, toldHead), out)
}

// offer is a card that offers an action, and at which place.
type offer struct {
	card   CardID
	sale   Sale
	policy Policy
	place  int
}

// offersOfAll finds, for each action, a card that offers it as far up as can be.
func offersOfAll() map[ActionID]offer {
	best := map[ActionID]offer{}
	see := func(card CardID, s Sale, p Policy) {
		for place, id := range s.Last.Offered {
			if old, ok := best[id]; !ok || place < old.place {
				best[id] = offer{card, s, p, place}
			}
		}
	}
	_, paid := Decide(Facts{Operation: OpAuthorization, Status: 200, AutoCapture: ptr(true), Amount: "5.00", At: noon}, Sale{}, Policy{})
	refused, rest := Decide(Facts{Operation: OpAuthorization, Status: 409, Code: "plan_term_not_set", Amount: "7.00", At: noon}, paid, Policy{})
	see(refused.Card, rest, Policy{})
	for _, p := range []Policy{{}, {SplitPayment: true}, {Methods: []Method{MethodPIW}, Override: true, Bypass: true}} {
		keyed := Facts{Operation: OpTransactions, Failure: FailureTimeout, Sent: SentUnknown, HasKey: true}
		for _, f := range append(everyAnswer(), keyed) {
			if f.At = noon; about(f.Operation).noMoney {
				continue // a sale that is under way tells more
			}
			d, s := Decide(f, Sale{}, p)
			see(d.Card, s, p)
		}
	}
	for _, op := range []Operation{OpAuthorization, OpRefund} {
		_, settles := Decide(Facts{Action: ActCallSupervisor, At: noon}, withCard(lostSale(op)), Policy{})
		see(settles.Last.Card, settles, Policy{})
	}
	return best
}

// lostSale is a sale whose one call got no answer.
func lostSale(op Operation) Sale {
	_, s := Decide(Facts{Operation: op, Failure: FailureTimeout, Sent: SentUnknown, At: noon, Amount: "10.00"}, Sale{}, Policy{})
	return s
}

// withCard is a sale as a call to the supervisor finds it.
func withCard(s Sale) Sale {
	s.Last = &Last{Operation: OpAuthorization, Offered: []ActionID{
		ActCallSupervisor, ActSettleTaken, ActSettleHeld, ActSettleNotTaken, ActFinishSale, ActOtherPayment,
	}}
	return s
}

// states is the life of one payment: each state that it can be in, what may
// happen, and what is then known of it.
func (p *page) states() {
	p.line("## 6. The states of a payment")
	p.line("")
	p.line("A sale remembers each payment that one of its calls may have made. Here is the life of one authorization of 10.00 that is to be")
	p.line("taken at once, or, from *held* on, later. What is not in the table leaves a state as it is. Money of the sale is the worst of its payments.")
	pays := func(f Facts) Facts {
		f.Operation, f.Amount, f.AutoCapture = OpAuthorization, "10.00", ptr(true)
		return f
	}
	event := func(f Facts) func(Sale) Sale {
		return func(s Sale) Sale {
			f.At = noon
			_, after := Decide(f, s, Policy{})
			return after
		}
	}
	press := func(id ActionID) func(Sale) Sale {
		return func(s Sale) Sale { return event(Facts{Action: id})(withCard(s)) }
	}
	found := func(state FoundState) func(Sale) Sale {
		return event(Facts{Operation: OpAuthorizations, Status: 200, Found: []FoundFact{{State: state, Amount: "10.00"}}})
	}
	happens := []struct {
		what string
		do   func(Sale) Sale
	}{
		{"the POS says `pending`", event(pays(Facts{Failure: FailurePending}))},
		{"an answer: taken", event(pays(Facts{Status: 200}))},
		{"an answer: refused", event(pays(Facts{Status: 409, Code: "plan_term_not_set"}))},
		{"it never left the till", event(pays(Facts{Sent: SentNo, Failure: FailureRefused}))},
		{"no answer, or an unclear one", event(pays(Facts{Sent: SentUnknown, Failure: FailureTimeout}))},
		{"another call that moves money", event(Facts{Operation: OpRefund, Status: 409, Code: "refunds_limit_exceeded_amount"})},
		{"a read or a sign-in", event(Facts{Operation: OpLookup, Status: 200})},
		{"a check finds nothing", event(Facts{Operation: OpAuthorizations, Status: 200, Found: []FoundFact{}})},
		{"a check finds it captured", found(FoundCaptured)},
		{"… held", found(FoundHeld)},
		{"… declined", found(FoundDeclined)},
		{"… ended", found(FoundEnded)},
		{"`call_supervisor`", press(ActCallSupervisor)},
		{"`settle_taken`", press(ActSettleTaken)},
		{"`settle_held`", press(ActSettleHeld)},
		{"`settle_not_taken`", press(ActSettleNotTaken)},
		{"a capture of all of it", event(Facts{Operation: OpCapture, Status: 200, Amount: "10.00"})},
		{"a release", event(Facts{Operation: OpRelease, Status: 200})},
		{"a capture or release: `authorization_ended`", event(Facts{Operation: OpCapture, Status: 409, Code: "authorization_ended"})},
		{"a return or refund of all of it", event(Facts{Operation: OpRefund, Status: 200, Amount: "10.00"})},
	}
	held := Sale{V: saleVersion, Payments: []Payment{{Operation: OpAuthorization, Amount: "10.00", AutoCapture: ptr(false), Since: noon}}}
	held.Payments[0].known(outHeld)
	queue, seen := []Sale{{}, held}, map[string]bool{}
	var out [][]string
	for len(queue) > 0 {
		before := queue[0]
		queue = queue[1:]
		from := stateNamed(before)
		if seen[from] {
			continue
		}
		seen[from] = true
		for _, h := range happens {
			after := h.do(before)
			if to := stateNamed(after); to != from {
				out = append(out, []string{from, h.what, to, string(moneyOf(after))})
				if len(after.Payments) == 1 {
					queue = append(queue, after)
				}
			}
		}
	}
	p.table([]string{"State", "What happens", "Then", "Money"}, out)
}

func moneyOf(s Sale) Money {
	var d Decision
	s.state(&d, about(OpLookup), -1)
	return d.Money
}

// stateNamed names the state of a sale's payments.
func stateNamed(s Sale) string {
	if len(s.Payments) == 0 {
		return "(no payment)"
	}
	var names []string
	for _, p := range s.Payments {
		name := strings.ReplaceAll(string(p.State), "_", " ")
		switch {
		case p.gone():
			name = "in doubt: its hold is over"
		case p.State == StateRefused && p.Stated != "":
			name = "stated as not taken"
		case p.State != StateKnown:
		case p.Taken != 0:
			name = "taken"
		case p.Held != 0:
			name = "held"
		case p.Back != 0:
			name = "given back"
		default:
			name = "over"
		}
		if p.Operation != OpAuthorization {
			name += " (" + string(p.Operation) + ")"
		}
		names = append(names, name)
	}
	if s.Suspect {
		names = append(names, "perhaps twice or late")
	}
	return strings.Join(names, " + ")
}

func (p *page) cards() {
	p.line("## 7. Cards")
	for _, c := range cards {
		en, fr := english.cards[c.id], french.cards[c.id]
		p.line("")
		p.line("### %s", c.name)
		var out [][]string
		add := func(name, a, b string) {
			if a != "" || b != "" {
				out = append(out, []string{name, a, b})
			}
		}
		add("headline", english.headline(c.id), french.headline(c.id))
		add("retry", en.retry, fr.retry)
		add("never", en.never, fr.never)
		add("say", en.say, fr.say)
		add("if asked", en.ifAsked, fr.ifAsked)
		add("why", en.why, fr.why)
		p.table([]string{fmt.Sprintf("%s, %s", c.family, c.privacy), "English", "Français"}, out)
	}
}
