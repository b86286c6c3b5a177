package tui

import (
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/plugin"
)

// Event is what the cashier chose on a card. Its answer is for the sale as it is
// when the event is read, which another answer may have changed since: send the
// engine a host.Event with Action, Ref and the newest sale that you hold of SaleID, and show what comes.
// Where Ref is no longer that of the sale's last card, the module refuses the action,
// and Next must not be sent.
type Event struct {
	SaleID string
	Ref    string // the card's
	Action plugin.ActionID
	Next   *plugin.Next // the call that the POS should make; nil: none
	// SettledBy is whose PIN it was, where settling asks for one.
	SettledBy string
	// Locale is the language that the card was read in: the next one is to be in it, too.
	Locale plugin.Lang
}

// moves tells whether choosing this action is too grave for Enter alone: its
// call moves money, or it settles a doubt.
func moves(a plugin.Action) bool {
	return a.ID.Settles() || a.MovesMoney()
}

// closes tells whether a card only says that its sale is over: to carry on is
// then to go on to the next customer, which is nobody's business but the screen's.
func closes(d plugin.Decision) bool {
	chosen, ok := strings.CutPrefix(d.Matched.Rule, "action//")
	return ok && plugin.ActionID(chosen).Ends()
}

// bought tells whether a card says that a purchase went through: that it was taken
// or set aside, and that the sale can be finished.
func bought(d plugin.Decision) bool {
	switch d.Money {
	case plugin.MoneyMoved, plugin.MoneyHeld:
		return d.Banner == plugin.BannerDone && (d.MoneyKind == plugin.KindPurchase || d.MoneyKind == plugin.KindPayment)
	}
	return false
}

// pauses tells whether a card's first action is to be done again only after a
// pause. Where it is another one, the pause is of nothing on the first key.
func pauses(d plugin.Decision) bool {
	if d.Retry.AfterS <= 0 || len(d.Actions) == 0 || d.Retry.Policy != plugin.RetryLater && d.Retry.Policy != plugin.RetryCheckFirst {
		return false
	}
	switch d.Actions[0].ID {
	case plugin.ActTryAgain, plugin.ActCheckStatus, plugin.ActResendSame:
		return true
	}
	return false
}

// unsettled tells whether it is not known what became of money of the sale (it is in
// doubt, or a payment is under way, whose answer a till that stops may miss), or
// whether it was perhaps taken twice.
func unsettled(d plugin.Decision) bool {
	twice := d.Family == plugin.FamilyCheck && (d.Money == plugin.MoneyMoved || d.Money == plugin.MoneyHeld)
	return d.Money == plugin.MoneyUnknown || twice
}

// Two banners have signs of their own within their family: what Flexiti has not
// decided is no short wait, for the customer need not stand there for it; and a
// step that went well is no sale that is done.
const (
	signNoDecision = "[~]"
	signNextStep   = "[>]"
)

// Sign is a card's first cue, beside its word: [OK], [!], [?] and so on. ASCII, three cells or four.
func Sign(d plugin.Decision) string {
	switch d.Banner {
	case plugin.BannerNoDecision:
		return signNoDecision
	case plugin.BannerNextStep:
		return signNextStep
	}
	return familySign(d.Family)
}

func familySign(f plugin.Family) string {
	switch f {
	case plugin.FamilyApproved:
		return "[OK]"
	case plugin.FamilyFix:
		return "[!]"
	case plugin.FamilyWait:
		return "[..]"
	case plugin.FamilyStop:
		return "[X]"
	case plugin.FamilyCheck:
		return "[?]"
	}
	return "[i]"
}

func familyColour(f plugin.Family) colour {
	switch f {
	case plugin.FamilyApproved:
		return colourGreen
	case plugin.FamilyFix:
		return colourYellow
	case plugin.FamilyWait:
		return colourCyan
	case plugin.FamilyStop:
		return colourRed
	case plugin.FamilyCheck:
		return colourMagenta
	}
	return colourWhite
}

// moneySign is the money line's own cue: round brackets, so that it is taken
// neither for a family nor for a key.
func moneySign(m plugin.Money) string {
	switch m {
	case plugin.MoneyHeld:
		return "(=)"
	case plugin.MoneyMoved:
		return "($)"
	case plugin.MoneyUnknown:
		return "(?)"
	}
	return "(-)"
}

// saleName is how the cashier knows the sale.
func saleName(c host.Card) string {
	if c.Display.Sale != "" {
		return c.Display.Sale
	}
	return c.SaleID
}

// clock is the till's time of day of at: 14:32, or 14 h 32.
func clock(at int64, offsetMin *int, l plugin.Lang) string {
	if at == 0 || offsetMin == nil {
		return ""
	}
	minutes := ((at/60000+int64(*offsetMin))%1440 + 1440) % 1440
	h, m := strconv.FormatInt(minutes/60, 10), strconv.FormatInt(100+minutes%60, 10)[1:]
	if l == plugin.French {
		return h + nbsp + "h" + nbsp + m
	}
	return strconv.FormatInt(100+minutes/60, 10)[1:] + ":" + m
}

// Amount writes decimal dollars as the language does: $1,249.00 or 1 249,00 $. What is no amount it gives as it is.
func Amount(s string, l plugin.Lang) string {
	whole, cents, _ := strings.Cut(s, ".")
	if whole == "" || len(whole) > 12 || len(cents) != 2 || strings.Trim(whole+cents, "0123456789") != "" {
		return s
	}
	group, point := ",", "."
	if l == plugin.French {
		group, point = nbsp, ","
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	if l == plugin.French {
		return whole + point + cents + nbsp + "$"
	}
	return "$" + whole + point + cents
}
