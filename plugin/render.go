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
		Banner:          words.banner(w.banner, &d),
		Headline:        w.headline,
		Money:           words.moneyLine(&d),
		Retry:           words.retryLine(w.retry, &d, l.UTCOffsetMin),
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
			text := &words.actions[at]
			if a.ID == ActEnterAgain && (c.does == asksCode || c.does == spendsCode) {
				text = &words.typeCode
			}
			p.Actions[i] = PromptAct{text.label, text.text}
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
	w := l.own(c.id, d.MoneyKind)
	if d.Retry.Policy != c.retry { // its own line was for what it cannot offer now
		w.retry = ""
	}
	switch {
	case d.Doubt || d.Money == MoneyUnknown:
		l.unsure(&w, c, d)
	case len(d.Actions) > 0:
		l.offered(&w, c, d)
	}
	return w
}

// own gives what a card says by itself: what it leaves empty its act says.
func (l *language) own(id CardID, kind MoneyKind) cardText {
	w := l.cards[id]
	if w.settles {
		doubt := l.doubt.of(kind)
		w.headline, w.say, w.ifAsked = doubt.question, doubt.asking, doubt.ifAsked
	}
	a := &l.acts[w.act]
	leaveTo(&w.headline, a.headline)
	leaveTo(&w.retry, a.retry)
	leaveTo(&w.never, a.never)
	leaveTo(&w.say, a.say)
	leaveTo(&w.ifAsked, a.ifAsked)
	return w
}

func leaveTo(own *string, act string) {
	if *own == "" {
		*own = act
	}
}

// headline is a card's headline where nothing is decided: for lists of cards.
func (l *language) headline(id CardID) string { return l.own(id, "").headline }

// unsure puts the words of the doubt, or of the wait, in place of a card's own:
// a line that offers another payment must not be read out then, and what comes
// first now is to find out, whatever this answer was about.
func (l *language) unsure(w *cardText, c *card, d *Decision) {
	if w.settles {
		return
	}
	doubt, under := l.doubt.of(d.MoneyKind), &l.acts[toWait]
	how, headline := doubt.ask, w.inDoubt.ask
	w.banner, w.retry, w.never, w.ifAsked = "", "", doubt.never, doubt.ifAsked
	switch firstOf(d) {
	case ActCheckStatus:
		how, headline = doubt.check, w.inDoubt.check
	case ActResendSame:
		how, headline, w.ifAsked = l.acts[toResend].step(), "", l.acts[toResend].ifAsked
	case ActSignInAgain:
		how, headline = l.acts[toReconnect].step(), ""
	case ActKeepWaiting:
		how, headline, w.ifAsked = under.step(), "", under.ifAsked
	}
	w.headline, w.say = how.headline, how.say
	if headline != "" {
		w.headline = headline
	}
	switch {
	case c.family == FamilyCheck: // its own reason is that of the doubt
	case d.Doubt:
		w.why = doubt.why
	default:
		w.why = under.why
	}
}

// offered replaces what a card says where the sale or the store leaves nothing
// of its own way forward: then it speaks as what is left does.
func (l *language) offered(w *cardText, c *card, d *Decision) {
	own := firstOf(d) == c.actions[0]
	switch {
	case !own && w.act != toDecide:
		l.instead(w, c, d)
	case !w.pays || offersAction(d, ActOtherPayment):
	case offersAction(d, ActPayRest):
		w.say, w.ifAsked = l.acts[toPayTheRest].say, l.acts[toPayTheRest].ifAsked
	case offersAction(d, ActCallSupervisor):
		w.say = l.help.of(d.MoneyKind).say
	default:
		w.say = l.acts[toGoOn].say
	}
	if !own && d.Retry.Policy == RetryNever && (c.retry == RetryLimited || c.retry == RetryLater) {
		w.why = l.spent
	}
}

// instead gives a card whose own way forward is gone the words of what comes first now.
func (l *language) instead(w *cardText, c *card, d *Decision) {
	first := firstOf(d)
	as, ok := standsIn[first]
	verifies := rowOf(first).method != "" && (c.does == spendsWord || !slices.Contains(verifyOtherwise, c.actions[0]))
	switch {
	case ok:
		l.speakAs(w, as)
	case verifies:
		l.speakAs(w, toVerify)
		if d.Retry.Policy != RetryNever {
			w.retry = "" // there is a count, and it says more
		}
	case first == ActCallSupervisor:
		help := l.help.of(d.MoneyKind)
		w.headline, w.say, w.retry = help.headline, help.say, ""
	}
}

// standsIn is how a card speaks whose own way forward is gone, by what comes first instead.
var standsIn = map[ActionID]act{
	ActFinishSale: toFinish, ActPayRest: toPayTheRest, ActOtherPayment: toPayOtherwise, ActCallContact: toCallHelp,
	ActLookUpAgain: toFind, ActChoosePlan: toChoose, ActCarryOn: toGoOn,
}

// speakAs gives a card the words of another act. What a card forbids of
// applications stands whatever comes next; what it forbids of a try goes with the try.
func (l *language) speakAs(w *cardText, as act) {
	a := &l.acts[as]
	w.headline, w.say, w.ifAsked, w.retry = a.headline, a.say, a.ifAsked, a.retry
	if !w.keeps {
		w.never = a.never
	}
}

func (w *cardText) step() step { return step{w.headline, w.say} }

// firstOf is the advice of a decision; nothing where it has none.
func firstOf(d *Decision) ActionID {
	if len(d.Actions) == 0 {
		return ""
	}
	return d.Actions[0].ID
}

// banner names the act: in the card's own words, or those of the first action, where it has some of
// its own and the decision's banner is that action's. Where the supervisor is
// there already, nobody is to be called: the list is the supervisor's.
func (l *language) banner(own string, d *Decision) string {
	first := firstOf(d)
	pause := d.Retry.AfterS > 0
	switch {
	case own != "":
		return own
	case d.Banner == BannerSupervisor && first != ActCallSupervisor && first != ActCallContact:
		return l.theirs
	case pause && first == ActTryAgain && d.Retry.Policy == RetryLater:
		return l.paused.again
	case pause && first == ActCheckStatus && d.Retry.Policy == RetryCheckFirst:
		return l.paused.check
	}
	if at, ok := actionPlace[first]; ok && l.actions[at].banner != "" && (d.Banner == actions[at].banner || d.Banner == BannerOnceMore) {
		return l.actions[at].banner
	}
	return textOf(l.banners[:], bannerPlace, d.Banner)
}

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
func (l *language) retryLine(own string, d *Decision, offset *int) string {
	r, lines := d.Retry, &l.retries
	when := ""
	if r.Until > 0 && offset != nil {
		when = l.when(r.Until, *offset)
	}
	line := lines.never
	switch {
	case own != "" && (when != "" || !strings.Contains(own, "{when}")):
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
	case d.Banner == BannerNextStep:
		line = lines.nothingAgain
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

// contact is the store's own text for who puts it right; where the store has none
// and the lender keeps the reason to itself, for whom the customer is sent to.
func contact(texts Texts, d Decision, l Lang) string {
	c, ok := texts.Contacts[d.Owner]
	if !ok && d.Privacy == PrivacyDiscreet {
		c = texts.Contacts[OwnerFlexiti]
	}
	if l == French {
		return c.French
	}
	return c.English
}
