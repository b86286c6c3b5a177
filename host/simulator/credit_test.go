package simulator

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func (d *desk) credit(account string) any {
	return d.want(http.StatusOK, "customers/lookup?account_number="+account, nil)["available_credit"]
}

// What each call makes of the customer's credit.
func TestCredit(t *testing.T) {
	long := object{"auto_capture": false, "financing_option": object{"transaction_type": promotional, "plan_id": "1002", "term": 36}}
	post := func(kind string) func(*desk) {
		return func(d *desk) {
			d.want(http.StatusOK, "transactions", object{"transaction_type": kind, "amount": "100.00", "account_number": "20000001", "request_id": "r",
				"verification_code": d.verified("20000001", "r")})
		}
	}
	hold := func(d *desk) string {
		return fmt.Sprintf("%.0f", d.want(http.StatusOK, "authorization", d.purchase("20000001", "r", "100.00", long))["authorization_id"])
	}
	tests := []struct {
		name string
		do   func(*desk)
		want string
	}{
		{"at the start", func(*desk) {}, "8500.00"},
		{"a hold on a plan with a fee", func(d *desk) { hold(d) }, "8361.00"},
		{"released in part", func(d *desk) {
			d.want(http.StatusOK, "authorization/"+hold(d)+"/release", object{"amount": "40.00"})
		}, "8401.00"},
		{"released whole, the fee with it", func(d *desk) {
			d.want(http.StatusOK, "authorization/"+hold(d)+"/release", object{})
		}, "8500.00"},
		{"captured in part, the rest released", func(d *desk) {
			id := hold(d)
			d.want(http.StatusOK, "authorization/"+id+"/capture", object{"amount": "40.00"})
			d.want(http.StatusOK, "authorization/"+id+"/release", object{})
		}, "8421.00"},
		{"a deposit", post("deposit"), "8400.00"},
		{"a payment in the store", post("instore_payment"), "8600.00"},
		{"a trade-in", post("tradein"), "8600.00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, Config{})
			tt.do(d)
			require.Equal(t, tt.want, d.credit("20000001"))
		})
	}
}

// What was given back is not given back again, and not to somebody else.
func TestNothingIsGivenBackTwice(t *testing.T) {
	d := newDesk(t, Config{})
	got := d.want(http.StatusOK, "authorization", d.purchase("20000001", "r", "20.00", nil))
	back := fmt.Sprintf("authorization/%.0f/capture/%.0f/return", got["authorization_id"], got["capture_id"])
	d.want(http.StatusOK, "authorization", d.purchase("20000002", "s", "20.00", nil))
	require.Equal(t, "wrong_inputs", d.want(http.StatusConflict, "accounts/20000002/refund", object{"amount": "1.00", "capture_id": got["capture_id"]})["error"])
	d.want(http.StatusOK, back, object{"full_return": true})
	require.Equal(t, "capture_amount_exceeded", d.want(http.StatusConflict, back, object{"full_return": true})["error"])
	require.Equal(t, "refunds_limit_exceeded_amount",
		d.want(http.StatusConflict, "accounts/20000001/refund", object{"amount": "0.01", "capture_id": got["capture_id"]})["error"])
}

// A key is one store's.
func TestAKeyIsOneStores(t *testing.T) {
	d := newDesk(t, Config{})
	body := object{"transaction_type": "deposit", "amount": "10.00", "account_number": "20000001", "request_id": "r", "verification_code": d.verified("20000001", "r")}
	for _, store := range []string{"sim-store", "sim-small"} {
		d.signIn(store, "merchant")
		d.header.Set("X-Idempotency-Key", "k")
		d.want(http.StatusOK, "transactions", body)
	}
	require.EqualValues(t, 2000, d.Ledger().Taken())
}

