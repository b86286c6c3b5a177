package plugin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/plugin/internal/calendar"
)

// Render puts a decision into words. It decides nothing: the same decision
// gives the same words, and a decision of another module's with a card that
// this one does not know gets the words of the safe card.
func Render(d Decision, texts Texts, l Locale) Prompt {
	cashier := LangOf(string(l.Cashier))
	customer := cashier
	if l.Customer != "" {
		customer = LangOf(string(l.Customer))
	}
	words, spoken := wordsIn(cashier), wordsIn(customer)
	c := &cards[0]
	if d.Card < numCards {
		c = &cards[d.Card]
	}
	w := words.in(c, &d)
	said := w
	if spoken != words {
		said = spoken.in(c, &d)
	}
	p := Prompt{
		Locale:          cashier,
		Banner:          textOf(words.banners[:], bannerPlace, d.Banner),
		Headline:        w.headline,
		Money:           words.moneyLine(&d),
		Retry:           words.retryLine(w.retry, c, &d, l.UTCOffsetMin),
		Never:           w.never,
		Actions:         make([]PromptAct, len(d.Actions)),
		Say:             said.say,
		IfAsked:         said.ifAsked,
		Owner:           textOf(words.owners[:], ownerPlace, d.Owner),
		Why:             w.why,
		Fields:          make([]PromptField, len(d.Fields)),
		Contact:         contact(texts, d, cashier),
		CustomerDisplay: spoken.busy,
	}
	for i, a := range d.Actions {
		if at, ok := actionPlace[a.ID]; ok {
			p.Actions[i] = PromptAct{words.actions[at].label, words.actions[at].text}
		}
	}
	for i, f := range d.Fields {
		label := f.Param
		if at := paramIndex(f.Param); at >= 0 {
			label = words.params[at]
		}
		p.Fields[i] = PromptField{f.Param, label, textOf(words.problems[:], problemPlace, f.Problem)}
	}
	if d.Notice == NoticeSaleReplaced {
		p.Why = words.replaced + " " + p.Why
	}
	if d.Family == FamilyApproved && (d.Money == MoneyMoved || d.Money == MoneyHeld) && !d.Doubt && d.Rest == nil {
		p.CustomerDisplay = spoken.approved
	}
	return p
}

// in gives a card's words, with others in their place where its own would
// promise what is not offered, or claim what is not known.
func (l *language) in(c *card, d *Decision) cardText {
	w := l.cards[c.id]
	doubt := l.doubt.of(d.MoneyKind)
	if w.settles {
		w.headline, w.say = doubt.question, doubt.asking
	}
	if d.Doubt || d.Money == MoneyUnknown {
		l.unsure(&w, c, d)
	} else if len(d.Actions) > 0 {
		l.offered(&w, c, d)
	}
	if w.headline == "" {
		w.headline = l.otherPayment
	}
	if w.say == "" {
		w.say = doubt.say
	}
	if w.ifAsked == "" {
		w.ifAsked = doubt.ifAsked
	}
	return w
}

// headline is a card's headline where nothing is decided: for lists of cards.
func (l *language) headline(id CardID) string { return l.in(&cards[id], &Decision{}).headline }

// unsure puts the words of the doubt, or of the wait, in place of a card's own:
// a line that offers another payment must not be read out then. Cards of family
// check are written for a doubt.
func (l *language) unsure(w *cardText, c *card, d *Decision) {
	over := l.doubt.of(d.MoneyKind)
	never := over.never
	if !d.Doubt {
		over = &l.waiting
	}
	if c.family != FamilyCheck {
		w.say, w.ifAsked, w.why = over.say, over.ifAsked, over.why
		if w.headline == "" || c.privacy == PrivacyDiscreet {
			w.headline = over.headline // theirs leads to another payment
		}
	}
	if !w.settles {
		w.retry, w.never = "", never
	}
	if offersAction(d, ActResendSame) {
		w.never = l.resend
	}
}

// offered replaces what a card says where the sale or the store has nothing
// left to try again, or no other payment to offer.
func (l *language) offered(w *cardText, c *card, d *Decision) {
	first, own := d.Actions[0].ID, c.actions[0]
	spent := slices.Contains(leaving, first) && !slices.Contains(leaving, own)
	verify := first != own && actions[actionPlace[first]].method != "" &&
		(own == ActEnterAgain || c.retry == RetryLimited && d.Retry.Policy == RetryNever)
	switch {
	case first == ActFinishSale && own != ActFinishSale:
		w.say, w.ifAsked = l.finish.say, l.finish.ifAsked
		if w.headline == "" {
			w.headline = l.finish.headline
		}
	case (spent || w.pays) && offersAction(d, ActPayRest):
		w.say, w.ifAsked = l.rest.say, l.rest.ifAsked
	case spent && first == ActOtherPayment:
		w.say = l.payInstead
	case spent || w.pays && !offersAction(d, ActOtherPayment):
		help := l.help.of(d.MoneyKind)
		w.say = help.say
		if w.headline == "" {
			w.headline = help.headline
		}
	case verify:
		w.say = l.verifyInstead
	}
	if (spent || verify) && d.Retry.Policy == RetryNever && (c.retry == RetryLimited || c.retry == RetryLater) {
		w.why = l.spent
	}
}

