package plugin

// card is an entry of the catalogue without its words, which stand in
// words_en.go and words_fr.go under the same id. What the sale, the policy or
// a doubt change of it, Decide changes.
type card struct {
	id      string
	family  Family
	banner  Banner // empty: the first action that is offered names it
	retry   RetryPolicy
	owner   Owner
	privacy Privacy
	actions []ActionID // in order of preference; what cannot be offered drops out
}

// Runs of actions that many cards share.
var (
	payOtherwise  = []ActionID{ActOtherPayment, ActHoldSale, ActCancelSale}
	callStoreIT   = []ActionID{ActOtherPayment, ActCallContact, ActCallSupervisor, ActHoldSale}
	askSupervisor = []ActionID{ActCallSupervisor, ActHoldSale, ActCancelSale}
	lookAgain     = []ActionID{ActLookUpAgain, ActOtherPayment, ActCallSupervisor}
	tryOnceMore   = []ActionID{ActTryAgain, ActOtherPayment, ActCallSupervisor}
	carryOn       = []ActionID{ActHoldSale, ActOtherPayment, ActCancelSale}
	nextCustomer  = []ActionID{ActFinishSale}
	// verifyOtherwise: every way to verify, then the way out. What the store
	// has not got and what the sale has ruled out is not offered.
	// The question comes late: it is the one that can be locked.
	verifyOtherwise = []ActionID{ActSendCodeSMS, ActSendCodeEmail, ActUseBypass, ActUseOverride, ActEnterPIW, ActAskSecurityQuestion, ActOtherPayment}
)

func then(first ActionID, rest []ActionID) []ActionID { return append([]ActionID{first}, rest...) }

