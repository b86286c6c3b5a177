package plugin

import (
	"hash/crc32"
	"strings"
)

// refAlphabet has no 0, 1, I or O, which people mix up when they read aloud.
const refAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// refOf gives the label to quote for a record, from its text without a ref:
// the low 20 bits of CRC-32C over it, five bits a letter, the high ones first.
func refOf(record []byte) string {
	sum := crc32.Checksum(record, castagnoli)
	ref := make([]byte, 4)
	for i := range ref {
		ref[i] = refAlphabet[sum>>(15-5*i)&31]
	}
	return string(ref)
}

func isRef(s string) bool {
	for i := range len(s) {
		if strings.IndexByte(refAlphabet, s[i]) < 0 {
			return false
		}
	}
	return len(s) == 4
}
