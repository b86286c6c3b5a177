package exchange

import (
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// FailureOf reads what browsers, proxies and HTTP clients write where there is
// no reply: net::ERR_… of Chromium, NS_… of Firefox, E… of Node, the sentences
// of Safari and curl. Only refused and dns say that nothing was sent, so these
// are read from words that mean nothing else; what is not known is no failure
// of a kind, and the money stays in doubt.
func FailureOf(message string) plugin.Failure {
	message = strings.NewReplacer("_", "", " ", "", "-", "").Replace(strings.ToUpper(message))
	for _, f := range []struct {
		failure plugin.Failure
		parts   []string
	}{
		{plugin.FailureRefused, []string{"CONNECTIONREFUSED", "ECONNREFUSED", "ACTIVELYREFUSED"}},
		{plugin.FailureDNS, []string{
			"NAMENOTRESOLVED", "NAMERESOLUTIONFAILED", "UNKNOWNHOST", "ENOTFOUND", "EAIAGAIN", "COULDNOTRESOLVE", "COULDN'TRESOLVE",
			"HOSTNAMECOULDNOTBEFOUND", "NOSUCHHOST",
		}},
		{plugin.FailureTimeout, []string{"TIMEDOUT", "TIMEOUT"}},
		{plugin.FailureTLS, []string{"CERT", "SSL", "TLS", "PKIX", "SECERROR", "SECURECONNECTION"}},
		{plugin.FailureReset, []string{
			"RESET", "CLOSED", "EMPTYRESPONSE", "HANGUP", "EPIPE", "BROKENPIPE", "INTERRUPT", "CONNECTIONWASLOST",
			"CONNABORTED", "CONNECTIONABORTED",
		}},
		{plugin.FailureCancelled, []string{"ABORT", "CANCEL"}},
	} {
		for _, part := range f.parts {
			if strings.Contains(message, part) {
				return f.failure
			}
		}
	}
	return ""
}
