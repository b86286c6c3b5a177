package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// image is the linear memory as a module's data section lays it out, from
// address 0. Beyond its end all is zero.
type image []byte

func readImage(body []byte) (image, error) {
	r := reader{b: body}
	var m image
	for range r.u32() {
		mode, op := r.byte(), r.byte()
		at, stop := r.u32(), r.byte()
		if r.err == nil && (mode != 0 || op != opI32Const || stop != opEnd) {
			return nil, errors.New("the data section has a segment without a plain address")
		}
		b := r.bytes(r.u32())
		if r.err != nil {
			return nil, r.err
		}
		m = append(m, make([]byte, max(0, int(at)+len(b)-len(m)))...)
		copy(m[at:], b)
	}
	return m, r.err
}

// section writes the image without its longer runs of zeros. Beginning another
// segment costs about as many bytes as gap.
func (m image) section() []byte {
	const gap = 8
	var segments []byte
	n := uint32(0)
	for at := 0; at < len(m); {
		if m[at] == 0 {
			at++
			continue
		}
		end := len(m)
		if i := bytes.Index(m[at:], make([]byte, gap)); i >= 0 {
			end = at + i
		}
		segments = append(segments, 0, opI32Const)
		segments = append(appendS64(segments, int64(at)), opEnd)
		segments = appendBytes(segments, m[at:end])
		n++
		at = end
	}
	return append(appendU32(nil, n), segments...)
}

func (m image) u32(at uint64) uint32 { return binary.LittleEndian.Uint32(m[at:]) }

func (m image) u64(at uint64) uint64 { return binary.LittleEndian.Uint64(m[at:]) }
