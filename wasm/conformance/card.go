package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/tillwise/tillwise/plugin"
)

// card is what a POS has to show, and what was wrong.
type card struct {
	Answer struct {
		Prompt   json.RawMessage `json:"prompt"`
		Decision json.RawMessage `json:"decision"`
		Sale     json.RawMessage `json:"sale"`
	} `json:"answer"`
	Error *plugin.Error `json:"error"`
}

func (r reply) card() (c card, err error) {
	if err = r.into(&c); err == nil && len(c.Answer.Decision) == 0 {
		err = fmt.Errorf("there is no card in %s", shown([]byte(r.line)))
	}
	return c, err
}

// is compares a card with an answer of the plugin's.
func (c card) is(prompt, decision, sale any) error {
	for _, part := range []struct {
		name      string
		got       json.RawMessage
		want      any
		unchecked bool
	}{{"prompt", c.Answer.Prompt, prompt, false}, {"decision", c.Answer.Decision, decision, false}, {"sale", c.Answer.Sale, sale, sale == nil}} {
		if part.unchecked {
			continue
		}
		want, err := marshal(part.want)
		if err != nil {
			return err
		}
		if err := sameJSON(part.name, string(part.got), string(want)); err != nil {
			return err
		}
	}
	return nil
}

// failed demands an error of a kind.
func failed(got *plugin.Error, want plugin.ErrorKind) error {
	switch {
	case got == nil:
		return fmt.Errorf("an error of kind %s was to come, and none came", want)
	case got.Kind != want:
		return fmt.Errorf("an error of kind %s was to come, and %s came: %s", want, got.Kind, got.Detail)
	case got.Detail == "":
		return fmt.Errorf("the error of kind %s has no detail", want)
	}
	return nil
}

// same demands the same bytes.
func same(got, want string) error {
	if got == want {
		return nil
	}
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	from := max(0, at-40)
	return fmt.Errorf("at byte %d there was to be %s, and there is %s", at, shown([]byte(want[from:])), shown([]byte(got[from:])))
}

// sameJSON demands the same value, however it is written.
func sameJSON(path, got, want string) error {
	var g, w any
	if err := decode(got, &g); err != nil {
		return fmt.Errorf("%s is no JSON: %s", path, shown([]byte(got)))
	}
	if err := decode(want, &w); err != nil {
		return err
	}
	return sameValue(path, g, w)
}

func sameValue(path string, got, want any) error {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			break
		}
		for _, name := range slices.Sorted(maps.Keys(w)) {
			if _, ok := g[name]; !ok {
				return fmt.Errorf("%s.%s is missing", path, name)
			}
			if err := sameValue(path+"."+name, g[name], w[name]); err != nil {
				return err
			}
		}
		for _, name := range slices.Sorted(maps.Keys(g)) {
			if _, ok := w[name]; !ok {
				return fmt.Errorf("%s.%s was not to be there", path, name)
			}
		}
		return nil
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			break
		}
		for i := range w {
			if err := sameValue(fmt.Sprintf("%s[%d]", path, i), g[i], w[i]); err != nil {
				return err
			}
		}
		return nil
	default:
		if got == want {
			return nil
		}
	}
	wantText, _ := marshal(want)
	gotText, _ := marshal(got)
	return fmt.Errorf("%s was to be %s, and is %s", path, shown(wantText), shown(gotText))
}

func decode(text string, v any) error {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	return d.Decode(v)
}

// marshal is json.Marshal without the escapes for HTML.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	err := out.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}
