//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var program string

func TestMain(m *testing.M) {
	if file := os.Getenv(recording); file != "" {
		record(file)
		return
	}
	if _, err := exec.LookPath("tmux"); err != nil {
		fmt.Println("tmux is not here, so nothing of this is tested: install it and run make e2e again")
		os.Exit(0)
	}
	dir, err := os.MkdirTemp("", "tillwise-e2e-*")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "tillwise")
	build := exec.Command("go", "build", "-o", program, "../../cmd/tillwise")
	build.Stdout, build.Stderr = os.Stdout, os.Stderr
	if err := build.Run(); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// terminal is a tmux session with the till in it.
type terminal struct {
	t       *testing.T
	socket  string
	address string
	raw     string // file with every byte that the till wrote
}

const (
	patience = 15 * time.Second
	glance   = 50 * time.Millisecond  // between two looks at the terminal
	arming   = 800 * time.Millisecond // a key that comes sooner again has not been let go
)

// open starts a till in a terminal of 80x24. Env is NAME=VALUE; after the till ends the shell says with what.
func open(t *testing.T, env []string, args ...string) *terminal {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := free.Addr().String()
	require.NoError(t, free.Close())
	env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "XDG_STATE_HOME=" + t.TempDir()}, env...)
	tt := start(t, fmt.Sprintf("env -i %s %s till --listen %s %s; echo ENDED $?; stty -a | tr ';' '\\n' | grep -w icanon; sleep 60",
		quote(env...), program, address, quote(args...)))
	tt.address = address
	return tt
}

// start runs a command of the shell in a terminal of 80x24.
func start(t *testing.T, command string) *terminal {
	t.Helper()
	tt := &terminal{t: t, socket: "tillwise-" + strings.ReplaceAll(filepath.Base(t.TempDir()), "/", "-") + fmt.Sprint(time.Now().UnixNano()),
		raw: filepath.Join(t.TempDir(), "raw")}
	tt.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh", "-c", "sleep 0.3; "+command)
	tt.tmux("pipe-pane", "cat > "+tt.raw)
	t.Cleanup(func() { _ = exec.Command("tmux", "-L", tt.socket, "kill-server").Run() })
	return tt
}

func quote(words ...string) string {
	for i, w := range words {
		words[i] = "'" + w + "'"
	}
	return strings.Join(words, " ")
}

func (tt *terminal) tmux(args ...string) string {
	tt.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-u", "-L", tt.socket}, args...)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	require.NoError(tt.t, err, "tmux %v: %s", args, out)
	return string(out)
}

func (tt *terminal) see() string { tt.t.Helper(); return tt.tmux("capture-pane", "-p") }

// until looks at the terminal until it shows a text.
func (tt *terminal) until(want string) string {
	tt.t.Helper()
	return tt.untilSeen(want, func(s string) bool { return strings.Contains(s, want) })
}

func (tt *terminal) untilSeen(what string, ok func(string) bool) string {
	tt.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(glance) {
		seen := tt.see()
		if ok(seen) {
			return seen
		}
		if time.Now().After(end) {
			require.FailNow(tt.t, "not seen", "%s\n%s", what, seen)
		}
	}
}

// press sends keys as a hand does.
func (tt *terminal) press(keys ...string) {
	tt.t.Helper()
	for _, k := range keys {
		time.Sleep(arming)
		tt.tmux("send-keys", k)
	}
}

// post has the POS tell an event of a sale of 1249.00.
func (tt *terminal) post(sale, locale string, exchange map[string]any) {
	tt.t.Helper()
	tt.postFor("1249.00", sale, locale, exchange)
}

func (tt *terminal) postFor(amount, sale, locale string, exchange map[string]any) {
	tt.t.Helper()
	body, err := json.Marshal(map[string]any{"v": 1, "sale_id": sale, "at": 1795530727000, "utc_offset_min": -300, "locale": locale,
		"exchange": exchange, "display": map[string]string{"lane": "04", "sale": "10-" + sale, "amount": amount}})
	require.NoError(tt.t, err)
	for end := time.Now().Add(patience); ; time.Sleep(glance) {
		r, err := http.Post("http://"+tt.address+"/v1/events", "application/json", bytes.NewReader(body))
		if err == nil {
			_, _ = io.Copy(io.Discard, r.Body)
			require.NoError(tt.t, r.Body.Close())
			require.Equal(tt.t, http.StatusOK, r.StatusCode)
			return
		}
		require.True(tt.t, time.Now().Before(end), "the till does not listen: %v", err)
	}
}

// choice is one that the POS is told of.
type choice struct {
	N           int64
	Ref, Action string
}

// chosen is what the POS hears of the cashier's choices, in the order made.
func (tt *terminal) chosen(sale string) (actions []string) {
	tt.t.Helper()
	for _, c := range tt.choices(sale, 0, 1) {
		actions = append(actions, c.Action)
	}
	return actions
}

// choices are those after one, if there are any within some seconds.
func (tt *terminal) choices(sale string, after int64, seconds int) (list []choice) {
	tt.t.Helper()
	r, err := http.Get(fmt.Sprintf("http://%s/v1/sales/%s/actions?after=%d&wait_s=%d", tt.address, sale, after, seconds))
	require.NoError(tt.t, err)
	defer r.Body.Close()
	require.NoError(tt.t, json.NewDecoder(r.Body).Decode(&list))
	return list
}

// pid is the till's.
func (tt *terminal) pid() string {
	tt.t.Helper()
	out, err := exec.Command("pgrep", "-f", tt.address).Output()
	require.NoError(tt.t, err)
	for _, pid := range strings.Fields(string(out)) {
		if exe, err := os.Readlink("/proc/" + pid + "/exe"); err == nil && exe == program {
			return pid
		}
	}
	require.FailNow(tt.t, "no till runs")
	return ""
}

func (tt *terminal) kill(signal string) {
	tt.t.Helper()
	require.NoError(tt.t, exec.Command("kill", "-"+signal, tt.pid()).Run())
}

// gone ends the till by a signal, and waits until it has ended.
func (tt *terminal) gone(signal string) {
	tt.t.Helper()
	pid := tt.pid()
	tt.kill(signal)
	tt.ends(pid)
}

func (tt *terminal) ends(pid string) {
	tt.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(glance) {
		if exe, err := os.Readlink("/proc/" + pid + "/exe"); err != nil || exe != program {
			return
		}
		require.True(tt.t, time.Now().Before(end), "the till goes on")
	}
}
