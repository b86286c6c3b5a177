package pos

import (
	"bytes"
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
	// Post hands over one event and gives the answer, as JSON. An error that is
	// ErrNotTaken is of no use to repeat; after any other the same event is posted again.
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
	Next      *plugin.Next    `json:"next"`      // the call to make; nil: none
	Overtaken bool            `json:"overtaken"` // Next must not be sent any more
}

// ErrNotTaken says that tillwise will not take an event as it is: this program
// is wrong, and is to be put right.
var ErrNotTaken = errors.New("tillwise did not take the event")

// HTTPTill is tillwise over HTTP: `tillwise till`, `tillwise serve`. It is safe
// for concurrent use.
type HTTPTill struct {
	URL    string // "http://127.0.0.1:7411"
	Token  string // where the till asks for one
	Client *http.Client

	told sync.Map // sale → []Choice: told of, and not given yet. Asked for again they would come overtaken
}

// Post implements Till.
func (t *HTTPTill) Post(ctx context.Context, event []byte) ([]byte, error) {
	return t.do(ctx, http.MethodPost, "/v1/events", event)
}

// Choice implements Till. It asks with one long request after the other.
func (t *HTTPTill) Choice(ctx context.Context, saleID string, after int64) (Choice, error) {
	told, _ := t.told.LoadAndDelete(saleID)
	list, _ := told.([]Choice)
	for len(list) == 0 {
		raw, err := t.do(ctx, http.MethodGet, fmt.Sprintf("/v1/sales/%s/actions?after=%d&wait_s=30", url.PathEscape(saleID), after), nil)
		if err == nil {
			err = json.Unmarshal(raw, &list)
		}
		if err != nil {
			return Choice{}, err
		}
	}
	t.told.Store(saleID, list[1:])
	return list[0], nil
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
	reply, err := t.Client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("asking tillwise: %w", err)
	}
	defer reply.Body.Close()
	raw, err := io.ReadAll(reply.Body)
	switch {
	case err == nil && reply.StatusCode >= 400 && reply.StatusCode < 500 && reply.StatusCode != http.StatusTooManyRequests:
		err = fmt.Errorf("%w: %s: %s", ErrNotTaken, reply.Status, raw)
	case err == nil && reply.StatusCode != http.StatusOK:
		err = fmt.Errorf("asking tillwise: it answers %s", reply.Status)
	}
	return raw, err
}
