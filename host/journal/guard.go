package journal

import "errors"

// ErrCardNumber is why a line was not written: a string in it reads like a card number.
var ErrCardNumber = errors.New("journalling a record: it holds what may be a card number, so it was not written; " +
	"the POS must not use account or card numbers as sale ids")

// cardNumber says whether text holds 13 to 19 digits, alone or in groups
// parted by single spaces or dashes, that pass the check of card numbers (Luhn).
func cardNumber(text []byte) bool {
	var run [20]byte
	for i := 0; i < len(text); {
		n, end := digitRun(text[i:], &run)
		if n >= 13 && n <= 19 && luhn(run[:n]) {
			return true
		}
		i += max(end, 1)
	}
	return false
}

// digitRun gathers the digits at the front of text; past 19 it only counts them.
func digitRun(text []byte, run *[20]byte) (n, end int) {
	for i, c := range text {
		switch {
		case c >= '0' && c <= '9':
			if n < len(run) {
				run[n] = c - '0'
			}
			n++
			end = i + 1
		case (c == ' ' || c == '-') && n > 0 && end == i:
			// one separator may stand between two digits
		default:
			return n, end
		}
	}
	return n, end
}

func luhn(digits []byte) bool {
	sum := 0
	for i, d := range digits {
		n := int(d)
		if (len(digits)-i)%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// recordHoldsCard looks through the strings and numbers of a JSON text. A
// number of 13 digits passes: every Unix time in milliseconds has 13, and one
// in ten of those would be taken for a card.
func recordHoldsCard(record []byte) bool {
	for i := 0; i < len(record); i++ {
		switch c := record[i]; {
		case c == '"':
			end := i + 1
			for end < len(record) && record[end] != '"' {
				if record[end] == '\\' {
					end++
				}
				end++
			}
			end = min(end, len(record))
			if cardNumber(record[i+1 : end]) {
				return true
			}
			i = end
		case c >= '0' && c <= '9':
			end := i
			for end < len(record) && record[end] >= '0' && record[end] <= '9' {
				end++
			}
			if end-i >= 14 && cardNumber(record[i:end]) {
				return true
			}
			i = end - 1
		}
	}
	return false
}
