package simulator

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// A sale from its first call to its last, and what the books say of it.
func TestASaleFromEndToEnd(t *testing.T) {
	d := newDesk(t, Config{})
	found := d.want(http.StatusOK, "customers/lookup?account_number=20000001", nil)
	require.Equal(t, "8500.00", found["available_credit"])
	plans := d.want(http.StatusOK, "accounts/20000001/calculate-interest", object{"amount": "1249.00"})
	require.Len(t, plans["promotional_purchase"], 3)

	held := d.want(http.StatusOK, "authorization", d.purchase("20000001", "sale-1", "1249.00", object{"auto_capture": false}))
	require.Equal(t, "authorized", held["status"])
	id := fmt.Sprintf("%.0f", held["authorization_id"])
	require.EqualValues(t, 124900, d.Ledger().Held())

	d.want(http.StatusOK, "authorization/"+id+"/release", object{"amount": "49.00"})
	taken := d.want(http.StatusOK, "authorization/"+id+"/capture", object{"amount": "1200.00", "reference": "sale-1"})
	back := d.want(http.StatusOK, fmt.Sprintf("authorization/%s/capture/%.0f/return", id, taken["capture_id"]), object{"amount": "200.00", "reference": "sale-1-r"})
	require.Equal(t, "1000.00", back["remaining_capture_amount"])
	require.Equal(t, object{}, d.want(http.StatusOK, "accounts/20000001/refund", object{"amount": "100.00", "reference": "sale-1"}))

	l := d.Ledger().Of("sale-1")
	require.Equal(t, Notice, l.Notice)
	require.Len(t, l.Payments, 1)
	p := l.Payments[0]
	require.Equal(t, []int64{124900, 0, 120000, 20000}, []int64{p.Amount, p.Held, p.Captured, p.Returned})
	require.True(t, p.Released && p.Ended && !p.Declined)
	require.EqualValues(t, 90000, l.Taken())
	require.Equal(t, "7600.00", d.want(http.StatusOK, "customers/lookup?account_number=20000001", nil)["available_credit"])
}
