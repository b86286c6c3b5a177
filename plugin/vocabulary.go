package plugin

// The small vocabularies of the contract. They are plain strings in JSON, and
// their values are final for ABI 1.

// Operation names one call of Flexiti's POS API.
type Operation string

// The operations that Flexiti documents, and two for what it does not: an
// unknown GET only reads, any other unknown call counts as one that moves money.
const (
	OpToken             Operation = "token"
	OpI18n              Operation = "i18n"
	OpTerms             Operation = "terms_and_conditions"
	OpDriversLicense    Operation = "drivers_license"
	OpSearch            Operation = "search"
	OpLookup            Operation = "lookup"
	OpVerify            Operation = "verify"
	OpCalculateInterest Operation = "calculate_interest"
	OpClose             Operation = "close"
	OpApply             Operation = "apply"
	OpTransactions      Operation = "transactions"
	OpAuthorization     Operation = "authorization"
	OpRelease           Operation = "release"
	OpCapture           Operation = "capture"
	OpReturn            Operation = "return"
	OpRefund            Operation = "refund"
	OpAuthorizations    Operation = "authorizations"
	OpAuthorizationGet  Operation = "authorization_get"
	OpCaptures          Operation = "captures"
	OpWidgetInit        Operation = "widget_init"
	OpMerchantsLogin    Operation = "merchants_login"
	OpUnknown           Operation = "unknown"
	OpUnknownRead       Operation = "unknown_read"
	OpSeveral           Operation = "several" // in a sale and in `about` only: more payments than it remembers one by one
)

// Failure says in which way an exchange got no reply.
type Failure string

const (
	FailureTimeout   Failure = "timeout"
	FailureRefused   Failure = "refused"
	FailureReset     Failure = "reset"
	FailureDNS       Failure = "dns"
	FailureTLS       Failure = "tls"
	FailureCancelled Failure = "cancelled"
	FailurePending   Failure = "pending" // none yet: the call is leaving
)

// Sent says whether the request left the till.
type Sent string

const (
	SentYes     Sent = "yes"
	SentNo      Sent = "no"
	SentUnknown Sent = "unknown"
)

// Result is the outcome of a credit application, as the POS saw it.
type Result string

const (
	ResultApproved Result = "approved"
	ResultPending  Result = "pending"
	ResultDeclined Result = "declined"
)

// FoundState is the state of a payment that a read-back found.
type FoundState string

const (
	FoundCaptured FoundState = "captured"
	FoundHeld     FoundState = "held"
	FoundDeclined FoundState = "declined"
	FoundEnded    FoundState = "ended"
)

// PaymentState is what is known of a payment's fate.
type PaymentState string

const (
	StateUnderWay PaymentState = "under_way" // it was sent, and its answer may still come
	StateInDoubt  PaymentState = "in_doubt"  // nobody knows what became of it
	StateKnown    PaymentState = "known"     // what is held, taken and given back of it is known
	StateRefused  PaymentState = "refused"   // it was refused, or never left the till
)

// Family sorts decisions by what kind of act they ask for.
type Family string

const (
	FamilyApproved Family = "approved"
	FamilyFix      Family = "fix"
	FamilyWait     Family = "wait"
	FamilyStop     Family = "stop"
	FamilyCheck    Family = "check"
	FamilyHelp     Family = "help"
)

// Banner names the act that the card asks for.
type Banner string

const (
	BannerDone         Banner = "done"
	BannerOnceMore     Banner = "once_more"
	BannerCorrectIt    Banner = "correct_it"
	BannerAnotherWay   Banner = "another_way"
	BannerOtherPayment Banner = "other_payment"
	BannerCheckSale    Banner = "check_sale"
	BannerSupervisor   Banner = "supervisor"
	BannerNoDecision   Banner = "no_decision"
	BannerWaitMoment   Banner = "wait_moment"
	BannerNextStep     Banner = "next_step" // a step inside a sale went well
	BannerNotToday     Banner = "not_today" // a refusal that leads to another payment
	BannerAskInput     Banner = "ask_input" // something is asked for before anything is sent
)

// Money says what has become of the customer's money in this sale, the worst that is true of it.
type Money string

const (
	MoneyNone     Money = "none"
	MoneyNotMoved Money = "not_moved"
	MoneyHeld     Money = "held"
	MoneyMoved    Money = "moved"
	MoneyUnknown  Money = "unknown"
)

// MoneyKind says which money is meant.
type MoneyKind string