// leaving are the actions that leave a card as one that came to nothing.
var leaving = []ActionID{ActOtherPayment, ActPayRest, ActCallSupervisor, ActHoldSale}

func offersAction(d *Decision, id ActionID) bool {
	return slices.ContainsFunc(d.Actions, func(a Action) bool { return a.ID == id })
}

// moneyLine names the money of the sale, and both amounts where a part of it is not paid.
func (l *language) moneyLine(d *Decision) string {
	line := l.money[kindPlace[d.MoneyKind]][moneyPlace[d.Money]]
	if d.Rest == nil || d.Doubt || d.MoneyKind == KindRefund || d.MoneyKind == KindRelease {
		return line
	}
	part := &l.partTaken
	switch d.Money {
	case MoneyMoved:
	case MoneyHeld:
		part = &l.partHeld
	default:
		return line
	}
	text, done, rest := part.pay, "", l.dollars(d.Rest.Amount)
	if d.About != nil {
		done = l.dollars(d.About.Amount)
	}
	if d.Rest.Operation == OpCapture {
		text = part.capture
	} else {
		line = part.some
	}
	if done == "" || rest == "" {
		return line
	}
	return strings.Replace(strings.Replace(text, "{part}", done, 1), "{rest}", rest, 1)
}

// dollars writes an amount as the language does; nothing for what is no amount.
func (l *language) dollars(amount string) string {
	whole, cents, _ := strings.Cut(amount, ".")
	if whole == "" || len(whole) > 7 || len(cents) > 2 || strings.Trim(whole+cents, "0123456789") != "" {
		return ""
	}
	whole = strings.TrimLeft(whole[:len(whole)-1], "0") + whole[len(whole)-1:]
	cents += "00"[len(cents):]
	out := make([]byte, 0, 24)
	out = append(out, l.amount.before...)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, l.amount.thousands...)
		}
		out = append(out, whole[i])
	}
	out = append(out, l.amount.cents...)
	out = append(out, cents...)
	return string(append(out, l.amount.after...))
}

// retryLine is the card's own line if it has one and it can be filled in, else
// that of the retry policy. A line with {when} needs a time and the till's
// offset, for no clock time is shown without it.
func (l *language) retryLine(own string, c *card, d *Decision, offset *int) string {
	r, lines := d.Retry, &l.retries
	when := ""
	if r.Until > 0 && offset != nil {
		when = l.when(r.Until, *offset)
	}
	line := lines.never
	switch {
	case own != "" && r.Policy == c.retry && (when != "" || !strings.Contains(own, "{when}")):
		line = own
	case r.Policy == RetryCheckFirst:
		check := lines.check[min(max(r.Left, 0), 2)]
		line = check.now
		if r.AfterS > 0 {
			line = check.after
		}
	case r.Policy == RetrySameKey:
		line = lines.sameKey
	case d.Doubt:
		line = lines.unconfirmed
	case d.Money == MoneyUnknown:
		line = lines.nothingYet
	case r.Policy == RetryNow:
		line = lines.now
	case r.Policy == RetryAfterFix:
		line = lines.afterFix
	case r.Policy == RetryLimited && r.Left == 1:
		line = lines.oneLeft
	case r.Policy == RetryLimited:
		line = lines.left
	case r.Policy == RetryLater && r.AfterS > 0:
		line = lines.wait
	case r.Policy == RetryLater && when != "":
		line = lines.until
	case r.Policy == RetryLater:
		line = lines.later
	case d.Family == FamilyWait:
		line = lines.nothingYet
	case d.Family == FamilyApproved:
		line = lines.nothing
	}
	if !strings.Contains(line, "{") {
		return line
	}
	line = strings.Replace(line, "{n}", strconv.Itoa(r.Left), 1)
	line = strings.Replace(line, "{wait}", strconv.Itoa(r.AfterS), 1)
	return strings.Replace(line, "{when}", when, 1)
}

// when is a day and time of the till's own clock: "Tuesday 14:32", « mardi à 14 h 32 ».
func (l *language) when(ms int64, offsetMin int) string {
	weekday, hour, minute := calendar.Clock(ms, offsetMin)
	text := strings.Replace(l.dayTime, "{day}", l.weekdays[weekday], 1)
	text = strings.Replace(text, "{hour}", strconv.Itoa(hour), 1)
	return strings.Replace(text, "{minute}", strconv.Itoa(100 + minute)[1:], 1)
}

func contact(texts Texts, d Decision, l Lang) string {
	c := texts.Contacts[d.Owner]
	if l == French {
		return c.French
	}
	return c.English
}
