package serve

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// view is a sale as the POS may see it.
type view struct {
	SaleID    string            `json:"sale_id"`
	Lane      string            `json:"lane,omitempty"`
	Ref       string            `json:"ref"`
	Money     plugin.Money      `json:"money"`
	MoneyKind plugin.MoneyKind  `json:"money_kind"`
	About     *plugin.About     `json:"about,omitempty"`
	Since     int64             `json:"since"` // of the payment, else of the card; Unix milliseconds
	Card      plugin.CardID     `json:"card"`
	Offered   []plugin.ActionID `json:"offered"`
}

func viewOf(c host.Card) view {
	d := c.Decision
	v := view{SaleID: c.SaleID, Lane: c.Lane, Ref: c.Prompt.Ref, Money: d.Money, MoneyKind: d.MoneyKind, About: d.About, Since: c.At, Card: d.Card, Offered: []plugin.ActionID{}}
	if d.About != nil && d.About.Since != 0 {
		v.Since = d.About.Since
	}
	for _, a := range d.Actions {
		v.Offered = append(v.Offered, a.ID)
	}
	return v
}

// whole is a sale with its card, for a POS that shows it anew.
type whole struct {
	view
	At       int64           `json:"at"`
	Prompt   plugin.Prompt   `json:"prompt"`
	Decision plugin.Decision `json:"decision"`
}

func wholeOf(c host.Card) whole { return whole{viewOf(c), c.At, c.Prompt, c.Decision} }

func (s *Server) getSales(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("open") != "1" {
		refuse(w, http.StatusBadRequest, badRequest, "ask for the open sales: /v1/sales?open=1")
		return
	}
	lane, ok := laneOf(w, r)
	if !ok {
		return
	}
	out := []view{}
	for _, c := range s.sales.open() {
		if lane == "" || c.Lane == lane {
			out = append(out, viewOf(c))
		}
	}
	write(w, http.StatusOK, encode(out))
}

// laneOf reads the lane out of the query; empty: all of them.
func laneOf(w http.ResponseWriter, r *http.Request) (string, bool) {
	name := r.URL.Query().Get("lane")
	if name != "" && !laneName(name) {
		refuse(w, http.StatusBadRequest, badRequest, "lane must be 1 to 32 letters, digits, dots, underscores and dashes")
		return "", false
	}
	return name, true
}

func (s *Server) getSale(w http.ResponseWriter, r *http.Request) {
	id, ok := s.saleOf(w, r)
	if !ok {
		return
	}
	var card *host.Card
	if k := s.sales.enterKnown(id); k != nil {
		card = k.card
		s.sales.leave(k)
	}
	if card == nil {
		refuse(w, http.StatusNotFound, badRequest, "no sale of this id is kept here")
		return
	}
	write(w, http.StatusOK, encode(wholeOf(*card)))
}

// getCatalogue gives the module's account of itself.
func (s *Server) getCatalogue(w http.ResponseWriter, r *http.Request) {
	out, err := s.config.Engine.Describe(context.WithoutCancel(r.Context()))
	if err != nil || !json.Valid(out) {
		refuse(w, http.StatusServiceUnavailable, plugin.ModuleFailed, "the module gave no account of itself: send this again")
		return
	}
	write(w, http.StatusOK, out)
}

func getHealth(w http.ResponseWriter, _ *http.Request) {
	write(w, http.StatusOK, []byte(`{"ok":true}`))
}

// getReady says whether all is well: 503 with what is not. Sales go on all the same.
func (s *Server) getReady(w http.ResponseWriter, r *http.Request) {
	s.probe.ask(context.WithoutCancel(r.Context()), s.config.Engine, s.config.Clock)
	troubles, status := s.troubles(), http.StatusOK
	if len(troubles) > 0 {
		status = http.StatusServiceUnavailable
	}
	write(w, status, encode(map[string]any{"ready": len(troubles) == 0, "trouble": troubles}))
}
