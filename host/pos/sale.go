package pos

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// sale is one sale at the POS: what is still to be done of it, and what Flexiti's
// replies have told so far.
type sale struct {
	*POS
	order Order
	todo  []plugin.Operation // the sale's own steps that are left
	sent  plugin.Operation   // the last call
	open  plugin.Operation   // the call whose money is not known
	card  card
	fresh bool  // the card is the answer to this POS's own last event
	after int64 // the last choice that was carried out
	cards int
	calls int

	account, requestID, token, code, secret string
	authorization, capture                  string
	amounts, names, keys, fixes             map[string]string
	looked                                  map[plugin.Operation]bool // read-backs made for a number
}

// card is what is read of an answer of tillwise's.
type card struct {
	Prompt   struct{ Ref string }
	Decision struct {
		Money   plugin.Money
		About   *plugin.About
		Retry   plugin.Retry
		Actions []plugin.Action
		Fields  []plugin.Field
	}
}

func (p *POS) begin(o Order) *sale {
	s := &sale{POS: p, order: o, account: o.Account, requestID: o.SaleID + "-1", looked: map[plugin.Operation]bool{},
		amounts: map[string]string{}, names: map[string]string{}, keys: map[string]string{}, fixes: map[string]string{}}
	s.todo = []plugin.Operation{plugin.OpToken, plugin.OpLookup}
	add := func(wanted bool, op plugin.Operation, amount string) {
		if wanted {
			s.todo = append(s.todo, op)
			s.amounts[string(op)] = amount
		}
	}
	add(o.Amount != "", plugin.OpCalculateInterest, o.Amount)
	add(true, plugin.OpVerify, "")
	add(o.Deposit != "", plugin.OpTransactions, o.Deposit)
	add(o.Amount != "", plugin.OpAuthorization, o.Amount)
	add(o.Amount != "" && !o.AutoCapture, plugin.OpCapture, "")
	add(o.Amount != "" && o.Return, plugin.OpReturn, "")
	return s
}

// run goes on with the sale until it ends or is put aside.
func (s *sale) run(ctx context.Context) (Outcome, error) {
	act := plugin.Action{ID: plugin.ActCarryOn} // a sale begins with its own first step
	for first := s.cards == 0; ; first = false {
		if !first {
			var err error
			if act, err = s.next(ctx); err != nil {
				return s.outcome(""), err
			}
		}
		switch {
		case act.ID.Ends(), act.ID == plugin.ActHoldSale:
			return s.outcome(act.ID), nil
		case act.ID == plugin.ActCarryOn && len(s.todo) > 0:
			act.Next = &plugin.Next{Operation: s.todo[0]}
		case act.ID == plugin.ActSettleTaken, act.ID == plugin.ActSettleHeld, act.ID == plugin.ActSettleRefunded:
			s.done(s.open) // somebody has seen that it was carried out
		}
		if act.Next != nil {
			if err := s.carryOut(ctx, act); err != nil && !errors.Is(err, ErrWalkedAway) {
				return s.outcome(""), err
			}
		}
	}
}

func (s *sale) outcome(ended plugin.ActionID) Outcome {
	return Outcome{SaleID: s.order.SaleID, Ended: ended, Money: s.card.Decision.Money, Cards: s.cards, sale: s}
}

// next gives what is to be done now: what the card says to do at once, and else
// what the cashier chooses.
func (s *sale) next(ctx context.Context) (plugin.Action, error) {
	first := s.card.Decision.Actions[0]
	if s.fresh {
		s.fresh = false
		switch {
		case first.Next != nil && first.Next.Auto:
			return first, s.pause(ctx)
		case (first.ID == plugin.ActCarryOn || first.ID == plugin.ActFinishSale) && len(s.todo) > 0:
			return plugin.Action{ID: plugin.ActCarryOn}, nil
		}
	}
	for {
		c, err := s.Till.Choice(ctx, s.order.SaleID, s.after)
		if err != nil {
			return plugin.Action{}, fmt.Errorf("waiting for the cashier's choice: %w", err)
		}
		s.after = c.N
		switch {
		case c.Next != nil && c.Overtaken: // never send it: another card stands there now
			continue
		case c.Next != nil && c.Action == first.ID && c.Ref == s.card.Prompt.Ref:
			err = s.pause(ctx)
		}
		return plugin.Action{ID: c.Action, Next: c.Next}, err
	}
}

// pause waits as long as the card says before its first action's call.
func (s *sale) pause(ctx context.Context) error {
	r := s.card.Decision.Retry
	d := max(time.Duration(r.AfterS)*time.Second, time.UnixMilli(r.Until).Sub(s.now()))
	if d <= 0 {
		return nil
	}
	return s.wait(ctx, d)
}

// done strikes a step off, and what comes before it.
func (s *sale) done(op plugin.Operation) {
	if i := slices.Index(s.todo, op); i >= 0 {
		s.todo = s.todo[i+1:]
	}
}

