package serve_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/plugin"
)

// inLane is a payment that was lost.
func inLane(lane, sale string) string {
	return event("authorization", 504, "", fmt.Sprintf(`"lane":%q,"sale_id":%q`, lane, sale))
}

func (s *till) get(t *testing.T, path string, into any) int {
	w := s.do(request(http.MethodGet, path, ""))
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), into), w.Body.String())
	return w.Code
}

func TestLaneOfASale(t *testing.T) {
	var asked []byte
	dir, p := t.TempDir(), &paper{}
	s := newTill(t, serve.Config{State: dir, Journal: p, Engine: hearing{engine, &asked}})
	s.post(t, inLane("3", "S-1"))
	require.NotContains(t, string(asked), `"lane"`, "the module never sees it")
	s.post(t, event("lookup", 404, "not_found", `"sale_id":"S-1"`))
	s.post(t, inLane("4", "S-2"))
	s.post(t, event("authorization", 504, "", `"sale_id":"S-3"`))
	require.NoError(t, s.Close(t.Context()))
	var lanes []string
	for _, e := range p.entries {
		lanes = append(lanes, e.Lane)
	}
	require.Equal(t, []string{"3", "3", "4", ""}, lanes, "in the records; the sale's last one stands where an event names none")

	s = newTill(t, serve.Config{State: dir})
	s.post(t, inLane("5", "S-2"))
	for _, tt := range []struct{ query, want string }{
		{"", "S-1:3 S-2:5 S-3:"}, {"&lane=3", "S-1:3"}, {"&lane=4", ""}, {"&lane=5", "S-2:5"}, {"&lane=", "S-1:3 S-2:5 S-3:"},
	} {
		var open []struct {
			SaleID string `json:"sale_id"`
			Lane   string
		}
		require.Equal(t, http.StatusOK, s.get(t, "/v1/sales?open=1"+tt.query, &open))
		var got []string
		for _, o := range open {
			got = append(got, o.SaleID+":"+o.Lane)
		}
		slices.Sort(got)
		require.Equal(t, tt.want, strings.Join(got, " "), tt.query)
	}
	var one struct{ Lane string }
	require.Equal(t, http.StatusOK, s.get(t, "/v1/sales/S-2", &one))
	require.Equal(t, "5", one.Lane)
	for _, path := range []string{"/v1/sales?open=1&lane=a+b", "/v1/prompts?lane=" + strings.Repeat("x", 33)} {
		var refused reply
		require.Equal(t, http.StatusBadRequest, s.get(t, path, &refused))
		require.Equal(t, plugin.ErrorKind("bad_request"), refused.Error.Kind)
	}
}

// The settings' lane is the sale's where nobody says another.
func TestLaneOfTheTill(t *testing.T) {
	s := newTill(t, serve.Config{Lane: "9"})
	s.post(t, lost)
	require.Equal(t, "9", s.shown().Lane)
	s.post(t, inLane("3", "S-1"))
	require.Equal(t, "3", s.shown().Lane)
}

func TestLaneNames(t *testing.T) {
	tests := []struct {
		name, lane string // JSON
		want       int
	}{
		{"a number", `"12"`, 200},
		{"every sign", `"Floor-2.till_7"`, 200},
		{"32 letters", `"` + strings.Repeat("x", 32) + `"`, 200},
		{"33 letters", `"` + strings.Repeat("x", 33) + `"`, 400},
		{"none", `""`, 400},
		{"a space", `"a b"`, 400},
		{"a line break", `"a\nb"`, 400},
		{"null", `null`, 400},
		{"no text", `3`, 400},
		{"what reads like a card number", `"4111-1111-1111-1111"`, 400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newTill(t, serve.Config{})
			got := s.post(t, event("authorization", 504, "", `"sale_id":"S-1","lane":`+tt.lane))
			require.Equal(t, tt.want, got.status, got.raw)
			if tt.want == http.StatusBadRequest {
				require.Contains(t, got.Error.Detail, "lane must be")
				require.NotContains(t, got.raw, "4111")
				require.Equal(t, "S-1", s.shown().SaleID, "the doubt is the sale's all the same")
				require.Equal(t, plugin.MoneyUnknown, s.shown().Decision.Money)
			}
		})
	}
}

// What breaks off still tells whose it was.
func TestLaneOfABrokenEvent(t *testing.T) {
	s := newTill(t, serve.Config{})
	s.post(t, `{"v":1,"lane":"3","exchange":{"operation":"authorization"`)
	require.Equal(t, "3", s.shown().Lane)
	s.post(t, `{"v":1,`)
	require.Empty(t, s.shown().Lane, "and nobody's is not the last one's")
}

