package journal

import (
	"encoding/hex"
	"hash/crc32"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sealMember stands between what the checksum covers and the checksum.
const sealMember = `,"crc":"`

// sealSize is the length of the end of a line: ,"crc":"09af77be"}
const sealSize = len(sealMember) + 8 + 2

// seal ends the line that begins at start and has everything but its checksum and its newline.
func seal(line []byte, start int) []byte {
	sum := crc32.Checksum(line[start:], castagnoli)
	line = append(line, sealMember...)
	line = hex.AppendEncode(line, []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return append(line, "\"}\n"...)
}

// sealed says whether a line, without its newline, is what was written.
func sealed(line []byte) bool {
	body := len(line) - sealSize
	if body < 0 || string(line[body:body+len(sealMember)]) != sealMember || string(line[len(line)-2:]) != `"}` {
		return false
	}
	var sum [4]byte
	if _, err := hex.Decode(sum[:], line[body+len(sealMember):len(line)-2]); err != nil {
		return false
	}
	want := uint32(sum[0])<<24 | uint32(sum[1])<<16 | uint32(sum[2])<<8 | uint32(sum[3])
	return crc32.Checksum(line[:body], castagnoli) == want
}
