package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// engine is one for all tests: it takes longer to start than most of them.
var engine = sync.OnceValues(func() (*host.Engine, error) { return host.New(context.Background(), host.Config{}) })

func run(t *testing.T, dir string, paths ...string) *Report {
	t.Helper()
	engine, err := engine()
	require.NoError(t, err)
	r, err := Import(t.Context(), Config{Engine: engine, Dir: dir, Store: "0412"}, paths...)
	require.NoError(t, err)
	skipped := int64(0)
	for _, n := range r.Skipped {
		skipped += n
	}
	require.Equal(t, r.Entries, r.Records+skipped)
	if r.Records == 0 {
		require.Empty(t, everything(t, dir), "no journal of nothing")
		return r
	}
	reports, err := journal.Check(dir)
	require.NoError(t, err)
	require.True(t, reports[0].Sound())
	require.Equal(t, r.Records, reports[0].Whole)
	return r
}

// everything gives all that lies in a folder, as one text.
func everything(t *testing.T, dir string) string {
	t.Helper()
	var all bytes.Buffer
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all.Write(b)
		return err
	}))
	return all.String()
}

// records gives a journal's records, a line each.
func records(t *testing.T, dir string) string {
	t.Helper()
	if everything(t, dir) == "" {
		return ""
	}
	var out bytes.Buffer
	_, err := journal.Cat(&out, journal.Filter{}, dir)
	require.NoError(t, err)
	return out.String()
}

func rules(t *testing.T, dir string) []string {
	t.Helper()
	return rulesIn(records(t, dir))
}

func rulesIn(all string) []string {
	var out []string
	for _, part := range strings.Split(all, `"rule":"`)[1:] {
		rule, _, _ := strings.Cut(part, `"`)
		out = append(out, rule)
	}
	return out
}

func TestHAR(t *testing.T) {
	dir := t.TempDir()
	r := run(t, dir, "testdata/browser.har")
	require.Equal(t, map[string]int64{SkipForeign: 1, SkipPreflight: 1, SkipUnreadable: 1}, r.Skipped)
	require.EqualValues(t, 5, r.Records)
	require.Equal(t, 2, r.Sales)
	require.Equal(t, []string{
		"lookup/200/", "verify/409/secret_answer_mismatch", "verify/409/secret_answer_mismatch",
		"authorization/0/timeout", "transactions/409/not_enough_credit",
	}, rules(t, dir))
	all := everything(t, dir)
	require.Contains(t, all, `"offered":`, "the second answer knows the first")
	require.Contains(t, all, `"wrong_answers":[`, "the second answer knows the first")
	require.Contains(t, all, `"amount":"1249.00"`)
	require.Regexp(t, `"has_key":true,"key":\d+`, all, "as a hash")
	require.Contains(t, all, `"auto_capture":true`)
}

func TestNothingSensitiveReachesTheDisk(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "testdata/browser.har", "testdata/exchanges.jsonl")
	all := everything(t, dir)
	for _, secret := range []string{
		"Example-Token", "9028aaaa", "Blue Heron", "828930", "Tremblay", "2485", "acme", "req-0001", "POS-SALE-17", "555 0100",
	} {
		require.NotContains(t, all, secret)
	}
}

func TestJSONLines(t *testing.T) {
	dir := t.TempDir()
	r := run(t, dir, "testdata/exchanges.jsonl")
	require.Equal(t, map[string]int64{SkipUnreadable: 1, SkipNoExchange: 1, SkipForeign: 1}, r.Skipped)
	require.Equal(t, []string{"verify/409/tries_exceed", "capture/502/", "token/401/invalid_token"}, rules(t, dir))
	require.Contains(t, everything(t, dir), `"locale":"fr-CA"`)
}

