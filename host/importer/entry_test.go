package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	lookup   = `"request":{"method":"GET","url":"https://posapi.flexiti.fi/flexiti/pos-api/v2.5/client-id/acme/customers/lookup"}`
	purchase = `"request":{"method":"POST","url":"https://posapi.flexiti.fi/flexiti/pos-api/v2.5.1/client-id/acme/authorization",` +
		`"headers":[{"name":"X-Reference-Id","value":"sale-1"}],"postData":{"text":"{\"amount\":\"10.00\",\"auto_capture\":true}"}}`
	refused = `"response":{"status":409,"content":{"size":27,"text":"{\"error\":\"credit_exceeded\"}"}}`
)

func harOf(entries ...string) string {
	for i := range entries {
		entries[i] = "{" + entries[i] + "}"
	}
	return `{"log":{"version":"1.2","entries":[` + strings.Join(entries, ",") + `]}}`
}

// imported imports a text, and gives all that came of it.
func imported(t *testing.T, text string) (*Report, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "recording")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	dir := t.TempDir()
	r := run(t, dir, path)
	return r, everything(t, dir)
}

func TestWhatIsNoCallIsLeftOut(t *testing.T) {
	request := func(method, url string) string { return `"request":{"method":"` + method + `","url":"` + url + `"}` }
	const url = "https://posapi.flexiti.fi/flexiti/pos-api/v2.5.1/client-id/acme/authorization"
	status := func(status string) string {
		return `"response":{"status":` + status + `,"content":{"size":2,"text":"{}"}}`
	}
	tests := []struct{ name, recording, want string }{
		{"a tunnel", harOf(request("CONNECT", "https://posapi.flexiti.fi:443/") + "," + status("200")), SkipNoCall},
		{"a tunnel without a scheme", harOf(request("CONNECT", "posapi.flexiti.fi:443") + "," + status("200")), SkipNoCall},
		{"a tunnel as a line", `{"exchange":{"method":"CONNECT","url":"https://posapi.flexiti.fi:443/","status":200}}`, SkipNoCall},
		{"a tunnel in small letters, as a line", `{"exchange":{"method":"connect","url":"https://posapi.flexiti.fi:443/","status":200}}`, SkipNoCall},
		{"a tunnel elsewhere", harOf(request("CONNECT", "https://example.com:443/") + "," + status("200")), SkipForeign},
		{"headers only", harOf(request("HEAD", url) + "," + status("200")), SkipNoCall},
		{"an echo", harOf(request("TRACE", url) + "," + status("200")), SkipNoCall},
		{"a WebSocket", harOf(request("GET", url) + "," + status("101")), SkipNoCall},
		{"not modified", harOf(request("GET", url) + "," + status("304")), SkipNoCall},
		{"Chromium's cache", harOf(`"_fromCache":"disk",` + request("GET", url) + `,` + status("200")), SkipNoCall},
		{"Safari's cache", harOf(request("GET", url) + `,"response":{"_fetchType":"Memory Cache","status":200}`), SkipNoCall},
		{"a preflight", harOf(request("OPTIONS", url) + "," + status("204")), SkipPreflight},
		{"a preflight as a line", `{"exchange":{"method":"options","url":"` + url + `","status":204}}`, SkipPreflight},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := imported(t, tt.recording)
			require.Equal(t, map[string]int64{tt.want: 1}, r.Skipped)
			require.Zero(t, r.Records)
		})
	}
}
