package glance

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/tillwise/tillwise/plugin"
)

// Plan is all that a kit follows from, beside the module that gives the cards.
type Plan struct {
	Lang  plugin.Lang // of the screens, the questions and the sheets
	Seed  uint64      // groups with seeds next to each other get other cards, as far as there are any
	Cards int         // from MinCards to MaxCards
}

// Limits of a plan. Fewer cards would leave out a kind of card.
const (
	MinCards = 12
	MaxCards = 60
)

// maxReader is the largest reader's number: as many as fit the report's columns.
const maxReader = 99

func (p Plan) check() error {
	switch {
	case p.Lang != plugin.English && p.Lang != plugin.French:
		return fmt.Errorf("there are no cards in %q: take %s or %s", p.Lang, plugin.English, plugin.French)
	case p.Cards < MinCards || p.Cards > MaxCards:
		return fmt.Errorf("a kit has %d to %d cards, not %d", MinCards, MaxCards, p.Cards)
	}
	return nil
}

// The code of a screen is the plan, a fingerprint of the answers and the
// screen's number: en-7-30-9f2c-03. The letters in front keep spreadsheets from
// taking it for a date.
var codes = regexp.MustCompile(`^(en|fr)-([0-9]{1,20})-([0-9]{1,3})-([0-9a-f]{4})-([0-9]{2})$`)

// stem is a code without the screen's number.
func (p Plan) stem(print string) string {
	return fmt.Sprintf("%s-%d-%d-%s", short(p.Lang), p.Seed, p.Cards, print)
}

func short(l plugin.Lang) string { return string(l)[:2] }

func numbered(stem string, n int) string { return fmt.Sprintf("%s-%02d", stem, n) }

var errCode = errors.New("it is no screen's code, such as en-7-30-9f2c-03: copy it from the kit's own sheet")

// parseCode takes a screen's code apart.
func parseCode(code string) (p Plan, stem string, n int, err error) {
	m := codes.FindStringSubmatch(code)
	if m == nil {
		return p, "", 0, errCode
	}
	p.Lang = plugin.LangOf(m[1])
	p.Seed, err = strconv.ParseUint(m[2], 10, 64)
	p.Cards, _ = strconv.Atoi(m[3]) // three digits
	n, _ = strconv.Atoi(m[5])
	if err != nil || p.check() != nil || n < 1 || n > p.Cards || p.stem(m[4]) != code[:len(code)-3] {
		return p, "", 0, errCode
	}
	return p, code[:len(code)-3], n, nil
}
