package host

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/wasm"
)

// exports are the functions that the contract promises. A module may have more.
var exports = []struct {
	name            string
	params, results []api.ValueType
}{
	{"_initialize", nil, nil},
	{"tillwise_abi", nil, []api.ValueType{api.ValueTypeI32}},
	{"tillwise_buffer", []api.ValueType{api.ValueTypeI32}, []api.ValueType{api.ValueTypeI32}},
	{"tillwise_configure", []api.ValueType{api.ValueTypeI32}, []api.ValueType{api.ValueTypeI64}},
	{"tillwise_answer", []api.ValueType{api.ValueTypeI32}, []api.ValueType{api.ValueTypeI64}},
	{"tillwise_decide", []api.ValueType{api.ValueTypeI32}, []api.ValueType{api.ValueTypeI64}},
	{"tillwise_describe", nil, []api.ValueType{api.ValueTypeI64}},
}

// load is a module that has been checked as far as that goes without running it.
type load struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	sha256   string
	config   Config
}

func open(ctx context.Context, module []byte, sha string, c Config) (_ *load, err error) {
	l := &load{sha256: wasm.SHA256(module), config: c}
	if !strings.EqualFold(l.sha256, sha) {
		return nil, wrongModule("its SHA-256 is %s and %q was expected: compare the file with the one that was meant", l.sha256, sha)
	}
	rc := wazero.NewRuntimeConfigInterpreter().WithCloseOnContextDone(true)
	if c.Compiled {
		// Being interruptible costs the compiler most of its speed.
		rc = wazero.NewRuntimeConfig()
		if c.interruptible { // and no other than compiled code is wanted, where the interpreter would be taken without a word
			rc = wazero.NewRuntimeConfigCompiler().WithCloseOnContextDone(true)
		}
		ctx = experimental.WithCompilationWorkers(ctx, runtime.GOMAXPROCS(0))
	}
	l.runtime = wazero.NewRuntimeWithConfig(ctx, rc.WithMemoryLimitPages(c.MemoryPages))
	defer func() {
		if err != nil {
			l.runtime.Close(ctx)
		}
	}()
	if l.compiled, err = l.runtime.CompileModule(ctx, module); err != nil {
		return nil, wrongModule("it cannot be loaded: %v", err)
	}
	if n := len(l.compiled.ImportedFunctions()) + len(l.compiled.ImportedMemories()); n > 0 {
		return nil, wrongModule("it has %d imports, and nothing may be within its reach: use a sealed module", n)
	}
	if _, ok := l.compiled.ExportedMemories()["memory"]; !ok {
		return nil, wrongModule("it exports no memory")
	}
	have := l.compiled.ExportedFunctions()
	for _, e := range exports {
		f := have[e.name]
		if f == nil || !slices.Equal(f.ParamTypes(), e.params) || !slices.Equal(f.ResultTypes(), e.results) {
			return nil, wrongModule("it does not export %s as the contract has it", e.name)
		}
	}
	return l, nil
}

// wrongModule is the error of a module that fails its checks.
func wrongModule(format string, args ...any) error {
	return &plugin.Error{Kind: plugin.WrongModule, Detail: fmt.Sprintf(format, args...)}
}

// failed is the error of a call that gave no answer. The module is to blame,
// unless the time was up. Of the cause only the first line is kept: what
// follows is a trace of numbered functions.
func failed(ctx context.Context, doing string, cause error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", &plugin.Error{Kind: plugin.DeadlinePassed, Detail: doing + " took too long"}, ctx.Err())
	}
	if perr := (*plugin.Error)(nil); errors.As(cause, &perr) {
		return cause
	}
	first, _, _ := strings.Cut(cause.Error(), "\n")
	return &plugin.Error{Kind: plugin.ModuleFailed, Detail: doing + ": " + first}
}
