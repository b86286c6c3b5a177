package plugin

// CatalogueVersion names what the cards say and decide. It changes whenever
// either does, and every record carries it.
const CatalogueVersion = "1.0.0"

// Rule is one row of the catalogue: what Flexiti documents, and the card for it.
type Rule struct {
	Operation Operation // AnyOperation where the page names none
	Status    int
	Code      string // empty: any reply with this status and no code
	Card      string
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

// rows is the catalogue: what each documented reply means, sorted.
var rows = []Rule{
	{"any", 400, "invalid_account", "invalid_account", seed, ""},
	{"any", 400, "not_found", "authorization_not_found", seed, ""},
	{"any", 401, "invalid_token", "invalid_token", seed, ""},
	{"any", 401, "unauthorized", "unauthorized", seed, `{"error":"Unauthorized"}`},
	{"any", 403, "insufficient_scope", "insufficient_scope", scopes, `{"error":"Insufficient scope: authorized scope is insufficient"}`},
	{"any", 404, "not_found", "account_not_found", seed, ""},
	{"any", 409, "authentication_failure", "authentication_failure", seed, ""},
	{"any", 409, "creditapp_id_not_found", "creditapp_id_not_found", seed, ""},
	{"any", 409, "external_location_id_not_found", "external_location_id_not_found", inStore, ""},
	{"any", 409, "general_error", "general_error", seed, `{"error":"generic_error"}`},
	{"any", 409, "invalid_role", "invalid_role", roles, ""},
	{"any", 409, "not_found", "account_number_not_found", seed, ""},
	{"any", 409, "not_permitted", "not_permitted", lists, ""},
	{"any", 409, "wrong_inputs", "wrong_inputs", applying, wrongInputsExample},
	{"any", 504, "gateway_timeout", "service_trouble", testPlan, `{"error":"GATEWAY_TIMEOUT"}`},
	{"apply", 400, "general_error", "general_error", "895385610", ""},
	{"apply", 409, "account_type_not_permitted", "application_type_not_permitted", applying, ""},
	{"apply", 409, "application_create_error", "application_create_error", seed, ""},
	{"apply", 409, "application_declined", "application_declined", seed, ""},
	{"apply", 409, "application_marked_pending", "application_marked_pending", seed, `{"error":"application_marked_pending_2"}`},
	{"apply", 409, "customer_already_exists", "customer_already_exists", seed, ""},
	{"apply", 409, "not_verified", "application_not_verified", applying, ""},
	{"apply", 409, "tos_agreement_required", "tos_agreement_required", seed, ""},
	{"apply", 409, "wrong_inputs", "wrong_inputs", applying, wrongInputsExample},
	{"authorization", 404, "customer_identity_not_found", "customer_identity_not_found", seed, ""},
	{"authorization", 404, "not_found", "account_not_found", "1526104155", ""},
	{"authorization", 409, "account_type_not_permitted", "account_type_not_permitted", purchase, ""},
	{"authorization", 409, "auth_not_allowed", "auth_not_allowed", seed, ""},
	{"authorization", 409, "credit_exceeded", "credit_exceeded", seed, ""},
	{"authorization", 409, "external_location_id_not_found", "external_location_id_not_found", purchase, ""},
	{"authorization", 409, "general_error", "general_error", purchase, ""},
	{"authorization", 409, "not_found", "account_number_not_found", seed, ""},
	{"authorization", 409, "not_permitted", "not_permitted_credentials", purchase, ""},
	{"authorization", 409, "not_verified", "not_verified", purchase, ""},
	{"authorization", 409, "plan_term_not_available", "plan_term_not_available", seed, ""},
	{"authorization", 409, "plan_term_not_set", "plan_term_not_set", seed, ""},
	{"authorization", 409, "user_not_able_to_purchase", "user_not_able_to_purchase", purchase, ""},
	{"authorization", 409, "vcc_account_mismatch", "vcc_account_mismatch", purchase, ""},
	{"authorization", 409, "wrong_inputs", "wrong_inputs", purchase, wrongInputsExample},
	{"authorization_get", 404, "not_found", "authorization_not_found", SourceJudgement, ""},
	{"capture", 404, "not_found", "authorization_not_found", lists, ""},
	{"capture", 409, "auth_amount_exceeded", "auth_amount_exceeded", lists, ""},
	{"capture", 409, "authorization_ended", "authorization_ended", lists, ""},
	{"capture", 409, "authorization_unauthorized", "authorization_unauthorized", "21758042", ""},
	{"capture", 409, "general_error", "general_error", lists, `{"error":"generic_error"}`},
	{"capture", 409, "not_permitted", "not_permitted_capture", lists, ""},
	{"close", 403, "insufficient_scope", "insufficient_scope", scopes, ""},
	{"close", 404, "not_found", "account_not_found", posting, ""},
	{"close", 409, "not_found", "account_number_not_found", seed, ""},
	{"drivers_license", 409, "wrong_inputs", "wrong_inputs", SourceJudgement, wrongInputsExample},
	{"i18n", 409, "general_error", "general_error", roles, ""},
	{"lookup", 403, "insufficient_scope", "insufficient_scope", scopes, ""},
	{"lookup", 404, "not_found", "account_not_found", seed, ""},
	{"lookup", 409, "merchant_not_support_nonprime_regularpurchase", "merchant_not_support_nonprime_regularpurchase", "1304199276", ""},
	{"lookup", 409, "not_found", "account_number_not_found", seed, ""},
	{"lookup", 409, "user_not_able_to_purchase", "user_not_able_to_purchase", seed, ""},
	{"lookup", 409, "user_not_active", "user_not_active", seed, ""},
	{"lookup", 504, "gateway_timeout", "service_trouble", testPlan, `{"error":"GATEWAY_TIMEOUT"}`},
	{"merchants_login", 409, "authentication_failure", "authentication_failure", seed, ""},
	{"refund", 404, "not_found", "account_not_found", returns, ""},
	{"refund", 409, "account_type_not_permitted", "account_type_not_permitted", returns, ""},
	{"refund", 409, "external_location_id_not_found", "external_location_id_not_found", returns, ""},
	{"refund", 409, "general_error", "general_error", returns, ""},
	{"refund", 409, "not_found", "account_number_not_found", seed, ""},
	{"refund", 409, "refunds_limit_exceeded_amount", "refunds_limit_exceeded_amount", seed, ""},
	{"refund", 409, "vcc_account_mismatch", "vcc_account_mismatch", returns, ""},
	{"release", 404, "not_found", "authorization_not_found", lists, ""},
	{"release", 409, "auth_amount_exceeded", "auth_amount_exceeded", lists, ""},
	{"release", 409, "authorization_ended", "authorization_ended", lists, ""},
	{"release", 409, "general_error", "general_error", lists, `{"error":"generic_error"}`},
	{"release", 409, "not_permitted", "not_permitted", lists, ""},
	{"return", 404, "not_found", "capture_not_found", lists, ""},
	{"return", 409, "account_type_not_permitted", "account_type_not_permitted", returns, ""},
	{"return", 409, "capture_amount_exceeded", "capture_amount_exceeded", lists, ""},
	{"return", 409, "external_location_id_not_found", "external_location_id_not_found", returns, ""},
	{"return", 409, "general_error", "general_error", lists, `{"error":"generic_error"}`},
	{"return", 409, "not_permitted", "not_permitted", lists, ""},
	{"return", 409, "return_date_exceeded", "return_date_exceeded", lists, ""},
	{"return", 409, "vcc_account_mismatch", "vcc_account_mismatch", returns, ""},
	{"return", 409, "wrong_transaction_type", "wrong_transaction_type", lists, ""},
	{"search", 200, "not_found", "customer_not_found", SourceJudgement, `[]`},
	{"search", 403, "insufficient_scope", "insufficient_scope", scopes, ""},
	{"search", 404, "not_found", "account_not_found", scopes, ""},
	{"search", 409, "not_found", "customer_not_found", seed, ""},
	{"token", 400, "invalid_client", "invalid_client", seed, ""},
	{"token", 400, "invalid_credentials", "invalid_client", "15925402", ""},
	{"token", 400, "invalid_request", "invalid_request", seed, ""},
	{"token", 401, "invalid_token", "invalid_token", "22020136", ""},
	{"token", 409, "wrong_inputs", "wrong_inputs", applying, wrongInputsExample},
	{"transactions", 404, "not_found", "account_or_transaction_not_found", posting, ""},
	{"transactions", 409, "account_type_not_permitted", "account_type_not_permitted", inStore, ""},
	{"transactions", 409, "external_location_id_not_found", "external_location_id_not_found", inStore, ""},
	{"transactions", 409, "general_error", "general_error", inStore, ""},
	{"transactions", 409, "invalid_transaction_type", "invalid_transaction_type", seed, ""},
	{"transactions", 409, "limit_payment_amount_24", "limit_payment_amount_24", seed, ""},
	{"transactions", 409, "not_enough_credit", "not_enough_credit", seed, ""},
	{"transactions", 409, "not_found", "account_number_not_found", seed, ""},
	{"transactions", 409, "not_verified", "not_verified", inStore, ""},
	{"transactions", 409, "user_not_able_to_purchase", "user_not_able_to_purchase", inStore, ""},
	{"transactions", 409, "user_not_active", "user_not_active", inStore, ""},
	{"transactions", 409, "vcc_account_mismatch", "vcc_account_mismatch", inStore, ""},
	{"transactions", 409, "verification_code_required", "verification_code_required", seed, ""},
	{"transactions", 409, "wrong_verification_code", "wrong_verification_code", seed, ""},
	{"unknown", 409, "not_found", "not_found", seed, ""},
	{"unknown_read", 409, "not_found", "not_found", seed, ""},
	{"verify", 400, "sms_not_valid_phone", "sms_not_valid_phone", posting, ""},
	{"verify", 403, "insufficient_scope", "insufficient_scope", scopes, ""},
	{"verify", 404, "not_found", "account_not_found", posting, ""},
	{"verify", 409, "merchant_override_is_not_allowed", "merchant_override_is_not_allowed", seed, ""},
	{"verify", 409, "not_found", "account_number_not_found", seed, ""},
	{"verify", 409, "piw_mismatch", "piw_mismatch", seed, ""},
	{"verify", 409, "regular_purchase_bypass_is_not_allowed", "regular_purchase_bypass_is_not_allowed", posting, ""},
	{"verify", 409, "secret_answer_mismatch", "secret_answer_mismatch", seed, ""},
	{"verify", 409, "tries_exceed", "tries_exceed", verify, ""},
	{"verify", 409, "wrong_inputs", "wrong_inputs", posting, wrongInputsExample},
	{"widget_init", 409, "general_error", "general_error", roles, ""},
	{"widget_init", 409, "wrong_inputs", "wrong_inputs", applying, wrongInputsExample},
}
