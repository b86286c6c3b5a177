package serve_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
)

// pages is a log in memory.
type pages struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (p *pages) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.Write(b)
}

// line is a line of the log.
type line struct {
	Level, Msg, Method, Route, Lane, Sale, Error, At string
	Status                                           int
	MS                                               *float64
}

func (p *pages) lines(t *testing.T) (all []line) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for text := range strings.Lines(p.buf.String()) {
		var l line
		require.NoError(t, json.Unmarshal([]byte(text), &l))
		all = append(all, l)
	}
	return all
}

func (p *pages) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.String()
}

func logging(level slog.Level) (*pages, *slog.Logger) {
	p := &pages{}
	return p, slog.New(slog.NewJSONHandler(p, &slog.HandlerOptions{Level: level}))
}

// stumbling is an engine that gives no answer to what says so.
type stumbling struct{ natively }

func (s stumbling) Take(ctx context.Context, ev []byte) ([]byte, host.Answer, error) {
	if bytes.Contains(ev, []byte("boom")) {
		return nil, host.Answer{}, errors.New("it trapped")
	}
	return s.natively.Take(ctx, ev)
}

func TestLog(t *testing.T) {
	p, log := logging(slog.LevelDebug)
	s := newTill(t, serve.Config{Log: log, Engine: stumbling{engine}})
	post := func(body string) *http.Request { return request(http.MethodPost, "/v1/events", body) }
	noType := post(lost)
	noType.Header.Del("Content-Type")
	foreign := post(lost)
	foreign.Host = "page.example"
	tests := []struct {
		name string
		ask  *http.Request
		want line
	}{
		{"an event", post(inLane("3", "S-1")), line{Level: "INFO", Method: "POST", Route: "/v1/events", Status: 200, Lane: "3", Sale: "S-1"}},
		{"an event that names no lane", post(lost), line{Level: "INFO", Method: "POST", Route: "/v1/events", Status: 200, Lane: "3", Sale: "S-1"}},
		{"a bad one", post(`{"v":2,"lane":"4","sale_id":"S-2"}`), line{Level: "WARN", Method: "POST", Route: "/v1/events", Status: 400, Lane: "4", Sale: "S-2", Error: "bad_version"}},
		{"one that the module fails on", post(event("lookup", 404, "boom", `"sale_id":"S-3"`)), line{Level: "WARN", Method: "POST", Route: "/v1/events", Status: 200, Sale: "S-3", Error: "module_failed"}},
		{"a sale", request(http.MethodGet, "/v1/sales/S-1?x=1", ""), line{Level: "DEBUG", Method: "GET", Route: "/v1/sales/{id}", Status: 200, Sale: "S-1"}},
		{"none", request(http.MethodGet, "/v1/sales/S-9", ""), line{Level: "WARN", Method: "GET", Route: "/v1/sales/{id}", Status: 404, Sale: "S-9", Error: "bad_request"}},
		{"nothing", request(http.MethodGet, "/secret", ""), line{Level: "WARN", Method: "GET", Route: "other", Status: 404, Error: "bad_request"}},
		{"a method", request("SECRET", "/v1/events", ""), line{Level: "WARN", Method: "other", Route: "/v1/events", Status: 405, Error: "bad_request"}},
		{"a type", noType, line{Level: "WARN", Method: "POST", Route: "/v1/events", Status: 415, Error: "bad_request"}},
		{"a host", foreign, line{Level: "WARN", Method: "POST", Route: "other", Status: 403, Error: "bad_request"}},
		{"not ready", request(http.MethodGet, "/readyz", ""), line{Level: "ERROR", Method: "GET", Route: "/readyz", Status: 503}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := len(p.lines(t))
			s.do(tt.ask)
			got := p.lines(t)[before:]
			require.Len(t, got, 1)
			require.NotNil(t, got[0].MS)
			tt.want.Msg, got[0].MS = "request", nil
			require.Equal(t, tt.want, got[0])
		})
	}
}

// A number that may be somebody's is a hidden one in the log: the same each time.
func TestLogHidesNumbers(t *testing.T) {
	for _, tt := range []struct {
		id     string
		hidden bool
	}{
		{"10-4472", false}, {"3-20261127-0042", false}, {"h-abc", false}, {"till.3_12345678", false},
		{"4165550123", true}, {"416-555-0123", true}, {"416.555.0123", true}, {"S-123456789", true}, {"4111111111111111", true}, {"4111-1111-1111-1111", true},
	} {
		p, log := logging(slog.LevelDebug)
		s := newTill(t, serve.Config{Log: log})
		s.post(t, event("lookup", 404, "not_found", fmt.Sprintf(`"sale_id":%q`, tt.id)))
		s.do(request(http.MethodGet, "/v1/sales/"+tt.id, ""))
		got := p.lines(t)
		require.Len(t, got, 2)
		require.Equal(t, got[0].Sale, got[1].Sale)
		require.Equal(t, tt.hidden, !strings.Contains(p.String(), tt.id), p.String())
		require.Equal(t, tt.hidden, strings.HasPrefix(got[0].Sale, "h-") && tt.id != "h-abc")
	}
}

