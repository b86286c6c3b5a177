package conformance

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tillwise/tillwise/wasm"
)

// vectors has every vector answered, all at once, on four lanes.
func (r *run) vectors() {
	all, err := wasm.Vectors()
	if err != nil {
		r.fail("are read", err)
		return
	}
	lines := make([]any, len(all))
	for i, v := range all {
		lines[i] = answering{Do: "answer", Lane: i % 4, Event: v.Event}
	}
	replies, err := r.ask(lines...)
	for i, v := range all {
		r.point(v.Name, func() error {
			if i >= len(replies) {
				return err
			}
			got, err := replies[i].text()
			if err != nil {
				return err
			}
			return same(got, string(v.Answer))
		})
	}
}

// conversations has whole sales answered, each event with the sale that the host
// itself gave with the answer before.
func (r *run) conversations() {
	for _, c := range conversations() {
		if !r.under(c.settings) {
			continue
		}
		r.point(c.name, func() error {
			sale := "{}"
			for i, event := range c.play(&r.native) {
				in := withSale(event, sale)
				got, err := r.answer(in)
				if err == nil {
					err = same(got, r.want(in))
				}
				if err != nil {
					return fmt.Errorf("event %d, %s: %w", i+1, shown(event), err)
				}
				sale = saleAfter(sale, got)
			}
			return nil
		})
	}
	r.native.Configure([]byte(`{}`))
	r.opened = nil
}

// sales has the same told to the host's own sale, which carries the state itself,
// is kept as text in the middle and goes on from that.
func (r *run) sales() {
	for n, c := range conversations() {
		if !r.under(c.settings) {
			continue
		}
		r.point(c.name, func() error {
			id, sale := fmt.Sprintf("%d", n), "{}"
			for i, event := range c.play(&r.native) {
				want := r.want(withSale(event, sale))
				replies, err := r.ask(answering{Do: "sale", Sale: id, Event: event})
				if err != nil {
					return err
				}
				if err := r.inSale(replies[0], want); err != nil {
					return fmt.Errorf("event %d, %s: %w", i+1, shown(event), err)
				}
				sale = saleAfter(sale, want)
				if i%3 == 2 {
					if id, err = r.restart(id, sale); err != nil {
						return fmt.Errorf("kept and taken up again after event %d: %w", i+1, err)
					}
				}
			}
			return nil
		})
	}
	if r.under(nil) {
		r.point("an action that was not offered changes nothing", r.notOfferedKeeps)
	}
	r.opened = nil
}

// inSale compares a sale's card with the module's answer.
func (r *run) inSale(got reply, want string) error {
	c, err := got.card()
	if err != nil {
		return err
	}
	if c.Error != nil {
		return fmt.Errorf("the error %s came beside it: %s", c.Error.Kind, c.Error.Detail)
	}
	var w struct{ Prompt, Decision, Sale json.RawMessage }
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		return err
	}
	return c.is(w.Prompt, w.Decision, w.Sale)
}

// restart keeps a sale as text, compares it, and starts another from that text.
func (r *run) restart(id, want string) (string, error) {
	replies, err := r.ask(map[string]any{"do": "saved", "sale": id})
	if err != nil {
		return "", err
	}
	state, err := replies[0].text()
	if err != nil {
		return "", err
	}
	if err := sameJSON("the state", state, want); err != nil {
		return "", err
	}
	next := id + "'"
	replies, err = r.ask(map[string]any{"do": "saved", "sale": next, "state": state})
	if err == nil && replies[0].line != "true" {
		err = fmt.Errorf("true was to come, and this came: %s", shown([]byte(replies[0].line)))
	}
	return next, err
}

func (r *run) notOfferedKeeps() error {
	event := []byte(strings.Replace(plain, `,"sale":{}`, "", 1))
	replies, err := r.ask(answering{Do: "sale", Sale: "kept", Event: event},
		answering{Do: "sale", Sale: "kept", Event: json.RawMessage(`{"v":1,"at":1795530728000,"action":"finish_sale"}`)},
		map[string]any{"do": "saved", "sale": "kept"})
	if err != nil {
		return err
	}
	want := r.want([]byte(plain))
	second, err := replies[1].card()
	if err != nil {
		return err
	}
	if err := failed(second.Error, "action_not_offered"); err != nil {
		return err
	}
	var w struct{ Prompt, Decision, Sale json.RawMessage }
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		return err
	}
	if err := second.is(w.Prompt, w.Decision, w.Sale); err != nil {
		return fmt.Errorf("the card that stood is not given again: %w", err)
	}
	state, err := replies[2].text()
	if err != nil {
		return err
	}
	return sameJSON("the state", state, string(w.Sale))
}

// withSale puts a sale into an event that has none.
func withSale(event []byte, sale string) []byte {
	return []byte(strings.TrimSuffix(string(event), "}") + `,"sale":` + sale + "}")
}

// saleAfter is the sale in an answer, or the one before where there is none.
func saleAfter(before, answer string) string {
	var a struct {
		Sale json.RawMessage `json:"sale"`
	}
	if json.Unmarshal([]byte(answer), &a) != nil || len(a.Sale) == 0 {
		return before
	}
	return string(a.Sale)
}

// under opens an engine with a conversation's settings, unless it is open.
func (r *run) under(settings []byte) bool {
	if r.opened != nil && string(r.opened) == string(orEmpty(settings)) {
		return true
	}
	r.opened = nil
	if err := r.open(opening{Settings: settings}); err != nil {
		r.fail("opens with "+string(settings), err)
		return false
	}
	r.opened = orEmpty(settings)
	r.native.Configure(r.opened)
	return true
}

func orEmpty(settings []byte) []byte {
	if settings == nil {
		return []byte(`{}`)
	}
	return settings
}
