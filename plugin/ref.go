package plugin

import (
	"hash/crc32"
	"strings"
)

// refAlphabet has no 0, 1, I or O, which people mix up when they read aloud.
const refAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// refOf gives the label to quote for a record: the low 20 bits of CRC-32C over
// the record without its ref, five bits a letter, the high ones first.
func refOf(r *Record) string {
	without := *r
	without.Ref = ""
	w := list{out: make([]byte, 0, 2*MaxSale)}
	appendRecord(&w, &without)
	sum := crc32.Checksum(w.out, castagnoli)
	ref := make([]byte, 4)
	for i := range ref {
		ref[i] = refAlphabet[sum>>(15-5*i)&31]
	}
	return string(ref)
}

func isRef(s string) bool {
	return len(s) == 4 && strings.Trim(s, refAlphabet) == ""
}
