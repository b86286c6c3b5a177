package shift

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/tillwise/tillwise/plugin"
)

// How long Flexiti takes for an answer: so long that it can be seen that it takes any,
// and for a check so long that the card can be read that it is made on.
const (
	pace      = 300 * time.Millisecond
	checkPace = 4 * time.Second
)

// RoundTrip implements http.RoundTripper: a call of the POS's on its way to the simulator.
func (t *tale) RoundTrip(r *http.Request) (*http.Response, error) {
	op, takes := plugin.OperationOf(r.Method, r.URL.Path), pace
	if _, after, named := strings.Cut(r.URL.Path, "/account/"); named { // the one it began with, one that was found, or a new one
		t.account, _, _ = strings.Cut(after, "/")
	}
	switch op {
	case plugin.OpAuthorizations, plugin.OpAuthorizationGet, plugin.OpCaptures:
		takes = checkPace
	}
	if err := t.clock.wait(r.Context(), takes); err != nil {
		return nil, err
	}
	if t.Lapses && op == plugin.OpCapture {
		t.Lapses = false // once
		if err := t.lapse(r); err != nil {
			return nil, err
		}
	}
	return t.flexiti.Transport().RoundTrip(r)
}

// lapse has Flexiti give back what is held, before the capture that comes for it.
func (t *tale) lapse(capture *http.Request) error {
	r, err := http.NewRequestWithContext(capture.Context(), http.MethodPost, strings.TrimSuffix(capture.URL.String(), "capture")+"release", strings.NewReader("{}"))
	if err != nil {
		return err
	}
	r.Header = capture.Header.Clone()
	reply, err := t.flexiti.Transport().RoundTrip(r)
	if err != nil {
		return err
	}
	return reply.Body.Close()
}

// delay is the simulator's way to wait: for what comes late, or never. A POS gives up
// after its patience, as one over a network does.
func (t *tale) delay(ctx context.Context, d time.Duration) error {
	end := t.clock.now().Add(min(d, t.patience()))
	err := error(nil)
	switch {
	case t.cashier != nil && t.Long:
		for err == nil && t.clock.now().Before(end) {
			err = t.press(ctx)
		}
	case t.Long:
		err = t.clock.until(ctx, end)
	default:
		err = t.clock.wait(ctx, end.Sub(t.clock.now()))
	}
	if err == nil && d > t.patience() {
		err = context.DeadlineExceeded
	}
	return err
}

func (t *tale) patience() time.Duration {
	if t.Long {
		return 5 * time.Minute
	}
	return 30 * time.Second
}
