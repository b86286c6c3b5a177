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
// with the exchange as in an event; all but the exchange may be missing. Files,
// and lines, are taken in the order in which they come, the oldest first; the
// entries of a HAR in the order of their times.
//
// Both formats tell sales apart alike, by host/exchange's rule: by the header
// x-reference-id, of the request or of its reply, else by request_id in the
// request; a line may say sale_id as well. A call that has none of these is a sale of its own. What
// stands beside it may be another customer's, and in one sale one customer's
// payment would settle the doubt about another's. So its record says what the
// call alone tells, and the report counts how many there are.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
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

type importer struct {
	Config
	key    []byte
	writer *journal.Writer
	sales  map[string]*sale // by their hidden ids
	path   string           // of the recording that is being read
	source *source          // what is being read
	unit   string           // what of it is counted: entry, line
	alone  int64            // entries of which nothing tells the sale
	held   int64            // bytes of sales, and of a HAR's entries
	limit  int64
	report Report
}

func newImporter(c Config) *importer {
	return &importer{
		Config: c, key: journal.NewKey(), sales: map[string]*sale{}, limit: maxHeld,
		report: Report{Skipped: map[string]int64{}},
		writer: journal.New(journal.Config{Dir: c.Dir, Store: c.Store, Module: c.Engine.ModuleSHA256(), Origin: "imported"}),
	}
}

// Import reads recordings and appends their records to the journal in c.Dir,
// which is made when there is a first one. What cannot be used of a recording
// is counted, not fatal; the error is of the disk.
func Import(ctx context.Context, c Config, paths ...string) (*Report, error) {
	if !journal.PlainName(c.Store) {
		return &Report{}, fmt.Errorf("importing: the store number %q has other letters than A-Z a-z 0-9 . _ - or more than 64", c.Store)
	}
	i := newImporter(c)
	var err error
	for _, path := range paths {
		if err = i.file(ctx, path); err != nil {
			err = fmt.Errorf("importing %s: %w", path, err)
			break
		}
	}
	i.report.skip(SkipNotReached, i.report.Entries-i.report.Records-i.report.skipped())
	return &i.report, errors.Join(err, i.writer.Close())
}

func (i *importer) file(ctx context.Context, path string) error {
	f, err := openFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	i.path = path
	return i.read(ctx, f)
}

func (i *importer) read(ctx context.Context, file io.Reader) error {
	i.source, i.unit = &source{ctx: ctx, in: file}, "line"
	in, err := unpacked(i.source)
	if err != nil {
		return i.breaksOff(1)
	}
	if start, _ := in.Peek(maxLineSize); isHAR(start) { // what is wrong with the rest shows when it is read
		i.unit = "entry"
		return i.har(ctx, in)
	}
	return i.lines(ctx, in)
}

// breaksOff is for a recording of which the rest, from its n-th entry on, cannot
// be read: as many as there may be count as one. A fault of the disk ends the import.
func (i *importer) breaksOff(n int64) error {
	if i.source.err != nil {
		return i.source.err
	}
	i.report.Entries++
	i.unread(n, SkipUnreadable)
	return nil
}
