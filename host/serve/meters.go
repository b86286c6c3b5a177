package serve

import (
	"fmt"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"github.com/tillwise/tillwise/host"
)

// meters are the till's figures, for who watches many of them. No sale is named.
type meters struct {
	set     *metrics.Set
	seconds *metrics.Histogram
}

func newMeters(s *Server) *meters {
	set := metrics.NewSet()
	count := func(of func(*kept) bool) func() float64 {
		return func() float64 {
			s.sales.mu.Lock()
			defer s.sales.mu.Unlock()
			n := 0
			for _, k := range s.sales.byID {
				if of(k) {
					n++
				}
			}
			return float64(n)
		}
	}
	set.NewGauge(`tillwise_sales`, count(func(*kept) bool { return true }))
	set.NewGauge(`tillwise_sales_unsettled`, count(func(k *kept) bool { return k.standing.money }))
	set.NewGauge(`tillwise_troubles`, func() float64 { return float64(len(s.troubles())) })
	return &meters{set: set, seconds: set.NewHistogram(`tillwise_event_seconds`)}
}

func (m *meters) answered(status int, began time.Time) {
	m.set.GetOrCreateCounter(fmt.Sprintf(`tillwise_events_total{status="%d"}`, status)).Inc()
	m.seconds.UpdateDuration(began)
}

func (m *meters) shown(c host.Card) {
	m.set.GetOrCreateCounter(fmt.Sprintf(`tillwise_cards_total{family=%q}`, c.Decision.Family)).Inc()
}
