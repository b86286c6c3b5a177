package plugin

// opKind sorts operations by what a lost or unclear reply to them means.
type opKind uint8

const (
	kindPayment  opKind = iota // takes a customer's money, or may
	kindRelease                // gives back what is held
	kindRefund                 // gives money back
	kindSetup                  // no customer and no money in it
	kindRead                   // only reads: may be repeated
	kindVerify                 // may use up a try, or send a code
	kindApply                  // a second one can do harm
	kindChange                 // changes something, moves no money
	kindReadBack               // a read that can settle a doubt
)

// kinds by opKind: the cards for no reply and for trouble at Flexiti, whether
// such a call moves money, and whether the POS may repeat it by itself.
var kinds = [...]struct {
	noReply, trouble CardID
	moves, repeats   bool
}{
	kindPayment:  {noReply: CardNoReplyPayment, trouble: CardServiceTroublePayment, moves: true},
	kindRelease:  {noReply: CardNoReplyRelease, trouble: CardServiceTroubleRelease, moves: true},
	kindRefund:   {noReply: CardNoReplyRefund, trouble: CardServiceTroubleRefund, moves: true},
	kindSetup:    {noReply: CardNoReplySetup, trouble: CardServiceTroubleSetup, repeats: true},
	kindRead:     {noReply: CardNoReplyRead, trouble: CardServiceTroubleRead, repeats: true},
	kindVerify:   {noReply: CardNoReplyVerify, trouble: CardServiceTroubleVerify},
	kindApply:    {noReply: CardNoReplyApply, trouble: CardServiceTroubleApply},
	kindChange:   {noReply: CardNoReplyChange, trouble: CardServiceTroubleChange},
	kindReadBack: {noReply: CardNoReplyReadback, trouble: CardServiceTroubleReadback, repeats: true},
}

// operation is what the rules know of one call.
type operation struct {
	name     Operation
	kind     opKind
	money    MoneyKind
	noMoney  bool      // no customer's money is in sight: in a sale without a payment, money is "none"
	pays     bool      // a payment of its own: not about one that the sale may remember
	readBack Operation // the documented read that is offered to show what became of it, if any
	done     CardID    // a good answer
	better   CardID    // … that says more: taken, approved, verified without a code to type
}

// operations, in the order of the contract. Read-backs: pages 9601087 and
// 699432980. A return and a refund have none that is documented to show them,
// and a transaction none at all: page 9601087 offers its idempotency key instead.
var operations = [...]operation{
	{name: OpToken, kind: kindSetup, money: KindPurchase, noMoney: true, done: CardSignedIn},
	{name: OpI18n, kind: kindSetup, money: KindPurchase, noMoney: true, done: CardSetupDone},
	{name: OpTerms, kind: kindSetup, money: KindPurchase, noMoney: true, done: CardSetupDone},
	{name: OpDriversLicense, kind: kindRead, money: KindPurchase, noMoney: true, done: CardSetupDone},
	{name: OpSearch, kind: kindRead, money: KindPurchase, done: CardCustomerFound},
	{name: OpLookup, kind: kindRead, money: KindPurchase, done: CardCustomerFound},
	{name: OpVerify, kind: kindVerify, money: KindPurchase, done: CardCodeSent, better: CardVerified},
	{name: OpCalculateInterest, kind: kindRead, money: KindPurchase, done: CardPlansReady},
	{name: OpClose, kind: kindChange, money: KindPurchase, done: CardAccountClosed},
	{name: OpApply, kind: kindApply, money: KindPurchase, done: CardApplicationNoResult, better: CardApplicationApproved},
	{name: OpTransactions, kind: kindPayment, money: KindPayment, pays: true, done: CardPaymentPosted},
	{name: OpAuthorization, kind: kindPayment, money: KindPurchase, pays: true, readBack: OpAuthorizations, done: CardPurchaseAuthorized, better: CardPurchaseCaptured},
	{name: OpRelease, kind: kindRelease, money: KindRelease, readBack: OpAuthorizationGet, done: CardReleased},
	{name: OpCapture, kind: kindPayment, money: KindPurchase, readBack: OpCaptures, done: CardPurchaseCaptured},
	{name: OpReturn, kind: kindRefund, money: KindRefund, done: CardReturned},
	{name: OpRefund, kind: kindRefund, money: KindRefund, done: CardRefunded},
	{name: OpAuthorizations, kind: kindReadBack, money: KindPurchase, done: CardStatusRead},
	{name: OpAuthorizationGet, kind: kindReadBack, money: KindPurchase, done: CardStatusRead},
	{name: OpCaptures, kind: kindReadBack, money: KindPurchase, done: CardStatusRead},
	{name: OpWidgetInit, kind: kindChange, money: KindPurchase, done: CardSetupDone},
	{name: OpMerchantsLogin, kind: kindSetup, money: KindPurchase, noMoney: true, done: CardSetupDone},
	{name: OpUnknown, kind: kindPayment, money: KindPurchase, pays: true, done: CardUnknownReply}, // what succeeded is not known
	{name: OpUnknownRead, kind: kindRead, money: KindPurchase, done: CardStatusRead},
	{name: OpSeveral, kind: kindPayment, money: KindPurchase, done: CardUnknownReply},
}

// about gives what is known of an operation; a name that is none is OpUnknown's.
func about(name Operation) *operation {
	for i := range operations {
		if operations[i].name == name {
			return &operations[i]
		}
	}
	return about(OpUnknown)
}

// named finds an operation that an event may name.
func named(name Operation) (*operation, bool) {
	op := about(name)
	return op, op.name == name && name != OpSeveral
}

// MovesMoney says whether a call of this operation can take a customer's money
// or give it back. What is not known counts as such.
func MovesMoney(name Operation) bool { return about(name).moves() }

func (op *operation) moves() bool { return kinds[op.kind].moves }
