package main

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The sections of a WebAssembly module, by the number that starts each.
const (
	secCustom    = 0
	secType      = 1
	secImport    = 2
	secFunction  = 3
	secMemory    = 5
	secGlobal    = 6
	secExport    = 7
	secCode      = 10
	secData      = 11
	secDataCount = 12
)

// The value types, and the opcodes that this program writes.
const (
	typeI32 = 0x7f

	opUnreachable = 0x00
	opEnd         = 0x0b
	opCall        = 0x10
	opLocalGet    = 0x20
	opI32Load     = 0x28
	opI32Store    = 0x36
	opI64Store    = 0x37
	opI32Const    = 0x41
	opI64Const    = 0x42
)

const header = "\x00asm\x01\x00\x00\x00"

type section struct {
	id   byte
	body []byte
}

// split takes a module apart. Custom sections are left out: they say who built
// it and where, and nothing of what it does.
func split(wasm []byte) ([]section, error) {
	if len(wasm) < len(header) || string(wasm[:len(header)]) != header {
		return nil, errors.New("this is no WebAssembly module of version 1")
	}
	var all []section
	r := reader{b: wasm[len(header):]}
	for len(r.b) > 0 {
		s := section{id: r.byte(), body: r.bytes(r.u32())}
		if r.err != nil {
			return nil, fmt.Errorf("section %d: %w", len(all), r.err)
		}
		if s.id != secCustom {
			all = append(all, s)
		}
	}
	return all, nil
}

func join(all []section) []byte {
	out := []byte(header)
	for _, s := range all {
		out = append(out, s.id)
		out = appendBytes(out, s.body)
	}
	return out
}

// find gives the body of a section, to be read or replaced. Sections may be absent.
func find(all []section, id byte) *section {
	for i := range all {
		if all[i].id == id {
			return &all[i]
		}
	}
	return &section{id: id, body: []byte{0}}
}

func without(all []section, ids ...byte) []section {
	var kept []section
	for _, s := range all {
		drop := false
		for _, id := range ids {
			drop = drop || s.id == id
		}
		if !drop {
			kept = append(kept, s)
		}
	}
	return kept
}

// vector splits a section's body into its count and the bytes of its items.
func vector(body []byte) (uint32, []byte, error) {
	r := reader{b: body}
	n := r.u32()
	return n, r.b, r.err
}

// reader reads the module format; after the first error it gives zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail() {
	r.b = nil
	if r.err == nil {
		r.err = errors.New("the module ends too early")
	}
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) u32() uint32 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<32-1 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return uint32(v)
}

func (r *reader) bytes(n uint32) []byte {
	if uint64(n) > uint64(len(r.b)) {
		r.fail()
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func appendU32(out []byte, v uint32) []byte { return binary.AppendUvarint(out, uint64(v)) }

func appendBytes(out, b []byte) []byte { return append(appendU32(out, uint32(len(b))), b...) }

// appendS64 writes a signed LEB128, which constants are in.
func appendS64(out []byte, v int64) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(out, c)
		}
		out = append(out, c|0x80)
	}
}
