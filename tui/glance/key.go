package glance

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// expected is what the answers to one question about a card are worth. All that
// is in neither list is wrong; "unsure" is always unsure.
type expected struct {
	right []string
	// spare counts as unsure: it is not what the card says first, but harmless, or
	// what the reader meant by it cannot be told.
	spare []string
}

// key is what every answer about a card is worth.
type key struct {
	of    [numQuestions]expected
	harms []harm // the confusions that would cost dearly on this card
}

// harm is a critical confusion: one answer to one question.
type harm struct {
	question question
	answer   string
	does     string
}

// The critical confusions, the costliest first.
var (
	sendsAgain = harm{again, "yes", "would send again"}
	paysTwice  = harm{other, "yes", "would take a second payment"}
	unpaid     = harm{leave, "yes", "would let goods leave unpaid"}
	tellsWhy   = harm{say, "reason", "would say a private reason aloud"}

	harms = []harm{sendsAgain, paysTwice, unpaid, tellsWhy}
)

// card is a decision, and what the key asks of it again and again.
type card struct {
	plugin.Decision
	first  plugin.ActionID // what the card is about; empty: nothing can be pressed
	chosen plugin.ActionID // what led to this card; empty: an answer of Flexiti's did
}

// keyOf says which answers about a card are right. It reads the decision only:
// never the words, for they are what is tested.
func keyOf(d plugin.Decision) key {
	c := card{Decision: d}
	if len(d.Actions) > 0 {
		c.first = d.Actions[0].ID
	}
	if chosen, ok := strings.CutPrefix(d.Matched.Rule, "action//"); ok {
		c.chosen = plugin.ActionID(chosen)
	}
	// Where the supervisor states what is true, the first key only puts the sale aside.
	if i := slices.IndexFunc(d.Actions, func(a plugin.Action) bool { return a.ID.Settles() }); i >= 0 && c.chosen == plugin.ActCallSupervisor {
		c.first = d.Actions[i].ID
	}
	var k key
	k.of[charged] = c.charged()
	k.of[again] = c.again()
	k.of[press] = c.press()
	k.of[then] = c.then()
	k.of[say] = c.say()
	k.of[who] = c.who()
	k.of[other] = c.other()
	k.of[leave] = c.leave()
	for _, h := range harms {
		if e := k.of[h.question]; c.couldHarm(h) && !slices.Contains(e.right, h.answer) && !slices.Contains(e.spare, h.answer) {
			k.harms = append(k.harms, h)
		}
	}
	for q := range k.of {
		e := &k.of[q]
		e.spare = slices.DeleteFunc(e.spare, func(a string) bool { return slices.Contains(e.right, a) })
	}
	return k
}

func (c card) offers(ids ...plugin.ActionID) bool {
	return slices.ContainsFunc(c.Actions, func(a plugin.Action) bool { return slices.Contains(ids, a.ID) })
}

// atStake tells whether money is taken, held, under way or in doubt.
func (c card) atStake() bool {
	return open(c.Decision) || c.Money == plugin.MoneyMoved || c.Money == plugin.MoneyHeld
}

// asks tells whether the till waits for something to be typed or chosen.
func (c card) asks() bool { return c.Banner == plugin.BannerAskInput }

func (c card) charged() expected {
	switch c.Money {
	case plugin.MoneyNone, plugin.MoneyNotMoved:
		return expected{right: names("no")}
	case plugin.MoneyHeld:
		return expected{right: names("set-aside")}
	case plugin.MoneyMoved:
		return expected{right: names("yes")}
	case plugin.MoneyUnknown:
	}
	return expected{right: names("maybe")}
}

