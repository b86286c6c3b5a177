package simulator

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// What a page documents as a refusal comes by itself from what was done before,
// and the cashier's card is that of the row.
func TestRefusalsComeFromState(t *testing.T) {
	const ordinary = "20000001"
	lookup := func(number string) func(*desk) (string, object) {
		return func(*desk) (string, object) { return "customers/lookup?account_number=" + number, nil }
	}
	sell := func(account, amount string, more object) func(*desk) (string, object) {
		return func(d *desk) (string, object) { return "authorization", d.purchase(account, "sale", amount, more) }
	}
	small := func(then func(*desk) (string, object)) func(*desk) (string, object) {
		return func(d *desk) (string, object) { d.signIn("sim-small", "merchant"); return then(d) }
	}
	plan := func(id, term string) object {
		return object{"financing_option": object{"transaction_type": promotional, "plan_id": id, "term": term}}
	}
	verify := func(account string, more object) func(*desk) (string, object) {
		return func(*desk) (string, object) {
			body := object{"request_id": "sale"}
			for name, value := range more {
				body[name] = value
			}
			return "account/" + account + "/verify", body
		}
	}
	post := func(account, amount string, more object) func(*desk) (string, object) {
		return func(d *desk) (string, object) {
			body := object{"transaction_type": "instore_payment", "amount": amount, "account_number": account, "request_id": "sale",
				"verification_code": d.verified(account, "sale")}
			for name, value := range more {
				body[name] = value
			}
			return "transactions", body
		}
	}
	after := func(wait time.Duration, then func(*desk) (string, object)) func(*desk) (string, object) {
		return func(d *desk) (string, object) { d.now = d.now.Add(wait); return then(d) }
	}
	returning := func(wait time.Duration, amount string, more object) func(*desk) (string, object) {
		return func(d *desk) (string, object) {
			got := d.want(http.StatusOK, "authorization", d.purchase(ordinary, "sale", "20.00", more))
			d.now = d.now.Add(wait)
			d.signIn("sim-store", "merchant")
			return fmt.Sprintf("authorization/%.0f/capture/%.0f/return", got["authorization_id"], got["capture_id"]), object{"amount": amount}
		}
	}
	held := func(call, amount string) func(*desk) (string, object) {
		return func(d *desk) (string, object) {
			return "authorization/" + d.hold() + "/" + call, object{"amount": amount}
		}
	}

	tests := []struct {
		want string // operation/status/code of the reply
		when string
		make func(*desk) (string, object)
	}{
		{"token/400/invalid_client", "the secret is another", func(*desk) (string, object) {
			return "token", object{"grant_type": "client_credentials", "client_id": "sim-store", "client_secret": "x"}
		}},
		{"token/400/invalid_request", "grant_type is missing", func(*desk) (string, object) { return "token", object{"client_id": "sim-store"} }},
		{"token/401/invalid_token", "a token is refreshed after it expired", func(d *desk) (string, object) {
			d.now = d.now.Add(20 * time.Minute)
			return "token", object{"grant_type": "refresh_token", "refresh_token": d.token}
		}},
		{"lookup/401/invalid_token", "the token is 20 minutes old", after(20*time.Minute, lookup(ordinary))},
		{"lookup/401/unauthorized", "there is no token", func(d *desk) (string, object) { d.token = ""; return lookup(ordinary)(d) }},
		{"lookup/401/unauthorized", "the path is another store's", func(d *desk) (string, object) { d.client = "sim-small"; return lookup(ordinary)(d) }},
		{"lookup/403/insufficient_scope", "the token is a customer's", func(d *desk) (string, object) { d.signIn("sim-store", "customer"); return lookup(ordinary)(d) }},
		{"lookup/409/invalid_role", "the store's account has no rights", func(d *desk) (string, object) { d.signIn("sim-norole", "merchant"); return lookup(ordinary)(d) }},
		{"merchants_login/409/authentication_failure", "the password is another", func(*desk) (string, object) {
			return "merchants/login", object{"merchant_username": "sim-store", "merchant_password": "x"}
		}},

		{"lookup/404/not_found", "nobody has the number", lookup("29999999")},
		{"lookup/504/gateway_timeout", "the number is 0001", lookup("0001")},
		{"lookup/409/user_not_active", "the account is not activated", lookup("20000005")},
		{"lookup/409/user_not_able_to_purchase", "the account is frozen", lookup("20000006")},
		{"lookup/409/user_not_able_to_purchase", "a payment was missed", lookup("20000007")},
		{"lookup/409/user_not_able_to_purchase", "the account is charged off", lookup("20000008")},
		{"lookup/409/user_not_able_to_purchase", "the account is closed", lookup("20000009")},
		{"lookup/409/user_not_able_to_purchase", "the customer has closed the account", func(d *desk) (string, object) {
			d.want(http.StatusOK, "accounts/20000002/close", object{})
			return lookup("20000002")(d)
		}},
		{"lookup/409/merchant_not_support_nonprime_regularpurchase", "the customer is not prime and the store takes none", small(lookup("20000003"))},
		{"search/404/not_found", "nobody has the name", func(*desk) (string, object) {
			return "customers/search?first_name=Nobody&last_name=Sample&dob=1980-01-01", nil
		}},
		{"drivers_license/409/wrong_inputs", "the scan is bad", func(*desk) (string, object) { return "customers/driverslicense", object{"code": "x"} }},
		{"close/404/not_found", "nobody has the number", func(*desk) (string, object) { return "accounts/29999999/close", object{} }},

		{"apply/409/tos_agreement_required", "the terms were not agreed to", func(*desk) (string, object) {
			return "apply", object{"first_name": "New", "last_name": "Sample", "dob": "1990-01-01"}
		}},
		{"apply/409/customer_already_exists", "the customer has an account", func(*desk) (string, object) {
			return "apply", object{"first_name": "Alex", "last_name": "Sample", "dob": "1980-01-01", "tos_agreement": true}
		}},
		{"apply/409/application_create_error", "the key is D-EMAIL_DBL_TIMEOUT", func(*desk) (string, object) {
			return "apply", object{"first_name": "New", "last_name": "Sample", "dob": "1990-01-01", "tos_agreement": true, "middle_name": "D-EMAIL_DBL_TIMEOUT"}
		}},
		{"apply/409/wrong_inputs", "the name is missing", func(*desk) (string, object) { return "apply", object{"tos_agreement": true} }},

		{"verify/404/not_found", "the card is another customer's", verify(ordinary, object{"vcc_number": "9000000000002018"})},
		{"verify/400/sms_not_valid_phone", "no telephone is on file", verify("20000010", nil)},
		{"verify/409/secret_answer_mismatch", "the answer is wrong", verify(ordinary, object{"format": "security_question", "security_answer": "oak"})},
		{"verify/409/tries_exceed", "it is wrong a fourth time in 48 hours", func(d *desk) (string, object) {
			for range 3 {
				path, body := verify(ordinary, object{"format": "security_question", "security_answer": "oak"})(d)
				d.want(http.StatusConflict, path, body)
			}
			return verify(ordinary, object{"format": "security_question", "security_answer": "oak"})(d)
		}},
		{"verify/409/piw_mismatch", "the word is wrong", verify(ordinary, object{"format": "piw", "piw": "pier"})},
		{"verify/409/merchant_override_is_not_allowed", "the store may not", small(verify(ordinary, object{"format": "merchant_override"}))},
		{"verify/409/regular_purchase_bypass_is_not_allowed", "the store may not", small(verify(ordinary, object{"format": "regular_purchase_bypass"}))},
		{"verify/409/regular_purchase_bypass_is_not_allowed", "four regular purchases were made in a day", func(d *desk) (string, object) {
			for range 4 {
				d.want(http.StatusOK, "authorization", d.purchase(ordinary, "sale", "10.00", object{"financing_option": object{"transaction_type": regularPurchase}}))
			}
			return verify(ordinary, object{"format": "regular_purchase_bypass"})(d)
		}},
		{"verify/409/wrong_inputs", "request_id is missing", verify(ordinary, object{"request_id": ""})},

		{"authorization/404/not_found", "nobody has the card", sell(ordinary, "10.00", object{"vcc_number": "9000000000009999"})},
		{"authorization/409/vcc_account_mismatch", "the card is another customer's", sell(ordinary, "10.00", object{"vcc_number": "9000000000002018"})},
		{"authorization/409/external_location_id_not_found", "the store is not registered", sell(ordinary, "10.00", object{"external_location_id": "99"})},
		{"authorization/409/account_type_not_permitted", "the customer is a business and the store takes none", small(sell("20000020", "10.00", nil))},
		{"authorization/409/wrong_inputs", "the amount is none", sell(ordinary, "ten", nil)},
		{"authorization/409/user_not_able_to_purchase", "the account was frozen since lookup", func(d *desk) (string, object) {
			path, body := lookup("20000011")(d)
			d.want(http.StatusOK, path, body)
			return sell("20000011", "10.00", nil)(d)
		}},
		{"authorization/404/customer_identity_not_found", "the customer was never verified", func(*desk) (string, object) {
			return "authorization", object{"account_number": ordinary, "amount": "10.00", "auto_capture": true, "verification_code": "1234", "request_id": "sale",
				"financing_option": object{"transaction_type": regularPurchase}}
		}},
		{"authorization/409/not_verified", "the request is another than the verified one", sell(ordinary, "10.00", object{"request_id": "other"})},
		{"authorization/409/not_verified", "the purchase is too large for a bypass", func(d *desk) (string, object) {
			body := d.purchase(ordinary, "sale", "200.01", object{"financing_option": object{"transaction_type": regularPurchase}})
			got := d.want(http.StatusOK, "account/"+ordinary+"/verify", object{"format": "regular_purchase_bypass", "request_id": "sale"})
			body["verification_code"] = got["verification_code"]
			return "authorization", body
		}},
		{"authorization/409/auth_not_allowed", "the store may not hold", small(sell(ordinary, "10.00", object{"auto_capture": false}))},
		{"authorization/409/plan_term_not_set", "the store has not that plan", small(sell(ordinary, "10.00", plan("1003", "6")))},
		{"authorization/409/plan_term_not_set", "the plan has not that term", sell(ordinary, "10.00", plan("1001", "7"))},
		{"authorization/409/plan_term_not_available", "the plan is prime and the customer is not", sell("20000003", "10.00", plan("1002", "24"))},
		{"authorization/409/plan_term_not_available", "interest accrues and the customer is in Quebec", sell("20000002", "10.00", plan("1003", "6"))},
		{"authorization/409/plan_term_not_available", "no interest accrues and the customer is not in Quebec", sell(ordinary, "10.00", plan("1004", "6"))},
		{"authorization/409/credit_exceeded", "the amount is more than the credit", sell("20000004", "100.01", nil)},
		{"authorization/409/credit_exceeded", "the amount and the plan's fee are", sell("20000004", "90.00", plan("1002", "24"))},

		{"transactions/409/verification_code_required", "the code is missing", post(ordinary, "10.00", object{"verification_code": ""})},
		{"transactions/409/wrong_verification_code", "the code is wrong", post(ordinary, "10.00", object{"verification_code": "0000"})},
		{"transactions/409/not_verified", "the request is another", post(ordinary, "10.00", object{"request_id": "other"})},
		{"transactions/409/invalid_transaction_type", "the type is none", post(ordinary, "10.00", object{"transaction_type": "gift"})},
		{"transactions/409/not_enough_credit", "the deposit is more than the credit", post("20000004", "100.01", object{"transaction_type": "deposit"})},
		{"transactions/409/user_not_active", "the account is not activated", post("20000005", "10.00", nil)},
		{"transactions/409/user_not_able_to_purchase", "the account is frozen", post("20000006", "10.00", nil)},
		{"transactions/409/limit_payment_amount_24", "more than $10,000 were paid in a day", func(d *desk) (string, object) {
			path, body := post(ordinary, "6000.00", nil)(d)
			d.want(http.StatusOK, path, body)
			return post(ordinary, "4000.01", nil)(d)
		}},
		{"transactions/404/not_found", "nobody has the number", post("20000001", "10.00", object{"account_number": "29999999"})},

		{"release/404/not_found", "there is no such authorization", func(*desk) (string, object) { return "authorization/1/release", object{} }},
		{"release/409/auth_amount_exceeded", "more is released than held", held("release", "20.01")},
		{"capture/404/not_found", "there is no such authorization", func(*desk) (string, object) { return "authorization/1/capture", object{"amount": "1.00"} }},
		{"capture/409/auth_amount_exceeded", "more is captured than held", held("capture", "20.01")},
		{"capture/409/authorization_ended", "the hold was released", func(d *desk) (string, object) {
			id := d.hold()
			d.want(http.StatusOK, "authorization/"+id+"/release", object{})
			return "authorization/" + id + "/capture", object{"amount": "1.00"}
		}},
		{"release/409/authorization_ended", "the hold was captured", func(d *desk) (string, object) {
			id := d.hold()
			d.want(http.StatusOK, "authorization/"+id+"/capture", object{"amount": "20.00"})
			return "authorization/" + id + "/release", object{}
		}},
		{"capture/409/not_permitted", "the authorization was refused", func(d *desk) (string, object) {
			path, body := sell("20000004", "100.01", nil)(d)
			d.want(http.StatusConflict, path, body)
			return "authorization/" + d.Ledger().Payments[0].ID + "/capture", object{"amount": "1.00"}
		}},
		{"return/404/not_found", "there is no such capture", func(d *desk) (string, object) {
			return "authorization/" + d.hold() + "/capture/1/return", object{"full_return": true}
		}},
		{"return/409/capture_amount_exceeded", "more is returned than captured", returning(0, "20.01", nil)},
		{"return/409/return_date_exceeded", "the capture is more than 100 days old", returning(100*day+time.Second, "20.00", nil)},
		{"return/409/wrong_transaction_type", "the purchase was a regular one", returning(0, "20.00", object{"financing_option": object{"transaction_type": regularPurchase}})},
		{"refund/404/not_found", "nobody has the number", func(*desk) (string, object) { return "accounts/29999999/refund", object{"amount": "1.00"} }},
		{"refund/409/refunds_limit_exceeded_amount", "more is refunded than owed", func(*desk) (string, object) {
			return "accounts/20000001/refund", object{"amount": "1500.01"}
		}},
		{"authorization_get/404/not_found", "there is no such authorization", func(*desk) (string, object) { return "authorization/1", nil }},
		{"unknown/404/", "the path is none", func(*desk) (string, object) { return "what/is/this", object{} }},
	}
	for _, tt := range tests {
		t.Run(tt.want+" when "+tt.when, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, Config{})
			path, body := tt.make(d)
			before := d.Ledger()
			x, err := d.ask(path, body)
			require.NoError(t, err)
			f := plugin.Recognise(x)
			require.Equal(t, tt.want, string(f.Operation)+"/"+strconv.Itoa(f.Status)+"/"+f.Code, x.Body)
			require.Equal(t, []int64{before.Taken(), before.Held()}, []int64{d.Ledger().Taken(), d.Ledger().Held()}, "a refusal moved money")
			if f.Code == "" {
				return
			}
			asked := onDemand(t, f)
			require.Equal(t, asked.Card, decided(x).Card, "another card than the row's on demand")
			require.Equal(t, asked.Money, decided(x).Money)
		})
	}
}

// onDemand gives the decision on the same refusal when it is asked for by header.
func onDemand(t *testing.T, f plugin.Facts) plugin.Decision {
	d := newDesk(t, Config{})
	d.header.Set(AnswerHeader, fmt.Sprintf("%s/%d/%s", f.Operation, f.Status, f.Code))
	x, err := d.call(f.Operation)
	require.NoError(t, err)
	require.Equal(t, f.Status, x.Status, x.Body)
	return decided(x)
}
