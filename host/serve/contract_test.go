package serve_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

func TestByteOrderMarkIsDropped(t *testing.T) {
	s := newTill(t, serve.Config{})
	got := s.post(t, "\uFEFF"+lost)
	require.Equal(t, http.StatusOK, got.status)
	require.Equal(t, s.post(t, strings.Replace(lost, "S-1", "S-2", 1)).Decision, got.Decision)
}

// hearing is an engine that notes what it is asked.
type hearing struct {
	natively
	asked *[]byte
}

func (h hearing) Take(ctx context.Context, event []byte) ([]byte, host.Answer, error) {
	*h.asked = bytes.Clone(event) // the module writes in it
	return h.natively.Take(ctx, event)
}

func TestLongBodyIsCut(t *testing.T) {
	var asked []byte
	s := newTill(t, serve.Config{Engine: hearing{engine, &asked}})
	got := s.post(t, `{"v":1,"sale_id":"S-1","exchange":{"operation":"authorization","status":200,"body":"`+strings.Repeat("<p>", 100<<10)+`"}}`)
	require.Equal(t, http.StatusOK, got.status)
	require.True(t, got.Decision.Doubt)
	var in struct {
		Exchange struct {
			Body string
			Cut  bool `json:"body_cut"`
		}
	}
	require.NoError(t, json.Unmarshal(asked, &in))
	require.True(t, in.Exchange.Cut)
	require.Len(t, in.Exchange.Body, 64<<10)
}

const head = "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"

// An event that breaks off is refused, and what it was about is in doubt.
func TestEventThatBreaksOff(t *testing.T) {
	tests := []struct{ name, request string }{
		{"a short Content-Length", head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(lost)-9, lost)},
		{"the line goes dead", head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(lost)+9, lost[:len(lost)-9])},
		{"a chunk without its length", head + fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\nrubbish\r\n", len(lost)-9, lost[:len(lost)-9])},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, address := listening(t, serve.Config{})
			conn, err := net.Dial("tcp", address)
			require.NoError(t, err)
			defer conn.Close()
			_, err = io.WriteString(conn, tt.request)
			require.NoError(t, err)
			require.NoError(t, conn.(*net.TCPConn).CloseWrite())
			requireBrokenOff(t, conn)
			r, err := http.Get("http://" + address + "/v1/sales/S-1")
			require.NoError(t, err)
			defer http.DefaultClient.CloseIdleConnections()
			defer r.Body.Close()
			var got struct{ Decision plugin.Decision }
			require.NoError(t, json.NewDecoder(r.Body).Decode(&got))
			require.Equal(t, plugin.CardTillTrouble, got.Decision.Card)
			require.Equal(t, plugin.MoneyUnknown, got.Decision.Money)
		})
	}
}

func requireBrokenOff(t *testing.T, conn net.Conn) {
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusBadRequest, r.StatusCode)
	require.Contains(t, string(body), `{"error":{"kind":"bad_json"`)
}

// pipes is a listener of connections in memory, whose clock is synctest's.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	if conn, ok := <-p; ok {
		return conn, nil
	}
	return nil, net.ErrClosed
}
func (p pipes) Close() error { close(p); return nil }
func (pipes) Addr() net.Addr { return &net.UnixAddr{} }

func TestEventThatStalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newTill(t, serve.Config{})
		lines, ended := make(pipes), make(chan error)
		ctx, cancel := context.WithCancel(t.Context())
		go func() { ended <- s.Serve(ctx, lines) }()
		near, far := net.Pipe()
		lines <- far
		_, err := io.WriteString(near, head+fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(lost), lost[:len(lost)-9]))
		require.NoError(t, err)
		requireBrokenOff(t, near)
		require.NoError(t, near.Close())
		require.Equal(t, "S-1", s.shown().SaleID)
		require.Equal(t, plugin.CardTillTrouble, s.shown().Decision.Card)
		require.True(t, s.shown().Decision.Doubt)
		cancel()
		require.NoError(t, <-ended)
	})
}

func TestEventIDWithOtherContentIsANewEvent(t *testing.T) {
	for _, whose := range []string{`"sale_id":"S-1"`, `"sale":{}`} {
		s := newTill(t, serve.Config{})
		lookup := s.post(t, event("lookup", 404, "not_found", `"event_id":"1",`+whose))
		require.False(t, lookup.fresh)
		payment := s.post(t, event("authorization", 504, "", `"event_id":"1",`+whose))
		require.Equal(t, whose == `"sale_id":"S-1"`, payment.fresh, "beside another sale it is another event's from the start")
		require.True(t, payment.Decision.Doubt)
		require.Equal(t, payment.Decision, s.shown().Decision)
	}
}

func TestTheSameContentIsTheSameEvent(t *testing.T) {
	s := newTill(t, serve.Config{})
	first := s.post(t, event("verify", 409, wrongAnswer, `"event_id":"e1","sale_id":"S-1"`))
	again := s.post(t, `{"sale_id":"S-1","event_id":"e1","locale":"fr-CA","display":{"lane":"9"},"v":1,"at":1795530999000,`+
		`"exchange":{"status":409,"body":"{\"error\":\"secret_answer_mismatch\"}","operation":"verify"}}`)
	require.Equal(t, first, again)
	require.Equal(t, 1, s.count())
}

func TestOnlyTheLastEightEventsAreRemembered(t *testing.T) {
	s := newTill(t, serve.Config{State: t.TempDir()})
	var answers []string
	post := func(n int) reply {
		return s.post(t, event("lookup", 404, "not_found", fmt.Sprintf(`"sale_id":"S-1","event_id":"e%d"`, n)))
	}
	for n := range 9 {
		answers = append(answers, post(n).raw)
	}
	for n := 1; n < 9; n++ {
		require.Equal(t, answers[n], post(n).raw)
	}
	require.Equal(t, 9, s.count())
	require.False(t, post(0).fresh)
	require.Equal(t, 10, s.count(), "it is taken as a new event")
}

func TestActionOnAnotherCard(t *testing.T) {
	s := newTill(t, serve.Config{})
	old := s.post(t, lost)
	now := s.post(t, `{"v":1,"sale_id":"S-1","exchange":{"operation":"authorizations","status":200,"body":"[]","found":[]}}`)
	action := func(ref string) reply {
		return s.post(t, `{"v":1,"sale_id":"S-1","action":"hold_sale","ref":"`+ref+`"}`)
	}
	got := action(old.Prompt.Ref)
	require.Equal(t, http.StatusBadRequest, got.status)
	require.Equal(t, plugin.ActionNotOffered, got.Error.Kind)
	require.Equal(t, 2, s.count())
	require.Equal(t, http.StatusOK, action(now.Prompt.Ref).status)
}