// again: while money is in doubt or under way the answer is no, whatever the
// policy. A payment that may be sent again under its own number is no exception,
// since the till sends it, by a key of its own: who says yes there may mean that
// key (safe) or a new payment (not), so yes counts as unsure.
func (c card) again() expected {
	if open(c.Decision) {
		e := expected{right: names("no")}
		if c.offers(plugin.ActResendSame) {
			e.spare = names("yes")
		}
		return e
	}
	first := plugin.Action{}
	if len(c.Actions) > 0 {
		first = c.Actions[0]
	}
	input := first.Next != nil && first.Next.Input
	leaves := first.Next == nil // to another payment, to somebody, to the end
	switch c.Retry.Policy {
	case plugin.RetryNow:
		if c.first == plugin.ActTryAgain {
			return expected{right: names("yes")}
		}
		return expected{right: names("yes", "later")} // something comes first, such as signing in
	case plugin.RetryAfterFix:
		if leaves {
			return expected{right: names("later", "no")}
		}
		return expected{right: names("later"), spare: names("no")} // "not the same thing" is true, too
	case plugin.RetryLater:
		if !c.offers(plugin.ActTryAgain) { // later is not today
			return expected{right: names("later", "no")}
		}
		if c.Retry.AfterS == 0 {
			return expected{right: names("later", "yes")}
		}
		return expected{right: names("later")}
	case plugin.RetryLimited:
		if c.first == plugin.ActTryAgain {
			return expected{right: names("yes"), spare: names("later")}
		}
		return expected{right: names("yes", "later")} // what is typed anew is a correction, or is not
	case plugin.RetryCheckFirst:
		return expected{right: names("no"), spare: names("later")}
	case plugin.RetrySameKey, plugin.RetryNever:
	}
	switch {
	case c.asks(): // nothing has been sent yet: it is, once it is typed
		return expected{right: names("no", "later")}
	case input:
		return expected{right: names("no"), spare: names("later")}
	}
	return expected{right: names("no")}
}

// press: the advice is the first key. Another key of the card counts as unsure,
// since all that a card offers is safe; a key that is not there is wrong. Where
// the keys are facts to be confirmed, none is right until somebody has looked.
func (c card) press() expected {
	if c.first == "" {
		return expected{right: names("none")}
	}
	var e expected
	for i := range c.Actions {
		n := strconv.Itoa(i + 1)
		switch {
		case i == 0 && !c.first.Settles(), c.decides():
			e.right = append(e.right, n)
		default:
			e.spare = append(e.spare, n)
		}
	}
	switch next := c.Actions[0].Next; {
	case c.first == plugin.ActKeepWaiting, c.first.Settles(), c.helped():
		e.right = append(e.right, "none") // until somebody, or an answer, comes
	case c.Retry.AfterS > 0 && next != nil:
		e.right = append(e.right, "none") // the till takes no key until the pause is over
	case next != nil && next.Auto:
		e.spare = append(e.spare, "none") // a till may do it by itself
	}
	return e
}

// helped tells whether somebody has been called, and is awaited.
func (c card) helped() bool {
	return c.chosen == plugin.ActCallSupervisor || c.chosen == plugin.ActCallContact
}

// decides tells whether the supervisor is there, and says which key it is.
func (c card) decides() bool {
	return c.chosen == plugin.ActCallSupervisor && !c.first.Settles()
}

func (c card) then() expected {
	if c.first == "" {
		return expected{right: names("wait")}
	}
	e := expected{right: slices.Clone(acts[c.first].then)}
	for _, a := range c.Actions {
		if c.decides() {
			e.right = append(e.right, acts[a.ID].then...)
		}
		e.spare = append(e.spare, acts[a.ID].then...)
	}
	switch {
	case c.chosen == plugin.ActCallSupervisor:
		e.right = append(e.right, "supervisor", "wait")
	case c.chosen == plugin.ActCallContact:
		e.right = append(e.right, "it-help", "wait")
	case c.asks():
		e.right = append(e.right, "type")
	case c.chosen == plugin.ActOtherPayment, c.chosen == plugin.ActPayRest:
		e.right = append(e.right, "pay-another-way")
	case c.chosen == plugin.ActFinishSale:
		e.right = append(e.right, "finish")
	case c.chosen == plugin.ActCancelSale:
		e.right = append(e.right, "cancel")
	}
	return e.tidy()
}

func (c card) say() expected {
	if c.first == "" {
		return expected{right: names("wait")}
	}
	e := expected{right: slices.Clone(acts[c.first].say)}
	for _, a := range c.Actions {
		e.spare = append(e.spare, acts[a.ID].say...)
		if c.first == plugin.ActCarryOn && a.Next != nil {
			e.right = append(e.right, "choose") // the next step is the customer's to choose
		}
	}
	switch {
	case c.Doubt:
		e.right = append(e.right, "being-checked", "wait")
	case open(c.Decision):
		e.right = append(e.right, "wait")
		e.spare = append(e.spare, "being-checked")
	case c.asks():
		e.right = names("type", "choose")
	case c.helped():
		e.right = append(e.right, "help-comes", "wait")
	case c.chosen == plugin.ActOtherPayment, c.chosen == plugin.ActPayRest:
		e.right = append(e.right, "pay-another-way")
	case c.Family == plugin.FamilyApproved:
		e.right = append(e.right, "done")
	case c.Family == plugin.FamilyCheck:
		e.spare = append(e.spare, "being-checked")
	}
	if !c.private() {
		e.spare = append(e.spare, "reason")
	}
	return e.tidy()
}

