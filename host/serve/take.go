package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// Reply is what a posted event gets.
type Reply struct {
	Status int    // of HTTP: 200, or 400 for an event that is wrong
	SaleID string // the sale's name here
	Body   []byte // JSON: the answer, or {"error":…}
}

const (
	statusAnswered = http.StatusOK
	statusRefused  = http.StatusBadRequest
)

// Take answers one event, given as JSON as a POS posts it. It does all that a
// request does: the sale moves on, the record is kept and the card is shown.
func (s *Server) Take(ctx context.Context, event []byte) Reply {
	p := read(event)
	return s.answered.once(p.saleID, p.eventID, func() Reply { return s.take(ctx, p) })
}

func (s *Server) take(ctx context.Context, p posted) Reply {
	own := p.saleID == ""
	k := s.enter(p)
	defer s.sales.leave(k)
	sale := k.state
	if own {
		sale = nil // what the POS brought is in the event already
	}
	t := turn{kept: k, event: p.event, display: p.display, in: p.input(sale, s.config.Lang()), refusal: p.refusal}
	if t.event.Locale == "" {
		t.event.Locale = string(s.config.Lang())
	}
	t.event.Sale = k.state
	body, err := s.work(ctx, t)
	status := statusAnswered
	if perr := (*plugin.Error)(nil); errors.As(err, &perr) && refusal(perr.Kind) {
		status = statusRefused
	}
	switch {
	case own && status == statusAnswered && t.event.Decision == nil:
		s.sales.looksLike(k, k.state, true)
	case own && k.id != s.nameless: // the POS still has what it brought, or takes what the refusal gave
		s.sales.looksLike(k, p.members["sale"], false)
		s.sales.looksLike(k, k.state, false)
	}
	return Reply{status, k.id, body}
}

// enter takes the turn of the sale that an event is about.
func (s *Server) enter(p posted) *kept {
	switch {
	case p.saleID != "":
		return s.sales.enter(p.saleID)
	case p.members == nil || p.refusal != nil:
		return s.sales.enter(s.nameless)
	}
	return s.sales.enterOwn(p.members["sale"])
}

// Choose does what the cashier chose on the card of a sale: an action as the
// card offered it. Sale is what the card's answer gave, for one that is not kept
// here any more. The POS gets to
// hear of it, the screen gets the next card. The error, a *plugin.Error, says
// why there is no proper one; a card is shown in any case.
func (s *Server) Choose(ctx context.Context, id string, chosen plugin.Action, sale json.RawMessage) (err error) {
	action := chosen.ID
	k := s.sales.enter(id)
	defer s.sales.leave(k)
	defer func() {
		if recover() != nil { // a bug of ours must not take the screen down
			err = &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the till failed on this choice"}
			s.config.Show(Card{SaleID: id, Answer: s.config.Engine.Safe(host.Event{Action: action, Locale: string(s.config.Lang()), Sale: k.state})})
		}
	}()
	if k.state == nil {
		k.state = sale
	}
	ev := host.Event{V: plugin.ABI, At: s.config.Clock().UnixMilli(), Locale: string(s.config.Lang()), Action: action, Sale: k.state}
	t := turn{kept: k}
	if last := k.last; last != nil {
		t.display = last.Display
		ev.UTCOffsetMin, ev.CustomerLocale = last.UTCOffsetMin, last.CustomerLocale
		if ev.Locale == "" {
			ev.Locale = string(last.Answer.Prompt.Locale)
		}
	}
	next := k.next(chosen)
	t.event, t.in = ev, encode(ev)
	_, err = s.work(ctx, t)
	if perr := (*plugin.Error)(nil); errors.As(err, &perr) && perr.Kind == plugin.ActionNotOffered {
		if k.last == nil { // a sale from before a restart, which offers nothing that is known here
			a := s.config.Engine.Safe(ev)
			s.sales.become(k, a.Sale)
			k.last = &Card{SaleID: id, At: ev.At, Answer: a}
		}
		s.config.Show(*k.last) // the card that the choice was meant for is not the sale's any more
		return err
	}
	if s.sales.isOwn(k) {
		s.sales.looksLike(k, k.state, false)
	}
	if err == nil {
		s.sales.choose(k, action, next)
	}
	return err
}

