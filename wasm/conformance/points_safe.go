package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

const contacts = `{"texts":{"contacts":{"supervisor":{"en-CA":"Ask at the desk","fr-CA":"Voir au comptoir"}}}}`

// lost is an event without an answer, and the sale that its card left.
type lost struct {
	name  string
	op    plugin.Operation
	prior string
	sale  string
	hold  error
}

// safe is the safe card of every call, in both languages, for a sale that begins and
// for one that has begun; and the sale after it, which goes on once the module does.
func (r *run) safe() {
	if !r.offered("cards", r.report.Modules, cannotOpen) {
		return
	}
	begun := saleAfter("{}", r.want([]byte(plain)))
	var texts struct{ Texts plugin.Texts }
	if err := json.Unmarshal([]byte(contacts), &texts); err != nil {
		r.fail("opens", err)
		return
	}
	var all []lost
	for op := range r.cards.Operations {
		for _, prior := range []string{"{}", "", begun} {
			for _, locales := range [][2]string{{"en-CA", ""}, {"fr-CA", "en-CA"}} {
				l := lost{op: op, prior: prior, name: fmt.Sprintf("%s, %s", op, locales[0])}
				if prior == begun {
					l.name += ", in a sale that has begun"
				} else if prior == "" {
					l.name += ", without a sale"
				}
				all = append(all, l)
			}
		}
	}
	slices.SortFunc(all, func(a, b lost) int { return strings.Compare(a.name, b.name) })
	for i := range all {
		if i%4 == 0 { // a host may give up a module that never answers
			if err := r.open(opening{Module: r.module("traps"), Settings: json.RawMessage(contacts)}); err != nil {
				r.fail("opens", err)
				return
			}
		}
		all[i].hold = r.lose(&all[i], texts.Texts)
	}
	if err := r.open(opening{Settings: json.RawMessage(contacts)}); err != nil {
		r.fail("opens afterwards", err)
		return
	}
	r.native.Configure([]byte(contacts))
	defer r.native.Configure([]byte(`{}`))
	for _, l := range all {
		r.point(l.name, func() error {
			if l.hold != nil {
				return l.hold
			}
			return r.goesOn(l)
		})
	}
}

// lose has an event left without an answer, and looks at the card.
func (r *run) lose(l *lost, texts plugin.Texts) error {
	locale, customer := "en-CA", ""
	if strings.Contains(l.name, "fr-CA") {
		locale, customer = "fr-CA", "en-CA"
	}
	event := fmt.Sprintf(`{"v":1,"at":1795530727000,"locale":%q,"customer_locale":%q,"exchange":{"operation":%q,"status":500}`, locale, customer, l.op)
	if l.prior != "" {
		event += `,"sale":` + l.prior
	}
	c, err := r.card([]byte(event + "}"))
	if err != nil {
		return err
	}
	if err := failed(c.Error, plugin.ModuleFailed); err != nil {
		return err
	}
	l.sale = string(c.Answer.Sale)
	if l.prior == "{}" || l.prior == "" {
		want := plugin.SafeAnswer(l.op, 1795530727000, nil, texts, localeOf(locale, customer))
		return c.is(want.Prompt, want.Decision, nil)
	}
	var d plugin.Decision
	if err := json.Unmarshal(c.Answer.Decision, &d); err != nil {
		return err
	}
	if d.Card != plugin.CardTillTrouble || d.Money != plugin.MoneyUnknown || !d.Doubt {
		return fmt.Errorf("of a sale that has begun a host without the module knows nothing: card till_trouble, money unknown and doubt were to come, and there are %s, %s, %v", d.Card, d.Money, d.Doubt)
	}
	for _, a := range d.Actions {
		if a.ID != plugin.ActCallSupervisor && a.ID != plugin.ActHoldSale && a.ID != plugin.ActCheckStatus {
			return fmt.Errorf("the card offers %s", a.ID)
		}
	}
	return nil
}

// goesOn gives the sale to the module: the next event, and what the card had offered,
// come out as after the Go host's safe card.
func (r *run) goesOn(l lost) error {
	prior := []byte(l.prior)
	state, err := json.Marshal(plugin.SafeAnswer(l.op, 1795530727000, prior, plugin.Texts{}, plugin.Locale{Cashier: plugin.English}).Sale)
	if err != nil {
		return err
	}
	for _, next := range []string{`{"v":1,"at":1795530799000,"action":"call_supervisor"}`,
		`{"v":1,"at":1795530799000,"exchange":{"operation":"calculate_interest","status":400,"body":"{}"}}`} {
		got, err := r.answer(withSale([]byte(next), l.sale))
		if err != nil {
			return err
		}
		if err := same(got, r.want(withSale([]byte(next), string(state)))); err != nil {
			return fmt.Errorf("the sale that it left, %s, goes on otherwise: %w", shown([]byte(l.sale)), err)
		}
	}
	return nil
}
