package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/exchange"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// add answers one exchange, and keeps the record.
func (i *importer) add(ctx context.Context, e entry) error {
	id, s := i.saleOf(&e)
	if e.locale == "" {
		e.locale = i.Locale
	}
	a, why := i.Engine.Answer(ctx, host.Event{
		V: plugin.ABI, At: e.at, UTCOffsetMin: e.offset, Locale: e.locale, Exchange: &e.exchange, Sale: s.state,
	})
	if err := stopped(ctx); err != nil {
		return err
	}
	// The call was sent, whether or not a record comes of it: the sale's next
	// cards must not say that nothing was taken.
	if err := i.keep(&e, s, a.Sale); err != nil {
		return err
	}
	if why != nil || len(a.Record) == 0 {
		i.unread(e.n, kindOf(why))
		return nil
	}
	if e.missing != "" { // no till saw this
		i.unread(e.n, e.missing)
		return nil
	}
	err := i.writer.Append(journal.Entry{At: e.at, SaleID: id, Lane: e.lane, Record: a.Record})
	if errors.Is(err, journal.ErrCardNumber) {
		i.unread(e.n, SkipCard)
		return nil
	}
	if err != nil {
		return err
	}
	if i.report.Records++; !s.recorded {
		s.recorded = true
		i.report.Sales++
	}
	if e.sale == "" {
		i.report.Alone++
	}
	if e.undated {
		i.report.Undated++
		i.notWhole(e.n, "no_time")
	}
	return nil
}

// saleOf gives the sale that an entry is of, and the id that hides its own. An
// entry of which nothing tells that is a sale of its own, and soon forgotten.
func (i *importer) saleOf(e *entry) (id string, s *sale) {
	if e.sale == "" {
		i.alone++
		return journal.HideID(i.key, fmt.Sprintf("\x00%d", i.alone)), &sale{} // no header and no form begins so
	}
	id = journal.HideID(i.key, e.sale)
	if i.sales[id] == nil {
		i.sales[id] = &sale{}
		i.held += overhead
	}
	return id, i.sales[id]
}

func (i *importer) keep(e *entry, s *sale, state json.RawMessage) error {
	more := len(state) - len(s.state)
	s.state = state
	if e.sale == "" {
		return nil
	}
	return i.hold(int64(more))
}

// leaveOut says why an entry is none of the POS's calls to Flexiti.
func leaveOut(e *entry) (reason string) {
	x := e.exchange
	switch method := strings.ToUpper(x.Method); {
	case method == "OPTIONS":
		return SkipPreflight
	case x.Operation == "" && !exchange.IsPOSAPI(x.URL):
		return SkipForeign
	case !exchange.IsCall(method, x.Status), e.cached:
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
