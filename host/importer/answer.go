package importer

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// add answers one exchange, and keeps the record.
func (i *importer) add(ctx context.Context, e entry) error {
	id := e.sale
	if id == "" && e.missing != "" { // no other card will be about it
		i.unread(e.n, e.missing)
		return nil
	}
	if id == "" { // nothing tells: a sale of its own
		id = fmt.Sprintf("entry %d", i.report.Entries)
	}
	id = journal.HideID(i.key, id)
	if e.locale == "" {
		e.locale = i.Locale
	}
	a, err := i.Engine.Answer(ctx, host.Event{
		V: plugin.ABI, At: e.at, UTCOffsetMin: e.offset, Locale: e.locale, Exchange: &e.exchange, Sale: i.sales[id],
	})
	if err != nil || len(a.Record) == 0 {
		if ctx.Err() == nil {
			i.unread(e.n, kindOf(err))
		}
		return ctx.Err()
	}
	if e.missing != "" {
		// No till saw this, so it is no record. But it was sent: the sale's
		// next cards must not say that nothing was taken.
		i.sales[id] = a.Sale
		i.unread(e.n, e.missing)
		return nil
	}
	err = i.writer.Append(journal.Entry{At: e.at, SaleID: id, Lane: e.lane, Record: a.Record})
	if errors.Is(err, journal.ErrCardNumber) {
		i.unread(e.n, SkipCard)
		return nil
	}
	if err != nil {
		return err
	}
	i.sales[id] = a.Sale
	i.report.Records++
	if e.undated {
		i.report.Undated++
		i.notWhole(e.n, "no_time")
	}
	return nil
}

// leaveOut says why an entry is none of the POS's calls to Flexiti. What a
// proxy or a browser does on its own moves no money, and must not look as if it did.
func leaveOut(e *entry) (reason string) {
	x := e.exchange
	switch method := strings.ToUpper(x.Method); {
	case method == "OPTIONS":
		return SkipPreflight
	case x.Operation == "" && !isFlexiti(x.URL):
		return SkipForeign
	case method == "CONNECT", method == "HEAD", method == "TRACE", x.Status == 101, x.Status == 304, e.cached:
		return SkipNoCall
	}
	return ""
}

func kindOf(err error) string {
	var p *plugin.Error
	if errors.As(err, &p) {
		return string(p.Kind)
	}
	return string(plugin.ModuleFailed)
}

// isFlexiti says whether a URL is one of the POS API's, directly or behind a proxy.
func isFlexiti(url string) bool {
	url = strings.ToLower(url)
	if path, _, _ := strings.Cut(url, "?"); strings.Contains(path, "/pos-api/") {
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
