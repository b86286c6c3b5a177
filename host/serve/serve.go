// Package serve is the till over HTTP: the POS beside it posts events and gets
// answers, the cashier's screen shows the cards, and what the cashier chooses
// goes back to the POS.
//
//	POST /v1/events                                  an event → its answer
//	GET  /v1/sales/{id}/actions?after=N&wait_s=30    → [{"n":1,"action":"…","next":{…}}]
//
// # Sales
//
// An event names its sale by sale_id, and then the sale is kept here, in
// memory; or it brings the sale along, and gets the next one back. One sale's
// events are taken in turn, different sales at once. Many sales are kept, and
// when there are too many the oldest closed one goes, then the oldest open one;
// a sale is never let go while it is not known what became of money of it, or
// some is held.
//
// A sale that is brought along has a name here too, so that the cashier can
// choose on its card: the answer's header Tillwise-Sale has it, and actions are
// asked for by it. The POS then posts the action with its own sale, as the
// contract says.
//
// # What a failure does
//
// The sale is never blocked. An event that cannot be read gets a named error
// and leaves a careful card on the screen; a module that cannot answer leaves
// that card in the answer as well, with the error beside it. A journal that
// fails is said and counted, and a slow one is not waited for.
//
// # Who may ask
//
// Whoever can open a connection, since the till listens on loopback unless it
// is asked otherwise. But any web page in a browser on the till can do that
// too, so a request must name this till as its Host, must not come from a page
// of another origin, and must carry JSON.
package serve

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/journal"
	"github.com/tillwise/tillwise/plugin"
)

// Engine is what a Server needs of a *host.Engine.
type Engine interface {
	AnswerJSON(ctx context.Context, event []byte) ([]byte, error)
	Safe(ev host.Event) host.Answer
}

// Journal is where records are kept: a *journal.Writer.
type Journal interface {
	Append(e journal.Entry) error
}

// Display is what the POS wants in the screen's top bar. It is kept nowhere.
type Display struct {
	Lane   string `json:"lane"`
	Sale   string `json:"sale"`
	Amount string `json:"amount"`
}

// Card is what the screen is to show of an answer.
type Card struct {
	SaleID         string
	Display        Display
	At             int64 // Unix milliseconds of the event; 0: not known
	UTCOffsetMin   *int
	CustomerLocale string
	Answer         host.Answer
}

// Config says what a Server works with. Only Engine is required.
type Config struct {
	Engine Engine
	Listen string             // the address asked for: requests may name its host
	Lane   string             // this till's, for the journal
	Lang   func() plugin.Lang // for events that name no locale; nil: the module's default
	Show   func(Card)         // must return at once, and may be called from any goroutine
	// Journal keeps the records, and Trouble hears that it does not, and with nil that it does again.
	Journal Journal
	Trouble func(error)
	Clock   func() time.Time // when the cashier chose; nil: time.Now
}

// Server answers events for one till. It is safe for concurrent use.
type Server struct {
	config   Config
	sales    *sales
	answered *answered
	keeper   *keeper
	nameless string // the sale of events that cannot be read
	stop     chan struct{}
	closing  sync.Once
}

// New gives a server. Close ends it.
func New(c Config) *Server {
	if c.Show == nil {
		c.Show = func(Card) {}
	}
	if c.Trouble == nil {
		c.Trouble = func(error) {}
	}
	if c.Lang == nil {
		c.Lang = func() plugin.Lang { return "" }
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	s := &Server{config: c, sales: newSales(), answered: newAnswered(), nameless: newName(), stop: make(chan struct{})}
	if c.Journal != nil {
		s.keeper = newKeeper(c.Journal, c.Trouble)
	}
	return s
}

// Restore takes up a sale from before a restart.
func (s *Server) Restore(id string, state json.RawMessage) {
	k := s.sales.enter(id)
	defer s.sales.leave(k)
	s.sales.become(k, state)
}

// Close waits until what is to be kept is in the journal, at most as long as
// ctx allows, and ends every wait for a choice. Events are still answered, but
// not kept.
func (s *Server) Close(ctx context.Context) (err error) {
	s.closing.Do(func() {
		close(s.stop)
		if s.keeper != nil {
			err = s.keeper.close(ctx)
		}
	})
	return err
}

// maxWait is how long a request for choices may wait.
const maxWait = 60 * time.Second

// Serve answers requests until ctx is done, and then lets those under way end.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      maxWait + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // it would write over the screen
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if server.Shutdown(grace) != nil {
		server.Close()
	}
	<-ended
	return nil
}
