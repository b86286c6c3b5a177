package pos_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/tillwise/tillwise/host/pos"
	"github.com/tillwise/tillwise/plugin"
)

// told is an event as tillwise gets it.
type told struct {
	SaleID       string `json:"sale_id"`
	EventID      string `json:"event_id"`
	At           int64
	UTCOffsetMin int `json:"utc_offset_min"`
	Exchange     plugin.Exchange
}

// scripted is a tillwise that answers with one decision after the other, and a
// cashier who chooses what stands there.
type scripted struct {
	answers []string // decisions, without their braces; "lost": no reply
	choices []pos.Choice
	events  []told
	raw     []string
}

var errLost = errors.New("no reply")

func (s *scripted) Post(_ context.Context, event []byte) ([]byte, error) {
	var e told
	if err := json.Unmarshal(event, &e); err != nil {
		return nil, err
	}
	s.events, s.raw = append(s.events, e), append(s.raw, string(event))
	answer := s.answers[0]
	s.answers = s.answers[1:]
	switch answer {
	case "lost":
		return nil, errLost
	case "refused":
		return nil, pos.ErrNotTaken
	}
	return []byte(`{"prompt":{"ref":"REF"},"decision":{` + answer + `}}`), nil
}

func (s *scripted) Choice(_ context.Context, _ string, after int64) (pos.Choice, error) {
	if len(s.choices) == 0 {
		return pos.Choice{}, io.EOF
	}
	c := s.choices[0]
	s.choices = s.choices[1:]
	c.N = after + 1
	return c, nil
}

// flexiti answers each call with what stands under its operation.
type flexiti struct {
	replies map[plugin.Operation]string
	calls   []string
	keys    []string
}

func (f *flexiti) RoundTrip(r *http.Request) (*http.Response, error) {
	op := plugin.OperationOf(r.Method, r.URL.Path)
	f.calls = append(f.calls, string(op))
	if key := r.Header.Get("x-idempotency-key"); key != "" {
		f.keys = append(f.keys, key)
	}
	if f.replies[op] == "" {
		return nil, os.ErrDeadlineExceeded
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(f.replies[op])), Request: r}, nil
}

const (
	onward = `"money":"not_moved","actions":[{"id":"carry_on"}]`
	lost   = `"money":"unknown","about":{"operation":"authorization"},"retry":{"after_s":5},"actions":[{"id":"check_status","next":{"operation":"authorizations","auto":true}}]`
	asks   = `"money":"unknown","about":{"operation":"transactions"},"actions":[{"id":"resend_same","next":{"operation":"transactions","auto":false}}]`
	taken  = `"money":"moved","actions":[{"id":"finish_sale"}]`
)

var (
	finish = pos.Choice{Action: plugin.ActFinishSale, Ref: "REF"}
	hold   = pos.Choice{Action: plugin.ActHoldSale}
	carry  = pos.Choice{Action: plugin.ActCarryOn}
)

func choice(id plugin.ActionID, op plugin.Operation, input bool) pos.Choice {
	return pos.Choice{Action: id, Ref: "REF", Next: &plugin.Next{Operation: op, Input: input}}
}

// bench is a POS at a desk.
type bench struct {
	pos.POS
	till    *scripted
	flexiti *flexiti
	waited  []time.Duration
}

func newBench(answers []string, choices ...pos.Choice) *bench {
	b := &bench{till: &scripted{answers: answers, choices: choices}, flexiti: &flexiti{replies: map[plugin.Operation]string{
		plugin.OpToken: `{"access_token":"t"}`, plugin.OpLookup: `{"account_number":"20000001"}`, plugin.OpCalculateInterest: `{"regular_purchase":{}}`,
		plugin.OpVerify: `{"verification_code":"verification_sent_to_sms"}`, plugin.OpAuthorization: `{"authorization_id":71,"capture_id":72}`,
	}}}
	at := time.UnixMilli(1795530727000).In(time.FixedZone("", -5*3600))
	b.POS = pos.POS{
		Till: b.till, Flexiti: &http.Client{Transport: b.flexiti}, URL: "https://flexiti.test", ClientID: "acme", ClientSecret: "s", Lane: "3",
		Ask:  func(context.Context, pos.Question) (string, error) { return "1234", nil },
		Now:  func() time.Time { return at },
		Wait: func(_ context.Context, d time.Duration) error { b.waited = append(b.waited, d); return nil },
	}
	return b
}
