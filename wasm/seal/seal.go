package main

import "fmt"

const wasi = "wasi_snapshot_preview1"

// clock is what the module's clock always shows, in nanoseconds. It may not be
// zero, which Go's runtime takes for a broken clock.
const clock = 1_000_000_000

// stubs are the bodies that stand in for WASI. The plugin reads no clock, no
// file and no chance: only Go's runtime asks, and these answers content it.
// Each takes the parameters of the WASI function and leaves its errno, which is
// always 0: for any other the runtime gives up, and some of these calls come
// only once in many thousand answers, from the collector.
var stubs = map[string][]byte{
	"clock_time_get":    body(store(opI64Store, 3, 2, constI64(clock)), constI32(0)),
	"random_get":        body(constI32(0)),
	"sched_yield":       body(constI32(0)),
	"args_get":          body(constI32(0)),
	"environ_get":       body(constI32(0)),
	"args_sizes_get":    body(store(opI32Store, 2, 0, constI32(0)), store(opI32Store, 2, 1, constI32(0)), constI32(0)),
	"environ_sizes_get": body(store(opI32Store, 2, 0, constI32(0)), store(opI32Store, 2, 1, constI32(0)), constI32(0)),
	"proc_exit":         body([]byte{opUnreachable}),
	"poll_oneoff":       body(store(opI32Store, 2, 3, constI32(0)), constI32(0)),                            // a sleep of no length
	"fd_write":          body(store(opI32Store, 2, 3, []byte{opLocalGet, 1, opI32Load, 2, 4}), constI32(0)), // all was written, to nobody
}

// seal turns each imported function into a local one. Imports hold the first
// function indexes, in their order, so stubs in front of the module's own
// functions take over exactly their numbers, and no call has to change.
func seal(all []section) ([]section, error) {
	n, rest, err := vector(find(all, secImport).body)
	if err != nil {
		return nil, fmt.Errorf("reading the imports: %w", err)
	}
	var types, bodies []byte
	r := reader{b: rest}
	for range n {
		module, name, kind := string(r.bytes(r.u32())), string(r.bytes(r.u32())), r.byte()
		typeIndex := r.u32()
		if r.err != nil {
			return nil, fmt.Errorf("reading the imports: %w", r.err)
		}
		stub := stubs[name]
		if module != wasi || kind != 0 || stub == nil {
			return nil, fmt.Errorf("the module imports %s.%s, for which there is no stub: "+
				"keep what needs it out of the plugin, or add a stub that answers for it", module, name)
		}
		types = appendU32(types, typeIndex)
		bodies = appendBytes(bodies, stub)
	}
	if err := prepend(find(all, secFunction), n, types); err != nil {
		return nil, err
	}
	if err := prepend(find(all, secCode), n, bodies); err != nil {
		return nil, err
	}
	return without(all, secImport), nil
}

// prepend puts n items in front of a section's own.
func prepend(s *section, n uint32, items []byte) error {
	have, rest, err := vector(s.body)
	if err != nil {
		return fmt.Errorf("section %d: %w", s.id, err)
	}
	s.body = append(append(appendU32(nil, have+n), items...), rest...)
	return nil
}

// body is a function without locals of its own.
func body(instructions ...[]byte) []byte {
	out := []byte{0}
	for _, i := range instructions {
		out = append(out, i...)
	}
	return append(out, opEnd)
}

// store puts a constant where the parameter points.
func store(op, align, param byte, value []byte) []byte {
	out := append([]byte{opLocalGet, param}, value...)
	return append(out, op, align, 0)
}

func constI32(v int32) []byte { return appendS64([]byte{opI32Const}, int64(v)) }

func constI64(v int64) []byte { return appendS64([]byte{opI64Const}, v) }
