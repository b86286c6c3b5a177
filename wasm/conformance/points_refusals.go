package conformance

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// settings are taken by every instance, or refused with the module's own words.
func (r *run) settings() {
	all, err := wasm.Vectors()
	if err != nil {
		r.fail("vectors are read", err)
		return
	}
	defer r.native.Configure([]byte(`{}`))
	for _, good := range []struct{ name, text string }{
		{"none", `{}`},
		{"methods and contacts", `{"policy":{"methods":["email","piw"],"limits":{"answers":1,"codes":1}},"texts":{"store":"Magasin Exemple","contacts":{"supervisor":{"en-CA":"Ask Desk 1","fr-CA":"Voir Caisse 1"},"flexiti":{"en-CA":"The card on the wall","fr-CA":"La carte au mur"}}}}`},
		{"who settles", `{"policy":{"settled_by":"cashier","split_payment":true,"override":true,"bypass":true,"wait_s":30}}`},
		{"what counts as taken", `{"policy":{"auto_capture":false,"status_held":["reserved"],"status_taken":["paid"],"empty_ok":["capture","release"]}}`},
	} {
		r.point(good.name, func() error {
			r.native.Configure([]byte(good.text))
			if err := r.open(opening{Settings: json.RawMessage(good.text), Instances: 4}); err != nil {
				return err
			}
			var lines []any
			for i, v := range all[:120] {
				lines = append(lines, answering{Do: "answer", Lane: i % 4, Event: v.Event})
			}
			replies, err := r.ask(lines...)
			if err != nil {
				return err
			}
			for i, got := range replies {
				text, err := got.text()
				if err == nil {
					err = same(text, r.want(all[i].Input))
				}
				if err != nil {
					return fmt.Errorf("vector %q: %w", all[i].Name, err)
				}
			}
			return nil
		})
	}
	for _, bad := range []struct{ name, text string }{
		{"a method that is none", `{"policy":{"methods":["smoke"]}}`}, {"a member that is none", `{"policy":{"metods":["sms"]},"text":{}}`},
		{"no object", `[1]`}, {"a number out of range", `{"policy":{"wait_s":0,"limits":{"answers":-1}}}`},
	} {
		r.point("refused: "+bad.name, func() error { return r.refusedSettings(bad.text) })
	}
}

func (r *run) refusedSettings(text string) error {
	var want struct{ Error *plugin.Error }
	if err := json.Unmarshal(r.native.Configure([]byte(text)), &want); err != nil {
		return err
	}
	var got *plugin.Error
	if err := r.open(opening{Settings: json.RawMessage(text)}); err == nil {
		return errors.New("the settings were taken")
	} else if !errors.As(err, &got) {
		return err
	}
	if *got != *want.Error {
		return fmt.Errorf("%s, %q was to come, and %s, %q came", want.Error.Kind, want.Error.Detail, got.Kind, got.Detail)
	}
	return r.safeCard([]byte(plain), "", nil, got.Kind)
}

