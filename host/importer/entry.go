package importer

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// harEntry is what is read of an entry of HAR 1.2: each value as it stands.
type harEntry struct {
	started, time          string
	method, url            string
	requested, responded   map[string]string // the headers that are wanted, by their names in small letters
	sent                   string
	params                 map[string]string
	status, text, encoding string
	failure                string
	cache, fetched         string // what Chromium and Safari say of an answer that came from the cache
}

// entry reads one entry.
func (w walker) entry() (h harEntry, err error) {
	h.params = map[string]string{}
	_, err = w.members(func(name string) error {
		switch name {
		case "startedDateTime":
			return w.into(&h.started)
		case "time": // milliseconds
			return w.into(&h.time)
		case "_fromCache": // Chromium's: memory, disk
			return w.into(&h.cache)
		case "request":
			return w.request(&h)
		case "response":
			return w.response(&h)
		}
		return w.pass()
	})
	return h, err
}

func (w walker) request(h *harEntry) error {
	_, err := w.members(func(name string) (err error) {
		switch name {
		case "method":
			return w.into(&h.method)
		case "url":
			return w.into(&h.url)
		case "headers":
			h.requested, err = w.pairs("x-reference-id", "x-idempotency-key")
			return err
		case "postData":
			return w.postData(h)
		}
		return w.pass()
	})
	return err
}

func (w walker) postData(h *harEntry) error {
	_, err := w.members(func(name string) (err error) {
		switch name {
		case "text":
			return w.into(&h.sent)
		case "params":
			h.params, err = w.pairs(wantedParameters...)
			return err
		}
		return w.pass()
	})
	return err
}

func (w walker) response(h *harEntry) error {
	_, err := w.members(func(name string) (err error) {
		switch name {
		case "status":
			return w.into(&h.status)
		case "headers":
			h.responded, err = w.pairs("retry-after", "date")
			return err
		case "content":
			return w.content(h)
		case "_error": // Chromium's
			return w.into(&h.failure)
		case "_fetchType": // Safari's: Memory Cache, Disk Cache, Network Load
			return w.into(&h.fetched)
		}
		return w.pass()
	})
	return err
}

func (w walker) content(h *harEntry) error {
	_, err := w.members(func(name string) error {
		switch name {
		case "text":
			return w.into(&h.text)
		case "encoding":
			return w.into(&h.encoding)
		}
		return w.pass()
	})
	return err
}

// pairs reads a list of names with their values, and keeps those that are
// wanted, the first of each.
func (w walker) pairs(wanted ...string) (map[string]string, error) {
	kept := map[string]string{}
	_, err := w.elements(func() error {
		var pair, value string
		_, err := w.members(func(name string) error {
			switch name {
			case "name":
				return w.into(&pair)
			case "value":
				return w.into(&value)
			}
			return w.pass()
		})
		for _, name := range wanted {
			if strings.EqualFold(pair, name) && kept[name] == "" {
				kept[name] = strings.Clone(value)
			}
		}
		return err
	})
	return kept, err
}

// entry gives what an import makes of it, if that can be read.
func (h *harEntry) entry() (e entry, readable bool) {
	status, err := strconv.Atoi(h.status)
	if h.status != "" && err != nil {
		return e, false
	}
	e.exchange = plugin.Exchange{Method: strings.ToUpper(h.method), URL: h.url, Status: max(status, 0), Headers: h.responded, Body: h.text}
	e.cached = h.cache != "" || strings.Contains(h.fetched, "Cache")
	if at, err := time.Parse(time.RFC3339, h.started); err == nil {
		took, _ := strconv.ParseFloat(h.time, 64)
		e.at = at.UnixMilli() + int64(max(took, 0))
		if !strings.HasSuffix(h.started, "Z") { // Z is how browsers write any place
			_, seconds := at.Zone()
			minutes := seconds / 60
			e.offset = &minutes
		}
	}
	if h.encoding == "base64" {
		body, _ := base64.StdEncoding.DecodeString(h.text)
		e.exchange.Body = string(body)
	}
	if e.exchange.Status == 0 {
		e.exchange.Failure = failureOf(h.failure)
	}
	sent := parametersOf(h)
	e.exchange.Request = sent.request()
	e.exchange.Request.IdempotencyKey = h.requested["x-idempotency-key"]
	if e.sale = h.requested["x-reference-id"]; e.sale == "" {
		e.sale = sent.text("request_id")
	}
	return e, true
}
