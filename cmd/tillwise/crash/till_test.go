//go:build unix

package crash

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var program string // the built one

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "tillwise-crash")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "tillwise")
	if out, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput(); err != nil {
		panic(string(out))
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// A verb is a way to run the program as what answers a POS.
type verb []string

var (
	withScreen    = verb{"till", "--plain"} // its cashier types
	withoutScreen = verb{"serve"}
)

// till is one run of the program.
type till struct {
	t       testing.TB
	verb    verb
	cmd     *exec.Cmd
	address string
	client  *http.Client
	keys    io.WriteCloser
	said    *bytes.Buffer // on standard error: complete once it has ended
	ended   chan struct{}
}

// command is a till on a folder. Its address is free, unless somebody is quicker.
func (v verb) command(t testing.TB, dir string) (*exec.Cmd, string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := l.Addr().String()
	require.NoError(t, l.Close())
	args := append(slices.Clone(v), "--listen", address, "--state", filepath.Join(dir, "state"), "--journal", filepath.Join(dir, "journal"))
	return exec.Command(program, args...), address
}

// start starts a till and waits until it is ready. Its cards, or its log, go to
// out; nil: nowhere, or where it is looked at when it has ended.
func (v verb) start(t testing.TB, dir string, out *os.File) *till {
	for range 5 {
		s := &till{t: t, verb: v, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}, Timeout: time.Minute},
			said: &bytes.Buffer{}, ended: make(chan struct{})}
		s.cmd, s.address = v.command(t, dir)
		s.cmd.Stderr = s.said
		switch {
		case out != nil && v[0] == withScreen[0]:
			s.cmd.Stdout = out
		case out != nil:
			s.cmd.Stderr = out
		}
		var err error
		s.keys, err = s.cmd.StdinPipe()
		require.NoError(t, err)
		require.NoError(t, s.cmd.Start())
		go func() {
			_ = s.cmd.Wait()
			close(s.ended)
		}()
		t.Cleanup(func() { _ = s.cmd.Process.Kill() })
		if s.until(func() bool { return s.status("/readyz") == http.StatusOK }) { // a slow disk is read late
			return s
		}
		require.Contains(t, s.said.String(), "is in use", "a till must start on what another one left")
	}
	require.Fail(t, "no address is free")
	return nil
}

// until waits for something, and says whether it came before the till ended.
func (s *till) until(holds func() bool) bool {
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	limit := time.After(time.Minute)
	for {
		select {
		case <-again.C:
			if holds() {
				return true
			}
		case <-s.ended:
			return false
		case <-limit:
			require.Fail(s.t, "nothing came of it")
		}
	}
}

func (s *till) status(path string) int {
	r, err := s.client.Get("http://" + s.address + path)
	if err != nil {
		return 0
	}
	defer r.Body.Close()
	return r.StatusCode
}

// ask sends a request and reads the whole answer.
func (s *till) ask(method, path, body string) (status int, header http.Header, answer string, err error) {
	r, err := http.NewRequest(method, "http://"+s.address+path, strings.NewReader(body))
	require.NoError(s.t, err)
	r.Header.Set("Content-Type", "application/json")
	reply, err := s.client.Do(r)
	if err != nil {
		return 0, nil, "", err
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	return reply.StatusCode, reply.Header, string(text), err
}

func (s *till) kill() {
	_ = s.cmd.Process.Kill()
	<-s.ended
	s.sound()
}

// end sends a signal. The contract gives the program five seconds.
func (s *till) end(signal syscall.Signal) {
	require.NoError(s.t, s.cmd.Process.Signal(signal))
	select {
	case <-s.ended:
	case <-time.After(5 * time.Second):
		_ = s.cmd.Process.Kill()
		require.Fail(s.t, "it did not end within five seconds", signal.String())
	}
	s.sound()
}

// sound looks at what an ended till said.
func (s *till) sound() {
	s.client.CloseIdleConnections()
	require.NotContains(s.t, s.said.String(), "goroutine ", "it panicked")
}
