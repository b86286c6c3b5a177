package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
	"github.com/tillwise/tillwise/wasm/conformance/handmade"
)

type rawJSON = json.RawMessage

func (r *run) module(name string) string { return filepath.Join(r.modules, name+".wasm") }

// lanes are sales at once, in one program.
func (r *run) lanes() {
	all, err := wasm.Vectors()
	if err != nil {
		r.fail("vectors are read", err)
		return
	}
	r.point("answers of lanes are not mixed up", func() error {
		if err := r.open(opening{Instances: 3}); err != nil {
			return err
		}
		var lines []any
		for i := range 600 {
			lines = append(lines, answering{Do: "answer", Lane: i % 7, Event: all[i*5%len(all)].Event})
		}
		replies, err := r.ask(lines...)
		if err != nil {
			return err
		}
		for i, reply := range replies {
			got, err := reply.text()
			if err == nil {
				err = same(got, string(all[i*5%len(all)].Answer))
			}
			if err != nil {
				return fmt.Errorf("line %d: %w", i+1, err)
			}
		}
		return nil
	})
	const one = "one call at a time for an instance"
	if r.offered(one, r.report.Modules, cannotOpen) {
		r.point(one, func() error {
			if err := r.open(opening{Module: r.module("busy"), Instances: 4, DeadlineMS: 20_000}); err != nil {
				return err
			}
			var lines []any
			for i := range 16 {
				lines = append(lines, answering{Do: "answer", Lane: i % 4, Event: rawJSON(plain)})
			}
			replies, err := r.ask(lines...)
			if err != nil {
				return err
			}
			want := r.want([]byte(plain))
			for i, reply := range replies {
				got, err := reply.text()
				if err == nil {
					err = same(got, want)
				}
				if err != nil {
					return fmt.Errorf("line %d of 16 on four lanes: an instance was called while it worked: %w", i+1, err)
				}
			}
			return nil
		})
	}
}

const (
	cannotOpen  = "the host opens no module but its own"
	cannotBreak = "its engine cannot interrupt a call"
	cannotHold  = "its engine cannot limit an instance's memory"
)

// hostile are modules that fail, lie, or must not be run at all.
func (r *run) hostile() {
	for _, f := range handmade.Failing() {
		if !r.offered(f.Name, r.report.Modules, cannotOpen) || f.Kind == plugin.DeadlinePassed && !r.offered(f.Name, r.report.Deadline, cannotBreak) ||
			f.Name == "grows" && !r.offered(f.Name, r.report.Memory, cannotHold) {
			continue
		}
		r.point(f.Name, func() error { return r.fails(f) })
	}
	for _, f := range handmade.Wrong() {
		if !r.offered(f.Name, r.report.Modules, cannotOpen) || f.Name == "loops-at-start" && !r.offered(f.Name, r.report.Deadline, cannotBreak) {
			continue
		}
		settings := json.RawMessage(nil)
		if f.Name == "traps-on-settings" {
			settings = json.RawMessage(`{}`)
		}
		r.point(f.Name, func() error {
			return r.wrong(opening{Module: r.module(f.Name), Settings: settings, DeadlineMS: 300})
		})
	}
	if r.offered("another hash", r.report.Modules, cannotOpen) {
		r.point("another hash", func() error {
			return r.wrong(opening{Module: r.module("tillwise"), SHA256: wasm.SHA256([]byte("another"))})
		})
		r.point("and its own again afterwards", func() error {
			if err := r.open(opening{}); err != nil {
				return err
			}
			return r.right()
		})
		r.point("a file that is not there", func() error { return r.wrong(opening{Module: r.module("nowhere")}) })
		r.point("the module itself, from a file", func() error {
			if err := r.open(opening{Module: r.module("tillwise"), SHA256: wasm.SHA256(wasm.Module)}); err != nil {
				return err
			}
			return r.right()
		})
	}
}

// fails demands that an event without an answer has a card and an error, each time.
func (r *run) fails(f handmade.Fault) error {
	deadline := 20_000
	if f.Kind == plugin.DeadlinePassed {
		deadline = 200
	}
	if err := r.open(opening{Module: r.module(f.Name), Instances: 1, DeadlineMS: deadline}); err != nil {
		return err
	}
	for n := range 3 {
		if err := r.safeCard([]byte(plain), "", nil, f.Kind); err != nil {
			return fmt.Errorf("time %d: %w", n+1, err)
		}
	}
	replies, err := r.ask(answering{Do: "answer", Event: rawJSON(plain)})
	if err != nil {
		return err
	}
	var got struct{ Error *plugin.Error }
	if err := replies[0].into(&got); err != nil {
		return err
	}
	return failed(got.Error, f.Kind)
}

// wrong demands that a module is not run, and that there is a card all the same.
func (r *run) wrong(o opening) error {
	err := r.open(o)
	if err == nil {
		return errors.New("the module was taken")
	}
	var got *plugin.Error
	if !errors.As(err, &got) {
		return err
	}
	if err := failed(got, plugin.WrongModule); err != nil {
		return err
	}
	return r.safeCard([]byte(plain), "", nil, plugin.WrongModule)
}

// right demands the module's answer.
func (r *run) right() error {
	got, err := r.answer([]byte(plain))
	if err != nil {
		return err
	}
	return same(got, r.want([]byte(plain)))
}

// safeCard demands the Go host's safe card for an event of a fresh sale, with an error of a
// kind ("": any) beside it. Operation and time are told where they differ from plain's.
func (r *run) safeCard(event []byte, op plugin.Operation, at *int64, kind plugin.ErrorKind) error {
	c, err := r.card(event)
	if err != nil {
		return err
	}
	if c.Error == nil || kind != "" && c.Error.Kind != kind {
		return fmt.Errorf("an error of kind %s was to come beside the card, and this came: %v", kind, c.Error)
	}
	if op == "" {
		op = plugin.OpAuthorization
	}
	when := int64(1795530727000)
	if at != nil {
		when = *at
	}
	var spoken struct {
		Locale         string `json:"locale"`
		CustomerLocale string `json:"customer_locale"`
	}
	_ = json.Unmarshal(event, &spoken) // what is no event speaks English
	l := localeOf(spoken.Locale, spoken.CustomerLocale)
	want := plugin.SafeAnswer(op, when, nil, plugin.Texts{}, l)
	return c.is(want.Prompt, want.Decision, nil)
}

func localeOf(cashier, customer string) plugin.Locale {
	if customer == "" {
		customer = cashier
	}
	return plugin.Locale{Cashier: plugin.LangOf(cashier), Customer: plugin.LangOf(customer)}
}

// closing is the end of an engine, and a new beginning.
func (r *run) closing() {
	r.point("a closed engine has a card", func() error {
		replies, err := r.ask(map[string]string{"do": "close"})
		if err != nil {
			return err
		}
		if replies[0].line != "true" {
			return fmt.Errorf("true was to come, and this came: %s", shown([]byte(replies[0].line)))
		}
		return r.safeCard([]byte(plain), "", nil, plugin.ModuleFailed)
	})
	r.point("closing twice is closing once", func() error {
		_, err := r.ask(map[string]string{"do": "close"}, map[string]string{"do": "close"})
		return err
	})
	r.point("opens again", func() error {
		if err := r.open(opening{}); err != nil {
			return err
		}
		return r.right()
	})
	r.point("ends with its input", r.child.close)
}
