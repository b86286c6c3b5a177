package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Go's runtime has tables about its own code, a quarter of the module. Two of
// them need not be carried about:
//
//   - the names of functions, and which file and line an instruction comes
//     from. Only the text of a panic would say so, and a sealed module has
//     nowhere to say it.
//   - which function an address belongs to. In WebAssembly every function has
//     an address range of the same size, so the table is a count from 0 to n,
//     20 bytes for each sixteenth of a function: a loop writes it at the start.
//
// Layouts: runtime/symtab.go (pcHeader, moduledata, findfuncbucket) and
// runtime/runtime2.go (_func) of Go 1.26.

const (
	tablesMagic  = 0xfffffff1
	bucketSize   = 20   // a findfuncbucket: the index of its first function, and 16 bytes that are zero here
	bucketSpan   = 4096 // bytes of code for which one bucket stands
	subSpan      = 256  // and one of its 16 bytes
	funcSize     = 44   // a _func before its variable part
	perFunction  = 16   // buckets of one function
	funcName     = 4    // where in a _func the offsets of its name and tables lie
	funcPcsp     = 16
	funcPcfile   = 20
	funcPcln     = 24
	funcNpcdata  = 28
	headerCount  = 8  // where in the header the number of functions lies
	headerNames  = 32 // and the offsets of the tables
	headerPctab  = 56
	headerPcln   = 64
	wordsToFind  = 19 // words of moduledata before its findfunctab, minpc and maxpc
	wordsToPctab = 10
)

var errLayout = errors.New("the runtime's tables are not laid out as in Go 1.26: build with the toolchain of go.mod, " +
	"or bring the sealing pass up to the new one")

// shrink leaves out what no answer depends on.
func shrink(all []section) ([]section, error) {
	data := find(all, secData)
	m, err := readImage(data.body)
	if err != nil {
		return nil, fmt.Errorf("reading the data: %w", err)
	}
	header, module, ok := m.tables()
	if !ok {
		return nil, errLayout
	}
	if !m.dropLines(header) {
		return nil, errLayout
	}
	at, n, ok := m.dropBuckets(header, module)
	if !ok {
		return nil, errLayout
	}
	data.body = m.section()
	if err := atStart(all, fill(at, n)); err != nil {
		return nil, err
	}
	return without(all, secDataCount), nil
}

// tables finds the header of the tables, and the runtime's account of them,
// which begins with the header's address and repeats where the tables lie.
func (m image) tables() (header, module uint64, ok bool) {
	i := bytes.Index(m, []byte{tablesMagic & 0xff, tablesMagic >> 8 & 0xff, tablesMagic >> 16 & 0xff, tablesMagic >> 24, 0, 0, 1, 8})
	if i < 0 {
		return 0, 0, false
	}
	header = uint64(i)
	for at := uint64(0); at+8*(wordsToFind+3) <= uint64(len(m)); at += 8 {
		if m.u64(at) == header && m.u64(at+8*wordsToPctab) == header+m.u64(header+headerPctab) {
			return header, at, true
		}
	}
	return 0, 0, false
}

// dropLines clears the names, the tables of files and lines, and whatever else
// nothing points to then. Equal tables are shared, so what is kept is found
// first. Of the names the runtime reads how they begin, to tell its own
// goroutines from others: its functions are all called "runtime." now.
func (m image) dropLines(header uint64) bool {
	names, pctab, funcs := header+m.u64(header+headerNames), header+m.u64(header+headerPctab), header+m.u64(header+headerPcln)
	if names >= pctab || pctab >= funcs || funcs >= uint64(len(m)) {
		return false
	}
	const own = "runtime."
	keep := make([]bool, funcs-pctab)
	for i := range m.u64(header + headerCount) {
		f := funcs + uint64(m.u32(funcs+8*i+4))
		name := uint32(0)
		if bytes.HasPrefix(m[names+uint64(m.u32(f+funcName)):], []byte(own)) {
			name = 1
		}
		offsets := []uint64{f + funcPcsp}
		for j := range uint64(m.u32(f + funcNpcdata)) {
			offsets = append(offsets, f+funcSize+4*j)
		}
		for _, at := range offsets {
			if !mark(keep, m[pctab:funcs], m.u32(at)) {
				return false
			}
		}
		binary.LittleEndian.PutUint32(m[f+funcName:], name)
		binary.LittleEndian.PutUint32(m[f+funcPcfile:], 0)
		binary.LittleEndian.PutUint32(m[f+funcPcln:], 0)
	}
	clear(m[names:pctab]) // and the files between them
	copy(m[names+1:], own)
	for i := range keep {
		if !keep[i] {
			m[pctab+uint64(i)] = 0
		}
	}
	return true
}

// mark keeps the table at an offset: pairs of varints, up to a first one that
// is zero where another pair could begin. Offset 0 is no table.
func mark(keep []bool, pctab []byte, offset uint32) bool {
	if offset == 0 {
		return true
	}
	if uint64(offset) >= uint64(len(pctab)) {
		return false
	}
	r := reader{b: pctab[offset:]}
	for first := true; r.u32() != 0 || first; first = false {
		r.u32()
	}
	for i := range len(pctab) - int(offset) - len(r.b) {
		keep[int(offset)+i] = true
	}
	return r.err == nil
}

// dropBuckets clears the table from addresses to functions, once it has seen
// that a count is all there is to it. The last bucket ends where the code does.
func (m image) dropBuckets(header, module uint64) (at, n uint64, ok bool) {
	at = m.u64(module + 8*wordsToFind)
	low, high := m.u64(module+8*wordsToFind+8), m.u64(module+8*wordsToFind+16)
	n = (high - low + bucketSpan - 1) / bucketSpan
	end := at + 4*n + (high-low+subSpan-1)/subSpan
	if low >= high || (n+perFunction-1)/perFunction != m.u64(header+headerCount) || end > uint64(len(m)) {
		return 0, 0, false
	}
	for i := range n {
		bucket := m[at+i*bucketSize : min(end, at+(i+1)*bucketSize)]
		if uint64(m.u32(at+i*bucketSize)) != i/perFunction || len(bytes.Trim(bucket[4:], "\x00")) > 0 {
			return 0, 0, false
		}
	}
	clear(m[at:end])
	return at, n, true
}
