package exchange

import (
	"cmp"
	"net/http"
	"strings"
)

// MaxBody is how much of a body is looked at, in bytes: what a host lets the module see.
const MaxBody = 64 << 10

// The headers that are read: of the request, and of the reply.
const (
	ReferenceHeader   = "X-Reference-Id"
	IdempotencyHeader = "X-Idempotency-Key" // page 9601087
)

// ReplyHeaders are those of a reply that the module reads.
var ReplyHeaders = []string{"retry-after", "date"}

// SaleOf gives what tells a call's sale apart, in clear: the surest first. Empty:
// nothing does, and the call is a sale of its own.
func SaleOf(ofRequest, ofReply, requestID string) string {
	return cmp.Or(ofRequest, ofReply, requestID)
}

// IsCall says whether a request can be a POS's call, by its method and the status
// of its reply (0: none). What a proxy or a browser does on its own moves no money,
// and must not look as if it did.
func IsCall(method string, status int) bool {
	switch strings.ToUpper(method) {
	case http.MethodConnect, http.MethodHead, http.MethodTrace, http.MethodOptions:
		return false
	}
	return status != http.StatusSwitchingProtocols && status != http.StatusNotModified
}

// IsPOSAPI says whether a URL is one of the POS API's, directly or behind a proxy.
// Flexiti's online API is another matter (page 2298445842).
func IsPOSAPI(url string) bool {
	url = strings.ToLower(url)
	path, _, _ := strings.Cut(url, "?")
	if strings.Contains(path, "/flexiti/online-api/") || strings.Contains(path, "/online/client-id/") {
		return false
	}
	if strings.Contains(path, "/pos-api/") {
		return true
	}
	_, rest, _ := strings.Cut(url, "://")
	if rest == "" {
		rest = url // a tunnel's, or a path
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, ":")
	return host == "flexiti.fi" || strings.HasSuffix(host, ".flexiti.fi")
}
