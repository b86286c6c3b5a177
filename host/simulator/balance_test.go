package simulator

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Random calls with random faults: what a reply says was done was done to the
// cent, a refusal changes nothing, and the books never say what cannot be.
func TestTheBooksBalance(t *testing.T) {
	d := newDesk(t, Config{Lag: 20 * time.Second})
	r := dice(7)
	n := func(k int) int { return int(r.next() % uint64(k)) }
	replies := map[int]int{}
	for i := range 600 {
		d.now = d.now.Add(time.Duration(n(60)) * time.Second)
		if i%15 == 0 {
			d.signIn("sim-store", "merchant")
		}
		cents := int64(1 + n(3000))
		amount := Dollars(cents)
		account := []string{"20000001", "20000002", "20000004"}[n(3)]
		before := d.Ledger()
		id, capture := "1", "1"
		if len(before.Payments) > 0 {
			p := before.Payments[max(0, len(before.Payments)-1-n(5))]
			if id = p.ID; len(p.Captures) > 0 {
				capture = p.Captures[n(len(p.Captures))].ID
			}
		}
		var path string
		var body object
		held, taken := int64(0), int64(0) // what a good reply means
		switch n(7) {
		case 0:
			path, body, held = "authorization", d.purchase(account, "r", amount, object{"auto_capture": false}), cents
		case 1:
			path, body, taken = "authorization", d.purchase(account, "r", amount, nil), cents
		case 2:
			path, body, taken = "transactions", object{"transaction_type": "deposit", "amount": amount, "account_number": account, "request_id": "r",
				"verification_code": d.verified(account, "r")}, cents
		case 3:
			path, body, held, taken = "authorization/"+id+"/capture", object{"amount": amount}, -cents, cents
		case 4:
			path, body, held = "authorization/"+id+"/release", object{"amount": amount}, -cents
		case 5:
			path, body, taken = "authorization/"+id+"/capture/"+capture+"/return", object{"amount": amount}, -cents
		case 6:
			path, body, taken = "accounts/"+account+"/refund", object{"amount": amount}, -cents
		}
		fault, when := Fault(""), Before
		if n(3) == 0 {
			fault, when = Faults()[n(len(Faults()))], []When{Before, After}[n(2)]
			d.header.Set(FaultHeader, string(fault)+" "+string(when))
		}
		x, err := d.ask(path, body)
		l := d.Ledger()
		changed := [2]int64{l.Held() - before.Held(), l.Taken() - before.Taken()}
		switch good := [2]int64{held, taken}; {
		case fault == "" || fault == Slow:
			require.NoError(t, err)
			replies[x.Status]++
			if x.Status != http.StatusOK {
				good = [2]int64{}
			}
			require.Equal(t, good, changed, "%s: %s", path, x.Body)
		case when == Before:
			require.Equal(t, [2]int64{}, changed, path)
		default:
			require.Contains(t, [][2]int64{good, {}}, changed, path)
		}
		for _, p := range l.Payments {
			var sum, back int64
			for _, c := range p.Captures {
				sum, back = sum+c.Amount, back+c.Returned
			}
			if len(p.Captures) > 0 {
				require.Equal(t, [2]int64{sum, back}, [2]int64{p.Captured, p.Returned}, "%+v", p)
			}
			require.True(t, p.Held >= 0 && p.Returned <= p.Captured && p.Held+p.Captured <= p.Amount && (!p.Declined || p.Held+p.Captured == 0), "%+v", p)
		}
	}
	require.Greater(t, replies[http.StatusOK], 100, "too little went through to be of use: %v", replies)
	require.Greater(t, replies[http.StatusConflict], 50, "too little was refused to be of use: %v", replies)
}

// Nothing that comes in ends the simulator, and nothing that is no call changes the books.
func TestWhateverComesIn(t *testing.T) {
	d := newDesk(t, Config{})
	bodies := []string{"", "{", "[]", "null", "3", `"x"`, "{}", `{"amount":{}}`, `{"amount":[1]}`, `{"amount":1e400}`, `{"amount":"99999999999999999999"}`,
		`{"amount":"-1"}`, `{"amount":"1.234"}`, `{"financing_option":3}`, `{"account_number":null}`, "%zz=1", "a=b&amount=1", "\xff\xfe", `{"amount":"1.00","amount":"2.00"}`}
	urls := []string{"", "/", "//", "/flexiti", base, base + "v2.5", base + "v2.5/client-id", base + "v2.5.1/client-id/sim-store/authorization//capture/",
		base + "v2.5.1/client-id/sim-store/authorization/1/capture/2/3/return", base + "v2.5/client-id/sim-store/account//verify",
		base + "v2.5/client-id/sim-store/return", base + "v2.5/client-id/sim-store/capture/return", "/simulator/ledger?of=%zz"}
	for _, path := range paths {
		urls = append(urls, base+"v2.5/client-id/sim-store/"+strings.TrimPrefix(path, "GET "))
	}
	for _, method := range []string{"GET", "POST", "PUT", "DELETE", "HEAD", "BREW"} {
		for _, url := range urls {
			for _, body := range bodies {
				require.NotZero(t, d.raw(method, url, body), "%s %s %s", method, url, body)
			}
		}
	}
	require.Empty(t, d.Ledger().Payments)
	require.Len(t, d.Ledger().Refunds, 2, "two of the bodies do ask for a refund")
}