func TestPromptsOfALane(t *testing.T) {
	_, address := listening(t, serve.Config{})
	post := poster(t, address, 1)
	for _, ev := range []string{inLane("3", "S-3"), inLane("4", "S-4")} {
		_, err := post(ev)
		require.NoError(t, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/v1/prompts?lane=4", nil)
	require.NoError(t, err)
	w, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer w.Body.Close()
	lines := bufio.NewScanner(w.Body)
	var heard []string
	for lines.Scan() && len(heard) < 3 {
		if lines.Text() == ": cards" {
			for _, ev := range []string{inLane("3", "S-5"), inLane("4", "S-6"), inLane("3", "S-3"), inLane("4", "S-4")} {
				_, err := post(ev)
				require.NoError(t, err)
			}
		}
		if m := regexp.MustCompile(`^data: \{"sale_id":"([^"]+)","lane":"4"`).FindStringSubmatch(lines.Text()); m != nil {
			heard = append(heard, m[1])
		} else {
			require.NotContains(t, lines.Text(), `"lane"`)
		}
	}
	require.Equal(t, []string{"S-4", "S-6", "S-4"}, heard)
}

// held is an engine that answers one event at a time, and none before it may.
type held struct {
	natively
	may   chan struct{}
	mu    sync.Mutex
	asked []string
}

func (*held) Instances() int { return 1 }

func (h *held) Take(ctx context.Context, ev []byte) ([]byte, host.Answer, error) {
	h.mu.Lock()
	h.asked = append(h.asked, regexp.MustCompile(`lane-[a-z]+`).FindString(string(ev)))
	h.mu.Unlock()
	<-h.may
	return h.natively.Take(ctx, ev)
}

// fromLane is an event that tells the engine above whose it is.
func fromLane(lane string, n int) string {
	return event("lookup", 404, "lane-"+lane, fmt.Sprintf(`"lane":%q,"sale_id":"%s-%d"`, lane, lane, n))
}

func TestALaneThatFloodsWaitsForItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &held{natively: engine, may: make(chan struct{})}
		s := newTill(t, serve.Config{Engine: h})
		var posting sync.WaitGroup
		defer posting.Wait()
		statuses := make(chan int, 80)
		post := func(lane string, n int) {
			posting.Go(func() {
				w := s.do(request(http.MethodPost, "/v1/events", fromLane(lane, n)))
				if w.Code == http.StatusTooManyRequests {
					require.Equal(t, "1", w.Header().Get("Retry-After"))
					require.Contains(t, w.Body.String(), `{"error":{"kind":"too_many","detail":"64 events of this lane`)
				}
				statuses <- w.Code
			})
			synctest.Wait()
		}
		for n := range 70 {
			post("flood", n)
		}
		require.Len(t, statuses, 6, "64 wait or are being answered, the others are told so")
		post("calm", 0)
		post("other", 0)
		post("calm", 1)
		for range 67 {
			h.may <- struct{}{}
			synctest.Wait()
		}
		posting.Wait()
		require.Equal(t, []string{"lane-flood", "lane-flood", "lane-calm", "lane-other", "lane-flood", "lane-calm", "lane-flood"}, h.asked[:7])
		close(statuses)
		got := map[int]int{}
		for status := range statuses {
			got[status]++
		}
		require.Equal(t, map[int]int{200: 67, 429: 6}, got, "and nothing that was taken in is lost")
		go func() { h.may <- struct{}{} }()
		require.Equal(t, http.StatusOK, s.post(t, fromLane("flood", 69)).status, "what was refused is taken when it comes again")
	})
}

// Lanes that are none, such as a sale's number in their place, have an end.
func TestTooManyLanes(t *testing.T) {
	now := time.UnixMilli(1795530800000)
	s := newTill(t, serve.Config{Clock: func() time.Time { return now }})
	for n := range 1000 {
		require.Equal(t, http.StatusOK, s.post(t, inLane(fmt.Sprint("lane", n), "S-1")).status)
	}
	got := s.post(t, inLane("one-more", "S-2"))
	require.Equal(t, http.StatusTooManyRequests, got.status)
	require.Equal(t, plugin.ErrorKind("too_many"), got.Error.Kind)
	require.Contains(t, got.Error.Detail, "lane must name a lane of the store")
	require.Equal(t, http.StatusOK, s.post(t, inLane("lane999", "S-2")).status, "a lane that is known is served")
	require.Equal(t, http.StatusOK, s.post(t, lost).status, "and so is who names none")
	require.Contains(t, s.do(request(http.MethodGet, "/metrics", "")).Body.String(), "\ntillwise_lanes 1000\n")
	now = now.Add(24 * time.Hour)
	require.Equal(t, http.StatusOK, s.post(t, inLane("one-more", "S-2")).status, "a lane that is silent for a day makes room")
}
