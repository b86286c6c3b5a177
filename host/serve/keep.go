package serve

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/store"
	"github.com/tillwise/tillwise/plugin"
)

// record is a sale on the disk. What the POS wants at the top of the screen is
// not in it, and nothing that facts have no place for.
type record struct {
	V        int             `json:"v"`
	State    json.RawMessage `json:"state,omitempty"`
	Card     *keptCard       `json:"card,omitempty"`
	Answered []answered      `json:"answered,omitempty"`
	Choices  []heldChoice    `json:"choices,omitempty"`
	Lost     bool            `json:"lost,omitempty"`
	Used     int64           `json:"used"` // Unix milliseconds
	Handles  []string        `json:"handles,omitempty"`
	Events   []string        `json:"events,omitempty"`
}

const recordVersion = 1

type keptCard struct {
	At             int64           `json:"at"`
	Lane           string          `json:"lane,omitempty"`
	UTCOffsetMin   *int            `json:"utc_offset_min,omitempty"`
	CustomerLocale string          `json:"customer_locale,omitempty"`
	Prompt         plugin.Prompt   `json:"prompt"`
	Decision       plugin.Decision `json:"decision"`
}

// keep puts a sale, whose turn is held, on the disk, with what else changes. It
// says whether that is done.
func (s *Server) keep(k *kept, changes ...store.Change) bool {
	s.sales.mu.Lock()
	stray := k.stray || k.gone
	r := record{V: recordVersion, State: k.state, Answered: k.answered, Choices: k.choices, Lost: k.lost, Used: k.used.UnixMilli(),
		Handles: slices.Clone(k.handles), Events: slices.Clone(k.events)}
	s.sales.mu.Unlock()
	if c := k.card; c != nil {
		r.Card = &keptCard{c.At, c.Lane, c.UTCOffsetMin, c.CustomerLocale, c.Prompt, c.Decision}
	}
	if !stray {
		changes = append(changes, store.Change{Name: k.id, Value: encode(r)})
	}
	return s.store.Keep(changes...) == nil && !stray
}

// forget takes a sale off the disk, with all that belongs to it.
func (s *Server) forget(id string) {
	names := []string{id}
	for slot := range maxAnswered {
		names = append(names, bodyName(id, slot))
	}
	s.store.Forget(names...)
}

// adopt takes up the sales of a store, and gives the cards of those that are
// open. Where some may be missing, one sale in doubt stands for them, and what
// comes new is in doubt as well, until the supervisor has settled that one.
func (s *Server) adopt(values map[string][]byte) []host.Card {
	var all []string
	missing := values[store.Incomplete] != nil
	for name, value := range values {
		if strings.ContainsRune(name, 0) {
			continue
		}
		var r record
		if json.Unmarshal(value, &r) != nil || r.V != recordVersion {
			missing = true
			continue
		}
		if s.sales.take(name, r) {
			all = append(all, name)
		}
	}
	if missing {
		all = append(all, s.lose())
	}
	return slices.DeleteFunc(s.sales.open(), func(c host.Card) bool { return !slices.Contains(all, c.SaleID) })
}

// lose makes the sale that stands for what was lost, unless there is one.
func (s *Server) lose() string {
	s.sales.mu.Lock()
	if s.sales.lost == nil {
		s.sales.lost = &kept{id: newName("lost-"), lost: true}
		s.sales.byID[s.sales.lost.id] = s.sales.lost
	}
	k := s.sales.lost
	k.users++
	s.sales.mu.Unlock()
	k.turn.Lock()
	defer s.sales.leave(k)
	a := s.safe(plugin.Reading{Operation: plugin.OpUnknownRead}, unreadable)
	s.sales.become(k, a.Sale)
	k.card = &host.Card{SaleID: k.id, At: s.config.Clock().UnixMilli(), Answer: a}
	s.keep(k, store.Change{Name: store.Incomplete})
	return k.id
}

// take takes up a sale from the disk, unless it is known already.
func (s *sales) take(id string, r record) bool {
	k := &kept{id: id, state: r.State, answered: r.Answered, choices: r.Choices, lost: r.Lost, standing: standingOf(r.State),
		used: time.UnixMilli(r.Used), handles: r.Handles, events: r.Events}
	if c := r.Card; c != nil {
		k.card = &host.Card{SaleID: id, Lane: c.Lane, At: c.At, UTCOffsetMin: c.UTCOffsetMin, CustomerLocale: c.CustomerLocale,
			Answer: host.Answer{Prompt: c.Prompt, Decision: c.Decision, Sale: r.State}}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID[id] != nil {
		return false
	}
	s.byID[id] = k
	for _, c := range r.Choices {
		s.last = max(s.last, c.N)
	}
	if r.Lost && k.standing.binds(k.used, s.now()) {
		s.lost = k
	}
	return true
}

// open gives the cards of the open sales, the oldest first.
func (s *sales) open() []host.Card {
	out := []host.Card{}
	for _, id := range s.ids() {
		k := s.enterKnown(id)
		if k == nil {
			continue
		}
		if k.card != nil && (k.standing.money || waits(k)) {
			out = append(out, *k.card)
		}
		s.leave(k)
	}
	slices.SortFunc(out, func(a, b host.Card) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.SaleID, b.SaleID)) })
	return out
}

// waits says whether a sale's card waits for somebody.
func waits(k *kept) bool { return !k.standing.closed && len(k.card.Decision.Actions) > 0 }
