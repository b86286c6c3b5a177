package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/wasm"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare with")

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"tillwise": main}) }

// Each script is a story of the program: what was typed, what was said, and
// where nothing was said.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	require.NoError(t, err)
	if raceDetector {
		// It makes the interpreter fifty times slower, and has nothing to find
		// in a verb that does one thing after the other.
		files = []string{filepath.Join("testdata", "script", "shift.txtar")}
	}
	testscript.Run(t, testscript.Params{
		Files:         files,
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("TERM", "dumb")
			env.Setenv("XDG_STATE_HOME", env.Getenv("WORK")+"/state")
			for name, module := range map[string][]byte{"embedded": wasm.Module, "other": other()} {
				if err := os.WriteFile(env.Getenv("WORK")+"/"+name+".wasm", module, 0o600); err != nil {
					return err
				}
				sha := wasm.SHA256(module)
				env.Setenv(strings.ToUpper(name)+"_SHA256", sha)
				env.Setenv(strings.ToUpper(name)+"_SHORT", sha[:8])
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"freeport": freePort,
			"post":     post,
			"get":      get,
			"gone":     gone,
			"signal":   sendSignal,

			"busy": busy, "certificate": certificate, "upstream": upstream, "connect": connect, // script_net_test.go
		},
	})
}

// other is a module that is another one and decides the same: a custom section
// of five bytes, which nobody reads, stands behind it.
func other() []byte { return append(slices.Clone(wasm.Module), 0, 3, 1, 'x', 0) }

// freePort puts a loopback address that nobody listens on into a variable.
func freePort(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: freeport NAME")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

// post sends a file's event to a till, as soon as it listens, and prints the answer.
func post(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: post ADDRESS FILE")
	}
	ask(ts, neg, http.MethodPost, "http://"+args[0]+"/v1/events", ts.ReadFile(args[1]))
}

// get asks a till for something and prints the answer.
func get(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: get ADDRESS PATH")
	}
	ask(ts, neg, http.MethodGet, "http://"+args[0]+args[1], "")
}

// gone makes a call of Flexiti's POS API that gets no answer, as soon as somebody listens.
func gone(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: gone ADDRESS")
	}
	conn, err := net.Dial("tcp", args[0])
	for errors.Is(err, syscall.ECONNREFUSED) { // it is still starting
		conn, err = net.Dial("tcp", args[0])
	}
	ts.Check(err)
	defer conn.Close()
	_, err = io.WriteString(conn, "GET /flexiti/pos-api/v2.5/client-id/x/customers/lookup HTTP/1.1\r\n\r\n")
	ts.Check(err)
	if got, err := io.ReadAll(conn); err == nil || len(got) > 0 {
		ts.Fatalf("it answered %q", got)
	}
}

// sendSignal sends TERM or HUP to the till that was started last.
func sendSignal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}
	if neg || len(args) != 1 || signals[args[0]] == 0 {
		ts.Fatalf("usage: signal TERM|HUP")
	}
	running := ts.BackgroundCmds()
	ts.Check(running[len(running)-1].Process.Signal(signals[args[0]]))
}

func ask(ts *testscript.TestScript, neg bool, method, url, body string) {
	r, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	ts.Check(err)
	r.Header.Set("Content-Type", "application/json")
	reply, err := http.DefaultClient.Do(r)
	for errors.Is(err, syscall.ECONNREFUSED) { // it is still starting; go test's own limit ends a wait in vain
		r.Body = io.NopCloser(strings.NewReader(body))
		reply, err = http.DefaultClient.Do(r)
	}
	ts.Check(err)
	defer reply.Body.Close()
	var out bytes.Buffer
	_, err = io.Copy(&out, reply.Body)
	ts.Check(err)
	fmt.Fprint(ts.Stdout(), out.String())
	if refused := reply.StatusCode != http.StatusOK; refused != neg {
		ts.Fatalf("%s %s: %s", method, url, reply.Status)
	}
}
