// Package lines answers the conformance kit's lines with the Go host.
package lines

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// line is what the kit asks.
type line struct {
	Do         string            `json:"do"`
	Lane       int               `json:"lane"`
	Event      json.RawMessage   `json:"event"`
	Events     []json.RawMessage `json:"events"`
	Input      json.RawMessage   `json:"input"`
	Sale       string            `json:"sale"`
	State      *string           `json:"state"`
	Settings   json.RawMessage   `json:"settings"`
	Module     string            `json:"module"`
	SHA256     string            `json:"sha256"`
	Instances  int               `json:"instances"`
	DeadlineMS int               `json:"deadline_ms"`
}

// adapter is the host under test. What opens and closes runs alone; the rest runs
// beside what other lanes ask.
type adapter struct {
	compiled bool
	engine   *host.Engine // nil: it did not open
	failed   error        // why it does not answer
	asking   sync.WaitGroup
	mu       sync.Mutex
	sales    map[string]*sale
	kept     map[string]*host.Engine // compiled ones by what they were opened with: compiling takes seconds
}

// sale is what a POS in Go keeps of one: its state, and the card that stands.
type sale struct {
	state json.RawMessage
	card  card
}

type card struct {
	Answer host.Answer   `json:"answer"`
	Error  *plugin.Error `json:"error"`
}

// Serve answers lines until there are no more.
func Serve(ctx context.Context, compiled bool, in io.Reader, out io.Writer) error {
	a := &adapter{compiled: compiled, failed: errClosed, kept: map[string]*host.Engine{}}
	defer func() {
		a.close(ctx)
		for _, e := range a.kept {
			_ = e.Close(ctx) // the process ends
		}
	}()
	order := make(chan chan any, 1024) // replies, in the order of the lines
	written := make(chan error, 1)
	go func() { written <- write(out, order) }()
	lanes := map[int]chan func(){}
	defer func() {
		for _, lane := range lanes {
			close(lane)
		}
	}()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		var l line
		reply := make(chan any, 1)
		order <- reply
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			reply <- badLine("it is no JSON")
			continue
		}
		switch l.Do {
		case "answer", "batch", "card", "sale":
			lane := lanes[l.Lane]
			if lane == nil {
				lane = make(chan func(), 1024)
				lanes[l.Lane] = lane
				go func() {
					for f := range lane {
						f()
					}
				}()
			}
			a.asking.Add(1)
			lane <- func() { defer a.asking.Done(); reply <- a.answer(ctx, l) }
		default:
			a.asking.Wait()
			reply <- a.manage(ctx, l)
		}
	}
	a.asking.Wait()
	close(order)
	return errors.Join(lines.Err(), <-written)
}

