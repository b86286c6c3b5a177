package simulator

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/journal"
)

func (d *desk) page(path string) (int, string) {
	w, err := d.http.Get(d.url + path)
	require.NoError(d.t, err)
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	require.NoError(d.t, err)
	require.Equal(d.t, Notice, w.Header.Get("Simulator"))
	return w.StatusCode, string(body)
}

// The pages say what the Go side says, and that it is a simulator.
func TestPages(t *testing.T) {
	d := newDesk(t, Config{})
	d.want(http.StatusOK, "authorization", d.purchase("20000001", "one", "10.00", nil))
	d.want(http.StatusOK, "authorization", d.purchase("20000001", "two", "11.00", nil))
	for _, path := range []string{"/", "/simulator", "/simulator/"} {
		status, body := d.page(path)
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, body, Notice)
		require.Contains(t, body, "/simulator/ledger")
	}
	for query, want := range map[string]Ledger{"": d.Ledger(), "?of=two": d.Ledger().Of("two"), "?of=three": d.Ledger().Of("three")} {
		_, body := d.page("/simulator/ledger" + query)
		var got Ledger
		require.NoError(t, json.Unmarshal([]byte(body), &got))
		require.Equal(t, want, got, query)
		require.Contains(t, body, `"payments":[`)
		require.Contains(t, body, Notice)
	}
	_, body := d.page("/simulator/sent?account=20000001")
	require.Contains(t, body, `"verification_code":"`+d.Sent("20000001")+`"`)
	_, body = d.page("/simulator/sent?account=29999999")
	require.Contains(t, body, `"verification_code":""`)
	_, body = d.page("/simulator/accounts")
	var all struct {
		Accounts  []Account
		Merchants []Merchant
	}
	require.NoError(t, json.Unmarshal([]byte(body), &all))
	require.Equal(t, Accounts(), all.Accounts)
	require.Equal(t, Merchants(), all.Merchants)
	status, _ := d.page("/simulator/nothing")
	require.Equal(t, http.StatusNotFound, status)
	w, err := d.http.Post(d.url+"/simulator/ledger", "", nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusMethodNotAllowed, w.StatusCode)
}

// Nobody could be meant by a number of the simulator's.
func TestNobodyIsReal(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range Accounts() {
		require.NotEmpty(t, a.For)
		for _, c := range a.Cards {
			require.Len(t, c.Number, 16)
			require.False(t, journal.HoldsCardNumber(c.Number), c.Number)
			require.False(t, seen[c.Number], "two have the card %s", c.Number)
			seen[c.Number] = true
		}
		require.False(t, seen[a.Number] || seen[a.CustomerID], "two have a number of %s", a.Number)
		seen[a.Number], seen[a.CustomerID] = true, true
		if a.Phone != "" {
			require.Regexp(t, `^61355501\d\d$`, a.Phone)
		}
		require.Regexp(t, `@example\.com$`, a.Email)
	}
	d := newDesk(t, Config{})
	for i := range 40 {
		got := d.want(http.StatusOK, "apply", object{"first_name": strings.Repeat("New", i+1), "last_name": "Sample", "dob": "1990-01-01", "tos_agreement": true})
		card := got["vcc_number"].(string)
		require.Len(t, card, 16)
		require.False(t, journal.HoldsCardNumber(card), card)
	}
	_, body := d.page("/simulator/ledger")
	require.False(t, journal.HoldsCardNumber(body))
}

// What is handed out is a copy: nobody changes the books or the people by it.
func TestCopies(t *testing.T) {
	d := newDesk(t, Config{})
	d.want(http.StatusOK, "authorization", d.purchase("20000001", "one", "10.00", nil))
	l := d.Ledger()
	l.Payments[0].Captures[0].Amount, l.Payments[0].Captured = 0, 0
	require.EqualValues(t, 1000, d.Ledger().Payments[0].Captures[0].Amount)
	require.EqualValues(t, 1000, d.Ledger().Taken())
	Accounts()[0].Cards[0].Number = ""
	require.NotEmpty(t, Accounts()[0].Cards[0].Number)

	d.want(http.StatusOK, "accounts/20000002/close", object{})
	fresh := newDesk(t, Config{})
	fresh.want(http.StatusOK, "customers/lookup?account_number=20000002", nil)
}
