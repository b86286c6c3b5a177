package importer

import (
	"strings"

	"github.com/tillwise/tillwise/plugin"
)

// failureOf reads Chromium's name for why there is no reply.
func failureOf(message string) plugin.Failure {
	for _, f := range []struct {
		part    string
		failure plugin.Failure
	}{
		{"TIMED_OUT", plugin.FailureTimeout}, {"REFUSED", plugin.FailureRefused}, {"NAME_NOT_RESOLVED", plugin.FailureDNS},
		{"CERT", plugin.FailureTLS}, {"SSL", plugin.FailureTLS}, {"ABORTED", plugin.FailureCancelled},
		{"RESET", plugin.FailureReset}, {"CLOSED", plugin.FailureReset}, {"EMPTY_RESPONSE", plugin.FailureReset},
	} {
		if strings.Contains(strings.ToUpper(message), f.part) {
			return f.failure
		}
	}
	return ""
}
