package tui

import (
	"context"
	"errors"

	"github.com/tillwise/tillwise/plugin"
)

// Engine has a decision said again in another language. A *host.Engine is one.
type Engine interface{}

var errNoEngine = errors.New("no engine to reword with")

// reworded asks for a card's words in another language. It decides nothing anew.
func reworded(ctx context.Context, e Engine, c Card, l plugin.Lang) (plugin.Prompt, error) {
	return plugin.Prompt{}, errNoEngine
}
