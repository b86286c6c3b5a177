package serve_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
)

// blind is a server without a screen that remembers its cards.
func blind(t testing.TB, c serve.Config) func(event string) *httptest.ResponseRecorder {
	c.Engine = engine
	s, err := serve.New(c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close(context.Background())) })
	handler := s.Handler()
	return func(event string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request(http.MethodPost, "/v1/events", event))
		return w
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC() // what the first has only found to be free
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// However many large events are refused, or small ones taken, nothing of them
// stays but what a till keeps of its sales. `make soak` sends 4,000 of each; a
// large one takes a processor for a while.
func TestSoakHostileEvents(t *testing.T) {
	warm, all := 20, 60
	if os.Getenv("TILLWISE_SOAK") == "full" {
		warm, all = 500, 4000
	}
	pad := strings.Repeat("x", 240<<10)
	tests := []struct {
		name   string
		event  func(n int) string
		status int
		want   int64 // bytes that all but the first of them may add
	}{
		{"large, and no event", func(int) string { return `{"sale":{"pad":"` + pad + `"},"action":"finish_sale"}` }, 400, 4 << 20},
		{"large, and an action that is not offered", func(int) string { return `{"v":1,"sale":{"pad":"` + pad + `"},"action":"finish_sale"}` }, 400, 4 << 20},
		{"large, and each another", func(n int) string {
			return fmt.Sprintf(`{"v":1,"event_id":"e%d","sale":{"pad":"%d%s"},"action":"finish_sale"}`, n, n, pad)
		}, 400, 4 << 20},
		{"sales that the POS keeps", func(n int) string {
			return event("lookup", 404, "not_found", fmt.Sprintf(`"event_id":"e%d","sale":{}`, n))
		}, 200, 16 << 20},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			post := blind(t, serve.Config{})
			var before int64
			for n := range all {
				if n == warm {
					before = heap()
				}
				w := post(tt.event(n))
				require.Equal(t, tt.status, w.Code, w.Body.String())
			}
			require.Less(t, heap()-before, tt.want)
		})
	}
}

// More sales in doubt than a till can have are a flood: the first 5,000 are kept
// and those after them are answered all the same, and said not to be.
func TestFloodOfSalesInDoubt(t *testing.T) {
	post := blind(t, serve.Config{State: t.TempDir()})
	const lanes, each = 50, 102
	var kept, unkept atomic.Int64
	var all sync.WaitGroup
	for lane := range lanes {
		all.Go(func() {
			for n := range each {
				w := post(strings.Replace(lost, "S-1", fmt.Sprintf("S-%d-%d", lane, n), 1))
				switch {
				case w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"doubt":true`):
					t.Error(w.Code, w.Body.String())
				case w.Header().Get("Tillwise-Kept") == "no":
					unkept.Add(1)
				default:
					kept.Add(1)
				}
			}
		})
	}
	all.Wait()
	require.Equal(t, int64(lanes*each), kept.Load()+unkept.Load())
	// A slow disk says "no" of more; no disk keeps more than there is room for.
	require.LessOrEqual(t, kept.Load(), int64(5000+lanes), "but for those that came at the same time")
	require.NotZero(t, kept.Load())
}

// stuck is a body of which so much comes, and then nothing until it is let go.
type stuck struct {
	left  int
	stood func() // called once, when nothing more comes
	going chan struct{}
}

func (b *stuck) Read(p []byte) (int, error) {
	if b.left == 0 {
		b.stood()
		<-b.going
		return 0, io.ErrUnexpectedEOF
	}
	n := min(len(p), b.left)
	b.left -= n
	return n, nil
}

// However many large events come slowly, a small one is read and answered.
func TestLargeEventsStarveNoSmallOne(t *testing.T) {
	const large = 1200
	s := newTill(t, serve.Config{})
	going := make(chan struct{})
	var standing, ended sync.WaitGroup
	for range large {
		standing.Add(1)
		ended.Go(func() {
			once := sync.OnceFunc(standing.Done)
			r := request(http.MethodPost, "/v1/events", "")
			r.Body = io.NopCloser(&stuck{left: 20 << 10, stood: once, going: going})
			s.do(r)
			once() // it was refused
		})
	}
	standing.Wait()
	got := s.post(t, lost)
	close(going)
	ended.Wait()
	require.Equal(t, http.StatusOK, got.status, got.raw)
}
