package tap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
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
	return method + " /flexiti/pos-api/v2.5.1/client-id/acme/" + path + " HTTP/1.1\r\nHost: posapi.flexiti.fi\r\n" + headers + "\r\n" + body
}

func answer(status int, headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 %d %s\r\n%sContent-Length: %d\r\n\r\n%s", status, http.StatusText(status), headers, len(body), body)
}

const (
	sofa    = `{"amount":"1249.00","auto_capture":true,"vcc_number":"4111111111111111","verification_code":2485}`
	refused = `{"error":"credit_exceeded"}`
	ours    = "x-reference-id: " + reference + "\r\n"
	theirs  = "x-reference-id: 0f3c9a52e1b84d0c9d7a6b5c4e3f2a11\r\n"
)

// line writes an event as a line of what it is.
func (e event) line(run string) string {
	x := e.Exchange
	if n := x.Request.Amount; n != "" {
		n = " " + n
		x.URL += n
	}
	sale := strings.ReplaceAll(e.SaleID, run, "run")
	switch sale {
	case reference:
		sale = "ours"
	case strings.TrimSpace(theirs[len("x-reference-id: "):]):
		sale = "theirs"
	}
	call := x.Call[strings.LastIndexByte(x.Call, '-')+1:]
	out := fmt.Sprintf("%s %s: %s %s", sale, call, x.Method, strings.TrimPrefix(x.URL, "/flexiti/pos-api/v2.5.1/client-id/-/"))
	switch {
	case x.Failure == plugin.FailurePending:
		return out + " pending"
	case x.Status == 0:
		return out + fmt.Sprintf(" lost %s, sent %s", x.Failure, x.Sent)
	case x.BodyCut:
		return out + fmt.Sprintf(" %d %q cut", x.Status, x.Body)
	}
	return out + fmt.Sprintf(" %d %q", x.Status, x.Body)
}

// lines gives what a tap told, sale by sale in order of the calls.
func (r *rig) lines() (out []string) {
	for _, e := range r.events() {
		out = append(out, e.line(r.name))
	}
	return out
}

// followed lives a story, and gives what was told of it.
func followed(t *testing.T, s story) []string {
	t.Helper()
	up := newDoors(t)
	r := newRig(t, setting{upstream: up.url, post: func(context.Context, []byte) error { return nil }})
	pos, other := up.meet(t, r.addr)
	play(t, pos, other, s, newWriter())
	r.end()
	out := r.lines()
	for i := range out { // an upstream can end it before the tap has counted what it took
		out[i] = strings.Replace(out[i], "lost reset, sent unknown", "lost reset, sent yes", 1)
	}
	return out
}

func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

