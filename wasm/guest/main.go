// Command guest is the plugin as a WebAssembly module: the exports of the
// contract over plugin.Module, and nothing else. What an export does with its
// bytes is the plugin's business; here they only cross the border of the
// linear memory.
//
// Input lies in one fixed array and answers in the plugin's own buffer, so
// that memory stays as it is however many calls an instance lives through.
package main

import (
	"runtime"
	"unsafe"

	"github.com/tillwise/tillwise/plugin"
)

var (
	module plugin.Module
	input  [plugin.MaxInput + 1]byte // one byte too many is the plugin's to refuse
)

// main is never called: the module is a library.
func main() {}

//go:wasmexport tillwise_abi
func abi() int32 { return plugin.ABI }

//go:wasmexport tillwise_buffer
func buffer(size int32) int32 {
	if size < 0 || size > plugin.MaxInput {
		return 0
	}
	return int32(uintptr(unsafe.Pointer(&input)))
}

//go:wasmexport tillwise_configure
func configure(size int32) int64 { return call(module.Configure, size) }

//go:wasmexport tillwise_answer
func answer(size int32) int64 { return call(module.Answer, size) }

//go:wasmexport tillwise_decide
func decide(size int32) int64 { return call(module.Decide, size) }

//go:wasmexport tillwise_describe
func describe() int64 {
	runtime.Gosched()
	return pack(module.Describe())
}

// call hands the first size bytes of the input to one face of the module.
func call(face func([]byte) []byte, size int32) int64 {
	// Between two calls from outside no goroutine runs, the collector's
	// neither; without a turn here it never finishes a cycle, and memory grows.
	runtime.Gosched()
	return pack(face(input[:min(uint32(size), plugin.MaxInput+1)]))
}

// pack gives pointer<<32 | length of bytes that stay alive until the next call.
func pack(b []byte) int64 {
	return int64(uintptr(unsafe.Pointer(unsafe.SliceData(b))))<<32 | int64(len(b))
}
