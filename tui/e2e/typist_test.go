//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/term"
)

// typist types into a terminal through one tmux client that stays, so that the
// gaps between characters are its own and not those of starting programs.
type typist struct {
	tt      *terminal
	in      io.Writer
	longest time.Duration // gap within what was typed since it was last asked
}

func (tt *terminal) typist() *typist {
	tt.t.Helper()
	cmd := exec.Command("tmux", "-L", tt.socket, "-C", "attach", "-f", "no-output,ignore-size")
	in, err := cmd.StdinPipe()
	require.NoError(tt.t, err)
	require.NoError(tt.t, cmd.Start())
	tt.t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	return &typist{tt: tt, in: in}
}

// send gives bytes to the terminal, all at once, as they are.
func (k *typist) send(bytes string) time.Time {
	k.tt.t.Helper()
	_, err := fmt.Fprintf(k.in, "send-keys -H % x\n", bytes)
	require.NoError(k.tt.t, err)
	return time.Now()
}

// write types a text with a gap after each character, as a scanner does.
func (k *typist) write(text string, gap time.Duration) {
	k.tt.t.Helper()
	for i, c := range []byte(text) {
		if i > 0 {
			k.pause(gap)
		}
		k.send(string(c))
	}
}

// hold keeps a key down: the first repeat comes after a delay, then one each gap.
func (k *typist) hold(key string, delay, gap, total time.Duration) {
	k.tt.t.Helper()
	end := time.Now().Add(total)
	k.send(key)
	time.Sleep(delay)
	for ; time.Now().Before(end); time.Sleep(gap) {
		k.send(key)
	}
}

func (k *typist) pause(gap time.Duration) {
	before := time.Now()
	time.Sleep(gap)
	k.longest = max(k.longest, time.Since(before))
}

// even tells whether the machine let it type as it wanted: a gap that is longer
// than a machine's is a hand's, and proves nothing. Then it begins anew.
func (k *typist) even() bool {
	longest := k.longest
	k.longest = 0
	return longest < 100*time.Millisecond
}

// recording is the variable that names a file for record.
const recording = "TILLWISE_E2E_RECORD"

// record writes when each byte comes to a terminal, in microseconds, until a dot.
func record(file string) {
	old, err := term.MakeRaw(0)
	if err != nil {
		panic(err)
	}
	defer func() { _ = term.Restore(0, old) }()
	fmt.Print("LISTENING\r\n")
	var times []string
	for b := make([]byte, 64); ; {
		n, err := os.Stdin.Read(b)
		if err != nil || b[0] == '.' {
			break
		}
		for range n {
			times = append(times, strconv.FormatInt(time.Now().UnixMicro(), 10))
		}
	}
	if err := os.WriteFile(file, []byte(strings.Join(times, "\n")), 0o600); err != nil {
		panic(err)
	}
	fmt.Print("RECORDED\r\n")
}

func TestTheTypistKeepsTime(t *testing.T) {
	for _, gap := range gaps {
		t.Run(gap.String(), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "times")
			tt := start(t, quote("env", recording+"="+file, os.Args[0])+"; sleep 60")
			k := tt.typist()
			tt.until("LISTENING")
			k.write("4006381333931\r", gap)
			time.Sleep(arming)
			k.send(".")
			tt.until("RECORDED")
			raw, err := os.ReadFile(file)
			require.NoError(t, err)
			var measured []time.Duration
			last := int64(0)
			for i, l := range strings.Fields(string(raw)) {
				at, err := strconv.ParseInt(l, 10, 64)
				require.NoError(t, err)
				if i > 0 {
					measured = append(measured, time.Duration(at-last)*time.Microsecond)
				}
				last = at
			}
			require.Len(t, measured, 13)
			slices.Sort(measured)
			t.Logf("wanted %v: %v to %v, half of them up to %v", gap, measured[0], measured[12], measured[6])
			require.InDelta(t, gap.Seconds(), measured[6].Seconds(), 0.008)
		})
	}
}
