package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// answers are the commands of a page that go on in a terminal of their own.
var answers = regexp.MustCompile(`^tillwise (simulate|tap) `)

// theTapSays stands before what the tap has written since it was looked at last.
const theTapSays = "# The tap says:"

// said is what a program has written, safe for many.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// take gives what was written, and forgets it.
func (s *said) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.text.Reset()
	return s.text.String()
}

var addresses = regexp.MustCompile(`127\.0\.0\.1:74[0-9]{2}`)

// start runs a program until the test ends, at addresses that are free here.
func (p *player) start(t *testing.T, args []string) {
	if p.at == nil {
		p.at = map[string]string{}
	}
	own := ""
	for i, arg := range args {
		args[i] = addresses.ReplaceAllStringFunc(arg, func(a string) string {
			if p.at[a] == "" {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				require.NoError(t, err)
				p.at[a] = l.Addr().String()
				require.NoError(t, l.Close())
			}
			return p.at[a]
		})
		if i > 0 && args[i-1] == "--listen" {
			own = args[i]
		}
	}
	out := &said{}
	if args[0] == "tap" {
		p.said = out
	}
	c := exec.CommandContext(t.Context(), "tillwise", args...)
	c.Dir, c.Stdout = p.dir, out
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	require.NoError(t, c.Start())
	t.Cleanup(func() { _ = c.Wait() })
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", own)
		if err == nil {
			conn.Close()
		}
		return err == nil
	}, 30*time.Second, 10*time.Millisecond, "%s does not answer", own)
}

// send does what curl -s would, by the network.
func (p *player) send(t *testing.T, line string) string {
	var url, body string
	header := http.Header{}
	for words := regexp.MustCompile(`'[^']*'|\S+`).FindAllString(line, -1); len(words) > 0; words = words[1:] {
		switch word := words[0]; word {
		case "-s", `\`:
		case "-H", "-d":
			words = words[1:]
			value := strings.Trim(words[0], "'")
			if name, of, ok := strings.Cut(value, ": "); word == "-H" {
				require.True(t, ok, line)
				header.Set(name, of)
			} else {
				body = value
			}
		default:
			url = addresses.ReplaceAllStringFunc(word, func(a string) string { return p.at[a] })
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(t, err)
	r.Header = header
	reply, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		return "" // as with -s
	}
	defer reply.Body.Close()
	got, err := io.ReadAll(reply.Body)
	require.NoError(t, err)
	return string(got) + "\n" // a terminal's prompt stands on a line of its own
}

// heard waits for the tap to have said as much as is shown, and holds it to that.
func (p *player) heard(t *testing.T, shown string) string {
	if runtime.GOOS == "windows" {
		return shown
	}
	p.asked = append(p.asked, theTapSays)
	lines := strings.Split(strings.TrimSpace(shown), "\n")
	last := lines[len(lines)-1]
	require.Eventually(t, func() bool { return *update || strings.Contains(p.said.String(), last+"\n") }, 30*time.Second, 10*time.Millisecond,
		"the tap does not say %q", last)
	return p.compare(t, theTapSays, shown, p.said.take(), as)
}
