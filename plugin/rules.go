package plugin

// Rule is one row of the catalogue: what Flexiti documents, and the card for it.
type Rule struct {
	Operation Operation // AnyOperation where the page names none
	Status    int
	Code      string // empty: any reply with this status and no code
	Card      CardID
	Source    string // Flexiti's page (a Confluence pageId), or SourceJudgement
	example   string // the body of an example reply, where it is more than the code
}

// AnyOperation stands in a Rule for every operation that has no rule of its own.
const AnyOperation Operation = "any"

// SourceJudgement marks advice for what no page of Flexiti's documents.
const SourceJudgement = "judgement"

// Rules gives every documented row, sorted by operation, status and code.
func Rules() []Rule { return append([]Rule(nil), rows...) }

// Example is a reply body that leads to the rule. All values in it are made up.
func (r Rule) Example() string {
	if r.example != "" || r.Code == "" {
		return r.example
	}
	return `{"error":"` + r.Code + `"}`
}

// Pages that many rows come from.
const (
	seed     = "20643845"   // the Errors page that the project started from
	current  = "10190869"   // the Errors page as of its version 72
	testPlan = "699432980"  // the in-store test plan
	verify   = "2027782233" // the verify list with tries_exceed
	posting  = "1471971453" // the lists with VCC in not_found
	purchase = "1755447451" // the authorization list
	lists    = "122028066"  // the first authorization-family lists
	returns  = "1310195738" // the return and refund lists
	inStore  = "1227260149" // the full transactions list
	applying = "1472495693" // the apply list with wrong_inputs
	scopes   = "308248579"  // the lists with 403
	roles    = "1180958812" // the lists with invalid_role
)

const wrongInputsExample = `{"error":"wrong_input","field_errors":[{"param":"email","msg":"invalid","value":"x@"}]}`

// statuses are the replies without a documented code, by HTTP status; the first
// row that holds the status counts. 402 and 502 to 504 stand on the page that
// the project started from, 403 and 465 to 467 on later ones; the rest on none.
// A redirect, 407 and 511 come from what stands between the store and Flexiti.
var statuses = [...]statusRule{
	{300, 399, CardStoreNetwork, SourceJudgement},
	{401, 401, CardUnauthorized, seed},
	{402, 402, CardRequestFailed, seed},
	{403, 403, CardForbidden, scopes},
	{404, 404, CardUnknownReply, seed},
	{407, 407, CardStoreNetwork, SourceJudgement},
	{408, 408, noReplyByKind, SourceJudgement},
	{409, 409, CardUnknownReply, seed},
	{429, 429, CardTooManyRequests, SourceJudgement},
	{465, 467, CardBlocked, current},
	{500, 500, troubleByKind, seed},
	{502, 504, troubleByKind, seed},
	{511, 511, CardStoreNetwork, SourceJudgement},
	{501, 999, troubleByKind, SourceJudgement},
	{0, 999, CardUnknownReply, SourceJudgement},
}

type statusRule struct {
	low, high int
	card      CardID
	source    string
}

func statusRow(status int) *statusRule {
	for i := range statuses {
		if r := &statuses[i]; r.low <= status && status <= r.high {
			return r
		}
	}
	return &statuses[len(statuses)-1]
}

// situation is what the sale or the till itself comes to, without a row above.
type situation uint8

const (
	troubledTill situation = iota
	notSent
	workingCall
	workingPayment
	foundNone
	foundUnclear
	foundOtherAmount
	foundEnded
	foundTaken
	foundHeld
	foundDeclined
	foundReleased
	foundHoldEnded
	paidTwice
	lateSuccess
	saleEnded
	supervisorSettles
	supervisorSettlesRefund
)