const (
	KindPurchase MoneyKind = "purchase"
	KindPayment  MoneyKind = "payment"
	KindRefund   MoneyKind = "refund"
	KindRelease  MoneyKind = "release"
)

// RetryPolicy says whether the same request may be sent again.
type RetryPolicy string

const (
	RetryNow        RetryPolicy = "now"
	RetryAfterFix   RetryPolicy = "after_fix"
	RetryLimited    RetryPolicy = "limited"
	RetryLater      RetryPolicy = "later"
	RetrySameKey    RetryPolicy = "same_key"
	RetryCheckFirst RetryPolicy = "check_first"
	RetryNever      RetryPolicy = "never"
)

// Owner is who can put the matter right.
type Owner string

const (
	OwnerCustomer   Owner = "customer"
	OwnerCashier    Owner = "cashier"
	OwnerSupervisor Owner = "supervisor"
	OwnerStoreIT    Owner = "store_it"
	OwnerFlexiti    Owner = "flexiti"
	OwnerNobody     Owner = "nobody"
)

// Privacy says whether a card may stay in sight of other people.
type Privacy string

const (
	PrivacyPublic   Privacy = "public"
	PrivacyDiscreet Privacy = "discreet"
)

// ActionID names one thing that a cashier can choose to do.
type ActionID string

const (
	ActTryAgain            ActionID = "try_again"
	ActEnterAgain          ActionID = "enter_again"
	ActAskAgain            ActionID = "ask_again"
	ActSendCodeSMS         ActionID = "send_code_sms"
	ActSendCodeEmail       ActionID = "send_code_email"
	ActAskSecurityQuestion ActionID = "ask_security_question"
	ActEnterPIW            ActionID = "enter_piw"
	ActUseOverride         ActionID = "use_override"
	ActUseBypass           ActionID = "use_bypass"
	ActRestartVerification ActionID = "restart_verification"
	ActChangeAmount        ActionID = "change_amount"
	ActSplitPayment        ActionID = "split_payment"
	ActChoosePlan          ActionID = "choose_plan"
	ActCheckStatus         ActionID = "check_status"
	ActResendSame          ActionID = "resend_same"
	ActSignInAgain         ActionID = "sign_in_again"
	ActLookUpAgain         ActionID = "look_up_again"
	ActStartApplication    ActionID = "start_application"
	ActShowTerms           ActionID = "show_terms"
	ActRefundInstead       ActionID = "refund_instead"
	ActHoldSale            ActionID = "hold_sale"
	ActFinishSale          ActionID = "finish_sale"
	ActOtherPayment        ActionID = "other_payment"
	ActCallSupervisor      ActionID = "call_supervisor"
	ActCallContact         ActionID = "call_contact"
	ActSettleTaken         ActionID = "settle_taken"
	ActSettleHeld          ActionID = "settle_held"
	ActSettleNotTaken      ActionID = "settle_not_taken" // neither taken nor held
	ActSettleRefunded      ActionID = "settle_refunded"
	ActSettleNotRefunded   ActionID = "settle_not_refunded"
	ActCancelSale          ActionID = "cancel_sale"
	ActPayRest             ActionID = "pay_rest"     // another payment for what Flexiti refused; ends the sale
	ActCarryOn             ActionID = "carry_on"     // the sale goes on at the POS
	ActKeepWaiting         ActionID = "keep_waiting" // the till's own call is still running
)

// Method is a way to verify who the customer is: a `format` of Flexiti's verify
// call (page 1851588883), or the personal identification word.
type Method string

const (
	MethodSMS              Method = "sms"
	MethodEmail            Method = "email"
	MethodSecurityQuestion Method = "security_question"
	MethodPIW              Method = "piw"
	MethodOverride         Method = "merchant_override"
	MethodBypass           Method = "regular_purchase_bypass"
)

// Problem is what is wrong with a field that Flexiti named.
type Problem string

const (
	ProblemRequired Problem = "required"
	ProblemFormat   Problem = "format"
	ProblemLength   Problem = "length"
	ProblemInvalid  Problem = "invalid"
	ProblemOther    Problem = "other"
)

// Lang is a locale that cards are written in.
type Lang string

const (
	English Lang = "en-CA"
	French  Lang = "fr-CA"
)

// LangOf gives the locale that cards are written in for any locale name:
// fr-CA for whatever begins with "fr", en-CA for all else.
func LangOf(name string) Lang {
	if len(name) >= 2 && (name[0] == 'f' || name[0] == 'F') && (name[1] == 'r' || name[1] == 'R') {
		return French
	}
	return English
}
