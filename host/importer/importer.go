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
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
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

// entry is one exchange of a recording, whatever the format.
type entry struct {
	n        int64 // its place in the recording, from 1
	at       int64 // Unix milliseconds; 0: not known
	order    int64 // in a HAR: at, or that of the entry before
	offset   *int
	locale   string
	lane     string
	sale     string // whatever tells sales apart, in clear; never written
	undated  bool   // there should be a time, and it cannot be read
	cached   bool   // the browser asked nobody
	missing  string // why the recording does not say what came of it
	exchange plugin.Exchange
}

type importer struct {
	Config
	key    []byte
	writer *journal.Writer
	sales  map[string][]byte // what the last answer of each sale gave back
	path   string            // of the recording that is being read
	unit   string            // what of it is counted: entry, line
	report Report
}

// Import reads recordings and appends their records to the journal in c.Dir,
// which is made when there is a first one. What cannot be used of a recording
// is counted, not fatal; the error is of the disk.
func Import(ctx context.Context, c Config, paths ...string) (*Report, error) {
	if !journal.PlainName(c.Store) {
		return &Report{}, fmt.Errorf("importing: the store number %q has other letters than A-Z a-z 0-9 . _ - or more than 64", c.Store)
	}
	i := &importer{
		Config: c, key: journal.NewKey(), sales: map[string][]byte{},
		report: Report{Skipped: map[string]int64{}},
		writer: journal.New(journal.Config{Dir: c.Dir, Store: c.Store, Module: c.Engine.ModuleSHA256(), Origin: "imported"}),
	}
	var err error
	for _, path := range paths {
		if err = i.file(ctx, path); err != nil {
			err = fmt.Errorf("importing %s: %w", path, err)
			break
		}
	}
	i.report.Sales = len(i.sales)
	i.report.skip(SkipNotReached, i.report.Entries-i.report.Records-i.report.skipped())
	return &i.report, errors.Join(err, i.writer.Close())
}

func (i *importer) file(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	i.path, i.unit = path, "line"
	in, err := unpacked(f)
	if err != nil {
		i.report.Entries++
		i.unread(1, SkipUnreadable)
		return nil
	}
	if start, _ := in.Peek(maxLineSize); isHAR(start) { // what is wrong with the rest shows when it is read
		i.unit = "entry"
		return i.har(ctx, in)
	}
	return i.lines(ctx, in)
}
