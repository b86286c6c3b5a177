package importer

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

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
	return cmp.Or(header(ids.Request.Headers, "x-reference-id"), header(ids.Headers, "x-reference-id"), ids.Request.RequestID)
}

func (i *importer) line(ctx context.Context, text []byte) error {
	var l jsonLine
	if err := json.Unmarshal(text, &l); err != nil {
		i.skip(SkipUnreadable)
		return nil
	}
	if l.Exchange == nil {
		i.skip(SkipNoExchange)
		return nil
	}
	if !journal.PlainName(l.Lane) {
		l.Lane = ""
	}
	sale := cmp.Or(l.Exchange.ids.sale(), l.SaleID)
	return i.add(ctx, entry{
		at: l.At, offset: l.UTCOffsetMin, locale: l.Locale, lane: l.Lane, sale: sale, exchange: l.Exchange.Exchange,
	})
}

func sortedKeys(m map[string]int64) []string { return slices.Sorted(maps.Keys(m)) }

func header(headers map[string]string, name string) string {
	for n, value := range headers {
		if strings.EqualFold(n, name) {
			return value
		}
	}
	return ""
}
