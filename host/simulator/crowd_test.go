package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Many tills at once lose and double nothing, and no account goes beyond its credit.
func TestManyTillsAtOnce(t *testing.T) {
	const tills, sales = 8, 25
	s := New(Config{Seed: 1})
	client := &http.Client{Transport: s.Transport()}
	ask := func(token, path string, body object) (int, object) {
		raw, _ := json.Marshal(body)
		r, _ := http.NewRequest(http.MethodPost, "http://simulator.invalid"+base+path, bytes.NewReader(raw))
		r.Header.Set("Authorization", "Bearer "+token)
		w, err := client.Do(r)
		if err != nil {
			return 0, nil
		}
		defer w.Body.Close()
		read, _ := io.ReadAll(w.Body)
		var got object
		_ = json.Unmarshal(read, &got)
		return w.StatusCode, got
	}
	var group sync.WaitGroup
	taken := make([]int64, tills)
	for i := range tills {
		group.Go(func() {
			_, got := ask("", "v2.5/oauth/token", object{"grant_type": "client_credentials", "client_id": "sim-store", "client_secret": Secret})
			token, _ := got["access_token"].(string)
			for n := range sales {
				request := fmt.Sprintf("%d-%d", i, n)
				_, got := ask(token, "v2.5/client-id/sim-store/account/20000001/verify", object{"format": "merchant_override", "request_id": request})
				status, _ := ask(token, "v2.5.1/client-id/sim-store/authorization", object{"account_number": "20000001", "amount": "100.00", "auto_capture": true,
					"request_id": request, "reference": request, "verification_code": got["verification_code"],
					"financing_option": object{"transaction_type": regularPurchase}})
				if status == http.StatusOK {
					taken[i] += 10000
				}
				_ = s.Ledger().Of(request)
			}
		})
	}
	group.Wait()
	var sum int64
	for _, cents := range taken {
		sum += cents
	}
	require.EqualValues(t, 850000, sum, "all of the credit, and no more")
	require.Equal(t, sum, s.Ledger().Taken())
	require.Len(t, s.Ledger().Payments, tills*sales)
}

// A call through the transport, and a whole sale on a fresh simulator.
func BenchmarkSimulator(b *testing.B) {
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			New(Config{Seed: 1})
		}
	})
	calls := []struct {
		name, path string
		body       object
	}{
		{"lookup", "customers/lookup?account_number=20000001", nil},
		{"verify", "account/20000001/verify", object{"format": "sms", "request_id": "r"}},
		{"calculate_interest", "accounts/20000001/calculate-interest", object{"amount": "10.00"}},
		{"authorization", "authorization", nil},
		{"authorizations", "authorizations", nil},
	}
	for _, call := range calls {
		b.Run(call.name, func(b *testing.B) {
			var d *desk
			var body []byte
			var r *http.Request
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%10_000 == 0 { // before the credit is spent
					d = newDesk(b, Config{})
					if call.name == "authorization" {
						call.body = d.purchase("20000001", "r", "0.01", nil)
					}
					body = good(call.body).body
					r, _ = http.NewRequest(http.MethodPost, d.url+base+"v2.5.1/client-id/sim-store/"+call.path, nil)
					if call.body == nil {
						r.Method = http.MethodGet
					}
					r.Header.Set("Authorization", "Bearer "+d.token)
				}
				if call.body != nil {
					r.Body = io.NopCloser(bytes.NewReader(body))
				}
				w, err := d.Transport().RoundTrip(r)
				if err != nil || w.StatusCode != http.StatusOK {
					b.Fatal(w, err)
				}
			}
		})
	}
	b.Run("sale", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			d := newDesk(b, Config{})
			d.want(http.StatusOK, "customers/lookup?account_number=20000001", nil)
			d.want(http.StatusOK, "authorization", d.purchase("20000001", "r", "10.00", nil))
		}
	})
}

// A simulator that runs for days keeps no tokens that have expired.
func TestExpiredTokensAreForgotten(t *testing.T) {
	d := newDesk(t, Config{})
	for range maxTokens {
		d.now = d.now.Add(time.Minute)
		d.signIn("sim-store", "merchant")
	}
	require.LessOrEqual(t, len(d.tokens), maxTokens+2)
	d.want(http.StatusOK, "authorizations", nil)
}
