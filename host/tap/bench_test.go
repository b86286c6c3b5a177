package tap

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
)

// What the tap costs an exchange on a connection that stays open, beside none, as a
// ratio inside one run. Direct is a request and its reply over loopback: next to
// nothing, so that the ratio is the worst there is. Of a call over the Internet, tens
// of milliseconds, the difference is what counts (extra-µs/op).
func BenchmarkExchange(b *testing.B) {
	no := answer(409, "", refused)
	url := echoing(b, no)
	question := ask("POST", "authorization", ours, sofa)
	exchange := func(b *testing.B, addr string, n int) time.Duration {
		c, err := net.Dial("tcp", addr)
		require.NoError(b, err)
		defer c.Close()
		began := time.Now()
		for range n {
			say(b, c, question, len(no))
		}
		return time.Since(began)
	}
	e, err := engine()
	require.NoError(b, err)
	till, err := serve.New(serve.Config{Engine: e})
	require.NoError(b, err)
	defer till.Close(context.Background())
	for _, bb := range []struct {
		name string
		post func(context.Context, []byte) error
	}{
		{"without an engine", func(context.Context, []byte) error { return nil }},
		{"with an engine", func(ctx context.Context, ev []byte) error { till.Take(ctx, ev); return nil }},
	} {
		b.Run(bb.name, func(b *testing.B) {
			r := newRig(b, setting{upstream: url, post: bb.post, change: func(t *Tap) { t.tell = time.Millisecond }})
			var direct, tapped time.Duration
			const part = 20 // of each kind in turn, so that both meet the same machine
			for n := 0; n < b.N; n += part {
				direct += exchange(b, url[len("http://"):], part)
				tapped += exchange(b, r.addr, part)
			}
			b.ReportMetric(float64(tapped)/float64(direct), "x-direct")
			b.ReportMetric(float64(tapped-direct)/float64((b.N+part-1)/part*part)/1e3, "extra-µs/op")
			r.end()
		})
	}
}