// errors are the module's refusals: its bytes, and a card beside them.
func (r *run) errors() {
	for _, bad := range []struct {
		name, event string
		op          plugin.Operation // that the event is about
		at          int64
	}{
		{"no version", `{"at":1,"exchange":{"operation":"lookup","status":200}}`, "", 1},
		{"another version", `{"v":2,"at":1,"exchange":{"operation":"capture","status":200}}`, "capture", 1},
		{"no subject", `{"v":1,"at":5}`, "unknown", 5},
		{"an operation that is none", `{"v":1,"at":7,"exchange":{"operation":"authorisation","status":200}}`, "unknown", 7},
		{"an amount that is none", `{"v":1,"at":7,"exchange":{"operation":"refund","status":200,"request":{"amount":"12,50"}}}`, "refund", 7},
		{"a time that is none", `{"v":1,"at":"noon","exchange":{"operation":"authorization","status":200}}`, "authorization", 0},
		{"a call told by its path", `{"v":1,"at":9,"exchange":{"method":"POST","url":"https://flexiti.example.test/pos/authorization/17/capture?x=1","status":"200"}}`, "capture", 9},
		{"a read told by its path", `{"v":1,"at":9,"exchange":{"method":"GET","url":"/authorization/17/","status":"200"}}`, "authorization_get", 9},
		{"a read by another method", `{"v":1,"at":9,"exchange":{"method":"POST","url":"/authorizations","status":"200"}}`, "authorization", 9},
		{"an action that nobody offered", `{"v":1,"at":9,"action":"finish_sale","sale":{}}`, "unknown_read", 9},
		{"facts that are none", `{"v":1,"at":9,"facts":{"operation":"release","status":"x"}}`, "release", 9},
	} {
		r.point(bad.name, func() error {
			want := r.want([]byte(bad.event))
			var refused struct{ Error *plugin.Error }
			if err := json.Unmarshal([]byte(want), &refused); err != nil || refused.Error == nil {
				return fmt.Errorf("the kit's own event is taken: %s", shown([]byte(want)))
			}
			asText, err := marshal(bad.event)
			if err != nil {
				return err
			}
			got, err := r.answer(asText)
			if err != nil {
				return err
			}
			if err := same(got, want); err != nil {
				return err
			}
			if bad.op == "" {
				return nil // a host may fill in the version
			}
			if err := r.safeCard([]byte(bad.event), bad.op, &bad.at, refused.Error.Kind); err != nil {
				return fmt.Errorf("its card: %w", err)
			}
			return nil
		})
	}
	for _, bad := range []struct{ name, event string }{
		{"no JSON", `"{\"v\":1,"`}, {"nothing", `""`}, {"no object", `"[1]"`}, {"a byte-order mark", `"base64:77u/eyJ2IjoxfQ=="`}, {"no UTF-8", `"base64:eyJ2IjoxLCJsb2NhbGUiOiL/In0="`},
	} {
		r.point(bad.name, func() error {
			text, err := textOf(bad.event)
			if err != nil {
				return err
			}
			got, err := r.answer([]byte(bad.event))
			if err != nil {
				return err
			}
			return same(got, r.want(text))
		})
	}
	r.point("no event at all has a card", func() error {
		zero := int64(0)
		return r.safeCard([]byte(`"no event at all"`), plugin.OpUnknown, &zero, "")
	})
	r.point("decide", r.decides)
	r.point("describe", func() error {
		replies, err := r.ask(map[string]string{"do": "describe"})
		if err != nil {
			return err
		}
		got, err := replies[0].text()
		if err != nil {
			return err
		}
		return same(got, string(r.native.Describe()))
	})
	r.point("a line that is none", func() error {
		replies, err := r.child.ask([]byte("rubbish"), []byte(`{"do":"dance"}`), []byte(`{"do":"describe"}`))
		if err != nil {
			return err
		}
		for _, bad := range replies[:2] {
			var got struct{ Error *plugin.Error }
			if err := bad.into(&got); err != nil {
				return err
			}
			if got.Error == nil || got.Error.Kind != "bad_line" {
				return fmt.Errorf("an error of kind bad_line was to come, and this came: %s", shown([]byte(bad.line)))
			}
		}
		_, err = replies[2].text()
		return err
	})
}

// textOf is what a string stands for in the place of an event.
func textOf(event string) ([]byte, error) {
	var text string
	if err := json.Unmarshal([]byte(event), &text); err != nil {
		return nil, err
	}
	if encoded, ok := strings.CutPrefix(text, "base64:"); ok {
		return base64.StdEncoding.DecodeString(encoded)
	}
	return []byte(text), nil
}

func (r *run) decides() error {
	for _, in := range []string{
		`{"v":1,"facts":{"at":1795530727000,"operation":"verify","status":409,"code":"secret_answer_mismatch"},"sale":{},"policy":{"methods":["sms"]}}`,
		`{"v":1,"facts":{"at":1795530727000,"operation":"capture","failure":"timeout"},"sale":{},"policy":{}}`,
		`{"v":1,"facts":{"operation":"dance"},"sale":{},"policy":{}}`, `{"v":1,"sale":{}}`,
	} {
		want := string(r.native.Decide([]byte(in)))
		replies, err := r.ask(map[string]any{"do": "decide", "input": json.RawMessage(in)})
		if err != nil {
			return err
		}
		got, err := replies[0].text()
		if err == nil {
			err = same(got, want)
		}
		if err != nil {
			return fmt.Errorf("of %s: %w", in, err)
		}
	}
	return nil
}
