package serve_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
)

// listening is a server on a loopback address of its own, until the test ends.
func listening(t testing.TB, c serve.Config) (s *serve.Server, address string) {
	if c.Engine == nil {
		c.Engine = engine
	}
	s, err := serve.New(c)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-ended)
		require.NoError(t, s.Close(context.Background()))
	})
	return s, l.Addr().String()
}

// poster posts events over connections that it keeps open.
func poster(t testing.TB, address string, conns int) func(event string) (status int, err error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: conns}}
	t.Cleanup(client.CloseIdleConnections)
	return func(event string) (int, error) {
		r, err := client.Post("http://"+address+"/v1/events", "application/json", strings.NewReader(event))
		if err != nil {
			return 0, err
		}
		defer r.Body.Close()
		_, err = io.Copy(io.Discard, r.Body)
		return r.StatusCode, err
	}
}

// BenchmarkPost is what a POS waits for: a post over HTTP, on one lane and on
// fifty, with the sales on this disk and in memory, by the module and, so that
// the store's part shows, by the same rules natively.
func BenchmarkPost(b *testing.B) {
	for _, by := range []string{"module", "native"} {
		for _, kept := range []bool{true, false} {
			for _, lanes := range []int{1, 50} {
				b.Run(fmt.Sprintf("by=%s/kept=%t/lanes=%d", by, kept, lanes), func(b *testing.B) {
					c := serve.Config{Engine: engine}
					if by == "module" {
						c.Engine = engine.Engine
					}
					if kept {
						c.State = b.TempDir()
					}
					_, address := listening(b, c)
					benchmarkPosts(b, poster(b, address, lanes), lanes)
				})
			}
		}
	}
}

func benchmarkPosts(b *testing.B, post func(string) (int, error), lanes int) {
	var n atomic.Int64
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	var all sync.WaitGroup
	for lane := range lanes {
		all.Go(func() {
			for i := n.Add(1) - 1; i < int64(b.N); i = n.Add(1) - 1 {
				ev := event("verify", 409, wrongAnswer, fmt.Sprintf(`"event_id":"e%d","sale_id":"S-%d-%d"`, i, lane, i/1000))
				began := time.Now()
				status, err := post(ev)
				if took[i] = time.Since(began); err != nil || status != http.StatusOK {
					b.Error(status, err)
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
	reportTimes(b, took)
}

// reportTimes gives what one post in two, and all but one in a hundred, took at most.
func reportTimes(b *testing.B, took []time.Duration) {
	b.ReportMetric(share(took, 0.5).Seconds()*1000, "ms-p50")
	b.ReportMetric(share(took, 0.99).Seconds()*1000, "ms-p99")
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "posts/s")
}

// share gives what such a share of the times is within.
func share(took []time.Duration, of float64) time.Duration {
	slices.Sort(took)
	return took[int(of*float64(len(took)-1))]
}
