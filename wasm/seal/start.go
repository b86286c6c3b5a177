package main

import (
	"errors"
	"fmt"
)

const initialize = "_initialize"

// fill is a function's body that writes the table from addresses to functions:
// in each of the n buckets from at on, the index of the function.
func fill(at, n uint64) []byte {
	const (
		i                       = 0 // the one local: the bucket
		loop, noResult, branch  = 0x03, 0x40, 0x0d
		localTee                = 0x22
		lessThan, add, mul, shr = 0x49, 0x6a, 0x6c, 0x76
		bits                    = 4 // perFunction is 1<<bits
		align                   = 2
	)
	b := []byte{1, 1, typeI32, loop, noResult, opLocalGet, i, opI32Const, bucketSize, mul,
		opLocalGet, i, opI32Const, bits, shr, opI32Store, align}
	b = appendU32(b, uint32(at))
	b = append(b, opLocalGet, i, opI32Const, 1, add, localTee, i)
	b = append(b, constI32(int32(n))...)
	return append(b, lessThan, branch, 0, opEnd)
}

// atStart has the code of body run before _initialize: as a new function, the
// last one, that goes on to the old one and is exported in its place.
func atStart(all []section, body []byte) error {
	old, err := repoint(find(all, secExport), initialize, 0)
	if err != nil {
		return err
	}
	functions, code := find(all, secFunction), find(all, secCode)
	n, types, err := vector(functions.body)
	if err != nil || old >= n {
		return fmt.Errorf("%s is not among the module's functions", initialize)
	}
	r := reader{b: types}
	var kind uint32
	for range old + 1 {
		kind = r.u32()
	}
	body = append(appendU32(append(body, opCall), old), opEnd)
	functions.body = appendU32(append(appendU32(nil, n+1), types...), kind)
	_, bodies, err := vector(code.body)
	if err != nil {
		return err
	}
	code.body = appendBytes(append(appendU32(nil, n+1), bodies...), body)
	_, err = repoint(find(all, secExport), initialize, n)
	return err
}

// repoint gives the function that a name exports, and exports another instead.
func repoint(exports *section, name string, to uint32) (was uint32, err error) {
	n, rest, err := vector(exports.body)
	if err != nil {
		return 0, err
	}
	out := appendU32(nil, n)
	r := reader{b: rest}
	found := false
	for range n {
		this, kind, index := r.bytes(r.u32()), r.byte(), r.u32()
		if string(this) == name && kind == 0 {
			was, index, found = index, to, true
		}
		out = appendU32(append(appendBytes(out, this), kind), index)
	}
	if r.err != nil || !found {
		return 0, errors.Join(errors.New("the module exports no "+name), r.err)
	}
	exports.body = out
	return was, nil
}