// carryOut asks for what is to be typed, makes a call, and tells tillwise.
func (s *sale) carryOut(ctx context.Context, a plugin.Action) error {
	op := s.meant(a.Next.Operation)
	format := cmp.Or(a.Next.Format, s.order.Verify)
	if op != plugin.OpVerify {
		format = ""
	}
	if a.Next.Input || format != "" && format != plugin.MethodSMS && format != plugin.MethodEmail {
		if err := s.ask(ctx, a, op, format); err != nil {
			return err
		}
	}
	if a.ID == plugin.ActRestartVerification {
		s.requestID = fmt.Sprintf("%s-%d", s.order.SaleID, s.calls+2)
	}
	if a.ID != plugin.ActResendSame || s.names[string(op)] == "" { // only a resend under its key goes by its old name
		s.calls++
		s.names[string(op)] = fmt.Sprintf("%s-%d", op, s.calls)
	}
	s.sent = op
	x, request, err := s.call(ctx, op, format)
	if err != nil {
		return err
	}
	if plugin.MovesMoney(op) {
		pending := x
		pending.Failure = plugin.FailurePending
		if err := s.post(ctx, pending); err != nil {
			return err
		}
	}
	s.exchange(&x, request)
	return s.post(ctx, x)
}

// meant gives the call that a card's next comes to here: "the payment" is the
// sale's own, and what needs a number that is not known reads it first.
func (s *sale) meant(op plugin.Operation) plugin.Operation {
	pays := func(op plugin.Operation) bool { return op == plugin.OpTransactions || op == plugin.OpAuthorization }
	if i := slices.IndexFunc(s.todo, pays); i >= 0 && pays(op) {
		op = s.todo[i]
	}
	read := plugin.Operation("")
	switch {
	case (op == plugin.OpCapture || op == plugin.OpReturn || op == plugin.OpAuthorizationGet) && s.authorization == "":
		read = plugin.OpAuthorizations
	case op == plugin.OpReturn && s.capture == "":
		read = plugin.OpCaptures
	default:
		return op
	}
	if s.looked[read] {
		s.todo = nil // Flexiti does not show it: the cashier has the card
	}
	s.looked[read] = true
	return read
}

// ask has somebody type what is needed, and keeps it for the request.
func (s *sale) ask(ctx context.Context, a plugin.Action, op plugin.Operation, format plugin.Method) error {
	q := Question{SaleID: s.order.SaleID, Action: a.ID, Operation: op, Format: format, Fields: s.card.Decision.Fields}
	text, err := s.Ask(ctx, q)
	if err != nil {
		return err
	}
	switch {
	case a.ID == plugin.ActChangeAmount || a.ID == plugin.ActSplitPayment:
		s.amounts[string(op)] = text
		delete(s.keys, string(op)) // another request
	case a.ID == plugin.ActChoosePlan:
		s.order.Plan = text
	case op == plugin.OpVerify:
		s.secret = text
	case op == plugin.OpLookup || op == plugin.OpSearch:
		s.account = text
	case len(q.Fields) > 0:
		s.fixes[q.Fields[0].Param] = text
	case op == plugin.OpAuthorization || op == plugin.OpTransactions:
		s.code = text
	}
	return nil
}

// event is what tillwise is told.
type event struct {
	V            int               `json:"v"`
	SaleID       string            `json:"sale_id"`
	EventID      string            `json:"event_id"`
	At           int64             `json:"at"`
	UTCOffsetMin int               `json:"utc_offset_min"`
	Display      map[string]string `json:"display"`
	Exchange     plugin.Exchange   `json:"exchange"`
}

const posts = 5 // tries to post an event, before the sale is left to people

// post tells tillwise what happened and reads the card. Where no reply comes the
// same event goes out again, and counts once.
func (s *sale) post(ctx context.Context, x plugin.Exchange) error {
	now := s.now()
	_, offset := now.Zone()
	raw, err := json.Marshal(event{V: plugin.ABI, SaleID: s.order.SaleID, EventID: fmt.Sprintf("%s-%d", s.order.SaleID, s.cards), At: now.UnixMilli(), UTCOffsetMin: offset / 60,
		Display:  map[string]string{"lane": s.Lane, "sale": s.order.SaleID, "amount": cmp.Or(s.order.Amount, s.order.Deposit)},
		Exchange: x})
	if err != nil {
		return fmt.Errorf("writing an event: %w", err)
	}
	var reply []byte
	for try := 1; ; try++ {
		reply, err = s.Till.Post(ctx, raw)
		if err == nil || errors.Is(err, ErrNotTaken) || try == posts {
			break
		}
		if err := s.wait(ctx, time.Duration(try)*time.Second); err != nil {
			return err
		}
	}
	if err != nil {
		return fmt.Errorf("telling tillwise of the call %s: %w. Take no other payment in this sale, and call your supervisor", s.sent, err)
	}
	s.card, s.cards, s.fresh = card{}, s.cards+1, true
	if err := json.Unmarshal(reply, &s.card); err != nil || len(s.card.Decision.Actions) == 0 {
		return fmt.Errorf("reading tillwise's answer: no card in it (%v). Call your supervisor", err)
	}
	s.read()
	return nil
}

// read keeps which call's money is open, and strikes off the step that a card
// lets the sale go on from.
func (s *sale) read() {
	d := &s.card.Decision
	onward := d.Actions[0].ID == plugin.ActCarryOn || d.Actions[0].ID == plugin.ActFinishSale
	if d.Money == plugin.MoneyUnknown {
		if d.About != nil {
			s.open = d.About.Operation
		}
		return
	}
	if onward {
		s.done(s.sent)
		s.done(s.open)
	}
	s.open = ""
}
