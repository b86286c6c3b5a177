package plugin

import (
	"strconv"
	"strings"
)

// plainAmount says whether s is an amount: ASCII digits with a point, one to
// seven before it, at most two after it, not negative. Flexiti's own field is
// longer (page 9601087: number(18,2)), and so long that a card number fits it,
// which must not be kept.
func plainAmount(s string) (amount string, ok bool) {
	whole, cents, dot := strings.Cut(s, ".")
	if whole == "" || len(whole) > 7 || len(cents) > 2 || dot && cents == "" || strings.Trim(whole+cents, "0123456789") != "" {
		return "", false
	}
	return s, true
}

// readAmount gives an amount as facts keep it: one that is there and cannot be
// read is another amount than any.
func readAmount(s string) string {
	if a, ok := plainAmount(s); ok || s == "" {
		return a
	}
	return AmountUnreadable
}

// centsOf reads an amount; what is not there or cannot be read is none.
func centsOf(amount string) (Cents, bool) {
	_, ok := plainAmount(amount)
	if !ok {
		return 0, false
	}
	whole, cents, _ := strings.Cut(amount, ".")
	n, _ := strconv.Atoi(whole + (cents + "00")[:2])
	return Cents(n), true
}

// amount writes cents as dollars, "1249.00"; nothing for no amount or one that is not known.
func (c Cents) amount() string {
	if c <= 0 {
		return ""
	}
	cents := strconv.Itoa(int(c%100) + 100)
	return strconv.FormatInt(int64(c/100), 10) + "." + cents[1:]
}

// sameAmount compares two amounts: "10" and "10.00" are one. What cannot be
// read equals nothing, itself included.
func sameAmount(a, b string) bool {
	x, ok1 := centsOf(a)
	y, ok2 := centsOf(b)
	return ok1 && ok2 && x == y
}
