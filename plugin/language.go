package plugin

// language is all that cards say in one language. Texts may hold {n} for a
// number, {wait} for seconds, {when} for a day and time, {part} and {rest} for
// amounts; nothing else is ever filled in. Every list of rows has the length of
// what it is indexed by, so that a missing row does not compile; that each row
// stands in its place is a test's to hold.
type language struct {
	cards          [numCards]cardText
	actions        [len(actions)]actionText
	banners        [len(banners)]term[Banner]
	owners         [len(owners)]term[Owner]
	problems       [len(problems)]term[Problem]
	params         [len(params)]string                  // the spoken name of each documented parameter
	money          [len(moneyKinds)][len(moneys)]string // at most 22 cells in English and 27 in French
	partHeld       partLines
	partTaken      partLines
	retries        retryTexts
	doubt          perKind    // what a card says while money is in doubt
	waiting        stead      // … while a payment is under way
	help           perKind    // … that would ask for another payment, or try again, where neither is offered
	rest           stead      // … that asks for another payment, for what is not paid of a sale
	finish         stead      // … that asks for another try, in a sale that can be finished
	otherPayment   string     // the headline of a card without its own: what the lender keeps to itself looks the same on all
	payInstead     string     // to say when nothing is left to try but another payment
	verifyInstead  string     // … but another way to verify
	spent          string     // why, in both cases
	resend         string     // the never line while the same payment may be sent under its key
	replaced       string     // the notice that the sale was replaced
	weekdays       [7]string  // from Sunday
	dayTime        string     // a day and time, with {day}, {hour} and {minute}
	amount         amountForm // how dollars are written
	approved, busy [2]string  // customer display, two lines of 20 cells: a purchase went well, and everything else
}

// cardText is what one card says. Without a headline of its own it has that of
// all refusals whose reason stays with the lender; without words to say or to
// answer, those of a doubt. Empty never and retry mean none, and the policy's.
type cardText struct {
	card     CardID
	pays     bool   // its words ask for another payment
	settles  bool   // it asks what became of a payment: the doubt has the question, and its own retry and never lines stand in a doubt
	headline string // a fact in the customer's world: at most 40 cells in English, 52 in French
	retry    string // in place of the policy's line: at most 56 cells
	never    string // one whole sentence: at most 60 cells in English, 74 in French
	say      string // to the customer: at most 140 cells in English, 150 in French
	ifAsked  string // when the customer asks why: as say
	why      string // for the details page: at most 240 cells in English, 300 in French
}

// actionText is an action on a key: label at most 20 cells, text 60 in English
// and 74 in French. It fits every card that can offer the action.
type actionText struct {
	id          ActionID
	label, text string
}

// term is a name of a vocabulary in words.
type term[K ~string] struct {
	id   K
	text string
}

// stead stands in the place of a card's own words.
type stead struct {
	headline, never, say, ifAsked, why string
	question                           string // the headline of the card that asks what became of it
	asking                             string // what is said to the customer meanwhile
}

// perKind holds what depends on whether money is taken, given back, or no longer set aside.
type perKind struct{ purchase, refund, release stead }

func (b *perKind) of(kind MoneyKind) *stead {
	switch kind {
	case KindRefund:
		return &b.refund
	case KindRelease:
		return &b.release
	}
	return &b.purchase
}

// partLines are the money lines of a sale that is paid in part, at most 42 cells
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
