package plugin

// CardID is a card of the catalogue. In JSON it is the card's name.
type CardID uint8

// The cards, by name. The first is what a till shows that could not work one out.
const (
	CardTillTrouble CardID = iota
	CardAccountClosed
	CardAccountNotFound
	CardAccountNumberNotFound
	CardAccountOrTransactionNotFound
	CardAccountTypeNotPermitted
	CardApplicationApproved
	CardApplicationCreateError
	CardApplicationDeclined
	CardApplicationMarkedPending
	CardApplicationNoResult
	CardApplicationNotVerified
	CardApplicationTypeNotPermitted
	CardAuthAmountExceeded
	CardAuthNotAllowed
	CardAuthenticationFailure
	CardAuthorizationEnded
	CardAuthorizationNotFound
	CardAuthorizationUnauthorized
	CardBlocked
	CardCaptureAmountExceeded
	CardCaptureNotFound
	CardCarryingOn
	CardCodeSent
	CardContactCalled
	CardCreditExceeded
	CardCreditappIDNotFound
	CardCustomerAlreadyExists
	CardCustomerFound
	CardCustomerIdentityNotFound
	CardCustomerNotFound
	CardExternalLocationIDNotFound
	CardForbidden
	CardFoundCaptured
	CardFoundDeclined
	CardFoundEnded
	CardFoundHeld
	CardFoundNone
	CardFoundOtherAmount
	CardFoundUnclear
	CardGeneralError
	CardHoldEnded
	CardInputAskAgain
	CardInputAskSecurityQuestion
	CardInputChangeAmount
	CardInputChoosePlan
	CardInputEnterAgain
	CardInputEnterPIW
	CardInputLookUpAgain
	CardInputRefundInstead
	CardInputSplitPayment
	CardInputStartApplication
	CardInputUseBypass
	CardInputUseOverride
	CardInsufficientScope
	CardInvalidAccount
	CardInvalidClient
	CardInvalidRequest
	CardInvalidRole
	CardInvalidToken
	CardInvalidTransactionType
	CardLateSuccess
	CardLimitPaymentAmount24
	CardMerchantNotSupportNonprimeRegularpurchase
	CardMerchantOverrideIsNotAllowed
	CardNoReplyApply
	CardNoReplyChange
	CardNoReplyPayment
	CardNoReplyRead
	CardNoReplyReadback
	CardNoReplyRefund
	CardNoReplyRelease
	CardNoReplySetup
	CardNoReplyVerify
	CardNotEnoughCredit
	CardNotFound
	CardNotPermitted
	CardNotPermittedCapture
	CardNotPermittedCredentials
	CardNotSent
	CardNotVerified
	CardOtherPaymentChosen
	CardPaidTwice
	CardPaymentPosted
	CardPIWMismatch
	CardPlanTermNotAvailable
	CardPlanTermNotSet
	CardPlansReady
	CardPurchaseAuthorized
	CardPurchaseCaptured
	CardRefunded
	CardRefundsLimitExceededAmount
	CardRegularPurchaseBypassIsNotAllowed
	CardReleased
	CardRequestFailed
	CardReturnDateExceeded
	CardReturned
	CardSaleCancelled
	CardSaleEnded
	CardSaleFinished
	CardSaleHeld
	CardSecretAnswerMismatch
	CardServiceTroubleApply
	CardServiceTroubleChange
	CardServiceTroublePayment
	CardServiceTroubleRead
	CardServiceTroubleReadback
	CardServiceTroubleRefund
	CardServiceTroubleRelease
	CardServiceTroubleSetup
	CardServiceTroubleVerify
	CardSettledHeld
	CardSettledNotRefunded
	CardSettledNotTaken
	CardSettledRefunded
	CardSettledTaken
	CardSetupDone
	CardSignedIn
	CardSMSNotValidPhone
	CardStatusRead
	CardStoreNetwork
	CardSupervisorCalled
	CardSupervisorSettles
	CardSupervisorSettlesRefund
	CardTooManyRequests
	CardTOSAgreementRequired
	CardTriesExceed
	CardUnauthorized
	CardUnknownReply
	CardUserNotAbleToPurchase
	CardUserNotActive
	CardVCCAccountMismatch
	CardVerificationCodeRequired
	CardVerified
	CardWorking
	CardWorkingPayment
	CardWrongInputs
	CardWrongTransactionType
	CardWrongVerificationCode

	numCards
	// In a row of the catalogue: the card of the kind of call that the reply is to.
	troubleByKind
	noReplyByKind
)

