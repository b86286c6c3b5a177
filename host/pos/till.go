package pos

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"

	"github.com/tillwise/tillwise/plugin"
)

// Till is tillwise, as a POS needs it: HTTPTill, or something of a test's.
type Till interface {
	// Post hands over one event and gives the answer to it, as JSON. An error that
	// is ErrNotTaken is of no use to repeat; after any other the same event is posted again.
	Post(ctx context.Context, event []byte) (reply []byte, err error)
	// Choice waits until the cashier has chosen something for the sale, and gives
	// the first choice after number after.
	Choice(ctx context.Context, saleID string, after int64) (Choice, error)
}

// Choice is what the cashier chose on the screen (host/serve/README.md, "Choices").
type Choice struct {
	N         int64           `json:"n"`
	Ref       string          `json:"ref"` // the card's
	Action    plugin.ActionID `json:"action"`
	Next      *plugin.Next    `json:"next"`      // the call to make
	Overtaken bool            `json:"overtaken"` // a Next must not be sent any more
}

// ErrNotTaken says that tillwise will not take an event as it is: this program
// is wrong, and is to be put right.
var ErrNotTaken = errors.New("tillwise did not take the event")

// HTTPTill is tillwise over HTTP, `tillwise till` or `tillwise serve`. It is safe
// for concurrent use.
type HTTPTill struct {
	URL    string       // "http://127.0.0.1:7411"
	Token  string       // where the till asks for one
	Client *http.Client // nil: http.DefaultClient

	mu      sync.Mutex
	fetched map[string][]Choice // told of once, and not carried out yet: a second time they come overtaken
}

// Post implements Till.
func (t *HTTPTill) Post(ctx context.Context, event []byte) ([]byte, error) {
	return t.do(ctx, http.MethodPost, "/v1/events", event)
}

// Choice implements Till. It asks with one long request after the other.
func (t *HTTPTill) Choice(ctx context.Context, saleID string, after int64) (Choice, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		for i, c := range t.fetched[saleID] {
			if c.N > after {
				t.fetched[saleID] = t.fetched[saleID][i:]
				return c, nil
			}
		}
		delete(t.fetched, saleID)
		raw, err := t.ask(ctx, fmt.Sprintf("/v1/sales/%s/actions?after=%d&wait_s=30", url.PathEscape(saleID), after))
		if err != nil {
			return Choice{}, err
		}
		var list []Choice
		if err := json.Unmarshal(raw, &list); err != nil {
			return Choice{}, fmt.Errorf("reading the choices of the sale: %w", err)
		}
		if len(list) > 0 {
			if t.fetched == nil {
				t.fetched = map[string][]Choice{}
			}
			t.fetched[saleID] = list
		}
	}
}

// ask lets others in while it waits.
func (t *HTTPTill) ask(ctx context.Context, path string) ([]byte, error) {
	t.mu.Unlock()
	defer t.mu.Lock()
	return t.do(ctx, http.MethodGet, path, nil)
}

func (t *HTTPTill) do(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, t.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("asking tillwise: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	if t.Token != "" {
		r.Header.Set("Authorization", "Bearer "+t.Token)
	}
	reply, err := cmp.Or(t.Client, http.DefaultClient).Do(r)
	if err != nil {
		return nil, fmt.Errorf("asking tillwise: %w", err)
	}
	defer reply.Body.Close()
	raw, err := io.ReadAll(reply.Body)
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading tillwise's reply: %w", err)
	case reply.StatusCode >= 400 && reply.StatusCode < 500:
		return nil, fmt.Errorf("%w: %s: %s", ErrNotTaken, reply.Status, raw)
	case reply.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("asking tillwise: it answers %s", reply.Status)
	}
	return raw, nil
}
