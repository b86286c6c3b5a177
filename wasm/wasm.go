// Package wasm holds the plugin as one WebAssembly module without imports, for
// hosts in Go. Other languages take the file tillwise.wasm itself.
//
// The module is built from guest/ and finished by seal/, and it is committed:
// who uses tillwise needs neither to build it nor to trust who built it, for
// the recipe gives the same bytes everywhere, and `make verify` compares them.
//
// vectors.jsonl has one event and its answer a line. An engine that gives the
// same answers runs the module rightly.
package wasm

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
)

// Module is the sealed module, tillwise.wasm. It must not be changed.
//
//go:embed tillwise.wasm
var Module []byte

// SHA256 gives the hash of a module in lower-case hexadecimal, the form in
// which one is expected and recorded.
func SHA256(module []byte) string {
	sum := sha256.Sum256(module)
	return hex.EncodeToString(sum[:])
}
