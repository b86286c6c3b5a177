package serve

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"runtime/debug"
	"slices"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/store"
	"github.com/tillwise/tillwise/plugin"
)

// Reply is what a posted event gets.
type Reply struct {
	Status int    // of HTTP: 200; 400 or 413 for an event that is wrong, 403 for a PIN that is, 429 for one too many
	SaleID string // the sale's name here
	Body   []byte // JSON: the answer, or {"error":…}
	Kept   bool   // the sale is on the disk
	Reused bool   // its event_id was another event's: it was taken as a new one

	lane string           // whose event it was
	kind plugin.ErrorKind // what was wrong
}

// turn is one event of a sale whose turn it is.
type turn struct {
	kept    *kept
	posted  *posted // nil: a choice on the screen
	lane    *lane   // nil: the screen's
	own     bool    // the POS keeps the sale
	in      []byte  // for the module
	reading plugin.Reading
	display host.Display
	settler string        // who settles
	refusal *plugin.Error // what was wrong before the module was asked
}

// Take answers one event, given as JSON as a POS posts it. It does all that a
// request does: the sale moves on and is kept, the card is shown, the record is kept.
func (s *Server) Take(ctx context.Context, event []byte) Reply {
	p := read(event, nil)
	return s.take(ctx, &p)
}

func (s *Server) take(ctx context.Context, p *posted) Reply {
	if p.broken != nil {
		return s.unread(ctx, p, p.broken)
	}
	if p.members == nil {
		why := new(plugin.Module).Read(bytes.Clone(p.raw)).Mistake // it may write in what it reads
		return s.unread(ctx, p, cmp.Or(why, &plugin.Error{Kind: plugin.BadJSON, Detail: "the event must be one JSON object"}))
	}
	lane, full := s.lanes.arrive(p.lane)
	if full != nil {
		return Reply{Status: http.StatusTooManyRequests, Body: errorBody(full), Kept: true, lane: p.lane, kind: full.Kind}
	}
	defer s.lanes.leave(lane)
	t := turn{posted: p, lane: lane, own: p.saleID == "" && p.refusal == nil, display: p.display, refusal: p.refusal}
	known := true
	switch {
	case t.own:
		t.kept, known = s.sales.enterOwn(p.own, p.members["sale"], p.key())
	case p.saleID == "":
		t.kept = s.sales.enter(s.nameless)
	default:
		t.kept = s.sales.enter(s.nameOf(p.saleID))
	}
	k := t.kept
	defer func() { s.sales.leave(t.kept) }()
	first, reused := s.repeated(k, p)
	if first != nil {
		return Reply{Status: http.StatusOK, SaleID: k.id, Body: first, Kept: s.store.Trouble() == nil, lane: s.laneOf(&t)}
	}
	if t.own {
		s.sales.become(k, p.members["sale"])
		t.in = p.input(nil, s.config.Lang())
	} else {
		t.in = p.input(k.state, s.config.Lang())
	}
	t.reading = new(plugin.Module).Read(bytes.Clone(t.in))
	status := http.StatusOK
	if t.reading.Action.Settles() && t.refusal == nil {
		if t.settler, t.refusal = s.settles(p); t.refusal != nil {
			return Reply{Status: http.StatusForbidden, SaleID: k.id, Body: errorBody(t.refusal), Kept: true, lane: s.laneOf(&t), kind: t.refusal.Kind}
		}
	}
	w := s.ask(ctx, &t)
	if perr := w.err; perr != nil && refusal(perr.Kind) {
		status = http.StatusBadRequest
	}
	if t.own && !known && status != http.StatusOK && t.reading.Replaced {
		// Nobody's sale: what it may be about is in doubt with all else that cannot be read.
		s.sales.drop(k)
		s.sales.leave(k)
		t.kept, t.own = s.sales.enter(s.nameless), false
	}
	reply := Reply{Status: status, SaleID: t.kept.id, Reused: reused && status == http.StatusOK}
	reply.lane = s.laneOf(&t)
	if w.err != nil {
		reply.kind = w.err.Kind
	}
	reply.Body, reply.Kept = s.conclude(&t, w)
	return reply
}

// unread puts the safe card on the screen for an event that cannot be read or
// did not come whole, and leaves the doubt with the sale that it may be about.
func (s *Server) unread(ctx context.Context, p *posted, why *plugin.Error) Reply {
	var id string
	var op plugin.Operation
	id, p.lane, op = glimpse(p.raw)
	if id = s.nameOf(id); id == "" {
		id = s.nameless
	}
	t := turn{posted: p, kept: s.sales.enter(id), refusal: why, reading: plugin.Reading{Operation: op}}
	defer s.sales.leave(t.kept)
	status := http.StatusBadRequest
	if why.Kind == plugin.TooLarge && p.broken != nil {
		status = http.StatusRequestEntityTooLarge
	}
	reply := Reply{Status: status, SaleID: id, lane: s.laneOf(&t), kind: why.Kind}
	reply.Body, reply.Kept = s.conclude(&t, s.ask(ctx, &t))
	return reply
}

