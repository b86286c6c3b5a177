package replay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"runtime"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// Engine is what replay needs of host.Engine.
type Engine interface {
	DecideJSON(ctx context.Context, in []byte) ([]byte, error)
	AnswerJSON(ctx context.Context, event []byte) ([]byte, error)
	Describe(ctx context.Context) ([]byte, error)
	ModuleSHA256() string
	Close(ctx context.Context) error
}

// Open loads a module from a file, or the built-in one when path is empty, for
// bulk work on every processor. It is the till's engine, with compiled code
// that was held against interpreted code first. Where that test fails, the
// engine is the interpreter, slow and right, and note says why.
func Open(ctx context.Context, path string) (engine Engine, note string, err error) {
	c := host.Config{Instances: runtime.GOMAXPROCS(0), Compiled: true}
	if path != "" {
		if c.Module, err = os.ReadFile(path); err != nil {
			return nil, "", fmt.Errorf("reading a module: %w", err)
		}
		c.SHA256 = wasm.SHA256(c.Module)
	}
	e, err := host.New(ctx, c)
	if err != nil {
		note = fmt.Sprintf("%v; replaying with the interpreter, slowly", err)
		c.Compiled = false
		e, err = host.New(ctx, c)
	}
	if err == nil && e.Fallback() != nil { // what the file holds is the point: the built-in module is no substitute
		err = errors.Join(e.Fallback(), e.Close(ctx))
	}
	if err != nil {
		return nil, "", fmt.Errorf("loading the module %s: %w", path, err)
	}
	return e, note, nil
}

// module is one engine in the hands of one worker, with the worker's buffers.
type module struct {
	engine Engine
	in     []byte
	words  map[string]words
}

// words is what is kept of a prompt: the checksum that records hold of it, and
// the checksum of its text with every number left out, which is the same for
// all days and amounts.
type words struct{ shown, template [8]byte }

// maxWords bounds the prompts remembered by one worker for one module.
const maxWords = 8 << 10

func newModule(e Engine) *module { return &module{engine: e, words: map[string]words{}} }

// decide repeats the decision of a record. The decision is nil when there is
// none, and reason then says why.
func (m *module) decide(ctx context.Context, r *recorded) (decision []byte, reason string) {
	m.in = append(m.in[:0], `{"v":1,"facts":`...)
	m.in = append(m.in, r.facts...)
	m.in = append(append(m.in, `,"sale":`...), r.before...)
	m.in = append(append(m.in, `,"policy":`...), r.policy...)
	m.in = append(m.in, '}')
	out, err := m.engine.DecideJSON(ctx, m.in)
	if err != nil {
		return nil, string(plugin.ModuleFailed)
	}
	if decision = member(out, "decision"); decision == nil {
		return nil, errorKind(out)
	}
	return decision, ""
}

func errorKind(out []byte) string {
	if kind := unquote(member(member(out, "error"), "kind")); len(kind) > 0 {
		return string(kind)
	}
	return string(plugin.ModuleFailed)
}

// prompt renders a decision for a record's locales, without the store's texts.
func (m *module) prompt(ctx context.Context, r *recorded, decision []byte) []byte {
	m.in = append(m.in[:0], `{"v":1,"locale":`...)
	m.in = append(m.in, r.locale...)
	if len(r.customer) > 2 {
		m.in = append(append(m.in, `,"customer_locale":`...), r.customer...)
	}
	if offset := offsetOf(r.facts); len(offset) > 0 {
		m.in = append(append(m.in, `,"utc_offset_min":`...), offset...)
	}
	m.in = append(append(m.in, `,"decision":`...), decision...)
	m.in = append(m.in, '}')
	out, err := m.engine.AnswerJSON(ctx, m.in)
	if err != nil {
		return nil
	}
	return member(out, "prompt")
}

// wordsOf gives the checksums of the prompt for a decision; zero when the
// module cannot render it.
func (m *module) wordsOf(ctx context.Context, r *recorded, decision []byte) words {
	key := make([]byte, 0, 2048)
	key = append(append(key, r.locale...), r.customer...)
	key = append(append(key, offsetOf(r.facts)...), ' ')
	key = append(key, decision...)
	if w, ok := m.words[string(key)]; ok {
		return w
	}
	var w words
	if p := m.prompt(ctx, r, decision); p != nil {
		w = words{checksum(p), checksum(withoutDigits(p))}
	}
	if len(m.words) >= maxWords {
		clear(m.words)
	}
	m.words[string(key)] = w
	return w
}

func offsetOf(facts []byte) []byte {
	const name = `"utc_offset_min":`
	at := bytes.Index(facts, []byte(name))
	if at < 0 {
		return nil
	}
	at += len(name)
	end := valueEnd(facts, at)
	if end < 0 {
		return nil
	}
	return facts[at:end]
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(b []byte) (out [8]byte) {
	copy(out[:], fmt.Sprintf("%08x", crc32.Checksum(b, castagnoli)))
	return out
}

// withoutDigits leaves the digits out of a prompt.
func withoutDigits(prompt []byte) []byte {
	out := make([]byte, 0, len(prompt))
	for _, c := range prompt {
		if c < '0' || c > '9' {
			out = append(out, c)
		}
	}
	return out
}

// describe reads a module's account of itself.
func describe(ctx context.Context, e Engine) (Module, []Rule, error) {
	out, err := e.Describe(ctx)
	if err != nil {
		return Module{}, nil, fmt.Errorf("asking the module for its rules: %w", err)
	}
	var d struct {
		Catalogue string `json:"catalogue"`
		Cards     []struct {
			Card  string `json:"card"`
			Rules []struct {
				Rule string `json:"rule"`
			} `json:"rules"`
		} `json:"cards"`
	}
	if err := json.Unmarshal(out, &d); err != nil {
		return Module{}, nil, fmt.Errorf("reading the module's rules: %w", err)
	}
	var rules []Rule
	for _, c := range d.Cards {
		for _, r := range c.Rules {
			rules = append(rules, Rule{Rule: r.Rule})
		}
	}
	return Module{SHA256: e.ModuleSHA256(), Catalogue: d.Catalogue}, rules, nil
}
