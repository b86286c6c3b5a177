package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tetratelabs/wazero"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/wasm"
)

func newVerifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify [FILE]",
		Short: "Check a module: hash, imports, exports, ABI and self-test",
		Long: "Checks a module file, or the embedded one: what its hash is, that it reaches for nothing, that it exports what the\n" +
			"contract says, and that wazero's interpreter and compiler get the same answers from it to every vector. For another\n" +
			"module than the embedded one it is also told how many answers are other than this program's; that is no fault.\n" +
			"Exit 0 when the module is sound, 1 when it is not, 2 when it could not be read.",
		Example: "  tillwise verify\n  tillwise verify new.wasm",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name, module := "embedded", wasm.Module
			if len(args) > 0 {
				var err error
				if name = args[0]; name == "" {
					return usageError{fmt.Errorf("the file has no name")}
				}
				if module, err = os.ReadFile(name); err != nil {
					return fmt.Errorf("reading the module: %w", err)
				}
			}
			if err := verify(cmd.Context(), cmd.OutOrStdout(), name, module); err != nil {
				return exit{1, fmt.Errorf("the module is not sound: %w", err)}
			}
			return nil
		},
	}
}

func verify(ctx context.Context, out io.Writer, name string, module []byte) error {
	say := func(what, format string, args ...any) {
		fmt.Fprintf(out, "%-10s %s\n", what, fmt.Sprintf(format, args...))
	}
	say("module", "%s", name)
	say("size", "%d bytes", len(module))
	say("sha256", "%s", wasm.SHA256(module))
	imports, exports, err := faces(ctx, module)
	if err != nil {
		return err
	}
	say("imports", "%s", listOr(imports, "none"))
	say("exports", "%s", listOr(exports, "none"))

	engine, err := host.New(ctx, host.Config{Module: module, SHA256: wasm.SHA256(module), Instances: 1})
	if err != nil {
		return err
	}
	defer engine.Close(context.WithoutCancel(ctx))
	if err := engine.Fallback(); err != nil {
		return err
	}
	about, err := engine.Describe(ctx)
	if err != nil {
		return err
	}
	var says struct {
		ABI       int
		Catalogue string
		Cards     []json.RawMessage
	}
	if err := json.Unmarshal(about, &says); err != nil {
		return fmt.Errorf("reading what the module says of itself: %w", err)
	}
	say("abi", "%d", says.ABI)
	say("catalogue", "%s, %d cards", says.Catalogue, len(says.Cards))
	if err := engine.SelfTest(ctx); err != nil {
		return err
	}
	vectors, other, err := compare(ctx, engine)
	if err != nil {
		return err
	}
	say("self-test", "%d vectors, the same in interpreter and compiler", vectors)
	if bytes.Equal(module, wasm.Module) && other > 0 {
		return fmt.Errorf("%d answers are other than the vectors say", other)
	}
	say("answers", "%d of %d as this program's vectors have them", vectors-other, vectors)
	return nil
}

// faces lists what a module wants and what it gives.
func faces(ctx context.Context, module []byte) (imports, exports []string, err error) {
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter())
	defer runtime.Close(context.WithoutCancel(ctx))
	compiled, err := runtime.CompileModule(ctx, module)
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return nil, nil, fmt.Errorf("it is no WebAssembly module that can be loaded: %s", first)
	}
	for _, f := range compiled.ImportedFunctions() {
		module, name, _ := f.Import()
		imports = append(imports, module+"."+name)
	}
	for _, m := range compiled.ImportedMemories() {
		module, name, _ := m.Import()
		imports = append(imports, module+"."+name)
	}
	for name := range compiled.ExportedFunctions() {
		exports = append(exports, name)
	}
	for name := range compiled.ExportedMemories() {
		exports = append(exports, name)
	}
	slices.Sort(exports)
	return imports, exports, nil
}

// compare counts the vectors, and those that the engine answers otherwise.
func compare(ctx context.Context, engine *host.Engine) (vectors, other int, err error) {
	all, err := wasm.Vectors()
	if err != nil {
		return 0, 0, err
	}
	for _, v := range all {
		got, err := engine.AnswerJSON(ctx, v.Input)
		if err != nil {
			return 0, 0, fmt.Errorf("asking the module: %w", err)
		}
		if !bytes.Equal(got, v.Answer) {
			other++
		}
	}
	return len(all), other, nil
}

func listOr(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(list, ", ")
}
