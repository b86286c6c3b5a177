package tui

import (
	"context"
	"fmt"

	"github.com/tillwise/tillwise/plugin"
)

// worker does what might take a while, one thing at a time, so that the screen
// never waits for it. Its owner asks for the next thing when it has the result
// of the last.
type worker struct {
	jobs    chan job
	results chan func(*model) // applied to the model by the goroutine that owns it
	cancel  context.CancelFunc
	ended   chan struct{}
	busy    bool
}

// job does its work and gives what to tell the model. It must not panic.
type job func(context.Context) func(*model)

func newWorker() *worker {
	ctx, cancel := context.WithCancel(context.Background())
	w := &worker{jobs: make(chan job, 1), results: make(chan func(*model), 1), cancel: cancel, ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		for j := range w.jobs {
			w.results <- j(ctx)
		}
	}()
	return w
}

// start begins a job. Only one may be under way.
func (w *worker) start(j job) {
	w.busy = true
	w.jobs <- j
}

// done takes a result in.
func (w *worker) done(m *model, result func(*model)) {
	w.busy = false
	result(m)
}

// stop ends the worker, with what it is doing.
func (w *worker) stop() {
	w.cancel()
	close(w.jobs)
	<-w.ended
}

// rewording is the job of having a card said in another language.
func rewording(e Engine, it *entry, l plugin.Lang) job {
	c := it.card
	return func(ctx context.Context) (out func(*model)) {
		p, err := plugin.Prompt{}, error(nil)
		defer func() {
			if what := recover(); what != nil {
				err = fmt.Errorf("the engine failed: %v", what)
			}
			out = func(m *model) { m.reword(it, l, p, err) }
		}()
		p, err = reworded(ctx, e, c, l)
		return nil
	}
}
