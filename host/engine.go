// Package host runs the module: it is the way to embed tillwise in a Go program.
//
//	engine, err := host.New(ctx, host.Config{})
//	answer, err := engine.Answer(ctx, event)
//
// It trusts the module with nothing. The module has no imports, so that it can
// reach nothing; its hash, exports and ABI are checked before it runs; its
// memory and its time are limited; and an instance that has failed once is
// never asked again.
//
// And there is always a card. A cashier who waits in front of a customer is
// served better by a careful card than by an error, so Answer gives one in any
// case: where the module cannot answer it is the safe card, built natively,
// which assumes that money may have moved where the operation could have moved
// it. The error stands beside it, for the log and for support.
package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// Engine answers events by one module. It is safe for concurrent use.
type Engine struct {
	config  Config
	texts   plugin.Texts
	closing sync.Once

	mu       sync.Mutex
	pool     *pool
	module   []byte // the one that runs
	fallback error
	failures int     // calls in a row that Config.Module has not answered
	retired  []*pool // of a module that was given up
}

// maxFailures is how many calls in a row a module that is not the embedded one
// may leave without an answer before the engine goes back to that one.
const maxFailures = 5

// New loads and checks a module, and starts its first instance. Where
// Config.Module fails its checks the engine runs the embedded module instead,
// and Fallback says why. The error is of settings that the module refuses
// (*plugin.Error, kind bad_policy or bad_json), of a compiler that fails the
// self-test, or of a build whose own module does not run.
func New(ctx context.Context, c Config) (*Engine, error) {
	c = c.withDefaults()
	e := &Engine{config: c}
	if c.Settings != nil {
		var s struct {
			Texts plugin.Texts `json:"texts"`
		}
		// What is wrong with the settings the module says better than this.
		_ = json.Unmarshal(c.Settings, &s)
		e.texts = s.Texts
	}
	if err := e.start(ctx); err != nil {
		return nil, err
	}
	if c.Compiled {
		if err := e.SelfTest(ctx); err != nil {
			e.Close(context.WithoutCancel(ctx))
			return nil, err
		}
	}
	return e, nil
}

// start runs Config.Module, or else the embedded module.
func (e *Engine) start(ctx context.Context) (err error) {
	if e.module = e.config.Module; e.module != nil {
		if e.pool, err = start(ctx, e.module, e.config.SHA256, e.config); err == nil {
			return nil
		}
		if refused(err) || ctx.Err() != nil {
			return fmt.Errorf("starting the module: %w", err)
		}
		e.fallback = asWrongModule(err)
	}
	e.module = wasm.Module
	if e.pool, err = start(ctx, e.module, wasm.SHA256(e.module), e.config); err != nil {
		return fmt.Errorf("starting the embedded module: %w", err)
	}
	return nil
}

func start(ctx context.Context, module []byte, sha string, c Config) (*pool, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*c.Deadline)
	defer cancel()
	l, err := open(ctx, module, sha, c)
	if err != nil {
		return nil, err
	}
	first, err := l.start(ctx)
	if err != nil {
		l.runtime.Close(context.WithoutCancel(ctx))
		return nil, err
	}
	return newPool(l, first), nil
}

// refused tells whether the module runs, and does not take the settings.
func refused(err error) bool {
	var perr *plugin.Error
	if !errors.As(err, &perr) {
		return false
	}
	switch perr.Kind {
	case plugin.WrongModule, plugin.ModuleFailed, plugin.DeadlinePassed:
		return false
	}
	return true
}

func asWrongModule(err error) error {
	var perr *plugin.Error
	if errors.As(err, &perr) && perr.Kind == plugin.WrongModule {
		return err
	}
	return wrongModule("it does not start: %v", err)
}

// Fallback says why Config.Module is not the one that runs: it failed its checks
// (*plugin.Error, kind wrong_module), or it gave no answer to five calls in a row
// (the error of the last). It is nil when the engine runs what it was asked to run.
func (e *Engine) Fallback() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.fallback
}

// ModuleSHA256 gives the hash of the module that runs, in hexadecimal.
func (e *Engine) ModuleSHA256() string { return e.running().load.sha256 }

// Instances says how many calls can run at once.
func (e *Engine) Instances() int { return e.config.Instances }

func (e *Engine) running() *pool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.pool
}

