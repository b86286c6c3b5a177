package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/host"
	"github.com/tillwise/tillwise/host/serve"
	"github.com/tillwise/tillwise/wasm"
)

// Every transcript of the pages is played, from top to bottom, and is what comes
// out, but for what … leaves out. With -update what is not cut is written anew,
// and the references of cards in what is.
func TestReadmes(t *testing.T) {
	if raceDetector {
		t.Skip("as TestScripts: nothing runs beside anything here")
	}
	for _, name := range []string{"README.md", "host/serve/README.md", "host/tap/README.md"} {
		t.Run(name, func(t *testing.T) {
			path, err := filepath.Abs("../../" + name)
			require.NoError(t, err)
			page, err := os.ReadFile(path)
			require.NoError(t, err)
			p := newPlayer(t)
			played := consoles.ReplaceAllStringFunc(string(page), func(block string) string {
				return "```console\n" + p.play(t, consoles.FindStringSubmatch(block)[1]) + "```\n"
			})
			require.NotEmpty(t, p.asked, "a page without a transcript")
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(played), 0o600))
			}
		})
	}
}

// What a page says in figures of the module is what it is.
func TestReadmeHasTheModulesSize(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	require.NoError(t, err)
	_, err = z.Write(wasm.Module)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.Contains(t, string(page), fmt.Sprintf("(%.1f MB, %d kB packed)", float64(len(wasm.Module))/1e6, (packed.Len()+5000)/10000*10))
}

var (
	consoles = regexp.MustCompile("(?ms)^```console\n(.*?)^```\n")
	presses  = regexp.MustCompile(`^# The cashier presses ([1-4])\.$`)
	made     = regexp.MustCompile(`"ref":"[2-9A-Z]{4}"|"n":[0-9]+`) // what follows from the rules, or the clock
)

// player does what a page's transcripts do: in a folder, beside a till.
type player struct {
	dir   string
	till  *serve.Server
	front http.Handler
	sale  string // that was posted about last
	code  int    // with which the last command ended
	asked []string
	at    map[string]string // where a program that answers at an address of the page does so here
	said  *said             // of the tap
}

func newPlayer(t *testing.T) *player {
	p := &player{dir: t.TempDir()}
	bin := filepath.Join(t.TempDir(), "tillwise")
	self, err := os.Executable()
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		require.NoError(t, os.Symlink(self, bin)) // TestMain makes the program of it, by its name
	}
	t.Setenv("PATH", filepath.Dir(bin)+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("LANG", "C.UTF-8")
	t.Setenv("LC_ALL", "")
	engine, err := host.New(t.Context(), host.Config{})
	require.NoError(t, err)
	p.till, err = serve.New(serve.Config{Engine: engine, State: t.TempDir(), Clock: func() time.Time { return time.UnixMilli(1795530728000) }})
	require.NoError(t, err)
	p.front = p.till.Handler()
	t.Cleanup(func() {
		require.NoError(t, p.till.Close(context.Background()))
		require.NoError(t, engine.Close(context.Background()))
	})
	return p
}

// play does what one block does, and gives the block as it should be.
func (p *player) play(t *testing.T, block string) string {
	var out strings.Builder
	lines := strings.SplitAfter(block, "\n")
	for i := 0; i < len(lines) && lines[i] != ""; {
		head := lines[i]
		i++
		out.WriteString(head)
		if strings.TrimSpace(head) == theTapSays {
			out.WriteString(p.heard(t, strings.Join(lines[i:], "")))
			break
		}
		if m := presses.FindStringSubmatch(strings.TrimSpace(head)); m != nil {
			p.press(t, int(m[1][0]-'1'))
			continue
		}
		require.True(t, strings.HasPrefix(head, "$ "), "neither a command nor a key: %s", head)
		var shown strings.Builder
		for i < len(lines) && !strings.HasPrefix(lines[i], "$ ") && !presses.MatchString(strings.TrimSpace(lines[i])) {
			shown.WriteString(lines[i])
			i++
		}
		out.WriteString(p.do(t, strings.TrimSpace(strings.TrimPrefix(head, "$ ")), shown.String()))
	}
	return out.String()
}

// do runs a command, holds what is shown to what came out, and gives what should be shown.
func (p *player) do(t *testing.T, command, shown string) string {
	p.asked = append(p.asked, command)
	verb, rest, _ := strings.Cut(command, " ")
	switch {
	case verb == "cat":
		require.True(t, json.Valid([]byte(shown)), "%s: %s", command, shown)
		require.NoError(t, os.WriteFile(filepath.Join(p.dir, rest), []byte(shown), 0o600))
		return shown
	case runtime.GOOS == "windows" && (p.at != nil || answers.MatchString(command)): // nor can the program be ended gently there
		return shown
	case answers.MatchString(command):
		require.Empty(t, shown, command)
		p.start(t, strings.Fields(rest))
		return ""
	case verb == "curl" && p.at != nil:
		return p.compare(t, command, shown, p.send(t, rest), packed)
	case verb == "curl":
		return p.compare(t, command, shown, p.curl(t, rest), packed)
	case strings.HasPrefix(command, "tillwise till"):
		cmd, args, err := newCommand().Find(strings.Fields(rest))
		require.NoError(t, err)
		require.NoError(t, cmd.ParseFlags(args), command)
		require.Empty(t, shown, "what it prints is the screen's")
		return shown
	case testing.Short() && walk.MatchString(command), runtime.GOOS == "windows":
		return shown
	case command == "echo $?":
		return p.compare(t, command, shown, fmt.Sprintln(p.code), as)
	case command == "make bin/wasm/tillwise.wasm":
		p.build(t)
		return shown
	}
	c := exec.CommandContext(t.Context(), "sh", "-c", command)
	c.Dir = p.dir
	said, err := c.Output()
	if exit := (*exec.ExitError)(nil); err != nil {
		require.ErrorAs(t, err, &exit)
		require.Empty(t, string(exit.Stderr), command)
	}
	p.code = c.ProcessState.ExitCode()
	return p.compare(t, command, shown, string(said), as)
}