// cards, sorted by id. Family, retry, owner and actions are our judgement where
// Flexiti's pages are silent, which is nearly everywhere: they name codes and
// scenarios and no advice.
var cards = []card{
	{"account_closed", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyDiscreet, carryOn},
	{"account_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActStartApplication, ActOtherPayment}},
	{"account_number_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActLookUpAgain, ActOtherPayment}},
	{"account_or_transaction_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActOtherPayment, ActCallSupervisor}},
	{"account_type_not_permitted", FamilyStop, "", RetryNever, OwnerStoreIT, PrivacyDiscreet, payOtherwise},
	{"application_approved", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyDiscreet, then(ActLookUpAgain, carryOn)},
	{"application_create_error", FamilyFix, "", RetryLimited, OwnerCashier, PrivacyPublic, tryOnceMore},
	{"application_declined", FamilyStop, "", RetryNever, OwnerFlexiti, PrivacyDiscreet, payOtherwise},
	{"application_marked_pending", FamilyWait, BannerNoDecision, RetryNever, OwnerFlexiti, PrivacyDiscreet, []ActionID{ActHoldSale, ActOtherPayment, ActCancelSale}},
	{"application_no_result", FamilyWait, BannerNoDecision, RetryCheckFirst, OwnerSupervisor, PrivacyDiscreet, []ActionID{ActLookUpAgain, ActCallSupervisor, ActHoldSale, ActOtherPayment}},
	{"application_not_verified", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}},
	{"application_type_not_permitted", FamilyStop, "", RetryNever, OwnerStoreIT, PrivacyDiscreet, payOtherwise},
	{"auth_amount_exceeded", FamilyFix, "", RetryAfterFix, OwnerSupervisor, PrivacyPublic, []ActionID{ActChangeAmount, ActCallSupervisor, ActHoldSale}},
	{"auth_not_allowed", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"authentication_failure", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"authorization_ended", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"authorization_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActCallSupervisor, ActHoldSale}},
	{"authorization_unauthorized", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"blocked", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"capture_amount_exceeded", FamilyFix, "", RetryAfterFix, OwnerSupervisor, PrivacyPublic, []ActionID{ActChangeAmount, ActCallSupervisor, ActHoldSale}},
	{"capture_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActCallSupervisor, ActHoldSale}},
	{"carry_on", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActHoldSale, ActOtherPayment, ActCallSupervisor, ActCancelSale}},
	{"code_sent", FamilyApproved, BannerDone, RetryNever, OwnerCustomer, PrivacyPublic, []ActionID{ActEnterAgain, ActSendCodeSMS, ActSendCodeEmail, ActAskSecurityQuestion, ActOtherPayment}},
	{"contact_called", FamilyHelp, BannerSupervisor, RetryNever, OwnerStoreIT, PrivacyPublic, []ActionID{ActCallSupervisor, ActHoldSale, ActOtherPayment, ActCancelSale}},
	{"credit_exceeded", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyDiscreet, []ActionID{ActChangeAmount, ActSplitPayment, ActChoosePlan, ActOtherPayment}},
	{"creditapp_id_not_found", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}},
	{"customer_already_exists", FamilyFix, BannerCorrectIt, RetryNever, OwnerCashier, PrivacyDiscreet, lookAgain},
	{"customer_found", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActHoldSale, ActChoosePlan, ActOtherPayment, ActCancelSale}},
	{"customer_identity_not_found", FamilyFix, "", RetryAfterFix, OwnerCustomer, PrivacyPublic, verifyOtherwise},
	{"customer_not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActStartApplication, ActOtherPayment}},
	{"external_location_id_not_found", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"forbidden", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"found_captured", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"found_declined", FamilyStop, "", RetryNever, OwnerCustomer, PrivacyDiscreet, payOtherwise},
	{"found_ended", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"found_held", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActFinishSale, ActCallSupervisor, ActHoldSale}},
	{"found_none", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"found_other_amount", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"found_several", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"found_unclear", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"general_error", FamilyHelp, "", RetryNever, OwnerFlexiti, PrivacyPublic, []ActionID{ActOtherPayment, ActCallSupervisor, ActHoldSale}},
	{"insufficient_scope", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"invalid_account", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActLookUpAgain, ActOtherPayment}},
	{"invalid_client", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"invalid_request", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"invalid_role", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"invalid_token", FamilyWait, "", RetryNow, OwnerNobody, PrivacyPublic, []ActionID{ActSignInAgain, ActOtherPayment, ActCallSupervisor}},
	{"invalid_transaction_type", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"limit_payment_amount_24", FamilyStop, "", RetryNever, OwnerCustomer, PrivacyDiscreet, payOtherwise},
	{"merchant_not_support_nonprime_regularpurchase", FamilyStop, "", RetryNever, OwnerFlexiti, PrivacyDiscreet, payOtherwise},
	{"merchant_override_is_not_allowed", FamilyFix, "", RetryNever, OwnerStoreIT, PrivacyPublic, verifyOtherwise},
	{"no_reply_apply", FamilyCheck, BannerNoDecision, RetryCheckFirst, OwnerSupervisor, PrivacyPublic, []ActionID{ActLookUpAgain, ActCallSupervisor, ActHoldSale, ActOtherPayment}},
	{"no_reply_change", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}},
	{"no_reply_payment", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"no_reply_read", FamilyFix, "", RetryLater, OwnerNobody, PrivacyPublic, tryOnceMore},
	{"no_reply_readback", FamilyFix, "", RetryLater, OwnerSupervisor, PrivacyPublic, []ActionID{ActTryAgain, ActCallSupervisor, ActHoldSale}},
	{"no_reply_refund", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"no_reply_setup", FamilyFix, "", RetryLater, OwnerNobody, PrivacyPublic, tryOnceMore},
	{"no_reply_verify", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyPublic, then(ActAskAgain, verifyOtherwise)},
	{"not_enough_credit", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyDiscreet, []ActionID{ActChangeAmount, ActSplitPayment, ActOtherPayment, ActHoldSale}},
	{"not_found", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, lookAgain},
	{"not_permitted", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"not_permitted_capture", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"not_permitted_credentials", FamilyHelp, "", RetryNever, OwnerStoreIT, PrivacyPublic, callStoreIT},
	{"not_sent", FamilyFix, "", RetryLater, OwnerStoreIT, PrivacyPublic, []ActionID{ActTryAgain, ActOtherPayment, ActCallSupervisor, ActHoldSale}},
	{"not_verified", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActRestartVerification, ActOtherPayment, ActCallSupervisor}},
	{"other_payment_chosen", FamilyStop, BannerOtherPayment, RetryNever, OwnerCashier, PrivacyPublic, nextCustomer},
	{"payment_posted", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"piw_mismatch", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyDiscreet, then(ActEnterPIW, verifyOtherwise)},
	{"plan_term_not_available", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyDiscreet, []ActionID{ActChoosePlan, ActOtherPayment, ActHoldSale}},
	{"plan_term_not_set", FamilyFix, "", RetryAfterFix, OwnerStoreIT, PrivacyPublic, []ActionID{ActChoosePlan, ActOtherPayment, ActCallContact, ActHoldSale}},
	{"plans_ready", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActHoldSale, ActSendCodeSMS, ActSendCodeEmail, ActOtherPayment}},
	{"purchase_authorized", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale, ActCallSupervisor}},
	{"purchase_captured", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"refunds_limit_exceeded_amount", FamilyFix, "", RetryAfterFix, OwnerSupervisor, PrivacyDiscreet, []ActionID{ActCallSupervisor, ActChangeAmount, ActHoldSale}},
	{"refunded", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"regular_purchase_bypass_is_not_allowed", FamilyFix, "", RetryNever, OwnerCashier, PrivacyDiscreet, verifyOtherwise},
	{"released", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"request_failed", FamilyHelp, "", RetryNever, OwnerFlexiti, PrivacyPublic, []ActionID{ActOtherPayment, ActCallSupervisor, ActHoldSale}},
	{"return_date_exceeded", FamilyStop, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"returned", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"sale_cancelled", FamilyStop, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, nextCustomer},
	{"sale_finished", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, nextCustomer},
	{"sale_held", FamilyWait, BannerWaitMoment, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActHoldSale, ActOtherPayment, ActCallSupervisor, ActCancelSale}},
	{"secret_answer_mismatch", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyDiscreet, then(ActAskAgain, verifyOtherwise)},
	{"settled_not_refunded", FamilyStop, "", RetryNow, OwnerCashier, PrivacyPublic, []ActionID{ActTryAgain, ActCallSupervisor, ActHoldSale}},

	{"settled_not_taken", FamilyStop, "", RetryNever, OwnerCashier, PrivacyPublic, payOtherwise},
	{"settled_refunded", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"settled_taken", FamilyApproved, BannerDone, RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActFinishSale}},
	{"service_trouble_apply", FamilyCheck, BannerNoDecision, RetryCheckFirst, OwnerSupervisor, PrivacyPublic, []ActionID{ActLookUpAgain, ActCallSupervisor, ActHoldSale, ActOtherPayment}},
	{"service_trouble_change", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}},
	{"service_trouble_payment", FamilyCheck, "", RetryCheckFirst, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"service_trouble_read", FamilyFix, "", RetryLater, OwnerNobody, PrivacyPublic, tryOnceMore},
	{"service_trouble_readback", FamilyFix, "", RetryLater, OwnerSupervisor, PrivacyPublic, []ActionID{ActTryAgain, ActCallSupervisor, ActHoldSale}},
	{"service_trouble_refund", FamilyCheck, "", RetryNever, OwnerSupervisor, PrivacyPublic, askSupervisor},
	{"service_trouble_setup", FamilyFix, "", RetryLater, OwnerNobody, PrivacyPublic, tryOnceMore},
	{"service_trouble_verify", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyPublic, then(ActAskAgain, verifyOtherwise)},
	{"setup_done", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, carryOn},
	{"signed_in", FamilyApproved, BannerDone, RetryNow, OwnerNobody, PrivacyPublic, []ActionID{ActTryAgain, ActHoldSale, ActOtherPayment}},
	{"sms_not_valid_phone", FamilyFix, "", RetryNever, OwnerCustomer, PrivacyDiscreet, verifyOtherwise},
	{"status_read", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActHoldSale, ActCallSupervisor, ActCancelSale}},
	{"supervisor_called", FamilyHelp, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, carryOn},
	{"supervisor_settles", FamilyCheck, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActSettleTaken, ActSettleNotTaken, ActHoldSale}},
	{"supervisor_settles_refund", FamilyCheck, BannerSupervisor, RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActSettleTaken, ActSettleNotTaken, ActHoldSale}},
	{"till_trouble", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActHoldSale, ActOtherPayment}},
	{"too_many_requests", FamilyWait, BannerWaitMoment, RetryLater, OwnerNobody, PrivacyPublic, tryOnceMore},
	{"tos_agreement_required", FamilyFix, "", RetryAfterFix, OwnerCustomer, PrivacyPublic, []ActionID{ActShowTerms, ActOtherPayment, ActHoldSale}},
	{"tries_exceed", FamilyFix, "", RetryLater, OwnerCustomer, PrivacyDiscreet, verifyOtherwise},
	{"unauthorized", FamilyWait, "", RetryNow, OwnerNobody, PrivacyPublic, []ActionID{ActSignInAgain, ActOtherPayment, ActCallSupervisor}},
	{"unknown_reply", FamilyHelp, "", RetryNever, OwnerSupervisor, PrivacyPublic, []ActionID{ActCallSupervisor, ActOtherPayment, ActHoldSale}},
	{"user_not_able_to_purchase", FamilyStop, "", RetryNever, OwnerFlexiti, PrivacyDiscreet, payOtherwise},
	{"user_not_active", FamilyStop, "", RetryAfterFix, OwnerCustomer, PrivacyDiscreet, []ActionID{ActOtherPayment, ActLookUpAgain, ActHoldSale}},
	{"vcc_account_mismatch", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActLookUpAgain, ActEnterAgain, ActOtherPayment}},
	{"verification_code_required", FamilyFix, "", RetryAfterFix, OwnerCustomer, PrivacyPublic, then(ActEnterAgain, verifyOtherwise)},
	{"verified", FamilyApproved, BannerDone, RetryNever, OwnerNobody, PrivacyPublic, carryOn},
	{"working", FamilyWait, BannerWaitMoment, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActCallSupervisor, ActHoldSale, ActOtherPayment}},
	{"working_payment", FamilyWait, BannerWaitMoment, RetryNever, OwnerNobody, PrivacyPublic, []ActionID{ActCallSupervisor, ActHoldSale}},
	{"wrong_inputs", FamilyFix, "", RetryAfterFix, OwnerCashier, PrivacyPublic, []ActionID{ActEnterAgain, ActOtherPayment, ActCallSupervisor}},
	{"wrong_transaction_type", FamilyFix, "", RetryNever, OwnerCashier, PrivacyPublic, []ActionID{ActRefundInstead, ActCallSupervisor, ActHoldSale}},
	{"wrong_verification_code", FamilyFix, "", RetryLimited, OwnerCustomer, PrivacyPublic, then(ActEnterAgain, verifyOtherwise)},
}

func cardOf(id string) card {
	for i := range cards {
		if cards[i].id == id {
			return cards[i]
		}
	}
	return cardOf("till_trouble")
}