// judge counts what Config.Module leaves without an answer. A module that passes
// its checks and answers nonsense would leave the till with the safe card for ever.
func (e *Engine) judge(ctx context.Context, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.config.Module == nil || e.fallback != nil || ctx.Err() != nil {
		return
	}
	if err == nil {
		e.failures = 0
		return
	}
	if e.failures++; e.failures < maxFailures {
		return
	}
	own, failed := start(ctx, wasm.Module, wasm.SHA256(wasm.Module), e.config)
	if failed != nil {
		return // the next call tries again
	}
	e.retired = append(e.retired, e.pool)
	e.pool, e.module, e.fallback = own, wasm.Module, err
}

// Answer gives the module's answer to an event. It always has a card: beside
// an error, which is a *plugin.Error for errors.As, it is the safe one.
func (e *Engine) Answer(ctx context.Context, ev Event) (Answer, error) {
	in, err := ev.JSON()
	if err != nil {
		return e.Safe(ev), &plugin.Error{Kind: plugin.BadEvent, Detail: "the event cannot be written as JSON"}
	}
	_, a, err := e.Take(ctx, in)
	if err != nil {
		return e.Safe(ev), err
	}
	return a, nil
}

// Take gives the module's answer to an event that is JSON: as the module wrote it,
// and as it can be read. The error is a *plugin.Error. Of an event that the
// module refuses raw is {"error":…}; of an error of the host's own kinds it is nil.
func (e *Engine) Take(ctx context.Context, event []byte) (raw []byte, a Answer, err error) {
	if len(event) > plugin.MaxInput {
		raw = new(plugin.Module).Answer(event)
		return raw, a, errorIn(raw)
	}
	var bad error
	raw, err = e.call(ctx, func(ctx context.Context, i *instance) ([]byte, error) {
		out, err := i.call(ctx, "tillwise_answer", event)
		if err != nil {
			return nil, err
		}
		switch bad = errorIn(out); {
		case refused(bad):
			return out, nil // the event's fault: the instance is as good as before
		case bad != nil:
			return nil, bad
		}
		return out, a.decode(out)
	})
	if e.judge(ctx, err); err != nil {
		return nil, Answer{}, err
	}
	return raw, a, bad
}

// decode reads a module's answer, and refuses one that could not be shown.
func (a *Answer) decode(out []byte) error {
	if err := json.Unmarshal(out, a); err != nil {
		return &plugin.Error{Kind: plugin.ModuleFailed, Detail: "tillwise_answer: the answer has not the shape of one"}
	}
	if a.Decision.Family == "" || a.Prompt.Headline == "" || len(a.Sale) == 0 || len(a.Sale) > plugin.MaxSale ||
		len(a.Decision.Actions) == 0 || len(a.Decision.Actions) != len(a.Prompt.Actions) {
		return &plugin.Error{Kind: plugin.ModuleFailed, Detail: "tillwise_answer: the answer has no card, no way out or no sale"}
	}
	return nil
}

// AnswerJSON gives the module's answer to an event as it is, {"error":…}
// included. The error is a *plugin.Error of the host's own kinds: no answer.
func (e *Engine) AnswerJSON(ctx context.Context, event []byte) ([]byte, error) {
	return e.json(ctx, "tillwise_answer", event)
}

// DecideJSON gives {v, decision, sale} for {v, facts, sale, policy}, as the
// module writes it: the stage that replay repeats.
func (e *Engine) DecideJSON(ctx context.Context, in []byte) ([]byte, error) {
	return e.json(ctx, "tillwise_decide", in)
}

// Describe gives the module's account of itself: ABI, catalogue version,
// locales, limits and every card.
func (e *Engine) Describe(ctx context.Context) ([]byte, error) {
	return e.json(ctx, "tillwise_describe", nil)
}

func (e *Engine) json(ctx context.Context, face string, in []byte) ([]byte, error) {
	if len(in) > plugin.MaxInput {
		return new(plugin.Module).Answer(in), nil // no buffer in the module takes it: the same words, natively
	}
	return e.call(ctx, func(ctx context.Context, i *instance) ([]byte, error) { return i.call(ctx, face, in) })
}

func (e *Engine) call(ctx context.Context, f func(context.Context, *instance) ([]byte, error)) ([]byte, error) {
	if !e.config.Compiled {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, e.config.Deadline)
		defer cancel()
	}
	return e.running().use(ctx, func(i *instance) ([]byte, error) { return f(ctx, i) })
}

// Close waits for the calls under way, at most as long as ctx allows, and frees
// every instance. Answer goes on giving safe cards.
func (e *Engine) Close(ctx context.Context) (err error) {
	e.closing.Do(func() {
		err = e.running().close(ctx)
		for _, p := range e.retired {
			err = errors.Join(err, p.close(ctx))
		}
	})
	return err
}
