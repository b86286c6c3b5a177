//go:build unix

package crash

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// ends are the ways in which a till ends, in turn. Each is of a till under
// traffic, and leaves it ended.
var ends = []struct {
	name string
	play func(t *testing.T, m *model, dir string, r *rand.Rand)
}{
	{"killed", killed}, {"terminated in a post", terminated}, {"killed in a post", killedInAPost}, {"interrupted", interrupted},
	{"killed", killed}, {"another till on its folder", twoTills},
	{"killed in a post", killedInAPost}, {"full disk", fullDisk}, {"killed", killed}, {"its output is not read", unread},
	{"killed", killed}, {"killed in a post", killedInAPost},
}

// TestSoakCrash ends tills, with a screen and without one, and looks whether the
// next one knows all that was acknowledged. `make soak` plays 300 ends.
func TestSoakCrash(t *testing.T) {
	type shop struct {
		verb
		first, ends int
	}
	shops := []shop{{withoutScreen, 0, 6}, {withScreen, 5, 6}}
	if os.Getenv("TILLWISE_SOAK") == "full" {
		shops = nil
		for n := range 6 {
			shops = append(shops, shop{withScreen, n, 25}, shop{withoutScreen, n, 25})
		}
	}
	var f figures
	t.Run("folders", func(t *testing.T) {
		for folder, shop := range shops {
			t.Run(fmt.Sprint(folder, " ", shop.verb[0]), func(t *testing.T) {
				t.Parallel()
				dir, m := t.TempDir(), newModel(shop.verb, &f)
				for n := range shop.ends {
					end := ends[(shop.first+n)%len(ends)]
					passed := t.Run(end.name, func(t *testing.T) {
						m.t = t
						end.play(t, m, dir, rand.New(rand.NewPCG(uint64(folder), uint64(n))))
						f.ends.Add(1)
					})
					require.True(t, passed)
				}
				m.t = t
				last := m.verb.start(t, dir, nil)
				m.check(last)
				last.end(syscall.SIGTERM)
				out, err := exec.Command(program, "journal", "check", filepath.Join(dir, "journal")).CombinedOutput()
				require.NoError(t, err, string(out))
			})
		}
	})
	t.Logf("%d ends, %d sales, %d events acknowledged and %d not kept, %d answers repeated after an end, %d choices fetched",
		f.ends.Load(), f.sales.Load(), f.acknowledged.Load(), f.unkept.Load(), f.repeated.Load(), f.fetched.Load())
}

// begun is a till on a folder that knows all, and has had some traffic.
func begun(t *testing.T, m *model, dir string, r *rand.Rand) (*till, *shift) {
	s := m.verb.start(t, dir, nil)
	m.check(s)
	w := m.work(s, r, 1+r.IntN(60), m.verb[0] == withScreen[0])
	require.False(t, t.Failed())
	w.ending.Store(true)
	return s, w
}

func killed(t *testing.T, m *model, dir string, r *rand.Rand) {
	s, w := begun(t, m, dir, r)
	s.kill()
	w.rest()
}

// killedInAPost has sent any part of one, none and all of it included.
func killedInAPost(t *testing.T, m *model, dir string, r *rand.Rand) {
	s, w := begun(t, m, dir, r)
	own := m.begin(9)
	e := m.wrongAnswer(own)
	own.sent = append(own.sent, e)
	request := raw(s, e.text, "")
	partly(t, s, request[:r.IntN(len(request)+1)])
	s.kill()
	w.rest()
}

// terminated is in the middle of reading a post: it has asked for the body, and got half of it.
func terminated(t *testing.T, m *model, dir string, r *rand.Rand) {
	s, w := begun(t, m, dir, r)
	own := m.begin(9)
	e := m.newEvent(own, `"exchange":{"operation":"authorization","status":0,"failure":"timeout","sent":"yes"}`)
	require.True(t, m.post(s, own, e))
	own.broken = true
	request := raw(s, e.text, "Expect: 100-continue\r\n")
	conn := partly(t, s, request[:len(request)-len(e.text)])
	reply := make([]byte, 64)
	n, err := conn.Read(reply)
	require.NoError(t, err)
	require.Contains(t, string(reply[:n]), "100 Continue")
	_, err = conn.Write([]byte(e.text[:len(e.text)/2]))
	require.NoError(t, err)
	s.end(syscall.SIGTERM)
	w.rest()
}

func interrupted(t *testing.T, m *model, dir string, r *rand.Rand) {
	s, w := begun(t, m, dir, r)
	s.end([]syscall.Signal{syscall.SIGHUP, syscall.SIGINT}[r.IntN(2)])
	w.rest()
}

// raw is a request with an event as it goes over the line.
func raw(s *till, text, header string) string {
	return fmt.Sprintf("POST /v1/events HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s", s.address, len(text), header, text)
}

func partly(t *testing.T, s *till, text string) net.Conn {
	conn, err := net.Dial("tcp", s.address)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	_, err = conn.Write([]byte(text))
	require.NoError(t, err)
	return conn
}

// twoTills are one too many: the second is refused, and the first loses nothing.
func twoTills(t *testing.T, m *model, dir string, r *rand.Rand) {
	s, w := begun(t, m, dir, r)
	w.ending.Store(false)
	second, _ := m.verb.command(t, dir)
	var said bytes.Buffer
	second.Stderr = &said
	late := time.AfterFunc(30*time.Second, func() { _ = second.Process.Kill() })
	defer late.Stop()
	require.Error(t, second.Run())
	require.Contains(t, said.String(), "another till keeps its sales there")
	w.ending.Store(true)
	s.kill()
	w.rest()
}

// unread is a till whose terminal has stopped: it works on, and ends in time.
func unread(t *testing.T, m *model, dir string, r *rand.Rand) {
	const pipe, card = 64 << 10, 500 // bytes: what it takes, and what a card has at least
	out, in, err := os.Pipe()
	require.NoError(t, err)
	defer out.Close()
	s := m.verb.start(t, dir, in)
	require.NoError(t, in.Close())
	m.check(s)
	w := m.work(s, r, 2*pipe/card, false)
	w.ending.Store(true)
	s.end(syscall.SIGTERM)
	w.rest()
	if m.verb[0] == withScreen[0] {
		require.Contains(t, s.said.String(), "could not", "it was held up")
	}
}

// fullDisk is a folder of its own, whose disk is full for a while.
func fullDisk(t *testing.T, m *model, _ string, r *rand.Rand) {
	dir, m := t.TempDir(), newModel(m.verb, m.figures)
	m.t = t
	state := filepath.Join(dir, "state")
	require.NoError(t, os.Mkdir(state, 0o700))
	smallDisk(t, state)
	s := m.verb.start(t, dir, nil)
	m.work(s, r, 1+r.IntN(40), false).rest()
	free := fill(t, state)
	before := m.figures.unkept.Load()
	m.work(s, r, 40, false).rest()
	require.Greater(t, m.figures.unkept.Load(), before, "it says that it keeps nothing")
	if r.IntN(2) == 0 { // what it could not keep ends with it, and nothing else
		s.end(syscall.SIGTERM)
		free()
	} else {
		free()
		require.True(t, s.until(func() bool { return s.status("/readyz") == 200 }))
		for _, sale := range m.sales { // and now it has
			for _, e := range sale.sent {
				if e.answer != "" {
					m.acknowledge(sale, e)
				}
			}
		}
		w := m.work(s, r, 20, false)
		w.ending.Store(true)
		s.kill()
		w.rest()
	}
	next := m.verb.start(t, dir, nil)
	m.check(next)
	next.end(syscall.SIGTERM)
}
