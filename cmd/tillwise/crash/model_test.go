//go:build unix

package crash

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// model is what the test knows that a folder must hold.
type model struct {
	verb  verb
	t     testing.TB   // of the end that is being played
	began int64        // Unix milliseconds: choices are of later, events of earlier
	clock atomic.Int64 // each event has a time of its own, by which its card is known

	mu      sync.Mutex
	sales   []*sale
	lanes   [4]*sale       // the sale that each lane is at
	numbers map[int]string // of choices, and what they were
	floor   int            // what is chosen from now on has a higher number
	figures *figures
}

// figures are counted over all folders.
type figures struct{ ends, acknowledged, repeated, fetched, sales, unkept atomic.Int64 }

func newModel(v verb, f *figures) *model {
	m := &model{verb: v, began: time.Now().UnixMilli(), numbers: map[int]string{}, figures: f}
	m.clock.Store(m.began - time.Hour.Milliseconds())
	return m
}

// sale is what must be known of one sale. Its mutex is held while anything is asked about it.
type sale struct {
	mu      sync.Mutex
	id      string
	event   *event         // the last that was acknowledged
	card    *card          // the last that is certainly on the disk
	sent    []*event       // after it: whether they came to anything is not known
	broken  bool           // so may one that broke off
	wrong   int            // wrong security answers that were acknowledged
	fetched map[int]string // the choices that were: the ref of each one's card
	waiting int            // choices that were seen on the card, and not fetched
}

// event is what was posted.
type event struct {
	text    string
	at      int64
	wrong   bool   // it is a wrong security answer
	settles bool   // it may end a doubt
	answer  string // empty: there was none
}

// card is what an answer, or GET /v1/sales/{id}, shows of a sale.
type card struct {
	At       int64
	Prompt   plugin.Prompt
	Decision plugin.Decision
}

func (c *card) is(other *card) bool {
	return c != nil && other != nil && c.At == other.At && c.Prompt.Ref == other.Prompt.Ref
}

// chosen says whether a choice of the cashier's led to the card.
func (m *model) chosen(c *card) bool {
	return c != nil && c.At >= m.began && c.Decision.Matched.By == "action"
}

func (m *model) begin(lane int) *sale {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := &sale{id: fmt.Sprintf("S-%d-%d", lane, len(m.sales)), fetched: map[int]string{}}
	m.sales = append(m.sales, s)
	if lane < len(m.lanes) {
		m.lanes[lane] = s
	}
	m.figures.sales.Add(1)
	return s
}

// acknowledge notes that an event, the last that was sent, is on the disk with
// its answer. The sale's mutex is held, here and below.
func (m *model) acknowledge(s *sale, e *event) {
	c := &card{At: e.at}
	require.NoError(m.t, json.Unmarshal([]byte(e.answer), c))
	if e.wrong {
		if s.wrong > 0 {
			require.NotContains(m.t, e.answer, `{"id":"ask_again"`, "%s: the second wrong answer gets no other try", s.id)
		}
		s.wrong++
	}
	s.event, s.card, s.sent, s.broken = e, c, nil, false
	m.figures.acknowledged.Add(1)
}

// look asks for a sale's card, which must be explained by what is known, and
// from then on is known itself. It says whether there was an answer.
func (m *model) look(t *till, s *sale) bool {
	status, _, answer, err := t.ask(http.MethodGet, "/v1/sales/"+s.id, "")
	if err != nil || status == http.StatusNotFound && s.card == nil {
		return err == nil
	}
	require.Equal(m.t, http.StatusOK, status, "%s is gone: %s", s.id, answer)
	c := &card{}
	require.NoError(m.t, json.Unmarshal([]byte(answer), c))
	m.explain(s, c)
	if m.chosen(c) && !c.is(s.card) && s.card != nil && !slices.Contains(slices.Collect(maps.Values(s.fetched)), s.card.Prompt.Ref) {
		s.waiting++
	}
	s.card = c
	return true
}

// explain says why a sale may show a card: it is the one that was known, or one
// of what came later; and a doubt ends by what can end it, and by nothing else.
func (m *model) explain(s *sale, c *card) {
	if c.is(s.card) {
		require.Equal(m.t, s.card, c, "%s: its card has changed", s.id)
		return
	}
	unread := s.broken && c.Decision.Card == plugin.CardTillTrouble
	settles, known := m.chosen(c), m.chosen(c) || unread
	for _, e := range s.sent {
		settles, known = settles || e.settles, known || e.at == c.At
	}
	require.True(m.t, known, "%s shows a card that nothing led to: %+v in place of %+v", s.id, c, s.card)
	if unread || s.card != nil && s.card.Decision.Money == plugin.MoneyUnknown && !settles {
		require.Equal(m.t, plugin.MoneyUnknown, c.Decision.Money, "%s has lost its doubt", s.id)
	}
}