// private tells whether the reason is one that the lender keeps to itself: of a
// refusal, of a decision that is not taken, of an amount. Other discreet cards
// are about what the customer typed, who has to hear of it.
func (c card) private() bool {
	return c.Privacy == plugin.PrivacyDiscreet && (c.Family == plugin.FamilyStop || c.Family == plugin.FamilyWait ||
		c.offers(plugin.ActChangeAmount, plugin.ActSplitPayment) || c.chosen == plugin.ActChangeAmount || c.chosen == plugin.ActSplitPayment)
}

func (c card) who() expected {
	e := expected{right: names("supervisor")}
	if name, ok := owners[c.Owner]; ok {
		e.right = names(name)
	}
	var next *plugin.Next
	if len(c.Actions) > 0 {
		next = c.Actions[0].Next
	}
	switch {
	case next != nil && next.Auto && c.Owner == plugin.OwnerCashier:
		e.spare = append(e.spare, "itself")
	case next != nil && next.Input && c.Owner == plugin.OwnerCustomer, c.Owner == plugin.OwnerNobody && c.first != plugin.ActKeepWaiting:
		e.spare = append(e.spare, "you") // who has a key to press for it
	}
	if c.offers(plugin.ActCallSupervisor) {
		e.spare = append(e.spare, "supervisor")
	}
	if c.offers(plugin.ActCallContact) {
		e.spare = append(e.spare, "it")
	}
	return e.tidy()
}

// other: only where the card offers it, or where it has been chosen.
func (c card) other() expected {
	switch {
	case c.chosen == plugin.ActOtherPayment, c.chosen == plugin.ActPayRest:
		return expected{right: names("yes"), spare: names("no")} // it may have been taken already
	case c.offers(plugin.ActOtherPayment, plugin.ActPayRest) && c.helped():
		return expected{right: names("yes"), spare: names("no")} // the supervisor may decide otherwise
	case c.offers(plugin.ActOtherPayment, plugin.ActPayRest):
		return expected{right: names("yes")}
	case c.over() && !c.atStake():
		return expected{right: names("no"), spare: names("yes")}
	}
	return expected{right: names("no")}
}

// over tells whether the sale had come to its end before.
func (c card) over() bool {
	return c.first == plugin.ActCarryOn && c.Family == plugin.FamilyStop && !c.asks()
}

// leave: only where the money of a purchase is taken or held, nothing is open,
// and finishing the sale is the advice, or done.
func (c card) leave() expected {
	finished := c.chosen == plugin.ActFinishSale
	switch {
	case c.paid() && (finished || c.first == plugin.ActFinishSale):
		e := expected{right: names("yes")}
		if !finished && c.offers(plugin.ActCallSupervisor) {
			e.spare = names("no")
		}
		return e
	case c.paid() && c.decides() && c.offers(plugin.ActFinishSale): // once the supervisor has said so
		return expected{right: names("no"), spare: names("yes")}
	case c.MoneyKind == plugin.KindRefund: // which goods are meant then?
		return expected{right: names("no"), spare: names("yes")}
	case c.over() && c.chosen != plugin.ActCancelSale: // paid in another way, perhaps
		return expected{right: names("no"), spare: names("yes")}
	}
	return expected{right: names("no")}
}

// paid tells whether all of a purchase is taken or held.
func (c card) paid() bool {
	return !gives(c.Decision) && !open(c.Decision) && c.Rest == nil && (c.Money == plugin.MoneyMoved || c.Money == plugin.MoneyHeld)
}

// couldHarm tells whether an answer would cost money or privacy on this card.
func (c card) couldHarm(h harm) bool {
	switch h {
	case sendsAgain, paysTwice:
		return c.atStake()
	case unpaid:
		return c.MoneyKind != plugin.KindRefund && !(c.paid() && c.Money == plugin.MoneyMoved)
	}
	return c.private()
}

// tidy sorts the answers, each once.
func (e expected) tidy() expected {
	for _, list := range []*[]string{&e.right, &e.spare} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return e
}
