package pos

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tillwise/tillwise/host/pos/flexiti"
	"github.com/tillwise/tillwise/plugin"
)

// sale is one sale at the POS.
type sale struct {
	*POS
	Order
	flexiti flexiti.Sale
	ahead   []plugin.Operation          // the sale's own steps that are left
	names   map[plugin.Operation]string // of the last call of each operation
	looked  map[plugin.Operation]bool   // read-backs that were made for a number
	calls   int

	card  card             // the last one
	cards int              // how many came
	fresh bool             // the card is the answer to this POS's own last event
	sent  plugin.Operation // the call that it is about
	open  plugin.Operation // the call whose money is not known
	after int64            // the last choice that was carried out
}

// card is what is read of an answer of tillwise's.
type card struct {
	Prompt   struct{ Ref string }
	Decision plugin.Decision
}

func (p *POS) begin(o Order) *sale {
	s := &sale{POS: p, Order: o, ahead: slices.Clone(o.Steps), names: map[plugin.Operation]string{}, looked: map[plugin.Operation]bool{}}
	s.flexiti = flexiti.Sale{Reference: o.SaleID, RequestID: o.SaleID + "-1", Account: o.Account, Plan: o.Plan, Term: o.Term, AutoCapture: o.AutoCapture,
		Amounts: map[plugin.Operation]string{plugin.OpTransactions: o.Deposit, plugin.OpAuthorization: o.Amount}}
	add := func(wanted bool, steps ...plugin.Operation) {
		if wanted && len(o.Steps) == 0 {
			s.ahead = append(s.ahead, steps...)
		}
	}
	add(true, plugin.OpToken, plugin.OpLookup)
	add(o.Amount != "", plugin.OpCalculateInterest)
	add(true, plugin.OpVerify)
	add(o.Deposit != "", plugin.OpTransactions)
	add(o.Amount != "", plugin.OpAuthorization)
	add(o.Amount != "" && !o.AutoCapture, plugin.OpCapture)
	add(o.Amount != "" && o.Return, plugin.OpReturn)
	return s
}

// run goes on with the sale until it ends or is put aside.
func (s *sale) run(ctx context.Context) (Outcome, error) {
	for {
		act, err := s.next(ctx)
		switch {
		case err != nil:
			return s.outcome(""), err
		case act.ID.Ends(), act.ID == plugin.ActHoldSale:
			return s.outcome(act.ID), nil
		case act.ID == plugin.ActCarryOn && len(s.ahead) > 0:
			act.Next = &plugin.Next{Operation: s.ahead[0]}
		case act.ID == plugin.ActSettleTaken, act.ID == plugin.ActSettleHeld, act.ID == plugin.ActSettleRefunded:
			s.done(s.open) // somebody has seen that it was carried out
		}
		if act.Next == nil {
			continue // nothing is sent: the cashier has another card now
		}
		if err := s.carryOut(ctx, act); err != nil && !errors.Is(err, ErrWalkedAway) {
			return s.outcome(""), err
		}
	}
}

func (s *sale) outcome(ended plugin.ActionID) Outcome {
	return Outcome{SaleID: s.SaleID, Ended: ended, Money: s.card.Decision.Money, Cards: s.cards, sale: s}
}

// next gives what is to be done now: what the card says to do at once, and else
// what the cashier chooses.
func (s *sale) next(ctx context.Context) (plugin.Action, error) {
	onward := plugin.Action{ID: plugin.ActCarryOn}
	if s.cards == 0 {
		return onward, nil // a sale begins with its own first step
	}
	first, fresh := s.card.Decision.Actions[0], s.fresh
	s.fresh = false
	switch {
	case fresh && first.Next != nil && first.Next.Auto:
		return first, s.pause(ctx)
	case fresh && s.goesOn() && len(s.ahead) > 0:
		return onward, nil
	}
	for {
		c, err := s.Till.Choice(ctx, s.SaleID, s.after)
		if err != nil {
			return plugin.Action{}, fmt.Errorf("waiting for the cashier's choice: %w", err)
		}
		s.after = c.N
		switch {
		case c.Overtaken && !c.Action.Ends() && !c.Action.Settles(): // never send it, nor go on: another card stands there now
			continue
		case c.Action == first.ID && c.Ref == s.card.Prompt.Ref:
			err = s.pause(ctx)
		}
		return plugin.Action{ID: c.Action, Next: c.Next}, err
	}
}

// goesOn says whether nothing stands in the way of the sale's own next step.
func (s *sale) goesOn() bool {
	id := s.card.Decision.Actions[0].ID
	return id == plugin.ActCarryOn || id == plugin.ActFinishSale
}

// pause waits as long as the card says before its first action's call. Until when a
// locked question stays so (retry.until) is no pause: another way is offered meanwhile.
func (s *sale) pause(ctx context.Context) error {
	if d := time.Duration(s.card.Decision.Retry.AfterS) * time.Second; d > 0 {
		return s.Wait(ctx, d)
	}
	return nil
}

