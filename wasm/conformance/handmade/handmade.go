// Package handmade makes modules by hand, byte for byte: what the contract asks for,
// except for what is made wrong about them. They are for tests of whoever runs a
// module: of hosts in Go, and by the conformance kit of all others.
package handmade

import (
	"encoding/binary"
	"slices"
)

// Module is a module with a fault. A face is the code of a function's body.
type Module struct {
	Faces    map[string][]byte // those that are not as they should be
	Without  string            // an export that is missing
	Imports  bool              // one function, which the contract forbids
	NoMemory bool
	Answer   string // what tillwise_answer answers
}

// Opcodes, and where the data lies.
const (
	Unreachable = 0x00
	Block       = 0x40 // the type of a block without a result
	Loop        = 0x03
	BranchIf    = 0x04 // if
	Branch      = 0x0c
	End         = 0x0b
	Returns     = 0x0f
	Drop        = 0x1a
	LocalGet    = 0x20
	Load8       = 0x2d
	Store8      = 0x3a
	MemoryGrow  = 0x40
	I32Const    = 0x41
	I64Const    = 0x42
	I32And      = 0x71
	Call        = 0x10
	LocalSet    = 0x21
	LocalTee    = 0x22

	i32Sub       = 0x6b
	branchIfBack = 0x0d // br_if

	FlagAt   = 8
	EmptyAt  = 16
	InputAt  = 1 << 16
	AnswerAt = 1024
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

// Bytes is the module as a file has it.
func (h Module) Bytes() []byte {
	code := map[string][]byte{
		"_initialize":        {},
		"tillwise_abi":       I32(1),
		"tillwise_buffer":    I32(InputAt),
		"tillwise_configure": Text(EmptyAt, 2),
		"tillwise_answer":    Text(AnswerAt, len(h.Answer)),
		"tillwise_decide":    Text(EmptyAt, 2),
		"tillwise_describe":  Text(EmptyAt, 2),
	}
	for name, body := range h.Faces {
		code[name] = body
	}
	var first byte
	var imports []byte
	if h.Imports {
		first = 1
		imports = section(2, 1, Concat(name("env"), name("now"), []byte{0, 0}))
	}
	var kinds, exports, bodies []byte
	exported := 0
	for i, f := range faces {
		kinds = append(kinds, f.kind)
		bodies = append(bodies, sized(Concat([]byte{0}, code[f.name], []byte{End}))...)
		if f.name != h.Without {
			exports = append(exports, Concat(name(f.name), []byte{0, first + byte(i)})...)
			exported++
		}
	}
	if !h.NoMemory {
		exports = append(exports, Concat(name("memory"), []byte{2, 0})...)
		exported++
	}
	types := Concat([]byte{0x60, 0, 0}, []byte{0x60, 0, 1, 0x7f}, []byte{0x60, 1, 0x7f, 1, 0x7f},
		[]byte{0x60, 1, 0x7f, 1, 0x7e}, []byte{0x60, 0, 1, 0x7e})
	return Concat([]byte("\x00asm\x01\x00\x00\x00"),
		section(1, 5, types), imports, section(3, len(faces), kinds), section(5, 1, []byte{0, 2}),
		section(7, exported, exports), section(10, len(faces), bodies),
		section(11, 2, Concat(data(EmptyAt, "{}"), data(AnswerAt, h.Answer))))
}

func section(id byte, n int, items []byte) []byte {
	return Concat([]byte{id}, sized(Concat(uvarint(n), items)))
}

func data(at int, s string) []byte { return Concat([]byte{0}, I32(at), []byte{End}, name(s)) }

func name(s string) []byte { return sized([]byte(s)) }

func sized(b []byte) []byte { return Concat(uvarint(len(b)), b) }

func uvarint(n int) []byte { return binary.AppendUvarint(nil, uint64(n)) }

// I32 puts a constant on the stack.
func I32(v int) []byte { return signed(I32Const, int64(v)) }

// Text is what a face Returns: where its answer lies, and how long it is.
func Text(at, size int) []byte { return signed(I64Const, int64(at)<<32|int64(size)) }

func signed(op byte, v int64) []byte {
	out := []byte{op}
	for v >= 0x40 || v < -0x40 {
		out = append(out, byte(v&0x7f|0x80))
		v >>= 7
	}
	return append(out, byte(v&0x7f))
}

// Concat joins code.
func Concat(parts ...[]byte) []byte { return slices.Concat(parts...) }
