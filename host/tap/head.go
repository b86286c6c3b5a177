package tap

import (
	"bufio"
	"bytes"
	"errors"
	"net/http"
	"strings"

	"github.com/tillwise/tillwise/host/exchange"
	"github.com/tillwise/tillwise/plugin"
)

// asked is all that is kept of the head of a request.
type asked struct {
	method    string
	ours      bool // a call of the POS API
	operation plugin.Operation
	path      string // what of it may be kept
	reference string
	key       string
	encoding  string
	length    int64
}

// answered is all that is kept of the head of a reply.
type answered struct {
	status    int
	headers   map[string]string
	reference string
	encoding  string
	length    int64
}

// errOdd is for a request whose head is not well formed. It says nothing of the head.
var errOdd = errors.New("not well formed")

// readRequest reads a request's head. Of one that is not well formed the line alone
// may still tell what it is: a server may be less strict.
func readRequest(head []byte, origin string) (asked, error) {
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(head)))
	if err != nil {
		line, _, _ := strings.Cut(string(head), "\n")
		words := strings.Fields(line)
		if len(words) != 3 || !strings.HasPrefix(words[2], "HTTP/1.") {
			return asked{}, errNotHTTP
		}
		return about(words[0], words[1], origin), errOdd
	}
	a := about(r.Method, r.RequestURI, origin)
	a.reference = r.Header.Get(exchange.ReferenceHeader)
	a.key = r.Header.Get(exchange.IdempotencyHeader)
	a.encoding = r.Header.Get("Content-Encoding")
	a.length = r.ContentLength
	if len(r.TransferEncoding) > 0 {
		a.length = inChunks
	}
	return a, nil
}

// about tells what a request line is about.
func about(method, target, origin string) asked {
	url := target
	if strings.HasPrefix(target, "/") {
		url = origin + target
	}
	a := asked{method: method, ours: exchange.IsPOSAPI(url) && exchange.IsCall(method, 0)}
	if a.ours {
		a.operation, a.path = plugin.OperationOf(method, url), knownPath(target)
	}
	return a
}

// readReply reads a reply's head; it depends on the request's method what follows.
func readReply(head []byte, method string) (answered, error) {
	r, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(head)), &http.Request{Method: method})
	if err != nil {
		return answered{}, errNotHTTP
	}
	a := answered{status: r.StatusCode, headers: map[string]string{}, length: r.ContentLength,
		reference: r.Header.Get(exchange.ReferenceHeader), encoding: r.Header.Get("Content-Encoding")}
	for _, name := range exchange.ReplyHeaders {
		if value := r.Header.Get(name); value != "" {
			a.headers[name] = value
		}
	}
	switch {
	case method == http.MethodHead, a.status < 200, a.status == http.StatusNoContent, a.status == http.StatusNotModified:
		a.length = 0
	case len(r.TransferEncoding) > 0:
		a.length = inChunks
	case a.length < 0:
		a.length = untilEnd
	}
	return a, nil
}

// segments of Flexiti's paths that may be kept: flexiti-api pages 42500680 and 9601087.
var segments = strings.Fields("flexiti pos-api v2 v2.5 v2.5.1 client-id oauth token merchants login i18n terms-and-conditions " +
	"customers driverslicense search lookup widget init apply account accounts verify calculate-interest close refund transactions " +
	"authorization authorizations release capture captures return")

// knownPath gives a path without its query, and with nothing of its own but the
// numbers of authorizations and captures, which the module hashes: an account's
// number and a client's id stand in paths, too.
func knownPath(target string) string {
	path, _, _ := strings.Cut(target, "?")
	if _, rest, absolute := strings.Cut(path, "://"); absolute {
		_, path, _ = strings.Cut(rest, "/")
		path = "/" + path
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		numbered := i > 0 && (parts[i-1] == "authorization" || parts[i-1] == "capture")
		parts[i] = "-"
		for _, known := range segments {
			if strings.EqualFold(part, known) {
				parts[i] = known
			}
		}
		if part == "" || parts[i] == "-" && numbered {
			parts[i] = part
		}
	}
	return strings.Join(parts, "/")
}
