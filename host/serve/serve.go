// Package serve is the till over HTTP: the POS beside it posts events and gets
// answers, the cashier's screen shows the cards, and what the cashier chooses
// goes back to the POS. README.md, beside this file, is its reference.
//
// # Sales
//
// An event names its sale by sale_id, and then the sale is kept here; or it
// brings the sale along, and gets the next one back. One sale's events are taken
// in turn, different sales at once. A sale, the card that it shows, its answers
// and its choices are on the disk before the POS gets its reply (host/store).
// They stay while money of the sale is unknown or held, at most 120 days, and
// seven days more; too many are bounded by letting the oldest of the others go.
//
// # One parser
//
// What an event is about, plugin.Module.Read says: the reader that decides. The
// service only takes out what is its own (sale_id, lane, display, pin, settled_by),
// puts in what it keeps (sale, locale), and never looks at the rest by itself.
//
// # What a failure does
//
// The sale is never blocked. An event that cannot be read gets a named error,
// leaves a careful card on the screen and, where it may have been about money,
// the doubt with its sale; a module that cannot answer leaves that card in the
// answer as well, with the error beside it. A disk that fails is said and tried
// again, and a slow one is not waited for.
//
// # Who may ask
//
// Whoever can open a connection, since the till listens on loopback unless it
// is asked otherwise; with a token, who has it. Any web page in a browser on the
// till can open a connection too, so a request must name this till as its
// Host, must not come from a page of another origin, and must carry JSON.
package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/host/store"
	"github.com/tillwise/tillwise/plugin"
)

// Engine is what a Server needs of a *host.Engine.
type Engine interface {
	Take(ctx context.Context, event []byte) (raw []byte, a host.Answer, err error)
	Describe(ctx context.Context) ([]byte, error)
	Safe(ev host.Event) host.Answer
	Fallback() error
	Instances() int
	ModuleSHA256() string
}

// Journal is where records are kept: a *journal.Writer.
type Journal interface {
	// Append writes records; all of them are on the disk when it returns nil.
	Append(entries ...journal.Entry) error
	// Lost counts records that never came to Append. It must return at once,
	// also while an Append hangs.
	Lost(n int64)
}

// Config says what a Server works with. Only Engine is required.
type Config struct {
	Engine Engine
	Listen string             // the address asked for: requests may name its host
	Token  string             // that each request must bear; empty: none
	Lane   string             // this till's, for events that name none
	Lang   func() plugin.Lang // for events that name no locale; nil: the module's default
	Show   func(host.Card)    // must return at once, and may be called from any goroutine
	// State is the folder of the sales; empty: they end with the till.
	State string
	// Journal keeps the records.
	Journal Journal
	// Trouble hears that the sales or the records are not being kept, and with nil
	// that they are again. It may be called from any goroutine.
	Trouble func(Keeping, error)
	// Supervisor tells who has a PIN. Nil: settling asks for none.
	Supervisor func(pin string) (who string, ok bool)
	Clock      func() time.Time // nil: time.Now
	// Log hears of each request, and nothing of what is in it. Nil: nobody does.
	Log *slog.Logger
}

// Keeping is what may be in trouble.
type Keeping string

// What is kept.
const (
	KeepingSales   Keeping = "state"
	KeepingRecords Keeping = "journal"
)

// Server answers events for one till. It is safe for concurrent use.
type Server struct {
	config   Config
	store    *store.Store
	sales    *sales
	lanes    *lanes
	gate     gate
	keeper   *keeper
	prompts  *prompts
	meters   *meters
	memory   *semaphore.Weighted // that events may take while they are read
	nameless string              // the sale of events that cannot be read
	key      []byte              // under which sale ids are hidden
	stop     chan struct{}
	closing  sync.Once

	adopting atomic.Int32 // what a disk has given, and is not taken up yet
	ending   atomic.Bool  // Serve was asked to end
	probe    probe
}

// New gives a server, with the sales that its folder has. It fails where another
// till has the folder (store.ErrInUse). Close ends it.
func New(c Config) (*Server, error) {
	if c.Show == nil {
		c.Show = func(host.Card) {}
	}
	if c.Trouble == nil {
		c.Trouble = func(Keeping, error) {}
	}
	if c.Lang == nil {
		c.Lang = func() plugin.Lang { return "" }
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{config: c, prompts: newPrompts(), nameless: newName("own-"), memory: semaphore.NewWeighted(maxEvents), stop: make(chan struct{})}
	s.sales = newSales(c.Clock)
	s.lanes = newLanes(c.Engine.Instances(), c.Clock)
	s.sales.forget = s.forget
	s.meters = newMeters(s)
	found := make(chan map[string][]byte, 3) // at the start, late, and one to spare
	var err error
	s.store, err = store.Open(store.Config{
		Dir: c.State,
		Found: func(values map[string][]byte) {
			s.adopting.Add(1)
			found <- values
		},
		Trouble: func(err error) { c.Trouble(KeepingSales, err) },
	})
	if err != nil {
		return nil, fmt.Errorf("starting the till: %w", err)
	}
	for c.State != "" && len(found) > 0 {
		s.adopt(<-found)
		s.adopting.Add(-1)
	}
	s.key = s.ownKey()
	go s.adoptLate(found)
	if c.Journal != nil {
		s.keeper = newKeeper(c.Journal, func(err error) { c.Trouble(KeepingRecords, err) })
	}
	return s, nil
}

// adoptLate takes up what a disk gives that did not answer at the start.
func (s *Server) adoptLate(found <-chan map[string][]byte) {
	for {
		select {
		case values := <-found:
			for _, c := range s.adopt(values) {
				s.config.Show(c)
			}
			s.adopting.Add(-1)
		case <-s.stop:
			return
		}
	}
}

// Open gives the cards of the sales that are open: whose money is unknown or
// held, or whose card waits for somebody. The oldest stands first.
func (s *Server) Open() []host.Card { return s.sales.open() }

// Close waits until what is to be kept is on the disk, at most as long as
// ctx allows, and ends every wait for a choice. Events are still answered, but
// not kept.
func (s *Server) Close(ctx context.Context) (err error) {
	s.closing.Do(func() {
		close(s.stop)
		if s.keeper != nil {
			err = s.keeper.close(ctx)
		}
		err = errors.Join(err, s.store.Close(ctx))
		if errors.Is(err, store.ErrNowhere) {
			err = nil
		}
	})
	return err
}

// troubles are what is not as it should be, by name.
func (s *Server) troubles() []string {
	out := []string{}
	if s.store.Trouble() != nil || s.adopting.Load() > 0 {
		out = append(out, string(KeepingSales))
	}
	if s.keeper != nil && s.keeper.ailing.Load() {
		out = append(out, string(KeepingRecords))
	}
	if s.config.Engine.Fallback() != nil {
		out = append(out, "module")
	}
	if s.probe.mute() {
		out = append(out, "engine")
	}
	if s.ending.Load() {
		out = append(out, "ending")
	}
	return out
}

// safe gives the careful card for an event, as the module understands it.
func (s *Server) safe(r plugin.Reading, sale json.RawMessage) host.Answer {
	ev := host.Event{V: plugin.ABI, At: r.At, UTCOffsetMin: r.UTCOffsetMin, Locale: r.Locale, CustomerLocale: r.CustomerLocale,
		Exchange: &plugin.Exchange{Operation: r.Operation}, Sale: sale}
	if ev.At == 0 {
		ev.At = s.config.Clock().UnixMilli()
	}
	if ev.Locale == "" {
		ev.Locale = string(s.config.Lang())
	}
	return s.config.Engine.Safe(ev)
}