func write(out io.Writer, order <-chan chan any) error {
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for reply := range order {
		if err := enc.Encode(<-reply); err != nil {
			return err
		}
		if len(order) == 0 {
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// manage opens, closes, and asks what no lane asks.
func (a *adapter) manage(ctx context.Context, l line) any {
	switch l.Do {
	case "open":
		if err := a.open(ctx, l); err != nil {
			return map[string]any{"error": asError(err)}
		}
		engine := "wazero interpreter"
		if a.compiled {
			engine = "wazero compiler"
		}
		return map[string]any{"host": "tillwise for Go", "engine": engine + wazeroVersion(), "deadline": true, "memory": true, "modules": true, "parallel": true}
	case "close":
		a.close(ctx)
		return true
	case "saved":
		return a.saved(l)
	case "decide":
		return bytesOf(a.raw(func() ([]byte, error) { return a.engine.DecideJSON(ctx, l.Input) }))
	case "describe":
		return bytesOf(a.raw(func() ([]byte, error) { return a.engine.Describe(ctx) }))
	}
	return badLine(fmt.Sprintf("there is nothing called %q to do", l.Do))
}

func (a *adapter) open(ctx context.Context, l line) error {
	if !a.compiled || a.engine == nil {
		a.close(ctx)
	}
	a.engine, a.sales = nil, map[string]*sale{}
	config := host.Config{Settings: l.Settings, SHA256: l.SHA256, Instances: l.Instances, Deadline: time.Duration(l.DeadlineMS) * time.Millisecond}
	if l.Module != "" {
		var err error
		if config.Module, err = os.ReadFile(l.Module); err != nil {
			a.failed = &plugin.Error{Kind: plugin.WrongModule, Detail: "it cannot be read: " + err.Error()}
			return a.failed
		}
		if config.SHA256 == "" {
			config.SHA256 = wasm.SHA256(config.Module)
		}
	}
	key := fmt.Sprint(string(l.Settings), l.Instances, l.DeadlineMS)
	if a.engine = a.kept[key]; a.engine != nil && l.Module == "" {
		return nil
	}
	engine, err := host.New(ctx, config)
	if err == nil {
		err = engine.Fallback()
	}
	if a.engine, a.failed = nil, err; err != nil {
		return err
	}
	if a.engine = engine; !a.compiled || l.Module != "" {
		return nil // a module that does not answer the vectors is not compiled by tillwise serve either
	}
	if err := engine.Compile(ctx); err != nil {
		return fmt.Errorf("compiling: %w", err)
	}
	a.kept[key] = engine
	return nil
}

var errClosed = &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the engine is closed: open it again"}

func (a *adapter) close(ctx context.Context) {
	if a.engine != nil {
		_ = a.engine.Close(ctx) // what is thrown away leaves nothing to save
		maps.DeleteFunc(a.kept, func(_ string, e *host.Engine) bool { return e == a.engine })
	}
	a.engine, a.failed, a.sales = nil, errClosed, map[string]*sale{}
}

func (a *adapter) answer(ctx context.Context, l line) any {
	switch l.Do {
	case "answer":
		return bytesOf(a.bytes(ctx, l.Event))
	case "batch":
		all := make([]any, len(l.Events))
		raw := make([][]byte, len(l.Events))
		for i, event := range l.Events {
			var err error
			if raw[i], err = a.raw(func() ([]byte, error) { return a.engine.AnswerJSON(ctx, event) }); err != nil {
				return bytesOf(nil, err)
			}
		}
		for i := range raw {
			all[i] = string(raw[i])
		}
		return all
	case "sale":
		return a.inSale(ctx, l)
	}
	return a.card(ctx, l.Event, nil)
}

// bytes gives the module's bytes for an event: of a typed one, or of a text as it is.
func (a *adapter) bytes(ctx context.Context, event json.RawMessage) ([]byte, error) {
	var text string
	if json.Unmarshal(event, &text) != nil {
		raw, err := a.raw(func() ([]byte, error) { raw, _, err := a.engine.Take(ctx, typed(event)); return raw, err })
		if raw != nil {
			return raw, nil // {"error":…} is an answer too
		}
		return nil, err
	}
	if encoded, ok := strings.CutPrefix(text, "base64:"); ok {
		decoded, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return nil, err
		}
		text = string(decoded)
	}
	return a.raw(func() ([]byte, error) { return a.engine.AnswerJSON(ctx, []byte(text)) })
}

// typed is an event as a program in Go hands it over; what has not the shape of one
// goes as it is.
func typed(event json.RawMessage) json.RawMessage {
	var ev host.Event
	if json.Unmarshal(event, &ev) != nil {
		return event
	}
	in, err := ev.JSON()
	if err != nil {
		return event
	}
	return in
}

func (a *adapter) raw(ask func() ([]byte, error)) ([]byte, error) {
	if a.engine == nil {
		return nil, a.failed
	}
	return ask()
}

// card is what a POS in Go shows for an event. A text is none.
func (a *adapter) card(ctx context.Context, event, state json.RawMessage) card {
	var ev host.Event
	err := json.Unmarshal(event, &ev)
	if state != nil {
		ev.Sale = state
	}
	engine := a.engine
	if engine == nil {
		engine = new(host.Engine) // has the safe card, without the store's texts
	}
	if a.engine == nil {
		return card{engine.Safe(ev), asError(a.failed)}
	}
	if err != nil {
		_, err := a.engine.AnswerJSON(ctx, event)
		return card{engine.Safe(loosely(event)), refusal(ctx, a.engine, event, err)}
	}
	answer, err := engine.Answer(ctx, ev)
	return card{answer, asError(err)}
}

// loosely reads what can be read of an event that has a member of a wrong kind.
func loosely(event json.RawMessage) (ev host.Event) {
	var members map[string]json.RawMessage
	if json.Unmarshal(event, &members) != nil {
		return ev
	}
	for _, m := range []struct {
		name string
		into any
	}{{"at", &ev.At}, {"locale", &ev.Locale}, {"customer_locale", &ev.CustomerLocale}, {"action", &ev.Action}, {"sale", &ev.Sale}} {
		_ = json.Unmarshal(members[m.name], m.into)
	}
	for name, into := range map[string]func(op plugin.Operation, method, url string){
		"exchange": func(op plugin.Operation, method, url string) {
			ev.Exchange = &plugin.Exchange{Operation: op, Method: method, URL: url}
		},
		"facts": func(op plugin.Operation, _, _ string) { ev.Facts = &plugin.Facts{Operation: op} },
	} {
		var call struct {
			Operation plugin.Operation
			Method    string
			URL       string
		}
		if json.Unmarshal(members[name], &call) == nil && members[name] != nil {
			into(call.Operation, call.Method, call.URL)
		}
	}
	return ev
}

func refusal(ctx context.Context, e *host.Engine, event []byte, err error) *plugin.Error {
	if err == nil {
		_, _, err = e.Take(ctx, event)
	}
	if err == nil {
		err = &plugin.Error{Kind: plugin.BadEvent, Detail: "the event cannot be read"}
	}
	return asError(err)
}

func (a *adapter) inSale(ctx context.Context, l line) any {
	a.mu.Lock()
	s := a.sales[l.Sale]
	if s == nil {
		s = &sale{state: json.RawMessage(`{}`)}
		a.sales[l.Sale] = s
	}
	a.mu.Unlock()
	c := a.card(ctx, l.Event, s.state)
	if c.Error != nil && c.Error.Kind == plugin.ActionNotOffered && s.card.Answer.Sale != nil {
		return card{s.card.Answer, c.Error} // the card that stands is shown again
	}
	s.state, s.card = c.Answer.Sale, c
	return c
}

func (a *adapter) saved(l line) any {
	a.mu.Lock()
	defer a.mu.Unlock()
	if l.State != nil {
		a.sales[l.Sale] = &sale{state: json.RawMessage(*l.State)}
		return true
	}
	if s := a.sales[l.Sale]; s != nil {
		return string(s.state)
	}
	return "{}"
}

func bytesOf(raw []byte, err error) any {
	if err != nil {
		return map[string]any{"error": asError(err)}
	}
	return string(raw)
}

func asError(err error) *plugin.Error {
	if err == nil {
		return nil
	}
	var perr *plugin.Error
	if errors.As(err, &perr) {
		return perr
	}
	return &plugin.Error{Kind: plugin.ModuleFailed, Detail: err.Error()}
}

func badLine(detail string) any {
	return map[string]any{"error": plugin.Error{Kind: "bad_line", Detail: detail}}
}

func wazeroVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/tetratelabs/wazero" {
			return " " + strings.TrimPrefix(dep.Version, "v")
		}
	}
	return ""
}
