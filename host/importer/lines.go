package importer

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// jsonLine is one line of the JSON lines format.
type jsonLine struct {
	At           int64            `json:"at"`
	UTCOffsetMin *int             `json:"utc_offset_min"`
	Locale       string           `json:"locale"`
	SaleID       string           `json:"sale_id"`
	Lane         string           `json:"lane"`
	Exchange     *plugin.Exchange `json:"exchange"`
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
	sale := l.SaleID
	if id := header(l.Exchange.Headers, "x-reference-id"); id != "" {
		sale = id
	}
	if !journal.PlainName(l.Lane) {
		l.Lane = ""
	}
	return i.add(ctx, entry{l.At, l.UTCOffsetMin, l.Locale, l.Lane, sale, *l.Exchange})
}

func sortedKeys(m map[string]int64) []string { return slices.Sorted(maps.Keys(m)) }
