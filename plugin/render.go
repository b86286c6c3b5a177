package plugin

import (
	"slices"
	"strconv"
	"strings"
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
	id := d.Card
	if words.card(id).id == "" {
		id = "till_trouble"
	}
	card, said := words.in(id, d), spoken.in(id, d)
	p := Prompt{
		Locale:   cashier,
		Banner:   find(words.banners, string(d.Banner)),
		Headline: card.headline,
		Money:    words.moneyLine(d),
		Retry:    words.retryLine(card.retry, d, l.UTCOffsetMin),
		Never:    card.never,
		Actions:  make([]PromptAct, 0, len(d.Actions)),
		Say:      said.say,
		IfAsked:  said.ifAsked,
		Owner:    find(words.owners, string(d.Owner)),
		Why:      card.why,
		Fields:   make([]PromptField, 0, len(d.Fields)),
		Contact:  contact(texts, d, cashier),
	}
	for _, a := range d.Actions {
		p.Actions = append(p.Actions, words.action(id, a.ID))
	}
	for _, f := range d.Fields {
		label := find(words.fields, f.Param)
		if label == "" {
			label = f.Param
		}
		p.Fields = append(p.Fields, PromptField{f.Param, label, find(words.problems, string(f.Problem))})
	}
	if d.Notice == NoticeSaleReplaced {
		p.Why = words.replaced + " " + p.Why
	}
	display := spoken.display[1]
	if d.Family == FamilyApproved && (d.Money == MoneyMoved || d.Money == MoneyHeld) {
		display = spoken.display[0]
	}
	p.CustomerDisplay = [2]string{display.key, display.text}
	return p
}

// in gives a card's words, with those of the doubt in their place while money
// is in doubt: a line that offers another payment must not be read out then.
// Cards of family check by themselves are written for a doubt. A card that
// offers another payment is written for a sale, and says something else about
// a refund.
func (l *language) in(id string, d Decision) cardWords {
	w, c := *l.card(id), cardOf(id)
	if over := l.spent(c, d); over != nil {
		w.say = over.say
		if d.Retry.Policy == RetryNever && (c.retry == RetryLimited || c.retry == RetryLater) {
			w.why = over.why
		}
	}
	if !d.Doubt && len(d.Actions) == 0 {
		return w
	}
	if !d.Doubt {
		if d.MoneyKind == KindRefund && slices.Contains(c.actions, ActOtherPayment) && d.Actions[0].ID == ActCallSupervisor {
			w.say, w.ifAsked = l.refund.say, l.refund.ifAsked
			if c.privacy == PrivacyDiscreet {
				w.headline = l.refund.headline
			}
		}
		return w
	}
	over := l.doubt
	if d.MoneyKind == KindRefund {
		over = l.doubtRefund
	}
	switch {
	case c.family != FamilyCheck:
		w.say, w.ifAsked, w.why = over.say, over.ifAsked, over.why
		if c.privacy == PrivacyDiscreet {
			w.headline = over.headline // theirs asks for another payment
		}
	case d.MoneyKind == KindRefund && w.say == l.doubt.say: // a card of payments
		w.say = over.say
	}
	if w.ifAsked == l.doubt.ifAsked {
		w.ifAsked = over.ifAsked
	}
	w.retry, w.never = "", over.never
	if id == "supervisor_settles" || id == "supervisor_settles_refund" {
		own := l.card(id)
		w.retry, w.never = own.retry, own.never
	}
	if slices.ContainsFunc(d.Actions, func(a Action) bool { return a.ID == ActResendSame }) {
		w.never = l.resend
	}
	return w
}

// spent gives what to say on a card that asked for another try, once the sale
// or the store has none left.
func (l *language) spent(c card, d Decision) *cardWords {
	if len(d.Actions) == 0 {
		return nil
	}
	switch first := d.Actions[0].ID; {
	case first == ActOtherPayment && c.actions[0] != ActOtherPayment:
		return &l.spentPay
	case methodOf(first) == "":
		return nil
	case c.retry == RetryLimited && d.Retry.Policy == RetryNever, c.actions[0] == ActEnterAgain:
		return &l.spentVerify
	}
	return nil
}

func (l *language) moneyLine(d Decision) string {
	if line := find(l.money, string(d.MoneyKind)+"/"+string(d.Money)); line != "" {
		return line
	}
	return find(l.money, string(d.Money))
}

// retryLine is the card's own line if it has one and it can be filled in, else
// that of the retry policy. A line with {when} needs a time and the till's
// offset, for no clock time is shown without it.
func (l *language) retryLine(own string, d Decision, offset *int) string {
	r := d.Retry
	when := ""
	if r.Until > 0 && offset != nil {
		when = l.when(r.Until, *offset)
	}
	key := string(r.Policy)
	switch {
	case own != "" && r.Policy == cardOf(d.Card).retry && (when != "" || !strings.Contains(own, "{when}")):
		return strings.ReplaceAll(own, "{when}", when)
	case r.Policy == RetryLimited && r.Left == 1:
		key += "/1"
	case r.Policy == RetryLater && r.AfterS > 0:
		key += "/after"
	case r.Policy == RetryLater && when != "":
		key += "/until"
	case r.Policy == RetryNever && (d.Family == FamilyWait || d.Family == FamilyApproved && !d.Doubt):
		key += "/" + string(d.Family)
	case r.Policy == RetryNever && d.Doubt:
		key += "/check"
	}
	line := find(l.retries, key)
	n := r.Left
	if r.Policy == RetryLater {
		n = r.AfterS
	}
	line = strings.ReplaceAll(line, "{n}", strconv.Itoa(n))
	return strings.ReplaceAll(line, "{when}", when)
}

// when is a day and time of the till's own clock: "Tuesday 14:32", « mardi à 14 h 32 ».
func (l *language) when(ms int64, offsetMin int) string {
	weekday, hour, minute := clockTime(ms, offsetMin)
	text := strings.ReplaceAll(l.dayTime, "{day}", l.weekdays[weekday])
	text = strings.ReplaceAll(text, "{hour}", strconv.Itoa(hour))
	return strings.ReplaceAll(text, "{minute}", strconv.Itoa(100 + minute)[1:])
}

func contact(texts Texts, d Decision, l Lang) string {
	c := texts.Contacts[d.Owner]
	if l == French {
		return c.French
	}
	return c.English
}
