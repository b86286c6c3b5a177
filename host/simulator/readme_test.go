package simulator

import (
	"errors"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
)

// What the page's consoles show is what comes, but for what … leaves out.
func TestReadmeConsoles(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var shell *shell
	asked := 0
	for _, block := range regexp.MustCompile("(?ms)^```console\n(.*?)^```\n").FindAllStringSubmatch(string(page), -1) {
		for _, one := range regexp.MustCompile(`(?m)^\$ (.*)\n((?:[^$\n].*\n)*)`).FindAllStringSubmatch(block[1], -1) {
			command, shown := one[1], one[2]
			asked++
			name, value, assigns := strings.Cut(command, "=")
			switch verb, rest, _ := strings.Cut(command, " "); {
			case command == "tillwise simulate":
				shell = newShell()
				require.Equal(t, Greeting("127.0.0.1:7412"), shown)
			case verb == "tillwise":
				_, err := ParseScenario("broken.toml", []byte("[[step]]\nfualt = \"reset\"\n"))
				require.Equal(t, shown, "tillwise: "+err.Error()+"\n")
			case verb == "curl":
				came := shell.curl(t, rest)
				want := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSuffix(shown, "\n")), "…", ".*?")
				require.Regexp(t, `\A`+want+`\z`, came, command)
			case assigns:
				shell.vars = append(shell.vars, "$"+name, strings.Trim(value, "'"))
			default:
				t.Fatalf("a command that this test does not know: %s", command)
			}
		}
	}
	require.Greater(t, asked, 8)
}

// shell is as much of a shell with curl as the page uses.
type shell struct {
	http *http.Client
	vars []string
}

func newShell() *shell {
	now := time.Date(2026, 11, 24, 14, 32, 7, 0, time.UTC)
	return &shell{http: &http.Client{Transport: New(Config{Clock: func() time.Time { return now }}).Transport()}}
}

func (s *shell) curl(t *testing.T, line string) string {
	vars := strings.NewReplacer(s.vars...)
	words := regexp.MustCompile(`'[^']*'|"[^"]*"|\S+`).FindAllString(line, -1)
	url, header, data := "", http.Header{}, []string(nil)
	for i := 0; i < len(words); i++ {
		word := words[i]
		if word[0] == '\'' {
			word = strings.Trim(word, "'")
		} else {
			word = vars.Replace(strings.Trim(word, `"`))
		}
		switch {
		case word == "-s", word == "-sS":
		case word == "-H", word == "-d":
			i++
			value := vars.Replace(strings.Trim(words[i], `"`))
			if words[i][0] == '\'' {
				value = strings.Trim(words[i], "'")
			}
			if word == "-d" {
				data = append(data, value)
				continue
			}
			name, text, ok := strings.Cut(value, ": ")
			require.True(t, ok, line)
			header.Set(name, text)
		default:
			require.True(t, strings.HasPrefix(word, "http://127.0.0.1:7412/"), line)
			url = word
		}
	}
	method := http.MethodGet
	if data != nil {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(strings.Join(data, "&")))
	require.NoError(t, err)
	r.Header = header
	w, err := s.http.Do(r)
	if errors.Is(err, syscall.ECONNRESET) {
		return "curl: (56) Recv failure: Connection reset by peer"
	}
	require.NoError(t, err)
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	require.NoError(t, err)
	return string(body)
}

// Nothing is missing from the page that a till could meet.
func TestReadmeIsComplete(t *testing.T) {
	raw, err := os.ReadFile("README.md")
	require.NoError(t, err)
	page := string(raw)
	for _, a := range Accounts() {
		require.Contains(t, page, "\n| `"+a.Number+"` | "+a.For+" |\n")
	}
	for _, m := range Merchants() {
		require.Contains(t, page, "\n| `"+m.ClientID+"` | "+m.For+" |\n")
	}
	for _, f := range Faults() {
		require.Contains(t, page, "\n| `"+string(f)+"` | ")
	}
	for _, p := range plans {
		require.Contains(t, page, "`"+p.id+"`")
	}
	for op := range handlers {
		path := strings.TrimPrefix(paths[op], "GET ")
		path, _, _ = strings.Cut(path, "?")
		last := path[strings.LastIndexByte(path, '/')+1:]
		if op == plugin.OpAuthorizationGet {
			last = "authorization/{id}"
		}
		require.Contains(t, page, last, string(op))
	}
	for _, said := range []string{Notice, AnswerHeader, FaultHeader, Secret, Location, BarcodePrefix, "after 10 seconds", "for two minutes"} {
		require.Contains(t, page, said)
	}
	require.True(t, SlowAnswer == 10*time.Second && silence == 2*time.Minute)

	block := regexp.MustCompile("(?ms)^```toml\n(.*?)^```\n").FindStringSubmatch(page)
	require.NotNil(t, block)
	s, err := ParseScenario("README.md", []byte(block[1]))
	require.NoError(t, err)
	require.Len(t, s.Steps, 3)
}
