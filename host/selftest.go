package host

import (
	"bytes"
	"context"
	"fmt"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// SelfTest has the module answer the vectors in wazero's interpreter and in its
// compiler, under this engine's settings, and compares every byte: the compiler
// is known to get some programs wrong (wazero issue 2516). The error, of kind
// module_failed, names the first vector that comes out differently. New does
// this for every compiled engine.
func (e *Engine) SelfTest(ctx context.Context) error {
	c := e.config
	c.Compiled = !c.Compiled
	c.Instances = 1
	places, err := start(ctx, e.module, e.ModuleSHA256(), c)
	if err != nil {
		return fmt.Errorf("starting the module in the other engine: %w", err)
	}
	interpreter, compiler := e, &Engine{pool: places, config: c}
	defer compiler.Close(context.WithoutCancel(ctx))
	if e.config.Compiled {
		interpreter, compiler = compiler, interpreter
	}
	all, err := wasm.Vectors()
	if err != nil {
		return err
	}
	for _, v := range all {
		// First the engine that knows a deadline: what hangs there is not asked
		// of the other.
		want, err := interpreter.AnswerJSON(ctx, v.Input)
		if err != nil {
			return fmt.Errorf("self-test, vector %q: %w", v.Name, err)
		}
		if got, err := compiler.AnswerJSON(ctx, v.Input); err != nil || !bytes.Equal(got, want) {
			return fmt.Errorf("self-test: %w", &plugin.Error{Kind: plugin.ModuleFailed, Detail: fmt.Sprintf(
				"compiled and interpreted code answer vector %q differently: run this module without the compiler", v.Name)})
		}
	}
	return nil
}