// walk is what the walk-through of replay does: it builds a module, and takes its time.
var walk = regexp.MustCompile(`^(tillwise generate|tillwise replay|make|echo)\b`)

func as(s string) string { return s }

// packed takes the blanks out that JSON is laid out with on a page.
func packed(s string) string {
	var b strings.Builder
	quoted, escaped := false, false
	for _, r := range s {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case r == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune(" \r\n", r):
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// compare holds what is shown to what came out, each as its kind is read.
func (p *player) compare(t *testing.T, command, shown, came string, read func(string) string) string {
	var pattern strings.Builder
	pattern.WriteString(`(?s)\A`)
	for i, piece := range strings.Split(read(shown), "…") {
		if i > 0 {
			pattern.WriteString(`.*?`)
		}
		from := 0
		for _, at := range made.FindAllStringIndex(piece, -1) {
			name, _, _ := strings.Cut(piece[at[0]:at[1]], ":")
			pattern.WriteString(regexp.QuoteMeta(piece[from:at[0]]) + `(` + name + `:[A-Z0-9"]+)`)
			from = at[1]
		}
		pattern.WriteString(regexp.QuoteMeta(piece[from:]))
	}
	match := regexp.MustCompile(pattern.String() + `\z`).FindStringSubmatch(read(came))
	if *update && match == nil && !strings.Contains(shown, "…") {
		return came
	}
	require.NotNil(t, match, "%s\nshows\n%s\nand what comes is\n%s", command, shown, came)
	right := shown
	if n := 0; len(match) > 1 {
		right = made.ReplaceAllStringFunc(shown, func(string) string { n++; return match[n] })
	}
	if !*update {
		require.Equal(t, right, shown, "%s: run with -update", command)
	}
	return right
}

// press chooses on the card of the sale that was posted about last.
func (p *player) press(t *testing.T, key int) {
	for _, c := range p.till.Open() {
		if c.SaleID == p.sale {
			require.NoError(t, p.till.Choose(t.Context(), serve.Chosen{SaleID: p.sale, Ref: c.Prompt.Ref, Action: c.Decision.Actions[key].ID}))
			return
		}
	}
	t.Fatalf("sale %q shows no card", p.sale)
}

// curl does what curl would, as far as the pages use it.
func (p *player) curl(t *testing.T, line string) string {
	var url, file string
	header, status := http.Header{}, false
	for words := regexp.MustCompile(`'[^']*'|\S+`).FindAllString(line, -1); len(words) > 0; words = words[1:] {
		switch word := strings.Trim(words[0], "'"); {
		case word == "-s":
		case word == "-si":
			status = true
		case word == "-H":
			words = words[1:]
			name, value, ok := strings.Cut(strings.Trim(words[0], "'"), ": ")
			require.True(t, ok, line)
			header.Set(name, value)
		case word == "-d":
			words = words[1:]
			file = strings.TrimPrefix(words[0], "@")
		default:
			require.True(t, strings.HasPrefix(word, "http://127.0.0.1:7411/"), "%s: %s", line, word)
			url = word
		}
	}
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if file != "" {
		event, err := os.ReadFile(filepath.Join(p.dir, file))
		require.NoError(t, err)
		method, body = http.MethodPost, bytes.NewReader(event)
	}
	r := httptest.NewRequestWithContext(t.Context(), method, url, body)
	r.Header = header
	w := httptest.NewRecorder()
	p.front.ServeHTTP(w, r)
	if sale := w.Header().Get("Tillwise-Sale"); sale != "" {
		p.sale = sale
	}
	if !status {
		return w.Body.String()
	}
	var head bytes.Buffer
	fmt.Fprintf(&head, "HTTP/1.1 %d %s\n", w.Code, http.StatusText(w.Code))
	require.NoError(t, w.Header().Write(&head))
	return head.String() + "\n" + w.Body.String()
}

// build makes the module of the walk-through: one word of one card is another.
func (p *player) build(t *testing.T) {
	source, err := filepath.Abs("../../plugin/cards.go")
	require.NoError(t, err)
	cards, err := os.ReadFile(source)
	require.NoError(t, err)
	const row, from, to = `"application_declined", FamilyStop, "", `, "RetryNever", "RetryNow"
	require.Equal(t, 1, strings.Count(string(cards), row+from), "the walk-through changes a row that is written otherwise now")
	changed, overlay := filepath.Join(p.dir, "cards.go"), filepath.Join(p.dir, "overlay.json")
	require.NoError(t, os.WriteFile(changed, []byte(strings.Replace(string(cards), row+from, row+to, 1)), 0o600))
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{source: changed}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(overlay, replace, 0o600))
	raw, sealed := filepath.Join(p.dir, "raw.wasm"), filepath.Join(p.dir, "bin", "wasm", "tillwise.wasm")
	require.NoError(t, os.MkdirAll(filepath.Dir(sealed), 0o700))
	compile := exec.CommandContext(t.Context(), "go", "build", "-overlay", overlay, "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=",
		"-buildmode=c-shared", "-o", raw, "../../wasm/guest")
	compile.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	for _, cmd := range []*exec.Cmd{compile, exec.CommandContext(t.Context(), "go", "run", "../../wasm/seal", raw, sealed)} {
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", said)
	}
}
