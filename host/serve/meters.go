package serve

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/tillwise/tillwise/host"
)

// meters are the till's figures, for who watches many of them. No sale is named.
type meters struct {
	registry *prometheus.Registry
	events   *prometheus.CounterVec
	cards    *prometheus.CounterVec
	seconds  prometheus.Histogram
}

// spans are the limits between which answers are counted, in seconds: from what a
// quiet till takes to the three seconds that README.md promises at the worst.
var spans = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 3, 5}

func newMeters(s *Server) *meters {
	m := &meters{
		registry: prometheus.NewRegistry(),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tillwise_events_total",
			Help: "Events that were answered, by the status of the reply."}, []string{"status"}),
		cards: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tillwise_cards_total",
			Help: "Cards that were shown, by family."}, []string{"family"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "tillwise_event_seconds",
			Help: "How long the answer to an event took.", Buckets: spans}),
	}
	m.registry.MustRegister(m.events, m.cards, m.seconds, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, gauge := range []struct {
		name, help string
		value      func() int
	}{
		{"tillwise_sales", "Sales that are kept.", func() int { return s.sales.count(func(*kept) bool { return true }) }},
		{"tillwise_sales_unsettled", "Sales with money that is unknown, under way or held.",
			func() int { return s.sales.count(func(k *kept) bool { return k.standing.money }) }},
		{"tillwise_troubles", "What is not well: see /readyz.", func() int { return len(s.troubles()) }},
		{"tillwise_lanes", "Lanes that sent events in the last day, by their names.", s.lanes.known},
		{"tillwise_events_waiting", "Events that wait for the module.", s.lanes.waiting},
		{"tillwise_followers", "Who follow the cards.", s.prompts.count},
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: gauge.name, Help: gauge.help},
			func() float64 { return float64(gauge.value()) }))
	}
	return m
}

func (m *meters) answered(status int, began time.Time) {
	m.events.WithLabelValues(strconv.Itoa(status)).Inc()
	m.seconds.Observe(time.Since(began).Seconds())
}

func (m *meters) shown(c host.Card) { m.cards.WithLabelValues(string(c.Decision.Family)).Inc() }

// handler gives the figures as they are now.
func (m *meters) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true})
}
