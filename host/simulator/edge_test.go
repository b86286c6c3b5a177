package simulator

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What is just within a limit goes through.
func TestWhatIsWithinTheLimitsGoesThrough(t *testing.T) {
	regular := object{"financing_option": object{"transaction_type": regularPurchase}}
	question := func(d *desk, answer string) int {
		x, err := d.ask("account/20000001/verify", object{"format": "security_question", "security_answer": answer, "request_id": "r"})
		require.NoError(d.t, err)
		return x.Status
	}
	tests := []struct {
		name string
		do   func(t *testing.T, d *desk)
	}{
		{"a token of a second less than 20 minutes", func(_ *testing.T, d *desk) {
			d.now = d.now.Add(tokenLife - time.Second)
			d.want(http.StatusOK, "authorizations", nil)
		}},
		{"a right answer after three wrong ones", func(t *testing.T, d *desk) {
			for range 3 {
				require.Equal(t, http.StatusConflict, question(d, "oak"))
			}
			require.Equal(t, http.StatusOK, question(d, " Maple "))
		}},
		{"a right answer 48 hours after the first of four wrong ones", func(t *testing.T, d *desk) {
			for range 4 {
				require.Equal(t, http.StatusConflict, question(d, "oak"))
				d.now = d.now.Add(time.Hour)
				d.signIn("sim-store", "merchant")
			}
			d.now = d.now.Add(44*time.Hour - time.Second)
			d.signIn("sim-store", "merchant")
			require.Equal(t, http.StatusConflict, question(d, "maple"), "a second too early")
			d.now = d.now.Add(time.Second)
			require.Equal(t, http.StatusOK, question(d, "maple"))
		}},
		{"another method while the question is locked", func(t *testing.T, d *desk) {
			for range 4 {
				require.Equal(t, http.StatusConflict, question(d, "oak"))
			}
			d.verified("20000001", "r")
		}},
		{"the whole credit", func(_ *testing.T, d *desk) {
			d.want(http.StatusOK, "authorization", d.purchase("20000004", "r", "100.00", nil))
		}},
		{"what was given back, once more", func(_ *testing.T, d *desk) {
			got := d.want(http.StatusOK, "authorization", d.purchase("20000004", "r", "100.00", object{"auto_capture": false}))
			d.want(http.StatusOK, fmt.Sprintf("authorization/%.0f/release", got["authorization_id"]), object{})
			d.want(http.StatusOK, "authorization", d.purchase("20000004", "r", "100.00", nil))
		}},
		{"$200 by bypass after three regular purchases, and a fifth a day later", func(_ *testing.T, d *desk) {
			buy := func() {
				body := d.purchase("20000001", "r", "200.00", regular)
				body["verification_code"] = d.want(http.StatusOK, "account/20000001/verify",
					object{"format": "regular_purchase_bypass", "request_id": "r"})["verification_code"]
				d.want(http.StatusOK, "authorization", body)
			}
			for range 4 {
				buy()
			}
			d.now = d.now.Add(day)
			d.signIn("sim-store", "merchant")
			buy()
		}},
		{"$10,000 in a day, and the same a day later", func(t *testing.T, d *desk) {
			pay := func() {
				d.want(http.StatusOK, "transactions", object{"transaction_type": "instore_payment", "amount": "10000.00", "account_number": "20000001",
					"request_id": "r", "verification_code": d.verified("20000001", "r")})
			}
			pay()
			d.now = d.now.Add(day)
			d.signIn("sim-store", "merchant")
			pay()
			require.EqualValues(t, 2000000, d.Ledger().Taken())
		}},
		{"a return on the hundredth day", func(t *testing.T, d *desk) {
			got := d.want(http.StatusOK, "authorization", d.purchase("20000001", "r", "20.00", nil))
			d.now = d.now.Add(returnDays * day)
			d.signIn("sim-store", "merchant")
			d.want(http.StatusOK, fmt.Sprintf("authorization/%.0f/capture/%.0f/return", got["authorization_id"], got["capture_id"]), object{"full_return": true})
			require.Zero(t, d.Ledger().Taken())
		}},
		{"a refund that names its capture", func(t *testing.T, d *desk) {
			got := d.want(http.StatusOK, "authorization", d.purchase("20000001", "r", "20.00", regular))
			d.want(http.StatusOK, "accounts/20000001/refund", object{"amount": "20.00", "capture_id": got["capture_id"], "reference": "r"})
			require.Zero(t, d.Ledger().Of("r").Taken())
			require.EqualValues(t, 2000, d.Ledger().Payments[0].Returned)
			d.want(http.StatusConflict, "accounts/20000001/refund", object{"amount": "0.01", "capture_id": got["capture_id"]})
		}},
		{"the card of an authorised user of a business", func(_ *testing.T, d *desk) {
			found := d.want(http.StatusOK, "customers/lookup?vcc_number=9000000000002018", nil)
			require.Equal(d.t, "20000020", found["account_number"])
			d.want(http.StatusOK, "authorization", d.purchase("20000020", "r", "10.00", object{"vcc_number": "9000000000002018"}))
		}},
		{"a form in place of JSON", func(t *testing.T, d *desk) {
			r, err := http.NewRequest(http.MethodPost, d.url+base+"v2.5/oauth/token",
				strings.NewReader("grant_type=client_credentials&client_id=sim-store&client_secret="+Secret))
			require.NoError(t, err)
			w, err := d.http.Do(r)
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, w.StatusCode)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.do(t, newDesk(t, Config{})) })
	}
}

