package simulator

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

var start = time.Date(2026, 11, 24, 14, 32, 7, 0, time.UTC)

// desk is a till at a simulator: what a test needs of one.
type desk struct {
	*Simulator
	t      testing.TB
	now    time.Time
	http   *http.Client
	url    string // of the simulator
	client string
	token  string
	header http.Header // of the next request
	last   plugin.Exchange
}

// newDesk makes a till that is signed in as sim-store, without a network. Waiting
// moves the one clock.
func newDesk(t testing.TB, c Config) *desk {
	d := &desk{t: t, now: start, url: "http://simulator.invalid", client: "sim-store", header: http.Header{}}
	c.Clock = func() time.Time { return d.now }
	c.Wait = func(ctx context.Context, wait time.Duration) error { d.now = d.now.Add(wait); return ctx.Err() }
	d.Simulator = New(c)
	d.http = &http.Client{Transport: d.Transport()}
	d.signIn("sim-store", "merchant")
	return d
}

func (d *desk) signIn(client, scope string) {
	d.token = ""
	got := d.want(http.StatusOK, "token", object{"client_id": client, "client_secret": Secret, "grant_type": "client_credentials", "scope": scope})
	d.client, d.token = client, got["access_token"].(string)
}

// ask makes one call: path is what follows client-id/…/; a body makes it a POST.
func (d *desk) ask(path string, body object) (plugin.Exchange, error) {
	url, method, content := d.url+base+"v2.5.1/client-id/"+d.client+"/"+path, http.MethodGet, io.Reader(nil)
	if path == "token" {
		url = d.url + base + "v2.5/oauth/token"
	}
	if body != nil {
		raw, err := json.Marshal(body)
		require.NoError(d.t, err)
		method, content = http.MethodPost, strings.NewReader(string(raw))
	}
	r, err := http.NewRequestWithContext(context.Background(), method, url, content)
	require.NoError(d.t, err)
	r.Header = d.header
	d.header = http.Header{}
	if d.token != "" {
		r.Header.Set("Authorization", "Bearer "+d.token)
	}
	d.last = plugin.Exchange{Method: method, URL: url}
	w, err := d.http.Do(r)
	if err != nil {
		return d.last, err
	}
	defer w.Body.Close()
	require.Equal(d.t, Notice, w.Header.Get("Simulator"))
	raw, err := io.ReadAll(w.Body)
	d.last.Status, d.last.Body = w.StatusCode, string(raw)
	return d.last, err
}

// want makes a call that must be answered with that status, and gives the answer.
func (d *desk) want(status int, path string, body object) object {
	x, err := d.ask(path, body)
	require.NoError(d.t, err)
	require.Equal(d.t, status, x.Status, "%s: %s", path, x.Body)
	var got object
	if strings.HasPrefix(x.Body, "{") {
		require.NoError(d.t, json.Unmarshal([]byte(x.Body), &got))
	}
	return got
}

// verified asks for a code and gives it.
func (d *desk) verified(account, request string) string {
	d.want(http.StatusOK, "account/"+account+"/verify", object{"format": "email", "request_id": request})
	return d.Sent(account)
}

// purchase is a good purchase by an account; more changes it.
func (d *desk) purchase(account, request, amount string, more object) object {
	body := object{"account_number": account, "amount": amount, "auto_capture": true, "reference": request, "request_id": request,
		"verification_code": d.verified(account, request), "financing_option": object{"transaction_type": promotional, "plan_id": "1001", "term": 12}}
	for name, value := range more {
		body[name] = value
	}
	return body
}

// raw makes whatever call, and gives the reply's status.
func (d *desk) raw(method, path, body string) int {
	r, err := http.NewRequest(method, d.url+path, strings.NewReader(body))
	require.NoError(d.t, err)
	r.Header.Set("Authorization", "Bearer "+d.token)
	w, err := d.Transport().RoundTrip(r)
	require.NoError(d.t, err)
	return w.StatusCode
}
