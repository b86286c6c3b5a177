package plugin

// language is all that cards say in one language. Texts may hold {n} for a
// number, {wait} for seconds, {when} for a day and time, {part} and {rest} for
// amounts; nothing else is ever filled in. Every list of rows has the length of
// what it is indexed by, so that a missing row does not compile; that each row
// stands in its place is a test's to hold.
type language struct {
	cards          [numCards]cardText
	acts           [numActs]cardText // what cards say that ask for the same thing
	doubt          doubtByKind       // what a card says while money is in doubt
	help           helpByKind        // … where nothing is left but the supervisor
	actions        [len(actions)]actionText
	typeCode       actionText // enter_again, where what is entered is the verification code
	banners        [len(banners)]term[Banner]
	paused         pausedBanners
	theirs         string // the banner of a card that is the supervisor's to press
	owners         [len(owners)]term[Owner]
	problems       [len(problems)]term[Problem]
	params         [len(params)]string                  // the spoken name of each documented parameter
	money          [len(moneyKinds)][len(moneys)]string // at most 22 cells in English and 27 in French
	partHeld       partLines
	partTaken      partLines
	retries        retryTexts
	spent          string     // why, where nothing is left to try of what a card is about
	replaced       string     // the notice that the sale was replaced
	weekdays       [7]string  // from Sunday
	dayTime        string     // a day and time, with {day}, {hour} and {minute}
	amount         amountForm // how dollars are written
	approved, busy [2]string  // customer display, two lines of 20 cells: a purchase went well, and everything else
}

// act is what a card asks for where several cards ask for the same: then they
// look alike, and what one of them leaves open is said in the act's words. The
// same words stand in for a card's own when its own way forward is not offered.
type act uint8

const (
	ownWords       act = iota
	toPayOtherwise     // not with Flexiti, and the reason stays with the lender
	toPayTheRest       // a part is paid with Flexiti, the rest another way
	toFinish           // the sale can be finished, whatever this answer was about
	toVerify           // another way to verify the customer
	toFind             // the customer's account is looked for
	toChoose           // another plan may do what this one could not
	toGoOn             // the sale goes on at the POS
	toMendSetup        // something of the store's own has to be put right
	toCallHelp         // store computer help is what is left
	toReconnect        // the till connects to Flexiti again
	toWait             // a payment is under way
	toResend           // the payment in doubt can go out once more, under its key
	toDecide           // the supervisor is there and chooses: no line of the list is advice

	numActs
)

// cardText is what one card says. What it leaves empty its act says; never and
// retry may be empty there, too: no such line, and that of the retry policy.
type cardText struct {
	card     CardID
	act      act
	pays     bool   // its words ask for another payment
	keeps    bool   // what it forbids, it forbids whatever comes next
	settles  bool   // it asks what became of a payment: the doubt has the question, and its own retry and never lines stand in a doubt
	banner   string // in place of the banner's words, outside a doubt
	headline string // a fact in the customer's world: at most 40 cells in English, 52 in French
	retry    string // in place of the policy's line: at most 56 cells
	never    string // one whole sentence: at most 60 cells in English, 74 in French
	say      string // to the customer: at most 140 cells in English, 150 in French
	ifAsked  string // when the customer asks why: as say
	inDoubt  inDoubt
	why      string // for the details page: at most 240 cells in English, 300 in French
}

// inDoubt are the headlines of a card that has something to say of a doubt:
// while it can be checked, and when nobody but the supervisor is left to ask.
// Where they are empty the doubt's own stand.
type inDoubt struct{ check, ask string }

// actionText is an action on a key: label at most 20 cells, text 60 in English
// and 74 in French. It fits every card that can offer the action. The text
// tells who acts when the key is pressed: the till, the customer or the cashier.
// Banner names the act more closely than the decision's banner does, for a card
// whose first action this is; empty where that will do.
type actionText struct {
	id                  ActionID
	label, text, banner string
}

// pausedBanners stand while the till counts down to what comes first: another
// try, a check.
type pausedBanners struct{ again, check string }

// term is a name of a vocabulary in words.
type term[K ~string] struct {
	id   K
	text string
}