// A sign-in is refreshed by either of its two tokens, since the pages differ.
func TestTokensAreRefreshed(t *testing.T) {
	for _, with := range []string{"access_token", "refresh_token"} {
		t.Run(with, func(t *testing.T) {
			d := newDesk(t, Config{})
			d.token = ""
			first := d.want(http.StatusOK, "token", object{"grant_type": "client_credentials", "client_id": "sim-store", "client_secret": Secret})
			require.EqualValues(t, 1200, first["expires_in"])
			require.Len(t, first["access_token"], 40)
			d.now = d.now.Add(19 * time.Minute)
			second := d.want(http.StatusOK, "token", object{"grant_type": "refresh_token", "refresh_token": first[with]})
			d.now = d.now.Add(19 * time.Minute)
			d.token = second["access_token"].(string)
			d.want(http.StatusOK, "authorizations", nil)
			d.token = second["refresh_token"].(string)
			d.want(http.StatusUnauthorized, "authorizations", nil)
		})
	}
}

// A customer's token makes the calls of page 9404505 and no others.
func TestACustomersTokenIsNarrow(t *testing.T) {
	open := map[string]bool{"i18n": true, "terms_and_conditions": true, "drivers_license": true, "widget_init": true, "apply": true, "close": true,
		"calculate_interest": true, "verify": true, "authorization": true, "token": true, "merchants_login": true, "unknown": true, "unknown_read": true}
	for op := range paths {
		t.Run(string(op), func(t *testing.T) {
			d := newDesk(t, Config{})
			d.signIn("sim-store", "customer")
			x, err := d.call(op)
			require.NoError(t, err)
			require.Equal(t, open[string(op)], x.Status != http.StatusForbidden, x.Body)
		})
	}
}

// The applications of the test data (page 199688206): 200 for each outcome (page 1731428383).
func TestApplications(t *testing.T) {
	for key, want := range map[string]string{
		"A-RR_L": "approved", "A-RR_XH": "approved", "P-CREDIT": "pending", "P-FRAUD": "pending", "P-REVIEW_MISC": "pending", "P-EXIST_CUST": "pending",
		"P-MISSING_INFO": "pending", "D-MISSING_INFO": "declined", "D-DUPLICATE": "declined", "D-FRAUD": "declined",
	} {
		t.Run(key, func(t *testing.T) {
			d := newDesk(t, Config{})
			person := object{"first_name": "New", "middle_name": key, "last_name": "Sample", "dob": "1990-01-01", "tos_agreement": true, "province": "ON"}
			got := d.want(http.StatusOK, "apply", person)
			require.Equal(t, want, got["application_status"])
			if want != "approved" {
				require.NotContains(t, got, "account_number")
				return
			}
			account := got["account_number"].(string)
			found := d.want(http.StatusOK, "customers/lookup?vcc_number="+got["vcc_number"].(string), nil)
			require.Equal(t, account, found["account_number"])
			require.Equal(t, strings.TrimPrefix(key, "A-RR_"), found["risk_rating"])
			d.want(http.StatusOK, "authorization", d.purchase(account, "first", "100.00", nil))
			d.want(http.StatusOK, "customers/search?first_name=new&last_name=sample&dob=1990-01-01", nil)
			d.want(http.StatusConflict, "apply", person)
		})
	}
}

