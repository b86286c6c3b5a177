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

// imported imports a text, and gives the records that came of it.
func imported(t *testing.T, text string) (*Report, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "recording")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	dir := t.TempDir()
	r := run(t, dir, path)
	return r, records(t, dir)
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

func TestWhatARecordingDoesNotHave(t *testing.T) {
	response := func(members string) string { return harOf(purchase + `,"response":{` + members + `}`) }
	tests := []struct{ name, recording, want string }{
		{"a size and no text", response(`"status":200,"content":{"size":180}`), SkipNoBody},
		{"a size and an empty text", response(`"status":200,"content":{"size":180,"text":""}`), SkipNoBody},
		{"a length and no text", response(`"status":200,"headers":[{"name":"Content-Length","value":"180"}],"content":{"size":-1}`), SkipNoBody},
		{"bytes that were sent and no content", response(`"status":200,"bodySize":180`), SkipNoBody},
		{"no response", harOf(purchase), SkipNoResponse},
		{"a response that is null", harOf(purchase + `,"response":null`), SkipNoResponse},
		{"an empty response", response(``), SkipNoResponse},
		{"there was no body", response(`"status":204,"content":{"size":0}`), ""},
		{"an empty body, packed", response(`"status":200,"headers":[{"name":"content-length","value":"20"}],"content":{"size":0,"text":""}`), ""},
		{"status 0 and no reason", response(`"status":0,"content":{"size":0}`), ""},
		{"a reason and no status", response(`"_failureText":"net::ERR_FAILED"`), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := map[string]int64{}
			if tt.want != "" {
				want[tt.want] = 1
			}
			r, _ := imported(t, tt.recording)
			require.Equal(t, want, r.Skipped)
		})
	}
}

// What the recording lacks is no record, but the call was sent.
func TestASaleRemembersACallThatIsNoRecord(t *testing.T) {
	tests := []struct{ name, response, want string }{
		{"its answer is there", refused, `"money":"not_moved"`},
		{"its body is not there", `"response":{"status":200,"content":{"size":180}}`, `"money":"unknown"`},
		{"no response is there", `"comment":""`, `"money":"unknown"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, all := imported(t, harOf(purchase+","+tt.response, purchase+","+refused))
			lines := strings.Split(strings.TrimSpace(all), "\n")
			require.Contains(t, lines[len(lines)-1], tt.want)
		})
	}
}

func TestABodyThatBrokeOff(t *testing.T) {
	const text = `"status":409,"content":{"text":"{\"error\":\"credit_exceeded\"}"}`
	tests := []struct{ name, response, want string }{
		{"whole", text, "authorization/409/credit_exceeded"},
		{"complete, says Charles", `"_charlesStatus":"COMPLETE",` + text, "authorization/409/credit_exceeded"},
		{"not complete, says Charles", `"_charlesStatus":"EXCEPTION",` + text, "authorization/409/"},
		{"too short, says Chromium", `"_error":"net::ERR_CONTENT_LENGTH_MISMATCH",` + text, "authorization/409/"},
		{"base64 that is none", `"status":409,"content":{"encoding":"base64","text":"eyJlcnJvciI6ImNyZWRpdF9leGNlZWRlZCJ9*"}`, "authorization/409/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, all := imported(t, harOf(purchase+`,"response":{`+tt.response+`}`))
			require.Equal(t, []string{tt.want}, rulesIn(all))
		})
	}
}