// doubtText is what every card says while money is in doubt, by what comes first.
type doubtText struct {
	never            string // what would cost the customer or the store
	ifAsked, why     string
	check, ask       step   // the till can check; only the supervisor can tell
	question, asking string // the headline of the card that asks what became of it, and what is said meanwhile
}

// step is a headline and what is said to the customer with it.
type step struct{ headline, say string }

// doubtByKind and helpByKind hold what depends on whether money is taken, given
// back, or no longer set aside.
type (
	doubtByKind struct{ purchase, refund, release doubtText }
	helpByKind  struct{ purchase, refund, release step }
)

func (b *doubtByKind) of(kind MoneyKind) *doubtText {
	return byKindOfMoney(kind, &b.purchase, &b.refund, &b.release)
}

func (b *helpByKind) of(kind MoneyKind) *step {
	return byKindOfMoney(kind, &b.purchase, &b.refund, &b.release)
}

func byKindOfMoney[T any](kind MoneyKind, purchase, refund, release *T) *T {
	switch kind {
	case KindRefund:
		return refund
	case KindRelease:
		return release
	}
	return purchase
}

// partLines are the money lines of a sale that is paid in part, at most 46 cells
// in English and 49 in French: the rest was refused, or refused when it was to
// be captured; or an amount is not known.
type partLines struct{ pay, capture, some string }

// retryTexts are the lines of the retry policies: at most 56 cells.
type retryTexts struct {
	now, afterFix, sameKey string
	oneLeft, left          string   // limited
	wait, until, later     string   // later: by seconds, by the clock, not known
	check                  [3]paced // check_first: the checks left are not counted, one, more
	never                  string
	nothing                string // never, after what went well
	nothingAgain           string // never, after a step that went well
	nothingYet             string // never, while something is awaited
	unconfirmed            string // never, in a doubt
}

// paced is a line without a pause and with one.
type paced struct{ now, after string }

// amountForm is what stands before dollars, between thousands, before cents and at the end.
type amountForm struct{ before, thousands, cents, after string }

// The vocabularies that have texts, in the order of their rows.
var (
	banners = [...]Banner{
		BannerDone, BannerOnceMore, BannerCorrectIt, BannerAnotherWay, BannerOtherPayment, BannerCheckSale, BannerSupervisor,
		BannerNoDecision, BannerWaitMoment, BannerNextStep, BannerNotToday, BannerAskInput,
	}
	owners     = [...]Owner{OwnerCustomer, OwnerCashier, OwnerSupervisor, OwnerStoreIT, OwnerFlexiti, OwnerNobody}
	moneyKinds = [...]MoneyKind{KindPurchase, KindPayment, KindRefund, KindRelease}        // the first where it is none of these
	moneys     = [...]Money{MoneyUnknown, MoneyNone, MoneyNotMoved, MoneyHeld, MoneyMoved} // as before
	problems   = [...]Problem{ProblemRequired, ProblemFormat, ProblemLength, ProblemInvalid, ProblemOther}
)

// The places of names in their vocabularies.
var (
	bannerPlace  = places(banners[:], func(b Banner) Banner { return b })
	ownerPlace   = places(owners[:], func(o Owner) Owner { return o })
	kindPlace    = places(moneyKinds[:], func(k MoneyKind) MoneyKind { return k })
	moneyPlace   = places(moneys[:], func(m Money) Money { return m })
	problemPlace = places(problems[:], func(p Problem) Problem { return p })
	actionPlace  = places(actions[:], func(a actionRow) ActionID { return a.id })
)

func places[R any, K ~string](rows []R, id func(R) K) map[K]int {
	at := make(map[K]int, len(rows))
	for i, r := range rows {
		at[id(r)] = i
	}
	return at
}

// textOf gives the words for a name, or nothing for one that is in no vocabulary of ours.
func textOf[K ~string](terms []term[K], place map[K]int, id K) string {
	if i, ok := place[id]; ok {
		return terms[i].text
	}
	return ""
}

func wordsIn(l Lang) *language {
	if l == French {
		return &french
	}
	return &english
}
