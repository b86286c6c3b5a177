package nolies

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/plugin"
)

// teller is tillwise: the module alone, or behind its service.
type teller interface {
	// tell takes an event of the POS's and gives the answer.
	tell(event []byte) (answer []byte, err error)
	// press chooses an action on the screen, and gives the answer.
	press(id plugin.ActionID, ref string) (answer []byte, err error)
	// choice gives what the POS gets to hear next; waiting says whether there is something.
	choice(after int64) (pos.Choice, error)
	waiting() bool
}

// card is an answer of tillwise's, as far as a test looks at it.
type card struct {
	Prompt struct {
		Ref   string
		Money string
	}
	Decision plugin.Decision
	Sale     json.RawMessage
	Error    *plugin.Error
}

var errBroken = errors.New("a rule is broken")

// Post implements pos.Till.
func (w *world) Post(_ context.Context, event []byte) ([]byte, error) {
	w.hear(event)
	answer, err := w.teller.tell(event)
	if err != nil {
		return nil, err
	}
	return answer, w.see(answer)
}

// hear notes the calls that are announced.
func (w *world) hear(event []byte) {
	if !w.telling && !bytes.Contains(event, []byte(`"pending"`)) {
		return
	}
	var e struct {
		At       int64
		Exchange plugin.Exchange
	}
	if err := json.Unmarshal(event, &e); err != nil {
		panic(err)
	}
	x := &e.Exchange
	w.tell("the POS posts: %s %s%s %d %s", x.Operation, x.Request.Amount, map[bool]string{true: " " + x.Call}[x.Call != ""], x.Status, x.Failure)
	if !plugin.MovesMoney(x.Operation) || x.Failure != plugin.FailurePending {
		return
	}
	w.wire.about = nil
	for _, c := range w.calls { // a resend goes by the first one's name
		if c.name == x.Call {
			w.wire.about = c
		}
	}
	if w.wire.about == nil {
		w.wire.about = &call{op: x.Operation, name: x.Call, key: x.Request.IdempotencyKey, cents: cents(x.Request.Amount), since: e.At}
		w.calls = append(w.calls, w.wire.about)
	}
}

// Choice implements pos.Till: the cashier chooses at once.
func (w *world) Choice(_ context.Context, _ string, after int64) (pos.Choice, error) {
	w.wire.arrive()
	for !w.teller.waiting() || w.twice() {
		if err := w.press(); err != nil {
			return pos.Choice{}, err
		}
	}
	return w.teller.choice(after)
}

// twice: now and then somebody presses again before the POS has heard.
func (w *world) twice() bool {
	r, tame := w.roll()
	return !tame && !w.closed && chance(r, 6)
}

func (w *world) press() error {
	if w.presses++; w.presses > maxPresses {
		w.breaks("no way to the end of the sale")
		return errBroken
	}
	a := w.choose()
	switch {
	case a.ID.Settles():
		w.settle()
	case a.ID == plugin.ActOtherPayment:
		w.other = cents(w.order.Amount) + cents(w.order.Deposit)
	case a.ID == plugin.ActPayRest && w.card.Decision.Rest != nil:
		w.other = cents(w.card.Decision.Rest.Amount)
	}
	w.closed = w.closed || a.ID.Ends()
	w.tally.presses++
	w.tell("somebody presses %s", a.ID)
	w.clock.forward(4 * time.Second)
	answer, err := w.teller.press(a.ID, w.card.Prompt.Ref)
	if err != nil {
		return err
	}
	return w.see(answer)
}

// choose picks any key, and later one that leads to the end. What is stated is true.
func (w *world) choose() plugin.Action {
	offered := w.card.Decision.Actions
	r, tame := w.roll()
	a := offered[r.IntN(len(offered))]
	if chance(r, 35) || a.ID.Ends() && chance(r, 60) { // else most sales would end early
		a = offered[0]
	}
	if tame || w.presses > w.free {
		a = w.towardsTheEnd()
	}
	if !a.ID.Settles() {
		return a
	}
	id, _ := w.truth()
	i := slices.IndexFunc(offered, func(a plugin.Action) bool { return a.ID == id })
	if i < 0 {
		w.breaks("the true settlement is not offered: " + string(id))
		return a
	}
	return offered[i]
}

