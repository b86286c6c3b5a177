package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// stuck is who does not read the log, until released.
type stuck struct {
	began, release chan struct{}
	got            bytes.Buffer
}

func (s *stuck) Write(b []byte) (int, error) {
	if s.got.Len() == 0 {
		close(s.began)
		<-s.release
	}
	return s.got.Write(b)
}

// A log that nobody reads holds up nobody, and says later what it lost.
func TestLogThatNobodyReads(t *testing.T) {
	to := &stuck{began: make(chan struct{}), release: make(chan struct{})}
	log, ended, err := openLog("json", to)
	require.NoError(t, err)
	log.Info("first")
	<-to.began
	for range logLines + 5 {
		log.Info("more")
	}
	close(to.release)
	ended()
	lines := strings.Split(strings.TrimSpace(to.got.String()), "\n")
	require.Len(t, lines, 1+1+logLines)
	var said struct {
		Msg   string
		Lines int
	}
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &said))
	require.Equal(t, "lines of the log were lost: whoever reads it is too slow", said.Msg)
	require.Equal(t, 5, said.Lines)
}

func TestLogFormats(t *testing.T) {
	for _, tt := range []struct{ format, want string }{
		{"text", "level=INFO msg=b n=1\n"}, {"json", `"level":"INFO","msg":"b","n":1}` + "\n"},
		{"text:warn", ""}, {"json:debug", `"level":"DEBUG","msg":"a"}`}, {"text:error", ""},
	} {
		var out bytes.Buffer
		log, ended, err := openLog(tt.format, &out)
		require.NoError(t, err)
		log.Debug("a")
		log.Info("b", "n", 1)
		ended()
		require.Contains(t, out.String(), tt.want)
		require.Equal(t, tt.want == "", out.Len() == 0)
	}
	for _, format := range []string{"", "xml", "text:", "json:loud", "text:info:more"} {
		_, _, err := openLog(format, nil)
		require.ErrorContains(t, err, "--log must be text or json", format)
	}
}

// A disk that fails all day is said once, and once when it is well again.
func TestTroubleIsLoggedOnce(t *testing.T) {
	var out bytes.Buffer
	log, ended, err := openLog("text", &out)
	require.NoError(t, err)
	told := tell(log)
	told("state", nil)
	for range 3 {
		told("journal", errors.New("full"))
	}
	told("journal", errors.New("gone"))
	told("journal", nil)
	told("journal", nil)
	ended()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 3)
	require.Contains(t, lines[0], "error=full")
	require.Contains(t, lines[1], "error=gone")
	require.Contains(t, lines[2], "kept again")
}
