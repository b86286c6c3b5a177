// Package importer turns recordings of a POS's traffic into a journal: HAR 1.2,
// as browsers and proxies write it, and JSON lines of exchanges. Each Flexiti
// call is answered as on a till, sale by sale, and the record of that is kept.
//
// A recording is full of what must not be kept: tokens, names, card numbers.
// None of it is written anywhere. It goes to the module as an exchange, in
// memory, and what comes back is the record, whose facts are a whitelist. What
// tells sales apart is hashed under a key that is forgotten afterwards.
//
// A line of JSON lines is
//
//	{"at":1795530727000,"utc_offset_min":-300,"locale":"fr-CA","sale_id":"S-17","lane":"3","exchange":{…}}
//
// with the exchange as in an event; all but the exchange may be missing. Sales
// are told apart by the header x-reference-id, of the exchange or of its
// request, else by request_id in the request, else by sale_id. Lines and files
// are taken in the order in which they come, the oldest first.
package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// Reasons why an entry of a recording is skipped. An entry that the module
// refuses is skipped by the kind of its error.
const (
	SkipUnreadable = "unreadable"         // no JSON, or not of the format
	SkipForeign    = "not_a_flexiti_call" // another host or path
	SkipPreflight  = "browser_preflight"  // OPTIONS: the browser's, not the POS's
	SkipNoCall     = "not_a_call"         // CONNECT, HEAD, TRACE, a WebSocket, an answer from the cache
	SkipNoBody     = "body_not_recorded"  // there was one, and the recording does not have it
	SkipNoResponse = "no_response_recorded"
	SkipTooLong    = "line_too_long"       // beyond 1 MiB
	SkipCard       = "may_hold_a_card"     // the journal's guard refused the record
	SkipNoExchange = "line_of_no_exchange" // a JSON line without an exchange
)

// Engine is what an import needs of host.Engine.
type Engine interface {
	Answer(ctx context.Context, ev host.Event) (host.Answer, error)
	ModuleSHA256() string
}

// Config says where an import goes.
type Config struct {
	Engine Engine
	Dir    string // the journal's folder
	Store  string
	Locale string // of entries that name none; empty: en-CA
}

// Report counts what became of a recording's entries.
type Report struct {
	Entries int64
	Records int64
	Sales   int
	Undated int64 // entries of a HAR whose time could not be read
	Skipped map[string]int64
}

// entry is one exchange of a recording, whatever the format.
type entry struct {
	at       int64 // Unix milliseconds; 0: not known
	order    int64 // in a HAR: at, or that of the entry before
	offset   *int
	locale   string
	lane     string
	sale     string // whatever tells sales apart, in clear; never written
	cached   bool   // the browser asked nobody
	missing  string // why the recording does not say what came of it
	exchange plugin.Exchange
}

type importer struct {
	Config
	key    []byte
	writer *journal.Writer
	sales  map[string][]byte // what the last answer of each sale gave back
	report Report
}

// Import reads recordings and appends their records to the journal in c.Dir.
// What cannot be used of a recording is counted, not fatal; the error is of
// the disk.
func Import(ctx context.Context, c Config, paths ...string) (*Report, error) {
	i := &importer{
		Config: c, key: journal.NewKey(), sales: map[string][]byte{},
		report: Report{Skipped: map[string]int64{}},
		writer: journal.New(journal.Config{Dir: c.Dir, Store: c.Store, Module: c.Engine.ModuleSHA256(), Origin: "imported"}),
	}
	err := i.writer.Ready()
	for _, path := range paths {
		if err == nil {
			err = i.file(ctx, path)
		}
	}
	i.report.Sales = len(i.sales)
	return &i.report, errors.Join(err, i.writer.Close())
}

func (i *importer) file(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("importing: %w", err)
	}
	defer f.Close()
	in, err := unpacked(f)
	if err != nil {
		i.report.Entries++
		i.skip(SkipUnreadable)
		return nil
	}
	if start, _ := in.Peek(maxLineSize); isHAR(start) { // what is wrong with the rest shows when it is read
		err = i.har(ctx, in)
	} else {
		err = i.lines(ctx, in)
	}
	if err != nil {
		return fmt.Errorf("importing %s: %w", path, err)
	}
	return nil
}

func (i *importer) skip(reason string) { i.report.Skipped[reason]++ }

// add answers one exchange, and keeps the record.
func (i *importer) add(ctx context.Context, e entry) error {
	if reason := leaveOut(e); reason != "" {
		i.skip(reason)
		return nil
	}
	id := e.sale
	if id == "" && e.missing != "" { // no other card will be about it
		i.skip(e.missing)
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
		i.skip(kindOf(err))
		return ctx.Err()
	}
	if e.missing != "" {
		// No till saw this, so it is no record. But it was sent: the sale's
		// next cards must not say that nothing was taken.
		i.sales[id] = a.Sale
		i.skip(e.missing)
		return nil
	}
	err = i.writer.Append(journal.Entry{At: e.at, SaleID: id, Lane: e.lane, Record: a.Record})
	if errors.Is(err, journal.ErrCardNumber) {
		i.skip(SkipCard)
		return nil
	}
	if err != nil {
		return err
	}
	i.sales[id] = a.Sale
	i.report.Records++
	return nil
}

// leaveOut says why an entry is none of the POS's calls to Flexiti. What a
// proxy or a browser does on its own moves no money, and must not look as if it did.
func leaveOut(e entry) (reason string) {
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

// Text says in a few lines what became of the entries.
func (r *Report) Text() string {
	var b strings.Builder
	skipped := int64(0)
	for _, n := range r.Skipped {
		skipped += n
	}
	fmt.Fprintf(&b, "%d entries = %d records + %d skipped, %d sales\n", r.Entries, r.Records, skipped, r.Sales)
	for _, reason := range sortedKeys(r.Skipped) {
		fmt.Fprintf(&b, "  skipped: %d %s\n", r.Skipped[reason], reason)
	}
	if r.Undated > 0 {
		fmt.Fprintf(&b, "  without a time that can be read: %d, which keep their place\n", r.Undated)
	}
	return b.String()
}

const maxLineSize = 1 << 20

// lines reads JSON lines.
func (i *importer) lines(ctx context.Context, in *bufio.Reader) error {
	for {
		line, err := in.ReadSlice('\n')
		tooLong := false
		for errors.Is(err, bufio.ErrBufferFull) {
			tooLong = true
			_, err = in.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if text := bytes.TrimSpace(line); len(text) > 0 || tooLong {
			i.report.Entries++
			if tooLong {
				i.skip(SkipTooLong)
			} else if failed := i.line(ctx, text); failed != nil {
				return failed
			}
		}
		if err != nil {
			return nil
		}
	}
}
