package journal

import "errors"

// ErrCardNumber is why a line was not written: a string in it reads like a card number.
var ErrCardNumber = errors.New("journalling a record: it holds what may be a card number, so it was not written; " +
	"the POS must not use account or card numbers as sale ids")

// HoldsCardNumber says whether text holds what may be a card number: 13 to 19
// digits, alone or in groups, that pass the check of card numbers (Luhn).
//
// Groups are parted by single spaces or dashes, as cards are printed and typed;
// then any such number counts. Or they are parted by single dots or underscores,
// as programs join what they build names from. Amounts, versions and times look
// like that too, so there a group has two digits at least, and a number begins
// as payment cards do: with 3 to 6, or with 22 to 27. A year begins with none of
// those. The same holds for a number that is only some of the groups.
func HoldsCardNumber(text string) bool { return holdsCard(text) }

const (
	minCard = 13 // digits
	maxCard = 19
)

func holdsCard[T string | []byte](text T) bool {
	for i := range len(text) {
		if isDigit(text[i]) && (i == 0 || !isDigit(text[i-1])) && cardAt(text, i) {
			return true
		}
	}
	return false
}

// cardAt says whether the group of digits at from, with groups behind it or
// without, is what may be a card number.
func cardAt[T string | []byte](text T, from int) bool {
	var digits [maxCard]byte
	n, dotted := 0, false
	behind := from >= 2 && isDigit(text[from-2]) && isGap(text[from-1])
	for at := from; ; at++ {
		group := at
		for ; at < len(text) && isDigit(text[at]); at++ {
			if n == maxCard {
				return false
			}
			digits[n] = text[at] - '0'
			n++
		}
		more := at+1 < len(text) && isDigit(text[at+1])
		gap, dot := more && isGap(text[at]), more && isDot(text[at])
		first := group == from
		if (dotted || first && dot) && at-group < 2 {
			return false
		}
		whole := !dotted && !behind && !gap
		if n >= minCard && luhn(digits[:n]) && (whole || issued(digits)) {
			return true
		}
		if !gap && !dot || !first && dotted != dot {
			return false
		}
		dotted = dot
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isGap(c byte) bool   { return c == ' ' || c == '-' }
func isDot(c byte) bool   { return c == '.' || c == '_' }

// issued says whether digits begin as the numbers of payment cards do.
func issued(digits [maxCard]byte) bool {
	return digits[0] >= 3 && digits[0] <= 6 || digits[0] == 2 && digits[1] >= 2 && digits[1] <= 7
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
			if holdsCard(record[i+1 : end]) {
				return true
			}
			i = end
		case c >= '0' && c <= '9':
			end := i
			for end < len(record) && record[end] >= '0' && record[end] <= '9' {
				end++
			}
			if end-i >= 14 && holdsCard(record[i:end]) {
				return true
			}
			i = end - 1
		}
	}
	return false
}