// next is the call that goes with an action: as the sale's last card has it, or
// the card that the cashier chose on, for a sale that is not kept here any more.
func (k *kept) next(chosen plugin.Action) *plugin.Next {
	if k.last == nil {
		return chosen.Next
	}
	offered := k.last.Answer.Decision.Actions
	if i := slices.IndexFunc(offered, func(a plugin.Action) bool { return a.ID == chosen.ID }); i >= 0 {
		return offered[i].Next
	}
	return nil
}

// turn is one event of a sale whose turn it is.
type turn struct {
	kept    *kept
	event   host.Event
	display Display
	in      []byte
	refusal *plugin.Error // what was wrong before the module was asked
}

// work has the module answer, and does what follows from the answer. It gives
// the body for the POS.
func (s *Server) work(ctx context.Context, t turn) ([]byte, error) {
	a, body, err := s.ask(ctx, t)
	var perr *plugin.Error
	if err != nil && !errors.As(err, &perr) {
		perr = &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the module gave no answer"}
	}
	switch {
	case perr != nil && perr.Kind == plugin.ActionNotOffered:
		return body, perr // nothing happened: the sale and its card stay
	case perr != nil:
		a = s.config.Engine.Safe(t.event)
		switch {
		case !refusal(perr.Kind):
			body = encode(safeAnswer{V: plugin.ABI, Answer: a, Error: perr})
		case a.Decision.Doubt && t.kept.id != s.nameless: // the sale that offers what the card on the screen offers
			body = encode(refusedInDoubt{perr, a.Sale})
		}
	case t.event.Decision != nil:
		return body, nil // a card was rendered again, and nothing happened
	}
	s.sales.become(t.kept, a.Sale)
	card := Card{SaleID: t.kept.id, Display: t.display, At: t.event.At, UTCOffsetMin: t.event.UTCOffsetMin,
		CustomerLocale: t.event.CustomerLocale, Answer: a}
	t.kept.last = &card
	s.config.Show(card)
	if s.keeper != nil && len(a.Record) > 0 {
		at := t.event.At
		if at == 0 {
			at = s.config.Clock().UnixMilli()
		}
		s.keeper.keep(journal.Entry{At: at, SaleID: t.kept.id, Lane: s.config.Lane, Record: a.Record})
	}
	if perr != nil {
		return body, perr
	}
	return body, nil
}

// safeAnswer is the answer for an event that the module could not answer.
type safeAnswer struct {
	V int `json:"v"`
	host.Answer
	Error *plugin.Error `json:"error"`
}

// refusedInDoubt answers an event that cannot be used, in a sale in doubt.
type refusedInDoubt struct {
	Error *plugin.Error   `json:"error"`
	Sale  json.RawMessage `json:"sale"`
}

// ask gives the module's answer, as it is and as it can be read.
func (s *Server) ask(ctx context.Context, t turn) (host.Answer, []byte, error) {
	if t.refusal != nil {
		return host.Answer{}, errorBody(t.refusal), t.refusal
	}
	out, err := s.config.Engine.AnswerJSON(ctx, t.in)
	if err != nil {
		return host.Answer{}, nil, err
	}
	var reply struct {
		host.Answer
		Error *plugin.Error `json:"error"`
	}
	if json.Unmarshal(out, &reply) != nil || reply.Error == nil && !showable(reply.Answer) {
		return host.Answer{}, nil, &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the module's answer has no card"}
	}
	if reply.Error != nil {
		return host.Answer{}, out, reply.Error
	}
	return reply.Answer, out, nil
}

// showable says whether an answer has all that a screen needs.
func showable(a host.Answer) bool {
	return a.Decision.Family != "" && a.Prompt.Headline != "" && len(a.Sale) > 0 &&
		len(a.Decision.Actions) > 0 && len(a.Decision.Actions) == len(a.Prompt.Actions)
}

// refusal says whether an error is the event's fault. The others are the host's
// own: there the POS gets the safe answer, with the error beside it.
func refusal(kind plugin.ErrorKind) bool {
	return !slices.Contains([]plugin.ErrorKind{plugin.ModuleFailed, plugin.DeadlinePassed, plugin.WrongModule}, kind)
}

func errorBody(e *plugin.Error) []byte {
	return encode(struct {
		Error *plugin.Error `json:"error"`
	}{e})
}

// safeEvent stands for an event that could not be read at all.
func safeEvent(l plugin.Lang) host.Event { return host.Event{V: plugin.ABI, Locale: string(l)} }
