//go:build e2e

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var approved = map[string]any{"operation": "transactions", "status": 200, "body": `{"status":"approved"}`,
	"request": map[string]any{"transaction_type": "instore_payment", "amount": "80.00"}}

// inSight wants the number and the amount of a sale in doubt on the screen.
func inSight(t *testing.T, seen string) {
	t.Helper()
	require.Contains(t, seen, "10-1")
	require.Contains(t, seen, "1,249.00")
}

// stillInSight wants the same after a restart: the POS's own number for the screen is
// kept nowhere, and its name for the sale stands in.
func stillInSight(t *testing.T, seen string) {
	t.Helper()
	require.Regexp(t, `(Sale|\d\d:\d\d)\W+1 +\$1,249.00`, seen)
}

func TestADoubtCannotLeaveTheSight(t *testing.T) {
	state := t.TempDir()
	tt := open(t, utf8, "--state", state)
	tt.post("1", "en-CA", lostPayment)
	tt.until("CHECK FIRST")
	tt.postFor("80.00", "2", "en-CA", approved)
	done := tt.until("DONE")
	require.Contains(t, done, "10-2")
	inSight(t, done)
	require.Regexp(t, key5, done)

	tt.press("5")
	inSight(t, tt.until("CHECK FIRST"))

	tt.gone("KILL")
	again := open(t, utf8, "--state", state)
	stillInSight(t, again.untilSeen("the sale in doubt", func(s string) bool { return strings.Contains(s, "1 SALE TO CHECK") }))
	again.press("5")
	stillInSight(t, again.until("CHECK FIRST"))

	again.press("C-c", "5")
	stillInSight(t, again.until("ENDED 0"))
}

func TestASmallScreenHidesNoSale(t *testing.T) {
	tt := open(t, utf8)
	tt.tmux("resize-window", "-x", "40", "-y", "12")
	tt.post("1", "en-CA", lostPayment)
	inSight(t, tt.until("CHECK FIRST"))
	tt.postFor("80.00", "2", "en-CA", wrongAnswer)
	seen := tt.until("TRY AGAIN")
	inSight(t, seen)
	require.Contains(t, seen, "10-2")
	require.Contains(t, seen, "80.00")
}

func TestAnActionOutOfSightCannotBePressed(t *testing.T) {
	tt := open(t, utf8)
	tt.tmux("resize-window", "-x", "20", "-y", "6")
	tt.post("1", "en-CA", wrongAnswer)
	tt.untilSeen("the card", func(s string) bool { return strings.Contains(s, "TRY") })
	require.NotContains(t, tt.see(), "[4]")
	tt.press("4")
	require.Empty(t, tt.chosen("1"))
	for range 30 {
		if strings.Contains(tt.see(), "[4]") {
			break
		}
		tt.tmux("send-keys", "Down")
		time.Sleep(2 * glance)
	}
	require.Contains(t, tt.see(), "[4]", "Down scrolls")
	tt.press("4")
	require.Equal(t, []string{"other_payment"}, tt.chosen("1"))
}
