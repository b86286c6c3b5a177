package tap

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

const reference = "0f3c9a52e1b84d0c9d7a6b5c4e3f2a10"

// ask writes a request of the POS API as a POS would.
func ask(method, path, headers, body string) string {
	if body != "" {
		headers += fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	return method + " /flexiti/pos-api/v2.5.1/client-id/acme/" + path + " HTTP/1.1\r\nHost: posapi.flexiti.fi\r\n" +
		"x-reference-id: " + reference + "\r\n" + headers + "\r\n" + body
}

func answer(status int, body string) string {
	return fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Length: %d\r\n\r\n%s", status, http.StatusText(status), len(body), body)
}

const sofa = `{"amount":"1249.00","auto_capture":true,"vcc_number":"4111111111111111","verification_code":2485}`

// answering is an upstream that answers each request with the next of its replies,
// and then ends the connection.
func answering(t testing.TB, replies ...string) string {
	return upstream(t, func(c *net.TCPConn) {
		in := bufio.NewReader(c)
		for _, reply := range replies {
			r, err := http.ReadRequest(in)
			if err != nil {
				return
			}
			_, _ = io.Copy(io.Discard, r.Body)
			_, _ = io.WriteString(c, reply)
		}
	})
}

func TestASaleIsFollowed(t *testing.T) {
	refused := answer(409, `{"error":"credit_exceeded"}`)
	taken := answer(200, `{"authorization_id":"4700000000000001","status":"captured"}`)
	r := newRig(t, setting{upstream: answering(t, refused, taken)})
	c := dial(t, r.addr)

	require.Equal(t, refused, say(t, c, ask("POST", "authorization", "", sofa), len(refused)))
	require.Equal(t, plugin.CardWorkingPayment, r.card(t).Decision.Card)
	card := r.card(t)
	require.Equal(t, plugin.CardCreditExceeded, card.Decision.Card)
	require.Equal(t, plugin.MoneyNotMoved, card.Decision.Money)
	require.Equal(t, reference, card.SaleID)

	require.Equal(t, taken, say(t, c, ask("POST", "authorization", "", sofa), len(taken)))
	require.Equal(t, plugin.MoneyUnknown, r.card(t).Decision.Money)
	card = r.card(t)
	require.Equal(t, plugin.MoneyMoved, card.Decision.Money)
	require.Equal(t, "1249.00", card.Decision.About.Amount)
	_ = strings.TrimSpace
}