// done strikes a step off, and what comes before it.
func (s *sale) done(op plugin.Operation) {
	s.ahead = s.ahead[slices.Index(s.ahead, op)+1:]
}

// carryOut asks for what is to be typed, makes the call, and tells tillwise: of
// a call that moves money before it leaves, of each when its reply is there.
func (s *sale) carryOut(ctx context.Context, a plugin.Action) error {
	op, format := s.meant(a.Next.Operation), plugin.Method("")
	if op == plugin.OpVerify {
		format = cmp.Or(a.Next.Format, s.Verify)
	}
	if a.Next.Input || op == plugin.OpApply || format != "" && format != plugin.MethodSMS && format != plugin.MethodEmail {
		if err := s.ask(ctx, a.ID, op, format); err != nil {
			return err
		}
	}
	s.calls++
	if a.ID != plugin.ActResendSame { // which goes by its old name, under its old key
		s.names[op] = fmt.Sprintf("%s-%d", op, s.calls)
	}
	if op == plugin.OpTransactions && s.flexiti.Key == "" {
		s.flexiti.Key = s.SaleID + "-" + s.names[op]
	}
	if a.ID == plugin.ActRestartVerification {
		s.flexiti.RequestID = fmt.Sprintf("%s-%d", s.SaleID, s.calls)
	}
	s.sent = op
	client := flexiti.Client{HTTP: s.Flexiti, URL: s.URL, ClientID: s.ClientID, ClientSecret: s.ClientSecret}
	r, x, err := client.Request(ctx, op, format, &s.flexiti)
	if err != nil {
		return err
	}
	x.Call = s.names[op]
	if plugin.MovesMoney(op) {
		pending := x
		pending.Failure = plugin.FailurePending
		if err := s.post(ctx, pending); err != nil {
			return err
		}
	}
	client.Do(r, &x, &s.flexiti)
	s.flexiti.Secret, s.flexiti.Typed = "", nil
	return s.post(ctx, x)
}

// meant gives the call that a card's next comes to here: "the payment" is the
// sale's own, and a call that needs a number which no reply gave reads it first.
func (s *sale) meant(op plugin.Operation) plugin.Operation {
	pays := func(op plugin.Operation) bool { return op == plugin.OpTransactions || op == plugin.OpAuthorization }
	if i := slices.IndexFunc(s.ahead, pays); i >= 0 && pays(op) {
		op = s.ahead[i]
	}
	read := s.flexiti.Lacks(op)
	if read == "" {
		return op
	}
	if s.looked[read] {
		s.ahead = nil // Flexiti does not show it: the cashier has the card
	}
	s.looked[read] = true
	return read
}

// ask has somebody type what an action needs, and puts it where its request has it.
func (s *sale) ask(ctx context.Context, id plugin.ActionID, op plugin.Operation, format plugin.Method) error {
	fields := s.card.Decision.Fields
	text, err := s.Ask(ctx, Question{SaleID: s.SaleID, Action: id, Operation: op, Format: format, Fields: fields})
	if err == nil && s.flexiti.Type(id, op, fields, text) != nil {
		return ErrWalkedAway // it cannot be sent: the card stands, and its key asks again
	}
	return err
}

const posts = 5 // how often an event is posted, before the sale is left to people

// post tells tillwise what happened and reads the card. Where no reply comes the
// same event goes out again, and counts once.
func (s *sale) post(ctx context.Context, x plugin.Exchange) error {
	now := s.Now()
	_, offset := now.Zone()
	event, err := json.Marshal(map[string]any{
		"v": plugin.ABI, "sale_id": s.SaleID, "event_id": fmt.Sprintf("%s-%d", s.SaleID, s.cards), "at": now.UnixMilli(), "utc_offset_min": offset / 60,
		"display": map[string]string{"lane": s.Lane, "sale": s.SaleID, "amount": cmp.Or(s.Amount, s.Deposit)}, "exchange": x,
	})
	var reply []byte
	for try := 1; err == nil; try++ {
		if reply, err = s.Till.Post(ctx, event); err == nil || errors.Is(err, ErrNotTaken) || try == posts {
			break
		}
		err = s.Wait(ctx, time.Duration(try)*time.Second)
	}
	s.card = card{}
	if err == nil {
		err = json.Unmarshal(reply, &s.card)
	}
	if err != nil || len(s.card.Decision.Actions) == 0 {
		return fmt.Errorf("telling tillwise of the call %s: %w. Take no other payment in this sale; call your supervisor", s.sent, cmp.Or(err, errors.New("no card in its answer")))
	}
	s.cards, s.fresh = s.cards+1, true
	switch d := s.card.Decision; {
	case d.Money == plugin.MoneyUnknown && d.About != nil:
		s.open = d.About.Operation
	case s.goesOn():
		s.done(s.sent)
		s.done(s.open)
	default:
		s.open = "" // it was refused: what goes well next is not it
	}
	return nil
}
