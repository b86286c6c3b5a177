package importer

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/tillwise/tillwise/host/exchange"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

const maxLineSize = 1 << 20

// jsonLine is one line of the JSON lines format.
type jsonLine struct {
	At           int64         `json:"at"`
	UTCOffsetMin *int          `json:"utc_offset_min"`
	Locale       string        `json:"locale"`
	SaleID       string        `json:"sale_id"`
	Lane         string        `json:"lane"`
	Exchange     *lineExchange `json:"exchange"`
}

// lineExchange is an event's exchange, with what of its request tells sales apart.
type lineExchange struct {
	plugin.Exchange
	ids requestIDs
}

type requestIDs struct {
	Headers map[string]string `json:"headers"`
	Request struct {
		RequestID string            `json:"request_id"`
		Headers   map[string]string `json:"headers"`
	} `json:"request"`
}

func (x *lineExchange) UnmarshalJSON(b []byte) error {
	var told struct {
		plugin.Exchange
		Request struct {
			plugin.Request
			IdempotencyKey sentKey `json:"idempotency_key"`
		} `json:"request"`
	}
	err := errors.Join(json.Unmarshal(b, &told), json.Unmarshal(b, &x.ids))
	x.Exchange, x.Exchange.Request = told.Exchange, told.Request.Request
	x.Exchange.Request.IdempotencyKey = string(told.Request.IdempotencyKey)
	return err
}

// sentKey is an idempotency key, or true where only that one was sent is known.
type sentKey string

func (k *sentKey) UnmarshalJSON(b []byte) error {
	if string(b) == "true" || string(b) == "false" {
		*k = map[string]sentKey{"true": plugin.KeySent}[string(b)]
		return nil
	}
	return json.Unmarshal(b, (*string)(k))
}

// sale gives whatever is there, the surest first.
func (ids *requestIDs) sale() string {
	return exchange.SaleOf(header(ids.Request.Headers, "x-reference-id"), header(ids.Headers, "x-reference-id"), ids.Request.RequestID)
}

// lines reads JSON lines.
func (i *importer) lines(ctx context.Context, in *bufio.Reader) error {
	empty := true
	for n := int64(1); ; n++ {
		line, err := in.ReadSlice('\n')
		tooLong := false
		for errors.Is(err, bufio.ErrBufferFull) {
			tooLong = true
			_, err = in.ReadSlice('\n')
		}
		ended := errors.Is(err, io.EOF)
		text := bytes.TrimSpace(line)
		if err != nil && !ended {
			return i.breaksOff(n)
		}
		switch {
		case tooLong:
			i.report.Entries++
			i.unread(n, SkipTooLong)
		case len(text) > 0:
			i.report.Entries++
			if err := i.line(ctx, n, text); err != nil {
				return err
			}
		case ended && empty:
			i.report.Entries++
			i.unread(n, SkipEmpty)
		}
		if ended {
			return nil
		}
		empty = empty && !tooLong && len(text) == 0
	}
}

func (i *importer) line(ctx context.Context, n int64, text []byte) error {
	var l jsonLine
	if err := json.Unmarshal(text, &l); err != nil {
		i.unread(n, SkipUnreadable)
		return nil
	}
	if l.Exchange == nil {
		i.unread(n, SkipNoExchange)
		return nil
	}
	e := l.entry(n)
	if reason := leaveOut(&e); reason != "" {
		i.report.skip(reason, 1)
		return nil
	}
	return i.add(ctx, e)
}

func (l *jsonLine) entry(n int64) entry {
	e := entry{
		n: n, at: l.At, offset: l.UTCOffsetMin, locale: l.Locale, lane: l.Lane,
		sale: cmp.Or(l.Exchange.ids.sale(), l.SaleID), exchange: l.Exchange.Exchange,
	}
	if !journal.PlainName(e.lane) {
		e.lane = ""
	}
	return e
}

func header(headers map[string]string, name string) string {
	for n, value := range headers {
		if strings.EqualFold(n, name) {
			return value
		}
	}
	return ""
}
