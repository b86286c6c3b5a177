package host

import (
	"context"
	"errors"
)

// errClosed is the cause of calls that come after Close.
var errClosed = errors.New("the engine is closed")

// pool is a fixed number of places for instances. An empty place (nil) is
// filled by who takes it, so that a till that asks one thing at a time pays for
// one instance only.
type pool struct {
	load   *load
	places chan *instance
	closed chan struct{}
}

func newPool(l *load, first *instance) *pool {
	p := &pool{load: l, places: make(chan *instance, l.config.Instances), closed: make(chan struct{})}
	p.places <- first
	for range l.config.Instances - 1 {
		p.places <- nil
	}
	return p
}

// use lends an instance to a function. An instance goes back only after
// success, and only until it has served its number of calls.
func (p *pool) use(ctx context.Context, f func(*instance) ([]byte, error)) ([]byte, error) {
	select {
	case <-p.closed:
		return nil, failed(ctx, "asking the module", errClosed)
	default:
	}
	var in *instance
	select {
	case in = <-p.places:
	case <-p.closed:
		return nil, failed(ctx, "asking the module", errClosed)
	case <-ctx.Done():
		return nil, failed(ctx, "waiting for an instance", ctx.Err())
	}
	var back *instance
	// Deferred for the sake of a panic in the engine below: the place must not
	// be lost with it. The instance is, unless all went well.
	defer func() { p.places <- back }()
	if in == nil {
		var err error
		if in, err = p.load.start(ctx); err != nil {
			return nil, err
		}
	}
	out, err := f(in)
	if err != nil || in.calls >= p.load.config.Calls {
		in.close(context.WithoutCancel(ctx))
		return out, err
	}
	back = in
	return out, nil
}

// close waits until every instance is back in its place, or ctx is done, and
// frees them all.
func (p *pool) close(ctx context.Context) error {
	close(p.closed)
	for range cap(p.places) {
		select {
		case <-p.places:
		case <-ctx.Done():
		}
	}
	return p.load.runtime.Close(ctx)
}