// A code sent anew ends the one before; and where no page promises protection,
// there is none: the same purchase twice is two purchases.
func TestNothingIsProtectedThatNoPageProtects(t *testing.T) {
	d := newDesk(t, Config{})
	body := d.purchase("20000001", "r", "10.00", nil)
	d.header.Set("X-Reference-Id", "one")
	d.want(http.StatusOK, "authorization", body)
	d.header.Set("X-Reference-Id", "one")
	d.header.Set("X-Idempotency-Key", "one") // not documented here
	d.want(http.StatusOK, "authorization", body)
	require.EqualValues(t, 2000, d.Ledger().Of("r").Taken())
	require.NotEqual(t, body["verification_code"], d.verified("20000001", "r"))
	d.want(http.StatusConflict, "authorization", body)
}

// Idempotency keys, on transactions alone (page 9601087).
func TestIdempotencyKeys(t *testing.T) {
	d := newDesk(t, Config{})
	body := object{"transaction_type": "deposit", "amount": "10.00", "account_number": "20000001", "request_id": "r", "verification_code": d.verified("20000001", "r")}
	send := func(key, context string, status int) object {
		d.header.Set("X-Idempotency-Key", key)
		if context != "" {
			d.header.Set("X-Context-Hash", context)
		}
		return d.want(status, "transactions", body)
	}
	body["verification_code"], body["was"] = "0000", body["verification_code"]
	send("k", "a", http.StatusConflict)
	body["verification_code"] = body["was"]
	first := send("k", "a", http.StatusOK)
	require.EqualValues(t, 1000, d.Ledger().Taken(), "a refusal took the key")
	require.Equal(t, first, send("k", "a", http.StatusOK))
	body["amount"] = "11.00"
	require.Equal(t, first, send("k", "", http.StatusOK), "the key alone decides")
	require.Equal(t, "context_mismatch", send("k", "b", http.StatusConflict)["error"])
	require.EqualValues(t, 1000, d.Ledger().Taken())
	send("other", "b", http.StatusOK)
	require.EqualValues(t, 2100, d.Ledger().Taken())
}

// Read-backs show the books as they stood Lag ago, and the ledger as they stand.
func TestReadBacksLag(t *testing.T) {
	for name, c := range map[string]Config{"set in Go": {Lag: time.Minute}, "set in the scenario": {Scenario: Scenario{Lag: time.Minute}}} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, c)
			status := func() string {
				x, err := d.ask("authorizations?reference=sale", nil)
				require.NoError(t, err)
				y, err := d.ask("captures?request_id=sale", nil)
				require.NoError(t, err)
				return fmt.Sprint(strings.Contains(x.Body, `"authorized"`), strings.Contains(x.Body, `"captured"`), strings.Contains(y.Body, `"20.00"`))
			}
			id := d.hold()
			require.Equal(t, "false false false", status())
			d.want(http.StatusNotFound, "authorization/"+id, nil)
			d.now = d.now.Add(time.Minute)
			require.Equal(t, "true false false", status())
			d.want(http.StatusOK, "authorization/"+id+"/capture", object{"amount": "20.00", "reference": "sale"})
			require.EqualValues(t, 2000, d.Ledger().Taken())
			d.now = d.now.Add(time.Minute - time.Second)
			require.Equal(t, "true false false", status())
			d.now = d.now.Add(time.Second)
			require.Equal(t, "false true true", status())
		})
	}
}

// A read-back lists what was refused, and nobody else's.
func TestReadBacksAreFiltered(t *testing.T) {
	d := newDesk(t, Config{})
	d.want(http.StatusConflict, "authorization", d.purchase("20000004", "refused", "100.01", nil))
	d.hold()
	for query, want := range map[string]int{"": 2, "?reference=refused": 1, "?request_id=sale": 1, "?account_number=20000004": 1, "?reference=nobody": 0} {
		x, err := d.ask("authorizations"+query, nil)
		require.NoError(t, err)
		require.Equal(t, want, strings.Count(x.Body, "authorization_id"), query)
	}
	x, err := d.ask("authorizations?reference=refused", nil)
	require.NoError(t, err)
	require.Contains(t, x.Body, `"status":"unauthorized"`)
	require.True(t, d.Ledger().Of("refused").Payments[0].Declined)
}
