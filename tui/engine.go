package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Engine has a decision said again in another language. A *host.Engine is one.
type Engine interface {
	Answer(ctx context.Context, ev host.Event) (host.Answer, error)
}

const rewordLimit = 2 * time.Second

var errNoEngine = errors.New("no engine to reword with")

// reworded asks for a card's words in another language. It decides nothing anew.
func reworded(ctx context.Context, e Engine, c host.Card, l plugin.Lang) (p plugin.Prompt, err error) {
	defer func() {
		if what := recover(); what != nil {
			err = fmt.Errorf("the engine failed: %v", what)
		}
	}()
	if e == nil {
		return plugin.Prompt{}, errNoEngine
	}
	ctx, cancel := context.WithTimeout(ctx, rewordLimit)
	defer cancel()
	a, err := e.Answer(ctx, host.Event{V: plugin.ABI, At: c.At, UTCOffsetMin: c.UTCOffsetMin, Locale: string(l),
		CustomerLocale: c.CustomerLocale, Decision: &c.Decision, Ref: c.Prompt.Ref, Sale: c.Sale})
	if err == nil && a.Prompt.Locale != l {
		err = errors.New("the engine has no words in " + string(l))
	}
	return a.Prompt, err
}
