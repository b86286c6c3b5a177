package tap

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/serve"
)

// secrets stand wherever a POS or Flexiti has a place for one.
var secrets = []string{
	"Bearer-Tok3n", "s3cretClient", "acme-client", "4111111111111111", "20000000123456", "2485990", "Blue Heron", "Tremblay", "1970-05-17", "046454286",
	"cookie-of-a-session", "514 555 0100", "request-of-Tremblay", "H1J 2K3", "reason-FLCK", "847.13", "path-of-somebody", "trailer-secret", "reply-header-secret", "message for Tremblay",
}

// everywhere is a conversation with all of them in it.
func everywhere() (asked, answered string) {
	headers := "Authorization: Bearer Bearer-Tok3n\r\nCookie: cookie-of-a-session\r\nX-Customer: Tremblay\r\nx-context-hash: 046454286\r\n"
	reply := "Set-Cookie: cookie-of-a-session\r\nX-Whose: reply-header-secret\r\nDate: Fri, 27 Nov 2026 23:46:40 GMT\r\n"
	people := `{"message":"message for Tremblay","first_name":"Tremblay","dob":"1970-05-17","account_number":"20000000123456","available_credit":"847.13",` +
		`"account_status_reason_code":"reason-FLCK","access_token":"Bearer-Tok3n","verification_code":2485990,"postal_code":"H1J 2K3"`
	var q, a strings.Builder
	for _, c := range []struct {
		method, path, reference, body string
		status                        int
		reply                         string
	}{
		{"POST", "oauth/token", "", "client_id=acme-client&client_secret=s3cretClient", 200, people + "}"},
		{"POST", "oauth/token", "", "client_id=acme-client&client_secret=s3cretClient", 400, people + `,"error":"invalid_client"}`},
		{"GET", "customers/search?first_name=Tremblay&dob=1970-05-17&postal_code=H1J+2K3", "514 555 0100", "", 404, people + `,"error":"not_found"}`},
		{"GET", "customers/lookup?vcc_number=4111111111111111", reference, "", 200, people + "}"},
		{"POST", "account/20000000123456/verify", "", `{"security_answer":"Blue Heron","request_id":"request-of-Tremblay","sin":"046454286"}`, 409, people + `,"error":"secret_answer_mismatch"}`},
		{"POST", "authorization", reference, `{"amount":"12.50","auto_capture":true,"vcc_number":"4111111111111111","verification_code":"2485990","reference":"Tremblay"}`, 409,
			people + `,"error":"wrong_inputs","field_errors":[{"param":"vcc_number","value":"4111111111111111","msg":"message for Tremblay","type":"length"}]}`},
		{"POST", "authorization/path-of-somebody/capture", reference, `{"amount":"12.50"}`, 500, people + "}"},
		{"POST", "path-of-somebody/20000000123456", "Tremblay", `{"amount":"Tremblay","transaction_type":"Blue Heron","format":"Blue Heron"}`, 418, "Tremblay 4111111111111111"},
	} {
		h := headers
		if c.reference != "" {
			h += "x-reference-id: " + c.reference + "\r\n"
		}
		q.WriteString(strings.ReplaceAll(ask(c.method, c.path, h, c.body), "/acme/", "/acme-client/"))
		fmt.Fprintf(&a, "HTTP/1.1 %d Tremblay\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\nX-Sum: trailer-secret\r\n\r\n", c.status, reply, len(c.reply), c.reply)
	}
	// And what cannot be read: as a head, and as a reply.
	q.WriteString("POST /flexiti/pos-api/v2/client-id/acme-client/authorization HTTP/1.1\r\nBearer-Tok3n\r\n\r\n")
	a.WriteString("Tremblay Bearer-Tok3n\r\n\r\n")
	return q.String(), a.String()
}

// What a POS and Flexiti tell each other is theirs: none of it is in the log, in the
// events but for a reply's body (which the module's whitelist reads), in the records, in what is kept of
// the sales, or on the screen.
func TestNothingSensitiveIsKept(t *testing.T) {
	e, err := engine()
	require.NoError(t, err)
	state, records := t.TempDir(), t.TempDir()
	w := journal.New(journal.Config{Dir: records, Store: "0412", Module: e.ModuleSHA256()})
	var mu sync.Mutex
	var shown strings.Builder
	till, err := serve.New(serve.Config{Engine: e, State: state, Journal: w, Show: func(c host.Card) {
		mu.Lock()
		defer mu.Unlock()
		text, _ := json.Marshal(c)
		shown.Write(text)
	}})
	require.NoError(t, err)
	up := newDoors(t)
	r := newRig(t, setting{upstream: up.url, change: func(t *Tap) { t.config.Hide = till.Hide }, post: func(ctx context.Context, ev []byte) error {
		if reply := till.Take(ctx, ev); reply.Status != http.StatusOK {
			return fmt.Errorf("status %d", reply.Status)
		}
		return nil
	}})
	pos, other := up.meet(t, r.addr)
	asked, answered := everywhere()
	play(t, pos, other, story{moves: []move{{true, asked}, {false, answered}}}, newWriter())
	r.end()
	require.NoError(t, till.Close(context.Background()))
	require.NoError(t, w.Close())

	var told strings.Builder
	events := r.events()
	require.Greater(t, len(events), 8)
	for _, e := range events {
		e.Exchange.Body = ""
		told.Write(e.encode())
	}
	require.Positive(t, r.Counts().Unread, "it tried to read what cannot be read")
	places := map[string]string{"the log": r.log.String(), "the events": told.String(), "the screen": shown.String(), "the sales": files(t, state), "the records": files(t, records)}
	for where, text := range places {
		require.NotEmpty(t, text, where)
		for _, secret := range secrets {
			if where == "the events" && secret == "path-of-somebody" {
				continue // an authorization's number, which the module hashes
			}
			require.NotContains(t, strings.ToLower(text), strings.ToLower(secret), where)
		}
	}
}

// files gives all that lies in a folder.
func files(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
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