// What a POS sends, however wrong, is in no log, no figure and no error.
func TestSecretsAreToldNowhere(t *testing.T) {
	const secret = "sekrit"
	p, log := logging(slog.LevelDebug)
	s := newTill(t, serve.Config{Log: log, Token: secret + "-token-of-the-store", Supervisor: func(string) (string, bool) { return "", false }})
	ask := func(method, path, body string, headers ...string) {
		r := request(method, path, body)
		r.Header.Set("Authorization", "Bearer "+secret+"-token-of-the-store")
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := s.do(r)
		if w.Code >= 400 {
			require.NotContains(t, w.Body.String()+fmt.Sprint(w.Header()), secret, "%s %s", method, path)
		}
	}
	for _, headers := range [][]string{nil, {"Authorization", "Bearer " + secret}, {"Authorization", secret}, {"Origin", "https://" + secret + ".example"},
		{"Content-Type", secret}, {"Content-Type", "text/" + secret}, {"Tillwise-Sale", secret}, {"X-" + secret, secret}, {"Referer", secret}, {"User-Agent", secret},
		{"Cookie", secret}, {"Accept", secret}, {"Accept-Encoding", secret}} {
		ask(http.MethodGet, "/v1/sales?open="+secret, "", headers...)
		ask(http.MethodGet, "/v1/sales?open=1&lane="+secret+"!", "", headers...)
		ask(http.MethodGet, "/v1/sales/S-1/actions?after="+secret+"&wait_s="+secret, "", headers...)
		ask(http.MethodGet, "/v1/sales/"+secret+"!", "", headers...)
		ask(http.MethodGet, "/"+secret+"?"+secret, "", headers...)
		ask(http.MethodGet, "/metrics?"+secret, "", headers...)
		ask(strings.ToUpper(secret), "/v1/events", "", headers...)
		ask(http.MethodPost, "/v1/events", lost, headers...)
		ask(http.MethodPost, "/v1/events", secret, headers...)
		ask(http.MethodPost, "/v1/events", `{"v":1,"exchange":{"operation":"authorization","body":"`+secret, headers...)
	}
	value := `"` + secret + `"`
	members := []string{"v", "sale_id", "lane", "event_id", "at", "utc_offset_min", "locale", "customer_locale", "display", "exchange", "action", "facts",
		"decision", "ref", "pin", "settled_by", "sale", secret}
	for _, name := range members {
		if name == "lane" || name == "sale_id" {
			value = `"` + secret + ` "` // a good one is a name, and told
		} else {
			value = `"` + secret + `"`
		}
		for _, rest := range []string{`"exchange":{"operation":"authorization","status":0,"failure":"timeout"}`, `"action":"settle_taken"`, `"facts":{}`} {
			ask(http.MethodPost, "/v1/events", fmt.Sprintf(`{"v":1,"sale_id":"S-1",%s,%q:%s}`, rest, name, value))
			ask(http.MethodPost, "/v1/events", fmt.Sprintf(`{"v":1,%s,%q:{%q:%s}}`, rest, name, secret, value))
		}
	}
	for _, name := range []string{"method", "url", "operation", "call", "request", "status", "failure", "sent", "headers", "body", "body_cut", "found", "result", secret} {
		for _, value := range []string{`"sekrit"`, `{"sekrit":"sekrit"}`, `[{"id":"sekrit","state":"sekrit","amount":"sekrit"}]`, `{"amount":"sekrit","idempotency_key":"sekrit","auto_capture":"sekrit"}`} {
			ask(http.MethodPost, "/v1/events", fmt.Sprintf(`{"v":1,"sale_id":"S-2","exchange":{"operation":"authorization","status":402,%q:%s}}`, name, value))
		}
	}
	r := request(http.MethodGet, "/metrics", "")
	r.Header.Set("Authorization", "Bearer "+secret+"-token-of-the-store")
	figures := s.do(r).Body.String()
	require.Contains(t, figures, "tillwise_events_total")
	require.NotContains(t, figures, secret)
	require.Greater(t, len(p.lines(t)), 100)
	require.NotContains(t, strings.ToLower(p.String()), secret)
}

// A failure of ours is told with its place, and without what it was about.
func TestFailuresOfOursAreLogged(t *testing.T) {
	p, log := logging(slog.LevelInfo)
	s := newTill(t, serve.Config{Log: log, Engine: panicking{engine}})
	s.post(t, event("lookup", 404, "sekrit", `"sale_id":"S-1"`))
	got := p.lines(t)
	require.Equal(t, "ERROR", got[0].Level)
	require.Contains(t, got[0].At, "panicking")
	require.NotContains(t, p.String(), "sekrit")
}

type panicking struct{ natively }

func (panicking) Take(_ context.Context, ev []byte) ([]byte, host.Answer, error) {
	panic(string(ev))
}

// secured speaks TLS on a listener, with a certificate that nobody trusts.
func secured(l net.Listener) net.Listener {
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	return tls.NewListener(l, s.TLS)
}

// Who speaks no HTTPS is told of, without what was said.
func TestConnectionsThatFailAreLogged(t *testing.T) {
	p, log := logging(slog.LevelInfo)
	s := newTill(t, serve.Config{Log: log})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, secured(l)) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	_, err = io.WriteString(conn, "GET /sekrit HTTP/1.1\r\nHost: sekrit\r\n\r\n")
	require.NoError(t, err)
	_, _ = io.ReadAll(conn)
	require.NoError(t, conn.Close())
	cancel()
	require.NoError(t, <-ended)
	got := p.lines(t)
	require.Len(t, got, 1)
	require.Equal(t, "WARN", got[0].Level)
	require.Contains(t, got[0].Error, "HTTPS")
	require.NotContains(t, p.String(), "sekrit")
}
