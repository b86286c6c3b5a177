package exchange

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

func TestIsPOSAPI(t *testing.T) {
	tests := []struct {
		name, url string
		want      bool
	}{
		{"production", "https://posapi.flexiti.fi/flexiti/pos-api/v2.5/oauth/token", true},
		{"behind a proxy", "https://proxy.example/flexiti/pos-api/v2.5/oauth/token", true},
		{"a port", "https://posapi-mi.flexiti.fi:443/x", true},
		{"another site", "https://example.com/flexiti.fi", false},
		{"a name that ends alike", "https://notflexiti.fi/x", false},
		{"only in the query", "https://example.com/?next=/pos-api/", false},
		{"the online API", "https://api.flexiti.fi/flexiti/online-api/systems/init", false},
		{"the online API of a client", "https://api.flexiti.fi/online/client-id/acme/notifications", false},
		{"online only in the query", "https://posapi.flexiti.fi/flexiti/pos-api/v2.5/i18n?next=/flexiti/online-api/", true},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, IsPOSAPI(tt.url)) })
	}
}

func TestFailureOf(t *testing.T) {
	tests := []struct {
		name string
		want plugin.Failure
	}{
		{"net::ERR_TIMED_OUT", plugin.FailureTimeout},
		{"net::ERR_CONNECTION_TIMED_OUT", plugin.FailureTimeout},
		{"net::ERR_CONNECTION_REFUSED", plugin.FailureRefused},
		{"net::ERR_CONNECTION_RESET", plugin.FailureReset},
		{"net::ERR_CONNECTION_CLOSED", plugin.FailureReset},
		{"net::ERR_CONNECTION_ABORTED", plugin.FailureReset},
		{"net::ERR_EMPTY_RESPONSE", plugin.FailureReset},
		{"net::ERR_NAME_NOT_RESOLVED", plugin.FailureDNS},
		{"net::ERR_CERT_DATE_INVALID", plugin.FailureTLS},
		{"net::ERR_SSL_PROTOCOL_ERROR", plugin.FailureTLS},
		{"net::ERR_ABORTED", plugin.FailureCancelled},
		{"net::ERR_FAILED", ""},
		{"net::ERR_HTTP2_SERVER_REFUSED_STREAM", ""},
		{"NS_ERROR_NET_TIMEOUT", plugin.FailureTimeout},
		{"NS_ERROR_CONNECTION_REFUSED", plugin.FailureRefused},
		{"NS_ERROR_NET_RESET", plugin.FailureReset},
		{"NS_ERROR_NET_INTERRUPT", plugin.FailureReset},
		{"NS_ERROR_UNKNOWN_HOST", plugin.FailureDNS},
		{"NS_BINDING_ABORTED", plugin.FailureCancelled},
		{"SEC_ERROR_UNKNOWN_ISSUER", plugin.FailureTLS},
		{"MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", plugin.FailureTLS},
		{"connect ECONNREFUSED 192.0.2.1:443", plugin.FailureRefused},
		{"read ECONNRESET", plugin.FailureReset},
		{"write EPIPE", plugin.FailureReset},
		{"socket hang up", plugin.FailureReset},
		{"ECONNABORTED", plugin.FailureReset},
		{"connect ETIMEDOUT 192.0.2.1:443", plugin.FailureTimeout},
		{"ESOCKETTIMEDOUT", plugin.FailureTimeout},
		{"UND_ERR_HEADERS_TIMEOUT", plugin.FailureTimeout},
		{"getaddrinfo ENOTFOUND posapi.flexiti.fi", plugin.FailureDNS},
		{"getaddrinfo EAI_AGAIN posapi.flexiti.fi", plugin.FailureDNS},
		{"The request timed out.", plugin.FailureTimeout},
		{"The network connection was lost.", plugin.FailureReset},
		{"A server with the specified hostname could not be found.", plugin.FailureDNS},
		{"An SSL error has occurred and a secure connection to the server cannot be made.", plugin.FailureTLS},
		{"cancelled", plugin.FailureCancelled},
		{"Could not resolve host: posapi.flexiti.fi", plugin.FailureDNS},
		{"server closed connection", plugin.FailureReset},
		{"FAILED", ""},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, FailureOf(tt.name)) })
	}
}

func TestReadSent(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		name, body string
		want       Sent
	}{
		{"a purchase", `{"amount":"12.50","auto_capture":true,"vcc_number":"4111111111111111","financing_option":{"transaction_type":"regular_purchase"},"request_id":"R"}`,
			Sent{"R", plugin.Request{Amount: "12.50", AutoCapture: &yes, TransactionType: "regular_purchase"}}},
		{"a number", `{"amount":12.50,"auto_capture":false}`, Sent{"", plugin.Request{Amount: "12.50", AutoCapture: &no}}},
		{"a form", `amount=1.00&auto_capture=TRUE&format=sms&client_secret=s`, Sent{"", plugin.Request{Amount: "1.00", AutoCapture: &yes, Format: "sms"}}},
		{"names that are none", `{"format":"514 555 0100","transaction_type":"the customer's own words"}`, Sent{}},
		{"cut", `{"amount":"12.50","auto_`, Sent{}},
		{"a list", `[{"amount":"12.50"}]`, Sent{}},
		{"nothing", ``, Sent{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, ReadSent(tt.body, nil)) })
	}
}
