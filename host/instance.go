package host

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/tillwise/tillwise/plugin"
)

// instance is one running copy of the module, used by one goroutine at a time.
// After any error its memory is not to be trusted, even where it still
// answers: it is closed and another takes its place.
type instance struct {
	module api.Module
	buffer api.Function
	faces  map[string]api.Function
	stack  [1]uint64
	calls  int
}

// start makes an instance, and gives it its settings.
func (l *load) start(ctx context.Context) (_ *instance, err error) {
	module, err := l.runtime.InstantiateModule(ctx, l.compiled,
		wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, failed(ctx, "starting the module", err)
	}
	in := &instance{module: module, buffer: module.ExportedFunction("tillwise_buffer"), faces: map[string]api.Function{}}
	defer func() {
		if err != nil {
			in.close(ctx)
		}
	}()
	for _, e := range exports {
		in.faces[e.name] = module.ExportedFunction(e.name)
	}
	if err := in.faces["tillwise_abi"].CallWithStack(ctx, in.stack[:]); err != nil {
		return nil, failed(ctx, "tillwise_abi", err)
	}
	if abi := api.DecodeI32(in.stack[0]); abi != plugin.ABI {
		return nil, wrongModule("it has ABI %d, and this program speaks ABI %d: use a module and a program that belong together", abi, plugin.ABI)
	}
	if l.config.Settings == nil {
		return in, nil
	}
	out, err := in.call(ctx, "tillwise_configure", l.config.Settings)
	if err != nil {
		return nil, err
	}
	return in, errorIn(out)
}

// call writes the input, calls one face, and copies its answer, which must be JSON.
func (in *instance) call(ctx context.Context, face string, input []byte) ([]byte, error) {
	in.calls++
	if len(input) > 0 {
		in.stack[0] = uint64(len(input))
		if err := in.buffer.CallWithStack(ctx, in.stack[:]); err != nil {
			return nil, failed(ctx, "tillwise_buffer", err)
		}
		if at := uint32(in.stack[0]); at == 0 || !in.module.Memory().Write(at, input) {
			return nil, failed(ctx, "tillwise_buffer", errors.New("it gave no place for the input"))
		}
	}
	in.stack[0] = uint64(len(input)) // describe takes no parameter, and does not look
	if err := in.faces[face].CallWithStack(ctx, in.stack[:]); err != nil {
		return nil, failed(ctx, face, err)
	}
	at, size := uint32(in.stack[0]>>32), uint32(in.stack[0])
	view, ok := in.module.Memory().Read(at, size)
	if !ok {
		return nil, failed(ctx, face, errors.New("the answer lies outside of the module's memory"))
	}
	if !json.Valid(view) {
		return nil, failed(ctx, face, errors.New("the answer is no JSON"))
	}
	return append([]byte(nil), view...), nil
}

func (in *instance) close(ctx context.Context) {
	// An instance that is thrown away leaves nothing to save.
	_ = in.module.Close(ctx)
}

// errorIn gives the error that an answer consists of, or nil.
func errorIn(out []byte) error {
	var reply struct {
		Error *plugin.Error `json:"error"`
	}
	if err := json.Unmarshal(out, &reply); err != nil {
		return &plugin.Error{Kind: plugin.ModuleFailed, Detail: "the answer has not the shape of one"}
	}
	if reply.Error == nil {
		return nil
	}
	return reply.Error
}