// The account 0001 times out, wherever a call names it (page 699432980).
func TestTheAccountThatTimesOut(t *testing.T) {
	d := newDesk(t, Config{})
	for path, body := range map[string]object{
		"customers/lookup?account_number=0001": nil, "account/0001/verify": {}, "accounts/0001/refund": {}, "authorization": {"account_number": "0001"},
		"transactions": {"account_number": "0001"}, "authorizations?account_number=0001": nil,
	} {
		require.Equal(t, "GATEWAY_TIMEOUT", d.want(http.StatusGatewayTimeout, path, body)["error"], path)
	}
}

// The capture's own reference and that of its authorization both find it; what
// was given back since is seen when the lag is over.
func TestCapturesAreListed(t *testing.T) {
	d := newDesk(t, Config{Lag: time.Minute})
	id := d.hold()
	c := d.want(http.StatusOK, "authorization/"+id+"/capture", object{"amount": "20.00", "reference": "part-1"})
	d.now = d.now.Add(time.Minute)
	d.want(http.StatusOK, fmt.Sprintf("authorization/%s/capture/%.0f/return", id, c["capture_id"]), object{"amount": "5.00"})
	list := func(name string) string {
		x, err := d.ask("captures?reference="+name, nil)
		require.NoError(t, err)
		return x.Body
	}
	for _, name := range []string{"part-1", "sale"} {
		require.Contains(t, list(name), `"remaining_capture_amount":"20.00"`)
	}
	require.Equal(t, "[]", list("part-2"))
	d.now = d.now.Add(time.Minute)
	require.Contains(t, list("sale"), `"remaining_capture_amount":"15.00"`)
}

// Whether a purchase may do without verification is told with the plans (page 2290450538).
func TestCalculateInterestTellsOfTheBypass(t *testing.T) {
	d := newDesk(t, Config{})
	for amount, want := range map[string]bool{"200.00": true, "200.01": false} {
		got := d.want(http.StatusOK, "accounts/20000001/calculate-interest", object{"amount": amount})
		require.Equal(t, want, got["regular_purchase"].(object)["verify"], amount)
		got = d.want(http.StatusOK, "accounts/20000001/calculate-interest?amount="+amount, nil)
		require.Equal(t, want, got["regular_purchase"].(object)["verify"], "by GET, as page 1123549432 has it")
	}
	d.signIn("sim-small", "merchant")
	got := d.want(http.StatusOK, "accounts/20000001/calculate-interest", object{"amount": "200.00"})
	require.Equal(t, false, got["regular_purchase"].(object)["verify"])
	for _, amount := range []string{"0", "0.00", "-1", "1.001", "ten", "", "12345678", "1e3", ".5"} {
		d.want(http.StatusConflict, "accounts/20000001/calculate-interest", object{"amount": amount})
	}
}

// The plans on offer are those of the store, the province and the risk class; a
// new customer of high risk is not prime.
func TestPlansOnOffer(t *testing.T) {
	d := newDesk(t, Config{})
	apply := d.want(http.StatusOK, "apply", object{"first_name": "New", "middle_name": "A-RR_XXH", "last_name": "Sample", "dob": "1990-01-01", "tos_agreement": true})
	for account, want := range map[string][]string{
		"20000001": {"1001", "1002", "1003"}, "20000002": {"1001", "1002", "1004"}, "20000003": {"1001", "1003"}, "20000012": {"1001", "1004"},
		apply["account_number"].(string): {"1001", "1003"},
	} {
		var got, offered []string
		for _, p := range d.want(http.StatusOK, "accounts/"+account+"/calculate-interest", object{"amount": "10.00"})["promotional_purchase"].([]any) {
			got = append(got, p.(object)["plan_id"].(string))
		}
		for _, p := range d.want(http.StatusOK, "customers/lookup?account_number="+account, nil)["offer_types"].([]any) {
			offered = append(offered, p.(object)["plan_id"].(string))
		}
		require.Equal(t, want, got, account)
		require.Equal(t, want, offered, account)
	}
}
