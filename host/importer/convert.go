package importer

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/tillwise/tillwise/host/exchange"
	"github.com/tillwise/tillwise/plugin"
)

// entry gives what an import makes of an entry.
func (h *harEntry) entry() (e entry) {
	e.exchange = plugin.Exchange{Method: strings.ToUpper(h.method), URL: h.url, Headers: map[string]string{}}
	for _, name := range exchange.ReplyHeaders {
		if value := h.responded[name]; value != "" {
			e.exchange.Headers[name] = value
		}
	}
	e.cached = h.cache != "" || strings.Contains(h.fetched, "Cache")
	if e.at, e.offset = when(h.started); e.at > 0 {
		e.at += milliseconds(h.time)
	}
	h.reply(&e)
	sent := exchange.ReadSent(h.sent, h.params)
	e.exchange.Request = sent.Request
	e.exchange.Request.IdempotencyKey = h.requested["x-idempotency-key"]
	e.sale = exchange.SaleOf(h.requested["x-reference-id"], h.responded["x-reference-id"], sent.RequestID)
	return e
}

// reply gives what came back, and what of it the recording does not have.
func (h *harEntry) reply(e *entry) {
	x := &e.exchange
	status, err := strconv.ParseFloat(h.status, 64)
	if status >= 1 && status < 1000 { // Playwright writes -1 where there is none
		x.Status = int(status)
	}
	switch broken := h.failure != ""; {
	case h.status == "" && !broken:
		e.missing = SkipNoResponse
	case h.status != "" && err != nil:
		e.missing = SkipUnreadable
	case x.Status == 0:
		x.Failure = exchange.FailureOf(h.failure)
	case !broken && h.bodyMissing():
		e.missing, x.BodyCut = SkipNoBody, true
	default:
		x.Body, x.BodyCut = h.text, broken
	}
	if x.Body != "" && strings.EqualFold(h.encoding, "base64") {
		body, err := base64.StdEncoding.DecodeString(x.Body)
		x.Body, x.BodyCut = string(body), x.BodyCut || err != nil
	}
	if len(x.Body) > exchange.MaxBody {
		x.Body, x.BodyCut = strings.Clone(x.Body[:exchange.MaxBody]), true
	}
}

// bodyMissing says whether there was a body that was not kept: Firefox and
// Fiddler leave out long ones, and a HAR can be saved without any.
func (h *harEntry) bodyMissing() bool {
	if h.text != "" {
		return false
	}
	return positive(h.size) || !h.hasText && (positive(h.encoded) || positive(h.responded["content-length"]))
}

func positive(number string) bool {
	n, err := strconv.ParseFloat(number, 64)
	return err == nil && n > 0
}
