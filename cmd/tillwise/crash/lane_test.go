//go:build unix

package crash

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/stretchr/testify/require"
)

// shift is the traffic of four lanes, and the cashier.
type shift struct {
	m       *model
	t       *till
	enough  chan struct{} // closed when so many posts were acknowledged
	left    atomic.Int64
	stop    chan struct{}
	ending  atomic.Bool // from then on a till may be silent
	running sync.WaitGroup
	over    chan struct{}
}

func (m *model) work(t *till, r *rand.Rand, posts int, cashier bool) *shift {
	w := &shift{m: m, t: t, enough: make(chan struct{}), stop: make(chan struct{}), over: make(chan struct{})}
	w.left.Store(int64(posts))
	for lane := range m.lanes {
		own := rand.New(rand.NewPCG(r.Uint64(), r.Uint64()))
		w.running.Go(func() { w.lane(lane, own) })
	}
	if own := rand.New(rand.NewPCG(r.Uint64(), r.Uint64())); cashier {
		w.running.Go(func() { w.cashier(own) })
	}
	go func() {
		w.running.Wait()
		close(w.over)
	}()
	select {
	case <-w.enough:
	case <-w.over: // they failed
	}
	return w
}

// rest waits until the lanes have stopped, because the till has, or because they should.
func (w *shift) rest() {
	close(w.stop)
	<-w.over
}

// on says whether the till still has to answer.
func (w *shift) on() bool {
	select {
	case <-w.stop:
		return false
	case <-w.t.ended:
		return false
	default:
		return true
	}
}

func (w *shift) lane(n int, r *rand.Rand) {
	for w.on() {
		s := w.m.lanes[n]
		if s == nil || r.IntN(16) == 0 {
			s = w.m.begin(n)
		}
		s.mu.Lock()
		again := len(s.sent) > 0 // as a POS does that has had no answer
		e := w.m.event(s, r)
		if again {
			e = s.sent[len(s.sent)-1]
		}
		ok := w.m.post(w.t, s, e)
		if ok && again && s.event == e { // it may be the answer that it got before a choice
			ok = w.m.look(w.t, s)
		}
		s.mu.Unlock()
		if !ok {
			require.True(w.m.t, w.ending.Load(), "the till has to answer")
			return
		}
		if w.left.Add(-1) == 0 {
			close(w.enough)
		}
	}
}

// post sends an event. It says whether there was an answer.
func (m *model) post(t *till, s *sale, e *event) bool {
	if len(s.sent) == 0 || s.sent[len(s.sent)-1] != e {
		s.sent = append(s.sent, e)
	}
	status, header, answer, err := t.ask(http.MethodPost, "/v1/events", e.text)
	if err != nil {
		return false
	}
	if status == http.StatusBadRequest && strings.Contains(answer, "action_not_offered") { // another card came before
		s.sent = s.sent[:len(s.sent)-1]
		return true
	}
	require.Equal(m.t, http.StatusOK, status, "%s: %s to %s", s.id, answer, e.text)
	e.answer = answer
	if header.Get("Tillwise-Kept") == "" {
		m.acknowledge(s, e)
	} else {
		m.figures.unkept.Add(1)
	}
	return true
}

// event makes up what happens next in a sale.
func (m *model) event(s *sale, r *rand.Rand) *event {
	amount := fmt.Sprintf("%d.%02d", 10+r.IntN(3), r.IntN(2))
	switch n := r.IntN(10); {
	case n < 3:
		return m.newEvent(s, `"exchange":{"operation":"authorization","status":0,"failure":"timeout","sent":"yes","request":{"amount":"`+amount+`"}}`)
	case n < 5 && s.wrong < 3:
		return m.wrongAnswer(s)
	case n < 7:
		state := []string{"captured", "declined", "held"}[r.IntN(3)]
		e := m.newEvent(s, `"exchange":{"operation":"authorizations","status":200,"body":"[{\"id\":\"1\"}]","found":[{"state":"`+state+`","amount":"`+amount+`"}]}`)
		e.settles = true
		return e
	case n < 9 && s.card != nil:
		action := string(s.card.Decision.Actions[r.IntN(len(s.card.Decision.Actions))].ID)
		e := m.newEvent(s, `"action":"`+action+`"`)
		e.settles = strings.HasPrefix(action, "settle_")
		return e
	}
	return m.newEvent(s, `"exchange":{"operation":"lookup","status":404,"body":"{\"error\":\"not_found\"}"}`)
}

func (m *model) wrongAnswer(s *sale) *event {
	e := m.newEvent(s, `"exchange":{"operation":"verify","status":409,"request":{"format":"security_question"},"body":"{\"error\":\"secret_answer_mismatch\"}"}`)
	e.wrong = true
	return e
}

func (m *model) newEvent(s *sale, subject string) *event {
	at := m.clock.Add(1)
	return &event{text: fmt.Sprintf(`{"v":1,"at":%d,"event_id":"e%d","sale_id":"%s",%s}`, at, at, s.id, subject), at: at}
}
