package flexiti_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/pos/flexiti"
	"github.com/tillwise/tillwise/plugin"
)

func sale() *flexiti.Sale {
	return &flexiti.Sale{Reference: "10-4472", RequestID: "r", Account: "20000001", Token: "t", Authorization: "71", Capture: "72", Key: "k-1",
		Amounts: map[plugin.Operation]string{plugin.OpAuthorization: "1249.00", plugin.OpTransactions: "25.00"}}
}

type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

// do makes one call whose reply is status and body, or an error.
func do(t *testing.T, s *flexiti.Sale, op plugin.Operation, body io.Reader, failure error) plugin.Exchange {
	t.Helper()
	c := flexiti.Client{URL: "https://flexiti.test", ClientID: "acme", HTTP: &http.Client{Transport: wire(func(r *http.Request) (*http.Response, error) {
		require.Equal(t, op, plugin.OperationOf(r.Method, r.URL.Path))
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(body)}, failure
	})}}
	r, x, err := c.Request(t.Context(), op, "", s)
	require.NoError(t, err)
	c.Do(r, &x, s)
	return x
}

func TestWhyThereIsNoReply(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		want plugin.Failure
	}{
		{"the name is not known", &net.DNSError{}, plugin.FailureDNS},
		{"nobody listens", syscall.ECONNREFUSED, plugin.FailureRefused},
		{"it is somebody else's certificate", &tls.CertificateVerificationError{}, plugin.FailureTLS},
		{"the sale was given up", context.Canceled, plugin.FailureCancelled},
		{"it takes too long", os.ErrDeadlineExceeded, plugin.FailureTimeout},
		{"the connection breaks", syscall.ECONNRESET, plugin.FailureReset},
		{"the connection ends", io.EOF, plugin.FailureReset},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := do(t, sale(), plugin.OpAuthorization, http.NoBody, test.err)
			require.Equal(t, test.want, x.Failure)
			require.Zero(t, x.Status)
			require.Empty(t, x.Sent, "whether it left is not this client's to say")
		})
	}
}

// TestABodyThatBreaksOff is told as far as it came, and nothing is learnt from it.
func TestABodyThatBreaksOff(t *testing.T) {
	s := sale()
	s.Authorization = ""
	whole := `{"authorization_id":71}`
	x := do(t, s, plugin.OpAuthorization, io.MultiReader(strings.NewReader(whole), iotestError{}), nil)
	require.True(t, x.BodyCut)
	require.Equal(t, whole, x.Body)
	require.Empty(t, s.Authorization)
}

type iotestError struct{}

func (iotestError) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestWhatAReadBackShows(t *testing.T) {
	const mine, others = `"reference":"10-4472","amount":"1249.00"`, `"reference":"10-4471","amount":"1249.00"`
	for _, test := range []struct {
		name string
		op   plugin.Operation
		body string
		want []plugin.Found // nil: nothing is said
	}{
		{"a purchase", plugin.OpAuthorizations, `[{"authorization_id":71,"status":"captured",` + mine + `}]`, []plugin.Found{{State: plugin.FoundCaptured, Amount: "1249.00", ID: "71"}}},
		{"a hold", plugin.OpAuthorizations, `[{"authorization_id":"71","status":"authorized",` + mine + `}]`, []plugin.Found{{State: plugin.FoundHeld, Amount: "1249.00", ID: "71"}}},
		{"a refused one", plugin.OpAuthorizations, `[{"authorization_id":71,"status":"unauthorized",` + mine + `}]`, []plugin.Found{{State: plugin.FoundDeclined, Amount: "1249.00", ID: "71"}}},
		{"one that is over", plugin.OpAuthorizations, `[{"authorization_id":71,"status":"closed",` + mine + `}]`, []plugin.Found{{State: plugin.FoundEnded, Amount: "1249.00", ID: "71"}}},
		{"a capture", plugin.OpCaptures, `[{"capture_id":72,"authorization_id":71,` + mine + `}]`, []plugin.Found{{State: plugin.FoundCaptured, Amount: "1249.00", ID: "72"}}},
		{"another sale's", plugin.OpAuthorizations, `[{"authorization_id":71,"status":"captured",` + others + `}]`, []plugin.Found{}},
		{"none", plugin.OpAuthorizations, `[]`, []plugin.Found{}},
		{"a word that is not known", plugin.OpAuthorizations, `[{"authorization_id":71,"status":"settling",` + mine + `}]`, nil},
		{"an authorization without a word", plugin.OpAuthorizations, `[{"authorization_id":71,` + mine + `}]`, nil},
		{"no list", plugin.OpAuthorizations, `<html>`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := do(t, sale(), test.op, strings.NewReader(test.body), nil)
			require.Equal(t, test.want, x.Found)
			require.Equal(t, test.body, x.Body)
		})
	}
}

// TestNothingIsSentTwice: neither after a redirect, nor because a request with an
// idempotency key would be sent again by net/http where its connection breaks.
func TestNothingIsSentTwice(t *testing.T) {
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch n := calls.Add(1); {
		case n == 1: // opens the connection that the next call uses
			_, _ = w.Write([]byte(`{"access_token":"t"}`))
		case strings.HasSuffix(r.URL.Path, "/authorization"):
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		default:
			panic(http.ErrAbortHandler)
		}
	}))
	defer server.Close()
	c, s := flexiti.Client{URL: server.URL, ClientID: "acme", HTTP: server.Client()}, sale()
	send := func(op plugin.Operation) plugin.Exchange {
		r, x, err := c.Request(t.Context(), op, "", s)
		require.NoError(t, err)
		c.Do(r, &x, s)
		return x
	}
	require.Equal(t, 200, send(plugin.OpToken).Status)
	require.Equal(t, plugin.FailureReset, send(plugin.OpTransactions).Failure)
	require.Equal(t, int32(2), calls.Load(), "the transaction went out once")
	require.Equal(t, http.StatusTemporaryRedirect, send(plugin.OpAuthorization).Status)
	require.Equal(t, int32(3), calls.Load())
}

// TestWhatTillwiseIsTold: the path where it says which payment is meant, and no
// account's number.
func TestWhatTillwiseIsTold(t *testing.T) {
	for _, test := range []struct {
		op        plugin.Operation
		url, want string
	}{
		{plugin.OpLookup, "", ""},
		{plugin.OpVerify, "", ""},
		{plugin.OpTransactions, "", "25.00"},
		{plugin.OpAuthorization, "", "1249.00"},
		{plugin.OpCapture, "/flexiti/pos-api/v2.5.1/client-id/acme/authorization/71/capture", "1249.00"},
		{plugin.OpReturn, "/flexiti/pos-api/v2.5.1/client-id/acme/authorization/71/capture/72/return", "1249.00"},
		{plugin.OpRefund, "", "1249.00"},
	} {
		t.Run(string(test.op), func(t *testing.T) {
			r, x, err := flexiti.Client{URL: "https://flexiti.test", ClientID: "acme"}.Request(t.Context(), test.op, "", sale())
			require.NoError(t, err)
			require.Equal(t, test.op, plugin.OperationOf(r.Method, r.URL.Path))
			require.Equal(t, test.url, x.URL)
			require.Equal(t, test.want, x.Request.Amount)
			require.Nil(t, r.GetBody)
		})
	}
}

func TestACallThatASaleHasNoUseFor(t *testing.T) {
	_, _, err := flexiti.Client{}.Request(t.Context(), plugin.OpSeveral, "", sale())
	require.ErrorContains(t, err, "making the call several")
}
