package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

func TestToken(t *testing.T) {
	s := newTill(t, serve.Config{Token: "a-token-of-this-till"})
	tests := []struct {
		name, path, bearer string
		want               int
	}{
		{"none", "/v1/sales?open=1", "", 401},
		{"another", "/v1/sales?open=1", "Bearer a-token-of-another", 401},
		{"another scheme", "/v1/sales?open=1", "Basic a-token-of-this-till", 401},
		{"the start of it", "/v1/sales?open=1", "Bearer a-token", 401},
		{"it", "/v1/sales?open=1", "Bearer a-token-of-this-till", 200},
		{"it, the scheme in small letters", "/v1/sales?open=1", "bearer a-token-of-this-till", 200},
		{"the figures", "/metrics", "", 401},
		{"whether it is alive", "/healthz", "", 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request(http.MethodGet, tt.path, "")
			if tt.bearer != "" {
				r.Header.Set("Authorization", tt.bearer)
			}
			w := s.do(r)
			require.Equal(t, tt.want, w.Code)
			require.NotContains(t, w.Body.String(), "a-token")
		})
	}
	w := s.do(request(http.MethodPost, "/v1/events", lost))
	require.Equal(t, http.StatusUnauthorized, w.Code)
	require.Zero(t, s.count())
}

const pin = "739154"

// A supervisor's PIN lets settle, and is nowhere afterwards.
func TestPIN(t *testing.T) {
	now, dir, p := time.UnixMilli(1795530800000), t.TempDir(), &paper{}
	s := newTill(t, serve.Config{State: dir, Journal: p, Clock: func() time.Time { return now },
		Supervisor: func(given string) (string, bool) { return "Ana", given == pin }})
	settle := func(more string) reply {
		return s.post(t, `{"v":1,"sale_id":"S-1","action":"settle_taken"`+more+`}`)
	}
	s.post(t, lost)
	s.post(t, `{"v":1,"sale_id":"S-1","action":"call_supervisor"}`)
	cards := s.count()
	for _, more := range []string{``, `,"pin":""`, `,"pin":"000000"`, `,"pin":"7391540"`, `,"pin":"000001","settled_by":"Ana"`} {
		got := settle(more)
		require.Equal(t, http.StatusForbidden, got.status)
		require.Equal(t, plugin.ErrorKind("pin_wrong"), got.Error.Kind)
		require.NotContains(t, got.raw, "00000")
	}
	require.Equal(t, http.StatusForbidden, settle(`,"pin":"`+pin+`"`).status, "after five wrong ones none is looked at")
	now = now.Add(59 * time.Second)
	require.Equal(t, http.StatusForbidden, settle(`,"pin":"`+pin+`"`).status)
	require.Equal(t, cards, s.count())
	now = now.Add(time.Second)
	got := settle(`,"pin":"` + pin + `","event_id":"e1"`)
	require.Equal(t, http.StatusOK, got.status, got.raw)
	require.Equal(t, plugin.MoneyMoved, got.Decision.Money)
	require.NotContains(t, got.raw, pin)

	require.NoError(t, s.Close(t.Context()))
	settled := p.entries[len(p.entries)-1]
	require.Equal(t, "Ana", settled.SettledBy, "the record says who")
	require.Equal(t, now.UnixMilli(), settled.At, "and when")
	for _, e := range p.entries {
		written, err := json.Marshal(e)
		require.NoError(t, err)
		require.NotContains(t, string(written)+string(e.Record), pin)
	}
	kept, err := os.ReadFile(filepath.Join(dir, "sales.db"))
	require.NoError(t, err)
	require.NotContains(t, string(kept), pin)
}

func TestWhoSettles(t *testing.T) {
	tests := []struct {
		name, by string // JSON
		want     int
	}{
		{"a name", `"Zoé O'Neil-Roy Jr."`, 200},
		{"a number of six digits", `"no. 441100"`, 200},
		{"24 letters", `"` + strings.Repeat("é", 24) + `"`, 200},
		{"25 letters", `"` + strings.Repeat("e", 25) + `"`, 400},
		{"seven digits", `"4 4 1 1 0 0 7"`, 400},
		{"a line break", `"Ana\nBob"`, 400},
		{"a number", `441100`, 400},
		{"nothing", `null`, 400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTill(t, serve.Config{})
			s.post(t, lost)
			s.post(t, `{"v":1,"sale_id":"S-1","action":"call_supervisor"}`)
			got := s.post(t, `{"v":1,"sale_id":"S-1","action":"settle_taken","settled_by":`+tt.by+`}`)
			require.Equal(t, tt.want, got.status, got.raw)
			if tt.want == http.StatusBadRequest {
				require.Contains(t, got.Error.Detail, "settled_by must be")
				require.Equal(t, plugin.MoneyUnknown, s.shown().Decision.Money)
			}
		})
	}
}

func TestPromptsAreStreamed(t *testing.T) {
	_, address := listening(t, serve.Config{})
	post := poster(t, address, 1)
	_, err := post(lost)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/v1/prompts", nil)
	require.NoError(t, err)
	w, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer w.Body.Close()
	require.Equal(t, "text/event-stream", w.Header.Get("Content-Type"))
	lines := bufio.NewScanner(w.Body)
	next := func() (card struct {
		SaleID   string `json:"sale_id"`
		Prompt   plugin.Prompt
		Decision plugin.Decision
	}) {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				require.NoError(t, json.Unmarshal([]byte(data), &card))
				return card
			}
		}
		require.Fail(t, "it has ended")
		return card
	}
	first := next()
	require.Equal(t, "S-1", first.SaleID, "the open sales come first")
	require.True(t, first.Decision.Doubt)
	for lines.Scan() && lines.Text() != ": cards" {
	}
	_, err = post(event("lookup", 404, "not_found", `"sale_id":"S-2"`))
	require.NoError(t, err)
	second := next()
	require.Equal(t, "S-2", second.SaleID)
	require.Equal(t, plugin.CardAccountNotFound, second.Decision.Card)
	require.NotEmpty(t, second.Prompt.Headline)
}

// describing is an engine that gives its account natively: the race detector makes
// the interpreter too slow for it.
type describing struct{ natively }

func (describing) Describe(context.Context) ([]byte, error) {
	return new(plugin.Module).Describe(), nil
}

func TestCatalogueIsTheModules(t *testing.T) {
	w := newTill(t, serve.Config{Engine: describing{engine}}).do(request(http.MethodGet, "/v1/catalogue", ""))
	require.Equal(t, http.StatusOK, w.Code)
	require.JSONEq(t, string(new(plugin.Module).Describe()), w.Body.String())
}

func TestFiguresNameNoSale(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, strings.Replace(lost, "S-1", "named-sale", 1))
	s.post(t, `{`)
	s.do(request(http.MethodGet, "/v1/sales/named-sale", ""))
	w := s.do(request(http.MethodGet, "/metrics", ""))
	require.Equal(t, http.StatusOK, w.Code)
	text := strings.TrimSpace(w.Body.String())
	figure := regexp.MustCompile(`^(#.*|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+)$`)
	for line := range strings.SplitSeq(text, "\n") {
		require.Regexp(t, figure, line)
	}
	require.Contains(t, text, `tillwise_events_total{status="200"} 1`)
	require.Contains(t, text, `tillwise_events_total{status="400"} 1`)
	require.Contains(t, text, "tillwise_sales_unsettled 2")
	require.NotContains(t, text, "named-sale")
}
