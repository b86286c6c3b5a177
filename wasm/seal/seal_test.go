package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The whole of it is tested where the sealed module runs, in package wasm. Here
// is what must stop the build: a module that is not what sealing was made for.
func TestFinishRefuses(t *testing.T) {
	name := func(s string) []byte { return appendBytes(nil, []byte(s)) }
	importing := func(module, function string) []byte {
		return join([]section{
			{secType, []byte{1, 0x60, 0, 0}},
			{secImport, slices.Concat([]byte{1}, name(module), name(function), []byte{0, 0})},
		})
	}
	tests := []struct {
		name string
		wasm []byte
		want string
	}{
		{"nothing", nil, "no WebAssembly module"},
		{"another program", []byte("\x7fELF\x02\x01\x01\x00"), "no WebAssembly module"},
		{"a component", []byte("\x00asm\x0d\x00\x01\x00"), "no WebAssembly module"},
		{"a cut section", []byte(header + "\x01\x09\x00"), "ends too early"},
		{"a cut length", []byte(header + "\x01\xff"), "ends too early"},
		{"an import of the network", importing(wasi, "sock_accept"), "wasi_snapshot_preview1.sock_accept"},
		{"an import from elsewhere", importing("env", "random_get"), "env.random_get"},
		{"a module that is not Go's", join([]section{{secFunction, []byte{0}}, {secCode, []byte{0}}, {secData, []byte{0}}}), "Go 1.26"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := finish(tt.wasm)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestSplitAndJoinAreTheIdentity(t *testing.T) {
	module := []byte(header + "\x01\x04\x01\x60\x00\x00\x05\x03\x01\x00\x02")
	all, err := split(module)
	require.NoError(t, err)
	require.Equal(t, module, join(all))
}

func TestImageIsWrittenAndReadBack(t *testing.T) {
	m := image{0, 1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4}
	section := m.section()
	require.EqualValues(t, 2, section[0], "short runs of zeros are not worth a segment")
	back, err := readImage(section)
	require.NoError(t, err)
	require.Equal(t, m, back)
}