// The same rule for both formats: a lost payment and a look-up of it, with the same ids.
func TestSalesAreToldApart(t *testing.T) {
	const url = "https://posapi.flexiti.fi/flexiti/pos-api/v2.5.1/client-id/acme/"
	const lost, found = `"status":504`, `"status":404,"body":"{\"error\":\"not_found\"}"`
	line := func(envelope, exchange, reply, request, headers string) string {
		return `{` + envelope + `"exchange":{"method":"POST","url":"` + url + exchange + `","request":{` + request + `},"headers":{` + headers + `},` + reply + `}}`
	}
	lines := func(envelope, request, headers string) string {
		return line(envelope, "authorization", lost, request, headers) + "\n" + line(envelope, "customers/lookup", found, request, headers)
	}
	call := func(path, reply, requestHeader, body, replyHeader string) string {
		header := func(value string) string { return `"headers":[{"name":"X-Reference-Id","value":"` + value + `"}]` }
		return `"request":{"method":"POST","url":"` + url + path + `",` + header(requestHeader) + `,"postData":{"text":"` + body + `"}},` +
			`"response":{` + header(replyHeader) + `,` + reply + `}`
	}
	har := func(requestHeader, body, replyHeader string) string {
		return harOf(call("authorization", `"status":504,"content":{"text":""}`, requestHeader, body, replyHeader),
			call("customers/lookup", `"status":404,"content":{"text":"{\"error\":\"not_found\"}"}`, requestHeader, body, replyHeader))
	}
	tests := []struct {
		name, recording string
		alone           int64
		want            int // sales
	}{
		{"lines, one sale id", lines(`"sale_id":"A",`, ``, ``), 0, 1},
		{"lines, a request id before the sale id", lines(`"sale_id":"A",`, `"request_id":"R"`, ``) + "\n" + lines(`"sale_id":"A",`, ``, ``), 0, 2},
		{"lines, one request id", lines(``, `"request_id":"R"`, ``), 0, 1},
		{"lines, one reference of the request", lines(``, `"headers":{"x-reference-id":"X"}`, ``), 0, 1},
		{"lines, one reference of the reply", lines(``, ``, `"X-Reference-Id":"X"`), 0, 1},
		{"lines, nothing tells", lines(``, ``, ``), 2, 2},
		{"HAR, one request id", har("", `{\"request_id\":\"R\"}`, ""), 0, 1},
		{"HAR, one request id of a form", har("", `request_id=R`, ""), 0, 1},
		{"HAR, one reference of the request", har("X", ``, ""), 0, 1},
		{"HAR, one reference of the reply", har("", ``, "X"), 0, 1},
		{"HAR, nothing tells", har("", ``, ""), 2, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, all := imported(t, tt.recording)
			require.Equal(t, tt.want, r.Sales)
			require.Equal(t, tt.alone, r.Alone)
			last := all[strings.LastIndex(strings.TrimSpace(all), "\n")+1:]
			require.Contains(t, last, `"rule":"lookup/404/`)
			require.Equal(t, tt.alone == 0, strings.Contains(last, `"money":"unknown"`), "the look-up knows of the lost payment")
		})
	}
}

// A sale may go on in the next recording.
func TestASaleGoesOnInTheNextRecording(t *testing.T) {
	var paths []string
	for range 2 {
		path := filepath.Join(t.TempDir(), "x.jsonl")
		require.NoError(t, os.WriteFile(path, []byte(`{"at":1795530727000,"sale_id":"A","exchange":{"operation":"verify",`+
			`"request":{"format":"security_question"},"status":409,"body":"{\"error\":\"secret_answer_mismatch\"}"}}`), 0o600))
		paths = append(paths, path)
	}
	dir := t.TempDir()
	require.Equal(t, 1, run(t, dir, paths...).Sales)
	require.Contains(t, everything(t, dir), `"wrong_answers":[`)
}

func TestKeyOfALine(t *testing.T) {
	tests := []struct{ name, key, want string }{
		{"itself", `"K-1"`, "K-1"},
		{"one was sent", `true`, plugin.KeySent},
		{"none was sent", `false`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var x lineExchange
			require.NoError(t, json.Unmarshal([]byte(`{"operation":"transactions","request":{"amount":"1.00","idempotency_key":`+tt.key+`}}`), &x))
			require.Equal(t, plugin.Request{Amount: "1.00", IdempotencyKey: tt.want}, x.Request)
			require.Equal(t, plugin.OpTransactions, x.Operation)
		})
	}
	require.Error(t, json.Unmarshal([]byte(`{"request":{"idempotency_key":1}}`), new(lineExchange)))
}

func TestHostileFiles(t *testing.T) {
	tests := []struct{ name, file string }{
		{"empty", ""},
		{"HAR cut", `{"log":{"entries":[{"request":{"url":"https://posapi.flexiti.fi/x"`},
		{"HAR of another shape", `{"log":{"entries":{"a":1}}}`},
		{"HAR without entries", `{"log":{}}`},
		{"HAR with trash behind", `{"log":{"entries":[]}} trash`},
		{"binary", "\x1f\x8b\x00\x00\xff"},
		{"a huge line", strings.Repeat("x", 3<<20)},
		{"deep", strings.Repeat("[", 20000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.har")
			require.NoError(t, os.WriteFile(path, []byte(tt.file), 0o600))
			require.Zero(t, run(t, t.TempDir(), path).Records)
		})
	}
}
