package importer

import (
	"bufio"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// harEntry is what is read of an entry of HAR 1.2. Chromium adds _error.
type harEntry struct {
	StartedDateTime string  `json:"startedDateTime"`
	Time            float64 `json:"time"` // milliseconds
	Request         struct {
		Method   string      `json:"method"`
		URL      string      `json:"url"`
		Headers  []harHeader `json:"headers"`
		PostData struct {
			Text   string      `json:"text"`
			Params []harHeader `json:"params"`
		} `json:"postData"`
	} `json:"request"`
	Response struct {
		Status  int         `json:"status"`
		Headers []harHeader `json:"headers"`
		Content struct {
			Text     string `json:"text"`
			Encoding string `json:"encoding"`
		} `json:"content"`
		Error string `json:"_error"`
	} `json:"response"`
}

type harHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// har reads a HAR file's entries and adds them in the order of their times.
// Nothing but the whitelisted parts of an entry is held meanwhile.
func (i *importer) har(ctx context.Context, in *bufio.Reader) error {
	if r, _, err := in.ReadRune(); err == nil && r != '\ufeff' {
		_ = in.UnreadRune() // the first rune was just read
	}
	var entries []entry
	d := json.NewDecoder(in)
	err := eachHAREntry(d, func(e *harEntry, bad bool) {
		i.report.Entries++
		if bad {
			i.skip(SkipUnreadable)
			return
		}
		entries = append(entries, e.entry())
	})
	if err != nil { // the rest of the file is not to be read: as many entries as it may hold count as one
		i.report.Entries++
		i.skip(SkipUnreadable)
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.at, b.at) })
	for _, e := range entries {
		if err := i.add(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// eachHAREntry walks to log.entries and reads them one by one.
func eachHAREntry(d *json.Decoder, f func(e *harEntry, bad bool)) error {
	return eachMember(d, "log", func() error {
		return eachMember(d, "entries", func() error {
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return errors.Join(err, errors.New("the entries are no list"))
			}
			for d.More() {
				var e harEntry
				err := d.Decode(&e)
				var wrongType *json.UnmarshalTypeError
				if err != nil && !errors.As(err, &wrongType) {
					return err
				}
				f(&e, err != nil)
			}
			_, err := d.Token()
			return err
		})
	})
}

// eachMember reads an object, calls f where the value of name begins, and passes over all else.
func eachMember(d *json.Decoder, name string, f func() error) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(err, errors.New("no object"))
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if key == name {
			err = f()
		} else {
			var other json.RawMessage
			err = d.Decode(&other)
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token()
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func (h *harEntry) entry() entry {
	e := entry{exchange: plugin.Exchange{
		Method: strings.ToUpper(h.Request.Method), URL: h.Request.URL, Status: max(h.Response.Status, 0),
		Headers: map[string]string{},
	}}
	if at, err := time.Parse(time.RFC3339, h.StartedDateTime); err == nil {
		e.at = at.UnixMilli() + int64(max(h.Time, 0))
		if !strings.HasSuffix(h.StartedDateTime, "Z") { // Z is how browsers write any place
			_, seconds := at.Zone()
			minutes := seconds / 60
			e.offset = &minutes
		}
	}
	for _, wanted := range []string{"content-type", "retry-after", "date"} {
		if value := find(h.Response.Headers, wanted); value != "" {
			e.exchange.Headers[wanted] = value
		}
	}
	e.exchange.Body = h.Response.Content.Text
	if h.Response.Content.Encoding == "base64" {
		body, _ := base64.StdEncoding.DecodeString(e.exchange.Body)
		e.exchange.Body = string(body)
	}
	if e.exchange.Status == 0 {
		e.exchange.Failure = failureOf(h.Response.Error)
	}
	sent := parametersOf(h)
	e.exchange.Request = sent.request()
	e.exchange.Request.IdempotencyKey = find(h.Request.Headers, "x-idempotency-key")
	e.sale = find(h.Request.Headers, "x-reference-id")
	if e.sale == "" {
		e.sale = sent.text("request_id")
	}
	return e
}

func find(headers []harHeader, name string) string {
	for _, h := range headers {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

func header(headers map[string]string, name string) string {
	for n, value := range headers {
		if strings.EqualFold(n, name) {
			return value
		}
	}
	return ""
}

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

// parameters are what a request's body held, as JSON or as a form.
type parameters map[string]any

func parametersOf(h *harEntry) parameters {
	p := parameters{}
	d := json.NewDecoder(strings.NewReader(h.Request.PostData.Text))
	d.UseNumber()
	if d.Decode(&p) == nil {
		return p
	}
	p = parameters{}
	if form, err := url.ParseQuery(h.Request.PostData.Text); err == nil {
		for name := range form {
			p[name] = form.Get(name)
		}
	}
	for _, param := range h.Request.PostData.Params {
		p[param.Name] = param.Value
	}
	return p
}

// text gives a parameter that is a string or a number.
func (p parameters) text(name string) string {
	switch v := p[name].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// request keeps the little of a request that a decision may depend on.
func (p parameters) request() plugin.Request {
	r := plugin.Request{
		Format: plugin.Method(p.text("format")), TransactionType: p.text("transaction_type"), Amount: p.text("amount"),
	}
	if option, ok := p["financing_option"].(map[string]any); ok && r.TransactionType == "" {
		r.TransactionType = parameters(option).text("transaction_type")
	}
	switch v := p["auto_capture"].(type) {
	case bool:
		r.AutoCapture = &v
	case string:
		yes := strings.EqualFold(v, "true")
		r.AutoCapture = &yes
	}
	return r
}
