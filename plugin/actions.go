package plugin

// maxActions is how many actions a card offers: its keys are 1 to 4.
const maxActions = 4

// call says which call an action makes.
type call uint8

const (
	callNone    call = iota
	callSame         // the one that the card is about
	callFixed        // the row's operation
	callPaying       // the sale's payment, where the card is about a verification; else the same
	callPending      // the one that was refused until the till had signed in; else the same
	callCheck        // the read that shows what is in doubt
	callResend       // the payment in doubt, under its key
	callSearch       // the search that the card is about, else a lookup
)

// actionRow is all that the rules know of an action.
type actionRow struct {
	id        ActionID
	banner    Banner    // what a card asks for whose first action this is; none that settles ever is
	after     CardID    // the card that follows, where the call does not say
	call      call      // the call that the POS makes
	operation Operation // with callFixed
	method    Method    // the verification that it begins or repeats
	input     bool      // something is asked for before anything is sent
	auto      bool      // the POS need not wait for the cashier
	corrects  bool      // what is sent differs from what was refused
	payment   bool      // a payment by other means than Flexiti's
	ends      bool      // the sale ends
	wayOut    bool      // it leaves the card without Flexiti's help
	settles   fact      // what somebody states about the payment in doubt
}

// actions in the order of the contract.
var actions = [...]actionRow{
	{id: ActTryAgain, banner: BannerOnceMore, call: callPending, auto: true},
	{id: ActEnterAgain, banner: BannerCorrectIt, call: callPaying, input: true, corrects: true, after: CardInputEnterAgain},
	{id: ActAskAgain, banner: BannerOnceMore, call: callFixed, operation: OpVerify, method: MethodSecurityQuestion, input: true, after: CardInputAskAgain},
	{id: ActSendCodeSMS, banner: BannerAnotherWay, call: callFixed, operation: OpVerify, method: MethodSMS},
	{id: ActSendCodeEmail, banner: BannerAnotherWay, call: callFixed, operation: OpVerify, method: MethodEmail},
	{id: ActAskSecurityQuestion, banner: BannerAnotherWay, call: callFixed, operation: OpVerify, method: MethodSecurityQuestion, input: true, after: CardInputAskSecurityQuestion},
	{id: ActEnterPIW, banner: BannerAnotherWay, call: callFixed, operation: OpVerify, method: MethodPIW, input: true, after: CardInputEnterPIW},
	{id: ActUseOverride, banner: BannerAnotherWay, call: callFixed, operation: OpVerify, method: MethodOverride, input: true, after: CardInputUseOverride},
	{id: ActUseBypass, banner: BannerAnotherWay, call: callFixed, operation: OpVerify, method: MethodBypass, input: true, after: CardInputUseBypass},
	{id: ActRestartVerification, banner: BannerAnotherWay, call: callFixed, operation: OpVerify},
	{id: ActChangeAmount, banner: BannerCorrectIt, call: callSame, input: true, corrects: true, after: CardInputChangeAmount},
	{id: ActSplitPayment, banner: BannerCorrectIt, call: callSame, input: true, corrects: true, after: CardInputSplitPayment},
	{id: ActChoosePlan, banner: BannerCorrectIt, call: callFixed, operation: OpCalculateInterest, input: true, corrects: true, after: CardInputChoosePlan},
	{id: ActCheckStatus, banner: BannerCheckSale, call: callCheck, auto: true},
	{id: ActResendSame, banner: BannerCheckSale, call: callResend},
	{id: ActSignInAgain, banner: BannerWaitMoment, call: callFixed, operation: OpToken, auto: true},
	{id: ActLookUpAgain, banner: BannerCorrectIt, call: callSearch, operation: OpLookup, input: true, after: CardInputLookUpAgain},
	{id: ActStartApplication, banner: BannerCorrectIt, call: callFixed, operation: OpApply, input: true, after: CardInputStartApplication},
	{id: ActShowTerms, banner: BannerCorrectIt, call: callFixed, operation: OpTerms},
	{id: ActRefundInstead, banner: BannerCorrectIt, call: callFixed, operation: OpRefund, input: true, after: CardInputRefundInstead},
	{id: ActHoldSale, banner: BannerWaitMoment, after: CardSaleHeld, wayOut: true},
	{id: ActFinishSale, banner: BannerDone, after: CardSaleFinished, ends: true, wayOut: true},
	{id: ActOtherPayment, banner: BannerOtherPayment, after: CardOtherPaymentChosen, payment: true, ends: true, wayOut: true},
	{id: ActPayRest, banner: BannerOtherPayment, after: CardOtherPaymentChosen, payment: true, ends: true, wayOut: true},
	{id: ActCallSupervisor, banner: BannerSupervisor, after: CardSupervisorCalled, wayOut: true},
	{id: ActCallContact, banner: BannerSupervisor, after: CardContactCalled},
	{id: ActCancelSale, banner: BannerOtherPayment, after: CardSaleCancelled, ends: true, wayOut: true},
	{id: ActSettleTaken, after: CardSettledTaken, settles: factTaken},
	{id: ActSettleHeld, after: CardSettledHeld, settles: factHeld},
	{id: ActSettleNotTaken, after: CardSettledNotTaken, settles: factNotTaken},
	{id: ActSettleRefunded, after: CardSettledRefunded, settles: factRefunded},
	{id: ActSettleNotRefunded, after: CardSettledNotRefunded, settles: factNotRefunded},
	{id: ActCarryOn, banner: BannerNextStep, after: CardCarryingOn, wayOut: true},
	{id: ActKeepWaiting, banner: BannerWaitMoment},
}

// noAction is the row of what is no action.
var noAction actionRow

// rowOf gives what is known of an action.
//
//go:noinline // it is called in so many places that copies of it made the module larger
func rowOf(id ActionID) *actionRow {
	for i := range actions {
		if actions[i].id == id {
			return &actions[i]
		}
	}
	return &noAction
}

// Ends says whether the action ends the sale.
func (id ActionID) Ends() bool { return rowOf(id).ends }

// Settles says whether the action states what became of a payment in doubt.
func (id ActionID) Settles() bool { return rowOf(id).settles != 0 }

// MovesMoney says whether the call that the action makes can take a customer's
// money or give it back. What is not known counts as such.
func (a Action) MovesMoney() bool { return a.Next != nil && MovesMoney(a.Next.Operation) }
