package shift

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/host/simulator"
	"github.com/tillwise/tillwise/plugin"
)

// tale is a story under way: a till, a POS and a Flexiti of its own, so that it
// begins with nothing and leaves nothing behind.
type tale struct {
	story
	clock   *clock
	flexiti *simulator.Simulator
	till    *serve.Server
	pos     *pos.POS
	cashier func(host.Card) int // that the tale has itself: gives the key that is pressed, from 1; nil: somebody at the screen presses
	out     out

	account string                  // that the POS's last call was about
	typed   map[plugin.ActionID]int // how often something was typed for each

	mu      sync.Mutex
	card    host.Card // the last one
	unheard int       // choices that the POS has not asked for
	turned  bool      // one of them is not to go on
	over    bool      // the POS makes no more calls
}

// out is where a tale is told. Its methods must return at once.
type out struct {
	show  func(host.Card)
	tell  func(text say, over bool)
	press func(c host.Card, key int) // of the cashier that the tale has itself; nil: nobody hears of it
}

// begin makes a tale of a story. Its till must be closed.
func begin(s story, c Config, clock *clock, to out) (*tale, error) {
	t := &tale{story: s, clock: clock, out: to, account: s.Order.Account, typed: map[plugin.ActionID]int{}}
	t.flexiti = simulator.New(simulator.Config{Clock: clock.now, Wait: t.delay, Seed: 1, Scenario: simulator.Scenario{Steps: s.Goes}})
	var err error
	if t.till, err = serve.New(serve.Config{Engine: c.Engine, Lang: c.Lang, Lane: c.Lane, Clock: clock.now, Show: t.shows}); err != nil {
		return nil, err
	}
	t.pos = &pos.POS{
		Till:    choosing{&pos.HTTPTill{URL: "http://localhost", Client: &http.Client{Transport: t.till.Transport()}}, t},
		Flexiti: &http.Client{Transport: t}, URL: "https://flexiti.invalid", ClientID: "sim-store", ClientSecret: simulator.Secret, Lane: c.Lane,
		Ask: t.ask, Now: clock.now, Wait: clock.wait,
	}
	return t, nil
}

// run tells the tale to its end, and once more for as often as somebody takes up
// a sale that was put aside.
func (t *tale) run(ctx context.Context) error {
	end, err := t.pos.Sell(ctx, t.Order)
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		word := ownBooks.with(books(t.flexiti.Ledger()))
		if err != nil {
			word = joined(" ", cannotGoOn, word)
		}
		t.out.tell(word, true)
		if err != nil || end.Ended != plugin.ActHoldSale || t.cashier != nil {
			t.mu.Lock()
			t.over = true
			t.mu.Unlock()
			return err
		}
		end, err = t.pos.Resume(ctx, end)
	}
}

// shows is every card of the tale.
func (t *tale) shows(c host.Card) {
	t.mu.Lock()
	t.card = c
	t.mu.Unlock()
	t.out.show(c)
	for _, a := range c.Decision.Actions {
		if a.ID.Settles() {
			t.out.tell(byTelephone.with(answered(t.flexiti.Ledger(), c.Decision)), false)
			return
		}
	}
}

func (t *tale) last() host.Card {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.card
}

// deaf tells whether an action would wait for ever for the POS, which has done with the sale.
func (t *tale) deaf(next *plugin.Next) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.over && next != nil
}

// minutes is what a key lets pass while a payment takes long.
const minutes = 45 * time.Second

// choose takes what the cashier chose on the card.
func (t *tale) choose(ctx context.Context, c serve.Chosen) error {
	if t.Long {
		t.clock.skip(minutes)
	}
	t.mu.Lock()
	t.unheard++
	t.turned = t.turned || c.Action != plugin.ActCarryOn
	t.mu.Unlock()
	return t.till.Choose(ctx, c)
}

var errNoKey = errors.New("the card has no key to press")

// press has the tale's own cashier press a key.
func (t *tale) press(ctx context.Context) error {
	c := t.last()
	n := t.cashier(c)
	if n < 1 || n > len(c.Decision.Actions) {
		return errNoKey
	}
	if t.out.press != nil {
		t.out.press(c, n)
	}
	return t.choose(ctx, serve.Chosen{SaleID: c.SaleID, Ref: c.Prompt.Ref, Action: c.Decision.Actions[n-1].ID})
}

// choosing is the till to the POS, with the cashier that the tale has.
type choosing struct {
	pos.Till
	t *tale
}

// Choice implements pos.Till.
func (c choosing) Choice(ctx context.Context, saleID string, after int64) (pos.Choice, error) {
	t := c.t
	t.mu.Lock()
	waits := t.unheard == 0
	t.mu.Unlock()
	if waits && t.cashier != nil {
		if err := t.press(ctx); err != nil {
			return pos.Choice{}, err
		}
	}
	choice, err := c.Till.Choice(ctx, saleID, after)
	t.mu.Lock()
	t.unheard, t.turned = max(0, t.unheard-1), false
	t.mu.Unlock()
	return choice, err
}
