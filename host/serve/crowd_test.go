package serve_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host/serve"
)

// crowd opens connections of every hostile kind, and keeps them busy until the
// test ends: idle ones, some that send a byte at a time, and long polls.
func crowd(t testing.TB, address string) {
	const idle, slow, polls = 1000, 500, 300
	for i := range idle + polls {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Skip("so many connections cannot be opened here: ", err)
		}
		t.Cleanup(func() { conn.Close() })
		if i < idle { // as a connection that a POS has left open
			_, err = io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
			require.NoError(t, err)
			r, err := http.ReadResponse(bufio.NewReader(conn), nil)
			require.NoError(t, err)
			require.NoError(t, r.Body.Close())
			continue
		}
		_, err = io.WriteString(conn, fmt.Sprintf("GET /v1/sales/S-%d/actions?wait_s=60 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", i))
		require.NoError(t, err)
	}
	dribble(t, address, slow)
}

// dribble keeps connections busy that each send an event by single bytes, until
// the test ends. One that the till has had enough of is followed by another.
func dribble(t testing.TB, address string, n int) {
	lines := make([]net.Conn, n)
	send := func(i int) (err error) {
		if lines[i] == nil {
			if lines[i], err = net.Dial("tcp", address); err != nil {
				return err
			}
			_, err = io.WriteString(lines[i], head+fmt.Sprintf("Content-Length: %d\r\n\r\n{", len(lost)))
			return err
		}
		if _, err := lines[i].Write([]byte(" ")); err != nil {
			lines[i].Close()
			lines[i] = nil
		}
		return nil
	}
	for i := range lines {
		if err := send(i); err != nil {
			t.Skip("so many connections cannot be opened here: ", err)
		}
	}
	stop := make(chan struct{})
	var dribbling sync.WaitGroup
	dribbling.Go(func() {
		again := time.NewTicker(100 * time.Millisecond)
		defer again.Stop()
		for {
			for i := range lines {
				_ = send(i) // the next round tries again
			}
			select {
			case <-stop:
				return
			case <-again.C:
			}
		}
	})
	t.Cleanup(func() {
		close(stop)
		dribbling.Wait()
		for _, conn := range lines {
			if conn != nil {
				conn.Close()
			}
		}
	})
}

func TestPostInACrowd(t *testing.T) {
	_, address := listening(t, serve.Config{State: t.TempDir()})
	crowd(t, address)
	status, err := poster(t, address, 1)(lost)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, status)
}

// BenchmarkPostInACrowd is what a post takes beside all of them.
func BenchmarkPostInACrowd(b *testing.B) {
	_, address := listening(b, serve.Config{Engine: engine.Engine, State: b.TempDir()})
	crowd(b, address)
	benchmarkPosts(b, poster(b, address, 1), 1)
}
