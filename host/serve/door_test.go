package serve_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
)

// routes are the paths that the page of the interface names.
func routes(t *testing.T) (out []string) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, row := range regexp.MustCompile("(?m)^\\| `(?:GET|POST) (/[^`?]*)").FindAllStringSubmatch(string(page), -1) {
		out = append(out, strings.NewReplacer("{id}", "secret").Replace(row[1]))
	}
	require.Contains(t, out, "/v1/events")
	require.Contains(t, out, "/v1/sales/secret/actions")
	return out
}

// Who has not got the token, who means another host and a page of another origin
// get nothing by any method from any path, and leave nothing behind.
func TestNobodyElseGetsIn(t *testing.T) {
	const token = "a-token-of-this-till"
	tests := []struct {
		name   string
		token  string // the till's
		change func(r *http.Request)
		want   int
		health bool // answers all the same
	}{
		{"no token", token, func(*http.Request) {}, 401, true},
		{"another token", token, func(r *http.Request) { r.Header.Set("Authorization", "Bearer a-token-of-another") }, 401, true},
		{"the token in the query", token, func(r *http.Request) { r.URL.RawQuery = "access_token=" + token + "&token=" + token }, 401, true},
		{"the token in a cookie", token, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "token", Value: token}) }, 401, true},
		{"another host", "", func(r *http.Request) { r.Host = "rebound.example:7411" }, 403, false},
		{"a page of another origin", "", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8080") }, 403, false},
		{"a page that has the token", token, func(r *http.Request) {
			r.Header.Set("Origin", "http://127.0.0.1:8080")
			r.Header.Set("Authorization", "Bearer "+token)
		}, 403, false},
	}
	methods := []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTill(t, serve.Config{Token: tt.token})
			first := request(http.MethodPost, "/v1/events", strings.Replace(lost, "S-1", "secret", 1))
			first.Header.Set("Authorization", "Bearer "+tt.token)
			require.Equal(t, http.StatusOK, s.do(first).Code)
			for _, path := range append(routes(t), "/", "/v1", "/v1/none", "//healthz", "/healthz/", "/v1/events/../sales", "/debug/pprof/") {
				for _, method := range methods {
					what := fmt.Sprint(method, " ", path)
					r := request(method, path, event("lookup", 404, "not_found", `"sale_id":"other"`))
					tt.change(r)
					w := httptest.NewRecorder()
					s.handler.ServeHTTP(w, r)
					require.NotContains(t, w.Body.String(), "secret", what)
					require.NotContains(t, w.Body.String(), token, what)
					for name := range w.Header() {
						require.False(t, strings.HasPrefix(name, "Access-Control-"), "%s: %s", what, name)
					}
					if tt.health && path == "/healthz" {
						require.Contains(t, []int{http.StatusOK, http.StatusMethodNotAllowed}, w.Code, what)
						continue
					}
					require.Equal(t, tt.want, w.Code, what)
				}
			}
			require.Equal(t, 1, s.count(), "nothing came to a card")
		})
	}
}
