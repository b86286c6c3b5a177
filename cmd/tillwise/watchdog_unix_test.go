//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/wasm"
)

// looping is a module with all that one needs, whose _initialize never returns.
const looping = "\x00asm\x01\x00\x00\x00\x01\x16\x05`\x00\x00`\x00\x01\x7f`\x01\x7f\x01\x7f`\x01\x7f\x01~`\x00\x01~\x03\b\a\x00\x01\x02\x03\x03\x03\x04" +
	"\x05\x03\x01\x00\x02\a\x86\x01\b\v_initialize\x00\x00\ftillwise_abi\x00\x01\x0ftillwise_buffer\x00\x02\x12tillwise_configure\x00\x03" +
	"\x0ftillwise_answer\x00\x04\x0ftillwise_decide\x00\x05\x11tillwise_describe\x00\x06\x06memory\x02\x00\n>\a\a\x00\x03@\f\x00\v\v\x04\x00A\x01\v" +
	"\x06\x00A\x80\x80\x04\v\t\x00B\x82\x80\x80\x80\x80\x02\v\n\x00B\x80\x80\x80\x80\x80\x80\x01\v\t\x00B\x82\x80\x80\x80\x80\x02\v" +
	"\t\x00B\x82\x80\x80\x80\x80\x02\v\v\x0e\x02\x00A\x10\v\x02{}\x00A\x80\b\v\x00"

// A signal ends the program within five seconds, whatever it waits for. The
// module's file is a pipe: once it is open, the program hears signals.
func TestEndsWhateverHangs(t *testing.T) {
	if raceDetector {
		t.Skip("it runs programs, and the interpreter is fifty times slower")
	}
	tests := []struct {
		name   string
		module string // what comes through the pipe; empty: nothing, and no end
		signal syscall.Signal
		want   string // on standard error
	}{
		{"a file that never comes", "", syscall.SIGHUP, stillThere},
		{"a module whose start loops", looping, syscall.SIGINT, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			pipe := filepath.Join(t.TempDir(), "pipe")
			require.NoError(t, syscall.Mkfifo(pipe, 0o600))
			var said bytes.Buffer
			cmd := exec.Command("tillwise", "till", "--plain", "--listen", "127.0.0.1:0", "--state", "none",
				"--module", pipe, "--sha256", wasm.SHA256([]byte(looping)))
			cmd.Stderr = &said
			require.NoError(t, cmd.Start())
			open, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits for the program
			require.NoError(t, err)
			defer open.Close()
			if tt.module != "" {
				_, err = open.WriteString(tt.module)
				require.NoError(t, err)
				require.NoError(t, open.Close())
			}
			require.NoError(t, cmd.Process.Signal(tt.signal))
			late := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
			defer late.Stop()
			require.Error(t, cmd.Wait(), "it could not do what it was asked for")
			require.Equal(t, 2, cmd.ProcessState.ExitCode(), "it ends by itself, within five seconds")
			require.Contains(t, said.String(), tt.want)
		})
	}
}
