package host_test

import (
	"encoding/binary"
	"slices"
)

// handmade is a module written by hand: what the contract asks for, except for
// what a test makes wrong about it. A face is the code of a function's body.
type handmade struct {
	faces    map[string][]byte
	without  string // an export that is missing
	imports  bool   // one function, which the contract forbids
	noMemory bool
	answer   string // what tillwise_answer answers
}

// Opcodes, and where the data lies.
const (
	unreachable = 0x00
	block       = 0x40 // the type of a block without a result
	loop        = 0x03
	branchIf    = 0x04 // if
	branch      = 0x0c
	end         = 0x0b
	returns     = 0x0f
	drop        = 0x1a
	localGet    = 0x20
	load8       = 0x2d
	store8      = 0x3a
	memoryGrow  = 0x40
	i32Const    = 0x41
	i64Const    = 0x42
	i32And      = 0x71

	flagAt   = 8
	emptyAt  = 16
	inputAt  = 1 << 16
	answerAt = 1024
)

// The functions in the order of their types: () → (), () → i32, i32 → i32,
// i32 → i64, () → i64.
var faces = []struct {
	name string
	kind byte
}{
	{"_initialize", 0}, {"tillwise_abi", 1}, {"tillwise_buffer", 2}, {"tillwise_configure", 3},
	{"tillwise_answer", 3}, {"tillwise_decide", 3}, {"tillwise_describe", 4},
}

func (h handmade) bytes() []byte {
	code := map[string][]byte{
		"_initialize":        {},
		"tillwise_abi":       i32(1),
		"tillwise_buffer":    i32(inputAt),
		"tillwise_configure": text(emptyAt, 2),
		"tillwise_answer":    text(answerAt, len(h.answer)),
		"tillwise_decide":    text(emptyAt, 2),
		"tillwise_describe":  text(emptyAt, 2),
	}
	for name, body := range h.faces {
		code[name] = body
	}
	var first byte
	var imports []byte
	if h.imports {
		first = 1
		imports = section(2, 1, concat(name("env"), name("now"), []byte{0, 0}))
	}
	var kinds, exports, bodies []byte
	exported := 0
	for i, f := range faces {
		kinds = append(kinds, f.kind)
		bodies = append(bodies, sized(concat([]byte{0}, code[f.name], []byte{end}))...)
		if f.name != h.without {
			exports = append(exports, concat(name(f.name), []byte{0, first + byte(i)})...)
			exported++
		}
	}
	if !h.noMemory {
		exports = append(exports, concat(name("memory"), []byte{2, 0})...)
		exported++
	}
	types := concat([]byte{0x60, 0, 0}, []byte{0x60, 0, 1, 0x7f}, []byte{0x60, 1, 0x7f, 1, 0x7f},
		[]byte{0x60, 1, 0x7f, 1, 0x7e}, []byte{0x60, 0, 1, 0x7e})
	return concat([]byte("\x00asm\x01\x00\x00\x00"),
		section(1, 5, types), imports, section(3, len(faces), kinds), section(5, 1, []byte{0, 2}),
		section(7, exported, exports), section(10, len(faces), bodies),
		section(11, 2, concat(data(emptyAt, "{}"), data(answerAt, h.answer))))
}

func section(id byte, n int, items []byte) []byte {
	return concat([]byte{id}, sized(concat(uvarint(n), items)))
}

func data(at int, s string) []byte { return concat([]byte{0}, i32(at), []byte{end}, name(s)) }

func name(s string) []byte { return sized([]byte(s)) }

func sized(b []byte) []byte { return concat(uvarint(len(b)), b) }

func uvarint(n int) []byte { return binary.AppendUvarint(nil, uint64(n)) }

func i32(v int) []byte { return signed(i32Const, int64(v)) }

// text is what a face returns: where its answer lies, and how long it is.
func text(at, size int) []byte { return signed(i64Const, int64(at)<<32|int64(size)) }

func signed(op byte, v int64) []byte {
	out := []byte{op}
	for v >= 0x40 || v < -0x40 {
		out = append(out, byte(v&0x7f|0x80))
		v >>= 7
	}
	return append(out, byte(v&0x7f))
}

func concat(parts ...[]byte) []byte { return slices.Concat(parts...) }