func (w *world) towardsTheEnd() plugin.Action {
	wanted := []func(plugin.Action) bool{
		func(a plugin.Action) bool { return a.ID.Ends() },
		func(a plugin.Action) bool { return a.ID.Settles() },
		func(a plugin.Action) bool { return a.ID == plugin.ActCallSupervisor },
		func(a plugin.Action) bool { return a.ID == plugin.ActCarryOn },
	}
	for _, is := range wanted {
		if i := slices.IndexFunc(w.card.Decision.Actions, is); i >= 0 {
			return w.card.Decision.Actions[i]
		}
	}
	return w.card.Decision.Actions[0]
}

// meant gives the call that the card's doubt is about, or nil: several, or none
// that was announced. Of the latter kind the books show what came too late, if
// anything did.
func (w *world) meant() (late *call) {
	about := w.card.Decision.About
	if about == nil {
		return nil
	}
	for _, c := range w.calls {
		switch {
		case c.op == about.Operation && c.since == about.Since:
			return c
		case c.op == about.Operation && c.late():
			late = c
		}
	}
	return late
}

// truth looks into Flexiti's books for what the card is in doubt about.
func (w *world) truth() (plugin.ActionID, *call) {
	c := w.meant()
	l := w.books()
	if c == nil { // several; or it was announced by a key, and never sent
		op := plugin.OpSeveral
		if about := w.card.Decision.About; about != nil {
			op = about.Operation
		}
		switch {
		case op == plugin.OpReturn || op == plugin.OpRefund:
			return plugin.ActSettleNotRefunded, nil
		case op == plugin.OpCapture && l.Held() > 0:
			return plugin.ActSettleHeld, nil
		case op == plugin.OpSeveral && l.Taken()+l.Held() > 0:
			return plugin.ActSettleTaken, nil
		}
		return plugin.ActSettleNotTaken, nil
	}
	held, taken := int64(0), int64(0)
	for _, p := range l.Payments {
		if p.ID == c.payment {
			held, taken = p.Held, p.Captured-p.Returned
		}
	}
	switch {
	case c.op == plugin.OpReturn || c.op == plugin.OpRefund:
		if c.done {
			return plugin.ActSettleRefunded, c
		}
		return plugin.ActSettleNotRefunded, c
	case c.op == plugin.OpCapture && !c.done && l.Held() > 0:
		return plugin.ActSettleHeld, c
	case c.done && held > 0:
		return plugin.ActSettleHeld, c
	case c.done && taken > 0:
		return plugin.ActSettleTaken, c
	}
	return plugin.ActSettleNotTaken, c
}

// settle notes what the supervisor saw.
func (w *world) settle() {
	_, c := w.truth()
	for _, other := range w.calls {
		if c == nil && !other.settled || other == c {
			other.settled, other.was = true, other.done
		}
	}
}

// alone is the module without a service: the test keeps the sale and the choices.
type alone struct {
	answer  func(event []byte) ([]byte, error)
	w       *world
	choices []pos.Choice
	n       int64
}

func (t *alone) tell(event []byte) ([]byte, error) {
	for i := range t.choices {
		t.choices[i].Overtaken = true
	}
	if len(t.w.card.Sale) > 0 {
		event = append(append(append(event[:len(event)-1:len(event)-1], `,"sale":`...), t.w.card.Sale...), '}')
	}
	return t.answer(event)
}

func (t *alone) press(id plugin.ActionID, ref string) ([]byte, error) {
	t.n++
	c := pos.Choice{N: t.n, Ref: ref, Action: id}
	for _, a := range t.w.card.Decision.Actions {
		if a.ID == id {
			c.Next = a.Next
		}
	}
	answer, err := t.tell([]byte(`{"v":1,"at":` + strconv.FormatInt(t.w.now().UnixMilli(), 10) + `,"action":"` + string(id) + `","ref":"` + ref + `"}`))
	t.choices = append(t.choices, c)
	return answer, err
}

func (t *alone) choice(int64) (pos.Choice, error) {
	c := t.choices[0]
	t.choices = t.choices[1:]
	return c, nil
}

func (t *alone) waiting() bool { return len(t.choices) > 0 }

func cents(amount string) (n int64) {
	whole, part, _ := strings.Cut(amount, ".")
	n, _ = strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	return n
}
