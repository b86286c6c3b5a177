package shift

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tillwise/tillwise/plugin"
	"github.com/tillwise/tillwise/tui"
)

// screen is a screen in plain text that a test types to, and reads.
type screen struct {
	t    *testing.T
	in   io.Writer
	mu   sync.Mutex
	read *sync.Cond
	text string // that nobody has looked for yet
}

// Write implements io.Writer.
func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text += string(b)
	s.read.Broadcast()
	return len(b), nil
}

// until waits until a text has come, and gives what came before it.
func (s *screen) until(want string) (before string) {
	s.t.Helper()
	stop := context.AfterFunc(s.t.Context(), s.read.Broadcast)
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !strings.Contains(s.text, want) {
		require.NoError(s.t, s.t.Context().Err(), "waiting for %q in\n%s", want, s.text)
		s.read.Wait()
	}
	before, s.text, _ = strings.Cut(s.text, want)
	return before
}

func (s *screen) types(line string) { _, _ = io.WriteString(s.in, line+"\n") }

// onScreen plays a shift on a screen, by a clock that skips every wait.
func onScreen(t *testing.T) (*screen, *Shift) {
	in, typed := io.Pipe()
	s := &screen{t: t, in: typed}
	s.read = sync.NewCond(&s.mu)
	shift := New(Config{Engine: engine{}, Lang: func() plugin.Lang { return en }})
	shift.clock = newClock(printedAt)
	on := tui.New(tui.Options{Demo: shift.Demo(), Clock: shift.Now, Plain: "a test", In: in, Out: s})
	ctx, end := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { shift.Run(ctx, on) })
	running.Go(func() { _ = on.Run(ctx) })
	t.Cleanup(func() {
		end()
		_ = typed.Close()
		running.Wait()
	})
	return s, shift
}

// A key is answered by what comes next, to the end of the sale, and the next story begins with nothing.
func TestOnAScreen(t *testing.T) {
	s, _ := onScreen(t)
	s.until("DEMO 1 of 12.")
	s.types("1")
	s.until("The customer types the code")
	s.types("1")
	s.until("Found: it went through, once")
	s.until("Choose:")
	s.types("1")
	s.until("Flexiti's books: $1,249.00 taken, once.")
	s.types("n")
	s.until("DEMO 2 of 12.")
	s.types("1")
	s.until("Flexiti still doesn't show it")
	s.until("Choose:")
	s.types("n") // in the middle of it
	s.until("DEMO 3 of 12.")
	s.types("1")
	before := s.until("The security question is locked")
	require.NotContains(t, before, "10-4472", "nothing is left of the story that was left")
	require.NotContains(t, before, "TO CHECK")
}

// A code is found by a part of its name, and its sale is played.
func TestACodeOnAScreen(t *testing.T) {
	s, _ := onScreen(t)
	s.until("[2] Any of Flexiti")
	s.types("2")
	s.until("Type a number, or a part of a name")
	s.types("ATION/409/credit")
	s.until("[1] authorization/409/credit_exceeded")
	s.types("1")
	s.until("A sale in which Flexiti's first answer")
	s.until("409 credit_exceeded")
	s.until("Not all of this can go on Flexiti")
	s.types("3")
	s.until("Flexiti's books: nothing taken.")
	s.until("[1] Next code")
}

// What is printed is the same each time, and ends with what was seen.
func TestPrintIsTheSameEachTime(t *testing.T) {
	printed := func(l plugin.Lang) string {
		var out bytes.Buffer
		require.NoError(t, Print(t.Context(), Config{Engine: engine{}, Lang: func() plugin.Lang { return l }}, tui.Look{}, &out))
		return out.String()
	}
	first := printed(fr)
	require.Equal(t, first, printed(fr))
	rows := bufio.NewScanner(strings.NewReader(first))
	var last []string
	for rows.Scan() {
		if rows.Text() == printedEnd[fr] {
			last = []string{}
		} else if last != nil {
			last = append(last, rows.Text())
		}
	}
	require.Len(t, last, len(stories))
}
