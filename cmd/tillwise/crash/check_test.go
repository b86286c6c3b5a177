//go:build unix

package crash

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// check compares what a till that has just started knows with what it must know.
func (m *model) check(t *till) {
	open := map[string]plugin.Money{}
	_, _, answer, err := t.ask(http.MethodGet, "/v1/sales?open=1", "")
	require.NoError(m.t, err)
	var list []struct {
		SaleID string `json:"sale_id"`
		Ref    string
		Money  plugin.Money
	}
	require.NoError(m.t, json.Unmarshal([]byte(answer), &list))
	for _, s := range list {
		open[s.SaleID+s.Ref] = s.Money
	}
	spent := false
	for _, s := range m.sales {
		s.mu.Lock()
		require.True(m.t, m.look(t, s))
		if c := s.card; c != nil {
			if money := c.Decision.Money; money == plugin.MoneyUnknown || money == plugin.MoneyHeld {
				require.Equal(m.t, money, open[s.id+c.Prompt.Ref], "%s is listed as open, with the card that it shows", s.id)
			}
			m.checkChoices(t, s)
		}
		if s.event != nil {
			status, header, again, err := t.ask(http.MethodPost, "/v1/events", s.event.text)
			require.NoError(m.t, err)
			require.Equal(m.t, http.StatusOK, status)
			require.Equal(m.t, s.event.answer, again, "%s: the same event gets the same answer", s.id)
			require.Empty(m.t, header.Get("Tillwise-Event"))
			m.figures.repeated.Add(1)
		}
		if s.wrong == 1 && len(s.sent) == 0 && !spent {
			spent = true
			require.True(m.t, m.post(t, s, m.wrongAnswer(s)))
		}
		s.mu.Unlock()
	}
	for n := range m.numbers {
		m.floor = max(m.floor, n)
	}
}

// checkChoices looks at the choices of a sale in which nobody does anything:
// the last one is still good, if nothing came after it and nobody fetched it.
func (m *model) checkChoices(t *till, s *sale) {
	had := maps.Clone(s.fetched)
	choices, ok := m.fetch(t, s)
	require.True(m.t, ok)
	for i, c := range choices {
		_, before := had[c.N]
		good := i == len(choices)-1 && m.chosen(s.card) && !before
		require.Equal(m.t, !good, c.Overtaken, "%s: choice %d of %d", s.id, i+1, len(choices))
	}
}

// fetch asks for a sale's choices, as a POS does.
func (m *model) fetch(t *till, s *sale) (out []serve.Choice, ok bool) {
	status, header, answer, err := t.ask(http.MethodGet, "/v1/sales/"+s.id+"/actions?after=0", "")
	if err != nil || header.Get("Tillwise-Kept") != "" {
		return nil, false
	}
	require.Equal(m.t, http.StatusOK, status, answer)
	require.NoError(m.t, json.Unmarshal([]byte(answer), &out))
	m.mu.Lock()
	defer m.mu.Unlock()
	there, fresh, last := map[int]string{}, 0, 0
	for _, c := range out {
		require.Greater(m.t, c.N, last, "%s: the numbers go up", s.id)
		last, there[c.N] = c.N, c.Ref
		what := fmt.Sprint(s.id, " ", c.Action, " ", c.Ref)
		if m.numbers[c.N] == "" {
			require.Greater(m.t, c.N, m.floor, "%s: a number that is lower than one of before the restart", s.id)
			m.numbers[c.N] = what
		}
		require.Equal(m.t, m.numbers[c.N], what, "number %d comes twice", c.N)
		_, before := s.fetched[c.N]
		if !before {
			fresh++
		}
		require.False(m.t, before && !c.Overtaken, "%s: choice %d was fetched before", s.id, c.N)
	}
	require.GreaterOrEqual(m.t, fresh, s.waiting, "%s: a choice that was on the disk is gone", s.id)
	for n := range s.fetched {
		_, still := there[n] // the card of a till in trouble has no ref
		require.True(m.t, still || len(out) == 64, "%s: choice %d, which was fetched, is gone", s.id, n)
	}
	maps.Copy(s.fetched, there)
	s.waiting = 0
	m.figures.fetched.Add(int64(fresh))
	return out, true
}
