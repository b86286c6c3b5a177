package nolies

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// overHTTP is a lane whose Flexiti and whose till are behind connections. Its
// sales follow one another: the two servers deal with the world that is played.
func overHTTP(t *testing.T, e serve.Engine) *lane {
	var current atomic.Pointer[world]
	flexiti := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { current.Load().sim.ServeHTTP(w, r) }))
	server, err := serve.New(serve.Config{Engine: e, Clock: func() time.Time {
		if w := current.Load(); w != nil {
			return w.now()
		}
		return time.UnixMilli(0)
	}})
	require.NoError(t, err)
	till := httptest.NewServer(server.Handler())
	wire := &http.Transport{}
	t.Cleanup(func() {
		wire.CloseIdleConnections()
		flexiti.Close()
		till.Close()
		require.NoError(t, server.Close(context.Background()))
	})
	return &lane{
		url:    flexiti.URL,
		policy: oneForAll,
		open: func(w *world) http.RoundTripper {
			current.Store(w)
			return wire
		},
		teller: func(w *world) teller {
			return &served{w: w, server: server, url: till.URL, till: &pos.HTTPTill{URL: till.URL, Client: till.Client()}}
		},
	}
}

// served is tillwise behind its service.
type served struct {
	w       *world
	server  *serve.Server
	url     string
	till    *pos.HTTPTill
	unheard int // choices that the POS has not asked for yet
}

var errLost = errors.New("the till's reply is lost")

// tell loses some of the till's replies: the same event then comes once more.
func (s *served) tell(event []byte) ([]byte, error) {
	answer, err := s.till.Post(context.Background(), event)
	if err != nil {
		return nil, err
	}
	if r, tame := s.w.roll(); !tame && chance(r, 5) {
		s.w.tell("the till's reply is lost")
		return nil, errLost
	}
	return answer, nil
}

// press presses a key on the screen.
func (s *served) press(id plugin.ActionID, ref string) ([]byte, error) {
	if err := s.server.Choose(context.Background(), serve.Chosen{SaleID: s.w.order.SaleID, Ref: ref, Action: id}); err != nil {
		return nil, err
	}
	s.unheard++
	return s.card()
}

func (s *served) choice(after int64) (pos.Choice, error) {
	s.unheard--
	return s.till.Choice(context.Background(), s.w.order.SaleID, after)
}

func (s *served) waiting() bool { return s.unheard > 0 }

// card gets the sale's card, as a POS that draws it would.
func (s *served) card() ([]byte, error) {
	resp, err := http.Get(s.url + "/v1/sales/" + s.w.order.SaleID)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// TestOverHTTP has the module behind the service; under the race detector, where
// the module would take minutes, the plugin itself.
func TestOverHTTP(t *testing.T) {
	e := tillEngine(t)
	playMany(t, 1, many(2_000, 20), func() *lane { return overHTTP(t, e) })
}
