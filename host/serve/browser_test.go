//go:build browser

package serve_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
)

// page is a web page that tries all that a page can try with a till.
//
//go:embed testdata/page.html
var page []byte

// rebound is a name of the page's own that the browser is led to believe is the
// till's address, as after a rebinding of DNS.
const rebound = "rebound.example"

// witness notes what came to a till, and with which status it went.
type witness struct {
	next http.Handler
	mu   sync.Mutex
	came map[string]int // of "GET /path": the best that it got
}

func (w *witness) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	status := &statusWriter{ResponseWriter: out, status: http.StatusOK}
	w.next.ServeHTTP(status, r)
	w.mu.Lock()
	defer w.mu.Unlock()
	what := r.Method + " " + r.URL.Path
	if least, before := w.came[what]; !before || status.status < least {
		w.came[what] = status.status
	}
}

func (w *witness) statuses() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.came
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// careless is a door that lets a page in: it shows that the page would do harm.
func careless(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Headers", "*")
		if r.Method == http.MethodOptions {
			return
		}
		for _, name := range []string{"Origin", "Sec-Fetch-Site"} {
			r.Header.Del(name)
		}
		r.Host = "127.0.0.1"
		if r.Method == http.MethodPost {
			r.Header.Set("Content-Type", "application/json")
		}
		next.ServeHTTP(w, r)
	})
}

// A page of another origin can neither read what a till shows nor post to it, and
// neither can one that has its own name lead to the till.
func TestPageOfAnotherOrigin(t *testing.T) {
	as := func(h http.Handler) http.Handler { return h }
	tests := []struct {
		name    string
		door    func(http.Handler) http.Handler
		rebound bool
		token   string
		want    bool // it gets in
	}{
		{"another port of this machine", as, false, "", false},
		{"a name that leads to the till", as, true, "", false},
		{"a till with a token", as, false, "a-token-of-this-till", false},
		{"a name that leads to a till with a token", as, true, "a-token-of-this-till", false},
		{"a careless till", careless, false, "", true},
		{"a name that leads to a careless till", careless, true, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTill(t, serve.Config{Token: tt.token})
			first := request(http.MethodPost, "/v1/events", strings.Replace(lost, "S-1", "secret", 1))
			first.Header.Set("Authorization", "Bearer "+tt.token)
			require.Equal(t, http.StatusOK, s.do(first).Code)
			require.NoError(t, s.Choose(t.Context(), serve.Chosen{SaleID: "secret", Ref: s.shown().Prompt.Ref, Action: "check_status"}))
			cards := s.count()
			seen := &witness{next: tt.door(s.handler), came: map[string]int{}}
			till := httptest.NewServer(seen)
			defer till.Close()

			got := visit(t, till.URL, tt.rebound)
			for how, what := range got {
				require.Equal(t, tt.want && what.Can, answers.MatchString(what.Read), "%s: %s", how, what.Read)
			}
			if tt.want {
				require.Greater(t, s.count(), cards, "what it posts is an event")
				return
			}
			require.Equal(t, cards, s.count(), "nothing that it posts comes to a card")
			came := seen.statuses()
			for what, status := range came {
				if what != "GET /healthz" {
					require.GreaterOrEqual(t, status, 400, what)
				}
			}
			for _, what := range []string{"POST /v1/events", "GET /v1/sales", "GET /v1/prompts", "GET /v1/sales/secret/actions"} {
				require.Contains(t, came, what, "it has tried")
			}
			choices := request(http.MethodGet, "/v1/sales/secret/actions", "")
			choices.Header.Set("Authorization", "Bearer "+tt.token)
			require.Contains(t, s.do(choices).Body.String(), `"overtaken":false`, "it has fetched no choice in the POS's place")
		})
	}
}

// tried is what came of one of the page's ways.
type tried struct {
	Read string // what it could read
	Can  bool   // a page can read what comes this way where it is let
}

// answers are what a till says of its sales.
var answers = regexp.MustCompile(`secret|"decision"|"action":|^\[`)

// visit has a browser open the page, from another origin or under a name that
// leads to the till, and waits for what the page says.
func visit(t *testing.T, till string, asTill bool) map[string]tried {
	said := make(chan map[string]tried, 1)
	site := http.NewServeMux()
	site.HandleFunc("GET /page.html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	})
	site.HandleFunc("POST /said", func(_ http.ResponseWriter, r *http.Request) {
		var all map[string]tried
		if body, err := io.ReadAll(r.Body); err == nil && json.Unmarshal(body, &all) == nil {
			said <- all
		}
	})
	own := httptest.NewServer(site)
	defer own.Close()
	target, err := url.Parse(till)
	require.NoError(t, err)
	// The browser asks for the rebound name by this one, which is who "resolves" it:
	// the page is the page's, and all the rest has become the till's.
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/page.html" || r.URL.Path == "/said" {
			site.ServeHTTP(w, r)
			return
		}
		(&httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
			p.Out.URL.Scheme, p.Out.URL.Host, p.Out.Host = target.Scheme, target.Host, p.In.Host
		}, FlushInterval: -1}).ServeHTTP(w, r)
	}))
	defer proxy.Close()
	from, to := own.URL, till
	if asTill {
		from = "http://" + rebound + ":" + target.Port()
		to = from
	}
	browser := exec.CommandContext(t.Context(), "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--user-data-dir="+t.TempDir(), "--proxy-server="+strings.TrimPrefix(proxy.URL, "http://"), "--remote-debugging-port=0",
		from+"/page.html?till="+url.QueryEscape(to))
	var errs bytes.Buffer
	browser.Stderr = &errs
	require.NoError(t, browser.Start(), "chromium is needed")
	ended := make(chan error, 1)
	go func() { ended <- browser.Wait() }()
	select {
	case all := <-said:
		_ = browser.Process.Kill()
		<-ended
		return all
	case err := <-ended:
		require.Fail(t, "the browser ended before the page said anything", "%v\n%s", err, errs.String())
		return nil
	}
}