var situations = [...]CardID{
	troubledTill:            CardTillTrouble,
	notSent:                 CardNotSent,
	workingCall:             CardWorking,
	workingPayment:          CardWorkingPayment,
	foundNone:               CardFoundNone,
	foundUnclear:            CardFoundUnclear,
	foundOtherAmount:        CardFoundOtherAmount,
	foundEnded:              CardFoundEnded,
	foundTaken:              CardFoundCaptured,
	foundHeld:               CardFoundHeld,
	foundDeclined:           CardFoundDeclined,
	foundReleased:           CardReleased,
	foundHoldEnded:          CardHoldEnded,
	paidTwice:               CardPaidTwice,
	lateSuccess:             CardLateSuccess,
	saleEnded:               CardSaleEnded,
	supervisorSettles:       CardSupervisorSettles,
	supervisorSettlesRefund: CardSupervisorSettlesRefund,
}

// rows is the catalogue: what each documented reply means, sorted.
var rows = []Rule{
	{"any", 400, "invalid_account", CardInvalidAccount, seed, ""},
	{"any", 400, "not_found", CardAuthorizationNotFound, seed, ""},
	{"any", 401, "invalid_token", CardInvalidToken, seed, ""},
	{"any", 401, "unauthorized", CardUnauthorized, seed, `{"error":"Unauthorized"}`},
	{"any", 403, "insufficient_scope", CardInsufficientScope, scopes, `{"error":"Insufficient scope: authorized scope is insufficient"}`},
	{"any", 404, "not_found", CardAccountNotFound, seed, ""},
	{"any", 409, "authentication_failure", CardAuthenticationFailure, seed, ""},
	{"any", 409, "creditapp_id_not_found", CardCreditappIDNotFound, seed, ""},
	{"any", 409, "external_location_id_not_found", CardExternalLocationIDNotFound, inStore, ""},
	{"any", 409, "general_error", CardGeneralError, seed, `{"error":"generic_error"}`},
	{"any", 409, "invalid_role", CardInvalidRole, roles, ""},
	{"any", 409, "not_found", CardAccountNumberNotFound, seed, ""},
	{"any", 409, "not_permitted", CardNotPermitted, lists, ""},
	{"any", 409, "wrong_inputs", CardWrongInputs, applying, wrongInputsExample},
	{"any", 504, "gateway_timeout", troubleByKind, testPlan, `{"error":"GATEWAY_TIMEOUT"}`},
	{"apply", 400, "general_error", CardGeneralError, "895385610", ""},
	{"apply", 409, "account_type_not_permitted", CardApplicationTypeNotPermitted, applying, ""},
	{"apply", 409, "application_create_error", CardApplicationCreateError, seed, ""},
	{"apply", 409, "application_declined", CardApplicationDeclined, seed, ""},
	{"apply", 409, "application_marked_pending", CardApplicationMarkedPending, seed, `{"error":"application_marked_pending_2"}`},
	{"apply", 409, "customer_already_exists", CardCustomerAlreadyExists, seed, ""},
	{"apply", 409, "not_verified", CardApplicationNotVerified, applying, ""},
	{"apply", 409, "tos_agreement_required", CardTOSAgreementRequired, seed, ""},
	{"apply", 409, "wrong_inputs", CardWrongInputs, applying, wrongInputsExample},
	{"authorization", 404, "customer_identity_not_found", CardCustomerIdentityNotFound, seed, ""},
	{"authorization", 404, "not_found", CardAccountNotFound, "1526104155", ""},
	{"authorization", 409, "account_type_not_permitted", CardAccountTypeNotPermitted, purchase, ""},
	{"authorization", 409, "auth_not_allowed", CardAuthNotAllowed, seed, ""},
	{"authorization", 409, "credit_exceeded", CardCreditExceeded, seed, ""},
	{"authorization", 409, "external_location_id_not_found", CardExternalLocationIDNotFound, purchase, ""},
	{"authorization", 409, "general_error", CardGeneralError, purchase, ""},
	{"authorization", 409, "not_found", CardAccountNumberNotFound, seed, ""},
	{"authorization", 409, "not_permitted", CardNotPermittedCredentials, purchase, ""},
	{"authorization", 409, "not_verified", CardNotVerified, purchase, ""},
	{"authorization", 409, "plan_term_not_available", CardPlanTermNotAvailable, seed, ""},
	{"authorization", 409, "plan_term_not_set", CardPlanTermNotSet, seed, ""},
	{"authorization", 409, "user_not_able_to_purchase", CardUserNotAbleToPurchase, purchase, ""},
	{"authorization", 409, "vcc_account_mismatch", CardVCCAccountMismatch, purchase, ""},
	{"authorization", 409, "wrong_inputs", CardWrongInputs, purchase, wrongInputsExample},
	{"authorization_get", 404, "not_found", CardAuthorizationNotFound, SourceJudgement, ""},
	{"capture", 404, "not_found", CardAuthorizationNotFound, lists, ""},
	{"capture", 409, "auth_amount_exceeded", CardAuthAmountExceeded, lists, ""},
	{"capture", 409, "authorization_ended", CardAuthorizationEnded, lists, ""},
	{"capture", 409, "authorization_unauthorized", CardAuthorizationUnauthorized, "21758042", ""},
	{"capture", 409, "general_error", CardGeneralError, lists, `{"error":"generic_error"}`},
	{"capture", 409, "not_permitted", CardNotPermittedCapture, lists, ""},
	{"close", 403, "insufficient_scope", CardInsufficientScope, scopes, ""},
	{"close", 404, "not_found", CardAccountNotFound, posting, ""},
	{"close", 409, "not_found", CardAccountNumberNotFound, seed, ""},
	{"drivers_license", 409, "wrong_inputs", CardWrongInputs, SourceJudgement, wrongInputsExample},
	{"i18n", 409, "general_error", CardGeneralError, roles, ""},
	{"lookup", 403, "insufficient_scope", CardInsufficientScope, scopes, ""},
	{"lookup", 404, "not_found", CardAccountNotFound, seed, ""},
	{"lookup", 409, "merchant_not_support_nonprime_regularpurchase", CardMerchantNotSupportNonprimeRegularpurchase, "1304199276", ""},
	{"lookup", 409, "not_found", CardAccountNumberNotFound, seed, ""},
	{"lookup", 409, "user_not_able_to_purchase", CardUserNotAbleToPurchase, seed, ""},
	{"lookup", 409, "user_not_active", CardUserNotActive, seed, ""},
	{"lookup", 504, "gateway_timeout", troubleByKind, testPlan, `{"error":"GATEWAY_TIMEOUT"}`},
	{"merchants_login", 409, "authentication_failure", CardAuthenticationFailure, seed, ""},
	{"refund", 404, "not_found", CardAccountNotFound, returns, ""},
	{"refund", 409, "account_type_not_permitted", CardAccountTypeNotPermitted, returns, ""},
	{"refund", 409, "external_location_id_not_found", CardExternalLocationIDNotFound, returns, ""},
	{"refund", 409, "general_error", CardGeneralError, returns, ""},
	{"refund", 409, "not_found", CardAccountNumberNotFound, seed, ""},
	{"refund", 409, "refunds_limit_exceeded_amount", CardRefundsLimitExceededAmount, seed, ""},
	{"refund", 409, "vcc_account_mismatch", CardVCCAccountMismatch, returns, ""},
	{"release", 404, "not_found", CardAuthorizationNotFound, lists, ""},
	{"release", 409, "auth_amount_exceeded", CardAuthAmountExceeded, lists, ""},
	{"release", 409, "authorization_ended", CardAuthorizationEnded, lists, ""},
	{"release", 409, "general_error", CardGeneralError, lists, `{"error":"generic_error"}`},
	{"release", 409, "not_permitted", CardNotPermitted, lists, ""},
	{"return", 404, "not_found", CardCaptureNotFound, lists, ""},
	{"return", 409, "account_type_not_permitted", CardAccountTypeNotPermitted, returns, ""},
	{"return", 409, "capture_amount_exceeded", CardCaptureAmountExceeded, lists, ""},
	{"return", 409, "external_location_id_not_found", CardExternalLocationIDNotFound, returns, ""},
	{"return", 409, "general_error", CardGeneralError, lists, `{"error":"generic_error"}`},
	{"return", 409, "not_permitted", CardNotPermitted, lists, ""},
	{"return", 409, "return_date_exceeded", CardReturnDateExceeded, lists, ""},
	{"return", 409, "vcc_account_mismatch", CardVCCAccountMismatch, returns, ""},
	{"return", 409, "wrong_transaction_type", CardWrongTransactionType, lists, ""},
	{"search", 200, "not_found", CardCustomerNotFound, SourceJudgement, `[]`},
	{"search", 403, "insufficient_scope", CardInsufficientScope, scopes, ""},
	{"search", 404, "not_found", CardAccountNotFound, scopes, ""},
	{"search", 409, "not_found", CardCustomerNotFound, seed, ""},
	{"token", 400, "invalid_client", CardInvalidClient, seed, ""},
	{"token", 400, "invalid_credentials", CardInvalidClient, "15925402", ""},
	{"token", 400, "invalid_request", CardInvalidRequest, seed, ""},
	{"token", 401, "invalid_token", CardInvalidToken, "22020136", ""},
	{"token", 409, "wrong_inputs", CardWrongInputs, applying, wrongInputsExample},
	{"transactions", 404, "not_found", CardAccountOrTransactionNotFound, posting, ""},
	{"transactions", 409, "account_type_not_permitted", CardAccountTypeNotPermitted, inStore, ""},
	{"transactions", 409, "external_location_id_not_found", CardExternalLocationIDNotFound, inStore, ""},
	{"transactions", 409, "general_error", CardGeneralError, inStore, ""},
	{"transactions", 409, "invalid_transaction_type", CardInvalidTransactionType, seed, ""},
	{"transactions", 409, "limit_payment_amount_24", CardLimitPaymentAmount24, seed, ""},
	{"transactions", 409, "not_enough_credit", CardNotEnoughCredit, seed, ""},
	{"transactions", 409, "not_found", CardAccountNumberNotFound, seed, ""},
	{"transactions", 409, "not_verified", CardNotVerified, inStore, ""},
	{"transactions", 409, "user_not_able_to_purchase", CardUserNotAbleToPurchase, inStore, ""},
	{"transactions", 409, "user_not_active", CardUserNotActive, inStore, ""},
	{"transactions", 409, "vcc_account_mismatch", CardVCCAccountMismatch, inStore, ""},
	{"transactions", 409, "verification_code_required", CardVerificationCodeRequired, seed, ""},
	{"transactions", 409, "wrong_verification_code", CardWrongVerificationCode, seed, ""},
	{"unknown", 409, "not_found", CardNotFound, seed, ""},
	{"unknown_read", 409, "not_found", CardNotFound, seed, ""},
	{"verify", 400, "sms_not_valid_phone", CardSMSNotValidPhone, posting, ""},
	{"verify", 403, "insufficient_scope", CardInsufficientScope, scopes, ""},
	{"verify", 404, "not_found", CardAccountNotFound, posting, ""},
	{"verify", 409, "merchant_override_is_not_allowed", CardMerchantOverrideIsNotAllowed, seed, ""},
	{"verify", 409, "not_found", CardAccountNumberNotFound, seed, ""},
	{"verify", 409, "piw_mismatch", CardPIWMismatch, seed, ""},
	{"verify", 409, "regular_purchase_bypass_is_not_allowed", CardRegularPurchaseBypassIsNotAllowed, posting, ""},
	{"verify", 409, "secret_answer_mismatch", CardSecretAnswerMismatch, seed, ""},
	{"verify", 409, "tries_exceed", CardTriesExceed, verify, ""},
	{"verify", 409, "wrong_inputs", CardWrongInputs, posting, wrongInputsExample},
	{"widget_init", 409, "general_error", CardGeneralError, roles, ""},
	{"widget_init", 409, "wrong_inputs", CardWrongInputs, applying, wrongInputsExample},
}
