package generate

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// store plays one store's tills.
type store struct {
	name   string
	locale string
	random *rand.Rand
	module plugin.Module
	clock  int64 // Unix milliseconds
	pause  int64 // mean time between records
	rules  []plugin.Rule
	rule   int // of rules, the next to be met
	step   int // how many stores share the rules between them
	sales  int

	sale   sale
	queued []plugin.Exchange // what is yet to happen in the sale
}

type sale struct {
	id, lane string
	customer string // locale
	amount   string
	taken    bool // its authorization takes the money, and does not only hold it
	named    bool // its calls have names
	calls    int
	due      bool // a rule of the catalogue is yet to be met: nobody gives up before
	memory   json.RawMessage
	offered  []plugin.Action
}

// policies are the settings that stores of the corpus have.
var policies = []string{
	`{"policy":{}}`,
	`{"policy":{"override":true,"split_payment":true}}`,
	`{"policy":{"methods":["sms","security_question"],"bypass":true}}`,
	`{"policy":{"methods":["email","piw"],"settled_by":"cashier"}}`,
}

func newStore(name string, index, stores int, random *rand.Rand) (*store, error) {
	s := &store{name: name, random: random, rules: plugin.Rules(), rule: index, step: stores, locale: "en-CA"}
	if index%3 == 1 {
		s.locale = "fr-CA"
	}
	if out := s.module.Configure([]byte(policies[index%len(policies)])); string(out) != "{}" {
		return nil, fmt.Errorf("generating a corpus: configuring the plugin gave %s", out)
	}
	return s, nil
}

// answer is the part of an answer that the next step needs.
type answer struct {
	Decision plugin.Decision `json:"decision"`
	Sale     json.RawMessage `json:"sale"`
	Record   json.RawMessage `json:"record"`
	Error    *plugin.Error   `json:"error"`
}

// next plays one step of a sale and gives its record.
func (s *store) next() (journal.Entry, error) {
	s.clock += s.pause/2 + s.random.Int64N(s.pause+1)
	offset := -300
	ev := host.Event{V: plugin.ABI, At: s.clock, UTCOffsetMin: &offset, Locale: s.locale}
	if action, ok := s.chosen(); ok {
		ev.Action = action.ID
		s.follow(action)
	} else {
		if len(s.queued) == 0 {
			s.begin()
		}
		ev.Exchange = &s.queued[0]
		s.queued = s.queued[1:]
		s.sale.due = s.sale.due && len(s.queued) > 0
	}
	ev.CustomerLocale, ev.Sale = s.sale.customer, s.sale.memory
	in, err := json.Marshal(ev)
	if err != nil {
		return journal.Entry{}, err
	}
	var a answer
	if err := json.Unmarshal(s.module.Answer(in), &a); err != nil {
		return journal.Entry{}, err
	}
	if a.Error != nil {
		return journal.Entry{}, fmt.Errorf("the plugin refused a generated event: %w", a.Error)
	}
	s.sale.memory, s.sale.offered = a.Sale, a.Decision.Actions
	if a.Decision.Family != plugin.FamilyApproved && ev.Action == "" && !s.sale.due && s.random.IntN(3) == 0 {
		s.queued = nil // the cashier gives up
	}
	return journal.Entry{At: s.clock, SaleID: s.sale.id, Lane: s.sale.lane, Module: moduleSHA, Record: a.Record}, nil
}

var moduleSHA = wasm.SHA256(wasm.Module)

// chosen says which action of the last card the cashier takes, now and then.
// What can be finished is finished in most cases, when nothing more is to come.
func (s *store) chosen() (plugin.Action, bool) {
	if s.sale.due || len(s.sale.offered) == 0 {
		return plugin.Action{}, false
	}
	if first := s.sale.offered[0]; first.ID == plugin.ActFinishSale && len(s.queued) == 0 && s.random.IntN(3) > 0 {
		return first, true
	}
	if s.random.IntN(6) > 0 {
		return plugin.Action{}, false
	}
	return s.sale.offered[s.random.IntN(len(s.sale.offered))], true
}

// follow is what comes of a choice: the sale ends, and what was to come comes
// seldom; or the call that goes with it gets its answer.
func (s *store) follow(a plugin.Action) {
	switch {
	case a.ID.Ends():
		if s.random.IntN(4) > 0 {
			s.queued = nil
		}
	case a.Next != nil:
		s.queued = append(s.answered(a.Next.Operation), s.queued...)
	}
}

// begin starts the next sale: every third meets the next rule of the
// catalogue, the rest what tills meet every day.
func (s *store) begin() {
	s.sales++
	s.sale = sale{
		id: fmt.Sprintf("%s-%d", s.name, s.sales), lane: fmt.Sprint(1 + s.random.IntN(4)),
		amount: fmt.Sprintf("%d.%02d", 20+s.random.IntN(2000), s.random.IntN(100)),
		taken:  s.random.IntN(2) == 0, named: s.random.IntN(2) == 0,
	}
	if s.random.IntN(4) == 0 {
		s.sale.customer = []string{"en-CA", "fr-CA"}[s.random.IntN(2)]
	}
	if s.sales%3 == 1 {
		r := s.rules[s.rule%len(s.rules)]
		s.rule += s.step
		s.sale.due = true
		x := r.Exchange()
		s.queued = append(s.prelude(x.Operation), s.filled(x))
		return
	}
	s.queued = s.everyday()
}