func deflated(text string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

func TestWhatIsTold(t *testing.T) {
	sell := func(headers string) move { return move{true, ask("POST", "authorization", headers, sofa)} }
	reply := func(status int, headers, body string) move { return move{false, answer(status, headers, body)} }
	const auth = "POST authorization 1249.00"
	tests := []struct {
		name  string
		moves []move
		end   ending
		last  string
		want  []string
	}{
		{"a refusal", []move{sell(ours), reply(409, "", refused)}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"two sales on one connection", []move{sell(ours), reply(409, "", refused), sell(theirs), reply(200, "", `{"a":1}`)}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`,
				"theirs 2: " + auth + " pending", `theirs 2: ` + auth + ` 200 "{\"a\":1}"`}},
		{"the POS gives up", []move{sell(ours)}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", "ours 1: " + auth + " lost cancelled, sent yes"}},
		{"the POS gives up a read", []move{{true, ask("GET", "customers/lookup?vcc_number=4111111111111111", ours, "")}}, posCloses, "",
			[]string{"ours 1: GET customers/lookup lost cancelled, sent yes"}},
		{"the POS gives up in the middle of its request", []move{{true, ask("POST", "authorization", ours, sofa)[:230]}}, posCloses, "",
			[]string{"ours 1: POST authorization lost cancelled, sent unknown"}},
		{"the answer comes all the same", []move{sell(ours)}, posHalfCloses, answer(409, "", refused),
			[]string{"ours 1: " + auth + " pending", "ours 1: " + auth + " lost cancelled, sent yes", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"Flexiti closes", []move{sell(ours)}, upCloses, "",
			[]string{"ours 1: " + auth + " pending", "ours 1: " + auth + " lost reset, sent yes"}},
		{"Flexiti resets", []move{sell(ours)}, upResets, "",
			[]string{"ours 1: " + auth + " pending", "ours 1: " + auth + " lost reset, sent yes"}},
		{"a reply breaks off", []move{sell(ours), {false, answer(200, "", `{"authorization_id":1}`)[:50]}}, upCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 200 "{\"authoriza" cut`}},
		{"a reply that ends with the connection", []move{sell(ours), {false, "HTTP/1.0 409 Conflict\r\n\r\n" + refused}}, upCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"and is reset", []move{sell(ours), {false, "HTTP/1.0 409 Conflict\r\n\r\n" + refused}}, upResets, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}" cut`}},
		{"interim answers", []move{sell(ours), {false, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer(409, "", refused)}}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"refused before its body was sent", []move{{true, ask("POST", "authorization", ours+"Expect: 100-continue\r\nContent-Length: 90\r\n", "")}, reply(401, "", `{"error":"invalid_token"}`)}, posCloses, "",
			[]string{`ours 1: POST authorization 401 "{\"error\":\"invalid_token\"}"`}},
		{"refused while its body is sent", []move{{true, ask("POST", "authorization", ours, sofa)[:230]}, reply(401, "", `{"error":"invalid_token"}`), {true, ask("POST", "authorization", ours, sofa)[230:]},
			sell(theirs), reply(409, "", refused)}, posCloses, "",
			[]string{`ours 1: POST authorization 401 "{\"error\":\"invalid_token\"}"`, "theirs 2: " + auth + " pending", `theirs 2: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"refused before its body was sent, which is left out", []move{{true, ask("POST", "authorization", ours+"Expect: 100-continue\r\nContent-Length: 900\r\n", "")}, reply(401, "", `{"error":"invalid_token"}`),
			sell(theirs), reply(200, "", `{"a":1}`)}, posCloses, "",
			[]string{`ours 1: POST authorization 401 "{\"error\":\"invalid_token\"}"`, "run-unseen-1 1: POST / lost , sent unknown"}},
		{"gzip", []move{{true, ask("POST", "authorization", ours+"Content-Encoding: gzip\r\n", zipped(sofa))}, reply(409, "Content-Encoding: gzip\r\n", zipped(refused))}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"deflate", []move{sell(ours), reply(409, "Content-Encoding: deflate\r\n", deflated(refused))}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"an encoding that nobody here knows", []move{sell(ours), reply(409, "Content-Encoding: zst\r\n", "????")}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "" cut`}},
		{"a form", []move{{true, ask("POST", "transactions", ours, "amount=12.50&transaction_type=deposit&verification_code=2485")}, reply(200, "", `{"a":1}`)}, posCloses, "",
			[]string{"ours 1: POST transactions 12.50 pending", `ours 1: POST transactions 12.50 200 "{\"a\":1}"`}},
		{"an amount that is none", []move{{true, ask("POST", "transactions", ours, `{"amount":"1,249.00"}`)}}, posCloses, "",
			[]string{"ours 1: POST transactions pending", "ours 1: POST transactions lost cancelled, sent yes"}},
		{"numbers of the path", []move{{true, ask("POST", "authorization/4700000000000001/capture/77/return", ours, `{"amount":"1.00"}`)}, reply(200, "", `{"return_id":1}`)}, posCloses, "",
			[]string{"ours 1: POST authorization/4700000000000001/capture/77/return 1.00 pending", `ours 1: POST authorization/4700000000000001/capture/77/return 1.00 200 "{\"return_id\":1}"`}},
		{"an account's number is no part of it", []move{{true, ask("POST", "accounts/20000001/refund", ours, `{"amount":"1.00"}`)}, reply(200, "", `{}`)}, posCloses, "",
			[]string{"ours 1: POST accounts/-/refund 1.00 pending", `ours 1: POST accounts/-/refund 1.00 200 "{}"`}},
		{"a request id", []move{{true, ask("POST", "account/1/verify", "", `{"format":"sms","request_id":"555 0100"}`)}, reply(400, "", `{"error":"sms_not_valid_phone"}`)}, posCloses, "",
			[]string{`h-555 0100 1: POST account/-/verify 400 "{\"error\":\"sms_not_valid_phone\"}"`}},
		{"a reference of the reply", []move{{true, ask("GET", "customers/lookup", "", "")}, reply(404, ours, `{"error":"not_found"}`)}, posCloses, "",
			[]string{`ours 1: GET customers/lookup 404 "{\"error\":\"not_found\"}"`}},
		{"nothing tells the sale", []move{{true, ask("POST", "authorization", "", sofa)}, reply(409, "", refused)}, posCloses, "",
			[]string{"run-1-1 1: " + auth + " pending", `run-1-1 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"nobody's sale, and all is well", []move{{true, ask("POST", "oauth/token", "", "client_secret=s")}, reply(200, "", `{"access_token":"x"}`)}, posCloses, "", nil},
		{"nobody's sale, and something is wrong", []move{{true, ask("POST", "oauth/token", "", "client_secret=s")}, reply(400, "", `{"error":"invalid_client"}`)}, posCloses, "",
			[]string{`run-1-1 1: POST oauth/token 400 "{\"error\":\"invalid_client\"}"`}},
		{"the online API", []move{{true, "POST /flexiti/online-api/systems/init HTTP/1.1\r\nHost: x\r\n" + ours + "Content-Length: 2\r\n\r\n{}"}, reply(500, "", "")}, posCloses, "", nil},
		{"HEAD", []move{{true, ask("HEAD", "i18n", ours, "")}, {false, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"}, sell(ours), reply(409, "", refused)}, posCloses, "",
			[]string{"ours 2: " + auth + " pending", `ours 2: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"no content", []move{sell(ours), {false, "HTTP/1.1 204 No Content\r\n\r\n"}}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", "ours 1: " + auth + ` 204 ""`}},
		{"a payment becomes another protocol", []move{sell(ours), {false, "HTTP/1.1 101 Switching Protocols\r\n\r\nxyz"}}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", "ours 1: " + auth + " lost , sent unknown"}},
		{"a reply to nothing", []move{{false, answer(408, "", "idle")}, sell(ours), reply(409, "", refused)}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", `ours 1: ` + auth + ` 409 "{\"error\":\"credit_exceeded\"}"`}},
		{"a reply that is none, and the next payment", []move{sell(ours), {false, "whatever\r\n\r\n"}, sell(theirs), reply(200, "", `{}`)}, posCloses, "",
			[]string{"ours 1: " + auth + " pending", "ours 1: " + auth + " lost , sent unknown", "theirs 2: " + auth + " lost , sent unknown"}},
		{"a head that Go does not take", []move{{true, "POST /flexiti/pos-api/v2.5.1/client-id/acme/authorization HTTP/1.1\r\nbad header\r\n\r\n"}, reply(200, "", `{}`)}, posCloses, "",
			[]string{"run-1-1 1: POST authorization lost , sent unknown", "run-unseen-1 1: POST / lost , sent unknown", `run-1-1 1: POST authorization 200 "{}"`}},
		{"HTTP/2", []move{{true, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}, {false, "\x00\x00\x00\x04"}}, posCloses, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.ElementsMatch(t, tt.want, followed(t, story{moves: tt.moves, end: tt.end, last: tt.last}))
		})
	}
}

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

func TestASaleIsFollowedOnItsCards(t *testing.T) {
	no := answer(409, "", refused)
	taken := answer(200, "", `{"authorization_id":"4700000000000001","status":"captured"}`)
	r := newRig(t, setting{upstream: answering(t, no, taken)})
	c := dial(t, r.addr)

	require.Equal(t, no, say(t, c, ask("POST", "authorization", ours, sofa), len(no)))
	require.Equal(t, plugin.CardWorkingPayment, r.card(t).Decision.Card)
	card := r.card(t)
	require.Equal(t, plugin.CardCreditExceeded, card.Decision.Card)
	require.Equal(t, plugin.MoneyNotMoved, card.Decision.Money)
	require.Equal(t, reference, card.SaleID)

	require.Equal(t, taken, say(t, c, ask("POST", "authorization", ours, sofa), len(taken)))
	require.Equal(t, plugin.MoneyUnknown, r.card(t).Decision.Money)
	card = r.card(t)
	require.Equal(t, plugin.MoneyMoved, card.Decision.Money)
	require.Equal(t, "1249.00", card.Decision.About.Amount)
}

// The POS gave up, and was told nothing; the tap saw what Flexiti answered.
func TestALateAnswerSettlesWhatThePOSGaveUp(t *testing.T) {
	asked, gaveUp := make(chan struct{}), make(chan struct{})
	r := newRig(t, setting{upstream: upstream(t, func(c *net.TCPConn) {
		r, err := http.ReadRequest(bufio.NewReader(c))
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		close(asked)
		<-gaveUp
		_, _ = io.WriteString(c, answer(200, "", `{"authorization_id":"4700000000000001","status":"captured"}`))
	})})
	c := dial(t, r.addr)
	_, err := io.WriteString(c, ask("POST", "authorization", ours, sofa))
	require.NoError(t, err)
	<-asked
	require.Equal(t, plugin.CardWorkingPayment, r.card(t).Decision.Card)
	c.Close()
	card := r.card(t)
	require.True(t, card.Decision.Doubt)
	close(gaveUp)
	card = r.card(t)
	require.Equal(t, plugin.MoneyMoved, card.Decision.Money)
	require.False(t, card.Decision.Doubt)
}
