package importer

import (
	"strings"

	"github.com/tillwise/tillwise/host/exchange"
)

// harEntry is what is read of an entry of HAR 1.2: each value as it stands.
type harEntry struct {
	started, time          string
	method, url            string
	requested, responded   map[string]string // the headers that are wanted, by their names in small letters
	sent                   string
	params                 map[string]string
	status, text, encoding string
	hasText                bool
	size, encoded          string // bytes of the body, and as it was sent
	failure                string // why the reply did not come, or not whole
	cache, fetched         string // what Chromium and Safari say of an answer that came from the cache
}

// entry reads one entry; nil stands for another value.
func (w walker) entry() (*harEntry, error) {
	h := &harEntry{}
	object, err := w.members(func(name string) error {
		switch name {
		case "startedDateTime":
			return w.into(&h.started)
		case "time": // milliseconds
			return w.into(&h.time)
		case "_fromCache": // Chromium's: memory, disk
			return w.into(&h.cache)
		case "request":
			return w.request(h)
		case "response":
			return w.response(h)
		}
		return w.pass()
	})
	if !object {
		return nil, err
	}
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
			h.params, err = w.pairs(exchange.Parameters...)
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
			h.responded, err = w.pairs("retry-after", "date", "content-length", "x-reference-id")
			return err
		case "bodySize":
			return w.into(&h.encoded)
		case "content":
			return w.content(h)
		case "_error", "_failureText", "_errorMessage", "_charlesStatus":
			return w.failure(h)
		case "_fetchType": // Safari's: Memory Cache, Disk Cache, Network Load
			return w.into(&h.fetched)
		}
		return w.pass()
	})
	return err
}

func (w walker) content(h *harEntry) error {
	_, err := w.members(func(name string) (err error) {
		switch name {
		case "text":
			h.text, h.hasText, err = w.scalar()
			return err
		case "size":
			return w.into(&h.size)
		case "encoding":
			return w.into(&h.encoding)
		}
		return w.pass()
	})
	return err
}

// failure reads why a reply did not come, or not whole: _error of Chromium,
// Safari and mitmproxy, _failureText of Playwright, _errorMessage of
// BrowserMob, and Charles's state, which is COMPLETE when all is well.
func (w walker) failure(h *harEntry) error {
	text, _, err := w.scalar()
	if h.failure == "" && !strings.EqualFold(text, "COMPLETE") {
		h.failure = text
	}
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
				kept[name] = value
			}
		}
		return err
	})
	return kept, err
}