// outcome is what the module made of an event.
type outcome struct {
	answer host.Answer
	body   []byte // for the POS; nil: to be written
	err    *plugin.Error
}

// ask gives the module's answer, as it is and as it can be read.
func (s *Server) ask(ctx context.Context, t *turn) (w outcome) {
	defer func() {
		if recover() != nil { // a bug of ours: the sale must not lose what this was about
			s.config.Log.Error(ourFault, "at", string(debug.Stack()))
			w = outcome{err: &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the till failed on this event"}}
		}
	}()
	if t.refusal != nil {
		return outcome{body: errorBody(t.refusal), err: t.refusal}
	}
	if t.lane != nil { // a cashier who has pressed a key waits for no other lane
		s.lanes.turn(t.lane)
		defer s.lanes.done()
	}
	raw, a, err := s.config.Engine.Take(ctx, t.in)
	if err != nil {
		w = outcome{body: raw, err: &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the module gave no answer"}}
		errors.As(err, &w.err)
		return w
	}
	return outcome{a, raw, nil}
}

// conclude does what follows from an answer: the sale moves on, is kept, is
// shown. It gives the body for the POS, and whether the sale is on the disk.
func (s *Server) conclude(t *turn, w outcome) ([]byte, bool) {
	k, body := t.kept, w.body
	refused := w.err != nil && refusal(w.err.Kind)
	if w.err != nil {
		w.answer = s.safe(t.reading, k.state)
	}
	if w.err != nil && !refused {
		body = encode(safeAnswer{V: plugin.ABI, Answer: w.answer, Error: w.err})
	}
	if refused && w.err.Kind == plugin.ActionNotOffered && k.id != s.nameless || t.reading.Subject == plugin.SubjectDecision {
		if t.own {
			s.sales.looksLike(k, k.state, "", false)
		}
		return body, s.keep(k) // nothing happened: the sale and its card stay
	}
	if refused && w.answer.Decision.Doubt && k.id != s.nameless { // the sale that offers what the card on the screen offers
		body = encode(refusedInDoubt{w.err, w.answer.Sale})
	}
	before := k.state
	s.sales.become(k, w.answer.Sale)
	switch {
	case t.own && w.err == nil:
		s.sales.looksLike(k, k.state, t.posted.key(), true)
	case t.own: // the POS still has what it brought, or takes what the refusal gave
		s.sales.looksLike(k, before, "", false)
		s.sales.looksLike(k, k.state, "", false)
	case s.sales.isOwn(k):
		s.sales.looksLike(k, k.state, "", false)
	}
	for i := range k.choices { // another card has come
		k.choices[i].Overtaken = true
	}
	var offered []plugin.Action
	if k.card != nil {
		offered = k.card.Decision.Actions
	}
	at := t.reading.At
	if at == 0 {
		at = s.config.Clock().UnixMilli()
	}
	card := host.Card{SaleID: k.id, Lane: s.laneOf(t), Display: t.display, At: at, UTCOffsetMin: t.reading.UTCOffsetMin,
		CustomerLocale: t.reading.CustomerLocale, Answer: w.answer}
	k.card = &card
	if t.posted == nil && w.err == nil {
		s.sales.choose(k, t.reading, offered)
	}
	var also []store.Change
	if t.posted != nil && t.posted.eventID != "" && !refused {
		also = append(also, store.Change{Name: k.remember(t.posted), Value: body})
	}
	kept := s.keep(k, also...)
	s.show(card)
	if s.keeper != nil && len(w.answer.Record) > 0 {
		s.keeper.keep(journal.Entry{At: at, SaleID: k.id, Lane: card.Lane, Module: s.config.Engine.ModuleSHA256(), SettledBy: t.settler, Record: w.answer.Record})
	}
	return body, kept
}

// laneOf says whose event it is: as it says itself, else as the sale's last one
// did, else this till's.
func (s *Server) laneOf(t *turn) string {
	switch {
	case t.posted != nil && t.posted.lane != "":
		return t.posted.lane
	case t.kept.card != nil && t.kept.card.Lane != "" && t.kept.id != s.nameless:
		return t.kept.card.Lane
	}
	return s.config.Lane
}

// show puts a card on the screen, and tells who follows the cards.
func (s *Server) show(c host.Card) {
	s.config.Show(c)
	s.prompts.tell(c)
	s.meters.shown(c)
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
