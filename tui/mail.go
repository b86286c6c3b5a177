package tui

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/tillwise/tillwise/host"
)

const mailLimit = 256 // cards that wait to be shown

// mailbox is what waits for the goroutine that shows it. Its methods may be
// called from any goroutine; they never wait.
type mailbox struct {
	wake  chan struct{}      // mail has come
	ctx   context.Context    // done when the screen is to end
	close context.CancelFunc // ends it

	mu       sync.Mutex
	cards    []host.Card
	warnings map[Warning]bool
	told     []Told
}

func newMailbox() *mailbox {
	b := &mailbox{wake: make(chan struct{}, 1), warnings: map[Warning]bool{}}
	b.ctx, b.close = context.WithCancel(context.Background())
	return b
}

// show takes a card. One without an answer would say of a sale that no money was
// taken, and take its doubt out of sight: it is none.
func (b *mailbox) show(c host.Card) {
	if b.ctx.Err() != nil || c.Decision.Family == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cards = append(b.cards, c)
	b.told = slices.DeleteFunc(b.told, func(t Told) bool { return !t.Over }) // it was about the card before
	if len(b.cards) > mailLimit {
		i := b.spare()
		b.cards = slices.Delete(b.cards, i, i+1)
	}
	ring(b.wake)
}

func (b *mailbox) warn(w Warning, on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.warnings[w] = on
	ring(b.wake)
}

// tell takes a line of a demo.
func (b *mailbox) tell(t Told) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.told = append(b.told, t)
	ring(b.wake)
}

// empty gives what has come.
func (b *mailbox) empty() ([]host.Card, map[Warning]bool, []Told) {
	b.mu.Lock()
	defer b.mu.Unlock()
	cards, warnings, told := b.cards, maps.Clone(b.warnings), b.told
	b.cards, b.told = nil, nil
	clear(b.warnings)
	return cards, warnings, told
}

// spare is the card that is missed least: superseded by a later one of its
// sale, or of one that is settled, or else the oldest.
func (b *mailbox) spare() int {
	later := make(map[string]bool, len(b.cards))
	calm := 0
	for i := len(b.cards) - 1; i >= 0; i-- {
		if c := b.cards[i]; later[c.SaleID] {
			return i
		} else if later[c.SaleID] = true; !unsettled(c.Decision) {
			calm = i
		}
	}
	return calm
}

// ring wakes whoever waits on a bell, once.
func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}
