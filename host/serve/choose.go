package serve

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

const maxChoices = 64 // of one sale that wait for the POS to ask

// Choice is what the cashier chose on a card, for the POS.
type Choice struct {
	N         int             `json:"n"`   // goes up from choice to choice of a till, and never comes again
	Ref       string          `json:"ref"` // the card's
	Action    plugin.ActionID `json:"action"`
	Next      *plugin.Next    `json:"next,omitempty"` // the call that the POS should make
	Overtaken bool            `json:"overtaken"`      // another event's card came before it was asked for, or it was asked for before: Next must not be sent
}

// heldChoice is a choice as it is kept.
type heldChoice struct {
	Choice
	Fetched bool `json:"fetched,omitempty"`
}

// Chosen is a choice as it comes from the screen.
type Chosen struct {
	SaleID    string
	Ref       string // the card's; empty: the one that the sale shows
	Action    plugin.ActionID
	SettledBy string      // who settles, where the screen has asked
	Locale    plugin.Lang // the one that the card was read in; empty: Config.Lang's, else the card's own
}

// Choose does what the cashier chose on the card of a sale. The POS gets to hear
// of it, the screen gets the next card. The error, a *plugin.Error, says why
// there is no proper one; a card is shown in any case.
func (s *Server) Choose(ctx context.Context, c Chosen) error {
	k := s.sales.enter(c.SaleID)
	defer s.sales.leave(k)
	lang := string(cmp.Or(c.Locale, s.config.Lang()))
	ev := host.Event{V: plugin.ABI, At: s.config.Clock().UnixMilli(), Action: c.Action, Ref: c.Ref, Sale: k.state}
	t := turn{kept: k, settler: c.SettledBy}
	if k.card != nil {
		t.display = k.card.Display
		ev.UTCOffsetMin, ev.CustomerLocale = k.card.UTCOffsetMin, k.card.CustomerLocale
		ev.Ref = cmp.Or(c.Ref, k.card.Prompt.Ref)
		if lang == "" {
			lang = string(k.card.Prompt.Locale)
		}
	}
	ev.Locale = lang
	t.in = encode(ev)
	t.reading = plugin.Reading{Subject: plugin.SubjectAction, Operation: plugin.OpUnknownRead, Action: c.Action, Ref: ev.Ref, At: ev.At,
		UTCOffsetMin: ev.UTCOffsetMin, Locale: lang, CustomerLocale: ev.CustomerLocale}
	w := s.ask(ctx, &t)
	if w.err != nil && w.err.Kind == plugin.ActionNotOffered {
		if k.card == nil { // of a sale that is not kept here any more
			a := s.safe(t.reading, unreadable)
			s.sales.become(k, a.Sale)
			k.card = &host.Card{SaleID: k.id, At: ev.At, Answer: a}
			s.keep(k)
		}
		s.show(*k.card) // the card that the choice was meant for is not the sale's any more
		return w.err
	}
	s.conclude(&t, w)
	if w.err != nil {
		return w.err
	}
	return nil
}

// choose notes a choice on the card that a sale had.
func (s *sales) choose(k *kept, r plugin.Reading, offered []plugin.Action) {
	c := Choice{Ref: r.Ref, Action: r.Action}
	if i := slices.IndexFunc(offered, func(a plugin.Action) bool { return a.ID == r.Action }); i >= 0 {
		c.Next = offered[i].Next
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.N = s.number()
	k.choices = append(k.choices, heldChoice{Choice: c})[max(0, len(k.choices)+1-maxChoices):]
	close(s.chosen)
	s.chosen = make(chan struct{})
}

// begin is when the numbers of choices begin.
var begin = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// number gives the next choice's: one more than the last, and at least the
// seconds since the numbers began, so that none comes again where the store is
// new. It fits in 31 bits. It is called under mu.
func (s *sales) number() int {
	s.last = max(s.last+1, int(s.now().Sub(begin)/time.Second))
	return s.last
}

// since gives a sale's choices after number n, and what is closed at the next
// choice of any sale. What it gives counts as fetched, which kept says is on the disk.
func (s *Server) since(id string, n int) (out []Choice, chosen <-chan struct{}, kept bool) {
	s.sales.mu.Lock()
	chosen = s.sales.chosen
	s.sales.mu.Unlock()
	out, kept = []Choice{}, s.store.Trouble() == nil
	k := s.sales.enterKnown(id)
	if k == nil {
		return out, chosen, kept
	}
	defer s.sales.leave(k)
	fresh := false
	for i := range k.choices {
		c := &k.choices[i]
		if c.N <= n {
			continue
		}
		out = append(out, c.Choice)
		fresh = fresh || !c.Fetched
		c.Fetched, c.Overtaken = true, true
	}
	if kept = s.store.Trouble() == nil; fresh {
		kept = s.keep(k)
	}
	return out, chosen, kept
}
