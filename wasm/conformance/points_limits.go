package conformance

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// limits are those of the contract, to the byte, and what a host does to an event so
// that it keeps within them.
func (r *run) limits() {
	raw := func(name string, event string) {
		r.point(name, func() error {
			text, err := marshal("base64:" + base64.StdEncoding.EncodeToString([]byte(event)))
			if err != nil {
				return err
			}
			got, err := r.answer(text)
			if err != nil {
				return err
			}
			return same(got, r.want([]byte(event)))
		})
	}
	pad := func(size int) string { return plain + strings.Repeat(" ", size-len(plain)) }
	raw("as many bytes as there may be", pad(plugin.MaxInput))
	raw("a byte too many", pad(plugin.MaxInput+1))
	raw("a megabyte", pad(1<<20))
	with := func(member string) string { return strings.TrimSuffix(plain, "}") + `,"x":` + member + "}" }
	for _, depth := range []int{plugin.MaxDepth - 1, plugin.MaxDepth} {
		raw(fmt.Sprintf("%d levels", depth+1), with(strings.Repeat("[", depth)+strings.Repeat("]", depth)))
	}
	for _, n := range []int{plugin.MaxValues - 40, plugin.MaxValues - 12, plugin.MaxValues, plugin.MaxValues + 1} {
		raw(fmt.Sprintf("%d values and more", n), with("["+strings.Repeat("0,", n-1)+"0]"))
	}
	raw("every letter that is seldom", with(`"\u0000\u2028\ud83d\ude00\ud800 é 😀"`))

	for _, long := range []struct{ name, unit string }{
		{"a long body", "a"}, {"a body of letters that JSON writes at length", "\x01"}, {"a body of letters of three bytes", "€"},
		{"a body of letters of four bytes", "😀"}, {"a body of quotes", `"`},
	} {
		r.point(long.name, func() error {
			body := strings.Repeat(long.unit, 300_000/len(long.unit))
			event := func(body string, cut bool) ([]byte, error) {
				x := map[string]any{"operation": "authorization", "status": 500, "body": body}
				if cut {
					x["body_cut"] = true
				}
				return marshal(map[string]any{"v": 1, "at": int64(1795530727000), "exchange": x})
			}
			whole, err := event(body, false)
			if err != nil {
				return err
			}
			const short = 9_000 // within every limit, however it is written
			cut, err := event(body[:short-short%len(long.unit)], true)
			if err != nil {
				return err
			}
			got, err := r.answer(whole)
			if err != nil {
				return err
			}
			return same(got, r.want(cut))
		})
	}
	r.point("a sale that is no object", func() error {
		in := []byte(strings.Replace(plain, `"sale":{}`, `"sale":"}{"`, 1))
		got, err := r.answer(in)
		if err != nil {
			return err
		}
		return same(got, r.want(in))
	})
}

// calls are many in a row, and answers that are read late.
func (r *run) calls() {
	events := []string{plain, strings.Replace(plain, "1249.00", "7.25", 1), strings.Replace(plain, "fr-CA", "en-CA", 1),
		`{"v":1,"at":1795530727000,"exchange":{"operation":"verify","status":409,"body":"{\"error\":\"secret_answer_mismatch\"}"},"sale":{}}`}
	wants := make([]string, len(events))
	for i, e := range events {
		wants[i] = r.want([]byte(e))
	}
	r.point("many in a row", func() error {
		for done := 0; done < r.kit.Calls; {
			var lines []any
			for i := range min(500, r.kit.Calls-done) {
				lines = append(lines, answering{Do: "answer", Event: []byte(events[(done+i)%len(events)])})
			}
			replies, err := r.ask(lines...)
			if err != nil {
				return fmt.Errorf("after %d calls: %w", done+len(replies), err)
			}
			for i, reply := range replies {
				got, err := reply.text()
				if err == nil {
					err = same(got, wants[(done+i)%len(events)])
				}
				if err != nil {
					return fmt.Errorf("call %d: %w", done+i+1, err)
				}
			}
			done += len(lines)
		}
		return nil
	})
	r.point("answers outlast the next call", func() error {
		var all []any
		for _, e := range events {
			all = append(all, rawJSON(e))
		}
		replies, err := r.ask(map[string]any{"do": "batch", "lane": 0, "events": all})
		if err != nil {
			return err
		}
		var got []string
		if err := replies[0].into(&got); err != nil {
			return err
		}
		if len(got) != len(events) {
			return fmt.Errorf("%d answers were to come, and %d came", len(events), len(got))
		}
		for i := range got {
			if err := same(got[i], wants[i]); err != nil {
				return fmt.Errorf("answer %d, read after the others were asked: %w", i+1, err)
			}
		}
		return nil
	})
}