// String gives the card's name, as it stands in JSON.
func (id CardID) String() string {
	switch {
	case id < numCards:
		return cards[id].name
	case id == troubleByKind:
		return "service_trouble"
	}
	return "no_reply"
}

// MarshalText and UnmarshalText write and read the card's name. A name that is
// none of this catalogue's, as a newer module may give, reads as CardTillTrouble.
func (id CardID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

func (id *CardID) UnmarshalText(name []byte) error {
	*id, _ = cardNamed(string(name))
	return nil
}

// cardNamed finds a card by its name; they are sorted but for the first.
func cardNamed(name string) (id CardID, ok bool) {
	low, high := 1, len(cards) // ints: the sum of two ids is more than an id holds
	for low < high {
		mid := (low + high) / 2
		if cards[mid].name < name {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(cards) && cards[low].name == name {
		return CardID(low), true
	}
	return CardTillTrouble, name == cards[CardTillTrouble].name
}

// deed is what a card does to the budgets of its sale: see budgets.go.
type deed uint8

const (
	doesNothing        deed = iota // and ends a run of repeats
	signsIn                        // once by itself, then somebody has to look
	sendsPending                   // the till has signed in: what was refused for it is sent again
	spendsAnswer                   // a wrong security answer
	locksQuestion                  // no security answer for 48 hours
	spendsWord                     // a wrong personal identification word
	spendsCode                     // a wrong verification code
	asksCode                       // the customer has to type a verification code
	spendsAmount                   // an amount that Flexiti does not cover
	spendsCreation                 // an application that was not made
	spendsVerification             // a verification without an outcome
	rulesOutOverride
	rulesOutSMS
	rulesOutBypass
	waitsForReply   // a read without a reply
	waitsForStore   // a request that did not leave the store
	waitsForFlexiti // Flexiti asks to slow down
)

// card is an entry of the catalogue without its words, which stand in
// texts_en.go and texts_fr.go under the same id.
type card struct {
	id      CardID
	name    string
	family  Family
	banner  Banner // empty: the first action that is offered names it
	retry   RetryPolicy
	owner   Owner
	privacy Privacy
	actions []ActionID // in order of preference; what cannot be offered drops out
	does    deed
}

// Runs of actions that many cards share.
var (
	payOtherwise   = []ActionID{ActOtherPayment, ActHoldSale, ActCancelSale}
	callStoreIT    = []ActionID{ActOtherPayment, ActCallContact, ActCallSupervisor, ActHoldSale}
	askSupervisor  = []ActionID{ActCallSupervisor, ActHoldSale, ActCancelSale}
	supervisorOnly = []ActionID{ActCallSupervisor, ActHoldSale}
	// On the supervisor's own cards the first key only puts the sale aside: a key
	// that is held, or pressed by mistake, states nothing and ends nothing.
	supervisorDecides = []ActionID{ActHoldSale, ActFinishSale, ActOtherPayment, ActCancelSale}
	settleFacts       = []ActionID{ActHoldSale, ActSettleTaken, ActSettleHeld, ActSettleNotTaken, ActSettleRefunded, ActSettleNotRefunded}
	whileAsking       = []ActionID{ActCarryOn, ActOtherPayment, ActHoldSale, ActCancelSale}
	lookAgain         = []ActionID{ActLookUpAgain, ActOtherPayment, ActCallSupervisor}
	tryOnceMore       = []ActionID{ActTryAgain, ActOtherPayment, ActCallSupervisor}
	carryOn           = []ActionID{ActCarryOn, ActHoldSale, ActOtherPayment, ActCancelSale}
	ended             = []ActionID{ActCarryOn, ActCallSupervisor}
	// verifyOtherwise: every way to verify, then the way out. What the store
	// has not got and what the sale has ruled out is not offered.
	// The question comes late: it is the one that can be locked.
	verifyOtherwise = []ActionID{ActSendCodeSMS, ActSendCodeEmail, ActUseBypass, ActUseOverride, ActEnterPIW, ActAskSecurityQuestion, ActOtherPayment}
)

func then(first ActionID, rest []ActionID) []ActionID { return append([]ActionID{first}, rest...) }

// cards, in the order of their ids. Family, retry, owner and actions are our
// judgement where Flexiti's pages are silent, which is nearly everywhere: they
// name codes and scenarios and no advice.
var cards = [numCards]card{
	{CardTillTrouble, "till_trouble", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActHoldSale, ActOtherPayment}, doesNothing},
	{CardAccountClosed, "account_closed", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyDiscreet, carryOn, doesNothing},
	{CardAccountNotFound, "account_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActStartApplication, ActOtherPayment}, doesNothing},
	{CardAccountNumberNotFound, "account_number_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActLookUpAgain, ActOtherPayment}, doesNothing},
	{CardAccountOrTransactionNotFound, "account_or_transaction_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActOtherPayment, ActCallSupervisor}, doesNothing},
	{CardAccountTypeNotPermitted, "account_type_not_permitted", FamilyStop, "", RetryNever, OwnerCashier, PrivacyDiscreet, payOtherwise, doesNothing},
	{CardApplicationApproved, "application_approved", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyDiscreet, then(ActLookUpAgain, carryOn), doesNothing},
	{CardApplicationCreateError, "application_create_error", FamilyFix, "", RetryLimited, OwnerCashier, PrivacyPublic, tryOnceMore, spendsCreation},
	{CardApplicationDeclined, "application_declined", FamilyStop, "", RetryNever, OwnerCashier, PrivacyDiscreet, payOtherwise, doesNothing},
	{CardApplicationMarkedPending, "application_marked_pending", FamilyWait, BannerNoDecision, RetryNever, OwnerFlexiti, PrivacyDiscreet, []ActionID{ActHoldSale, ActOtherPayment, ActCancelSale}, doesNothing},
	{CardApplicationNoResult, "application_no_result", FamilyWait, BannerNoDecision, RetryCheckFirst, OwnerCashier, PrivacyDiscreet, []ActionID{ActLookUpAgain, ActCallSupervisor, ActHoldSale, ActOtherPayment}, doesNothing},
	{CardApplicationNotVerified, "application_not_verified", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}, doesNothing},
	{CardApplicationTypeNotPermitted, "application_type_not_permitted", FamilyStop, "", RetryNever, OwnerCashier, PrivacyDiscreet, payOtherwise, doesNothing},
	{CardAuthAmountExceeded, "auth_amount_exceeded", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActChangeAmount, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardAuthNotAllowed, "auth_not_allowed", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardAuthenticationFailure, "authentication_failure", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardAuthorizationEnded, "authorization_ended", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardAuthorizationNotFound, "authorization_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardAuthorizationUnauthorized, "authorization_unauthorized", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardBlocked, "blocked", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardCaptureAmountExceeded, "capture_amount_exceeded", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActChangeAmount, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardCaptureNotFound, "capture_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardCarryingOn, "carrying_on", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyPublic, carryOn, doesNothing},
	{CardCodeSent, "code_sent", FamilyApproved, BannerNextStep, RetryNever, OwnerCustomer, PrivacyPublic, []ActionID{ActEnterAgain, ActSendCodeSMS, ActSendCodeEmail, ActAskSecurityQuestion, ActOtherPayment}, asksCode},
	{CardContactCalled, "contact_called", FamilyHelp, BannerSupervisor, RetryNever, OwnerStoreIT, PrivacyPublic, []ActionID{ActCallSupervisor, ActHoldSale, ActOtherPayment, ActCancelSale}, doesNothing},
	{CardCreditExceeded, "credit_exceeded", FamilyFix, "", RetryLimited, OwnerCashier, PrivacyDiscreet, []ActionID{ActChangeAmount, ActSplitPayment, ActChoosePlan, ActOtherPayment}, spendsAmount},
	{CardCreditappIDNotFound, "creditapp_id_not_found", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}, doesNothing},
	{CardCustomerAlreadyExists, "customer_already_exists", FamilyFix, BannerCorrectIt, RetryNever, OwnerCashier, PrivacyDiscreet, lookAgain, doesNothing},
	{CardCustomerFound, "customer_found", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActCarryOn, ActChoosePlan, ActOtherPayment, ActCancelSale}, doesNothing},
	{CardCustomerIdentityNotFound, "customer_identity_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, verifyOtherwise, doesNothing},
	{CardCustomerNotFound, "customer_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActStartApplication, ActOtherPayment}, doesNothing},
	{CardExternalLocationIDNotFound, "external_location_id_not_found", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardForbidden, "forbidden", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardFoundCaptured, "found_captured", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardFoundDeclined, "found_declined", FamilyStop, "", RetryNever, OwnerCashier, PrivacyDiscreet, payOtherwise, doesNothing},
	{CardFoundEnded, "found_ended", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardFoundHeld, "found_held", FamilyApproved, "", RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardFoundNone, "found_none", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardFoundOtherAmount, "found_other_amount", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardFoundUnclear, "found_unclear", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardGeneralError, "general_error", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActOtherPayment, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardHoldEnded, "hold_ended", FamilyStop, "", RetryNever, OwnerCashier, PrivacyPublic, payOtherwise, doesNothing},
	{CardInputAskAgain, "input_ask_again", FamilyFix, BannerAskInput, RetryNever, OwnerCustomer, PrivacyDiscreet, whileAsking, doesNothing},
	{CardInputAskSecurityQuestion, "input_ask_security_question", FamilyFix, BannerAskInput, RetryNever, OwnerCustomer, PrivacyDiscreet, whileAsking, doesNothing},
	{CardInputChangeAmount, "input_change_amount", FamilyFix, BannerAskInput, RetryNever, OwnerCustomer, PrivacyDiscreet, whileAsking, doesNothing},
	{CardInputChoosePlan, "input_choose_plan", FamilyFix, BannerAskInput, RetryNever, OwnerCustomer, PrivacyDiscreet, whileAsking, doesNothing},
	{CardInputEnterAgain, "input_enter_again", FamilyFix, BannerAskInput, RetryNever, OwnerCashier, PrivacyPublic, whileAsking, doesNothing},
	{CardInputEnterPIW, "input_enter_piw", FamilyFix, BannerAskInput, RetryNever, OwnerCustomer, PrivacyDiscreet, whileAsking, doesNothing},
	{CardInputLookUpAgain, "input_look_up_again", FamilyFix, BannerAskInput, RetryNever, OwnerCashier, PrivacyPublic, whileAsking, doesNothing},
	{CardInputRefundInstead, "input_refund_instead", FamilyFix, BannerAskInput, RetryNever, OwnerCashier, PrivacyPublic, whileAsking, doesNothing},
	{CardInputSplitPayment, "input_split_payment", FamilyFix, BannerAskInput, RetryNever, OwnerCustomer, PrivacyDiscreet, whileAsking, doesNothing},
	{CardInputStartApplication, "input_start_application", FamilyFix, BannerAskInput, RetryNever, OwnerCustomer, PrivacyDiscreet, whileAsking, doesNothing},
	{CardInputUseBypass, "input_use_bypass", FamilyFix, BannerAskInput, RetryNever, OwnerCashier, PrivacyPublic, whileAsking, doesNothing},
	{CardInputUseOverride, "input_use_override", FamilyFix, BannerAskInput, RetryNever, OwnerCashier, PrivacyPublic, whileAsking, doesNothing},
	{CardInsufficientScope, "insufficient_scope", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardInvalidAccount, "invalid_account", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActLookUpAgain, ActOtherPayment}, doesNothing},
	{CardInvalidClient, "invalid_client", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardInvalidRequest, "invalid_request", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardInvalidRole, "invalid_role", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardInvalidToken, "invalid_token", FamilyWait, "", RetryNow, OwnerCashier, PrivacyPublic, []ActionID{ActSignInAgain, ActOtherPayment, ActCallSupervisor}, signsIn},
	{CardInvalidTransactionType, "invalid_transaction_type", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardLateSuccess, "late_success", FamilyCheck, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, supervisorOnly, doesNothing},
	{CardLimitPaymentAmount24, "limit_payment_amount_24", FamilyStop, "", RetryNever, OwnerCashier, PrivacyDiscreet, payOtherwise, doesNothing},
	{CardMerchantNotSupportNonprimeRegularpurchase, "merchant_not_support_nonprime_regularpurchase", FamilyStop, "", RetryNever, OwnerCashier, PrivacyDiscreet, payOtherwise, doesNothing},
	{CardMerchantOverrideIsNotAllowed, "merchant_override_is_not_allowed", FamilyFix, "", RetryNever, OwnerCashier, PrivacyPublic, verifyOtherwise, rulesOutOverride},
	{CardNoReplyApply, "no_reply_apply", FamilyCheck, BannerNoDecision, RetryCheckFirst, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActCallSupervisor, ActHoldSale, ActOtherPayment}, doesNothing},
	{CardNoReplyChange, "no_reply_change", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}, doesNothing},
	{CardNoReplyPayment, "no_reply_payment", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardNoReplyRead, "no_reply_read", FamilyFix, "", RetryLater, OwnerCashier, PrivacyPublic, tryOnceMore, waitsForReply},
	{CardNoReplyReadback, "no_reply_readback", FamilyFix, "", RetryLater, OwnerCashier, PrivacyPublic, []ActionID{ActTryAgain, ActCallSupervisor, ActHoldSale}, waitsForReply},
	{CardNoReplyRefund, "no_reply_refund", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardNoReplyRelease, "no_reply_release", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardNoReplySetup, "no_reply_setup", FamilyFix, "", RetryLater, OwnerCashier, PrivacyPublic, tryOnceMore, waitsForReply},
	{CardNoReplyVerify, "no_reply_verify", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyPublic, then(ActAskAgain, verifyOtherwise), spendsVerification},
	{CardNotEnoughCredit, "not_enough_credit", FamilyFix, "", RetryLimited, OwnerCashier, PrivacyDiscreet, []ActionID{ActChangeAmount, ActSplitPayment, ActOtherPayment, ActHoldSale}, spendsAmount},
	{CardNotFound, "not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, lookAgain, doesNothing},
	{CardNotPermitted, "not_permitted", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardNotPermittedCapture, "not_permitted_capture", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardNotPermittedCredentials, "not_permitted_credentials", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardNotSent, "not_sent", FamilyFix, "", RetryLater, OwnerCashier, PrivacyPublic, []ActionID{ActTryAgain, ActOtherPayment, ActCallContact, ActCallSupervisor}, waitsForStore},
	{CardNotVerified, "not_verified", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActRestartVerification, ActOtherPayment, ActCallSupervisor}, doesNothing},
	{CardOtherPaymentChosen, "other_payment_chosen", FamilyStop, BannerOtherPayment, RetryNever, OwnerCashier, PrivacyPublic, ended, doesNothing},
	{CardPaidTwice, "paid_twice", FamilyCheck, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, supervisorOnly, doesNothing},
	{CardPaymentPosted, "payment_posted", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardPIWMismatch, "piw_mismatch", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyDiscreet, then(ActEnterPIW, verifyOtherwise), spendsWord},
	{CardPlanTermNotAvailable, "plan_term_not_available", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyDiscreet, []ActionID{ActChoosePlan, ActOtherPayment, ActHoldSale}, doesNothing},
	{CardPlanTermNotSet, "plan_term_not_set", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActChoosePlan, ActOtherPayment, ActCallContact, ActHoldSale}, doesNothing},
	{CardPlansReady, "plans_ready", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActCarryOn, ActSendCodeSMS, ActSendCodeEmail, ActOtherPayment}, doesNothing},
	{CardPurchaseAuthorized, "purchase_authorized", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale, ActCallSupervisor}, doesNothing},
	{CardPurchaseCaptured, "purchase_captured", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardRefunded, "refunded", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardRefundsLimitExceededAmount, "refunds_limit_exceeded_amount", FamilyFix, "", RetryAfterFix, OwnerSupervisor, PrivacyDiscreet, []ActionID{ActCallSupervisor, ActChangeAmount, ActHoldSale}, doesNothing},
	{CardRegularPurchaseBypassIsNotAllowed, "regular_purchase_bypass_is_not_allowed", FamilyFix, "", RetryNever, OwnerCashier, PrivacyDiscreet, verifyOtherwise, rulesOutBypass},
	{CardReleased, "released", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardRequestFailed, "request_failed", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActOtherPayment, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardReturnDateExceeded, "return_date_exceeded", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardReturned, "returned", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardSaleCancelled, "sale_cancelled", FamilyStop, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, ended, doesNothing},
	{CardSaleEnded, "sale_ended", FamilyStop, "", RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActCarryOn, ActCallSupervisor}, doesNothing},
	{CardSaleFinished, "sale_finished", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, ended, doesNothing},
	{CardSaleHeld, "sale_held", FamilyWait, "", RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActCarryOn, ActOtherPayment, ActCallSupervisor, ActCancelSale}, doesNothing},
	{CardSecretAnswerMismatch, "secret_answer_mismatch", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyDiscreet, then(ActAskAgain, verifyOtherwise), spendsAnswer},
	{CardServiceTroubleApply, "service_trouble_apply", FamilyCheck, BannerNoDecision, RetryCheckFirst, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActCallSupervisor, ActHoldSale, ActOtherPayment}, doesNothing},
	{CardServiceTroubleChange, "service_trouble_change", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}, doesNothing},
	{CardServiceTroublePayment, "service_trouble_payment", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardServiceTroubleRead, "service_trouble_read", FamilyFix, "", RetryLater, OwnerCashier, PrivacyPublic, tryOnceMore, waitsForReply},
	{CardServiceTroubleReadback, "service_trouble_readback", FamilyFix, "", RetryLater, OwnerCashier, PrivacyPublic, []ActionID{ActTryAgain, ActCallSupervisor, ActHoldSale}, waitsForReply},
	{CardServiceTroubleRefund, "service_trouble_refund", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardServiceTroubleRelease, "service_trouble_release", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor, doesNothing},
	{CardServiceTroubleSetup, "service_trouble_setup", FamilyFix, "", RetryLater, OwnerCashier, PrivacyPublic, tryOnceMore, waitsForReply},
	{CardServiceTroubleVerify, "service_trouble_verify", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyPublic, then(ActAskAgain, verifyOtherwise), spendsVerification},
	{CardSettledHeld, "settled_held", FamilyApproved, "", RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale, ActCallSupervisor}, doesNothing},
	{CardSettledNotRefunded, "settled_not_refunded", FamilyFix, "", RetryNow, OwnerCashier, PrivacyPublic, []ActionID{ActTryAgain, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardSettledNotTaken, "settled_not_taken", FamilyStop, "", RetryNever, OwnerCashier, PrivacyPublic, payOtherwise, doesNothing},
	{CardSettledRefunded, "settled_refunded", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardSettledTaken, "settled_taken", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}, doesNothing},
	{CardSetupDone, "setup_done", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyPublic, carryOn, doesNothing},
	{CardSignedIn, "signed_in", FamilyApproved, BannerNextStep, RetryNow, OwnerCashier, PrivacyPublic, []ActionID{ActTryAgain, ActCarryOn, ActOtherPayment}, sendsPending},
	{CardSMSNotValidPhone, "sms_not_valid_phone", FamilyFix, "", RetryNever, OwnerCashier, PrivacyDiscreet, verifyOtherwise, rulesOutSMS},
	{CardStatusRead, "status_read", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActCarryOn, ActCallSupervisor, ActCancelSale}, doesNothing},
	{CardStoreNetwork, "store_network", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT, doesNothing},
	{CardSupervisorCalled, "supervisor_called", FamilyHelp, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, supervisorDecides, doesNothing},
	{CardSupervisorSettles, "supervisor_settles", FamilyCheck, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, settleFacts, doesNothing},
	{CardSupervisorSettlesRefund, "supervisor_settles_refund", FamilyCheck, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, settleFacts, doesNothing},
	{CardTooManyRequests, "too_many_requests", FamilyWait, "", RetryLater, OwnerCashier, PrivacyPublic, tryOnceMore, waitsForFlexiti},
	{CardTOSAgreementRequired, "tos_agreement_required", FamilyFix, "", RetryAfterFix, OwnerCustomer, PrivacyPublic, []ActionID{ActShowTerms, ActOtherPayment, ActHoldSale}, doesNothing},
	{CardTriesExceed, "tries_exceed", FamilyFix, "", RetryLater, OwnerCashier, PrivacyDiscreet, verifyOtherwise, locksQuestion},
	{CardUnauthorized, "unauthorized", FamilyWait, "", RetryNow, OwnerCashier, PrivacyPublic, []ActionID{ActSignInAgain, ActOtherPayment, ActCallSupervisor}, signsIn},
	{CardUnknownReply, "unknown_reply", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}, doesNothing},
	{CardUserNotAbleToPurchase, "user_not_able_to_purchase", FamilyStop, "", RetryNever, OwnerCashier, PrivacyDiscreet, payOtherwise, doesNothing},
	{CardUserNotActive, "user_not_active", FamilyStop, "", RetryAfterFix, OwnerCashier, PrivacyDiscreet, []ActionID{ActOtherPayment, ActLookUpAgain, ActHoldSale}, doesNothing},
	{CardVCCAccountMismatch, "vcc_account_mismatch", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActEnterAgain, ActOtherPayment}, doesNothing},
	{CardVerificationCodeRequired, "verification_code_required", FamilyFix, "", RetryAfterFix, OwnerCustomer, PrivacyPublic, then(ActEnterAgain, verifyOtherwise), asksCode},
	{CardVerified, "verified", FamilyApproved, BannerNextStep, RetryNever, OwnerCashier, PrivacyPublic, carryOn, doesNothing},
	{CardWorking, "working", FamilyWait, BannerWaitMoment, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActKeepWaiting, ActCallSupervisor, ActHoldSale, ActOtherPayment}, doesNothing},
	{CardWorkingPayment, "working_payment", FamilyWait, BannerWaitMoment, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActKeepWaiting, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardWrongInputs, "wrong_inputs", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActOtherPayment, ActCallSupervisor}, doesNothing},
	{CardWrongTransactionType, "wrong_transaction_type", FamilyFix, "", RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActRefundInstead, ActCallSupervisor, ActHoldSale}, doesNothing},
	{CardWrongVerificationCode, "wrong_verification_code", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyPublic, then(ActEnterAgain, verifyOtherwise), spendsCode},
}
